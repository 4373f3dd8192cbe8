import { z } from 'zod'
import { command, query } from '../../kernel/procedure.ts'
import { Job } from '../jobs/model.ts'
import { DUPLICATE_FILTERS, DuplicateDetail, DuplicateGroup, DuplicateRun, DuplicateRunId } from './model.ts'

export const FIND_REFUSALS = ['alreadyRunning'] as const
export const DECIDE_REFUSALS = ['groupGone', 'notInReach'] as const

const SHOWS = ['customer', 'job'] as const
const OneGroup = z.strictObject({ runId: DuplicateRunId, n: z.number().int().min(0) })

export const duplicatesContract = {
  /** The newest result and the job that is making the next, or the one that failed to. */
  state: query('duplicates.find', ['job'])
    .input(z.strictObject({}))
    .output(z.strictObject({ last: DuplicateRun.nullable(), job: Job.nullable() })),
  /** Groups that are still open and hold somebody the caller may see; the surest first. */
  groups: query('duplicates.find', SHOWS)
    .input(
      z.strictObject({
        runId: DuplicateRunId,
        filter: z.enum(DUPLICATE_FILTERS),
        offset: z.number().int().min(0).max(5_000_000).default(0),
        limit: z.number().int().min(1).max(100).default(50),
      }),
    )
    .output(z.strictObject({ rows: z.array(DuplicateGroup), hasMore: z.boolean() })),
  /** How many groups are still open. */
  counts: query('duplicates.find', SHOWS)
    .input(z.strictObject({ runId: DuplicateRunId }))
    .output(z.strictObject({ sure: z.number().int(), maybe: z.number().int() })),
  /** One group side by side; null once it is settled. */
  group: query('duplicates.find', [...SHOWS, 'contact', 'followUp'])
    .input(OneGroup)
    .output(DuplicateDetail.nullable()),
  /** Searches the whole base, as a job. */
  find: command('duplicates.find', FIND_REFUSALS, { irreversible: 'a search changes no data' })
    .input(z.strictObject({}))
    .output(Job),
  /**
   * Remembers that one member, or with `at` null each of them, is not the same as the others: they never come together again. Of a pair
   * the caller must reach one for editing; `left` counts the pairs of which he reaches neither, which stay as they are.
   */
  notDuplicates: command('duplicates.find', DECIDE_REFUSALS)
    .input(OneGroup.extend({ at: z.number().int().min(0).nullable() }))
    .output(OneGroup.extend({ pairs: z.number().int(), left: z.number().int() })),
}
