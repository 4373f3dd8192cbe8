import { type RefObject, useEffect, useState } from 'react'

/** Browsers stop drawing beyond about 33 million px; more rows than this are reached by searching, not by scrolling. */
const MAX_PIXELS = 32_000_000
/** The drawn window moves in steps, so that scrolling within a step renders nothing at all. */
const STEP = 8
/** The sticky head covers the first rows of the view. */
const HEAD = 33

export type RowWindow = {
  readonly first: number
  readonly last: number
  readonly count: number
  readonly scrollTo: (index: number) => void
}

export const drawableRows = (count: number, rowHeight: number): number => Math.min(count, Math.floor(MAX_PIXELS / rowHeight))

/** The rows to draw for a scroll position: what is seen, rounded to steps, with a step to spare on both sides. */
export function windowAt(top: number, height: number, rowHeight: number, count: number): { first: number; last: number } {
  const from = Math.floor(top / rowHeight)
  const to = Math.ceil((top + height) / rowHeight)
  return {
    first: Math.max(0, Math.floor(from / STEP) * STEP - STEP),
    last: Math.min(count - 1, Math.ceil((to + 1) / STEP) * STEP + STEP),
  }
}

/** Which of `total` rows of one height to draw; changes only when another step comes into view. */
export function useWindow(scroller: RefObject<HTMLDivElement | null>, total: number, rowHeight: number): RowWindow {
  const count = drawableRows(total, rowHeight)
  const [seen, setSeen] = useState({ first: 0, last: 47 })
  useEffect(() => {
    const element = scroller.current
    if (!element) return undefined
    const look = () => {
      const next = windowAt(element.scrollTop, element.clientHeight, rowHeight, count)
      setSeen((old) => (old.first === next.first && old.last === next.last ? old : next))
    }
    look()
    const observer = new ResizeObserver(look)
    observer.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [scroller, rowHeight, count])
  const scrollTo = (index: number) => {
    const element = scroller.current
    if (!element) return
    const top = index * rowHeight
    const bottom = top + rowHeight + HEAD
    if (top < element.scrollTop) element.scrollTop = top
    else if (bottom > element.scrollTop + element.clientHeight) element.scrollTop = bottom - element.clientHeight
  }
  return { first: Math.min(seen.first, Math.max(0, count - 1)), last: Math.min(seen.last, count - 1), count, scrollTo }
}
