import './opportunities.css'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Opportunity } from '../../../src-shared/features/opportunities/model.ts'
import type { Stage } from '../../../src-shared/features/pipelines/model.ts'
import { StatusPath } from '../../components/StatusPath.tsx'
import { later } from '../../kernel/later.ts'
import { useApi, useCan } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { Suspense } from 'react'
import { text } from './text.ts'
import { askedOf, usePipelines } from './words.ts'

const MoveDialog = later(() => import('./MoveDialog.tsx').then((module) => module.MoveDialog))

/** Into another stage: at once where nothing is asked, else by a small form. */
export function useMove(row: Opportunity) {
  const t = useText(text)
  const api = useApi()
  const cache = useQueryClient()
  const undo = useUndo()
  const [asking, setAsking] = useState<Stage | null>(null)
  const pipelines = usePipelines()
  const stages = pipelines.find(({ id }) => id === row.pipelineId)?.stages ?? []
  const move = useMutation(
    api.opportunities.move.mutationOptions({
      onSuccess: (saved) => {
        cache.setQueryData(api.opportunities.get.queryKey({ input: { id: saved.id } }), (old) => old && { ...old, ...saved })
        setAsking(null)
        const word = saved.state === 'won' ? 'wonToast' : saved.state === 'lost' ? 'lostToast' : 'moved'
        undo.say(t(word, { name: saved.name, stage: saved.stageName }), { recordId: saved.id })
      },
    }),
  )
  const to = (stage: Stage) => {
    const asks = stage.kind === 'lost' || askedOf({ row, stage, pipelines }).lacks
    if (asks) setAsking(stage)
    else move.mutate({ id: row.id, version: row.version, stageId: stage.id })
  }
  return { stages, asking, close: () => setAsking(null), to, move }
}

/** How far an opportunity has come; a click takes it to that stage, won and lost included. */
export function StagePath({ row }: { row: Opportunity }) {
  const t = useText(text)
  const { stages, asking, close, to, move } = useMove(row)
  const mayEdit = useCan('opportunities.edit') && row.may?.edit !== false && row.deletedAt === null
  const shown = stages.filter((stage) => !stage.archived || stage.id === row.stageId)
  const choose = (id: string) => {
    const stage = shown.find((one) => one.id === id)
    if (stage && !move.isPending) to(stage)
  }
  return (
    <>
      <div className="opp-path">
        <StatusPath
          label={t('stagePath')}
          steps={shown.map(({ id, name, kind }) => ({ value: id, label: name, away: kind === 'lost' }))}
          now={row.stageId}
          {...(mayEdit && { onChange: choose })}
        />
      </div>
      <Suspense>
        {asking && (
          <MoveDialog
            row={row}
            stage={asking}
            isPending={move.isPending}
            onMove={(values) => move.mutate({ id: row.id, version: row.version, stageId: asking.id, ...values })}
            onClose={close}
          />
        )}
      </Suspense>
    </>
  )
}
