import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import type { DuplicateColumn, DuplicateFilter, DuplicateRunId } from '../../../src-shared/features/duplicates/model.ts'
import type { JobState } from '../../../src-shared/features/jobs/model.ts'
import { confirm } from '../../components/confirm.ts'
import { useApi } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { removable } from './shown.ts'
import { text } from './text.ts'

const WATCH_MS = 1000
const PAGE = 50
export const isGoing = (state: JobState | undefined): boolean => state === 'waiting' || state === 'running'

/** `enabled`: also looked at from pages that are open to whoever may not search. */
export const useSearchState = ({ enabled = true }: { enabled?: boolean } = {}) =>
  useQuery(
    useApi().duplicates.state.queryOptions({
      input: {},
      enabled,
      meta: { shown: true },
      refetchInterval: (query) => (isGoing(query.state.data?.job?.state) ? WATCH_MS : false),
    }),
  )

export const useStart = () => useMutation(useApi().duplicates.find.mutationOptions())

export function useGroups(runId: DuplicateRunId, filter: DuplicateFilter) {
  const api = useApi()
  const pages = useInfiniteQuery(
    api.duplicates.groups.infiniteOptions({
      input: (offset: number) => ({ runId, filter, offset, limit: PAGE }),
      initialPageParam: 0,
      getNextPageParam: (last, all) => (last.hasMore ? all.length * PAGE : undefined),
      placeholderData: keepPreviousData,
      meta: { shown: true },
    }),
  )
  const counts = useQuery(api.duplicates.counts.queryOptions({ input: { runId }, placeholderData: keepPreviousData }))
  return { pages, rows: pages.data?.pages.flatMap(({ rows }) => rows) ?? [], counts: counts.data }
}

export type OneGroup = { runId: DuplicateRunId; n: number }
export const useGroup = (input: OneGroup) =>
  useQuery(useApi().duplicates.group.queryOptions({ input, meta: { shown: true }, placeholderData: keepPreviousData }))

/** What can be decided of a group: who of it is somebody else, and who alone stays. Both can be taken back. */
export function useDecisions(group: OneGroup, columns: readonly DuplicateColumn[]) {
  const t = useText(text)
  const api = useApi()
  const undo = useUndo()
  const apart = useMutation(
    api.duplicates.notDuplicates.mutationOptions({
      onSuccess: ({ left }, { at }) => {
        const one = columns.find((column) => column.at === at)
        const said = one ? t('apartOne', { name: one.name }) : t('apart', { n: columns.length })
        undo.say(`${said}${left > 0 ? t('left', { n: formatNumber(left) }) : ''}`, { procedure: 'duplicates.notDuplicates' })
      },
    }),
  )
  const remove = useMutation(api.customers.removeMany.mutationOptions())
  const keepOnly = async (kept: DuplicateColumn) => {
    const others = removable(columns).filter(({ at }) => at !== kept.at)
    const n = formatNumber(others.length)
    const names = others.map(({ name }) => t('quoted', { name })).join(t('listSeparator'))
    const sure = await confirm({
      title: t('keepTitle', { name: kept.name, n }),
      body: t('keepBody', { names }),
      yes: t('keepYes', { n }),
      danger: true,
      undoable: true,
    })
    if (!sure) return
    const ids = others.flatMap(({ id }) => id ?? [])
    remove.mutate(
      { selection: { ids } },
      {
        onSuccess: ({ changed, refused, because, batchId }) => {
          const held = because?.['moneyHangs'] ?? 0
          const told = [
            t('kept', { name: kept.name, n: formatNumber(changed) }),
            refused > held ? t('refused', { n: formatNumber(refused - held) }) : '',
            held > 0 ? t('held', { n: formatNumber(held) }) : '',
          ]
          undo.say(told.join(''), { batchId: changed > 0 ? batchId : null })
        },
      },
    )
  }
  return {
    isPending: apart.isPending || remove.isPending,
    setApart: (at: number | null) => apart.mutate({ ...group, at }),
    keepOnly,
  }
}
