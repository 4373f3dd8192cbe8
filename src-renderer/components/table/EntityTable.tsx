import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { failureText } from '../../kernel/errors.ts'
import { formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { toast } from '../../kernel/toast.tsx'
import { useElementWidth, useIsPhone } from '../../kernel/screen.ts'
import { SkeletonRows } from '../states.tsx'
import { text } from '../text.ts'
import { type BulkAction, BulkBar } from './BulkBar.tsx'
import { CHECK_WIDTH, Grid, type GridHandlers } from './Grid.tsx'
import { type ColumnLayout, shownColumns, stretchName, widthOf } from './layout.ts'
import { PhoneList, type PhoneRow } from './PhoneList.tsx'
import { countSelected, EVERYTHING, isEmptySelection, NOTHING, type RowSelection } from './selection.ts'
import { type Column, type Density, type PageQuery, PHONE_ROW_HEIGHT, ROW_HEIGHT, type SortState } from './columns.ts'
import { indexOfKey } from './place.ts'
import type { Editing, SaveCell } from './useEditing.ts'
import { type RangeRefusal, useGrid } from './useGrid.ts'
import { useFocusBack, useKeptRows, useLatest, useLeaveOnScroll, useShownOnce, useStep } from './useListing.ts'
import { MAX_RANGE, type Rows, useRows } from './useRows.ts'

export type EntityTableProps<Row> = {
  /** What the list is called, for who cannot see it. */
  label: string
  columns: readonly Column<Row>[]
  rowKey: (row: Row) => string
  page: (offset: number, limit: number) => PageQuery<Row>
  /** Everything that decides which rows, as text; a change of it scrolls to the top and forgets the cursor. */
  resultKey: string
  total: number | undefined
  sort: SortState
  onSort: (sort: SortState) => void
  layout: ColumnLayout
  onLayout: (layout: ColumnLayout) => void
  density: Density
  selection?: RowSelection
  onSelection?: (selection: RowSelection) => void
  bulk?: readonly BulkAction[]
  openId: string | null
  /** `rows` lets a panel step to the previous and next record. */
  onOpen: (row: Row, index: number) => void
  onOpenPage: (row: Row, index: number) => void
  onEdit?: SaveCell<Row>
  describe: (row: Row) => PhoneRow
  empty: ReactNode
  failed: (error: unknown, retry: () => void) => ReactNode
  footer?: ReactNode
  /** Steps of the open panel: asks for the row beside. */
  step?: { index: number; by: number } | null
  /** Where the record of the panel stands now, as soon as it is drawn. */
  onOpenAt?: (index: number) => void
  /** The first rows of another filter are there. */
  onShown?: (keys: ReadonlySet<string>) => void
}

/** The one list of the program: a window of rows over any number of them. */
export function EntityTable<Row>(props: EntityTableProps<Row>) {
  const isPhone = useIsPhone()
  const scroller = useRef<HTMLDivElement>(null)
  const rowHeight = isPhone ? PHONE_ROW_HEIGHT : ROW_HEIGHT[props.density]
  const [editing, setEditing] = useState<Editing<Row> | null>(null)
  const { page, total, resultKey, rowKey } = props
  const rows = useRows<Row>({ page, total, rowHeight, scroller, resultKey, rowKey, hold: editing !== null })
  const stale = useKeptRows(rows, resultKey, { scroller, hold: editing !== null })
  useShownOnce(resultKey, rows.loaded && !stale, () => props.onShown?.(new Set(rows.here().map(rowKey))))

  const isStale = stale !== null && editing === null
  const shown: ShownProps<Row> = {
    ...props,
    rows: stale?.rows ?? rows,
    shownKey: stale?.key ?? resultKey,
    isStale,
    isWaiting: !rows.loaded && !stale,
    rowHeight,
    selection: props.selection ?? NOTHING,
    scroller,
    editing,
    setEditing,
  }
  const failed = stale ? null : failureOf(rows, props)
  const choosing = isChoosing(shown, isPhone)
  const className = ['grid-scroll', isStale && 'stale', choosing && 'choosing'].filter(Boolean).join(' ')
  return (
    <div className="grid-wrap">
      <div className={className} ref={scroller}>
        {failed && rows.count === 0 ? failed : <Listed {...shown} isPhone={isPhone} />}
      </div>
      {failed && rows.count > 0 && <div className="grid-failed">{failed}</div>}
      {choosing && <Choosing {...shown} isWaiting={isStale || failed !== null} />}
      {rows.capped && <Capped />}
      <Foot isPhone={isPhone}>{props.footer}</Foot>
    </div>
  )
}

const Foot = ({ isPhone, children }: { isPhone: boolean; children: ReactNode }) =>
  children && !isPhone ? <div className="row num s12 t2 grid-foot">{children}</div> : null

const failureOf = <Row,>(rows: Rows<Row>, { failed }: EntityTableProps<Row>): ReactNode =>
  rows.failed === null ? null : failed(rows.failed, rows.refetch)

const isChoosing = <Row,>({ bulk, selection, total }: ShownProps<Row>, isPhone: boolean): boolean =>
  bulk !== undefined && !isPhone && !isEmptySelection(selection, total)

const Choosing = <Row,>({ selection, total, bulk = [], isWaiting, onSelection }: ShownProps<Row>) => (
  <BulkBar selection={selection} total={total} actions={bulk} isWaiting={isWaiting} onSelection={(next) => onSelection?.(next)} />
)

type ShownProps<Row> = EntityTableProps<Row> & {
  rows: Rows<Row>
  shownKey: string
  isStale: boolean
  /** Nothing is there yet, not even old rows. */
  isWaiting: boolean
  rowHeight: number
  selection: RowSelection
  scroller: React.RefObject<HTMLDivElement | null>
  editing: Editing<Row> | null
  setEditing: (editing: Editing<Row> | null) => void
}

/** Skeleton or the words of an empty list, when there is nothing to draw. */
function instead<Row>({ isWaiting, rows, rowHeight, empty }: ShownProps<Row>): ReactNode {
  if (isWaiting && rows.first === 0) return <SkeletonRows rows={16} height={rowHeight} />
  return rows.count === 0 ? empty : null
}

const Listed = <Row,>({ isPhone, ...shown }: ShownProps<Row> & { isPhone: boolean }) =>
  isPhone ? <Phone {...shown} /> : <Desktop {...shown} />

const Phone = <Row,>(props: ShownProps<Row>) =>
  instead(props) ?? <PhoneList rows={props.rows} describe={props.describe} onOpen={props.onOpenPage} />

const Desktop = <Row,>(props: ShownProps<Row>) => instead(props) ?? <DesktopGrid {...props} />

function Capped() {
  const t = useText(text)
  return <div className="grid-capped s12">{t('rowsCapped')}</div>
}

function DesktopGrid<Row>(props: ShownProps<Row>) {
  const t = useText(text)
  const { rows, rowHeight, selection, layout, onLayout, scroller } = props
  const columns = useMemo(() => shownColumns(props.columns, layout), [props.columns, layout])
  const available = useElementWidth(scroller)
  const selectable = props.onSelection !== undefined
  const { widths, name, filler } = useMemo(() => {
    const natural = columns.map((column) => widthOf(column, layout))
    const spare = stretchName([selectable ? CHECK_WIDTH : 0, ...natural], available)
    return { ...spare, widths: natural.map((width, i) => (columns[i]?.sticky ? width + spare.name : width)) }
  }, [columns, layout, selectable, available])
  const onSelection = (next: RowSelection) => props.onSelection?.(next)
  const onRangeRefused = (refusal: RangeRefusal) =>
    toast('error' in refusal ? failureText(refusal.error, '', 'load') : t('rangeTooLong', { n: formatNumber(MAX_RANGE) }), {
      tone: 'bad',
    })
  const nameOf = (row: Row) => props.describe(row).title
  const grid = useGrid<Row>({ ...props, columns, rows, selection, onSelection, onEdit: props.onEdit, nameOf, onRangeRefused })
  const keys = useRef<HTMLDivElement>(null)
  useStep(props.step ?? null, grid.stepFrom)
  useFocusBack(keys, props.editing !== null)
  useLeaveOnScroll(scroller, { index: props.editing?.index ?? null, rowHeight, count: rows.count })
  const openAt = props.openId === null || props.isStale ? null : indexOfKey(rows, props.rowKey, props.openId)
  const onOpenAt = useLatest(props.onOpenAt)
  useEffect(() => {
    if (openAt !== null) onOpenAt.current?.(openAt)
  }, [openAt, props.shownKey, onOpenAt])

  const width = (selectable ? CHECK_WIDTH : 0) + widths.reduce((sum, one) => sum + one, 0) + filler
  const sticky = columns.find((column) => column.sticky)?.key
  const handlers = useLatest<GridHandlers<Row>>({
    onSort: (key) => props.onSort(nextSort(props.sort, key)),
    onWidth: (key, width) => onLayout({ ...layout, widths: { ...layout.widths, [key]: key === sticky ? width - name : width } }),
    onHeadCheck: (on) => {
      if (!props.isStale) onSelection(on ? EVERYTHING : NOTHING)
    },
    onCommit: grid.commit,
    onCancelEdit: grid.cancelEdit,
  })

  const chosen = countSelected(selection, props.total) ?? 1
  const headCheck = chosen === 0 ? 'none' : selection.all && selection.except.size === 0 ? 'all' : 'some'
  return (
    <div
      role="group"
      aria-label={props.label}
      ref={keys}
      className={selectable ? 'grid-keys' : 'grid-keys plain'}
      style={{ width }}
      tabIndex={0}
      onClick={grid.onClick}
      onDoubleClick={grid.onDoubleClick}
      onKeyDown={grid.onKeyDown}
    >
      <Grid<Row>
        rows={grid.views}
        columns={columns}
        widths={widths}
        filler={filler}
        selectable={selectable}
        label={t('selectPage')}
        headCheck={headCheck}
        sort={props.sort}
        handlers={handlers}
        top={rows.first * rowHeight}
        bottom={Math.max(0, rows.count - rows.last - 1) * rowHeight}
      />
    </div>
  )
}

/** First click ascending, second descending, third back to the list's own order. */
export function nextSort(sort: SortState, key: string): SortState {
  if (sort?.field !== key) return { field: key, direction: 'asc' }
  return sort.direction === 'asc' ? { field: key, direction: 'desc' } : null
}
