import { z } from 'zod'
import { command, query } from '../../kernel/procedure.ts'
import { BusinessDate } from '../../kernel/time.ts'
import { Calendar, CalendarDay, DAY_KINDS, Hours } from './model.ts'

export const HOURS_REFUSALS = ['spanBackwards', 'spansOverlap'] as const
export const DAY_REFUSALS = ['noSuchDay'] as const
export const OFFICIAL_REFUSALS = ['yearUnknown'] as const

export const calendarContract = {
  /** `officialYears`: those whose public holidays the program knows and can enter. */
  get: query('signed-in', ['calendar', 'workspace'])
    .input(z.strictObject({}))
    .output(Calendar.extend({ officialYears: z.array(z.number().int()) })),
  /** Weekdays that are not named keep their hours. */
  setHours: command('settings.manage', HOURS_REFUSALS)
    .input(z.strictObject({ hours: z.array(Hours).min(1).max(7) }))
    .output(Calendar),
  setDay: command('settings.manage', DAY_REFUSALS)
    .input(
      z.strictObject({ day: BusinessDate, kind: z.enum(DAY_KINDS), name: z.string().trim().max(100).nullable().default(null) }),
    )
    .output(CalendarDay),
  removeDay: command('settings.manage', DAY_REFUSALS)
    .input(z.strictObject({ day: BusinessDate }))
    .output(z.strictObject({ day: BusinessDate })),
  /** Enters a year's public holidays and stand-in days; days that somebody entered before stay as they are. */
  loadOfficial: command('settings.manage', OFFICIAL_REFUSALS)
    .input(z.strictObject({ year: z.number().int().min(2000).max(2100) }))
    .output(z.strictObject({ added: z.number().int(), kept: z.number().int() })),
}
