import { PlusOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import type { Flow } from '../../../src-shared/features/approvals/model.ts'
import { Chip } from '../../components/marks.tsx'
import { ListTable } from '../../components/settings/ListTable.tsx'
import { Loaded, SettingsPage } from '../../components/settings/SettingsPage.tsx'
import { EmptyState } from '../../components/states.tsx'
import { useApi } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { FlowDrawer } from './FlowDrawer.tsx'
import { text } from './text.ts'
import { flowText } from './words.ts'

/** 审批流程: each as the sentence it says. */
export function FlowsPage() {
  const t = useText(text)
  const api = useApi()
  const undo = useUndo()
  const flows = useQuery(api.approvals.flows.queryOptions({ input: {}, meta: { shown: true } }))
  const [edited, setEdited] = useState<Flow | 'new' | null>(null)
  const remove = useMutation(
    api.approvals.removeFlow.mutationOptions({
      onSuccess: ({ id }, _input) =>
        undo.say(t('removed', { name: flows.data?.find((one) => one.id === id)?.name ?? '' }), { recordId: id }),
    }),
  )
  const state = ({ enabled }: Flow) => <Chip tone={enabled ? 'ok' : 'ink'}>{t(enabled ? 'inUse' : 'off')}</Chip>
  const acts = ({ id }: Flow) => (
    <Button
      size="small"
      type="text"
      onClick={(event) => {
        event.stopPropagation()
        remove.mutate({ id })
      }}
    >
      {t('remove')}
    </Button>
  )
  return (
    <SettingsPage
      title={t('flows')}
      note={t('flowsNote')}
      actions={
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited('new')}>
          {t('newFlow')}
        </Button>
      }
    >
      <Loaded query={flows} feature="approvals" rows={3}>
        {(rows) => (
          <ListTable<Flow>
            rows={rows}
            rowKey={({ id }) => id}
            onOpen={setEdited}
            empty={<EmptyState title={t('none')} hint={undefined} />}
            columns={[
              { key: 'name', title: t('flowName'), width: 180, render: ({ name }) => <span className="b">{name}</span> },
              { key: 'says', title: t('when'), render: (flow) => flowText(t, flow) },
              { key: 'state', title: t('state'), width: 90, render: state },
              { key: 'act', title: '', width: 90, align: 'right', render: acts },
            ]}
            describe={(flow) => ({ title: flow.name, facts: [flowText(t, flow)], state: state(flow), actions: acts(flow) })}
          />
        )}
      </Loaded>
      {edited && <FlowDrawer flow={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </SettingsPage>
  )
}
