import { todayOf } from '../../kernel/clock.ts'
import { employeeState } from '../../kernel/leaving.ts'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { followUpEntity } from '../../../src-shared/features/follow-ups/entity.ts'
import type { NewFollowUp } from '../../../src-shared/features/follow-ups/model.ts'
import { ANSWERS_AT_MOST, PINS_AT_MOST, requireAuthor, requireSoundTimes } from '../../../src-shared/features/follow-ups/rules.ts'
import { flatValues } from '../../../src-shared/kernel/custom/values.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { onCommand, onQuery } from '../../kernel/pipeline.ts'
import { onlyReads } from '../../kernel/policy.ts'
import { rowsById } from '../../kernel/records/select.ts'
import { insertInto, insertRow, loadForWrite, setDeleted, type StoredRow, updateRow } from '../../kernel/records/write.ts'
import { type RawBuilder, sql } from 'kysely'
import { hangUploads } from '../files/public.ts'
import { colleaguesFor, followUpById, followUpsAbout, followUpsOf, peopleOf, pinnedOf } from './read.ts'
import { author, bringBackFollowUp, markBeside, requireOutOfPool } from './recycle.ts'
import { carryEdited, carryNew, carryRemoved, contactIsOf } from './store.ts'

export const followUpsHandlers = {
  ofCustomer: onQuery.followUps.ofCustomer.handler(({ input, context }) =>
    followUpsOf(context.db, context.actor, input, entityIn(context, 'followUp')),
  ),
  ofOpportunity: onQuery.followUps.ofOpportunity.handler(({ input, context }) => followUpsAbout(context, input)),
  pinned: onQuery.followUps.pinned.handler(({ input, context }) =>
    pinnedOf(context.db, context.actor, input.customerId, entityIn(context, 'followUp')),
  ),
  people: onQuery.followUps.people.handler(({ input, context }) => peopleOf(context.db, context.actor, input.customerId)),
  colleagues: onQuery.followUps.colleagues.handler(({ input, context }) => colleaguesFor(context, input.customerId)),

  // Whoever sees the customer may write down what happened with him, service staff too.
  create: onCommand.followUps.create.handler(async ({ input, context }) => {
    const customer = await loadForWrite(context, customerEntity, input.customerId, 'read')
    if (customer.deletedAt !== null) throw new Refusal('deleted')
    if (onlyReads(context.actor, customer['poolId'])) throw new Refusal('inPool')
    const happenedAt = input.happenedAt ?? context.now()
    const { nextAt } = input
    requireSoundTimes({ happenedAt, nextAt: nextAt ?? null, now: context.now() })
    if (input.contactId && !(await contactIsOf(context, input.contactId, input.customerId))) throw new Refusal('contactOfAnother')
    if (input.opportunityId) await requireTheirs(context, input.opportunityId, input.customerId)
    const replyTo = input.replyTo ? await threadOf(context, input.replyTo, input.customerId) : null
    const internal = replyTo !== null || input.internal === true
    const id = await insertSaid(context, { ...input, happenedAt, nextAt: nextAt ?? null }, { internal, replyTo })
    await carryNew(context, { customerId: input.customerId, happenedAt, nextAt, internal })
    await name(context, id, input.mentions ?? [])
    if (input.files && input.files.length > 0)
      await hangUploads(context, { entity: 'followUp', recordId: id, customerId: input.customerId }, input.files)
    context.record({ entity: 'followUp', id, action: 'created', detail: { customerId: input.customerId } })
    return followUpById(context.tx, context.actor, id, entityIn(context, 'followUp'))
  }),

  edit: onCommand.followUps.edit.handler(async ({ input, context }) => {
    const row = await loadForWrite(context, followUpEntity, input.id, 'read')
    if (row.deletedAt !== null) throw new Refusal('deleted')
    await requireOutOfPool(context, row)
    requireAuthor(author(context), row['authorId'] as string | null)
    if (input.values.nextAt !== undefined)
      requireSoundTimes({ happenedAt: String(row['happenedAt']), nextAt: input.values.nextAt, now: context.now() })
    const oldNextAt = row['nextAt'] as string | null
    const { mentions, ...values } = flatValues(entityIn(context, 'followUp'), input.values)
    const wrote = await updateRow(context, entityIn(context, 'followUp'), row, { values, seenVersion: input.version })
    const { nextAt } = values
    const named = mentions !== undefined && (await name(context, row.id, mentions))
    if (wrote && nextAt !== undefined && nextAt !== oldNextAt)
      await carryEdited(context, { id: row.id, customerId: String(row['customerId']), oldNextAt, nextAt })
    if (wrote || named)
      context.record({ entity: 'followUp', id: row.id, action: 'edited', detail: { customerId: row['customerId'] } })
    else context.unchanged()
    return followUpById(context.tx, context.actor, row.id, entityIn(context, 'followUp'))
  }),

  remove: onCommand.followUps.remove.handler(async ({ input, context }) => {
    const row = await loadForWrite(context, followUpEntity, input.id, 'read')
    if (row.deletedAt !== null) throw new Refusal('deleted')
    await requireOutOfPool(context, row)
    requireAuthor(author(context), row['authorId'] as string | null)
    await setDeleted(context, followUpEntity, row.id, true)
    await markBeside(context, row.id, true)
    await carryRemoved(context, String(row['customerId']), row['nextAt'] as string | null)
    context.record({ entity: 'followUp', id: row.id, action: 'deleted', detail: { customerId: row['customerId'] } })
    return { id: input.id }
  }),

  pin: onCommand.followUps.pin.handler(async ({ input, context }) => {
    const row = await loadForWrite(context, followUpEntity, input.id, 'read')
    if (row.deletedAt !== null) throw new Refusal('deleted')
    await requireOutOfPool(context, row)
    await requirePinner(context, row)
    if ((row['pinnedAt'] !== null) === input.pinned) context.unchanged()
    else {
      if (input.pinned) await requireRoomOnTop(context, String(row['customerId']))
      const at = context.now()
      await sql`update follow_up set pinned_at = ${input.pinned ? at : null}, updated_at = ${at}, version = version + 1
        where id = ${row.id}`.execute(context.tx)
      const action = input.pinned ? 'pinned' : 'unpinned'
      context.record({ entity: 'followUp', id: row.id, action, detail: { customerId: row['customerId'] } })
    }
    return followUpById(context.tx, context.actor, row.id, entityIn(context, 'followUp'))
  }),

  restore: onCommand.followUps.restore.handler(async ({ input, context }) => {
    const row = await loadForWrite(context, followUpEntity, input.id, 'read')
    if (row.deletedAt === null) throw new Refusal('notDeleted')
    await bringBackFollowUp(context, row)
    context.record({ entity: 'followUp', id: row.id, action: 'restored', detail: { customerId: row['customerId'] } })
    return followUpById(context.tx, context.actor, row.id, entityIn(context, 'followUp'))
  }),
}

