import { Refusal } from '../../src-shared/kernel/refusal.ts'
import { causeOf, Forbidden } from './errors.ts'
import { JobOwnerGone, JobStopped } from './jobKinds.ts'
import type { JobRow } from './jobs.ts'
import type { Logger } from './logger.ts'
import { WorkerFault } from './workers.ts'

/** How a run that threw is written down: a reason the page has words for, and an incident number when it is our fault. */
export function failureOf(error: unknown, kind: string, log: Logger): Partial<JobRow> {
  const ended = (reason: Record<string, unknown>): Partial<JobRow> => ({
    state: 'failed',
    error: JSON.stringify(reason),
    wanted: null,
  })
  if (error instanceof Refusal) return ended({ ...error.detail, reason: error.reason })
  if (error instanceof Forbidden) return ended({ reason: 'forbidden', needs: error.needs })
  if (error instanceof JobOwnerGone) return ended({ reason: 'ownerGone' })
  const refused = refusalIn(error)
  if (refused) return ended({ reason: refused.reason })
  return ended({ reason: causeOf(error) ?? 'unexpected', incident: log.fault(error, `job ${kind}`) })
}

/** A refusal thrown inside a worker arrives as a fault that carries its name and reason. */
export function refusalIn(error: unknown): Refusal | null {
  if (!(error instanceof WorkerFault) || error.kind !== 'Refusal') return null
  const { reason, detail } = error.data as { reason: string; detail?: Record<string, unknown> }
  return new Refusal(reason, detail)
}

/** A scan that was broken off ends with an abort, here or in its worker. */
export const isStop = (error: unknown): boolean =>
  error instanceof JobStopped ||
  (error instanceof WorkerFault && (error.kind === 'DOMException' || error.kind === 'AbortError')) ||
  (error instanceof Error && error.name === 'AbortError')
