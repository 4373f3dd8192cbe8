import { PlusOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Drawer, Form, Input, InputNumber } from 'antd'
import { useState } from 'react'
import type { LeadPool, LeadPoolValues } from '../../../src-shared/features/lead-settings/model.ts'
import { KEEPS_FOCUS } from '../../components/drawer.ts'
import { Chip } from '../../components/marks.tsx'
import { Picker } from '../../components/Picker.tsx'
import { ListTable } from '../../components/settings/ListTable.tsx'
import { Loaded, Section } from '../../components/settings/SettingsPage.tsx'
import { Count } from '../../components/values.tsx'
import { useApi } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { formatNumber } from '../../kernel/format.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { listed, useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { useOwnerOptions } from '../customers/public.ts'
import { text } from './text.ts'

/** Pools of leads with their members, and the run that takes back what nobody followed up. */
export function Pools() {
  const t = useText(text)
  const api = useApi()
  const undo = useUndo()
  const pools = useQuery(api.leadSettings.pools.queryOptions({ input: {}, meta: { shown: true } }))
  const [edited, setEdited] = useState<LeadPool | 'new' | null>(null)
  const archive = useMutation(
    api.leadSettings.archivePool.mutationOptions({
      onSuccess: ({ id, name, archived }) =>
        undo.say(t(archived ? 'archivedToast' : 'unarchivedToast', { name }), { recordId: id }),
    }),
  )
  const recycle = useMutation(
    api.leads.recycle.mutationOptions({
      onSuccess: ({ recycled, batchId }) => undo.say(t('recycled', { n: formatNumber(recycled) }), { batchId }),
    }),
  )
  const membersOf = ({ members }: LeadPool) => listed(members.map(({ name }) => name))
  const state = ({ archived }: LeadPool) => <Chip tone={archived ? 'ink' : 'ok'}>{t(archived ? 'off' : 'on')}</Chip>
  const put = ({ id, archived }: LeadPool) => (
    <Button
      size="small"
      type="text"
      onClick={(event) => {
        event.stopPropagation()
        archive.mutate({ id, archived: !archived })
      }}
    >
      {t(archived ? 'unarchive' : 'archive')}
    </Button>
  )
  const recycles = (pools.data ?? []).some(({ recycleDays, archived }) => recycleDays !== null && !archived)
  return (
    <Section
      title={t('pools')}
      note={t('poolsNote')}
      actions={
        <>
          {recycles && (
            <Button size="small" loading={recycle.isPending} onClick={() => recycle.mutate({})}>
              {t('recycleNow')}
            </Button>
          )}
          <Button size="small" icon={<PlusOutlined />} onClick={() => setEdited('new')}>
            {t('newPool')}
          </Button>
        </>
      }
    >
      <Loaded query={pools} feature="leadSettings" rows={2}>
        {(rows) => (
          <ListTable<LeadPool>
            rows={rows}
            rowKey={({ id }) => id}
            onOpen={setEdited}
            empty={t('noPools')}
            columns={[
              { key: 'name', title: t('name'), width: 160, render: ({ name }) => <span className="b">{name}</span> },
              { key: 'members', title: t('members'), render: membersOf },
              {
                key: 'days',
                title: t('recycleDays'),
                width: 90,
                align: 'right',
                render: ({ recycleDays }) => recycleDays ?? '—',
              },
              { key: 'used', title: t('lying'), width: 80, align: 'right', render: ({ used }) => <Count n={used} /> },
              { key: 'state', title: t('state'), width: 80, render: state },
              { key: 'put', title: '', width: 100, align: 'right', render: put },
            ]}
            describe={(one) => ({ title: one.name, facts: [membersOf(one)], state: state(one), actions: put(one) })}
          />
        )}
      </Loaded>
      {edited && <PoolDrawer pool={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </Section>
  )
}

function PoolDrawer({ pool, onClose }: { pool: LeadPool | null; onClose: () => void }) {
  const t = useText(text)
  const api = useApi()
  const undo = useUndo()
  const isPhone = useIsPhone()
  const people = useOwnerOptions()
  const [form] = Form.useForm<LeadPoolValues>()
  const done = {
    meta: { shown: true },
    onSuccess: ({ id, name }: LeadPool) => {
      undo.say(t('saved', { name }), { recordId: id })
      onClose()
    },
  }
  const create = useMutation(api.leadSettings.createPool.mutationOptions(done))
  const edit = useMutation(api.leadSettings.editPool.mutationOptions(done))
  const error = create.error ?? edit.error
  const save = ({ name, cap, recycleDays, memberIds }: LeadPoolValues) => {
    const values = { name, cap: cap ?? null, recycleDays: recycleDays ?? null, memberIds: memberIds ?? [] }
    if (pool) edit.mutate({ id: pool.id, version: pool.version, values })
    else create.mutate(values)
  }
  return (
    <Drawer
      open
      {...KEEPS_FOCUS}
      size={isPhone ? '100%' : 440}
      title={pool ? pool.name : t('newPool')}
      onClose={onClose}
      footer={
        <div className="row g8">
          <span className="grow" />
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="primary" loading={create.isPending || edit.isPending} onClick={() => form.submit()}>
            {t('save')}
          </Button>
        </div>
      }
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={pool ? { ...pool, memberIds: pool.members.map(({ id }) => id) } : { memberIds: [] }}
        onFinish={save}
      >
        <Form.Item name="name" label={t('name')} rules={[{ required: true, whitespace: true, message: t('needed') }]}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name="memberIds" label={t('members')}>
          <Picker mode="multiple" options={people.map((one) => ({ ...one }))} />
        </Form.Item>
        <Form.Item name="cap" label={t('cap')} extra={t('capHint')}>
          <InputNumber className="block-select" min={1} max={100_000} precision={0} />
        </Form.Item>
        <Form.Item name="recycleDays" label={t('recycleDays')} extra={t('recycleHint')}>
          <InputNumber className="block-select" min={1} max={3650} precision={0} />
        </Form.Item>
        {error && (
          <div className="field-error" role="alert">
            {failureText(error, 'leadSettings')}
          </div>
        )}
      </Form>
    </Drawer>
  )
}
