import { z } from 'zod'
import { query } from '../../kernel/procedure.ts'
import { CustomerId } from '../customers/model.ts'

/** What somebody does with a record right now. */
export const Doing = z.enum(['viewing', 'editing'])
export type Doing = z.infer<typeof Doing>

export const Here = z.strictObject({ userId: z.string(), name: z.string(), doing: Doing })
export type Here = z.infer<typeof Here>

/** Kept in memory only: who is where is nobody's history. Asked again and again, it says that the asker is still there. */
export const presenceContract = {
  /** Who else looks at this customer now; told to whoever sees it, and only while he looks himself. */
  here: query('customers.read', ['presence'])
    .input(z.strictObject({ customerId: CustomerId, doing: Doing }))
    .output(z.array(Here)),
  leave: query('customers.read', [])
    .input(z.strictObject({ customerId: CustomerId }))
    .output(z.strictObject({ ok: z.literal(true) })),
}
