import { CompiledQuery } from 'kysely'
import type { CommandContext } from '../../kernel/context.ts'
import type { Edit, Importer, RowResult, RowWrite, Values } from '../../kernel/importer.ts'
import { STEPS, type Step, stoodBefore, TAG_STEPS, type TagStep } from './since.ts'

type Returning = Extract<RowWrite, { mode: 'update' | 'fill' }> & { edit: Edit }
const isReturning = (write: RowWrite): write is Returning => write.mode !== 'create' && write.edit !== undefined

/**
 * Of rows that came back: a cell that somebody changed here since the file left, or since it was looked at, is not written over,
 * unless a person decided that the file is right.
 * @returns the rows as they are to be written, and which of them lost something.
 */
export async function settleEdits(
  context: CommandContext,
  importer: Importer,
  writes: readonly RowWrite[],
  decided: ReadonlySet<number>,
): Promise<{ writes: RowWrite[]; held: ReadonlySet<number> }> {
  const held = new Set<number>()
  const returning = writes.filter(isReturning)
  const [part] = importer.parts
  if (returning.length === 0 || !part) return { writes: [...writes], held }
  const since = Math.min(...returning.map(({ edit }) => edit.seq))
  const ids = JSON.stringify(returning.map(({ id }) => id))
  // What this very chunk writes carries its own number: one row must not hold back the next.
  const before = <Row extends { seq: number }>(rows: readonly Row[]): Row[] => rows.filter(({ seq }) => seq < context.seq)
  const steps = before(await ask<Step>(context, STEPS, [part.table, ids, since]))
  const tags = part.fields.some(({ type }) => type === 'tags')
    ? before(await ask<TagStep>(context, TAG_STEPS, [part.name, ids, since]))
    : []
  const settled = writes.map((write) => {
    if (!isReturning(write) || decided.has(write.row)) return write
    const own = steps.filter(({ rowId }) => rowId === write.id)
    const changed = new Set([...write.edit.conflicts, ...stoodBefore(part, own, write.edit.seq).keys()])
    if (tags.some(({ recordId, seq }) => recordId === write.id && seq > write.edit.seq)) changed.add('tags')
    const lost = [...changed].filter((key) => !write.edit.keep.includes(key))
    if (lost.length === 0) return write
    held.add(write.row)
    return without(write, part.name, lost)
  })
  return { writes: settled, held }
}

function without(write: Returning, entity: Importer['entity'], lost: readonly string[]): RowWrite {
  const [first, ...others] = write.parts[entity] ?? []
  const rest: Values = Object.fromEntries(Object.entries(first ?? {}).filter(([key]) => !lost.includes(key)))
  return {
    ...write,
    parts: { ...write.parts, [entity]: [rest, ...others] },
    edit: { ...write.edit, keep: [...write.edit.keep, ...lost] },
  }
}

async function ask<Row>(context: CommandContext, sql: string, parameters: readonly unknown[]): Promise<Row[]> {
  const answer = await context.tx.executeQuery(CompiledQuery.raw(sql, [...parameters]))
  return answer.rows as Row[]
}

/** What was held back is told with the row, whatever else became of it. */
export const toldHeld = (results: readonly RowResult[], held: ReadonlySet<number>): RowResult[] =>
  results.map((result) => (held.has(result.row) && result.outcome !== 'failed' ? { ...result, reason: 'changedSince' } : result))
