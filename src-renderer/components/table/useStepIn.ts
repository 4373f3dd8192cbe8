import { type RefObject, useEffect } from 'react'
import { isPageCovered } from '../../kernel/keyboard.ts'
import { useLatest } from './useListing.ts'

/** While nothing on the page has the focus the arrows walk into the list: nobody tabs through its head to reach the rows. */
export function useStepIn(
  grid: RefObject<HTMLElement | null>,
  row: number,
  step: ((row: number, by: number) => void) | null,
): void {
  const latest = useLatest({ row, step })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { row, step } = latest.current
      const by = STEPS[event.key]
      if (by === undefined || step === null || (row < 0 && by < 0)) return
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
      if (event.target !== document.body || isPageCovered()) return
      event.preventDefault()
      grid.current?.focus({ preventScroll: true })
      step(row, by)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [grid, latest])
}

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }
