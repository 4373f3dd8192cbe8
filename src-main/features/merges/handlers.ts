import type { Customer, CustomerId } from '../../../src-shared/features/customers/model.ts'
import { HANGING, type Hanging } from '../../../src-shared/features/merges/limits.ts'
import type { MergeLook, MergeSide, PastMerge, TakenBack } from '../../../src-shared/features/merges/model.ts'
import type { Entity } from '../../../src-shared/kernel/procedure.ts'
import { contactEntity } from '../../../src-shared/features/contacts/entity.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import { columnOf } from '../../../src-shared/kernel/entity.ts'
import type { CommandContext, QueryContext } from '../../kernel/context.ts'
import { Forbidden, NotFound } from '../../kernel/errors.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { onCommand, onQuery, onStagedCommand } from '../../kernel/pipeline.ts'
import { mayAskBy, mayReadKind } from '../../kernel/policy.ts'
import { getRow, rowsById } from '../../kernel/records/select.ts'
import { type RowOutcome, wrote } from '../../kernel/undo.ts'
import { predecessorsOf } from '../customers/public.ts'
import { mergeCustomers } from './merge.ts'
import { absorbedIn, countSeen, livingMerges, namesOf, sameContacts } from './store.ts'
import { daysLeft, reverseMerge } from './takeBack.ts'

export const mergesHandlers = {
  look: onQuery.merges.look.handler(({ input, context }) => look(context, [...new Set(input.ids)])),

  merge: onCommand.merges.merge.handler(async ({ input, context }) => {
    await mergeCustomers(context, input)
    return (await getRow(context.tx, context.actor, entityIn(context, 'customer'), input.survivorId)) as Customer
  }),

  ofCustomer: onQuery.merges.ofCustomer.handler(async ({ input, context }) => {
    await getRow(context.db, context.actor, entityIn(context, 'customer'), input.id, { deleted: true })
    return pastMerges(context, input.id)
  }),

  unmerge: onStagedCommand.merges.unmerge.handler(({ input, context }) =>
    context.commit((command) => takeBack(command, input.seq), { undoes: input.seq }),
  ),
}

async function look(context: QueryContext, ids: readonly CustomerId[]): Promise<MergeLook> {
  const entity = entityIn(context, 'customer')
  const { db, actor } = context
  const rows = (await rowsById(db, actor, entity, ids)) as Customer[]
  const missing = ids.find((id) => !rows.some((row) => row.id === id))
  if (missing) throw new NotFound('customer', missing)
  const within = async (verb: 'edit' | 'delete') =>
    new Set((await rowsById(db, actor, entity, ids, { verb })).map((row) => String(row['id'])))
  const editable = await within('edit')
  if (editable.size < ids.length) throw new Forbidden('customers.edit')
  const removable = await within('delete')
  const hanging = await hangingOf(context, ids)
  const sides = ids.flatMap((id) => {
    const customer = rows.find((row) => row.id === id)
    return customer ? [{ customer, hanging: hanging(id), mayGoUp: removable.has(id) }] : []
  })
  return { sides, contacts: mayCompareContacts(context) ? await sameContacts(db, ids) : [] }
}

/** The records that are counted before somebody merges. */
export const ENTITIES = {
  contacts: 'contact',
  followUps: 'followUp',
  addresses: 'address',
  opportunities: 'opportunity',
  quotes: 'quote',
  orders: 'order',
  payments: 'payment',
  invoices: 'invoice',
} as const satisfies Record<Hanging, Entity>

/** What each of them has of the kinds that the caller may see, counted in what he sees of them. */
async function hangingOf(context: QueryContext, ids: readonly CustomerId[]) {
  const { db, actor } = context
  const seen: [Hanging, Map<string, number>][] = []
  for (const kind of HANGING) {
    const entity = entityIn(context, ENTITIES[kind])
    if (mayReadKind(actor, entity)) seen.push([kind, await countSeen(db, actor, entity, ids)])
  }
  return (id: string): MergeSide['hanging'] => Object.fromEntries(seen.map(([kind, counts]) => [kind, counts.get(id) ?? 0]))
}

/** That two numbers are one tells as much as the numbers. */
const mayCompareContacts = ({ actor }: QueryContext): boolean =>
  mayReadKind(actor, contactEntity) && ['name', 'phone'].every((key) => mayAskBy(actor, contactEntity, key))

async function pastMerges(context: QueryContext, id: CustomerId): Promise<PastMerge[]> {
  const { db, actor } = context
  const merges = await livingMerges(db, [id, ...(await predecessorsOf(db, id))])
  const absorbed = await absorbedIn(
    db,
    merges.map(({ seq }) => seq),
  )
  const all = [...absorbed.values()].flat()
  const names = await namesOf(db, all)
  const entity = entityIn(context, 'customer')
  const within = async (ids: readonly string[], verb: 'read' | 'edit' | 'delete') =>
    new Set((await rowsById(db, actor, entity, ids, { verb, deleted: true })).map((row) => String(row['id'])))
  const [seen, removable, mayEdit] = [
    await within(all, 'read'),
    await within(all, 'delete'),
    (await within([id], 'edit')).has(id),
  ]
  return merges.map(({ seq, at, by }) => {
    const ids = absorbed.get(seq) ?? []
    const left = daysLeft(at, context.now())
    return {
      seq,
      at,
      by,
      absorbed: ids.map((one) => ({ id: one, name: seen.has(one) ? (names.get(one) ?? null) : null })),
      daysLeft: Math.max(left, 0),
      mayTakeBack: left > 0 && mayEdit && ids.every((one) => removable.has(one)),
    }
  })
}

async function takeBack(context: CommandContext, seq: number): Promise<TakenBack> {
  const { rows, absorbed, survivorId, kept } = await reverseMerge(context, seq)
  if (!rows.some(wrote)) throw new Refusal('alreadyUndone')
  const survivor = rows.find(({ tbl, id }) => tbl === 'customer' && id === survivorId)
  const result = {
    customers: absorbed as CustomerId[],
    reversed: rows.filter(({ outcome }) => outcome === 'reversed').length,
    keptFields: keptFields(context, survivor),
    kept,
  }
  context.record({
    entity: 'customer',
    id: survivorId,
    action: 'unmerged',
    detail: { count: absorbed.length, kept: result.kept, keptFields: result.keptFields },
  })
  return result
}

/** By the keys of the fields, not by columns: what the program works out beside a field goes with it. */
function keptFields(context: CommandContext, survivor: RowOutcome | undefined): string[] {
  const columns = new Set(survivor?.keptColumns)
  return entityIn(context, 'customer').fields.flatMap(({ key }) => (columns.has(columnOf(key)) ? [key] : []))
}
