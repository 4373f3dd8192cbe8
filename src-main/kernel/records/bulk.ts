import { setImmediate } from 'node:timers/promises'
import type { EntityDescriptor } from '../../../src-shared/kernel/entity.ts'
import type { BulkResult, Selection } from '../../../src-shared/kernel/list.ts'
import type { CommandContext, StagedContext } from '../context.ts'
import type { CustomerVerb } from '../policy.ts'
import { idsAfter } from './select.ts'

export const CHUNK = 100
export type ChunkOutcome = { changed: number; refused: number; unchanged: number }

/** Walks a selection chunk by chunk under one batch id; other calls run between the chunks, and one undo takes the batch back. */
export async function inChunks(
  context: StagedContext,
  options: { entity: EntityDescriptor; selection: Selection; verb: CustomerVerb },
  work: (command: CommandContext, ids: readonly string[]) => Promise<ChunkOutcome>,
): Promise<BulkResult> {
  const total: ChunkOutcome = { changed: 0, refused: 0, unchanged: 0 }
  const batchId = context.newId()
  for await (const ids of chunksOf(context, options)) {
    const outcome = await context.commit((command) => work(command, ids), { batchId })
    total.changed += outcome.changed
    total.refused += outcome.refused
    total.unchanged += outcome.unchanged
    await setImmediate()
  }
  return { ...total, batchId: total.changed > 0 ? batchId : null }
}

async function* chunksOf(
  context: StagedContext,
  { entity, selection }: { entity: EntityDescriptor; selection: Selection; verb: CustomerVerb },
): AsyncGenerator<string[]> {
  if ('ids' in selection) {
    const ids = [...new Set(selection.ids)]
    for (let start = 0; start < ids.length; start += CHUNK) yield ids.slice(start, start + CHUNK)
    return
  }
  const except = new Set(selection.except)
  let after = ''
  while (true) {
    const ids = await idsAfter(context.db, context.actor, entity, selection.which, after, CHUNK, 'read')
    const last = ids.at(-1)
    if (last === undefined) return
    after = last
    const wanted = ids.filter((id) => !except.has(id))
    if (wanted.length > 0) yield wanted
  }
}
