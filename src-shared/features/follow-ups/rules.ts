import { Refusal } from '../../kernel/refusal.ts'
import type { FOLLOW_UP_REFUSALS } from './contract.ts'

type FollowUpRefusal = (typeof FOLLOW_UP_REFUSALS)[number]
/** Clocks of two computers differ a little; ten minutes ahead is still "now". */
const TOLERANCE_MS = 10 * 60_000

/** So many stand on top of a customer's conversations: more are a list of their own. */
export const PINS_AT_MOST = 20
/** So many answers one conversation takes; they are all shown. */
export const ANSWERS_AT_MOST = 200

/** What was done lies in the past, what is planned after it. Instants are ISO UTC. */
export function requireSoundTimes(times: { happenedAt: string; nextAt: string | null; now: string }): void {
  if (Date.parse(times.happenedAt) > Date.parse(times.now) + TOLERANCE_MS) throw new Refusal<FollowUpRefusal>('inTheFuture')
  if (times.nextAt !== null && Date.parse(times.nextAt) < Date.parse(times.happenedAt))
    throw new Refusal<FollowUpRefusal>('nextBeforeNow')
}

/** Only its author changes what was said, or somebody who may edit every customer. */
export function requireAuthor(who: { employeeId: string | null; editsAll: boolean }, authorId: string | null): void {
  if (who.editsAll || (authorId !== null && authorId === who.employeeId)) return
  throw new Refusal<FollowUpRefusal>('notYours')
}
