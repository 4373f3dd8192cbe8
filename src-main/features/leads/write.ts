import { todayOf } from '../../kernel/clock.ts'
import type { Lead, LeadEdit, NewLead, NewLeadFollowUp } from '../../../src-shared/features/leads/model.ts'
import type { LeadStatus } from '../../../src-shared/features/leads/entity.ts'
import { answered, requireArrived, requireOpen, requireSoundOwner } from '../../../src-shared/features/leads/rules.ts'
import { requireSoundTimes } from '../../../src-shared/features/follow-ups/rules.ts'
import { may } from '../../../src-shared/kernel/actor.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { reachIn, requireWritable } from '../../kernel/policy.ts'
import { employeeState } from '../../kernel/leaving.ts'
import { getRow } from '../../kernel/records/select.ts'
import { insertRow, loadForWrite, type StoredRow, updateRow } from '../../kernel/records/write.ts'
import { giveFree } from './give.ts'
import { cleanLead, derivedOf, insertFollowUp, noteMove, poolById, sourceIsKnown } from './store.ts'

/** The row as it stands now for whoever has just written it, even when he gave it away by that. */
export async function written(context: CommandContext, id: string): Promise<Lead> {
  const actor = { ...context.actor, permissions: { ...context.actor.permissions, 'leads.read': 'all' as const } }
  return (await getRow(context.tx, actor, entityIn(context, 'lead'), id)) as Lead
}

async function requireSoundLinks(context: CommandContext, { ownerId, sourceId }: LeadEdit): Promise<void> {
  requireSoundOwner(ownerId ? await employeeState(context.tx, ownerId, todayOf(context)) : null)
  if (sourceId && !(await sourceIsKnown(context.tx, sourceId))) throw new Refusal('sourceUnknown')
}

/** Who would not see it again keeps what he enters; for everybody else the rules give it. */
const keepsOwn = (context: CommandContext): boolean =>
  reachIn(context.actor, entityIn(context, 'lead'), 'read') !== 'all' && !may(context.actor, 'leads.assign')

/** A new lead of values that are cleaned already: owned, in a pool, or given by the rules. `id`: one that an import chose. */
export async function createLead(context: CommandContext, given: Omit<NewLead, 'custom'>, id?: string): Promise<string> {
  const entity = entityIn(context, 'lead')
  const { poolId, ownerId: wanted, arrivedAt, ...values } = cleanLead(given)
  if (poolId !== undefined && wanted) throw new Refusal('ownerAndPool')
  if (poolId !== undefined && !(await poolById(context.tx, poolId))) throw new Refusal('poolUnknown')
  // The default owner is the program's choice, so it is not held against a field right.
  if (wanted !== undefined) requireWritable(context.actor, entity, ['ownerId'])
  const isOpenToRules = wanted === undefined && poolId === undefined && !keepsOwn(context)
  const ownerId = wanted ?? (wanted === undefined && poolId === undefined && !isOpenToRules ? context.actor.employeeId : null)
  await requireSoundLinks(context, { ...values, ownerId })
  requireArrived(arrivedAt, context.now())
  const derived = {
    ...derivedOf(values),
    ownerId,
    ...(ownerId !== null && { assignedAt: context.now() }),
    ...(poolId !== undefined && { poolId, homePoolId: poolId }),
    arrivedAt: arrivedAt ?? context.now(),
  }
  const made = await insertRow(context, entity, values, derived, id)
  if (isOpenToRules) await giveFree(context, [made])
  else if (ownerId !== null && ownerId !== context.actor.employeeId) tellLead(context, ownerId, made)
  return made
}

/** Tells somebody that a lead is his now. */
export const tellLead = (context: CommandContext, ownerId: string, id: string): void =>
  context.notify({ employeeIds: [ownerId], kind: 'leadAssigned', entity: 'lead', recordId: id, many: 1 })

/** @returns what was written, or null when everything stood there already. */
export async function editLead(
  context: CommandContext,
  row: StoredRow,
  given: LeadEdit,
  seenVersion?: number,
): Promise<'edited' | 'transferred' | null> {
  requireOpen(row)
  const values = cleanLead(given)
  const passed = values.ownerId !== undefined && values.ownerId !== row['ownerId']
  if (passed) await loadForWrite(context, entityIn(context, 'lead'), row.id, 'transfer')
  await requireSoundLinks(context, { ...values, ownerId: passed ? values.ownerId : null })
  requireArrived(values.arrivedAt, context.now())
  const wrote = await updateRow(context, entityIn(context, 'lead'), row, {
    values,
    derived: { ...derivedOf(values), ...passedOn(context, row, values) },
    ...(seenVersion !== undefined && { seenVersion }),
  })
  if (!wrote) return null
  if (passed) await noteTransfer(context, row, values.ownerId ?? null)
  return passed ? 'transferred' : 'edited'
}

/** What a new owner writes beside himself. */
export const passedOn = (
  context: Pick<CommandContext, 'now'>,
  row: StoredRow,
  { ownerId }: LeadEdit,
): Record<string, unknown> => {
  if (ownerId === undefined || ownerId === row['ownerId']) return {}
  if (ownerId === null) return { assignedAt: null }
  return { assignedAt: context.now(), poolId: null, homePoolId: row['poolId'] ?? row['homePoolId'] }
}

export async function noteTransfer(context: CommandContext, row: StoredRow, ownerId: string | null): Promise<void> {
  await noteMove(context, row.id, {
    kind: 'transfer',
    employeeId: ownerId,
    fromEmployeeId: row['ownerId'] as string | null,
    poolId: row['poolId'] as string | null,
  })
  if (ownerId !== null && ownerId !== context.actor.employeeId) tellLead(context, ownerId, row.id)
}

/** Words with somebody, by who works on the lead. */
export async function followUpLead(context: CommandContext, row: StoredRow, said: NewLeadFollowUp): Promise<void> {
  requireOpen(row)
  if (row['ownerId'] === null && row['poolId'] !== null) throw new Refusal('claimFirst')
  const happenedAt = said.happenedAt ?? context.now()
  const { nextAt } = said
  requireSoundTimes({ happenedAt, nextAt: nextAt ?? null, now: context.now() })
  await insertFollowUp(context, row.id, { kind: said.kind, text: said.text, happenedAt, nextAt: nextAt ?? null })
  const standing = {
    status: row['status'] as LeadStatus,
    firstFollowUpAt: row['firstFollowUpAt'] as string | null,
    lastFollowUpAt: row['lastFollowUpAt'] as string | null,
    nextFollowUpAt: row['nextFollowUpAt'] as string | null,
  }
  await context.tx
    .updateTable('lead')
    .set((eb) => ({ ...answered(standing, { happenedAt, nextAt }), updatedAt: context.now(), version: eb('version', '+', 1) }))
    .where('id', '=', row.id)
    .execute()
}

/** What making a lead invalid writes on it. */
export const invalidated = (context: Pick<CommandContext, 'now'>, reasonId: string, note: string | null) => ({
  status: 'invalid',
  invalidReasonId: reasonId,
  invalidNote: note,
  invalidAt: context.now(),
  nextFollowUpAt: null,
})
