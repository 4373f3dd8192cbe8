import './importPill.css'
import { useQuery } from '@tanstack/react-query'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { ImportStateName, ImportSummary } from '../../../src-shared/features/imports/model.ts'
import { TaskPill } from '../../components/TaskPill.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { type Translate, useText } from '../../kernel/text.ts'
import { tellOutside } from '../../kernel/outside.ts'
import { toast } from '../../kernel/toast.tsx'
import { type Ending, endingOf } from './finished.ts'
import { type ImportWord, text } from './text.ts'
import { isWorking } from './useImport.ts'

const LABELS = { preparing: 'pillPreparing', running: 'pillRunning', undoing: 'pillUndoing' } as const

/** At the bottom right while one of one's own imports is at work or waits half done; says how it ended. */
export function ImportPill() {
  const t = useText(text)
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const mayImport = useCan('imports.run')
  const found = useQuery(
    useApi().imports.list.queryOptions({
      input: { limit: 5 },
      enabled: mayImport,
      staleTime: 2000,
      // Who has turned to another window wants to hear of the end most.
      refetchIntervalInBackground: true,
      refetchInterval: (query) => (query.state.data?.imports.some(({ state }) => isWorking(state)) ? 1000 : false),
    }),
  )
  const runs = found.data?.imports
  const at = runs?.find(({ state }) => isWorking(state)) ?? runs?.find(({ state }) => state === 'paused')
  const open = (run: ImportSummary) => void navigate({ to: `/imports/${run.id}` })
  useFinished(runs, (run, ending) => {
    tellOutside(t(`title_${run.entity}`), endText(t, run, ending))
    if (pathname === `/imports/${run.id}`) return
    const isBad = ending === 'failed' || ending === 'interrupted'
    toast(endText(t, run, ending), { tone: isBad ? 'bad' : 'ok', action: { label: t('openRecord'), run: () => open(run) } })
  })
  if (!at?.progress || pathname === `/imports/${at.id}`) return null
  return (
    <div className="imp-pill">
      <TaskPill
        label={t(at.state === 'paused' ? 'pillPaused' : LABELS[at.progress.what], { file: at.fileName })}
        done={at.progress.done}
        total={at.progress.total}
        onOpen={() => open(at)}
      />
    </div>
  )
}

const ENDS = {
  done: 'pillDone',
  failed: 'pillFailed',
  interrupted: 'pillInterrupted',
  undone: 'pillUndone',
  cancelled: 'pillCancelled',
} as const

function endText(t: Translate<ImportWord>, run: ImportSummary, ending: Ending): string {
  const { created, updated, skipped, failed } = run.counts
  const { undo } = run
  return t(ENDS[ending], {
    file: run.fileName,
    created: formatNumber(created),
    updated: formatNumber(updated),
    skipped: formatNumber(skipped),
    failed: formatNumber(failed),
    written: formatNumber(created + updated),
    reversed: formatNumber(undo?.records?.reversed ?? undo?.reversed ?? 0),
    rest: keptText(t, undo) + (undo && undo.failed > 0 ? t('undoneFailed', { n: formatNumber(undo.failed) }) : ''),
  })
}

/** In the unit the import was counted in. */
function keptText(t: Translate<ImportWord>, undo: ImportSummary['undo']): string {
  const kept = undo?.records?.kept ?? undo?.kept ?? 0
  return kept > 0 ? t('undoneKept', { n: formatNumber(kept) }) : ''
}

function useFinished(runs: readonly ImportSummary[] | undefined, tell: (run: ImportSummary, ending: Ending) => void): void {
  const before = useRef(new Map<string, ImportStateName>())
  const latest = useRef(tell)
  latest.current = tell
  useEffect(() => {
    for (const run of runs ?? []) {
      const ending = endingOf(before.current.get(run.id), run.state)
      if (ending) latest.current(run, ending)
      before.current.set(run.id, run.state)
    }
  }, [runs])
}
