import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { JobContext, JobKind } from '../../kernel/jobKinds.ts'
import type { Grouped } from './groupTask.ts'
import { clearGroups, clearPairs, removeRun, removeRunsBut, storeGroups, storePairs } from './results.ts'
import type { At, Walked, WalkInput } from './walkTask.ts'

/** Where to go on: after a key, or with the groups once every key has been looked through. */
type Cursor = { at: At | null; done: number; compared: number; walked: boolean }
const START: Cursor = { at: null, done: 0, compared: 0, walked: false }

/** The walk is nearly all of the work; the last hundredth stands for making groups. */
const WALK_SHARE = 0.99
const STEPS = 100
/** A walk without finds still writes down from time to time how far it is. */
const SAVE_EVERY_STEPS = 10

export const duplicateJobs = {
  'duplicates.find': {
    resumable: true,
    needs: 'duplicates.find',
    run: async (context: JobContext) => {
      const run = await context.technical.selectFrom('duplicateRun').selectAll().where('id', '=', context.id).executeTakeFirst()
      context.actor()
      // A later search has put its result in the place of this one.
      if (!run) throw new Refusal('superseded')
      // Killed after the end, before the tidying.
      if (run.state === 'done') return tidy(context, run)
      const cursor = (context.cursor as Cursor | null) ?? START
      const walked = cursor.walked ? cursor : await walk(context, cursor)
      const found = await group(context)
      await context.technical
        .updateTable('duplicateRun')
        .set({ ...found, compared: walked.compared, state: 'done', finishedAt: context.now() })
        .where('id', '=', context.id)
        .execute()
      return tidy(context, found)
    },
    onCancel: (context: JobContext) => removeRun(context.technical, context.id),
  } satisfies JobKind<null>,
}

/** Runs a task and writes down each of its reports, in their order, before it counts as over. */
async function written<Report, Output>(
  context: JobContext,
  task: { name: string; input: unknown },
  take: (report: Report) => Promise<void>,
): Promise<Output> {
  let writing: Promise<void> = Promise.resolve()
  let failed: unknown
  const onProgress = (report: unknown) => {
    writing = writing
      .then(() => (failed === undefined ? take(report as Report) : undefined))
      .catch((error: unknown) => void (failed ??= error))
  }
  const [ended] = await Promise.allSettled([context.scan<Output>(task.name, task.input, { onProgress })])
  await writing
  if (ended.status === 'rejected') throw ended.reason
  if (failed !== undefined) throw failed
  return ended.value
}

async function walk(context: JobContext, cursor: Cursor): Promise<Cursor> {
  let reached = cursor
  let steps = 0
  const input: WalkInput = { after: cursor.at, done: cursor.done }
  await written<Walked, unknown>(context, { name: 'duplicates.walk', input }, async (step) => {
    await storePairs(context.technical, context.id, step.pairs)
    reached = { at: step.at, done: step.done, compared: reached.compared + step.compared, walked: false }
    context.progress(Math.floor((step.done / Math.max(1, step.total)) * WALK_SHARE * STEPS), STEPS)
    // Whoever started it may have lost the right meanwhile.
    context.actor()
    // Pairs first, then how far: a step that is done twice finds its pairs there.
    if (step.pairs.length > 0 || ++steps % SAVE_EVERY_STEPS === 0) await context.save(reached)
  })
  reached = { ...reached, walked: true }
  await context.save(reached)
  return reached
}

/** Begun anew each time: it is short. */
async function group(context: JobContext): Promise<Found> {
  await clearGroups(context.technical, context.id)
  const found = await written<Grouped, Found>(context, { name: 'duplicates.group', input: { runId: context.id } }, (step) =>
    storeGroups(context.technical, context.id, step.from, step.groups),
  )
  await context.checkpoint()
  return found
}

type Found = { customers: number; sure: number; maybe: number }

/** The result stands; what it was made of goes, and the result before it. */
async function tidy(context: JobContext, { customers, sure, maybe }: Found): Promise<Found> {
  context.progress(STEPS, STEPS)
  await clearPairs(context.technical, context.id)
  await removeRunsBut(context.technical, context.id)
  return { customers, sure, maybe }
}
