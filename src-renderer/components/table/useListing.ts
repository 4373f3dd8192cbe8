import { type RefObject, useEffect, useRef } from 'react'
import type { Rows } from './useRows.ts'
import { windowAt } from './useWindow.ts'

export function useLatest<T>(value: T): RefObject<T> {
  const latest = useRef(value)
  latest.current = value
  return latest
}

/** Tells of each result when its rows are there. */
export function useShownOnce(resultKey: string, isThere: boolean, tell: () => void): void {
  const latest = useLatest(tell)
  useEffect(() => {
    if (isThere) latest.current()
  }, [resultKey, isThere, latest])
}

/** When a cell editor closes and nobody else has the focus, the keys belong to the grid again. */
export function useFocusBack(grid: RefObject<HTMLDivElement | null>, isEditing: boolean): void {
  const was = useRef(isEditing)
  const byKey = useRef(false)
  useEffect(() => {
    const note = ({ type }: Event) => {
      byKey.current = type === 'keydown'
    }
    for (const type of ['keydown', 'pointerdown']) window.addEventListener(type, note, true)
    return () => {
      for (const type of ['keydown', 'pointerdown']) window.removeEventListener(type, note, true)
    }
  }, [])
  useEffect(() => {
    const ended = was.current && !isEditing
    was.current = isEditing
    if (!ended) return undefined
    const back = () => {
      if (document.activeElement === document.body) grid.current?.focus({ preventScroll: true })
    }
    // The next key may be waiting already.
    if (byKey.current) back()
    // Not at once: a click that ended the editing is about to give the focus to what was clicked.
    const timer = setTimeout(back)
    return () => clearTimeout(timer)
  }, [grid, isEditing])
}

/** A cell editor that is scrolled out of the drawn window takes its value first, as if one had clicked beside it. */
export function useLeaveOnScroll(
  scroller: RefObject<HTMLDivElement | null>,
  { index, rowHeight, count }: { index: number | null; rowHeight: number; count: number },
): void {
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
export function useStep(step: { index: number; by: number } | null, stepFrom: (index: number, by: number) => void): void {
  const latest = useLatest(stepFrom)
  useEffect(() => {
    if (step) latest.current(step.index, step.by)
  }, [step, latest])
}

type Kept<Row> = { readonly key: string; readonly rows: Rows<Row> }
/**
 * Old rows stay, dimmed, until the first new ones are there; then the list starts at the top. Under an open cell editor they
 * stay until it is closed: words that were typed into a cell are never lost to a search that had not settled yet.
 */
export function useKeptRows<Row>(
  rows: Rows<Row>,
  resultKey: string,
  { scroller, hold }: { scroller: RefObject<HTMLDivElement | null>; hold: boolean },
): Kept<Row> | null {
  const shown = useRef<Kept<Row> | null>(null)
  const old = shown.current
  const waiting = old !== null && old.key !== resultKey && (hold || (!rows.loaded && !rows.failed))
  useEffect(() => {
    if (waiting) return
    if (shown.current !== null && shown.current.key !== resultKey) scroller.current?.scrollTo({ top: 0 })
    shown.current = { key: resultKey, rows }
  })
  return waiting ? old : null
}
