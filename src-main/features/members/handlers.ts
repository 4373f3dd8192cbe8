import { todayOf } from '../../kernel/clock.ts'
import { employeeState } from '../../kernel/leaving.ts'
import type { Access, Team } from '../../../src-shared/features/members/contract.ts'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext, QueryContext } from '../../kernel/context.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { onCommand, onQuery } from '../../kernel/pipeline.ts'
import { reaches, reachOf } from '../../kernel/policy.ts'
import { getRow } from '../../kernel/records/select.ts'
import { loadForWrite, type StoredRow } from '../../kernel/records/write.ts'
import { memberOf, putMember, readPlace, readTeam, removeMember, type Shared } from './store.ts'

const EDIT = { customer: 'customers.edit', opportunity: 'opportunities.edit' } as const
/** The owner, and whoever may edit his records: a collaborator does not bring others. */
const mayManage = (actor: Actor, kind: Shared, ownerId: unknown): boolean =>
  reaches(reachOf(actor, EDIT[kind]), typeof ownerId === 'string' ? ownerId : null)

async function teamOf(context: CommandContext, kind: Shared, row: StoredRow): Promise<Team> {
  return {
    rows: await readTeam(context.tx, { kind, id: row.id }, todayOf(context)),
    mayManage: mayManage(context.actor, kind, row['ownerId']) && !row['poolId'],
  }
}

async function toShare(context: CommandContext, kind: Shared, id: string): Promise<StoredRow> {
  const row = await loadForWrite(context, entityIn(context, kind), id, 'read')
  if (row.deletedAt !== null) throw new Refusal('deleted')
  if (row['poolId']) throw new Refusal('inPool')
  return row
}

async function requireFit(context: CommandContext, kind: Shared, row: StoredRow, employeeIds: readonly string[]): Promise<void> {
  if (!mayManage(context.actor, kind, row['ownerId'])) throw new Refusal('notYours')
  for (const id of employeeIds) {
    if (id === row['ownerId']) throw new Refusal('isOwner')
    const state = await employeeState(context.tx, id, todayOf(context))
    if (state !== 'here') throw new Refusal(state === 'left' ? 'employeeLeft' : 'employeeUnknown')
  }
}

type Given = { employeeIds: readonly string[]; access: Access }
async function put(context: CommandContext, kind: Shared, row: StoredRow, { employeeIds, access }: Given) {
  const [added, changed]: [string[], string[]] = [[], []]
  for (const employeeId of new Set(employeeIds)) {
    const how = await putMember(context, { kind, id: row.id, employeeId, access })
    if (how !== 'same') (how === 'added' ? added : changed).push(employeeId)
  }
  if (added.length + changed.length === 0) context.unchanged()
  else {
    const action = added.length > 0 ? 'memberAdded' : 'memberChanged'
    context.record({ entity: kind, id: row.id, action, detail: { employeeIds: [...added, ...changed], access } })
  }
  if (added.length > 0)
    context.notify({ employeeIds: added, kind: 'addedToTeam', entity: kind, recordId: row.id, detail: { access } })
}

async function list(context: QueryContext, kind: Shared, id: string): Promise<Team> {
  const row = await getRow(context.db, context.actor, entityIn(context, kind), id, { deleted: true })
  // Who the owner is may be hidden from the caller; whether he may manage is not.
  const { ownerId, poolId } = await readPlace(context.db, kind, id)
  return {
    rows: await readTeam(context.db, { kind, id }, todayOf(context)),
    mayManage: mayManage(context.actor, kind, ownerId) && poolId === null && row['deletedAt'] === null,
  }
}

async function add(context: CommandContext, kind: Shared, id: string, given: Given): Promise<Team> {
  const row = await toShare(context, kind, id)
  await requireFit(context, kind, row, given.employeeIds)
  await put(context, kind, row, given)
  return teamOf(context, kind, row)
}

type Changed = { employeeId: string; access: Access }
async function change(context: CommandContext, kind: Shared, id: string, { employeeId, access }: Changed): Promise<Team> {
  const row = await toShare(context, kind, id)
  if (!(await memberOf(context.tx, { kind, id }, employeeId))) throw new Refusal('notMember')
  if (!mayManage(context.actor, kind, row['ownerId'])) throw new Refusal('notYours')
  await put(context, kind, row, { employeeIds: [employeeId], access })
  return teamOf(context, kind, row)
}

async function remove(context: CommandContext, kind: Shared, id: string, employeeId: string): Promise<Team> {
  const row = await toShare(context, kind, id)
  const himself = employeeId === context.actor.employeeId
  if (!himself && !mayManage(context.actor, kind, row['ownerId'])) throw new Refusal('notYours')
  const member = await memberOf(context.tx, { kind, id }, employeeId)
  if (!member) throw new Refusal('notMember')
  await removeMember(context.tx, member.id)
  const action = himself ? 'memberLeft' : 'memberRemoved'
  context.record({ entity: kind, id, action, detail: { employeeIds: [employeeId] } })
  return teamOf(context, kind, row)
}

export const membersHandlers = {
  list: onQuery.members.list.handler(({ input, context }) => list(context, 'customer', input.customerId)),
  add: onCommand.members.add.handler(({ input, context }) => add(context, 'customer', input.customerId, input)),
  change: onCommand.members.change.handler(({ input, context }) => change(context, 'customer', input.customerId, input)),
  remove: onCommand.members.remove.handler(({ input, context }) =>
    remove(context, 'customer', input.customerId, input.employeeId),
  ),

  listOfDeal: onQuery.members.listOfDeal.handler(({ input, context }) => list(context, 'opportunity', input.opportunityId)),
  addToDeal: onCommand.members.addToDeal.handler(({ input, context }) => add(context, 'opportunity', input.opportunityId, input)),
  changeInDeal: onCommand.members.changeInDeal.handler(({ input, context }) =>
    change(context, 'opportunity', input.opportunityId, input),
  ),
  removeFromDeal: onCommand.members.removeFromDeal.handler(({ input, context }) =>
    remove(context, 'opportunity', input.opportunityId, input.employeeId),
  ),
}
