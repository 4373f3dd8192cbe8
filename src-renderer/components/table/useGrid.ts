import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from 'react'
import type { Column, ViewRow } from './columns.ts'
import { isInteractive, KEYS, keepsKey } from './gridKeys.ts'
import { indexOfKey, type Place, placeNow } from './place.ts'
import { isSelected, rangeBetween, type RowSelection, setSelected } from './selection.ts'
import { type Editing, type SaveCell, useEditing, useFirstClick } from './useEditing.ts'
import type { Rows } from './useRows.ts'

type GridInput<Row> = {
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
  editing: Editing<Row> | null
  setEditing: (editing: Editing<Row> | null) => void
  /** What the drawn rows were asked by: cursor, anchor and refused values do not go over to the rows of another filter. */
  shownKey: string
  /** The drawn rows are those of a search that is over: they may be looked at, no more. */
  isStale: boolean
  /** A range that goes over rows which are not loaded was too long, or could not be loaded. */
  onRangeRefused: (refusal: RangeRefusal) => void
}
export type RangeRefusal = { tooLong: true } | { error: unknown }

/** Cursor, selection and editing of a grid: what a click and a key mean. */
export function useGrid<Row>(input: GridInput<Row>) {
  const { rows, rowKey, columns, selection, onSelection, openId, onOpen, onOpenPage, editing, setEditing, shownKey } = input
  const [place, setPlace] = useState<Place | null>(null)
  const cursor = placeNow(place, shownKey, rows, rowKey)
  const editable = columns.filter((column) => column.edit)
  const cells = useEditing<Row>({ rows, rowKey, editable, onEdit: input.onEdit, editing, setEditing, shownKey })
  const first = useFirstClick()
  const latest = useRef(input)
  latest.current = input
  const views = useViews(input, cursor, cells.problemOf)
  useEditorGone(editing, views, setEditing)

  const moveTo = (index: number) => setPlace(placeAt(input, index))
  const toggle = useToggle(input)
  const startEdit = (index: number, key: string) => {
    first.forget()
    if (!cells.canEdit(key)) return
    moveTo(index)
    cells.open({ index, column: key })
  }
  const goTo = (index: number) => {
    const next = Math.max(0, Math.min(rows.count - 1, index))
    moveTo(next)
    rows.scrollTo(next)
    const row = rows.at(next)
    if (openId !== null && row) onOpen(row, next)
  }
  const openRow = (view: ViewRow<Row>, column: string, isSecond: boolean) => {
    const { key, row } = view
    moveTo(view.index)
    if (!row) return
    // With the panel open nothing moves any more, and a cell that cannot be edited has no double click.
    if (openId !== null || !cells.canEdit(column)) return onOpen(row, view.index)
    if (!isSecond) first.wait({ key, column }, () => latest.current.onOpen(row, indexNow(latest.current, view)))
  }

  return {
    views,
    goTo,
    /** From the record that stands in the panel; `index` where it was when it was opened. */
    stepFrom: (index: number, by: number) => goTo(((openId !== null ? indexOfKey(rows, rowKey, openId) : null) ?? index) + by),
    commit: (...[view, column, value, move]: Parameters<typeof cells.commit>) => {
      const next = cells.commit(view, column, value, move)
      if (next !== null) moveTo(next)
    },
    cancelEdit: cells.cancel,
    onClick: (event: MouseEvent) => {
      const at = input.isStale ? null : cellOf(event.target, views)
      if (!at) return
      if (event.detail <= 1) first.forget()
      if (at.column === '__check') {
        event.preventDefault()
        return toggle(at.view.index, event.shiftKey)
      }
      if (event.shiftKey) return toggle(at.view.index, true)
      if (!editing && !isInteractive(event.target)) openRow(at.view, at.column, event.detail > 1)
    },
    onDoubleClick: (event: MouseEvent) => {
      const meant = first.take()
      if (input.isStale || isInteractive(event.target)) return
      const here = cellOf(event.target, views)
      const at = meant ? views.find((view) => view.key === meant.key) : here?.view
      if (at) startEdit(at.index, meant?.column ?? here?.column ?? '')
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (editing || input.isStale || keepsKey(event)) return
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

function placeAt<Row>({ rows, rowKey, shownKey }: GridInput<Row>, index: number): Place {
  const row = rows.at(index)
  return { result: shownKey, index, key: row ? rowKey(row) : null }
}

const indexNow = <Row>({ rows, rowKey, shownKey }: GridInput<Row>, { index, key }: ViewRow<Row>): number =>
  placeNow({ result: shownKey, index, key }, shownKey, rows, rowKey)

/** Ticks one row, or all between the last ticked and this one, those that are not loaded included. */
function useToggle<Row>(input: GridInput<Row>) {
  const anchor = useRef<Place | null>(null)
  const latest = useRef(input)
  latest.current = input
  return (index: number, range: boolean) => {
    const { rows, rowKey, selection, onSelection, shownKey } = input
    const row = rows.at(index)
    if (!row) return
    const from = range ? placeNow(anchor.current, shownKey, rows, rowKey) : -1
    anchor.current = placeAt(input, index)
    if (from < 0) return onSelection(setSelected(selection, [rowKey(row)], range || !isSelected(selection, rowKey(row))))
    const { first, last } = rangeBetween(from, index)
    const here = Array.from({ length: last - first + 1 }, (_, i) => rows.at(first + i)).flatMap((one) => one ?? [])
    if (here.length === last - first + 1) return onSelection(setSelected(selection, here.map(rowKey), true))
    void rows.load(first, last).then(
      (found) => {
        // Another filter since then: those rows are no longer what one looks at.
        if (latest.current.shownKey !== shownKey) return
        if (!found) return latest.current.onRangeRefused({ tooLong: true })
        latest.current.onSelection(setSelected(latest.current.selection, found.map(rowKey), true))
      },
      (error: unknown) => latest.current.onRangeRefused({ error }),
    )
  }
}

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

/** The drawn rows; one that looks as before is the same object, and its cells are skipped. */
function useViews<Row>(
  { rows, rowKey, nameOf, selection, openId, editing }: GridInput<Row>,
  cursor: number,
  problemOf: (key: string) => ViewRow<Row>['problem'],
): ViewRow<Row>[] {
  const cache = useRef(new Map<number, ViewRow<Row>>())
  const views: ViewRow<Row>[] = []
  for (let index = rows.first; index <= rows.last; index++) {
    const row = rows.at(index)
    const key = row ? rowKey(row) : `#${index}`
    const next: ViewRow<Row> = {
      index,
      key,
      row,
      name: row ? nameOf(row) : '',
      selected: row !== undefined && isSelected(selection, key),
      open: row !== undefined && key === openId,
      cursor: index === cursor,
      editing: editing?.key === key ? editing.column : null,
      problem: problemOf(key),
    }
    const old = cache.current.get(index)
    const same = old && (Object.keys(next) as (keyof ViewRow<Row>)[]).every((field) => old[field] === next[field])
    views.push(same ? old : next)
  }
  cache.current.clear()
  for (const view of views) cache.current.set(view.index, view)
  return views
}

function cellOf<Row>(target: EventTarget, views: readonly ViewRow<Row>[]): { view: ViewRow<Row>; column: string } | null {
  const cell = target instanceof Element ? target.closest('td[data-col]') : null
  const key = cell?.closest('tr')?.getAttribute('data-row-key')
  const view = key ? views.find((v) => v.key === key) : undefined
  return view && cell ? { view, column: cell.getAttribute('data-col') ?? '' } : null
}
