import { useQuery } from '@tanstack/react-query'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { ImportSummary } from '../../../src-shared/features/imports/model.ts'
import { TaskPill } from '../../components/TaskPill.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { toast } from '../../kernel/toast.tsx'
import { text } from './text.ts'
import { isWorking } from './useImport.ts'

const LABELS = { preparing: 'pillPreparing', running: 'pillRunning', undoing: 'pillUndoing' } as const

/** At the bottom right while one of one's own imports is at work; says so when it is done. */
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
      refetchInterval: (query) => (query.state.data?.imports.some(({ state }) => isWorking(state)) ? 1000 : false),
    }),
  )
  const at = found.data?.imports.find(({ state }) => isWorking(state))
  useFinished(found.data?.imports, (run) => {
    if (pathname === `/imports/${run.id}`) return
    const { created, updated, skipped, failed } = run.counts
    toast(
      t('pillDone', {
        file: run.fileName,
        created: formatNumber(created),
        updated: formatNumber(updated),
        skipped: formatNumber(skipped),
        failed: formatNumber(failed),
      }),
    )
  })
  if (!at?.progress || pathname === `/imports/${at.id}`) return null
  return (
    <div className="imp-pill">
      <TaskPill
        label={t(LABELS[at.progress.what], { file: at.fileName })}
        done={at.progress.done}
        total={at.progress.total}
        onOpen={() => void navigate({ to: `/imports/${at.id}` })}
      />
    </div>
  )
}

function useFinished(runs: readonly ImportSummary[] | undefined, tell: (run: ImportSummary) => void): void {
  const before = useRef(new Map<string, string>())
  const latest = useRef(tell)
  latest.current = tell
  useEffect(() => {
    for (const run of runs ?? []) {
      if (before.current.get(run.id) === 'running' && run.state === 'done') latest.current(run)
      before.current.set(run.id, run.state)
    }
  }, [runs])
}
