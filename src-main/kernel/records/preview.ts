import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import { mayLeaveMissing, missingFields } from '../../../src-shared/kernel/custom/rules.ts'
import { flatRow } from '../../../src-shared/kernel/custom/values.ts'
import type { EntityDescriptor } from '../../../src-shared/kernel/entity.ts'
import type { BulkPreview, Selection } from '../../../src-shared/kernel/list.ts'
import type { Entity } from '../../../src-shared/kernel/procedure.ts'
import { plain, type ReadDb } from '../database.ts'
import { type Verb, rowsFor } from '../policy.ts'
import { columnSql } from './column.ts'
import { EVERY_HIT } from './select.ts'
import { whereOf } from './where.ts'
import { writtenBy } from './sound.ts'

/** Rows of which a column is this, and the reason that is told for them; no row is of two. */
export type Stay = { readonly reason: string; readonly column: string; readonly is: string }
/** `addTags`, `removeTags`: by what tags are known by. */
export type PreviewInput = {
  actor: Actor
  entity: Entity
  selection: Selection
  verbs: readonly Verb[]
  values: Readonly<Record<string, unknown>>
  addTags: readonly string[]
  removeTags: readonly string[]
  /** What stays as it is for another reason than rights. */
  stays?: readonly Stay[]
  /** Rows that would change and are none of these are counted by themselves. */
  without?: { readonly levels?: readonly string[] | undefined; readonly statuses?: readonly string[] | undefined }
}
type Condition = RawBuilder<SqlBool>
const all = (parts: readonly Condition[]): Condition =>
  parts.length === 0 ? sql<SqlBool>`1 = 1` : sql<SqlBool>`${sql.join(parts, sql` and `)}`

/** The same by a condition on the row `t`, for who knows more of it than its columns. */
type Bar = { readonly reason: string; readonly where: Condition }

/** What a bulk action would do with each row of a selection, in one count by the predicates of the write. `more`: what stays besides `stays`. */
export async function previewRows(
  db: ReadDb,
  entity: EntityDescriptor,
  input: PreviewInput,
  more: readonly Bar[] = [],
): Promise<BulkPreview & { counted?: number }> {
  const { actor, selection, verbs } = input
  const reached = all(verbs.map((verb) => rowsFor(actor, entity, 't', verb)))
  const stays = [...(input.stays ?? []).map((one) => ({ reason: one.reason, where: isStay(one) })), ...more]
  const mayDo = all([reached, ...stays.map(({ where: bar }) => sql<SqlBool>`not ${bar}`)])
  const { where, chosen } = await selected(db, actor, entity, selection)
  const { rows } = await sql<{ n: number; may: number; same: number; counted: number }>`
    select count(*) as n, coalesce(sum(may), 0) as may, coalesce(sum(may and same), 0) as same,
      coalesce(sum(may and not same and counts), 0) as counted from (
      select ${mayDo} as may, ${asWanted(entity, input)} as same, ${isCounted(input)} as counts from ${sql.table(entity.table)} t where ${where}
    )`.execute(plain(db))
  const { n = 0, may = 0, same = 0, counted = 0 } = rows[0] ?? {}
  const lacking = await countLacking(db, entity, input, all([where, mayDo, sql<SqlBool>`not ${asWanted(entity, input)}`]))
  const because = {
    ...(await countStaying(db, entity, stays, all([where, reached]))),
    ...(lacking > 0 && { requiredMissing: lacking }),
  }
  return {
    changed: may - same - lacking,
    unchanged: same,
    refused: (chosen ?? n) - may + lacking,
    ...(Object.keys(because).length > 0 && { because }),
    ...(input.without && { counted }),
  }
}

const isStay = ({ column, is }: Stay): Condition => sql<SqlBool>`(${sql.ref(`t.${column}`)} is ${is})`
async function countStaying(
  db: ReadDb,
  entity: EntityDescriptor,
  stays: readonly Bar[],
  reached: Condition,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { reason, where } of stays) {
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from ${sql.table(entity.table)} t where ${reached} and ${where}`.execute(plain(db))
    const n = rows[0]?.n ?? 0
    if (n > 0) counts[reason] = n
  }
  return counts
}

const PAGE = 2000
/** Of the rows that would change those that would lack something they must have: the write leaves them. Looked at only where values may bring it about. */
async function countLacking(
  db: ReadDb,
  entity: EntityDescriptor,
  { actor, values }: PreviewInput,
  changing: Condition,
): Promise<number> {
  if (!mayLeaveMissing(entity, values)) return 0
  let lacking = 0
  for (let after = ''; ; ) {
    const { rows } = await sql<Record<string, unknown> & { id: string }>`
      select t.* from ${sql.table(entity.table)} t where t.id > ${after} and ${changing} order by t.id limit ${PAGE}`.execute(db)
    for (const row of rows) if (missingFields(entity, writtenBy(actor, entity, flatRow(row), values)).length > 0) lacking++
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) return lacking
    after = last.id
  }
}

function isCounted({ without, values }: PreviewInput): Condition {
  if (!without) return sql<SqlBool>`0 = 1`
  const not = (key: 'level' | 'status', left: readonly string[] = []): Condition => {
    const value = values[key] === undefined ? sql.ref(`t.${key}`) : bound(values[key])
    return sql<SqlBool>`coalesce(${value}, '') not in (select value from json_each(${JSON.stringify(left)}))`
  }
  return all([not('level', without.levels), not('status', without.statuses)])
}

async function selected(
  db: ReadDb,
  actor: Actor,
  entity: EntityDescriptor,
  selection: Selection,
): Promise<{ where: Condition; chosen: number | null }> {
  if ('ids' in selection) {
    const ids = [...new Set(selection.ids)]
    const named = sql<SqlBool>`t.id in (select value from json_each(${JSON.stringify(ids)}))`
    return { where: all([named, rowsFor(actor, entity, 't')]), chosen: ids.length }
  }
  const { where } = await whereOf(db, actor, entity, selection.which, { counted: true, most: EVERY_HIT })
  if (selection.except.length === 0) return { where, chosen: null }
  return {
    where: all([where, sql<SqlBool>`t.id not in (select value from json_each(${JSON.stringify(selection.except)}))`]),
    chosen: null,
  }
}

/** Whether a row already stands as the action would leave it; one in the recycle bin is left as it is. */
function asWanted(entity: EntityDescriptor, { values, addTags, removeTags }: PreviewInput): Condition {
  const fields = entity.fields.filter(({ key }) => values[key] !== undefined)
  const gone = entity.recyclable ? sql<SqlBool>`t.deleted_at is not null` : sql<SqlBool>`0 = 1`
  const parts = [
    ...fields.map((field) => sql<SqlBool>`${columnSql('t', field)} is ${bound(values[field.key])}`),
    ...addTags.map((key) => hasTag(entity, key)),
    ...removeTags.map((key) => sql<SqlBool>`not ${hasTag(entity, key)}`),
  ]
  return parts.length === 0 ? gone : sql<SqlBool>`(${gone} or (${all(parts)}))`
}

/** Truth is kept as 0 and 1, and several options as the text of their list. */
function bound(value: unknown): RawBuilder<unknown> {
  if (typeof value === 'boolean') return sql.val(value ? 1 : 0)
  return sql.val(Array.isArray(value) ? JSON.stringify(value) : value)
}

const hasTag = (entity: EntityDescriptor, key: string): Condition => sql<SqlBool>`exists (
  select 1 from record_tag rt join tag on tag.id = rt.tag_id
  where rt.entity = ${entity.name} and rt.record_id = t.id and tag.name_key = ${key})`
