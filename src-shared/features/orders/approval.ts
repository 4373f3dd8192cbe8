import { type ListedLine, standingOf, totalsOf } from '../../kernel/documents/lines.ts'
import { rational, roundedUnits } from '../../kernel/rational.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Figures } from '../approvals/model.ts'

/** What is taken off the list price, in hundredths of a percent, rounded to the nearest as a quote's; 0 where nothing is. Sums in fen. */
export const discountBpOf = (totalFen: number, listFen: number): number =>
  listFen <= totalFen ? 0 : Number(roundedUnits(rational(BigInt(listFen - totalFen) * 10_000n, BigInt(listFen)), 0))

/**
 * What approval of an order is asked by; a line that no list names a price for counts at its own, so that it hides no discount of others.
 * @throws Refusal badNumber | sumTooLarge | discountAboveLines
 */
export function askedBy(lines: readonly ListedLine[], discountFen: number): Figures {
  const { totalFen } = totalsOf(lines, discountFen)
  const { listFen, belowCost } = standingOf(lines, discountFen)
  return { amountFen: totalFen, discountBp: discountBpOf(totalFen, listFen), belowCost }
}

type Approval = 'pending' | 'approved' | null
/** What is handed in for approval is neither changed nor called off. @throws Refusal pendingApproval */
export function requireNotPending(approval: Approval): void {
  if (approval === 'pending') throw new Refusal('pendingApproval')
}

/**
 * Before an order takes effect. `flow`: the flow that is called for, null where nobody need be asked.
 * @throws Refusal pendingApproval | approvalNeeded (flow)
 */
export function requireApproved(approval: Approval, flow: string | null): void {
  requireNotPending(approval)
  if (flow !== null && approval !== 'approved') throw new Refusal('approvalNeeded', { flow })
}

/** Whether a change makes more of what approval is asked for: a greater sum, more off the list price, or something below cost. */
export const growsBeyond = (was: Figures, now: Figures): boolean =>
  now.amountFen > was.amountFen || now.discountBp > was.discountBp || (now.belowCost && !was.belowCost)

type Terms = { readonly customerId: string | null; readonly startsOn: string | null; readonly endsOn: string | null }
/** Whether a change leaves what was agreed on: another customer, or days that were not among those of the contract. */
export const leavesTerms = (was: Terms, now: Terms): boolean =>
  was.customerId !== now.customerId ||
  (was.startsOn !== now.startsOn && !(was.startsOn !== null && now.startsOn !== null && now.startsOn > was.startsOn)) ||
  (was.endsOn !== now.endsOn && !(was.endsOn !== null && now.endsOn !== null && now.endsOn < was.endsOn))
