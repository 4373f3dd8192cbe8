import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { Which } from '../../../src-shared/kernel/list.ts'
import { useApi, useClock, useMe } from '../../kernel/context.tsx'
import { viewsOf } from './useSight.ts'
import { type ListState, readState, type ViewKey, whichOf, writeState } from './views.ts'

/** The list as its address says: which rows, in which order, how many. */
export function useCustomerList() {
  const me = useMe()
  const clock = useClock()
  const navigate = useNavigate()
  const search = useSearch({ strict: false }) as Record<string, unknown>
  const asked = readState(search)
  // An address may come from somebody who may ask for more.
  const state: ListState = viewsOf(me).includes(asked.view) ? asked : { ...asked, view: 'all' }
  const which = whichOf(state, me.employeeId, clock)
  const api = useApi()
  const counted = useQuery(
    api.customers.count.queryOptions({ input: which, placeholderData: keepPreviousData, staleTime: 15_000 }),
  )
  const setState = useCallback(
    (next: Partial<ListState>) =>
      void navigate({
        to: '/customers',
        search: (old: Record<string, unknown>) => writeState({ ...readState(old), ...next }),
        replace: true,
      }),
    [navigate],
  )
  const sort = state.sort ? [state.sort] : undefined
  return {
    state,
    setState,
    which,
    sort,
    total: counted.data?.count,
    isTotalOld: counted.isPlaceholderData,
    isCapped: counted.data?.capped ?? false,
    resultKey: JSON.stringify([which, sort]),
    page: (offset: number, limit: number) =>
      api.customers.list.queryOptions({ input: { ...which, ...(sort && { sort }), offset, limit } }),
  }
}

/** How many rows each view has; counted beside the list, never in its way. */
export function useViewCounts(shown: boolean): Partial<Record<ViewKey, number>> {
  const api = useApi()
  const me = useMe()
  const clock = useClock()
  const views = viewsOf(me)
  const inputs: Which[] = views.map((view) => whichOf({ ...readState({}), view }, me.employeeId, clock))
  const counts = useQueries({
    queries: inputs.map((input) =>
      api.customers.count.queryOptions({
        input,
        enabled: shown,
        staleTime: 30_000,
        placeholderData: keepPreviousData,
        meta: { shown: true },
      }),
    ),
  })
  return Object.fromEntries(views.map((view, i) => [view, counts[i]?.data?.count]))
}
