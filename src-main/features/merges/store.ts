import { sql } from 'kysely'
import type { CustomerId } from '../../../src-shared/features/customers/model.ts'
import type { SameContact } from '../../../src-shared/features/merges/model.ts'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import type { EntityDescriptor } from '../../../src-shared/kernel/entity.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { undoneBy } from '../../kernel/undone.ts'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'
import { ofTable } from '../../kernel/journal.ts'
import { rowsFor } from '../../kernel/policy.ts'
import { type Reference, referencesTo, repoint } from '../../kernel/references.ts'
import type { StoredRow } from '../../kernel/records/write.ts'
import { derivedColumns, soleFlags } from '../../kernel/tableList.ts'

type Db = ReadDb | WriteTx
const PROCEDURE = 'merges.merge'

export type StoredMerge = {
  seq: number
  at: string
  by: string
  survivorId: string | null
  procedure: string
  undoesSeq: number | null
  isUndone: number
}

const mergeColumns = sql`c.seq, c.at, c.actor_name as "by", c.record_id as "survivorId", c.procedure, c.undoes as "undoesSeq",
  (${undoneBy('c')}) is not null as "isUndone"`

export async function commandAt(db: Db, seq: number): Promise<StoredMerge | null> {
  const { rows } = await sql<StoredMerge>`select ${mergeColumns} from command c where c.seq = ${seq}`.execute(plain(db))
  return rows[0] ?? null
}

/** Merges that made these customers and have not been taken back, newest first. */
export async function livingMerges(db: Db, survivorIds: readonly string[]): Promise<StoredMerge[]> {
  const { rows } = await sql<StoredMerge>`
    select ${mergeColumns} from command c where c.entity = 'customer' and c.record_id in (select value from json_each(${JSON.stringify(survivorIds)}))
    and c.procedure = ${PROCEDURE} order by c.seq desc`.execute(plain(db))
  return rows.filter(({ isUndone }) => isUndone === 0)
}

/** Who gave up his place in each of these merges. */
export async function absorbedIn(db: Db, seqs: readonly number[]): Promise<Map<number, CustomerId[]>> {
  const { rows } = await sql<{ seq: number; id: CustomerId }>`
    select distinct seq, row_id as id from journal where seq in (select value from json_each(${JSON.stringify(seqs)})) and ${ofTable('customer')} and op = 'u'
    and before ->> 'merged_into_id' is null and after ->> 'merged_into_id' is not null order by id`.execute(plain(db))
  const found = new Map<number, CustomerId[]>()
  for (const { seq, id } of rows) found.set(seq, [...(found.get(seq) ?? []), id])
  return found
}

