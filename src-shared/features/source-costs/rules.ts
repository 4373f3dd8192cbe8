import { cleanText } from '../../kernel/cleaning/text.ts'
import type { Days } from '../../kernel/periods.ts'

/** Words that are one source: width, case and blanks make no other. @returns '' for none */
export const sourceKey = (word: string | null): string =>
  cleanText(word ?? '')
    .normalize('NFKC')
    .toLowerCase()

const later = (a: string, b: string): string => (a > b ? a : b)
const earlier = (a: string, b: string): string => (a < b ? a : b)
const daysFrom = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)

/** How many days of a span lie within others, both ends counted. */
export const daysWithin = (span: Days, { from, to }: Days): number =>
  Math.max(0, daysFrom(later(span.from, from), earlier(span.to, to)) + 1)

/**
 * What of a cost falls on some days, in whole fen. Every day of its span bears the same; the fen that are left over go to its first
 * days, one each (the largest remainder, all being equal), so that the shares of periods side by side add up to the cost.
 */
export function sharedOut({ from, to, amountFen }: Days & { readonly amountFen: number }, days: Days): number {
  const within = daysWithin({ from, to }, days)
  if (within === 0) return 0
  const length = daysFrom(from, to) + 1
  const [each, left] = [Math.floor(amountFen / length), amountFen % length]
  const first = daysFrom(from, later(from, days.from))
  return each * within + Math.max(0, Math.min(left, first + within) - first)
}
