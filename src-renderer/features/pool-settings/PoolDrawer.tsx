import { useMutation } from '@tanstack/react-query'
import { Button, Drawer, Form, Input, InputNumber } from 'antd'
import { useState } from 'react'
import type { Pool, PoolMember, PoolValues } from '../../../src-shared/features/pools/model.ts'
import { KEEPS_FOCUS } from '../../components/drawer.ts'
import { confirm } from '../../components/confirm.ts'
import { useApi } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { Many } from './Many.tsx'
import { text } from './text.ts'
import { useHideable, usePeople } from './useChoices.ts'

type Draft = Omit<PoolValues, 'members'> & { people: string[]; departments: string[]; admins: string[] }

const draftOf = (pool: Pool | null): Draft => ({
  name: pool?.name ?? '',
  note: pool?.note ?? null,
  hidden: pool?.hidden ?? [],
  dailyClaims: pool?.dailyClaims ?? null,
  dailyViews: pool?.dailyViews ?? null,
  coolingDays: pool?.coolingDays ?? 0,
  people: idsOf(pool, ({ employeeId, manages }) => (manages ? null : employeeId)),
  departments: idsOf(pool, ({ departmentId }) => departmentId),
  admins: idsOf(pool, ({ employeeId, manages }) => (manages ? employeeId : null)),
})
const idsOf = (pool: Pool | null, of: (member: PoolMember) => string | null): string[] =>
  (pool?.members ?? []).flatMap((member) => of(member) ?? [])

function valuesOf({ people, departments, admins, ...rest }: Draft): PoolValues {
  const member = (employeeId: string | null, departmentId: string | null, manages: boolean) => ({
    employeeId,
    departmentId,
    manages,
  })
  return {
    ...rest,
    members: [
      ...admins.map((id) => member(id, null, true)),
      ...people.filter((id) => !admins.includes(id)).map((id) => member(id, null, false)),
      ...departments.map((id) => member(null, id, false)),
    ],
  }
}

/** One pool: who belongs to it, and what it allows. */
export function PoolDrawer({ pool, onClose }: { pool: Pool | null; onClose: () => void }) {
  const t = useText(text)
  const [draft, setDraft] = useState(() => draftOf(pool))
  const set = (more: Partial<Draft>) => setDraft((old) => ({ ...old, ...more }))
  const { save, remove, error, isPending } = useSaving(pool, onClose)
  const hideable = useHideable()
  return (
    <Drawer
      open
      {...KEEPS_FOCUS}
      size={520}
      title={pool ? t('editPool') : t('newPool')}
      onClose={onClose}
      footer={
        <div className="row g8">
          {pool && (
            <Button danger type="text" onClick={() => void remove(pool)}>
              {t('deletePool')}
            </Button>
          )}
          <span className="grow" />
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="primary" loading={isPending} disabled={!draft.name.trim()} onClick={() => save(valuesOf(draft))}>
            {t('save')}
          </Button>
        </div>
      }
    >
      <Form layout="vertical" onFinish={() => save(valuesOf(draft))}>
        {error && (
          <div className="field-error gap-below" role="alert">
            {failureText(error, 'pools')}
          </div>
        )}
        <Form.Item label={t('name')} required>
          <Input
            autoFocus
            maxLength={40}
            aria-label={t('name')}
            value={draft.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        </Form.Item>
        <Who draft={draft} set={set} />
        <Caps draft={draft} set={set} />
        <Form.Item label={t('hidden')} extra={t('hiddenHint')}>
          <Many label={t('hidden')} value={draft.hidden} options={hideable} onChange={(next) => set({ hidden: next })} />
        </Form.Item>
        <Form.Item label={t('noteField')}>
          <Input
            maxLength={500}
            aria-label={t('noteField')}
            value={draft.note ?? ''}
            onChange={(event) => set({ note: event.target.value || null })}
          />
        </Form.Item>
      </Form>
    </Drawer>
  )
}

type PartProps = { draft: Draft; set: (more: Partial<Draft>) => void }

function Who({ draft, set }: PartProps) {
  const t = useText(text)
  const { people, departments } = usePeople()
  return (
    <>
      <Form.Item label={t('departments')}>
        <Many
          label={t('departments')}
          value={draft.departments}
          options={departments}
          onChange={(next) => set({ departments: next })}
        />
      </Form.Item>
      <Form.Item label={t('people')}>
        <Many label={t('people')} value={draft.people} options={people} onChange={(next) => set({ people: next })} />
      </Form.Item>
      <Form.Item label={t('admins')} extra={t('adminsHint')}>
        <Many label={t('admins')} value={draft.admins} options={people} onChange={(next) => set({ admins: next })} />
      </Form.Item>
    </>
  )
}

function Caps({ draft, set }: PartProps) {
  const t = useText(text)
  const caps = [
    ['dailyClaims', t('dailyClaims')],
    ['dailyViews', t('dailyViews')],
  ] as const
  return (
    <div className="ps-two">
      {caps.map(([key, label]) => (
        <Form.Item key={key} label={label}>
          <InputNumber
            min={0}
            max={10_000}
            precision={0}
            aria-label={label}
            placeholder={t('empty')}
            value={draft[key]}
            onChange={(next) => set({ [key]: next })}
          />
        </Form.Item>
      ))}
      <Form.Item label={t('coolingDays')}>
        <InputNumber
          min={0}
          max={3650}
          precision={0}
          aria-label={t('coolingDays')}
          value={draft.coolingDays}
          onChange={(next) => set({ coolingDays: next ?? 0 })}
        />
      </Form.Item>
    </div>
  )
}

function useSaving(pool: Pool | null, onClose: () => void) {
  const t = useText(text)
  const api = useApi()
  const undo = useUndo()
  const onSuccess = (saved: Pool) => {
    undo.say(t('saved', { name: saved.name }), { recordId: saved.id })
    onClose()
  }
  const create = useMutation(api.pools.create.mutationOptions({ onSuccess, meta: { shown: true } }))
  const edit = useMutation(api.pools.edit.mutationOptions({ onSuccess, meta: { shown: true } }))
  const removing = useMutation(
    api.pools.remove.mutationOptions({
      meta: { shown: true },
      onSuccess: ({ id }) => {
        undo.say(t('deleted', { name: pool?.name ?? '' }), { recordId: id })
        onClose()
      },
    }),
  )
  return {
    save: (values: PoolValues) => {
      if (!values.name.trim()) return
      if (pool) edit.mutate({ id: pool.id, version: pool.version, values })
      else create.mutate(values)
    },
    remove: async ({ id, name }: Pool) => {
      const sure = await confirm({ title: t('deletePoolTitle', { name }), yes: t('deleteYes'), danger: true, undoable: true })
      if (sure) removing.mutate({ id })
    },
    error: create.error ?? edit.error ?? removing.error,
    isPending: create.isPending || edit.isPending,
  }
}
