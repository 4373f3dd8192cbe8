/** An instant some seconds later. */
export const secondsAfter = (instant: string, seconds: number): string =>
  new Date(Date.parse(instant) + seconds * 1000).toISOString()

/** Whole seconds from one instant to another, rounded up; never below zero. */
export const secondsUntil = (from: string, until: string): number =>
  Math.max(0, Math.ceil((Date.parse(until) - Date.parse(from)) / 1000))
