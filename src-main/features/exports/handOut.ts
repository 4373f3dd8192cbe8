import type { ExportDone } from '../../../src-shared/features/exports/contract.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { Entity } from '../../../src-shared/kernel/procedure.ts'
import type { StagedContext } from '../../kernel/context.ts'
import { WorkerFault } from '../../kernel/workers.ts'
import type { ReleaseExport } from './tasks.ts'

/** The part under which the answer is kept. */
const PART = 'file'
export type Written = { readonly rows: number; readonly refused: number }
type Made = {
  readonly entity: Entity
  readonly fileName: string
  /** What the history says of it beside what was written. */
  readonly detail: object
  /** Writes the file under this id. */
  readonly write: (id: string) => Promise<Written>
}

/**
 * Writes a file on the host and the entry in the history with it; only what stands there may leave.
 * @throws Refusal nothingToExport and what the writing refuses
 */
export async function handOut(context: StagedContext, made: () => Promise<Made>): Promise<ExportDone> {
  // A repeated key hands out the file of the first time: another one would leave without an entry of its own.
  const before = context.answered<ExportDone>(PART)
  if (before) return before
  const id = context.newId()
  const { entity, fileName, detail, write } = await made()
  const written = await write(id).catch(asRefusal)
  const done = await context.commit(
    (command): Promise<ExportDone> => {
      command.record({ entity, id: '', action: 'exported', detail: { ...written, ...detail, fileName } })
      return Promise.resolve({ id, fileName, rows: written.rows, refused: written.refused })
    },
    { part: PART },
  )
  // Of two calls under one key, the second has written for nothing.
  if (done.id === id) {
    const at = Date.parse(context.now())
    const release: ReleaseExport = { id, ticket: { userId: context.actor.userId, fileName, at } }
    await context.scan('exports.release', release).catch(asRefusal)
  }
  return done
}

/** What a rule said in the worker is said again here; everything else stays a fault. */
export function asRefusal(error: unknown): never {
  if (error instanceof WorkerFault && error.kind === 'Refusal')
    throw new Refusal(error.message, error.data['detail'] as Record<string, unknown> | undefined)
  throw error
}
