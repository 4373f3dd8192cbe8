import './pipelines.css'
import { PlusOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import type { Pipeline } from '../../../src-shared/features/pipelines/model.ts'
import { Chip } from '../../components/marks.tsx'
import { ListTable } from '../../components/settings/ListTable.tsx'
import { Loaded, Section, SettingsPage } from '../../components/settings/SettingsPage.tsx'
import { Count } from '../../components/values.tsx'
import { useApi } from '../../kernel/context.tsx'
import { listed, useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { Dimensions } from './Dimensions.tsx'
import { PipelineDrawer } from './PipelineDrawer.tsx'
import { Reasons } from './Reasons.tsx'
import { text } from './text.ts'

/** 销售流程: pipelines with their stages, the reasons for losing, and what opportunities are judged by. */
export function PipelinesPage() {
  const t = useText(text)
  return (
    <SettingsPage title={t('title')} note={t('note')}>
      <Pipelines />
      <Reasons />
      <Dimensions />
    </SettingsPage>
  )
}

const stagesOf = ({ stages }: Pipeline): string => listed(stages.filter(({ archived }) => !archived).map(({ name }) => name))
const openIn = ({ stages }: Pipeline): number => stages.reduce((sum, { kind, used }) => sum + (kind === 'open' ? used : 0), 0)

function Pipelines() {
  const t = useText(text)
  const api = useApi()
  const undo = useUndo()
  const pipelines = useQuery(api.pipelines.list.queryOptions({ input: {}, meta: { shown: true } }))
  const [edited, setEdited] = useState<Pipeline | 'new' | null>(null)
  const archive = useMutation(
    api.pipelines.archive.mutationOptions({
      onSuccess: ({ id, name, archived }) =>
        undo.say(t(archived ? 'archivedToast' : 'unarchivedToast', { name }), { recordId: id }),
    }),
  )
  const living = (pipelines.data ?? []).filter(({ archived }) => !archived).length
  const put = ({ id, archived }: Pipeline) =>
    (archived || living > 1) && (
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
  const state = ({ archived }: Pipeline) => (archived ? <Chip>{t('archived')}</Chip> : <Chip tone="ok">{t('inUse')}</Chip>)
  return (
    <Section
      title={t('pipelines')}
      actions={
        <Button size="small" icon={<PlusOutlined />} onClick={() => setEdited('new')}>
          {t('newPipeline')}
        </Button>
      }
    >
      <Loaded query={pipelines} feature="pipelines" rows={2}>
        {(rows) => (
          <ListTable<Pipeline>
            rows={rows}
            rowKey={({ id }) => id}
            onOpen={setEdited}
            columns={[
              { key: 'name', title: t('name'), width: 160, render: ({ name }) => <span className="b">{name}</span> },
              { key: 'stages', title: t('stages'), render: stagesOf },
              { key: 'open', title: t('standing'), width: 90, align: 'right', render: (one) => <Count n={openIn(one)} /> },
              { key: 'state', title: t('state'), width: 90, render: state },
              { key: 'put', title: '', width: 140, align: 'right', render: put },
            ]}
            describe={(one) => ({ title: one.name, facts: [stagesOf(one)], state: state(one), actions: put(one) })}
          />
        )}
      </Loaded>
      {edited && <PipelineDrawer pipeline={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </Section>
  )
}
