import { lineAt } from '../../kernel/documents/lines.ts'
import { quantityOf } from '../../kernel/documents/units.ts'
import { Refusal } from '../../kernel/refusal.ts'

/** What people decided of a purchase. */
export type Stage = 'draft' | 'pending' | 'approved' | 'cancelled'
type Standing = { readonly stage: Stage; readonly received: number; readonly ordered: number }

/** What was handed in says what it says. @throws Refusal pendingApproval | notDraft */
export function requireDraft({ stage }: Pick<Standing, 'stage'>): void {
  if (stage === 'pending') throw new Refusal('pendingApproval')
  if (stage !== 'draft') throw new Refusal('notDraft')
}

/** Still to be bought or to come. @throws Refusal ended */
export function requireOpen({ stage, received, ordered }: Standing): void {
  if (stage === 'cancelled' || (stage === 'approved' && received >= ordered)) throw new Refusal('ended')
}

/** @throws Refusal notApproved: nothing arrives of what nobody agreed to, or of what is called off or complete */
export function requireReceivable({ stage, received, ordered }: Standing): void {
  if (stage !== 'approved' || received >= ordered) throw new Refusal('notApproved')
}

/** @throws Refusal aboveOrdered (name, open): no more arrives than was ordered. Units. */
export function requireWithin(name: string, units: number, open: number): void {
  if (units > open) throw new Refusal('aboveOrdered', { name, open: quantityOf(open) })
}

type Priced = { readonly units: number; readonly priceFen: number | null }
/** What lines come to in fen; one without a price counts nothing. @throws Refusal sumTooLarge */
export function amountOf(lines: readonly Priced[]): number {
  const fen = lines.reduce((sum, { units, priceFen }) => sum + (priceFen === null ? 0 : lineAt(quantityOf(units), priceFen)), 0)
  if (!Number.isSafeInteger(fen)) throw new Refusal('sumTooLarge')
  return fen
}
