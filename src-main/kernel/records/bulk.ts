import { setImmediate } from 'node:timers/promises'
import type { EntityDescriptor } from '../../../src-shared/kernel/entity.ts'
import type { BulkResult, Selection } from '../../../src-shared/kernel/list.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext, StagedContext } from '../context.ts'
import { endProgress, noteProgress } from './progress.ts'
import { idsAfter } from './select.ts'
import { settledFor } from './settle.ts'

export const CHUNK = 100
/** `because`: how many of the refused were so for another reason than rights. */
export type ChunkOutcome = {
  changed: number
  refused: number
  unchanged: number
  because?: Readonly<Record<string, number>>
}
type Chunked = { entity: EntityDescriptor; selection: Selection }

/** The part under which the answer of a whole call of many chunks is remembered. */
export const WHOLE = 'whole'

/** Remembers the answer under the call's key, so that a repeated call answers as the first time although the rows moved on. */
export function rememberWhole<Result>(context: StagedContext, result: Result): Promise<Result> {
  const work = (command: CommandContext): Promise<Result> => {
    command.unchanged()
    return Promise.resolve(result)
  }
  return context.commit(work, { part: WHOLE })
}

/**
 * Walks a selection chunk by chunk under one batch id; other calls run between the chunks, and one undo takes the batch back.
 * A chunk is known by its rows, so a call repeated after a cut does what is still to do and nothing twice.
 */
export async function inChunks(
  context: StagedContext,
  options: Chunked,
  work: (command: CommandContext, ids: readonly string[]) => Promise<ChunkOutcome>,
): Promise<BulkResult> {
  const answered = context.answered<BulkResult>(WHOLE)
  if (answered) return answered
  const total = { changed: 0, refused: 0, unchanged: 0 }
  const because: Record<string, number> = {}
  // The program's own number: by a chosen one, a change would pass for part of somebody's import and go back with it.
  const { batchId } = context
  try {
    for await (const ids of chunksOf(context, options)) {
      const outcome = await context.commit((command) => work(command, ids), { batchId, part: `${ids[0]}-${ids.at(-1)}` })
      total.changed += outcome.changed
      total.refused += outcome.refused
      total.unchanged += outcome.unchanged
      for (const [reason, n] of Object.entries(outcome.because ?? {})) because[reason] = (because[reason] ?? 0) + n
      noteProgress(batchId, total.changed + total.refused + total.unchanged)
      await setImmediate()
    }
  } finally {
    endProgress(batchId)
  }
  if (total.changed + total.refused + total.unchanged === 0) throw new Refusal('nothingSelected')
  const told = Object.keys(because).length > 0 ? { because } : {}
  return rememberWhole(context, { ...total, ...told, batchId: total.changed > 0 ? batchId : null })
}

/** How many rows a selection stands for now: what the user confirmed by typing the number. */
export async function selectedCount(context: StagedContext, entity: EntityDescriptor, selection: Selection): Promise<number> {
  if ('ids' in selection) return new Set(selection.ids).size
  let found = 0
  for await (const ids of chunksOf(context, { entity, selection })) found += ids.length
  return found
}

function* inParts(ids: readonly string[]): Generator<string[]> {
  for (let start = 0; start < ids.length; start += CHUNK) yield ids.slice(start, start + CHUNK)
}

async function* chunksOf(context: StagedContext, { entity, selection }: Chunked): AsyncGenerator<string[]> {
  if ('ids' in selection) return yield* inParts([...new Set(selection.ids)])
  const except = new Set(selection.except)
  // Settled once: what a period means does not move while the chunks go by.
  const which = await settledFor(context, entity, selection.which)
  if ((which.search ?? '').trim() !== '') {
    const found = await context.scan<string[]>('records.found', { actor: context.actor, entity: entity.name, which })
    return yield* inParts(found.filter((id) => !except.has(id)))
  }
  let after = ''
  while (true) {
    const ids = await idsAfter(context.db, context.actor, entity, which, after, CHUNK, 'read')
    const last = ids.at(-1)
    if (last === undefined) return
    after = last
    const wanted = ids.filter((id) => !except.has(id))
    if (wanted.length > 0) yield wanted
  }
}
