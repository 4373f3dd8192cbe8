import { z } from 'zod'
import { isDay } from './day.ts'

/** A moment: ISO-8601 in UTC with milliseconds, as text. */
export const Instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, 'notAnInstant')
/** A day in business: YYYY-MM-DD without a zone, and one that the calendar has. */
export const BusinessDate = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, { error: 'notADate', abort: true })
  .refine(isDay, 'notADate')

export { dateIn } from './dateIn.ts'
