import { type KeyboardEvent, type MouseEvent, useRef, useState } from 'react'
import type { FieldValue, Move } from '../FieldEditor.tsx'
import { EVERYTHING, isSelected, NOTHING, rangeBetween, type RowSelection, setSelected } from './selection.ts'
import type { CellAt, Column, ViewRow } from './columns.ts'
import type { Rows } from './useRows.ts'

type GridInput<Row> = {
  rows: Rows<Row>
  rowKey: (row: Row) => string
  columns: readonly Column<Row>[]
  selection: RowSelection
  onSelection: (selection: RowSelection) => void
  openId: string | null
  onOpen: (row: Row, index: number) => void
  onOpenPage: (row: Row, index: number) => void
  onEdit?: ((row: Row, key: string, value: FieldValue) => void) | undefined
  editing: Editing<Row> | null
  setEditing: (editing: Editing<Row> | null) => void
}

/** The cell whose editor is open, with the row as it was when it opened. */
export type Editing<Row> = CellAt & { readonly row: Row }

const sameValue = (a: FieldValue, b: FieldValue): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Cursor, selection and editing of a grid: what a click and a key mean. */
export function useGrid<Row>(input: GridInput<Row>) {
  const { rows, rowKey, columns, selection, onSelection, openId, onOpen, onOpenPage, onEdit, editing, setEditing } = input
  const [cursor, setCursor] = useState(-1)
  const anchor = useRef(-1)
  const cache = useRef(new Map<number, ViewRow<Row>>())
  const editable = columns.filter((column) => column.edit)

  const views = viewsOf(cache.current, rows, (index, row) => ({
    index,
    key: row ? rowKey(row) : `#${index}`,
    row,
    selected: row !== undefined && isSelected(selection, rowKey(row)),
    open: row !== undefined && rowKey(row) === openId,
    cursor: index === cursor,
    editing: editing?.index === index ? editing.column : null,
  }))

  const toggle = (index: number, range: boolean) => {
    const row = rows.at(index)
    if (!row) return
    const on = !isSelected(selection, rowKey(row))
    const { first, last } = range && anchor.current >= 0 ? rangeBetween(anchor.current, index) : { first: index, last: index }
    const ids = Array.from({ length: last - first + 1 }, (_, i) => rows.at(first + i)).flatMap((r) => (r ? rowKey(r) : []))
    onSelection(setSelected(selection, ids, range ? true : on))
    anchor.current = index
  }
  const edit = (at: CellAt | null) => {
    const row = at ? rows.at(at.index) : undefined
    setEditing(at && row ? { ...at, row } : null)
  }
  const startEdit = (index: number, key: string) => {
    if (onEdit && editable.some((column) => column.key === key)) edit({ index, column: key })
  }
  const commit = (view: ViewRow<Row>, column: Column<Row>, value: FieldValue, move: Move) => {
    edit(nextCell(view.index, column.key, move, editable, rows.count))
    // What was seen when the typing began: a colleague's change since then must not be overwritten unseen.
    const seen = editing?.row ?? view.row
    if (seen && column.edit && !sameValue(value, column.edit.value(seen))) onEdit?.(seen, column.key, value)
  }
  const goTo = (index: number) => {
    const next = Math.max(0, Math.min(rows.count - 1, index))
    setCursor(next)
    rows.scrollTo(next)
    const row = rows.at(next)
    if (openId !== null && row) onOpen(row, next)
  }

  return {
    views,
    cursor,
    setCursor,
    goTo,
    commit,
    cancelEdit: () => setEditing(null),
    onClick: (event: MouseEvent) => {
      const at = cellOf(event.target, views)
      if (!at) return
      if (at.column === '__check') {
        event.preventDefault()
        return toggle(at.view.index, event.shiftKey)
      }
      if (event.shiftKey) return toggle(at.view.index, true)
      if (editing || isInteractive(event.target)) return
      setCursor(at.view.index)
      if (at.view.row) onOpen(at.view.row, at.view.index)
    },
    onDoubleClick: (event: MouseEvent) => {
      const at = cellOf(event.target, views)
      if (at && !isInteractive(event.target)) startEdit(at.view.index, at.column)
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (editing || isTypingIn(event.target)) return
      const act = KEYS[event.key]?.(
        { cursor, goTo, toggle, rows, onOpen, onOpenPage, startEdit, editable, selection, onSelection },
        event,
      )
      if (!act) return
      event.preventDefault()
      act()
    },
  }
}

