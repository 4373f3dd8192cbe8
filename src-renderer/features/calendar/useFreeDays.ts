import { useQuery } from '@tanstack/react-query'
import { isWorkingDay } from '../../../src-shared/features/calendar/rules.ts'
import { weekdayOf } from '../../../src-shared/kernel/zoned.ts'
import { useApi } from '../../kernel/context.tsx'

/** Whether nobody works on a business day: by the company's calendar, and at weekends until that is known. */
export function useFreeDays(): (day: string) => boolean {
  const calendar = useQuery(useApi().calendar.get.queryOptions({ input: {}, staleTime: 600_000, meta: { shown: true } })).data
  return (day) => (calendar ? !isWorkingDay(calendar, day) : weekdayOf(day) > 5)
}
