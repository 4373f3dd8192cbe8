import { sql } from 'kysely'
import type { Dimension, DimensionLine } from '../../../src-shared/features/pipelines/model.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'
import { nameKey } from './store.ts'

type Stored = Omit<Dimension, 'archived' | 'levels'> & { archivedAt: string | null; levels: string }
/** Dimensions with their levels in their order, those put aside last. */
export async function readDimensions(db: ReadDb | WriteTx): Promise<Dimension[]> {
  const { rows } = await sql<Stored>`
    select d.id, d.name, d.weight, d.archived_at as "archivedAt", (select json_group_array(
        json_object('id', v.id, 'name', v.name, 'points', v.points, 'archived', iif(v.archived_at is null, json('false'), json('true')))
        order by v.archived_at is not null, v.position, v.id)
      from evaluation_level v where v.dimension_id = d.id) as levels
    from evaluation_dimension d order by d.archived_at is not null, d.position, d.id`.execute(plain(db))
  return rows.map(({ archivedAt, levels, ...dimension }) => ({
    ...dimension,
    archived: archivedAt !== null,
    levels: JSON.parse(levels) as Dimension['levels'],
  }))
}

type Named = { readonly id: string; readonly name: string }
/** A line without an id that is called like one that was left out is that one. */
function withIds<Line extends { readonly name: string; readonly id?: string | undefined }>(
  lines: readonly Line[],
  stands: readonly Named[],
): (Line & { id?: string | undefined })[] {
  const kept = new Set(lines.flatMap(({ id }) => id ?? []))
  return lines.map((line) => {
    if (line.id !== undefined) return line
    const old = stands.find(({ id, name }) => !kept.has(id) && nameKey(name) === nameKey(line.name))
    return old ? { ...line, id: old.id } : line
  })
}

function requireNames(lines: readonly { readonly name: string }[], refusal: 'nameTaken' | 'sameLevelName'): void {
  const seen = new Set<string>()
  for (const { name } of lines) {
    if (seen.has(nameKey(name))) throw new Refusal(refusal, { name })
    seen.add(nameKey(name))
  }
}

/**
 * The dimensions as they shall be; what is left out is put aside.
 * @returns whether anything was written. @throws Refusal nameTaken | sameLevelName | dimensionUnknown | levelUnknown
 */
export async function saveDimensions(context: CommandContext, given: readonly DimensionLine[]): Promise<boolean> {
  requireNames(given, 'nameTaken')
  const stands = await readDimensions(context.tx)
  const known = new Map<string, Dimension>(stands.map((one) => [one.id, one]))
  if (given.some(({ id }) => id !== undefined && !known.has(id))) throw new Refusal('dimensionUnknown')
  const lines = withIds(given, stands)
  const living = new Set<string>(lines.flatMap(({ id }) => id ?? []))
  let wrote = false
  for (const { id, archived } of stands)
    if (!archived && !living.has(id))
      wrote = (await write(context, 'evaluation_dimension', id, { archivedAt: context.now() })) || wrote
  for (const [position, { id, name, weight, levels }] of lines.entries()) {
    const values = { name, weight, position, archivedAt: null }
    const dimension = id === undefined ? undefined : known.get(id)
    const dimensionId = dimension?.id ?? context.newId()
    if (dimension) wrote = (await write(context, 'evaluation_dimension', dimensionId, values)) || wrote
    else {
      await insert(context, 'evaluation_dimension', { id: dimensionId, ...values })
      wrote = true
    }
    wrote = (await saveLevels(context, dimensionId, levels, dimension?.levels ?? [])) || wrote
  }
  return wrote
}

async function saveLevels(
  context: CommandContext,
  dimensionId: string,
  given: DimensionLine['levels'],
  stands: Dimension['levels'],
): Promise<boolean> {
  requireNames(given, 'sameLevelName')
  const known = new Set<string>(stands.map(({ id }) => id))
  if (given.some(({ id }) => id !== undefined && !known.has(id))) throw new Refusal('levelUnknown')
  const lines = withIds(given, stands)
  const living = new Set<string>(lines.flatMap(({ id }) => id ?? []))
  let wrote = false
  for (const { id, archived } of stands)
    if (!archived && !living.has(id))
      wrote = (await write(context, 'evaluation_level', id, { archivedAt: context.now() })) || wrote
  for (const [position, { id, name, points }] of lines.entries()) {
    const values = { name, points, position, archivedAt: null }
    if (id !== undefined) wrote = (await write(context, 'evaluation_level', id, values)) || wrote
    else {
      await insert(context, 'evaluation_level', { id: context.newId(), dimensionId, ...values })
      wrote = true
    }
  }
  return wrote
}

type Table = 'evaluation_dimension' | 'evaluation_level'
type Values = Readonly<Record<string, string | number | null>>
const columnOf = (key: string): string => key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** Only what says something else is written. @returns whether anything was. */
async function write(context: CommandContext, table: Table, id: string, values: Values): Promise<boolean> {
  const set = Object.entries(values)
  const differs = sql.join(
    set.map(([key, value]) => sql`${sql.ref(columnOf(key))} is not ${value}`),
    sql` or `,
  )
  const given = sql.join(set.map(([key, value]) => sql`${sql.ref(columnOf(key))} = ${value}`))
  const { numAffectedRows } =
    await sql`update ${sql.table(table)} set ${given}, updated_at = ${context.now()}, version = version + 1
    where id = ${id} and (${differs})`.execute(context.tx)
  return (numAffectedRows ?? 0n) > 0n
}

async function insert(context: CommandContext, table: Table, values: Values): Promise<void> {
  const at = context.now()
  const row = { ...values, createdAt: at, createdBy: context.actor.userId || null, updatedAt: at }
  const columns = sql.join(Object.keys(row).map((key) => sql.ref(columnOf(key))))
  await sql`insert into ${sql.table(table)} (${columns}) values (${sql.join(Object.values(row))})`.execute(context.tx)
}
