import { type KeyboardEvent, type MouseEvent, type PointerEvent, useEffect, useRef } from 'react'
import { flushSync } from 'react-dom'
import type { CellRange } from './cellRange.ts'
import type { CellAt, Column, ViewRow } from './columns.ts'
import { isComposing, isInteractive, isTyped, KEYS, keepsKey } from './gridKeys.ts'
import { cellOf, useDrag, useToggle, useViews } from './gridParts.ts'
import { indexOfKey, placeNow } from './place.ts'
import type { RowSelection } from './selection.ts'
import type { BlockActions } from './useCellBlock.ts'
import { useCursor } from './useCursor.ts'
import { type Editing, type SaveCell, useEditing, useFirstClick } from './useEditing.ts'
import { useFillDrag } from './useFillDrag.ts'
import type { Rows } from './useRows.ts'

export type GridInput<Row> = {
  rows: Rows<Row>
  rowKey: (row: Row) => string
  nameOf: (row: Row) => string
  columns: readonly Column<Row>[]
  selection: RowSelection
  onSelection: (selection: RowSelection) => void
  openId: string | null
  onOpen: (row: Row, index: number) => void
  onOpenPage: (row: Row, index: number) => void
  onEdit?: SaveCell<Row> | undefined
  /** Why a row may only be looked at; said when somebody begins to write there. */
  closed?: ((row: Row) => string | null) | undefined
  onClosed?: (why: string) => void
  editing: Editing<Row> | null
  setEditing: (editing: Editing<Row> | null) => void
  /** What the drawn rows were asked by: cursor, anchor and refused values do not go over to the rows of another filter. */
  shownKey: string
  /** The drawn rows are those of a search or an order that is over: they may be looked at and ticked, no more. */
  isStale: boolean
  /** A range that goes over rows which are not loaded was too long, or could not be loaded. */
  onRangeRefused: (refusal: RangeRefusal) => void
  /** Brings a column into view. */
  showColumn?: (column: number) => void
  /** Repeats the cells of a range over a longer one; absent where no cell may be written. */
  onFill?: ((source: CellRange, to: CellRange) => void) | undefined
}
export type RangeRefusal = { tooLong: true } | { error: unknown }

