import { columnOf, type EntityDescriptor } from '../../../src-shared/kernel/entity.ts'

type Image = Readonly<Record<string, unknown>>
export type Step = { rowId: string; seq: number; before: string; after: string }
export type TagStep = { recordId: string; seq: number; op: 'i' | 'd'; name: string }

/** Changes of some records after a command, oldest first; the parameters are table, ids as JSON, number. */
export const STEPS = `select j.row_id as rowId, j.seq, j.before, j.after from journal j
  where j.tbl = ? and j.row_id in (select value from json_each(?)) and j.seq > ? and j.op = 'u' order by j.id`
/** Tags that came and went on some records after a command; the parameters are entity, ids as JSON, number. */
export const TAG_STEPS = `with given (entity, ids, since) as (select ?, ?, ?)
  select r.record_id as recordId, j.seq, 'i' as op, t.name from given g join record_tag r on r.entity = g.entity and r.record_id in (select value from json_each(g.ids))
    join journal j on j.tbl = 'record_tag' and j.row_id = r.id and j.op = 'i' and j.seq > g.since join tag t on t.id = r.tag_id
  union all select j.before ->> 'record_id', j.seq, 'd', t.name from given g join journal j on j.seq > g.since and j.tbl = 'record_tag' and j.op = 'd'
      and j.before ->> 'entity' = g.entity and j.before ->> 'record_id' in (select value from json_each(g.ids))
    join tag t on t.id = j.before ->> 'tag_id'`

/** What fields of a record were after command `since`, where they have changed in the meantime; by their keys. */
export function stoodBefore(entity: EntityDescriptor, steps: readonly Step[], since: number): Map<string, unknown> {
  const stood = new Map<string, unknown>()
  const last = new Map<string, unknown>()
  for (const { seq, before, after } of steps) {
    if (seq <= since) continue
    const [old, now] = [JSON.parse(before) as Image, JSON.parse(after) as Image]
    for (const field of entity.fields) {
      if (field.type === 'tags') continue
      const [a, b] = [valueOf(old, field.key), valueOf(now, field.key)]
      if (same(a, b)) continue
      if (!stood.has(field.key)) stood.set(field.key, a)
      last.set(field.key, b)
    }
  }
  for (const [key, value] of last) if (same(stood.get(key), value)) stood.delete(key)
  return stood
}

const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)

/** A field of the company stands inside one column. */
function valueOf(image: Image, key: string): unknown {
  const column = columnOf(key)
  if (column in image || typeof image['custom'] !== 'string') return image[column] ?? null
  return (JSON.parse(image['custom']) as Image)[key] ?? null
}

/** The tags a record had, from those it has and what came and went. */
export function tagsBefore(now: readonly string[], steps: readonly TagStep[], since: number): string[] | null {
  const later = steps.filter(({ seq }) => seq > since)
  if (later.length === 0) return null
  const tags = new Set(now)
  for (const { op, name } of later.toSorted((a, b) => b.seq - a.seq)) {
    if (op === 'i') tags.delete(name)
    else tags.add(name)
  }
  return [...tags].sort()
}
