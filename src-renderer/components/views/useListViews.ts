import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import {
  type Arrangement,
  NO_ARRANGEMENT,
  type View,
  type ViewDefinition,
  type Viewed,
  type ViewKind,
} from '../../../src-shared/features/views/plain.ts'
import { CHANGED_IN } from '../../../src-shared/kernel/changedIn.ts'
import type { Filter, Rule, Sort, Which } from '../../../src-shared/kernel/list.ts'
import { useApi } from '../../kernel/context.tsx'
import { refusedRules } from '../filter/refused.ts'
import type { FilterField } from '../filter/filterField.ts'
import type { LayoutColumn } from '../table/layout.ts'
import { type ListAddress, readAddress, type SumChoice, writeAddress } from './address.ts'
import { arrangeTabs, type SystemView, type Tab } from './tabs.ts'
import { useViewLayout } from './useViewLayout.ts'

export type ListViewsOptions = {
  entity: Viewed
  /** The page of the list: its address holds the state. */
  to: string
  system: readonly SystemView[]
  columns: readonly LayoutColumn[]
  fields: readonly FilterField[]
  /** Fields one may sort by. */
  sortable: (field: string) => boolean
  /** The pool whose customers are listed: it stands in the address, whichever view is open. */
  pool?: string
  /** Names of values that older links carried, with their fields. */
  quick?: Readonly<Record<string, string>>
  /** What its rows can be shown as; without it only as a table. */
  kinds?: readonly ViewKind[]
}

