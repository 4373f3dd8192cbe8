import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Drawer } from 'antd'
import { useState } from 'react'
import { Picker } from '../../components/Picker.tsx'
import type { Account, Role, RolePreview as Preview } from '../../../src-shared/features/people/model.ts'
import { isScoped, PERMISSIONS } from '../../../src-shared/kernel/permissions.ts'
import { LevelChip } from '../../components/marks.tsx'
import { LoadFailed, Nothing, SkeletonRows } from '../../components/states.tsx'
import { type SimpleColumn, SimpleTable } from '../../components/SimpleTable.tsx'
import { Dash } from '../../components/values.tsx'
import { useApi, useMe } from '../../kernel/context.tsx'
import { formatPhone } from '../../kernel/format.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { permissionWord, roleName } from '../people/public.ts'
import { type Draft, rightsOf } from './draft.ts'
import { PreviewKinds, PreviewMenu } from './PreviewKinds.tsx'
import { text } from './text.ts'

/** 以该角色预览: what somebody would see with the rights as they are edited, before they are saved. */
export function RolePreview({ role, draft, onClose }: { role: Role; draft: Draft; onClose: () => void }) {
  const t = useText(text)
  const isPhone = useIsPhone()
  const users = useQuery(useApi().people.users.queryOptions({ input: {}, meta: { shown: true } })).data
  return (
    <Drawer open title={t('previewTitle', { name: roleName(role) })} size={isPhone ? '100%' : 760} onClose={onClose}>
      {users ? <Seen users={users} role={role} draft={draft} /> : <SkeletonRows rows={8} />}
    </Drawer>
  )
}

function Seen({ users, role, draft }: { users: readonly Account[]; role: Role; draft: Draft }) {
  const t = useText(text)
  const { userId: mine } = useMe()
  const active = users.filter(({ disabledAt }) => disabledAt === null)
  const members = active.filter(({ roleIds }) => roleIds.includes(role.id))
  const [userId, setUserId] = useState<string>(members[0]?.id ?? mine)
  const found = useQuery(
    useApi().people.previewRole.queryOptions({
      input: { ...rightsOf(draft), userId: userId as never },
      placeholderData: keepPreviousData,
      meta: { shown: true },
    }),
  )
  const able = PERMISSIONS.filter((one) => draft.permissions[one] && !isScoped(one))
  return (
    <div className="col g16">
      <label className="row g8 wrap">
        <span className="t2">{t('previewAs')}</span>
        <Picker
          className="roles-preview-who"
          aria-label={t('previewAs')}
          value={userId}
          onChange={setUserId}
          options={[...members, ...active.filter((one) => !members.includes(one))].map(({ id, employeeName, login }) => ({
            value: id,
            label: employeeName ?? login,
          }))}
        />
        <span className="t3 s12">{t('previewHint')}</span>
      </label>
      {found.error && !found.data && <LoadFailed error={found.error} feature="people" onRetry={() => void found.refetch()} />}
      {!found.data && !found.error && <SkeletonRows rows={8} />}
      <PreviewMenu draft={draft} />
      {found.data && <PreviewKinds seen={found.data} draft={draft} />}
      {found.data && <Rows seen={found.data} />}
      <section>
        <div className="sec">{t('previewMay')}</div>
        <div className="row g6 wrap">
          {able.length === 0 ? (
            <Dash />
          ) : (
            able.map((one) => (
              <span key={one} className="chip">
                {permissionWord(one)}
              </span>
            ))
          )}
        </div>
      </section>
    </div>
  )
}

function Rows({ seen }: { seen: Preview }) {
  const t = useText(text)
  const columns: SimpleColumn<Preview['rows'][number]>[] = [
    {
      key: 'name',
      title: t('previewCustomer'),
      render: (row) => (
        <span className="row g6">
          <span className="el">{row.name}</span>
          {row.level && <LevelChip level={row.level} />}
        </span>
      ),
    },
    { key: 'owner', title: t('previewOwner'), width: 110, render: (row) => row.ownerName ?? <Dash /> },
    { key: 'phone', title: t('previewPhone'), width: 140, render: (row) => (row.phone ? formatPhone(row.phone) : <Dash />) },
    { key: 'city', title: t('previewCity'), width: 100, render: (row) => row.city ?? <Dash /> },
  ]
  return (
    <>
      <div className="sec">{t('previewList')}</div>
      <SimpleTable rows={seen.rows} columns={columns} rowKey={({ id }) => id} empty={<Nothing>{t('previewNobody')}</Nothing>} />
    </>
  )
}
