import type { CommandContext, StagedContext } from '../../kernel/context.ts'
import { loadRun, type Patch, type Run, saveRun } from './store.ts'
import { detailOf, requireOpen } from './wizard.ts'

/** What the wizard keeps of a file is technical: written in a transaction, without a line of history. */
export const technically = <T>(context: StagedContext, work: (command: CommandContext) => Promise<T>): Promise<T> =>
  context.commit(async (command) => {
    const answer = await work(command)
    command.unchanged()
    return answer
  })

/** A step before the writing; asked again where nobody comes between, because a run may have begun while a worker was at it. */
export const whileOpen = (context: StagedContext, id: string, patch: Patch): Promise<null> =>
  technically(context, async (command) => {
    requireOpen(await loadRun(command.tx, context.actor, id))
    await saveRun(command.tx, id, patch)
    return null
  })

const last = new Map<string, Promise<unknown>>()

/**
 * Steps of one import begin when the one before has been written: each reads what the last left, asks a worker, and writes it
 * whole, and two at once would forget one of two choices.
 */
export async function inTurn<T>(id: string, step: () => Promise<T>): Promise<T> {
  const mine = (last.get(id) ?? Promise.resolve()).then(step, step)
  last.set(id, mine)
  try {
    return await mine
  } finally {
    if (last.get(id) === mine) last.delete(id)
  }
}

/** What the check found out, before rows are read in another way. */
export const NOT_PREPARED = { rules: null, own: null, plan: null, cursor: null, done: null, error: null } as const

export async function changed(context: StagedContext, run: Run, patch: Patch) {
  await whileOpen(context, run.id, patch)
  return detailOf(await loadRun(context.db, context.actor, run.id), context)
}
