import { OFFICIAL_YEARS, officialDays } from '../../../src-shared/features/calendar/officialDays.ts'
import { requireSoundHours } from '../../../src-shared/features/calendar/rules.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import { onCommand, onQuery } from '../../kernel/pipeline.ts'
import { addMissingDays, loadCalendar, writeDay, writeHours } from './store.ts'
import { renewWorkDays } from './workDays.ts'

export const calendarHandlers = {
  get: onQuery.calendar.get.handler(async ({ context }) => ({
    ...(await loadCalendar(context.db, context.services.timeZone())),
    officialYears: [...OFFICIAL_YEARS],
  })),

  setHours: onCommand.calendar.setHours.handler(async ({ input, context }) => {
    for (const hours of input.hours) requireSoundHours(hours)
    const zone = context.services.timeZone()
    const changed = await writeHours(context, input.hours, zone)
    if (changed > 0) {
      context.record({
        entity: 'calendar',
        id: '',
        action: 'hoursSet',
        detail: { weekdays: input.hours.map(({ weekday }) => weekday) },
      })
      await renewWorkDays(context.tx, zone)
    } else context.unchanged()
    return loadCalendar(context.tx, zone)
  }),

  setDay: onCommand.calendar.setDay.handler(async ({ input, context }) => {
    const { id, changed } = await writeDay(context, input)
    if (changed) {
      context.record({ entity: 'calendar', id, action: 'daySet', detail: { day: input.day } })
      await renewWorkDays(context.tx, context.services.timeZone())
    } else context.unchanged()
    return input
  }),

  removeDay: onCommand.calendar.removeDay.handler(async ({ input, context }) => {
    const known = await context.tx.selectFrom('calendarDay').select('id').where('day', '=', input.day).executeTakeFirst()
    if (!known) throw new Refusal('noSuchDay')
    await context.tx.deleteFrom('calendarDay').where('id', '=', known.id).execute()
    context.record({ entity: 'calendar', id: known.id, action: 'dayRemoved', detail: { day: input.day } })
    await renewWorkDays(context.tx, context.services.timeZone())
    return { day: input.day }
  }),

  loadOfficial: onCommand.calendar.loadOfficial.handler(async ({ input, context }) => {
    const days = officialDays(input.year)
    if (days.length === 0) throw new Refusal('yearUnknown', { year: input.year })
    const added = await addMissingDays(context, days)
    if (added > 0) {
      context.record({ entity: 'calendar', id: '', action: 'officialLoaded', detail: { year: input.year, added } })
      await renewWorkDays(context.tx, context.services.timeZone())
    } else context.unchanged()
    return { added, kept: days.length - added }
  }),
}
