import { Refusal } from '../../kernel/refusal.ts'

type OpenPlan = { readonly id: string; readonly dueOn: string; readonly openFen: number }
export type Part = { readonly planId: string | null; readonly amountFen: number }

/** Money for an order goes to its plans, the earliest first; what is more stands beside them. @returns parts that add up to the amount */
export function overPlans(amountFen: number, plans: readonly OpenPlan[]): Part[] {
  const parts: Part[] = []
  let left = amountFen
  for (const { id, openFen } of plans.toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0))) {
    const part = Math.min(left, Math.max(0, openFen))
    if (part > 0) parts.push({ planId: id, amountFen: part })
    left -= part
  }
  return left > 0 ? [...parts, { planId: null, amountFen: left }] : parts
}

type Given = { readonly amountFen: number; readonly allocated: readonly number[]; readonly keepRest: boolean }
/**
 * What a payment is said to be for comes to no more than it is; a rest is kept only where somebody says so.
 * @throws Refusal aboveAmount | restUnsaid (restFen)
 */
export function requireWithin({ amountFen, allocated, keepRest }: Given): void {
  const rest = amountFen - allocated.reduce((sum, part) => sum + part, 0)
  if (rest < 0) throw new Refusal('aboveAmount', { overFen: -rest })
  if (rest > 0 && !keepRest) throw new Refusal('restUnsaid', { restFen: rest })
}

type OpenOrder = { readonly name: string; readonly status: string; readonly openFen: number }
/**
 * No order gets more than is open of it.
 * @throws Refusal orderCancelled | aboveOpen (name, openFen)
 */
export function requireOpen({ name, status, openFen }: OpenOrder, amountFen: number): void {
  if (status === 'cancelled') throw new Refusal('orderCancelled', { name })
  if (amountFen > openFen) throw new Refusal('aboveOpen', { name, openFen: Math.max(0, openFen) })
}

export type Placed = { readonly orderId: string; readonly planId: string | null; readonly amountFen: number }
type Standing = {
  /** Of the payment itself: for no order and not given back. */
  readonly restFen: number
  /** What stands for orders now, refunds taken off, in the order in which it was said. */
  readonly placed: readonly Placed[]
}

/**
 * What a refund takes back: of one order what was said of it last, or first what is for none and then what was said last.
 * @returns parts, each to be taken off; what is missing to the amount comes out of the rest
 * @throws Refusal aboveReceived (openFen)
 */
export function takenBack(amountFen: number, { restFen, placed }: Standing, orderId: string | null): Placed[] {
  const among = placed.filter((one) => one.amountFen > 0 && (orderId === null || one.orderId === orderId)).toReversed()
  let left = amountFen - (orderId === null ? Math.min(amountFen, Math.max(0, restFen)) : 0)
  const parts: Placed[] = []
  for (const one of among) {
    const part = Math.min(left, one.amountFen)
    if (part > 0) parts.push({ ...one, amountFen: part })
    left -= part
  }
  if (left > 0) throw new Refusal('aboveReceived', { openFen: amountFen - left })
  return parts
}
