import { todayOf } from '../../kernel/clock.ts'
import { employeeState } from '../../kernel/leaving.ts'
import type { Move, NewOpportunity, Opportunity, OpportunityEdit } from '../../../src-shared/features/opportunities/model.ts'
import { entered, missingFor, requireSoundOwner } from '../../../src-shared/features/opportunities/rules.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import { dateIn } from '../../../src-shared/kernel/time.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { markWon } from '../../kernel/markWon.ts'
import { requireWritable } from '../../kernel/policy.ts'
import { getRow } from '../../kernel/records/select.ts'
import { insertRow, loadForWrite, type StoredRow, updateRow } from '../../kernel/records/write.ts'
import {
  cleanOpportunity,
  customerOfContact,
  derivedOf,
  firstStage,
  hangingOn,
  noteStage,
  reasonIsKnown,
  stageById,
  stageOnWay,
} from './store.ts'

type Values = Record<string, unknown>

/** The row as it stands now for whoever has just written it, even when he gave it away by that. */
export async function written(context: CommandContext, id: string): Promise<Opportunity> {
  const actor = { ...context.actor, permissions: { ...context.actor.permissions, 'opportunities.read': 'all' as const } }
  return (await getRow(context.tx, actor, entityIn(context, 'opportunity'), id)) as Opportunity
}

/** @throws Refusal when the customer lies in the recycle bin, or the contact is somebody else's; NotFound, Forbidden for another's customer. */
async function requireSoundLinks(context: CommandContext, stored: StoredRow | null, values: OpportunityEdit): Promise<Values> {
  const { customerId, contactId } = values
  const before = (stored?.['customerId'] ?? null) as string | null
  if (customerId && customerId !== before) {
    const customer = await loadForWrite(context, entityIn(context, 'customer'), customerId, 'edit')
    if (customer.deletedAt !== null) throw new Refusal('customerDeleted')
  }
  const home = customerId === undefined ? before : customerId
  if (contactId && (await customerOfContact(context.tx, contactId)) !== home) throw new Refusal('contactElsewhere')
  // Another customer has other people.
  const left = contactId === undefined && home !== before && Boolean(stored?.['contactId'])
  return left ? { contactId: null } : {}
}

export async function createOpportunity(context: CommandContext, given: Omit<NewOpportunity, 'custom'>): Promise<string> {
  const { stageId, ...rest } = cleanOpportunity(given)
  const values = { ...rest, ownerId: rest.ownerId === undefined ? context.actor.employeeId : rest.ownerId }
  requireSoundOwner(values.ownerId ? await employeeState(context.tx, values.ownerId, todayOf(context)) : null)
  await requireSoundLinks(context, null, values)
  const stage = stageId === undefined ? await firstStage(context.tx) : await stageById(context.tx, stageId)
  if (!stage || stage.archived) throw new Refusal('stageGone')
  if (stage.kind !== 'open') throw new Refusal('stageNotOpen')
  const missing = missingFor(await stageOnWay(context.tx, stage, null), values)
  if (missing.length > 0) throw new Refusal('fieldsMissing', { feature: 'opportunities', fields: missing })
  const at = context.now()
  const { ownerId, ...own } = values
  // The default owner is the program's choice, so it is not held against a field right.
  if (rest.ownerId !== undefined) requireWritable(context.actor, entityIn(context, 'opportunity'), ['ownerId'])
  const id = await insertRow(context, entityIn(context, 'opportunity'), own, {
    ...derivedOf(values),
    ownerId,
    stageId: stage.id,
    pipelineId: stage.pipelineId,
    state: stage.kind,
    stageEnteredAt: at,
  })
  await noteStage(context, { opportunityId: id, stageId: stage.id, fromStageId: null, at })
  return id
}

/** @returns what was written, or null when everything stood there already. */
export async function editOpportunity(
  context: CommandContext,
  row: StoredRow,
  given: OpportunityEdit,
  seenVersion?: number,
): Promise<'edited' | 'transferred' | null> {
  const values = cleanOpportunity(given)
  const passed = values.ownerId !== undefined && values.ownerId !== row['ownerId']
  if (passed) {
    await loadForWrite(context, entityIn(context, 'opportunity'), row.id, 'transfer')
    requireSoundOwner(values.ownerId ? await employeeState(context.tx, values.ownerId, todayOf(context)) : null)
  }
  const links = await requireSoundLinks(context, row, values)
  const wrote = await updateRow(context, entityIn(context, 'opportunity'), row, {
    values: { ...values, ...links },
    derived: derivedOf(values),
    ...(seenVersion !== undefined && { seenVersion }),
  })
  return wrote ? (passed ? 'transferred' : 'edited') : null
}

type Into = Pick<Move, 'stageId' | 'values' | 'lost'> & { version?: number }
/** Into another stage with its history. @returns what history calls it */
export async function moveOpportunity(
  context: CommandContext,
  row: StoredRow,
  { stageId, values: given, lost, version }: Into,
): Promise<'moved' | 'won' | 'lost' | 'reopened'> {
  const named = await stageById(context.tx, stageId)
  if (!named) throw new Refusal('stageGone')
  const stage = await stageOnWay(context.tx, named, String(row['stageId']))
  const values = cleanOpportunity(given)
  const links = await requireSoundLinks(context, row, values)
  const at = context.now()
  const day = dateIn(at, context.services.timeZone())
  const entering = entered(stage, { ...row, ...(await hangingOn(context.tx, row.id)) }, { values, lost }, { at, day })
  if (lost && stage.kind === 'lost' && !(await reasonIsKnown(context.tx, lost.reasonId))) throw new Refusal('reasonUnknown')
  // What somebody else changed since is told before anything is written.
  await updateRow(context, entityIn(context, 'opportunity'), row, {
    values: { ...values, ...links, stageId },
    derived: { ...derivedOf(values), ...entering },
    ...(version !== undefined && { seenVersion: version }),
  })
  await noteStage(context, { opportunityId: row.id, stageId, fromStageId: String(row['stageId']), at })
  if (stage.kind === 'won') await markWon(context, [{ customerId: values.customerId ?? row['customerId'] }])
  if (stage.kind !== 'open') return stage.kind
  return row['state'] === 'open' ? 'moved' : 'reopened'
}
