import { lineAmount, lineAt, type ListedLine, standingOf, totalsOf, type Totals } from '../../kernel/documents/lines.ts'
import { rational, roundedUnits } from '../../kernel/rational.ts'
import { Refusal } from '../../kernel/refusal.ts'

export type QuoteFigures = Totals & {
  readonly amounts: readonly number[]
  /** What the lines would come to at list price; a line without one counts at its own price before discount. */
  readonly listFen: number
  /** Of the lines whose cost is known; null when none is. */
  readonly costFen: number | null
  /** Whether any line, less its share of the discount of the whole, brings less than it cost. */
  readonly belowCost: boolean
  /** What is taken off the list price, in hundredths of a percent, rounded to the nearest, or what was rounded to a fen would be 19.99 % of what is 20: below nothing where more is asked than the list says. */
  readonly discountBp: number
}

/**
 * What a quote comes to, and what an approval is asked by. Fen throughout.
 * @throws Refusal badNumber | sumTooLarge | discountAboveLines
 */
export function figuresOf(lines: readonly ListedLine[], discountFen: number): QuoteFigures {
  const totals = totalsOf(lines, discountFen)
  const { listFen, belowCost } = standingOf(lines, discountFen)
  const costs = lines.map(({ quantity, costFen }) => (costFen === null ? null : lineAt(quantity, costFen)))
  const known = costs.filter((cost) => cost !== null)
  return {
    ...totals,
    amounts: lines.map(lineAmount),
    listFen,
    costFen: known.length === 0 ? null : known.reduce((sum, cost) => sum + cost, 0),
    belowCost,
    discountBp:
      listFen <= 0 ? 0 : Number(roundedUnits(rational(BigInt(listFen - totals.totalFen) * 10_000n, BigInt(listFen)), 0)),
  }
}

export type QuoteState = 'draft' | 'pending' | 'approved' | 'sent' | 'accepted' | 'rejected'
type Standing = { readonly state: QuoteState; readonly superseded: boolean; readonly validUntil: string | null }

/** What was handed in or sent says what it says; another offer is another version. @throws Refusal superseded | pendingApproval | notDraft */
export function requireDraft({ state, superseded }: Standing): void {
  if (superseded) throw new Refusal('superseded')
  if (state === 'pending') throw new Refusal('pendingApproval')
  if (state !== 'draft') throw new Refusal('notDraft')
}

/** @throws Refusal superseded */
export function requireCurrent({ superseded }: Pick<Standing, 'superseded'>): void {
  if (superseded) throw new Refusal('superseded')
}

const isOver = (validUntil: string | null, today: string): boolean => validUntil !== null && validUntil < today

type Sent = Standing & { readonly customerId: string | null; readonly lines: number }
/**
 * Whether a quote may go to the customer. `needed`: somebody has to agree first.
 * @throws Refusal superseded | pendingApproval | alreadySent | noLines | noCustomer | expired | approvalNeeded
 */
export function requireSendable(quote: Sent, today: string, needed: boolean): void {
  requireCurrent(quote)
  if (quote.state === 'pending') throw new Refusal('pendingApproval')
  if (quote.state !== 'draft' && quote.state !== 'approved') throw new Refusal('alreadySent')
  requireFilled(quote)
  if (isOver(quote.validUntil, today)) throw new Refusal('expired', { validUntil: quote.validUntil })
  if (quote.state === 'draft' && needed) throw new Refusal('approvalNeeded')
}

/** @throws Refusal noLines | noCustomer */
export function requireFilled({ lines, customerId }: Pick<Sent, 'lines' | 'customerId'>): void {
  if (lines === 0) throw new Refusal('noLines')
  if (customerId === null) throw new Refusal('noCustomer')
}

/** What the customer answered. Who says yes too late gets a new version. @throws Refusal superseded | notSent | expired */
export function requireAnswerable(
  { state, superseded, validUntil }: Standing,
  answer: 'accepted' | 'rejected',
  today: string,
): void {
  if (superseded) throw new Refusal('superseded')
  if (state !== 'sent') throw new Refusal('notSent')
  if (answer === 'accepted' && isOver(validUntil, today)) throw new Refusal('expired', { validUntil })
}

/** @throws Refusal superseded | pendingApproval | alreadyAccepted */
export function requireRenewable({ state, superseded }: Standing): void {
  if (superseded) throw new Refusal('superseded')
  if (state === 'pending') throw new Refusal('pendingApproval')
  if (state === 'accepted') throw new Refusal('alreadyAccepted')
}

const DAY_MS = 86_400_000
/** A day so many days after another; both `YYYY-MM-DD`. */
export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00.000Z`) + days * DAY_MS).toISOString().slice(0, 10)
/** How long a new version is valid: as many days as the one before was. */
export const validAgain = (quotedOn: string, validUntil: string | null, today: string): string | null =>
  validUntil === null ? null : dayAfter(today, Math.max(0, (Date.parse(validUntil) - Date.parse(quotedOn)) / DAY_MS))
export const VALID_DAYS = 30

/** The number of another version of a quote, by that of one version. */
export function versionNumber(one: { number: string | null; versionNo: number }, versionNo: number): string | null {
  if (one.number === null) return null
  const suffix = `-V${one.versionNo}`
  const first = one.versionNo > 1 && one.number.endsWith(suffix) ? one.number.slice(0, -suffix.length) : one.number
  return versionNo === 1 ? first : `${first}-V${versionNo}`
}
