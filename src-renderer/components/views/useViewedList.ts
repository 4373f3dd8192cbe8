import { keepPreviousData, type UseQueryOptions, useQueries, useQuery } from '@tanstack/react-query'
import type { ListInput, Sort, SumInput, SumResult, Which } from '../../../src-shared/kernel/list.ts'
import { refusedRules } from '../filter/refused.ts'
import type { PageQuery } from '../table/columns.ts'
import { type ListViewsOptions, useListViews } from './useListViews.ts'

type Asked<Answer> = UseQueryOptions<Answer, Error, Answer, readonly unknown[]>
type Counted = { count: number; capped: boolean }
/** How the rows of a list are asked for. */
export type ListCalls<Row> = {
  readonly count: (which: Which) => Asked<Counted>
  readonly list: (input: ListInput) => PageQuery<Row>
  readonly sums: (input: SumInput) => Asked<SumResult>
}

/** A list with views as its address says: which view, which rows, in which order, how many. */
export function useViewedList<Row>(options: ListViewsOptions, calls: ListCalls<Row>) {
  const views = useListViews(options)
  const { which, sorts } = views
  const counted = useQuery({
    ...calls.count(which),
    enabled: views.isAsked,
    placeholderData: keepPreviousData,
    staleTime: 15_000,
  })
  const sort = sorts.length > 0 ? [...sorts] : undefined
  const { layout, setLayout, density } = views.layout
  const resultKey = JSON.stringify([which, sort])
  const page = (offset: number, limit: number) => calls.list({ ...which, ...(sort && { sort }), offset, limit })
  return {
    ...views,
    calls,
    sort,
    total: counted.data?.count,
    isTotalOld: counted.isPlaceholderData,
    isCapped: counted.data?.capped ?? false,
    resultKey,
    page,
    /** What the table of such a list is given, whatever its rows are. */
    table: {
      page,
      resultKey,
      total: counted.isPlaceholderData ? undefined : counted.data?.count,
      sort: sorts[0] ?? null,
      onSort: (next: Sort | null) => views.setState({ sorts: next ? [next] : [] }),
      layout,
      onLayout: setLayout,
      density,
    },
  }
}
export type ViewedList<Row = unknown> = Omit<ReturnType<typeof useViewedList<Row>>, 'page' | 'table' | 'calls'> & {
  readonly calls: Pick<ListCalls<Row>, 'count' | 'sums'>
}

/** How many rows each view among the tabs has; counted beside the list, never in its way. */
export function useViewCounts(
  { tabs, current, fields, whichOf, calls }: ViewedList,
  shown: boolean,
): Readonly<Record<string, number | undefined>> {
  const counted = tabs.filter((tab) => tab.isPinned || tab.key === current.key)
  const counts = useQueries({
    queries: counted.map((tab) => ({
      ...calls.count(whichOf({ q: '', filter: tab.definition.filter, batch: '' })),
      // What its reader may not ask by is not counted either.
      enabled: shown && refusedRules(tab.definition.filter, fields).length === 0,
      staleTime: 30_000,
      placeholderData: keepPreviousData,
      meta: { shown: true },
      retry: false,
    })),
  })
  return Object.fromEntries(counted.map((tab, i) => [tab.key, counts[i]?.data?.count]))
}
