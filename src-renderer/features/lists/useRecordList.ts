import type { UseQueryOptions } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { Viewed } from '../../../src-shared/features/views/plain.ts'
import type { EntityDescriptor } from '../../../src-shared/kernel/entity.ts'
import type { ListInput, Selection, SumInput, SumResult, Which } from '../../../src-shared/kernel/list.ts'
import type { Permission } from '../../../src-shared/kernel/permissions.ts'
import { maySortBy } from '../../components/filter/askBy.ts'
import { useFilterFields } from '../../components/filter/useFilterFields.ts'
import { rememberPlace } from '../../components/neighbours/place.ts'
import type { Column, PageQuery } from '../../components/table/columns.ts'
import { shownColumns } from '../../components/table/layout.ts'
import { countSelected, NOTHING, selectionInput } from '../../components/table/selection.ts'
import { useOpenedRow } from '../../components/table/useOpenedRow.ts'
import { useSelection } from '../../components/table/useSelection.ts'
import type { ListViewsOptions } from '../../components/views/useListViews.ts'
import { useViewActions } from '../../components/views/useViewActions.ts'
import { useViewedList } from '../../components/views/useViewedList.ts'
import { mayDo, useMe } from '../../kernel/context.tsx'
import { useEntities, useEntity } from '../fields/public.ts'

type Asking<Input, Answer> = { readonly queryOptions: (given: { input: Input }) => Answer }
type Asked<Answer> = UseQueryOptions<Answer, Error, Answer, readonly unknown[]>
/** The calls of a slice that a list needs: `useApi().orders`. */
type ListApi<Row> = {
  readonly count: Asking<Which, Asked<{ count: number; capped: boolean }>>
  readonly list: Asking<ListInput, PageQuery<Row>>
  readonly sums: Asking<SumInput, Asked<SumResult>>
}

type RecordsOptions<Row> = {
  /** The program's own descriptors; the company's fields are added here. */
  readonly entity: EntityDescriptor
  /** Kinds of records that conditions may be about beside these; always the same list. */
  readonly related?: readonly EntityDescriptor[]
  readonly columns: readonly Column<Row>[]
  /** All of them are needed to take the list out of the program. */
  readonly exports: readonly Permission[]
  /** The page of one of them, where it is more than the panel. */
  readonly pageOf?: (row: Row) => string
}
type RecordListOptions<Row> = RecordsOptions<Row> &
  Pick<ListViewsOptions, 'to' | 'system' | 'kinds'> & { readonly calls: ListApi<Row> }

const NONE: readonly never[] = []

/**
 * A list of records as its address says: which rows, which of them are chosen, which is open beside it. In: what the records are and how
 * they are asked for. Out: what `ListPage` and the actions for many records take.
 */
export function useRecordList<Row extends { readonly id: string }>(options: RecordListOptions<Row>): RecordList<Row> {
  const { calls, to, system, kinds, columns } = options
  const me = useMe()
  const entity = useEntity(options.entity)
  const list = useViewedList<Row>(
    {
      entity: entity.name as Viewed,
      to,
      system,
      columns,
      ...(kinds && { kinds }),
      fields: useFilterFields(entity, useEntities(options.related ?? NONE)),
      sortable: (key) => entity.fields.some((field) => field.key === key && maySortBy(me, entity, field)),
    },
    {
      count: (input) => calls.count.queryOptions({ input }),
      list: (input) => calls.list.queryOptions({ input }),
      sums: (input) => calls.sums.queryOptions({ input }),
    },
  )
  return useRecordsOf(list, options)
}

/** The same around a list that was made elsewhere. */
export function useRecordsOf<Row extends { readonly id: string }>(
  list: ReturnType<typeof useViewedList<Row>>,
  { entity, related, columns, exports, pageOf }: RecordsOptions<Row>,
) {
  const me = useMe()
  const navigate = useNavigate()
  const { selection, setSelection, settle } = useSelection(list.which)
  const beside = useOpenedRow<Row>(list)
  const remember = (row: Row, index: number) =>
    rememberPlace(list.to, { which: list.which, sort: list.sort, index, total: list.total, address: list.address, id: row.id })
  const open = (row: Row, index: number) => {
    remember(row, index)
    beside.open(row, index)
  }
  const openPage = (row: Row, index: number) => {
    if (!pageOf) return open(row, index)
    remember(row, index)
    void navigate({ to: pageOf(row) })
  }
  return {
    list,
    entity: useEntity(entity),
    related: useEntities(related ?? NONE),
    columns,
    /** The fields whose columns are shown. */
    shown: shownColumns(columns, list.layout.layout).map(({ key }) => key),
    actions: useViewActions(list),
    mayExport: exports.every((permission) => mayDo(me, permission)),
    selection,
    setSelection,
    settle,
    /** How many are chosen, and as what they are sent. */
    n: countSelected(selection, list.table.total) ?? 0,
    chosen: (): Selection => selectionInput(selection, list.which),
    /** What was chosen has been done. */
    clear: () => setSelection(NOTHING),
    beside: { ...beside, open },
    openPage,
    hasPages: pageOf !== undefined,
  }
}
export type RecordList<Row extends { readonly id: string }> = ReturnType<typeof useRecordsOf<Row>>
