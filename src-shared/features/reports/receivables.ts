import { z } from 'zod'
import { BusinessDate } from '../../kernel/time.ts'
import { CustomerId } from '../customers/model.ts'
import { OrderId } from '../orders/model.ts'
import { AGE_BUCKETS } from './ageing.ts'
import { AGE_GROUP_KEYS } from './keys.ts'

/** What is asked of receivables. The sums are those of now; the day says how old they are on it. */
export const ReceivablesAsked = z.strictObject({
  on: BusinessDate,
  /** Whose orders: those of these owners; null: of everybody in reach, and nobody's. */
  whose: z.array(z.string().max(26)).max(500).nullable().default(null),
  group: z.enum(AGE_GROUP_KEYS).nullable().default(null),
})
export type ReceivablesAsked = z.infer<typeof ReceivablesAsked>

const AgeCell = z.strictObject({ count: z.number().int(), amount: z.number().int() })
/** By age, in fen: `late` is what is overdue at all, `due` all of it. */
export const AgeLine = z.strictObject({
  notYet: AgeCell,
  d30: AgeCell,
  d60: AgeCell,
  d90: AgeCell,
  over90: AgeCell,
  unplanned: AgeCell,
  late: AgeCell,
  due: AgeCell,
})
export type AgeLine = z.infer<typeof AgeLine>

export const Receivables = z.strictObject({
  on: BusinessDate,
  total: AgeLine,
  /** A page of the groups, those who owe most first; departments and months in their own order. */
  groups: z.array(
    z.strictObject({
      key: z.string().nullable(),
      name: z.string().nullable(),
      parent: z.string().nullable(),
      depth: z.number().int(),
      ...AgeLine.shape,
    }),
  ),
  /** How many groups there are. */
  count: z.number().int(),
})
export type Receivables = z.infer<typeof Receivables>

/** Which number: of one age (left out: all of it), of one group. */
export const ReceivablesCell = z.strictObject({
  age: z.enum([...AGE_BUCKETS, 'late']).optional(),
  group: z.string().max(200).nullable().optional(),
})
export type ReceivablesCell = z.infer<typeof ReceivablesCell>

/** A part of what an order owes: of one plan, or of none. */
export const Receivable = z.strictObject({
  orderId: OrderId,
  orderName: z.string(),
  number: z.string().nullable(),
  customerId: CustomerId.nullable(),
  customerName: z.string().nullable(),
  ownerName: z.string().nullable(),
  planId: z.string().nullable(),
  /** When it is due; null for what has no plan. */
  dueOn: BusinessDate.nullable(),
  signedOn: BusinessDate.nullable(),
  bucket: z.enum(AGE_BUCKETS),
  days: z.number().int(),
  amountFen: z.number().int(),
})
export type Receivable = z.infer<typeof Receivable>
