import { type PointerEvent, useEffect, useRef, useState } from 'react'
import { type CellRange, filledTo } from './cellRange.ts'
import type { ViewRow } from './columns.ts'
import { cellOf } from './gridParts.ts'
import { useLatest } from './useListing.ts'

type Input = {
  /** What is chosen: its cells are repeated. */
  range: CellRange | null
  columnAt: (key: string) => number
  /** Brings the cell that the drag has reached into view. */
  show: (row: number, column: number) => void
  onFill: (source: CellRange, to: CellRange) => void
}

/** The corner of what is chosen, dragged down or to the right: the cells it would reach are shown, and filled when it is let go. */
export function useFillDrag<Row>(input: Input) {
  const [to, setTo] = useState<CellRange | null>(null)
  const drag = useRef<{ source: CellRange; to: CellRange | null } | null>(null)
  const latest = useLatest(input)
  const isOn = useRef(false)
  const reach = (next: CellRange | null) => {
    if (drag.current) drag.current = { ...drag.current, to: next }
    setTo(next)
  }
  const end = (fills: boolean) => {
    const done = drag.current
    drag.current = null
    setTo(null)
    if (fills && done?.to) latest.current.onFill(done.source, done.to)
  }
  const ending = useLatest(end)
  useEffect(() => {
    const onUp = () => {
      if (drag.current) ending.current(true)
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !drag.current) return
      event.stopPropagation()
      ending.current(false)
    }
    // Let go wherever the pointer is by then; Escape leaves everything as it was.
    document.addEventListener('pointerup', onUp)
    document.addEventListener('keydown', onKey, true)
    return () => {
      document.removeEventListener('pointerup', onUp)
      document.removeEventListener('keydown', onKey, true)
    }
  }, [ending])
  return {
    /** The cells that would be filled, the chosen ones among them. */
    to,
    begin: (event: PointerEvent): boolean => {
      const isHandle = event.button === 0 && event.target instanceof Element && event.target.closest('.fill-handle') !== null
      if (!isHandle || !input.range) return false
      // No words are marked on the way.
      event.preventDefault()
      drag.current = { source: input.range, to: null }
      isOn.current = true
      return true
    },
    go: (event: PointerEvent, views: readonly ViewRow<Row>[]): boolean => {
      const now = drag.current
      if (!now) return false
      const at = cellOf(event.target, views)
      if (!at || at.column === '__check') return true
      const cell = { row: at.view.index, column: latest.current.columnAt(at.column) }
      const next = filledTo(now.source, cell)
      if (JSON.stringify(next) !== JSON.stringify(now.to)) reach(next)
      if (next) latest.current.show(cell.row + 1, cell.column)
      return true
    },
    /** Whether the click that comes now ends such a drag; said once. */
    hasEnded: (): boolean => {
      const was = isOn.current
      isOn.current = false
      return was
    },
  }
}
