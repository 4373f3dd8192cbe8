import { z } from 'zod'
import { rational, roundedUnits, share } from '../../kernel/rational.ts'
import { BusinessDate } from '../../kernel/time.ts'
import { COMPARE_KEYS } from './keys.ts'

/** What is asked of sources: what happened within the days, the first and the last with them. */
export const RoiAsked = z.strictObject({
  from: BusinessDate,
  to: BusinessDate,
  compare: z.enum(COMPARE_KEYS).nullable().default(null),
})
export type RoiAsked = z.infer<typeof RoiAsked>

const Cell = z.strictObject({ count: z.number().int(), amount: z.number().int().nullable() })
/**
 * One source, or all of them. Amounts in fen; what the caller may not see is null. `leads`: arrived in the days; `customers` and
 * `opportunities`: made in them; `won`: closed as won in them; `received`: what came in the days for orders, less what was given back.
 * `perLead`, `perWon`: what was spent on one of them; `roi`: (won − spent) ÷ spent, see `returnOn`.
 */
export const RoiLine = z.strictObject({
  spent: z.number().int(),
  leads: z.number().int().nullable(),
  customers: z.number().int().nullable(),
  opportunities: z.number().int().nullable(),
  won: Cell.nullable(),
  received: Cell.nullable(),
  perLead: z.number().int().nullable(),
  perWon: z.number().int().nullable(),
  roi: z.number().nullable(),
})
export type RoiLine = z.infer<typeof RoiLine>

export const Roi = z.strictObject({
  from: BusinessDate,
  to: BusinessDate,
  total: RoiLine,
  /** `key` null: what says no source. Who cost most first. */
  groups: z.array(z.strictObject({ key: z.string().nullable(), name: z.string().nullable(), ...RoiLine.shape })),
  /** The period it is held against; of one that still runs, as many of its days as have passed, and the costs of all of them. */
  before: z.strictObject({ from: BusinessDate, to: BusinessDate, total: RoiLine }).nullable(),
})
export type Roi = z.infer<typeof Roi>

export const ROI_CELLS = ['spent', 'leads', 'customers', 'opportunities', 'won', 'received'] as const
/** Which number: of one source or of all. */
export const RoiCell = z.strictObject({ what: z.enum(ROI_CELLS), group: z.string().max(2000).nullable().optional() })
export type RoiCell = z.infer<typeof RoiCell>

/** A row behind a number. `amount` in fen, of a cost what of it falls on the days; `part`: of how much that is, over which days. */
export const RoiRow = z.strictObject({
  key: z.string(),
  entity: z.enum(['sourceCost', 'lead', 'customer', 'opportunity', 'order']),
  id: z.string(),
  name: z.string(),
  customerName: z.string().nullable(),
  ownerName: z.string().nullable(),
  on: BusinessDate,
  amount: z.number().int().nullable(),
  part: z.strictObject({ of: z.number().int(), from: BusinessDate, to: BusinessDate, note: z.string().nullable() }).nullable(),
})
export type RoiRow = z.infer<typeof RoiRow>

/** What one of so many cost, in whole fen, a half away from zero; null of none. */
export const costOfOne = (spentFen: number, count: number): number | null =>
  count === 0 ? null : Number(roundedUnits(rational(BigInt(spentFen), BigInt(count)), 0))

/**
 * ROI = (won − spent) ÷ spent, to six decimals: 0.5 is half as much again as was spent, −1 all of it lost. Null where nothing was spent.
 * It is the return on marketing investment of P. Farris, N. Bendle, P. Pfeifer and D. Reibstein, Marketing Metrics (2nd ed. 2010,
 * chapter 10), with the whole amount won in the place of the margin on it, which opportunities do not know. Amounts in fen.
 */
export const returnOn = (wonFen: number, spentFen: number): number | null => share(wonFen - spentFen, spentFen)

/** A line as it is counted, before what follows from it. */
export type RoiCounts = Pick<RoiLine, 'spent' | 'leads' | 'customers' | 'opportunities' | 'won' | 'received'>

/** What was counted with what one of them cost and what came back of the costs; null where it is not to be known. Amounts in fen. */
export function roiLine(counts: RoiCounts): RoiLine {
  const { spent, leads, won } = counts
  return {
    ...counts,
    perLead: leads === null ? null : costOfOne(spent, leads),
    perWon: won === null ? null : costOfOne(spent, won.count),
    roi: won?.amount == null ? null : returnOn(won.amount, spent),
  }
}
