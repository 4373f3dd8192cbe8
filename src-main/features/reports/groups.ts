import { sql } from 'kysely'
import type { FunnelGroup } from '../../../src-shared/features/reports/model.ts'
import { plain } from '../../kernel/database.ts'
import { peopleUnder, type Staff, staffOf } from '../people/public.ts'
import { type Condition, type Ground, groupSql, isOneOf } from './ground.ts'

/** The rows of one group: exactly those that its figures count. */
export async function ofGroup(ground: Ground, group: FunnelGroup | null, key: string | null): Promise<Condition> {
  const expression = groupSql(ground, group)
  if (group === 'department') {
    const people = isOneOf(expression, peopleUnder(await staffOf(ground.db, ground.today), key))
    return key === null ? sql`(${expression} is null or ${people})` : people
  }
  return sql`${expression} is ${key}`
}

/** One line of a report before it has figures: `keys` are the values of `groupSql` that it stands for. */
export type Line = {
  readonly key: string | null
  readonly name: string | null
  readonly parent: string | null
  readonly depth: number
  readonly keys: ReadonlySet<string | null>
}

/** The lines of a grouping over the values that were found, in their order; departments as a tree, each with all below it. */
export async function linesOf(ground: Ground, group: FunnelGroup, found: readonly (string | null)[]): Promise<Line[]> {
  if (group === 'department') return departmentLines(await staffOf(ground.db, ground.today), found)
  const names = await namesOf(ground, group, found)
  const line = (key: string | null): Line => ({
    key,
    name: key === null ? null : (names?.get(key) ?? key),
    parent: null,
    depth: 0,
    keys: new Set([key]),
  })
  return [...new Set(found)].map(line)
}

/** Groups whose values are ids. */
const NAMED: Partial<Record<FunnelGroup, string>> = { person: 'employee', pipeline: 'pipeline', product: 'product' }

async function namesOf(
  { db }: Ground,
  group: FunnelGroup,
  found: readonly (string | null)[],
): Promise<Map<string, string> | null> {
  const table = NAMED[group]
  if (!table) return null
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from ${sql.table(table)} where id in (select value from json_each(${JSON.stringify(found)}))`.execute(
    plain(db),
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Departments as a tree, each with the people of all below it; last who stands in none. */
export function departmentLines({ departments, departmentOf }: Staff, found: readonly (string | null)[]): Line[] {
  const lines: Line[] = []
  const add = (parent: string | null, depth: number): Set<string | null> => {
    const all = new Set<string | null>()
    for (const { id, name } of departments.filter(({ parentId }) => parentId === parent)) {
      const own = found.filter((person) => person !== null && departmentOf.get(person) === id)
      const at = lines.length
      const keys = new Set<string | null>([...own, ...add(id, depth + 1)])
      if (keys.size > 0) lines.splice(at, 0, { key: id, name, parent, depth, keys })
      for (const key of keys) all.add(key)
    }
    return all
  }
  const placed = add(null, 0)
  const nowhere = found.filter((person) => !placed.has(person))
  if (nowhere.length > 0) lines.push({ key: null, name: null, parent: null, depth: 0, keys: new Set(nowhere) })
  return lines
}

/** What each line counts, in their order: a value counts to its own line, and in a tree to all those above it too. */
export function byLine<Part extends { readonly g: string | null }>(lines: readonly Line[], parts: readonly Part[]): Part[][] {
  const known = new Map<string | null, number[]>()
  for (const [at, { keys }] of lines.entries()) for (const key of keys) known.set(key, [...(known.get(key) ?? []), at])
  const own: Part[][] = lines.map(() => [])
  for (const part of parts) for (const at of known.get(part.g) ?? []) own[at]?.push(part)
  return own
}
