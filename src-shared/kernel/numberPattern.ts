/** How records are numbered: letters and signs as they are, {YYYY} {YY} {MM} {DD} of the day, and one {0000} for the running number. */
export const RESETS = ['never', 'yearly', 'monthly'] as const
export type Reset = (typeof RESETS)[number]
export const PATTERN_PROBLEMS = [
  'patternWithoutNumber',
  'patternTwoNumbers',
  'patternUnknown',
  'patternTooLong',
  'resetNeedsDate',
] as const
export type PatternProblem = (typeof PATTERN_PROBLEMS)[number]

const LONGEST = 40
const DATES: Readonly<Record<string, (day: string) => string>> = {
  YYYY: (day) => day.slice(0, 4),
  YY: (day) => day.slice(2, 4),
  MM: (day) => day.slice(5, 7),
  DD: (day) => day.slice(8, 10),
}
const partsOf = (pattern: string): string[] => pattern.match(/\{[^{}]*\}|[^{}]+|[{}]/g) ?? []
const inBraces = (part: string): string | null => (/^\{.*\}$/.test(part) ? part.slice(1, -1) : null)
const isRunning = (word: string): boolean => /^0{1,12}$/.test(word)

/** What is wrong with a pattern, or null. Numbers that begin anew must say in which period, or they would repeat. */
export function patternProblem(pattern: string, reset: Reset): PatternProblem | null {
  const words = partsOf(pattern).flatMap((part) => inBraces(part) ?? (/[{}]/.test(part) ? ['?'] : []))
  if (pattern.length > LONGEST) return 'patternTooLong'
  if (words.some((word) => !isRunning(word) && DATES[word] === undefined)) return 'patternUnknown'
  const running = words.filter(isRunning).length
  if (running !== 1) return running === 0 ? 'patternWithoutNumber' : 'patternTwoNumbers'
  const hasYear = words.includes('YYYY') || words.includes('YY')
  if ((reset !== 'never' && !hasYear) || (reset === 'monthly' && !words.includes('MM'))) return 'resetNeedsDate'
  return null
}

/** KH-{YYYY}{MM}-{0000} on 2026-11-22 as the 7th: KH-202611-0007. A longer number is not cut. */
export const numberAs = (pattern: string, day: string, running: number): string =>
  partsOf(pattern)
    .map((part) => {
      const word = inBraces(part)
      if (word === null) return part
      return isRunning(word) ? String(running).padStart(word.length, '0') : (DATES[word]?.(day) ?? part)
    })
    .join('')

/** Within what numbers run on. */
export const periodOf = (reset: Reset, day: string): string =>
  reset === 'never' ? 'all' : reset === 'yearly' ? day.slice(0, 4) : day.slice(0, 7)
