import { z } from 'zod'
import { Instant } from '../../kernel/time.ts'

/** What has a tab of its own in the recycle bin. */
export const BIN_KINDS = [
  'customer',
  'contact',
  'opportunity',
  'quote',
  'lead',
  'order',
  'payment',
  'invoice',
  'product',
  'followUp',
  'file',
] as const
export type BinKind = (typeof BIN_KINDS)[number]

/** How long what was deleted is kept once the purge by time is switched on. */
export const BIN_DAYS = 30

/** What stands in the way of bringing back a part by itself. */
export const BIN_BARS = ['customerDeleted', 'hostDeleted'] as const

/** One entry. `note`: which kind of conversation, or the title of a contact. */
export const BinRow = z.strictObject({
  id: z.string(),
  kind: z.enum(BIN_KINDS),
  title: z.string(),
  note: z.string().nullable(),
  /** What hangs on no customer has none; one out of reach has no name. */
  customerId: z.string().nullable(),
  customerName: z.string().nullable(),
  ownerName: z.string().nullable(),
  /** Why it does not come back alone. */
  bar: z.enum(BIN_BARS).nullable(),
  deletedAt: Instant,
  deletedBy: z.string().nullable(),
  daysLeft: z.number().int().nullable(),
  mayRestore: z.boolean(),
  mayPurge: z.boolean(),
})
export type BinRow = z.infer<typeof BinRow>
