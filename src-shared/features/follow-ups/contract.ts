import { z } from 'zod'
import { command, query } from '../../kernel/procedure.ts'
import { Instant } from '../../kernel/time.ts'
import { CustomerId } from '../customers/model.ts'
import { FollowUp, FollowUpEdit, FollowUpId, NewFollowUp } from './model.ts'

export const FOLLOW_UP_REFUSALS = ['deleted', 'inTheFuture', 'nextBeforeNow', 'contactOfAnother', 'notYours'] as const
export const FOLLOW_UP_RESTORE_REFUSALS = ['deleted', 'notDeleted', 'notYours'] as const

export const followUpsContract = {
  /** Newest first; `before` is the last one of the page before: several may share an instant. */
  ofCustomer: query('followUps.read', ['followUp', 'contact', 'employee'])
    .input(
      z.strictObject({
        customerId: CustomerId,
        before: z.strictObject({ happenedAt: Instant, id: FollowUpId }).optional(),
        limit: z.number().int().min(1).max(200).default(50),
      }),
    )
    .output(z.strictObject({ rows: z.array(FollowUp), hasMore: z.boolean(), count: z.number().int() })),
  create: command('followUps.write', FOLLOW_UP_REFUSALS).input(NewFollowUp).output(FollowUp),
  /** Only its author, or who may edit all customers, changes what was said. */
  edit: command('followUps.write', FOLLOW_UP_REFUSALS)
    .input(z.strictObject({ id: FollowUpId, version: z.number().int(), values: FollowUpEdit }))
    .output(FollowUp),
  remove: command('followUps.write', FOLLOW_UP_REFUSALS)
    .input(z.strictObject({ id: FollowUpId }))
    .output(z.strictObject({ id: FollowUpId })),
  /** Brings back one that was removed by itself; what went with its customer comes back with him. */
  restore: command('followUps.write', FOLLOW_UP_RESTORE_REFUSALS)
    .input(z.strictObject({ id: FollowUpId }))
    .output(FollowUp),
}
