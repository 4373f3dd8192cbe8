import type { KeyboardEvent } from 'react'

/** Put on what a hint that comes by itself offers below a field. */
export const HINT = 'comes-by-itself'

const STOPS = 'input, textarea, select, button, a[href], [tabindex]'

/**
 * Tab leads from field to field past a hint that came between them while one typed: who types on does not look where Tab would take
 * him. Shift+Tab leads into it.
 */
export function passHints(event: KeyboardEvent<HTMLElement>): void {
  const from = event.target
  if (event.key !== 'Tab' || event.shiftKey || event.defaultPrevented || !(from instanceof HTMLElement) || isHint(from)) return
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>(STOPS)].filter(isStop)
  const after = stops.slice(stops.indexOf(from) + 1)
  const next = after.find((stop) => !isHint(stop))
  if (!next || next === after[0]) return
  event.preventDefault()
  next.focus()
  if (next instanceof HTMLInputElement) next.select()
}

const isHint = (element: HTMLElement): boolean => element.closest(`.${HINT}`) !== null
const isStop = (element: HTMLElement): boolean =>
  element.tabIndex >= 0 && !element.matches(':disabled') && element.checkVisibility()