/** Cursor, selection and editing of a grid: what a click and a key mean. */
export function useGrid<Row>(input: GridInput<Row>) {
  const { rows, rowKey, columns, openId, onOpen, editing, setEditing, shownKey } = input
  const cursor = useCursor<Row>(input)
  const columnAt = (key: string) => columns.findIndex((column) => column.key === key)
  const moveTo = (row: number, key?: string) =>
    cursor.goTo({ row, column: key === undefined ? cursor.at.column : Math.max(0, columnAt(key)) })
  const onReopened = ({ index, column }: CellAt) => moveTo(index, column)
  const cells = useEditing<Row>({ ...input, editable: columns.filter((column) => column.edit), onReopened })
  const first = useFirstClick()
  const latest = useRef(input)
  latest.current = input
  const fill = useFilling(input, cursor, cells.canEdit)
  const views = useViews(input, cursor, cells.problemOf, fill)
  useEditorGone(editing, views, setEditing)

  const toggle = useToggle(input)
  const startEdit = (index: number, key: string, replace?: string) => {
    first.forget()
    if (!cells.canEdit(key)) return
    moveTo(index, key)
    cells.begin({ index, column: key }, replace)
  }
  const goTo = (row: number, column: number, extend: boolean) => {
    const next = extend ? cursor.extendTo({ row, column }) : cursor.goTo({ row, column })
    rows.scrollTo(next.row)
    input.showColumn?.(next.column)
    const record = rows.at(next.row)
    if (!extend && openId !== null && record && rowKey(record) !== openId) onOpen(record, next.row)
  }
  const toEnd = useEnd(rows, shownKey, goTo)
  const openRow = (view: ViewRow<Row>, column: string, isSecond: boolean) => {
    const { key, row } = view
    moveTo(view.index, column)
    if (!row) return
    // With the panel open nothing moves any more, and a cell that cannot be edited has no double click.
    if (openId !== null || !cells.canOpenByClick(column) || view.closed !== null) return onOpen(row, view.index)
    if (!isSecond) first.wait({ key, column }, () => latest.current.onOpen(row, indexNow(latest.current, view)))
  }
  const drag = useDrag(views, (view, column, isFirst) => {
    if (isFirst) first.forget()
    const reach = isFirst ? cursor.goTo : cursor.extendTo
    reach({ row: view.index, column: columnAt(column) })
  })

  return {
    views,
    cursor,
    ...cells.forGrid,
    ...typingOf(input, cursor.at, cells.canEdit, startEdit),
    /** From the record that stands in the panel; `index` where it was when it was opened. */
    stepFrom: (index: number, by: number) =>
      goTo(((openId !== null ? indexOfKey(rows, rowKey, openId) : null) ?? index) + by, cursor.at.column, false),
    commit: (...[view, column, value, move]: Parameters<typeof cells.commit>) => {
      const next = cells.commit(view, column, value, move)
      if (next !== null) moveTo(next)
    },
    onPointerDown: (event: PointerEvent) => {
      if (!editing && !input.isStale && !event.shiftKey && !fill.begin(event)) drag.begin(event)
    },
    onPointerMove: (event: PointerEvent) => {
      if (!fill.go(event, views)) drag.go(event)
    },
    onClick: (event: MouseEvent) => {
      const isDragged = [fill.hasEnded(), drag.hasEnded()].includes(true)
      const at = isDragged ? null : cellOf(event.target, views)
      // A tick means its record, wherever the record is going to stand.
      if (!at || (input.isStale && at.column !== '__check')) return
      if (event.detail <= 1) first.forget()
      if (at.column === '__check') {
        event.preventDefault()
        return toggle([at.view.index], event.shiftKey)
      }
      if (event.shiftKey) return void cursor.extendTo({ row: at.view.index, column: columnAt(at.column) })
      if (!editing && !isInteractive(event.target)) openRow(at.view, at.column, event.detail > 1)
    },
    onDoubleClick: (event: MouseEvent) => {
      const cell = doubled(first.take(), event, views, input.isStale)
      if (cell && cells.canOpenByClick(cell.column)) startEdit(cell.index, cell.column)
    },
    onKeyDown: (event: KeyboardEvent, block: BlockActions | null = null) => {
      if (editing || input.isStale || isComposing(event) || keepsKey(event)) return
      onKey({ ...input, cursor, goTo, toEnd, toggle, startEdit, canEdit: cells.canEdit, block }, event)
    },
  }
}

type Keyed<Row> = Omit<Parameters<NonNullable<(typeof KEYS)[string]>>[0], keyof GridInput<Row> | 'toggle'> &
  GridInput<Row> & { toggle: (indexes: readonly number[], range: boolean) => void }

function onKey<Row>(keyed: Keyed<Row>, event: KeyboardEvent): void {
  const { cursor, rows, columns, canEdit, startEdit } = keyed
  const { at, range } = cursor
  const here = columns[at.column]
  if (here && isTyped(event) && canEdit(here.key) && rows.at(at.row)) {
    // Not prevented: the browser goes on to give the letter to the editor that has the focus now.
    event.stopPropagation()
    return flushSync(() => startEdit(at.row, here.key, ''))
  }
  const { top, bottom } = range ?? { top: at.row, bottom: at.row }
  const chosen = Array.from({ length: bottom - top + 1 }, (_, i) => top + i)
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  const act = KEYS[key]?.({ ...keyed, toggle: () => keyed.toggle(chosen, false) }, event)
  if (!act) return
  event.preventDefault()
  act()
}

