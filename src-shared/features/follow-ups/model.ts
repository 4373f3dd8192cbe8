import { z } from 'zod'
import { idOf } from '../../kernel/ids.ts'
import { Instant } from '../../kernel/time.ts'
import { ContactId } from '../contacts/model.ts'
import { CustomerId } from '../customers/model.ts'
import { FOLLOW_UP_KINDS } from './entity.ts'

export const FollowUpId = idOf<'followUp'>()
export type FollowUpId = z.infer<typeof FollowUpId>

/** `nextAt` also becomes the customer's next follow-up (null clears it, absent keeps what lies ahead); `happenedAt` defaults to now and may not lie in the future. */
export const NewFollowUp = z.strictObject({
  customerId: CustomerId,
  contactId: ContactId.nullable().optional(),
  kind: z.enum(FOLLOW_UP_KINDS).default('note'),
  text: z.string().trim().min(1, 'required').max(20000),
  happenedAt: Instant.optional(),
  nextAt: Instant.nullable().optional(),
})
export type NewFollowUp = z.infer<typeof NewFollowUp>
export const FollowUpEdit = z.strictObject({
  kind: z.enum(FOLLOW_UP_KINDS).optional(),
  text: z.string().trim().min(1, 'required').max(20000).optional(),
  nextAt: Instant.nullable().optional(),
})
export type FollowUpEdit = z.infer<typeof FollowUpEdit>
export const FollowUp = z
  .strictObject({
    id: FollowUpId,
    customerId: CustomerId,
    contactId: ContactId.nullable(),
    contactName: z.string().nullable(),
    kind: z.enum(FOLLOW_UP_KINDS),
    text: z.string(),
    happenedAt: Instant,
    nextAt: Instant.nullable(),
    authorId: z.string().nullable(),
    authorName: z.string().nullable(),
    createdAt: Instant,
    updatedAt: Instant,
    deletedAt: Instant.nullable(),
    version: z.number().int(),
  })
  .strip()
export type FollowUp = z.infer<typeof FollowUp>