type Said = Omit<NewFollowUp, 'mentions' | 'files' | 'internal' | 'replyTo'> & { happenedAt: string; nextAt: string | null }

function insertSaid(
  context: CommandContext,
  { customerId, contactId, opportunityId, kind, text, happenedAt, nextAt, custom }: Said,
  { internal, replyTo }: { internal: boolean; replyTo: string | null },
): Promise<string> {
  const entity = entityIn(context, 'followUp')
  const values = flatValues(entity, { customerId, contactId, kind, text, happenedAt, nextAt, custom })
  const derived = {
    authorId: context.actor.employeeId,
    internal: internal ? 1 : 0,
    replyTo,
    opportunityId: opportunityId ?? null,
  }
  return insertRow(context, entity, values, derived)
}

/** What it is about is one of the customer's that the writer sees. */
async function requireTheirs(context: CommandContext, opportunityId: string, customerId: string): Promise<void> {
  const row = await loadForWrite(context, entityIn(context, 'opportunity'), opportunityId, 'read')
  if (row.deletedAt !== null || row['customerId'] !== customerId) throw new Refusal('opportunityOfAnother')
}

/** The first of a thread: an answer to an answer stands beside it. */
async function threadOf(context: CommandContext, id: string, customerId: string): Promise<string> {
  const row = await loadForWrite(context, followUpEntity, id, 'read')
  if (row.deletedAt !== null || row['customerId'] !== customerId) throw new Refusal('answerOfAnother')
  const first = row['replyTo'] === null ? row.id : String(row['replyTo'])
  await requireRoom(context, sql`reply_to = ${first} and deleted_at is null`, { reason: 'answersFull', most: ANSWERS_AT_MOST })
  return first
}

/** Colleagues named in the words become those given; whoever was named before and still is stays as he was. */
async function name(context: CommandContext, followUpId: string, ids: readonly string[]): Promise<boolean> {
  const before = await context.tx
    .selectFrom('mention')
    .select(['id', 'employeeId'])
    .where('followUpId', '=', followUpId)
    .execute()
  const wanted = new Set(ids)
  const fresh = [...wanted].filter((id) => !before.some(({ employeeId }) => employeeId === id))
  const gone = before.filter(({ employeeId }) => !wanted.has(employeeId))
  for (const employeeId of fresh) {
    if ((await employeeState(context.tx, employeeId, todayOf(context))) !== 'here') throw new Refusal('mentionUnknown')
    await insertInto(context.tx, 'mention', { id: context.newId(), followUpId, employeeId, createdAt: context.now() })
  }
  for (const { id } of gone) await context.tx.deleteFrom('mention').where('id', '=', id).execute()
  // Whoever does not see the customer is not shown it: notices are read through the policy.
  const others = fresh.filter((id) => id !== context.actor.employeeId)
  if (others.length > 0) context.notify({ employeeIds: others, kind: 'mention', entity: 'followUp', recordId: followUpId })
  return fresh.length + gone.length > 0
}

type Full = { reason: 'answersFull' | 'pinsFull'; most: number }
/** What is shown whole takes no more than can be shown. */
async function requireRoom({ tx }: CommandContext, which: RawBuilder<unknown>, { reason, most }: Full): Promise<void> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from follow_up where ${which}`.execute(tx)
  if ((rows[0]?.n ?? 0) >= most) throw new Refusal(reason, { most })
}
const requireRoomOnTop = (context: CommandContext, customerId: string): Promise<void> =>
  requireRoom(context, sql`customer_id = ${customerId} and pinned_at is not null and deleted_at is null`, {
    reason: 'pinsFull',
    most: PINS_AT_MOST,
  })

async function requirePinner(context: CommandContext, row: StoredRow): Promise<void> {
  if (row['authorId'] !== null && row['authorId'] === context.actor.employeeId) return
  const customers = await rowsById(context.tx, context.actor, customerEntity, [String(row['customerId'])], { verb: 'edit' })
  if (customers.length === 0) throw new Refusal('notYours')
}
