import { sql } from 'kysely'
import { customOver, customText, flatRow } from '../../../src-shared/kernel/custom/values.ts'
import { columnOf, type EntityDescriptor, isCustomKey } from '../../../src-shared/kernel/entity.ts'
import type { CommandContext } from '../context.ts'
import { plain, type ReadDb, type WriteTx } from '../database.ts'
import { Forbidden, NotFound } from '../errors.ts'
import { mayAskBy, requireWritable, rightFor, rowsFor, type Verb } from '../policy.ts'
import { requireUntouched } from './conflict.ts'
import { takeNumber } from './numbers.ts'
import { onTheWay } from './path.ts'
import { requireSound, withDefaults } from './sound.ts'

type Values = Record<string, unknown>
export type StoredRow = Record<string, unknown> & { id: string; version: number; deletedAt: string | null }

/** The row as it stands, unmasked, for rules to decide on; NotFound when the actor does not see it, Forbidden when he sees but may not. */
export async function loadForWrite(
  context: CommandContext,
  entity: EntityDescriptor,
  id: string,
  verb: Verb,
): Promise<StoredRow> {
  const { rows } = await sql<StoredRow & { mayDo: number }>`
    select t.*, ${rowsFor(context.actor, entity, 't', verb)} as may_do from ${sql.table(entity.table)} t
    where t.id = ${id} and ${rowsFor(context.actor, entity, 't')}`.execute(context.tx)
  const [row] = rows
  if (!row) throw new NotFound(entity.name, id)
  if (!row.mayDo) throw new Forbidden(rightFor(entity, verb))
  return flatRow(row)
}

/**
 * Rows of many ids by what the actor may do: those to write, how many are out of his reach (or nowhere), and how many are
 * already as the action would leave them. The three add up to the ids.
 */
export async function loadManyForWrite(
  context: CommandContext,
  entity: EntityDescriptor,
  ids: readonly string[],
  options: { verbs: readonly Verb[]; deleted?: boolean },
): Promise<{ rows: StoredRow[]; refused: number; settled: number }> {
  const mayDo = sql.join(
    options.verbs.map((verb) => rowsFor(context.actor, entity, 't', verb)),
    sql` and `,
  )
  const { rows } = await sql<StoredRow>`
    select t.* from ${sql.table(entity.table)} t
    where t.id in (select value from json_each(${JSON.stringify(ids)})) and ${onTheWay(rowsFor(context.actor, entity, 't'))} and ${mayDo}`.execute(
    context.tx,
  )
  const open = rows.filter((row) => (row.deletedAt !== null) === (options.deleted ?? false)).map((row) => flatRow(row))
  return { rows: open, refused: ids.length - rows.length, settled: rows.length - open.length }
}

