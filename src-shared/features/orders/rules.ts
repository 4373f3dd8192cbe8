import { lineAmount, lineAt, type ListedLine, totalsOf, type Totals } from '../../kernel/documents/lines.ts'
import { add, compare, fromDecimal, rational } from '../../kernel/rational.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { ORDER_ISSUES } from './entity.ts'
import type { OrderStatus, PlanState } from './model.ts'

export type FiguredLine = ListedLine
export type Figures = Totals & {
  /** Each line after its own discount. */
  readonly amounts: readonly number[]
  /** The sum at list prices, and at what it cost; null as soon as one line has none. */
  readonly listFen: number | null
  readonly costFen: number | null
}

/** Sums of fen, null where one of them is not known; of nothing, nothing is known. */
const sumKnown = (values: readonly (number | null)[]): number | null =>
  values.length === 0 || values.includes(null) ? null : values.reduce<number>((sum, value) => sum + (value ?? 0), 0)

/**
 * What the lines of an order come to. `discountFen` is taken off the whole.
 * @throws Refusal badNumber | sumTooLarge | discountAboveLines | totalNegative
 */
export function figuresOf(lines: readonly FiguredLine[], discountFen: number): Figures {
  const totals = totalsOf(lines, discountFen)
  if (totals.totalFen < 0) throw new Refusal('totalNegative', { totalFen: totals.totalFen })
  return {
    ...totals,
    amounts: lines.map(lineAmount),
    listFen: sumKnown(lines.map(({ quantity, listPriceFen }) => (listPriceFen === null ? null : lineAt(quantity, listPriceFen)))),
    costFen: sumKnown(lines.map(({ quantity, costFen }) => (costFen === null ? null : lineAt(quantity, costFen)))),
  }
}

/**
 * Only yuan are counted as long as no rates of exchange are kept.
 * @throws Refusal noRate (currency)
 */
export function requireCurrency(currency: string): void {
  if (currency !== 'CNY') throw new Refusal('noRate', { currency })
}

const HUNDRED = rational(100n)
type Share = { readonly employeeId: string; readonly role: string; readonly share: string }
/**
 * The shares of every role add up to exactly 100, and nobody stands twice in one.
 * @throws Refusal shareNotWhole (role) | personTwice (role)
 */
export function requireShares(people: readonly Share[]): void {
  for (const [role, ones] of Map.groupBy(people, (one) => one.role)) {
    if (new Set(ones.map(({ employeeId }) => employeeId)).size < ones.length) throw new Refusal('personTwice', { role })
    const sum = ones.reduce((total, { share }) => add(total, fromDecimal(share) ?? rational(0n)), rational(0n))
    if (compare(sum, HUNDRED) !== 0) throw new Refusal('shareNotWhole', { role })
  }
}

type StandingPlan = { readonly amountFen: number; readonly receivedFen: number; readonly isVoid: boolean; readonly dueOn: string }
/** How a planned payment stands on a day: what came for it decides before its day does. */
export function planState({ amountFen, receivedFen, isVoid, dueOn }: StandingPlan, today: string): PlanState {
  if (isVoid) return 'void'
  if (receivedFen >= amountFen) return 'done'
  if (dueOn < today) return 'overdue'
  return receivedFen > 0 ? 'partial' : 'pending'
}

type StoredPlan = StandingPlan & { readonly id: string }
type WantedPlan = { readonly id?: string | undefined; readonly amountFen: number; readonly isVoid: boolean }
/**
 * Money that came for a plan keeps it: it is neither taken away nor voided nor made smaller than what came.
 * @throws Refusal planUnknown | planReceived | planBelowReceived
 */
export function requireSoundPlans(stored: readonly StoredPlan[], wanted: readonly WantedPlan[]): void {
  const byId = new Map(wanted.flatMap((plan) => (plan.id === undefined ? [] : [[plan.id, plan] as const])))
  const known = new Set(stored.map(({ id }) => id))
  if ([...byId.keys()].some((id) => !known.has(id))) throw new Refusal('planUnknown')
  for (const { id, receivedFen, dueOn } of stored) {
    if (receivedFen === 0) continue
    const plan = byId.get(id)
    if (!plan || plan.isVoid) throw new Refusal('planReceived', { dueOn, receivedFen })
    if (plan.amountFen < receivedFen) throw new Refusal('planBelowReceived', { dueOn, receivedFen })
  }
}

type Standing = {
  readonly status: OrderStatus
  readonly totalFen: number
  readonly receivedFen: number
  readonly refundedFen: number
}
/** What stays with the company: received and not given back. */
export const keptFen = ({ receivedFen, refundedFen }: Omit<Standing, 'status' | 'totalFen'>): number => receivedFen - refundedFen

/**
 * What was paid stands above what the order comes to.
 * @throws Refusal totalBelowReceived
 */
