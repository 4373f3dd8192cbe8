import { floor, rational } from '../../kernel/rational.ts'
import { Refusal } from '../../kernel/refusal.ts'

/** What is taken off the list price, in hundredths of a percent; 0 where no list price is known. Sums in fen. */
export const discountBpOf = (totalFen: number, listFen: number | null): number =>
  listFen === null || listFen <= totalFen ? 0 : Number(floor(rational(BigInt(listFen - totalFen) * 10_000n, BigInt(listFen))))

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

type Asked = { readonly amountFen: number; readonly discountBp: number }
/** Whether a change makes more of what approval is asked for: a greater sum, or more off the list price. */
export const growsBeyond = (was: Asked, now: Asked): boolean => now.amountFen > was.amountFen || now.discountBp > was.discountBp