const WORDS: ReadonlySet<string> = new Set(['text', 'longText', 'phone', 'email', 'select', 'tags'])
function typingOf<Row>(
  { columns, rows, isStale, editing }: GridInput<Row>,
  at: { row: number; column: number },
  canEdit: (key: string) => boolean,
  startEdit: (index: number, key: string, replace: string) => void,
) {
  const here = columns[at.column]
  const isFree = !isStale && !editing && rows.at(at.row) !== undefined
  return {
    /** The cursor stands in a cell into which words can be typed. */
    takesWords: isFree && here?.edit !== undefined && WORDS.has(here.edit.kind) && canEdit(here.key),
    /** Opens the cell of the cursor with the words an input method has made. */
    typeWords: (words: string) => {
      if (here) startEdit(at.row, here.key, words)
    },
  }
}

/** The cell that a double click means: the one of its first click, should rows have moved between the two. */
function doubled<Row>(
  meant: { key: string; column: string } | null,
  { target }: MouseEvent,
  views: readonly ViewRow<Row>[],
  isStale: boolean,
): { index: number; column: string } | null {
  if (isStale || isInteractive(target)) return null
  const here = cellOf(target, views)
  const at = meant ? views.find((view) => view.key === meant.key) : here?.view
  return at ? { index: at.index, column: meant?.column ?? here?.column ?? '' } : null
}

/** The corner of what is chosen, where something of it takes a value. */
function useFilling<Row>(input: GridInput<Row>, cursor: ReturnType<typeof useCursor<Row>>, canEdit: (key: string) => boolean) {
  const { rows, columns, isStale, editing, onFill } = input
  const fill = useFillDrag<Row>({
    range: isStale || editing ? null : cursor.range,
    columnAt: (key) => columns.findIndex((column) => column.key === key),
    show: (row, column) => {
      rows.scrollTo(Math.min(row, rows.count - 1))
      input.showColumn?.(column)
    },
    onFill: (source, to) => onFill?.(source, to),
  })
  return {
    ...fill,
    corner: onFill && isWritable(cursor.range, columns, canEdit) && !isOneName(cursor.range, columns) ? cursor.range : null,
  }
}

/** Of a name one opens the record; nobody repeats it over others. */
const isOneName = <Row>(range: CellRange | null, columns: readonly Column<Row>[]): boolean =>
  range !== null && range.left === range.right && columns[range.left]?.sticky === true

/** Whether any cell of a range takes a value. */
const isWritable = <Row>(range: CellRange | null, columns: readonly Column<Row>[], canEdit: (key: string) => boolean): boolean =>
  range !== null && columns.slice(range.left, range.right + 1).some(({ key }) => canEdit(key))

type GoTo = (row: number, column: number, extend: boolean) => void
/** To the last row of all; where how many there are is not known yet, on to it as soon as it is, unless one has gone elsewhere since. */
function useEnd<Row>(rows: Rows<Row>, shownKey: string, goTo: GoTo) {
  const wished = useRef<{ column: number; extend: boolean; shownKey: string } | null>(null)
  const latest = useRef(goTo)
  latest.current = goTo
  const { count, isWhole = true } = rows
  useEffect(() => {
    const wish = wished.current
    if (!wish || !isWhole) return
    wished.current = null
    if (wish.shownKey === shownKey) latest.current(count - 1, wish.column, wish.extend)
  }, [count, isWhole, shownKey])
  return (column: number, extend: boolean) => {
    if (!isWhole) wished.current = { column, extend, shownKey }
    goTo(count - 1, column, extend)
  }
}

const indexNow = <Row>({ rows, rowKey, shownKey }: GridInput<Row>, { index, key }: ViewRow<Row>): number =>
  placeNow({ result: shownKey, index, key }, shownKey, rows, rowKey)

/** An editor whose row is no longer drawn has handed in its value when it went; nothing is being edited then. */
function useEditorGone<Row>(
  editing: Editing<Row> | null,
  views: readonly ViewRow<Row>[],
  setEditing: (editing: Editing<Row> | null) => void,
) {
  const isGone = editing !== null && !views.some((view) => view.key === editing.key)
  const latest = useRef(setEditing)
  latest.current = setEditing
  useEffect(() => {
    if (isGone) latest.current(null)
  }, [isGone])
  useEffect(() => () => latest.current(null), [])
}