/** Inserts with the common columns filled. Values are by model key; checked against field rights unless the program itself writes. */
export async function insertRow(
  context: CommandContext,
  entity: EntityDescriptor,
  values: Values,
  derived: Values = {},
  id = context.newId(),
): Promise<string> {
  requireWritable(context.actor, entity, given(values))
  const begun = withDefaults(context, entity, values)
  await requireSound(context, entity, { before: null, values: { ...begun, ...derived } })
  // A number that somebody brings is his own; no other is used up for it.
  const number = isGiven(begun['number']) ? null : await takeNumber(context, entity)
  const at = context.now()
  await insertInto(context.tx, entity.table, {
    ...columns(begun),
    ...derived,
    ...(number !== null && { number }),
    id,
    createdAt: at,
    updatedAt: at,
    createdBy: context.actor.userId || null,
  })
  return id
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== ''

export async function insertInto(tx: WriteTx, table: string, values: Values): Promise<void> {
  const keys = Object.keys(values).filter((key) => values[key] !== undefined)
  await sql`insert into ${sql.table(table)} (${sql.join(keys.map((key) => sql.ref(columnOf(key))))}) values (${sql.join(keys.map((key) => sql.val(values[key])))})`.execute(
    tx,
  )
}

/**
 * Writes the given fields. When the row is newer than what the editor saw, fields that nobody else touched since merge
 * silently; a field that somebody did change is Stale and nothing is written.
 * @returns false when every value already stood there.
 */
export async function updateRow(
  context: CommandContext,
  entity: EntityDescriptor,
  row: StoredRow,
  change: { values: Values; derived?: Values; seenVersion?: number },
): Promise<boolean> {
  // A value that must not be seen must not be guessed either, so writing "the same" to it is refused like any other.
  requireWritable(
    context.actor,
    entity,
    given(change.values).filter((key) => !mayAskBy(context.actor, entity, key)),
  )
  const keys = writtenKeys(row, change.values)
  if (keys.length === 0) return false
  requireWritable(context.actor, entity, keys)
  if (change.seenVersion !== undefined && change.seenVersion !== row.version)
    await requireUntouched(context, entity, row, { keys, seenVersion: change.seenVersion, mine: change.values })
  const written = Object.fromEntries(keys.map((key) => [key, change.values[key]]))
  await requireSound(context, entity, { before: row, values: written, exceptId: row.id })
  const set: Values = {
    ...columns(written, row['custom']),
    ...change.derived,
    updatedAt: context.now(),
  }
  await sql`update ${sql.table(entity.table)} set ${sql.join(
    given(set).map((key) => sql`${sql.ref(columnOf(key))} = ${sql.val(set[key])}`),
  )}, version = version + 1 where id = ${row.id}`.execute(context.tx)
  return true
}

/** Of each row the fields that somebody changed after the version that was seen. */
export async function touchedSince(
  db: ReadDb | WriteTx,
  entity: EntityDescriptor,
  seen: readonly { id: string; version: number }[],
): Promise<Map<string, Set<string>>> {
  const found = new Map<string, Set<string>>()
  if (seen.length === 0) return found
  const { rows } = await sql<{ id: string; before: string; after: string }>`
    select j.row_id as id, j.before, j.after from json_each(${JSON.stringify(seen)}) s
    cross join journal j on j.tbl = ${entity.table} and j.row_id = s.value ->> 'id' and j.op = 'u'
    where json_extract(j.before, '$.version') >= s.value ->> 'version'`.execute(plain(db))
  for (const { id, before, after } of rows) {
    const [old, now] = [flatRow(JSON.parse(before) as Values), flatRow(JSON.parse(after) as Values)]
    const keys = found.get(id) ?? new Set<string>()
    for (const { key } of entity.fields) if (old[columnOf(key)] !== now[columnOf(key)]) keys.add(key)
    found.set(id, keys)
  }
  return found
}

/** Values by column: the added fields together are one, over what stands there. */
function columns(values: Values, stored?: unknown): Values {
  const entries = Object.entries(values)
  const own = Object.fromEntries(entries.filter(([key]) => !isCustomKey(key)))
  const added = Object.fromEntries(entries.filter(([key, value]) => isCustomKey(key) && value !== undefined))
  if (Object.keys(added).length === 0) return own
  return { ...own, custom: stored === undefined ? customText(added) : customOver(stored, added) }
}

/** The fields among `values` that say something else than what stands in the row. */
export const writtenKeys = (row: Values, values: Values): string[] => given(values).filter((key) => !same(row[key], values[key]))

const given = (values: Values): string[] => Object.keys(values).filter((key) => values[key] !== undefined)
const same = (stored: unknown, wanted: unknown): boolean =>
  typeof wanted === 'boolean' && typeof stored !== 'boolean' ? stored === (wanted ? 1 : 0) : (stored ?? null) === (wanted ?? null)

/** Into the recycle bin, or back out of it. */
export async function setDeleted(context: CommandContext, entity: EntityDescriptor, id: string, deleted: boolean): Promise<void> {
  const at = context.now()
  await sql`update ${sql.table(entity.table)} set deleted_at = ${deleted ? at : null}, deleted_with = null, updated_at = ${at}, version = version + 1 where id = ${id}`.execute(
    context.tx,
  )
}
