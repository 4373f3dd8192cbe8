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
import { type Api, type ApiClient } from '../../kernel/api.ts'
import { useApi, useClock, useMe } from '../../kernel/context.tsx'
import { formatInstant } from '../../kernel/format.ts'
import { type Translate, useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { recordText as text, type RecordWord } from './recordText.ts'
import { useOwnerOptions } from './useOptions.ts'

type Member = Awaited<ReturnType<ApiClient['members']['list']>>['rows'][number]
type Access = Member['access']

/** 团队: the owner, and who works on the customer with him. */
export function Team({ customer }: { customer: Customer }) {
  const t = useText(text)
  const team = useQuery(useApi().members.list.queryOptions({ input: { customerId: customer.id }, meta: { shown: true } }))
  if (!team.data)
    return team.error ? (
      <LoadFailed error={team.error} feature="members" onRetry={() => void team.refetch()} />
    ) : (
      <SkeletonRows rows={3} height={44} />
    )
  const { rows, mayManage } = team.data
  return (
    <div className="contacts">
      {mayManage && customer.deletedAt === null && <AddMember customer={customer} members={rows} />}
      {customer.ownerName !== null && (
        <div className="row g8 member">
          <Avatar name={customer.ownerName} size={26} />
          <bdi className="grow el">{customer.ownerName}</bdi>
          <Chip tone="brand">{t('owner')}</Chip>
        </div>
      )}
      {rows.map((member) => (
        <MemberLine key={member.employeeId} customer={customer} member={member} mayManage={mayManage} />
      ))}
      {rows.length === 0 && <Nothing>{t('noMembers')}</Nothing>}
    </div>
  )
}

const accessWord = (t: Translate<RecordWord>, access: Access): string => t(access === 'edit' ? 'accessEdit' : 'accessRead')

function AddMember({ customer, members }: { customer: Customer; members: readonly Member[] }) {
  const t = useText(text)
  const undo = useUndo()
  const owners = useOwnerOptions()
  const [chosen, setChosen] = useState<string[]>([])
  const [access, setAccess] = useState<Access>('read')
  const add = useMutation(
    useApi().members.add.mutationOptions({
      onSuccess: () => {
        setChosen([])
        undo.say(t('memberAdded'), { procedure: 'members.add' })
      },
    }),
  )
  const known = new Set([...members.map(({ employeeId }) => employeeId), customer.ownerId])
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
        loading={add.isPending}
        onClick={() => add.mutate({ customerId: customer.id, employeeIds: chosen, access })}
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

type LineProps = { customer: Customer; member: Member; mayManage: boolean }

function MemberLine({ customer, member, mayManage }: LineProps) {
  const t = useText(text)
  const clock = useClock()
  const me = useMe()
  const undo = useUndo()
  const api: Api = useApi()
  const one = { customerId: customer.id, employeeId: member.employeeId }
  const change = useMutation(
    api.members.change.mutationOptions({
      onSuccess: (_team, { access }) =>
        undo.say(t('memberChanged', { access: accessWord(t, access) }), { procedure: 'members.change' }),
    }),
  )
  const remove = useMutation(
    api.members.remove.mutationOptions({
      onSuccess: () => undo.say(t('memberRemoved', { name: member.name }), { procedure: 'members.remove' }),
    }),
  )
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
        <AccessChoice value={member.access} onChange={(access) => change.mutate({ ...one, access })} />
      ) : (
        <Chip>{accessWord(t, member.access)}</Chip>
      )}
      {(mayManage || isMe) && (
        <IconButton
          small
          icon={<CloseOutlined />}
          title={t(isMe ? 'leaveTeam' : 'removeMember')}
          onClick={() => remove.mutate(one)}
        />
      )}
    </div>
  )
}
