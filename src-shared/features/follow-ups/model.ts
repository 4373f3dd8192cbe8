import { z } from 'zod'
import { CustomCells, CustomValues } from '../../kernel/custom/model.ts'
import { idOf } from '../../kernel/ids.ts'
import { lines } from '../../kernel/line.ts'
import { Instant } from '../../kernel/time.ts'
import { ContactId } from '../contacts/model.ts'
import { CustomerId } from '../customers/model.ts'
import { FileBrief, Uploads } from '../files/model.ts'
import { OpportunityId } from '../opportunities/model.ts'
import { FOLLOW_UP_KINDS } from './entity.ts'

export { FOLLOW_UP_KINDS } from './entity.ts'

const Mentions = z.array(z.string().max(26)).max(20)
export const FollowUpId = idOf<'followUp'>()
export type FollowUpId = z.infer<typeof FollowUpId>

/** `nextAt` also becomes the customer's next follow-up (null clears it, absent keeps what lies ahead); `happenedAt` defaults to now and may not lie in the future. */
export const NewFollowUp = z.strictObject({
  customerId: CustomerId,
  contactId: ContactId.nullable().optional(),
  /** What it was about: one of this customer's. */
  opportunityId: OpportunityId.optional(),
  kind: z.enum(FOLLOW_UP_KINDS).default('note'),
  text: lines(20000),
  happenedAt: Instant.optional(),
  nextAt: Instant.nullable().optional(),
  /** Words among colleagues: no contact with the customer, so "last contacted" stays what it was. */
  internal: z.boolean().optional(),
  /** An answer to what was said; answers are internal, and hang on the first of their thread. */
  replyTo: FollowUpId.optional(),
  /** Colleagues named in the words; those who see the customer are told. */
  mentions: Mentions.optional(),
  files: Uploads.optional(),
  /** Fields that the company added, by key. */
  custom: CustomValues.optional(),
})
export type NewFollowUp = z.infer<typeof NewFollowUp>
export const FollowUpEdit = z.strictObject({
  kind: z.enum(FOLLOW_UP_KINDS).optional(),
  text: lines(20000).optional(),
  nextAt: Instant.nullable().optional(),
  mentions: Mentions.optional(),
  custom: CustomValues.optional(),
})
export type FollowUpEdit = z.infer<typeof FollowUpEdit>
const Said = z
  .strictObject({
    id: FollowUpId,
    customerId: CustomerId,
    contactId: ContactId.nullable(),
    contactName: z.string().nullable(),
    kind: z.enum(FOLLOW_UP_KINDS),
    text: z.string(),
    happenedAt: Instant,
    nextAt: Instant.nullable(),
    internal: z.boolean(),
    pinnedAt: Instant.nullable(),
    /** What it was about, for who sees that; null also once it lies in the recycle bin. */
    opportunity: z.strictObject({ id: OpportunityId, name: z.string() }).nullable(),
    authorId: z.string().nullable(),
    authorName: z.string().nullable(),
    mentions: z.array(z.strictObject({ id: z.string(), name: z.string() })),
    files: z.array(FileBrief),
    createdAt: Instant,
    updatedAt: Instant,
    deletedAt: Instant.nullable(),
    custom: CustomCells.optional(),
    customNames: z.record(z.string(), z.string()).optional(),
    version: z.number().int(),
  })
  .strip()
/** An answer; it has no answers of its own. */
export type Answer = z.infer<typeof Said>
export const FollowUp = Said.extend({ replyTo: FollowUpId.nullable(), replies: z.array(Said) })
export type FollowUp = z.infer<typeof FollowUp>