export type ListViews = ReturnType<typeof useListViews>
type Searched = Pick<ListState, 'q' | 'filter' | 'batch'>
export type ListState = {
  readonly view: string
  readonly kind: ViewKind
  readonly q: string
  readonly filter: Filter | null
  readonly sorts: readonly Sort[]
  readonly sums: readonly SumChoice[]
  readonly named: string
  readonly batch: string
  readonly file: string
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
const NO_VIEWS: readonly View[] = []

/**
 * A list with views: which one is open, what differs from it, which rows that means. Filter, order, sums and words stand in the
 * address; columns, widths and height of rows belong to the view, too, and wait in this browser until they are saved.
 */
export function useListViews(options: ListViewsOptions) {
  const { entity, system, columns, fields, sortable, quick } = options
  const { isKnown, arrangement, tabs, standard } = useTabs(entity, system)
  const areFieldsKnown = useQuery(useApi().fields.list.queryOptions({ input: {}, staleTime: 60_000 })).isFetched
  const [address, setAddress] = useAddress(options.to, quick)
  const wanted = address.view ?? standard ?? system[0]?.key ?? ''
  const found = tabs.find(({ key }) => key === wanted)
  const current = found ?? (tabs[0] as Tab)
  const layout = useViewLayout(entity, current, columns)
  const state = stateOf(address, current, options.kinds)
  const sorts = state.sorts.filter(({ field }) => sortable(field))
  const changed = differsFrom(current, state)

  const first = standard ?? system[0]?.key
  // A stored view has its own; among the program's own one stays on the board.
  const kindFor = (view: string) =>
    state.kind !== 'table' && tabs.find(({ key }) => key === view)?.view === null ? state.kind : null
  const wholeDefinition: ViewDefinition = {
    filter: state.filter,
    sorts: [...state.sorts],
    sums: [...state.sums],
    layout: layout.kept,
    density: layout.densityKept,
    ...(layout.boardKept && { board: layout.boardKept }),
  }
  const refused = refusedRules(state.filter, fields)
  // A view or a field of the company may still be on its way: nothing wider is shown meanwhile.
  const isWaiting = (!isKnown && found === undefined) || (refused.length > 0 && !areFieldsKnown)
  const isMissing = isKnown && found === undefined
  return {
    ...options,
    tabs,
    arrangement,
    /** What the address says, for whoever comes back to the list. */
    address: writeAddress(address),
    current,
    state,
    setState: (next: Partial<ListState>) => setAddress((old) => withState(old, next, current)),
    choose: (view: string) =>
      setAddress(({ pool }) => ({ ...readAddress({}), pool, view: view === first ? null : view, kind: kindFor(view) })),
    sorts,
    which: whichOf(state, options.pool),
    /** Which rows another state of the list would mean. */
    whichOf: (other: Searched) => whichOf(other, options.pool),
    refused,
    isWaiting,
    isMissing,
    isFilterUnread: address.isFilterUnread,
    /** The rows may be asked for. */
    isAsked: !isWaiting && !isMissing && !address.isFilterUnread && refused.length === 0,
    layout,
    isDirty: found !== undefined && (changed || layout.isChanged),
    definition: wholeDefinition,
    /** As the view is: forgets what was changed since, or has just been saved. */
    revert: () => {
      layout.revert()
      setAddress((old) => ({
        ...old,
        filter: undefined,
        isFilterUnread: false,
        sorts: undefined,
        sums: undefined,
        ...(current.view && { kind: null }),
      }))
    },
  }
}

/** The program's own views are shown as what one likes. */
const differsFrom = ({ definition, view, kind }: Tab, state: ListState): boolean =>
  !same(state.filter, definition.filter) ||
  !same(state.sorts, definition.sorts) ||
  !same(state.sums, definition.sums) ||
  (view !== null && state.kind !== kind)

/** What is as the view has it does not stand in the address. */
function withState(old: ListAddress, next: Partial<ListState>, { definition, kind: own }: Tab): ListAddress {
  const { filter, sorts, sums, kind, ...rest } = next
  return {
    ...old,
    ...rest,
    ...(kind !== undefined && { kind: kind === own ? null : kind }),
    ...('filter' in next && {
      filter: same(filter, definition.filter) ? undefined : filter,
      isFilterUnread: false,
      named: '',
    }),
    ...('sorts' in next && { sorts: same(sorts, definition.sorts) ? undefined : sorts }),
    ...('sums' in next && { sums: same(sums, definition.sums) ? undefined : sums }),
  }
}

/** Views with their order, as far as they are known. */
function useTabs(entity: Viewed, system: readonly SystemView[]) {
  const stored = useQuery(useApi().views.list.queryOptions({ input: { entity }, staleTime: 30_000 })).data
  const arrangement: Arrangement = stored?.arrangement ?? NO_ARRANGEMENT
  const views = stored?.views ?? NO_VIEWS
  const tabs = useMemo(() => arrangeTabs(system, views, arrangement), [system, views, arrangement])
  const standard = tabs.find(({ key }) => key === arrangement.standard)?.key ?? null
  return { isKnown: stored !== undefined, arrangement, tabs, standard }
}

const stateOf = (address: ListAddress, { key, kind, definition }: Tab, kinds: readonly ViewKind[] = ['table']): ListState => ({
  view: key,
  kind: kinds.find((one) => one === (address.kind ?? kind)) ?? 'table',
  q: address.q,
  filter: address.filter === undefined ? definition.filter : address.filter,
  sorts: address.sorts ?? definition.sorts,
  sums: address.sums ?? definition.sums,
  named: address.filter ? address.named : '',
  batch: address.batch,
  file: address.file,
})

/** Which rows a state of the list means. */
function whichOf({ q, filter, batch }: Searched, pool?: string): Which {
  const words = q.trim()
  const ofBatch: Rule = { field: CHANGED_IN, operator: '=', value: batch }
  const whole: Filter | null = !batch ? filter : { combinator: 'and', rules: filter ? [ofBatch, filter] : [ofBatch] }
  return { ...(pool !== undefined && { pool }), ...(words && { search: words }), ...(whole && { filter: whole }) }
}

function useAddress(to: string, quick: Readonly<Record<string, string>> | undefined) {
  const navigate = useNavigate()
  const search = useSearch({ strict: false }) as Record<string, unknown>
  const address = useMemo(() => readAddress(search, quick), [search, quick])
  const setAddress = useCallback(
    (change: (old: ListAddress) => ListAddress) =>
      void navigate({
        to,
        search: ((old: Record<string, unknown>) => writeAddress(change(readAddress(old, quick)))) as never,
        replace: true,
      }),
    [navigate, to, quick],
  )
  return [address, setAddress] as const
}
