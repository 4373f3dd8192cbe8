import type { CheckRow, RowMatch } from '../../../src-shared/features/imports/model.ts'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import type { QueryContext } from '../../kernel/context.ts'
import type { ReadDb } from '../../kernel/database.ts'
import type { Importer } from '../../kernel/importer.ts'
import { maskValue } from '../../kernel/policy.ts'
import { rowsById } from '../../kernel/records/select.ts'
import { importerIn } from './registry.ts'
import type { Run } from './store.ts'

const NAMING = ['maybeDuplicate', 'inRecycleBin']

/**
 * Rows as whoever looks may see them today: a record out of his reach, because it never was in it, changed hands or belongs to
 * somebody else's import, gives away neither its number nor its name.
 */
export async function inSight(
  context: Pick<QueryContext, 'db' | 'actor' | 'entities'>,
  run: Run,
  rows: readonly CheckRow[],
): Promise<CheckRow[]> {
  const ids = rows.flatMap(({ recordId, match }) => [recordId, match?.recordId ?? null]).filter((id) => id !== null)
  if (ids.length === 0) return [...rows]
  const found = await recordsThere(context.db, context.actor, importerIn(context.entities, run.entity), ids)
  const seen = new Set(found.map(({ id }) => id as string))
  return rows.map((row) => {
    const recordId = row.recordId !== null && seen.has(row.recordId) ? row.recordId : null
    const { match } = row
    if (!match || match.recordId === null || seen.has(match.recordId)) return { ...row, recordId }
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

const mask = (name: string): string => String(maskValue('text', name))
const hidden = (match: RowMatch): RowMatch => ({ ...match, recordId: null, visible: false, name: mask(match.name) })