export async function namesOf(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from customer where id in (select value from json_each(${JSON.stringify(ids)}))`.execute(plain(db))
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** How many living ones of a kind that the actor sees hang on each of these customers; who has none is not among them. */
export async function countSeen(
  db: Db,
  actor: Actor,
  entity: EntityDescriptor,
  ids: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; n: number }>`
    select t.customer_id as id, count(*) as n from ${sql.table(entity.table)} t
    where t.customer_id in (select value from json_each(${JSON.stringify(ids)})) and t.deleted_at is null and ${rowsFor(actor, entity, 't')}
    group by t.customer_id`.execute(plain(db))
  return new Map(rows.map(({ id, n }) => [id, n]))
}

const SHOWN_PAIRS = 100
/** Living contacts of different customers of these with one name and one number. */
export async function sameContacts(db: Db, ids: readonly string[]): Promise<SameContact[]> {
  const theirs = sql`in (select value from json_each(${JSON.stringify(ids)}))`
  const { rows } = await sql<SameContact>`
    select a.id as "keepId", b.id as "dropId", a.name, a.phone, a.customer_id as "keepOf", b.customer_id as "dropOf"
    from contact a join contact b on b.name = a.name and b.phone = a.phone and b.customer_id <> a.customer_id
    where a.customer_id ${theirs} and b.customer_id ${theirs} and a.deleted_at is null and b.deleted_at is null and a.id < b.id
    order by a.name, a.id, b.id limit ${SHOWN_PAIRS}`.execute(plain(db))
  return rows
}

/** Decisions of the absorbed hold for the survivor, too. Not moved but added: of a pair, both ends may move one day. */
async function copyDecisions(context: CommandContext, fromIds: readonly string[], toId: string): Promise<number> {
  const list = JSON.stringify(fromIds)
  const { rows } = await sql<{ other: string }>`
    select distinct iif(first_id in (select value from json_each(${list})), second_id, first_id) as other from not_duplicate
    where (first_id in (select value from json_each(${list}))) <> (second_id in (select value from json_each(${list})))`.execute(
    context.tx,
  )
  let added = 0
  for (const { other } of rows) {
    if (other === toId) continue
    const [firstId, secondId] = other < toId ? [other, toId] : [toId, other]
    const there = await context.tx
      .selectFrom('notDuplicate')
      .select('id')
      .where('firstId', '=', firstId)
      .where('secondId', '=', secondId)
      .executeTakeFirst()
    if (there) continue
    await context.tx
      .insertInto('notDuplicate')
      .values({ id: context.newId(), firstId, secondId, createdAt: context.now(), createdBy: context.actor.userId })
      .execute()
    added++
  }
  return added
}

/** Tables whose rows name two customers are decided one by one. */
export const PAIRS: ReadonlySet<string> = new Set(['not_duplicate'])

/** Everything that hangs on the absorbed hangs on the survivor afterwards. */
export async function moveParts(
  context: CommandContext,
  fromIds: readonly string[],
  toId: string,
): Promise<Record<string, number>> {
  const references = await referencesTo(context.tx, 'customer')
  await keepOneFlag(context, fromIds, toId)
  const moved = await repoint(
    context,
    references.filter(({ table }) => !PAIRS.has(table)),
    { entity: 'customer', fromIds, toId },
  )
  const decisions = await copyDecisions(context, fromIds, toId)
  return decisions > 0 ? { ...moved, not_duplicate: decisions } : moved
}

/** Of flags that one row carries among those of a customer, the survivor's stays, else the first that comes. */
async function keepOneFlag(context: CommandContext, fromIds: readonly string[], toId: string): Promise<void> {
  for (const { table, column, within } of soleFlags) {
    if (within !== 'customer_id') continue
    const { rows } = await sql<{ id: string; customerId: string; deletedAt: string | null }>`
      select id, customer_id, deleted_at from ${sql.table(table)} where customer_id in (select value from json_each(${JSON.stringify([toId, ...fromIds])}))
      and ${sql.ref(column)} = 1 order by deleted_at is not null, customer_id <> ${toId}, id`.execute(context.tx)
    const off = rows.slice(1).filter(({ customerId }) => customerId !== toId)
    await sql`update ${sql.table(table)} set ${sql.ref(column)} = 0, updated_at = ${context.now()}, version = version + 1
      where id in (select value from json_each(${JSON.stringify(off.map(({ id }) => id))}))`.execute(context.tx)
  }
}

const FILLED = ['title', 'phone2', 'email', 'wechat', 'birthday', 'note'] as const
/** Two contacts who are one person: what was said with the one was said with the other, who fills his gaps and stays. */
export async function joinContacts(
  context: CommandContext,
  { keepId, dropId }: { keepId: string; dropId: string },
  customerIds: readonly string[],
): Promise<boolean> {
  const rows = await context.tx.selectFrom('contact').selectAll().where('id', 'in', [keepId, dropId]).execute()
  const [keep, drop] = [rows.find(({ id }) => id === keepId), rows.find(({ id }) => id === dropId)]
  if (!keep || !drop || keep === drop) return false
  const isOpen = [keep, drop].every((row) => customerIds.includes(row.customerId) && row.deletedAt === null)
  if (!isOpen || keep.name !== drop.name || keep.phone === null || keep.phone !== drop.phone) return false
  const at = context.now()
  const filled = Object.fromEntries(FILLED.flatMap((key) => (keep[key] === null && drop[key] !== null ? [[key, drop[key]]] : [])))
  const isPrimary = keep.isPrimary === 1 || drop.isPrimary === 1 ? 1 : 0
  await context.tx
    .updateTable('contact')
    .set((eb) => ({ isPrimary: 0, deletedAt: at, updatedAt: at, version: eb('version', '+', 1) }))
    .where('id', '=', dropId)
    .execute()
  await context.tx
    .updateTable('contact')
    .set((eb) => ({ ...filled, isPrimary, updatedAt: at, version: eb('version', '+', 1) }))
    .where('id', '=', keepId)
    .execute()
  await repoint(context, await referencesTo(context.tx, 'contact'), { entity: 'contact', fromIds: [dropId], toId: keepId })
  return true
}

/** The absorbed leave lists and search, and say in whose place they went. */
export async function giveUpPlace(context: CommandContext, ids: readonly string[], survivorId: string): Promise<void> {
  const at = context.now()
  await sql`update customer set merged_into_id = ${survivorId}, deleted_at = ${at}, updated_at = ${at}, version = version + 1
    where id in (select value from json_each(${JSON.stringify(ids)}))`.execute(context.tx)
}

/** Columns that repeat what rows say which have moved; the survivor counts as touched whatever he takes over. */
export async function refreshAfter(context: CommandContext, ids: readonly string[], survivorId: string): Promise<void> {
  const at = context.now()
  for (const { table, column, value } of derivedColumns)
    if (table === 'customer')
      await sql`update customer set ${sql.ref(column)} = (${sql.raw(value)}) where id in (select value from json_each(${JSON.stringify([...ids, survivorId])}))
        and ${sql.ref(column)} is not (${sql.raw(value)})`.execute(context.tx)
  await sql`update customer set updated_at = ${at}, version = version + 1 where id = ${survivorId}`.execute(context.tx)
}

/** Rows that hang on one of these by a foreign key and are not among those named: what came to them later. */
export async function hasOthers(context: CommandContext, ids: readonly string[], known: ReadonlySet<string>): Promise<boolean> {
  for (const { table, column, entityColumn, sole } of await referencesTo(context.tx, 'customer')) {
    if (entityColumn !== null || sole.length > 0) continue
    const { rows } = await sql<{ id: string }>`
      select id from ${sql.table(table)} where ${sql.ref(column)} in (select value from json_each(${JSON.stringify(ids)}))`.execute(
      context.tx,
    )
    if (rows.some(({ id }) => !known.has(`${table} ${id}`))) return true
  }
  return false
}

export const rowsOfCommand = async (context: CommandContext, seq: number): Promise<Set<string>> => {
  const { rows } = await sql<{ tbl: string; rowId: string }>`select distinct tbl, row_id from journal where seq = ${seq}`.execute(
    context.tx,
  )
  return new Set(rows.map(({ tbl, rowId }) => `${tbl} ${rowId}`))
}

/** The ways in which rows point at customers, as the journal names their columns. */
export const linkColumns = async (context: CommandContext): Promise<readonly Reference[]> => referencesTo(context.tx, 'customer')

export type MergedRow = StoredRow & { mergedIntoId: string | null }
