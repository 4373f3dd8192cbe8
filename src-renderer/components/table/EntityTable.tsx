import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { useText } from '../../kernel/text.ts'
import { useElementWidth, useIsPhone } from '../../kernel/screen.ts'
import type { FieldValue } from '../FieldEditor.tsx'
import { SkeletonRows } from '../states.tsx'
import { text } from '../text.ts'
import { type BulkAction, BulkBar } from './BulkBar.tsx'
import { CHECK_WIDTH, Grid, type GridHandlers } from './Grid.tsx'
import { type ColumnLayout, shownColumns, stretchName, widthOf } from './layout.ts'
import { PhoneList, type PhoneRow } from './PhoneList.tsx'
import { countSelected, EVERYTHING, isEmptySelection, NOTHING, type RowSelection } from './selection.ts'
import { type Column, type Density, type PageQuery, PHONE_ROW_HEIGHT, ROW_HEIGHT, type SortState } from './columns.ts'
import { type Editing, useGrid } from './useGrid.ts'
import { type Rows, useRows } from './useRows.ts'
import { windowAt } from './useWindow.ts'

export type EntityTableProps<Row> = {
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
  onEdit?: (row: Row, key: string, value: FieldValue) => void
  describe: (row: Row) => PhoneRow
  empty: ReactNode
  failed: (error: unknown, retry: () => void) => ReactNode
  footer?: ReactNode
  /** Steps of the open panel: asks for the row beside. */
  step?: { index: number; by: number } | null
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

  if (rows.failed && !stale) return <div className="grid-wrap">{props.failed(rows.failed, rows.refetch)}</div>
  const selection = props.selection ?? NOTHING
  const choosing = props.bulk !== undefined && !isPhone && !isEmptySelection(selection, props.total)
  const className = ['grid-scroll', stale && !editing && 'stale', choosing && 'choosing'].filter(Boolean).join(' ')
  const shown: ShownProps<Row> = {
    ...props,
    rows: stale ?? rows,
    isWaiting: !rows.loaded && !stale,
    rowHeight,
    selection,
    scroller,
    editing,
    setEditing,
  }
  return (
    <div className="grid-wrap">
      <div className={className} ref={scroller}>
        {isPhone ? <Phone {...shown} /> : <Desktop {...shown} />}
      </div>
      {choosing && (
        <BulkBar
          selection={selection}
          total={props.total}
          actions={props.bulk ?? []}
          onSelection={(next) => props.onSelection?.(next)}
        />
      )}
      {rows.capped && <Capped />}
      {props.footer && !isPhone && <div className="row num s12 t2 grid-foot">{props.footer}</div>}
    </div>
  )
}

type ShownProps<Row> = EntityTableProps<Row> & {
  rows: Rows<Row>
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
  if (isWaiting) return <SkeletonRows rows={16} height={rowHeight} />
  return rows.count === 0 ? empty : null
}

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
  const grid = useGrid<Row>({ ...props, columns, rows, selection, onSelection, onEdit: props.onEdit })
  useStep(props.step ?? null, grid.goTo)
  useLeaveOnScroll(scroller, { index: props.editing?.index ?? null, rowHeight, count: rows.count })

  const width = (selectable ? CHECK_WIDTH : 0) + widths.reduce((sum, one) => sum + one, 0) + filler
  const sticky = columns.find((column) => column.sticky)?.key
  const handlers = useLatest<GridHandlers<Row>>({
    onSort: (key) => props.onSort(nextSort(props.sort, key)),
    onWidth: (key, width) => onLayout({ ...layout, widths: { ...layout.widths, [key]: key === sticky ? width - name : width } }),
    onHeadCheck: (on) => onSelection(on ? EVERYTHING : NOTHING),
    onCommit: grid.commit,
    onCancelEdit: grid.cancelEdit,
  })

  const chosen = countSelected(selection, props.total) ?? 1
  const headCheck = chosen === 0 ? 'none' : selection.all && selection.except.size === 0 ? 'all' : 'some'
  return (
    <div
      role="presentation"
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

function useLatest<T>(value: T): React.RefObject<T> {
  const latest = useRef(value)
  latest.current = value
  return latest
}

/** A cell editor that is scrolled out of the drawn window takes its value first, as if one had clicked beside it. */
function useLeaveOnScroll(
  scroller: React.RefObject<HTMLDivElement | null>,
  { index, rowHeight, count }: { index: number | null; rowHeight: number; count: number },
) {
  useEffect(() => {
    const element = scroller.current
    if (!element || index === null) return undefined
    const look = () => {
      const { first, last } = windowAt(element.scrollTop, element.clientHeight, rowHeight, count)
      if ((index < first || index > last) && document.activeElement instanceof HTMLElement) document.activeElement.blur()
    }
    element.addEventListener('scroll', look, { passive: true })
    return () => element.removeEventListener('scroll', look)
  }, [scroller, index, rowHeight, count])
}

/** Moves the cursor when the panel asks for the row beside. */
function useStep(step: { index: number; by: number } | null, goTo: (index: number) => void) {
  const latest = useLatest(goTo)
  useEffect(() => {
    if (step) latest.current(step.index + step.by)
  }, [step, latest])
}

/**
 * Old rows stay, dimmed, until the first new ones are there; then the list starts at the top. Under an open cell editor they
 * stay until it is closed: words that were typed into a cell are never lost to a search that had not settled yet.
 */
function useKeptRows<Row>(
  rows: Rows<Row>,
  resultKey: string,
  { scroller, hold }: { scroller: React.RefObject<HTMLDivElement | null>; hold: boolean },
): Rows<Row> | null {
  const shown = useRef<{ key: string; rows: Rows<Row> } | null>(null)
  const old = shown.current
  const waiting = old !== null && old.key !== resultKey && (hold || (!rows.loaded && !rows.failed))
  useEffect(() => {
    if (waiting) return
    if (shown.current !== null && shown.current.key !== resultKey) scroller.current?.scrollTo({ top: 0 })
    shown.current = { key: resultKey, rows }
  })
  return waiting ? old.rows : null
}
