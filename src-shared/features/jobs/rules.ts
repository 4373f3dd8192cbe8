import { parseCron } from '../../kernel/cron.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { SCHEDULE_REFUSALS } from './contract.ts'
import type { JobState } from './model.ts'

const OVER: readonly JobState[] = ['done', 'failed', 'cancelled', 'interrupted']
export const isOver = (state: JobState): boolean => OVER.includes(state)

/** What may be done with a job in its state; the backend refuses the rest. */
export function choicesOf(job: {
  state: JobState
  wanted: 'pause' | 'cancel' | null
  resumable: boolean
  cancellable: boolean
}): {
  canPause: boolean
  canResume: boolean
  canCancel: boolean
} {
  const { state, wanted, resumable, cancellable } = job
  return {
    canPause: (state === 'running' || state === 'waiting') && wanted === null,
    canResume: state === 'paused' || ((state === 'failed' || state === 'interrupted') && resumable),
    canCancel: cancellable && !isOver(state) && wanted !== 'cancel',
  }
}

/** Every day at these times, as a plan. */
export function cronOfTimes(times: readonly string[]): string | null {
  const parsed = times.map((time) => /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time))
  const minutes = new Set(parsed.map((match) => match?.[2]))
  // One plan has one set of minutes for all of its hours.
  if (times.length === 0 || parsed.includes(null) || minutes.size !== 1) return null
  const hours = [...new Set(parsed.map((match) => Number(match?.[1])))].sort((a, b) => a - b)
  return `${Number(parsed[0]?.[2])} ${hours.join(',')} * * *`
}

/** The times of day of a plan that runs every day; null for any other. */
export function timesOfCron(cron: string): string[] | null {
  const match = /^(\d{1,2}) (\d{1,2}(?:,\d{1,2})*) \* \* \*$/.exec(cron)
  if (!match || !parseCron(cron)) return null
  return (match[2] ?? '').split(',').map((hour) => `${hour.padStart(2, '0')}:${(match[1] ?? '').padStart(2, '0')}`)
}

/** @throws Refusal `cronInvalid` */
export function requireCron(cron: string): void {
  if (!parseCron(cron)) throw new Refusal<(typeof SCHEDULE_REFUSALS)[number]>('cronInvalid', { cron })
}
