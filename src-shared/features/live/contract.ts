import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { LiveChange } from '../../kernel/live.ts'
import { query } from '../../kernel/procedure.ts'

export { LiveChange }

export const liveContract = {
  /** Follows every commit; `since` = last sequence number seen, to catch up after a cut. */
  changes: query('signed-in', [])
    .input(z.strictObject({ since: z.number().int().optional() }))
    .output(eventIterator(LiveChange)),
}