type KeyInput<Row> = {
  cursor: number
  goTo: (index: number) => void
  toggle: (index: number, range: boolean) => void
  rows: Rows<Row>
  onOpen: (row: Row, index: number) => void
  onOpenPage: (row: Row, index: number) => void
  startEdit: (index: number, key: string) => void
  editable: readonly Column<Row>[]
  selection: RowSelection
  onSelection: (selection: RowSelection) => void
}
const PAGE_ROWS = 18

type KeyMeaning = <Row>(g: KeyInput<Row>, event: KeyboardEvent) => (() => void) | null
const step =
  (by: number): KeyMeaning =>
  (g) =>
  () =>
    g.goTo(g.cursor + by)

const KEYS: Record<string, KeyMeaning> = {
  ArrowUp: step(-1),
  PageDown: step(PAGE_ROWS),
  PageUp: step(-PAGE_ROWS),
  Home: (g) => () => g.goTo(0),
  End: (g) => () => g.goTo(g.rows.count - 1),
  ArrowDown: (g, event) => () => {
    if (event.shiftKey && g.rows.at(g.cursor)) g.toggle(g.cursor, false)
    g.goTo(g.cursor + 1)
  },
  Enter: (g) => {
    const row = g.rows.at(g.cursor)
    return row ? () => g.onOpenPage(row, g.cursor) : null
  },
  ' ': (g, event) => {
    const row = g.rows.at(g.cursor)
    if (!row) return null
    return event.shiftKey || event.ctrlKey ? () => g.toggle(g.cursor, false) : () => g.onOpen(row, g.cursor)
  },
  F2: (g) => {
    const [first] = g.editable
    return first && g.rows.at(g.cursor) ? () => g.startEdit(g.cursor, first.key) : null
  },
  a: (g, event) => (event.ctrlKey || event.metaKey ? () => g.onSelection(EVERYTHING) : null),
  Escape: (g) => (g.selection.all || g.selection.ids.size > 0 ? () => g.onSelection(NOTHING) : null),
}

/** Where the editor goes on: down by Enter, along the row by Tab, away otherwise. */
function nextCell<Row>(index: number, key: string, move: Move, editable: readonly Column<Row>[], count: number): CellAt | null {
  if (move === 'down') return index + 1 < count ? { index: index + 1, column: key } : null
  if (move === 'stay') return null
  const at = editable.findIndex((column) => column.key === key) + (move === 'right' ? 1 : -1)
  const next = editable[at]
  return next ? { index, column: next.key } : null
}

function viewsOf<Row>(
  cache: Map<number, ViewRow<Row>>,
  rows: Rows<Row>,
  make: (index: number, row: Row | undefined) => ViewRow<Row>,
): ViewRow<Row>[] {
  const views: ViewRow<Row>[] = []
  for (let index = rows.first; index <= rows.last; index++) {
    const next = make(index, rows.at(index))
    const old = cache.get(index)
    const same = old && (Object.keys(next) as (keyof ViewRow<Row>)[]).every((key) => old[key] === next[key])
    views.push(same ? old : next)
  }
  cache.clear()
  for (const view of views) cache.set(view.index, view)
  return views
}

function cellOf<Row>(target: EventTarget, views: readonly ViewRow<Row>[]): { view: ViewRow<Row>; column: string } | null {
  const cell = target instanceof Element ? target.closest('td[data-col]') : null
  const key = cell?.closest('tr')?.getAttribute('data-row-key')
  const view = key ? views.find((v) => v.key === key) : undefined
  return view && cell ? { view, column: cell.getAttribute('data-col') ?? '' } : null
}
const isInteractive = (target: EventTarget): boolean =>
  target instanceof Element && target.closest('button, input, textarea, .field-editor, .ant-select-dropdown') !== null
const isTypingIn = (target: EventTarget): boolean =>
  target instanceof HTMLElement &&
  (/^(INPUT|TEXTAREA)$/.test(target.tagName) ? (target as HTMLInputElement).type !== 'checkbox' : target.isContentEditable)
