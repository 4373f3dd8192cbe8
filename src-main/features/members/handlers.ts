import { todayOf } from '../../kernel/clock.ts'
import { employeeState } from '../../kernel/leaving.ts'
import type { Access } from '../../../src-shared/features/members/contract.ts'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { onCommand, onQuery } from '../../kernel/pipeline.ts'
import { customerReach, reaches } from '../../kernel/policy.ts'
import { getRow } from '../../kernel/records/select.ts'
import { loadForWrite, type StoredRow } from '../../kernel/records/write.ts'
import { memberOf, putMember, readTeam, removeMember } from './store.ts'

/** The owner, and whoever may edit his customers: a collaborator does not bring others. */
const mayManage = (actor: Actor, ownerId: unknown): boolean =>
  reaches(customerReach(actor, 'edit'), typeof ownerId === 'string' ? ownerId : null)

async function teamOf(context: CommandContext, row: StoredRow) {
  return {
    rows: await readTeam(context.tx, row.id, todayOf(context)),
    mayManage: mayManage(context.actor, row['ownerId']) && !row['poolId'],
  }
}

async function customerToShare(context: CommandContext, id: string): Promise<StoredRow> {
  const row = await loadForWrite(context, entityIn(context, 'customer'), id, 'read')
  if (row.deletedAt !== null) throw new Refusal('deleted')
  if (row['poolId']) throw new Refusal('inPool')
  return row
}

async function requireFit(context: CommandContext, row: StoredRow, employeeIds: readonly string[]): Promise<void> {
  if (!mayManage(context.actor, row['ownerId'])) throw new Refusal('notYours')
  for (const id of employeeIds) {
    if (id === row['ownerId']) throw new Refusal('isOwner')
    const state = await employeeState(context.tx, id, todayOf(context))
    if (state !== 'here') throw new Refusal(state === 'left' ? 'employeeLeft' : 'employeeUnknown')
  }
}

async function add(context: CommandContext, row: StoredRow, { employeeIds, access }: { employeeIds: string[]; access: Access }) {
  const customerId = row.id
  const [added, changed]: [string[], string[]] = [[], []]
  for (const employeeId of new Set(employeeIds)) {
    const how = await putMember(context, { customerId, employeeId, access })
    if (how !== 'same') (how === 'added' ? added : changed).push(employeeId)
  }
  if (added.length + changed.length === 0) context.unchanged()
  else {
    const action = added.length > 0 ? 'memberAdded' : 'memberChanged'
    context.record({ entity: 'customer', id: customerId, action, detail: { employeeIds: [...added, ...changed], access } })
  }
  if (added.length > 0)
    context.notify({ employeeIds: added, kind: 'addedToTeam', entity: 'customer', recordId: customerId, detail: { access } })
}

export const membersHandlers = {
  list: onQuery.members.list.handler(async ({ input, context }) => {
    const row = await getRow(context.db, context.actor, entityIn(context, 'customer'), input.customerId, { deleted: true })
    // Who the owner is may be hidden from the caller; whether he may manage is not.
    const owner = await context.db
      .selectFrom('customer')
      .select(['ownerId', 'poolId'])
      .where('id', '=', input.customerId)
      .executeTakeFirstOrThrow()
    return {
      rows: await readTeam(context.db, input.customerId, todayOf(context)),
      mayManage: mayManage(context.actor, owner.ownerId) && owner.poolId === null && row['deletedAt'] === null,
    }
  }),

  add: onCommand.members.add.handler(async ({ input, context }) => {
    const row = await customerToShare(context, input.customerId)
    await requireFit(context, row, input.employeeIds)
    await add(context, row, input)
    return teamOf(context, row)
  }),

  change: onCommand.members.change.handler(async ({ input, context }) => {
    const row = await customerToShare(context, input.customerId)
    if (!(await memberOf(context.tx, row.id, input.employeeId))) throw new Refusal('notMember')
    if (!mayManage(context.actor, row['ownerId'])) throw new Refusal('notYours')
    await add(context, row, { employeeIds: [input.employeeId], access: input.access })
    return teamOf(context, row)
  }),

  remove: onCommand.members.remove.handler(async ({ input, context }) => {
    const row = await customerToShare(context, input.customerId)
    const himself = input.employeeId === context.actor.employeeId
    if (!himself && !mayManage(context.actor, row['ownerId'])) throw new Refusal('notYours')
    const member = await memberOf(context.tx, row.id, input.employeeId)
    if (!member) throw new Refusal('notMember')
    await removeMember(context.tx, member.id)
    context.record({
      entity: 'customer',
      id: row.id,
      action: himself ? 'memberLeft' : 'memberRemoved',
      detail: { employeeIds: [input.employeeId] },
    })
    return teamOf(context, row)
  }),
}
