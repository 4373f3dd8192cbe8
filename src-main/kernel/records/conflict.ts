import { sql } from 'kysely'
import type { Conflict, ConflictField, ConflictValue } from '../../../src-shared/kernel/conflict.ts'
import { flatRow } from '../../../src-shared/kernel/custom/values.ts'
import { columnOf, type EntityDescriptor, findField } from '../../../src-shared/kernel/entity.ts'
import type { CommandContext } from '../context.ts'
import { Stale } from '../errors.ts'
import { mayAskBy } from '../policy.ts'

type Values = Record<string, unknown>
type Step = { before: string; after: string; by: string; at: string }
type Seen = { keys: readonly string[]; seenVersion: number; mine: Readonly<Values> }

/**
 * Fields that somebody changed since the caller saw the row, and that read differently now, are a conflict: the error carries for
 * each what it was, what it is, what the caller wants, and whose change it was, so that the page can let him choose.
 * @throws Stale
 */
export async function requireUntouched(
  context: CommandContext,
  entity: EntityDescriptor,
  row: { id: string; version: number },
  { keys, seenVersion, mine }: Seen,
): Promise<void> {
  const { rows } = await sql<Step>`
    select j.before, j.after, c.actor_name as "by", c.at from journal j join command c on c.seq = j.seq
    where j.tbl = ${entity.table} and j.row_id = ${row.id} and j.op = 'u' and json_extract(j.before, '$.version') >= ${seenVersion} order by j.id`.execute(
    context.tx,
  )
  const steps = rows.map(({ by, at, before, after }) => ({ by, at, old: imageOf(before), now: imageOf(after) }))
  const fields = keys.flatMap((key) => conflictOf(key, steps, mine[key]))
  if (fields.length === 0) return
  // What the caller does not see he is not told either; only that something changed.
  const told = fields.filter(({ field }) => field in mine && mayAskBy(context.actor, entity, field))
  throw new Stale(entity.name, row.id, told.length === fields.length ? await asConflict(context, entity, row, told) : undefined)
}

const imageOf = (text: string): Values => flatRow(JSON.parse(text) as Values)

function conflictOf(
  key: string,
  steps: readonly { by: string; at: string; old: Values; now: Values }[],
  mine: unknown,
): ConflictField[] {
  const column = columnOf(key)
  const valueIn = (image: Values | undefined): ConflictValue => (image?.[column] ?? null) as ConflictValue
  const changes = steps.filter(({ old, now }) => valueIn(old) !== valueIn(now))
  const last = changes.at(-1)
  const [original, current] = [valueIn(changes[0]?.old), valueIn(last?.now)]
  // Changed and changed back: nobody's work would be lost.
  if (!last || original === current) return []
  return [{ field: key, type: 'text', original, current, mine: (mine ?? null) as ConflictValue, by: last.by, at: last.at }]
}

/** What is told by its name: everybody may read these. */
const NAMED: ReadonlySet<string> = new Set(['employee', 'productCategory', 'warehouse'])

async function asConflict(
  { tx }: CommandContext,
  entity: EntityDescriptor,
  { version }: { version: number },
  fields: readonly ConflictField[],
): Promise<Conflict> {
  const typed = fields.map((one) => ({ ...one, type: findField(entity, one.field)?.type ?? 'text' }))
  const named = fields.flatMap(({ field, original, current, mine }) =>
    NAMED.has(findField(entity, field)?.reference ?? '') ? [original, current, mine] : [],
  )
  const ids = JSON.stringify(named.filter((id) => typeof id === 'string'))
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from employee where id in (select value from json_each(${ids}))
    union all select id, path from product_category where id in (select value from json_each(${ids}))
    union all select id, name from warehouse where id in (select value from json_each(${ids}))`.execute(tx)
  return { version, fields: typed, names: Object.fromEntries(rows.map(({ id, name }) => [id, name])) }
}
