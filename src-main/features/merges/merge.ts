import { todayOf } from '../../kernel/clock.ts'
import { employeeState } from '../../kernel/leaving.ts'
import { type EntityDescriptor, type FieldDescriptor, findField } from '../../../src-shared/kernel/entity.ts'
import type { Merge, MergeChoice } from '../../../src-shared/features/merges/model.ts'
import { isChosen, NOTE_AT_MOST } from '../../../src-shared/features/merges/rules.ts'
import { may } from '../../../src-shared/kernel/actor.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { Forbidden } from '../../kernel/errors.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { mayAskBy } from '../../kernel/policy.ts'
import { requireUntouched } from '../../kernel/records/conflict.ts'
import { loadForWrite, updateRow } from '../../kernel/records/write.ts'
import { disbandTeams } from '../members/public.ts'
import { carriedBy, derivedFrom, tellOwner } from '../customers/public.ts'
import { giveUpPlace, joinContacts, type MergedRow, moveParts, refreshAfter } from './store.ts'

/** Makes one customer of several, in one command. @throws Refusal, Stale, NotFound or Forbidden before anything is written. */
export async function mergeCustomers(context: CommandContext, input: Merge): Promise<void> {
  const entity = entityIn(context, 'customer')
  const rows = await loadAll(context, entity, input)
  const survivor = rows.get(input.survivorId)
  if (!survivor) throw new Refusal('survivorMissing')
  const absorbed = [...rows.keys()].filter((id) => id !== survivor.id)
  const values = await chosenValues(context, entity, input, rows)
  if (input.joins.length > 0 && !may(context.actor, 'contacts.write')) throw new Forbidden('contacts.write')

  // The absorbed go first: what must be there once only is free for the survivor then.
  await giveUpPlace(context, absorbed, survivor.id)
  const moved = await moveParts(context, absorbed, survivor.id)
  for (const join of input.joins) if (!(await joinContacts(context, join, [survivor.id]))) throw new Refusal('notSamePerson')
  const carried = { ...carriedBy(survivor, values, context.now()), ...placeWith(input, rows, survivor) }
  await updateRow(context, entity, survivor, { values, derived: { ...derivedFrom(values), ...carried } })
  // Nobody works with others on what lies in a pool; who did on one of them gives that up with him.
  if (('poolId' in carried ? carried.poolId : survivor['poolId']) !== null) await disbandTeams(context.tx, [survivor.id])
  await refreshAfter(context, absorbed, survivor.id)
  const { ownerId } = values
  if (typeof ownerId === 'string' && ownerId !== survivor['ownerId']) tellOwner(context, ownerId, 'transferred', [survivor.id])
  context.record({
    entity: 'customer',
    id: survivor.id,
    action: 'merged',
    detail: { count: rows.size, absorbed, joined: input.joins.length, moved },
  })
}

type Rows = ReadonlyMap<string, MergedRow>

async function loadAll(context: CommandContext, entity: EntityDescriptor, input: Merge): Promise<Rows> {
  const rows = new Map<string, MergedRow>()
  const fields = entity.fields.filter(isChosen).map(({ key }) => key)
  for (const { id, version } of input.customers) {
    if (rows.has(id)) throw new Refusal('sameCustomer')
    const row = (await loadForWrite(context, entity, id, 'edit')) as MergedRow
    if (row.mergedIntoId !== null) throw new Refusal('alreadyMerged')
    if (row.deletedAt !== null) throw new Refusal('deleted')
    if (id !== input.survivorId) await loadForWrite(context, entity, id, 'delete')
    if (row.version !== version) await requireUntouched(context, entity, row, { keys: fields, seenVersion: version, mine: {} })
    rows.set(id, row)
  }
  return rows
}

/** The survivor's new values, read from the rows themselves: what somebody sees masked he may write into no other field either. */
async function chosenValues(
  context: CommandContext,
  entity: EntityDescriptor,
  { survivorId, choices, notes }: Merge,
  rows: Rows,
): Promise<Record<string, unknown>> {
  const values: Record<string, unknown> = {}
  for (const choice of choices) {
    const { field, value } = chosenValue(context, entity, choice, rows)
    values[field.key] = field.type === 'boolean' && typeof value === 'number' ? value === 1 : value
  }
  const owner = values['ownerId']
  if (owner !== undefined && owner !== rows.get(survivorId)?.['ownerId']) {
    await loadForWrite(context, entity, survivorId, 'transfer')
    if (typeof owner === 'string' && (await employeeState(context.tx, owner, todayOf(context))) !== 'here')
      throw new Refusal('ownerLeft')
  }
  return notes === undefined ? values : { ...values, note: notesOf(notes, rows) }
}

function chosenValue(
  { actor }: CommandContext,
  entity: EntityDescriptor,
  { field: key, from, of = key }: MergeChoice,
  rows: Rows,
): { field: FieldDescriptor; value: unknown } {
  const [field, source] = [findField(entity, key), findField(entity, of)]
  if (!field || !source || !isChosen(field) || !isChosen(source) || field.type !== source.type) throw new Refusal('unknownField')
  // Elsewhere it could be read.
  if (of !== key && !mayAskBy(actor, entity, of)) throw new Forbidden(`${entity.feature}.fields`, [of])
  const row = rows.get(from)
  if (!row) throw new Refusal('notAmongThem')
  if (entity.title === key && of !== key) throw new Refusal('unknownField')
  return { field, value: row[of] ?? null }
}

function notesOf(ids: readonly string[], rows: Rows): string | null {
  const parts = ids.map((id) => {
    const row = rows.get(id)
    if (!row) throw new Refusal('notAmongThem')
    return typeof row['note'] === 'string' ? row['note'].trim() : ''
  })
  const text = [...new Set(parts.filter((part) => part !== ''))].join('\n\n')
  if (text.length > NOTE_AT_MOST) throw new Refusal('textTooLong')
  return text === '' ? null : text
}

/** Whose owner is taken over, of his the time in that hand and the pool are taken over with it. */
function placeWith({ choices }: Merge, rows: Rows, survivor: MergedRow): Record<string, unknown> {
  const giver = rows.get(choices.findLast(({ field }) => field === 'ownerId')?.from ?? '')
  if (!giver || giver['ownerId'] === survivor['ownerId']) return {}
  return { ownerSince: giver['ownerSince'], poolId: giver['poolId'], poolEnteredAt: giver['poolEnteredAt'] }
}
