import { sql } from 'kysely'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import type { CheckRow, RowMatch } from '../../../src-shared/features/imports/model.ts'
import { sortKey } from '../../../src-shared/kernel/pinyin/pinyin.ts'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import type { QueryContext } from '../../kernel/context.ts'
import { plain, type ReadDb } from '../../kernel/database.ts'
import type { Entity } from '../../../src-shared/kernel/procedure.ts'
import type { Importer } from '../../kernel/importer.ts'
import { customerReach, maskValue, mayAskBy, rowsFor } from '../../kernel/policy.ts'
import { rowsById } from '../../kernel/records/select.ts'
import { importerIn } from './registry.ts'
import type { Run } from './store.ts'

/** Of these the detail is a name of the base: of the record that the row was taken for, or of the customer it would go to. */
const NAMING = ['maybeDuplicate', 'inRecycleBin', 'id.deleted']
const NAMING_CUSTOMER = ['customer.maybe', 'customer.deleted']
/** Of these, a value of the record the row goes into. */
const TELLING = ['changedSince']

/**
 * Rows as whoever looks may see them today: a record out of his reach, because it never was in it, changed hands or belongs to
 * somebody else's import, gives away neither its number nor its name.
 */
export async function inSight(context: Looking, run: Run, checked: readonly CheckRow[]): Promise<CheckRow[]> {
  const rows = await withProblemsInSight(context, run, checked)
  const ids = rows.flatMap(({ recordId, match }) => [recordId, match?.recordId ?? null]).filter((id) => id !== null)
  if (ids.length === 0) return rows
  const found = await recordsThere(context.db, context.actor, importerIn(context.entities, run.entity), ids)
  const seen = new Set(found.map(({ id }) => id as string))
  const namesOwner = mayAskBy(context.actor, customerEntity, 'ownerId')
  return rows.map((row) => {
    const recordId = row.recordId !== null && seen.has(row.recordId) ? row.recordId : null
    const match = row.match && !namesOwner ? { ...row.match, ownerName: null } : row.match
    if (!match || match.recordId === null || seen.has(match.recordId)) return { ...row, recordId, match }
    const problems = row.problems.map((one) =>
      NAMING.includes(one.code) && one.detail !== undefined ? { ...one, detail: mask(one.detail) } : one,
    )
    return { ...row, recordId, problems, match: hidden(match) }
  })
}

/** The records as whoever looks may see them, those of the recycle bin too. */
export async function recordsThere(
  db: ReadDb,
  actor: Actor,
  importer: Importer,
  ids: readonly string[],
): Promise<Record<string, unknown>[]> {
  if (importer.there) return importer.there(db, actor, ids)
  const [entity] = importer.parts
  return entity ? rowsById(db, actor, entity, ids, { deleted: true }) : []
}

type Looking = Pick<QueryContext, 'db' | 'actor' | 'entities'>
type Problem = CheckRow['problems'][number]
const isAbout = (codes: readonly string[], { code, detail }: Problem): boolean => detail !== undefined && codes.includes(code)

/** Somebody else's, and the caller may not see every customer that it may name. */
const isStrange = (run: Run, actor: Actor): boolean => run.userId !== actor.userId && customerReach(actor, 'read') !== 'all'

/** Codes of problems whose detail is not for the caller, where nothing but the problem is at hand. */
export const hiddenFrom = (run: Run, actor: Actor): string[] => (isStrange(run, actor) ? [...NAMING, ...NAMING_CUSTOMER] : [])
export const withoutName = <P extends Pick<Problem, 'detail'>>(one: P): P =>
  one.detail === undefined ? one : { ...one, detail: mask(one.detail) }

/** A customer's name in a problem stays where whoever looks may see a customer of that name; what stands there now, where he may see the field. */
async function withProblemsInSight(context: Looking, run: Run, rows: readonly CheckRow[]): Promise<CheckRow[]> {
  const { actor } = context
  const told = rows.flatMap(({ problems }) => problems.filter((one) => isAbout([...NAMING, ...NAMING_CUSTOMER, ...TELLING], one)))
  if (told.length === 0) return [...rows]
  const names = await namesInSight(
    context,
    told.flatMap((one) => (isAbout(NAMING_CUSTOMER, one) ? [one.detail ?? ''] : [])),
  )
  const isForeign = isStrange(run, actor)
  const columns = new Map((run.mapping?.columns ?? []).map(({ index, target }) => [index, target]))
  const reads = (column: number | null): boolean => {
    const target = column === null ? null : columns.get(column)
    const entity = target && context.entities.get(target.entity as Entity)
    return !entity || mayAskBy(actor, entity, target.field)
  }
  const hides = (one: Problem): boolean =>
    (isAbout(NAMING_CUSTOMER, one) && !names.has(one.detail ?? '')) || (isForeign && isAbout(['id.deleted'], one))
  const seen = (one: Problem): Problem => {
    if (isAbout(TELLING, one) && (isForeign || !reads(one.column))) return { ...one, detail: '***' }
    return hides(one) ? { ...one, detail: mask(one.detail ?? '') } : one
  }
  return rows.map((row) => ({ ...row, problems: row.problems.map(seen) }))
}

/** Which of these names a customer bears whom the caller may see, living or not. */
async function namesInSight({ db, actor }: Looking, names: readonly string[]): Promise<ReadonlySet<string>> {
  if (names.length === 0) return new Set()
  const { rows } = await sql<{ name: string }>`
    select c.name from customer c where c.name_sort in (select value from json_each(${JSON.stringify(names.map((name) => sortKey(name)))}))
      and ${rowsFor(actor, customerEntity, 'c')}`.execute(plain(db))
  return new Set(rows.map(({ name }) => name))
}

const mask = (name: string): string => String(maskValue('text', name))
const hidden = (match: RowMatch): RowMatch => ({ ...match, recordId: null, visible: false, name: mask(match.name) })
