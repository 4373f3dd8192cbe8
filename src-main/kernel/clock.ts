import { dateIn } from '../../src-shared/kernel/time.ts'
import { ulid } from './ids.ts'
import type { Services } from './services.ts'

/** The machine's own clock and ids; tests bring theirs. */
export const systemNow = (): string => new Date().toISOString()
export const systemId = (): string => ulid(Date.now())

/** The day of a call, `YYYY-MM-DD` in the zone of the workspace. */
export const todayOf = ({
  now,
  services,
}: {
  readonly now: () => string
  readonly services: Pick<Services, 'timeZone'>
}): string => dateIn(now(), services.timeZone())
