import { z } from 'zod'
import { CUSTOM_REFUSALS } from '../../kernel/custom/values.ts'
import { command, query } from '../../kernel/procedure.ts'
import { Instant } from '../../kernel/time.ts'
import { CustomerId } from '../customers/model.ts'
import { OpportunityId } from '../opportunities/model.ts'
import { FollowUp, FollowUpEdit, FollowUpId, NewFollowUp } from './model.ts'

export const FOLLOW_UP_REFUSALS = [
  'deleted',
  'inTheFuture',
  'nextBeforeNow',
  'contactOfAnother',
  'notYours',
  'inPool',
  'mentionUnknown',
  'uploadGone',
  'quotaFull',
  'answerOfAnother',
  'opportunityOfAnother',
  'answersFull',
  'pinsFull',
  ...CUSTOM_REFUSALS,
] as const
export const FOLLOW_UP_RESTORE_REFUSALS = ['deleted', 'notDeleted', 'notYours', 'inPool'] as const

const SHOWS = ['followUp', 'contact', 'employee', 'file', 'customField', 'opportunity'] as const
/** The last one of the page before: several may share an instant. */
const Before = z.strictObject({ happenedAt: Instant, id: FollowUpId }).optional()
const limit = z.number().int().min(1).max(200).default(50)
const Told = z.strictObject({ rows: z.array(FollowUp), hasMore: z.boolean(), count: z.number().int() })

export const followUpsContract = {
  /** Newest first. */
  ofCustomer: query('followUps.read', SHOWS)
    .input(
      z.strictObject({
        customerId: CustomerId,
        before: Before,
        authorId: z.string().max(26).optional(),
        limit,
      }),
    )
    .output(Told),
  /** The same of what was said about an opportunity, as far as the customers with whom it was said are seen. */
  ofOpportunity: query('followUps.read', SHOWS)
    .input(z.strictObject({ opportunityId: OpportunityId, before: Before, limit }))
    .output(Told),
  /** What somebody put on top of a customer's conversations. */
  pinned: query('followUps.read', SHOWS)
    .input(z.strictObject({ customerId: CustomerId }))
    .output(z.array(FollowUp)),
  /** Who wrote or changed something here: whom the line of time can be narrowed to. */
  people: query('followUps.read', ['followUp', 'customer', 'employee'])
    .input(z.strictObject({ customerId: CustomerId }))
    .output(z.array(z.strictObject({ id: z.string(), name: z.string() }))),
  /** Colleagues with an account, how each is spelt, and whether each sees the customer. */
  colleagues: query('followUps.write', ['customer', 'employee', 'role', 'user'])
    .input(z.strictObject({ customerId: CustomerId }))
    .output(z.array(z.strictObject({ id: z.string(), name: z.string(), sees: z.boolean(), pinyin: z.string() }))),
  create: command('followUps.write', FOLLOW_UP_REFUSALS).input(NewFollowUp).output(FollowUp),
  /** Only its author, or who may edit all customers, changes what was said. */
  edit: command('followUps.write', FOLLOW_UP_REFUSALS)
    .input(z.strictObject({ id: FollowUpId, version: z.number().int(), values: FollowUpEdit }))
    .output(FollowUp),
  remove: command('followUps.write', FOLLOW_UP_REFUSALS)
    .input(z.strictObject({ id: FollowUpId }))
    .output(z.strictObject({ id: FollowUpId })),
  /** On top of the conversations, or back to its day: its author, or who may edit the customer. */
  pin: command('followUps.write', FOLLOW_UP_REFUSALS)
    .input(z.strictObject({ id: FollowUpId, pinned: z.boolean() }))
    .output(FollowUp),
  /** Brings back one that was removed by itself; what went with its customer comes back with him. */
  restore: command('followUps.write', FOLLOW_UP_RESTORE_REFUSALS)
    .input(z.strictObject({ id: FollowUpId }))
    .output(FollowUp),
}
