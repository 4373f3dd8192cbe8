import { CloseOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { Picker } from '../../components/Picker.tsx'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import { Avatar } from '../../components/Avatar.tsx'
import { Chip } from '../../components/marks.tsx'
import { IconButton } from '../../components/page.tsx'
import { LoadFailed, Nothing, SkeletonRows } from '../../components/states.tsx'
import type { ApiClient } from '../../kernel/api.ts'
import { useApi, useClock, useMe } from '../../kernel/context.tsx'
import { formatInstant } from '../../kernel/format.ts'
import { type Translate, useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { recordText as text, type RecordWord } from './recordText.ts'
import { useOwnerOptions } from './useOptions.ts'

type Member = Awaited<ReturnType<ApiClient['members']['list']>>['rows'][number]
type Access = Member['access']

/** The record that is worked on by several: a customer or an opportunity. */
type Shared = { kind: 'customer' | 'opportunity' } & Pick<Customer, 'ownerId' | 'ownerName' | 'deletedAt'> & { id: string }

/** The team of a record, whatever its kind. */
export function useTeam({ kind, id }: Pick<Shared, 'kind' | 'id'>) {
  const { members } = useApi()
  const shown = { shown: true }
  const ofCustomer = useQuery(
    members.list.queryOptions({ input: { customerId: id as never }, enabled: kind === 'customer', meta: shown }),
  )
  const ofDeal = useQuery(
    members.listOfDeal.queryOptions({ input: { opportunityId: id as never }, enabled: kind === 'opportunity', meta: shown }),
  )
  return kind === 'customer' ? ofCustomer : ofDeal
}

/** The calls on the team of a record, each with its toast. */
function useTeamCalls({ kind, id }: Shared) {
  const t = useText(text)
  const undo = useUndo()
  const { members } = useApi()
  const said = (procedure: string, words: (access: Access) => string) => ({
    onSuccess: (_team: unknown, given: object) =>
      undo.say(words('access' in given && given.access === 'edit' ? 'edit' : 'read'), { procedure }),
  })
  const added = () => t('memberAdded')
  const changed = (access: Access) => t('memberChanged', { access: accessWord(t, access) })
  const removed = () => t('memberRemoved')
  const ofCustomer = {
    add: useMutation(members.add.mutationOptions(said('members.add', added))),
    change: useMutation(members.change.mutationOptions(said('members.change', changed))),
    remove: useMutation(members.remove.mutationOptions(said('members.remove', removed))),
  }
  const ofDeal = {
    add: useMutation(members.addToDeal.mutationOptions(said('members.addToDeal', added))),
    change: useMutation(members.changeInDeal.mutationOptions(said('members.changeInDeal', changed))),
    remove: useMutation(members.removeFromDeal.mutationOptions(said('members.removeFromDeal', removed))),
  }
  const customerId = id as never
  const opportunityId = id as never
  return kind === 'customer'
    ? {
        isAdding: ofCustomer.add.isPending,
        add: (employeeIds: string[], access: Access, done: () => void) =>
          ofCustomer.add.mutate({ customerId, employeeIds, access }, { onSuccess: done }),
        change: (employeeId: string, access: Access) => ofCustomer.change.mutate({ customerId, employeeId, access }),
        remove: (employeeId: string) => ofCustomer.remove.mutate({ customerId, employeeId }),
      }
    : {
        isAdding: ofDeal.add.isPending,
        add: (employeeIds: string[], access: Access, done: () => void) =>
          ofDeal.add.mutate({ opportunityId, employeeIds, access }, { onSuccess: done }),
        change: (employeeId: string, access: Access) => ofDeal.change.mutate({ opportunityId, employeeId, access }),
        remove: (employeeId: string) => ofDeal.remove.mutate({ opportunityId, employeeId }),
      }
}

/** 团队: the owner, and who works on the record with him. */
export function Team({ of }: { of: Shared }) {
  const t = useText(text)
  const team = useTeam(of)
  if (!team.data)
    return team.error ? (
      <LoadFailed error={team.error} feature="members" onRetry={() => void team.refetch()} />
    ) : (
      <SkeletonRows rows={3} height={44} />
    )
  const { rows, mayManage } = team.data
  return (
    <div className="contacts">
      {mayManage && of.deletedAt === null && <AddMember of={of} members={rows} />}
      {of.ownerName !== null && (
        <div className="row g8 member">
          <Avatar name={of.ownerName} size={26} />
          <bdi className="grow el">{of.ownerName}</bdi>
          <Chip tone="brand">{t('owner')}</Chip>
        </div>
      )}
      {rows.map((member) => (
        <MemberLine key={member.employeeId} of={of} member={member} mayManage={mayManage} />
      ))}
      {rows.length === 0 && <Nothing>{t(of.kind === 'customer' ? 'noMembers' : 'noDealMembers')}</Nothing>}
    </div>
  )
}

const accessWord = (t: Translate<RecordWord>, access: Access): string => t(access === 'edit' ? 'accessEdit' : 'accessRead')

function AddMember({ of, members }: { of: Shared; members: readonly Member[] }) {
  const t = useText(text)
  const owners = useOwnerOptions()
  const [chosen, setChosen] = useState<string[]>([])
  const [access, setAccess] = useState<Access>('read')
  const { add, isAdding } = useTeamCalls(of)
  const known = new Set([...members.map(({ employeeId }) => employeeId), of.ownerId])
  return (
    <div className="row g8 gap-below wrap">
      <Picker
        mode="multiple"
        className="grow"
        placeholder={t('addMemberWho')}
        aria-label={t('addMemberWho')}
        value={chosen}
        onChange={setChosen}
        options={owners.filter(({ value }) => !known.has(value))}
      />
      <AccessChoice value={access} onChange={setAccess} />
      <Button
        type="primary"
        disabled={chosen.length === 0}
        loading={isAdding}
        onClick={() => add(chosen, access, () => setChosen([]))}
      >
        {t('addMember')}
      </Button>
    </div>
  )
}

function AccessChoice({ value, onChange }: { value: Access; onChange: (access: Access) => void }) {
  const t = useText(text)
  return (
    <Select<Access>
      value={value}
      onChange={onChange}
      aria-label={t('accessRead')}
      popupMatchSelectWidth={false}
      options={(['read', 'edit'] as const).map((one) => ({ value: one, label: accessWord(t, one) }))}
    />
  )
}

type LineProps = { of: Shared; member: Member; mayManage: boolean }

function MemberLine({ of, member, mayManage }: LineProps) {
  const t = useText(text)
  const clock = useClock()
  const me = useMe()
  const { change, remove } = useTeamCalls(of)
  const isMe = member.employeeId === me.employeeId
  return (
    <div className="row g8 member">
      <Avatar name={member.name} size={26} />
      <div className="grow">
        <div className="row g6">
          <bdi className="el">{member.name}</bdi>
          {member.left && <Chip>{t('memberGone')}</Chip>}
        </div>
        <div className="t3 s12 el">
          {member.departmentName && `${member.departmentName} · `}
          {t('memberSince', { by: member.addedByName ?? '–', at: formatInstant(member.addedAt, clock) })}
        </div>
      </div>
      {mayManage ? (
        <AccessChoice value={member.access} onChange={(access) => change(member.employeeId, access)} />
      ) : (
        <Chip>{accessWord(t, member.access)}</Chip>
      )}
      {(mayManage || isMe) && (
        <IconButton
          small
          icon={<CloseOutlined />}
          title={t(isMe ? 'leaveTeam' : 'removeMember')}
          onClick={() => remove(member.employeeId)}
        />
      )}
    </div>
  )
}