export function requireCovers(totalFen: number, order: Pick<Standing, 'receivedFen' | 'refundedFen'>): void {
  const kept = keptFen(order)
  if (totalFen < kept) throw new Refusal('totalBelowReceived', { totalFen, receivedFen: kept })
}

/** @throws Refusal moneyAllocated: an order is neither called off nor deleted while money of the customer stands for it */
export function requireNoMoney(order: Pick<Standing, 'receivedFen' | 'refundedFen'>): void {
  const kept = keptFen(order)
  if (kept !== 0) throw new Refusal('moneyAllocated', { receivedFen: kept })
}

type Invoiced = { readonly fen: number; readonly number: string }
/** @throws Refusal totalBelowInvoiced (sum, number): no order comes to less than its invoices say */
export function requireCoversInvoices(totalFen: number, { fen, number }: Invoiced): void {
  if (totalFen < fen) throw new Refusal('totalBelowInvoiced', { sum: (fen / 100).toFixed(2), number })
}

/** @throws Refusal with this reason (number): an invoice stands on the order */
export function requireNoInvoices({ fen, number }: Invoiced, reason: 'invoiceLiving' | 'customerHasInvoices'): void {
  if (fen !== 0) throw new Refusal(reason, { number })
}

const NEXT: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  draft: ['confirmed', 'cancelled'],
  confirmed: ['delivered', 'cancelled'],
  delivered: ['cancelled'],
  cancelled: [],
}
/**
 * Whether an order may go from one status to the next.
 * @throws Refusal statusNotNext | linesMissing: nothing is agreed on an order without lines
 */
export function requireNext(from: OrderStatus, to: OrderStatus, lines: number): void {
  if (!NEXT[from].includes(to)) throw new Refusal('statusNotNext', { from, to })
  if (to === 'confirmed' && lines === 0) throw new Refusal('linesMissing')
}

/** @throws Refusal endsBeforeItBegins */
export function requirePeriod({ startsOn, endsOn }: { readonly startsOn?: unknown; readonly endsOn?: unknown }): void {
  if (typeof startsOn === 'string' && typeof endsOn === 'string' && endsOn < startsOn) throw new Refusal('endsBeforeItBegins')
}

type Days = { readonly signedOn: string | null; readonly deliveredOn: string | null }
type GivenDays = { readonly [Key in keyof Days]?: Days[Key] | undefined }
/**
 * What was agreed on has its day, and so has what was handed over, not before that; a change makes neither worse. `given`: what is changed.
 * @throws Refusal signedMissing | deliveredMissing | notDelivered | deliveredBeforeSigned
 */
export function requireDays(status: OrderStatus, was: Days, given: GivenDays): void {
  const now = {
    signedOn: given.signedOn === undefined ? was.signedOn : given.signedOn,
    deliveredOn: given.deliveredOn === undefined ? was.deliveredOn : given.deliveredOn,
  }
  const takesEffect = status === 'confirmed' || status === 'delivered'
  if (takesEffect && was.signedOn !== null && now.signedOn === null) throw new Refusal('signedMissing')
  if (status === 'delivered' && was.deliveredOn !== null && now.deliveredOn === null) throw new Refusal('deliveredMissing')
  const isOther = was.deliveredOn !== now.deliveredOn
  if (isOther && now.deliveredOn !== null && status !== 'delivered') throw new Refusal('notDelivered')
  const { signedOn, deliveredOn } = now
  if ((isOther || was.signedOn !== signedOn) && signedOn !== null && deliveredOn !== null && deliveredOn < signedOn)
    throw new Refusal('deliveredBeforeSigned')
}

/** @throws Refusal cancelled: what is called off stays as it was */
export function requireRunning(status: OrderStatus): void {
  if (status === 'cancelled') throw new Refusal('cancelled')
}

type Flagged = (typeof ORDER_ISSUES)[number]
/**
 * What of an order no command would have made; null where nothing is wrong.
 * @param order its `customerId`, `ownerId` and `status`
 * @param given `taken`: whether another order has its number; `lines`: how many it has; `isWhole`: whether the shares of its people are
 */
export function issueOf(
  order: Readonly<Record<string, unknown>>,
  { taken, lines, isWhole = true }: { readonly taken: boolean; readonly lines: number; readonly isWhole?: boolean },
): Flagged | null {
  const isMissing = (key: string): boolean => order[key] === null || order[key] === undefined || order[key] === ''
  if (taken) return 'numberTwice'
  if (isMissing('customerId')) return 'customerMissing'
  if (isMissing('ownerId')) return 'ownerMissing'
  const takesEffect = order['status'] !== 'draft' && order['status'] !== 'cancelled'
  if (takesEffect && lines === 0) return 'linesMissing'
  if (takesEffect && isMissing('signedOn')) return 'signedMissing'
  return isWhole ? null : 'shareNotWhole'
}
