import { type PointerEvent, useRef } from 'react'
import { type CellRange, isOneCell, rangeInRow } from './cellRange.ts'
import type { ViewRow } from './columns.ts'
import { isInteractive } from './gridKeys.ts'
import { type Place, placeNow } from './place.ts'
import { isSelected, rangeBetween, setSelected } from './selection.ts'
import type { Cursor } from './useCursor.ts'
import type { Editing } from './useEditing.ts'
import type { GridInput } from './useGrid.ts'

/** Chosen cells by dragging over them; a drag that has left its first cell is no click. */
export function useDrag<Row>(
  views: readonly ViewRow<Row>[],
  reach: (view: ViewRow<Row>, column: string, isFirst: boolean) => void,
) {
  const drag = useRef<{ from: { view: ViewRow<Row>; column: string }; last: string; isOn: boolean } | null>(null)
  return {
    begin: (event: PointerEvent) => {
      const from =
        event.button === 0 && event.pointerType !== 'touch' && !isInteractive(event.target) ? cellOf(event.target, views) : null
      drag.current = from && from.column !== '__check' ? { from, last: '', isOn: false } : null
    },
    go: (event: PointerEvent) => {
      const now = drag.current
      if (!now || event.buttons !== 1) return
      const at = cellOf(event.target, views)
      if (!at || at.column === '__check') return
      const cell = `${at.view.index} ${at.column}`
      if (cell === now.last || (!now.isOn && at.view.key === now.from.view.key && at.column === now.from.column)) return
      if (!now.isOn) reach(now.from.view, now.from.column, true)
      drag.current = { ...now, last: cell, isOn: true }
      reach(at.view, at.column, false)
    },
    /** Whether the click that comes now ends a drag; said once. */
    hasEnded: (): boolean => {
      const was = drag.current?.isOn === true
      drag.current = null
      return was
    },
  }
}

/** Ticks rows, or all between the last ticked and this one, those that are not loaded included. */
export function useToggle<Row>(input: GridInput<Row>) {
  const anchor = useRef<Place | null>(null)
  const latest = useRef(input)
  latest.current = input
  return (indexes: readonly number[], range: boolean) => {
    const { rows, rowKey, selection, onSelection, shownKey } = input
    const chosen = indexes.flatMap((index) => rows.at(index) ?? [])
    const [row] = chosen
    const index = indexes.at(-1) ?? -1
    if (!row) return
    const from = range ? placeNow(anchor.current, shownKey, rows, rowKey) : -1
    const last = rows.at(index)
    anchor.current = { result: shownKey, index, key: last ? rowKey(last) : null }
    if (from < 0) return onSelection(setSelected(selection, chosen.map(rowKey), range || !isSelected(selection, rowKey(row))))
    const { first, last: end } = rangeBetween(from, index)
    const here = Array.from({ length: end - first + 1 }, (_, i) => rows.at(first + i)).flatMap((one) => one ?? [])
    if (here.length === end - first + 1) return onSelection(setSelected(selection, here.map(rowKey), true))
    void rows.load(first, end).then(
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

/** The drawn rows; one that looks as before is the same object, and its cells are skipped. */
export function useViews<Row>(
  { rows, rowKey, nameOf, columns, selection, openId, editing, closed }: GridInput<Row>,
  cursor: Cursor,
  problemOf: (key: string) => ViewRow<Row>['problem'],
  fill: { to: CellRange | null; corner: CellRange | null },
): ViewRow<Row>[] {
  const cache = useRef(new Map<number, ViewRow<Row>>())
  const views: ViewRow<Row>[] = []
  const { at } = cursor
  // One cell needs no range around it.
  const range = cursor.range && !isOneCell(cursor.range) ? cursor.range : null
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
      cursor: index === at.row,
      cell: index === at.row ? (columns[at.column]?.key ?? null) : null,
      range: rangeInRow(range, index),
      fill: rangeInRow(fill.to, index),
      handle: cornerIn(fill.corner, index, columns),
      ...editorIn(editing?.key === key ? editing : null),
      problem: problemOf(key),
      closed: (row && closed?.(row)) ?? null,
    }
    const old = cache.current.get(index)
    const same = old && (Object.keys(next) as (keyof ViewRow<Row>)[]).every((field) => old[field] === next[field])
    views.push(same ? old : next)
  }
  cache.current.clear()
  for (const view of views) cache.current.set(view.index, view)
  return views
}

const editorIn = <Row>(editing: Editing<Row> | null): Pick<ViewRow<Row>, 'editing' | 'replace' | 'marked'> => ({
  editing: editing?.column ?? null,
  replace: editing?.replace ?? null,
  marked: editing?.marked === true,
})

const cornerIn = (range: CellRange | null, index: number, columns: readonly { key: string }[]): string | null =>
  range?.bottom === index ? (columns[range.right]?.key ?? null) : null

export function cellOf<Row>(target: EventTarget, views: readonly ViewRow<Row>[]): { view: ViewRow<Row>; column: string } | null {
  const cell = target instanceof Element ? target.closest('td[data-col]') : null
  const key = cell?.closest('tr')?.getAttribute('data-row-key')
  const view = key ? views.find((v) => v.key === key) : undefined
  return view && cell ? { view, column: cell.getAttribute('data-col') ?? '' } : null
}
