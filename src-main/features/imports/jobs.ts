import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { JobContext, JobKind } from '../../kernel/jobKinds.ts'
import { isStop } from '../../kernel/jobFailure.ts'
import type { Prepared, PrepareInput, Progress } from './prepareTask.ts'
import { runImport } from './run.ts'
import { closeCancelled, undoImportRun } from './takeBack.ts'
import type { RunOptions } from '../../kernel/workers.ts'
import { loadRun, type Run, saveRun } from './store.ts'
import { isRetyped, orRefuse } from './wizard.ts'

type Input = { importId: string; fileName: string }

/** The long parts of an import: each goes on after a kill from what is written down. */
export const importJobs = {
  'imports.prepare': {
    resumable: true,
    needs: 'imports.run',
    title: ({ fileName }: Input) => fileName,
    run: async (context: JobContext, { importId }: Input) => {
      await requireOwnJob(context, importId)
      await prepareImport(context, importId)
      return null
    },
    onCancel: async (context: JobContext, { importId }: Input) => {
      const run = await loadRun(context.technical, context.actor(), importId)
      if (run.jobId === context.id && run.state === 'preparing') await saveRun(context.technical, importId, { state: 'uploaded' })
    },
  } satisfies JobKind<Input>,

  'imports.run': {
    resumable: true,
    needs: 'imports.run',
    title: ({ fileName }: Input) => fileName,
    run: async (context: JobContext, { importId }: Input) => {
      const { state, summary } = await requireOwnJob(context, importId)
      // Somebody wanted it cancelled before it stopped: going on means taking back.
      if (state === 'cancelling') return closeCancelled(context, importId)
      // Only before the first row: what goes on after a kill or a pause has its backup.
      if (context.cursor === null) {
        await context.services.backups.ensure('beforeImport', { signal: context.signal })
        await context.save({ backedUp: true })
      }
      // What was written while it was read, and stopped before its last row was: the rest is read first.
      if (summary.alongside && !summary.plan) await readOn(context, importId)
      await runImport(context, importId)
      const { rowsRead, created, updated, skipped, failed } = await loadRun(context.db, context.actor(), importId)
      return { importId, rowsRead, created, updated, skipped, failed }
    },
    onCancel: async (context: JobContext, { importId }: Input) => {
      await requireOwnJob(context, importId)
      await closeCancelled(context, importId)
    },
  } satisfies JobKind<Input>,

  'imports.undo': {
    resumable: true,
    // Half taken back is neither the one nor the other.
    cancellable: false,
    needs: 'imports.run',
    title: ({ fileName }: Input) => fileName,
    run: async (context: JobContext, { importId }: Input) => {
      const { state } = await requireOwnJob(context, importId)
      return state === 'cancelling' ? closeCancelled(context, importId) : undoImportRun(context, importId)
    },
  } satisfies JobKind<Input>,
}

/** @throws Refusal for a job that the import has left behind: resumed from the list of jobs, it would write into a later state. */
async function requireOwnJob(context: JobContext, importId: string): Promise<Run> {
  const run = await loadRun(context.technical, context.actor(), importId)
  if (run.jobId !== context.id) throw new Refusal('alreadyRun')
  return run
}

type Preparing = Pick<JobContext, 'now' | 'actor' | 'db' | 'technical' | 'scan' | 'progress'>

/** Reads, cleans and matches in a worker; only what came out of it is written down here. */
export async function prepareImport(context: Preparing, importId: string): Promise<void> {
  const input = await whatToPrepare(context, importId)
  try {
    const onProgress = (progress: unknown) => {
      const { done, total } = progress as Progress
      context.progress(done, total)
    }
    const { rules, own, plan, asOf } = await orRefuse(
      context.scan<Prepared>('imports.prepare', input, { lane: 'long', onProgress }),
    )
    await saveRun(context.technical, importId, {
      state: 'ready',
      rowsRead: plan.rows,
      summary: { rules, own, plan, asOf, error: null },
    })
  } catch (error) {
    if (isStop(error)) throw error
    const reason = error instanceof Refusal ? error.reason : 'unexpected'
    await saveRun(context.technical, importId, { state: 'failed', summary: { error: reason } })
    throw error
  }
}

async function whatToPrepare(context: Pick<Preparing, 'actor' | 'db' | 'now'>, importId: string): Promise<PrepareInput> {
  const actor = context.actor()
  const run = await loadRun(context.db, actor, importId)
  const { mapping, summary } = run
  if (!mapping || !summary.facts) throw new Refusal('fileGone')
  return {
    id: run.id,
    entity: run.entity,
    mapping,
    options: run.options,
    actor,
    width: summary.facts.columns,
    now: context.now(),
    batchId: run.batchId,
    retyped: isRetyped(run),
    ...(summary.alongside ? { alongside: summary.alongside } : {}),
  }
}

/** The same for an import that is being written meanwhile: it goes on behind the last staged row, and the import stays what it is. */
export async function readOn(
  context: Pick<Preparing, 'actor' | 'db' | 'technical' | 'now' | 'scan'>,
  importId: string,
  options: Pick<RunOptions, 'signal' | 'onProgress'> = {},
): Promise<void> {
  const input = await whatToPrepare(context, importId)
  const { rules, own, plan } = await orRefuse(context.scan<Prepared>('imports.prepare', input, { lane: 'long', ...options }))
  await saveRun(context.technical, importId, { summary: { rules, own, plan } })
}
