import { z } from 'zod'
import { lineAmount, PERCENT, QUANTITY } from '../../kernel/documents/lines.ts'
import { Refusal } from '../../kernel/refusal.ts'

export const MOST_LINES = 200
/** Ten billion yuan: what an opportunity may come to. */
const MOST_FEN = 1_000_000_000_000

/** What is wanted: a product of the list, or what somebody calls it. `priceFen` for one piece, null while nobody knows it. */
export const LineInput = z.strictObject({
  /** Of a line that is there. */
  id: z.string().max(26).optional(),
  productId: z.string().max(26).nullable(),
  name: z.string().trim().min(1, 'required').max(200),
  unit: z.string().max(20).nullable(),
  quantity: z.string().regex(QUANTITY, 'badNumber'),
  priceFen: z.number().int().min(0).max(MOST_FEN).nullable(),
  discount: z.string().regex(PERCENT, 'badNumber'),
})
export type LineInput = z.infer<typeof LineInput>

export const OpportunityLine = LineInput.extend({ id: z.string(), name: z.string(), amountFen: z.number().int().nullable() })
export type OpportunityLine = z.infer<typeof OpportunityLine>

type Counted = Pick<LineInput, 'quantity' | 'priceFen' | 'discount'>
/**
 * What a line comes to in fen; null while its price is not known.
 * @throws Refusal badNumber | sumTooLarge | quantityMissing
 */
export function amountOf({ quantity, priceFen, discount }: Counted): number | null {
  if (!(Number(quantity) > 0)) throw new Refusal('quantityMissing', { value: quantity })
  return priceFen === null ? null : lineAmount({ quantity, priceFen, discount })
}

/**
 * What the lines come to together; null where no price is known.
 * @throws Refusal sumTooLarge
 */
export function sumOf(amounts: readonly (number | null)[]): number | null {
  const known = amounts.filter((amount) => amount !== null)
  if (known.length === 0) return null
  const sum = known.reduce((total, amount) => total + BigInt(amount), 0n)
  if (sum > BigInt(MOST_FEN)) throw new Refusal('sumTooLarge', { field: 'lines' })
  return Number(sum)
}
