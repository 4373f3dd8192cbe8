import type { CalendarDay } from './model.ts'

type Break = { name: string; off: readonly [from: string, to: string]; work: readonly string[] }

/**
 * China's public holidays as the State Council’s office announced them on 2024-11-12 and on 2025-11-04.
 * A later year is added here, or by hand in the calendar, when it has been announced; nothing is guessed.
 */
const ANNOUNCED: Readonly<Record<number, readonly Break[]>> = {
  2025: [
    { name: '元旦', off: ['2025-01-01', '2025-01-01'], work: [] },
    { name: '春节', off: ['2025-01-28', '2025-02-04'], work: ['2025-01-26', '2025-02-08'] },
    { name: '清明节', off: ['2025-04-04', '2025-04-06'], work: [] },
    { name: '劳动节', off: ['2025-05-01', '2025-05-05'], work: ['2025-04-27'] },
    { name: '端午节', off: ['2025-05-31', '2025-06-02'], work: [] },
    { name: '国庆节、中秋节', off: ['2025-10-01', '2025-10-08'], work: ['2025-09-28', '2025-10-11'] },
  ],
  2026: [
    { name: '元旦', off: ['2026-01-01', '2026-01-03'], work: ['2026-01-04'] },
    { name: '春节', off: ['2026-02-15', '2026-02-23'], work: ['2026-02-14', '2026-02-28'] },
    { name: '清明节', off: ['2026-04-04', '2026-04-06'], work: [] },
    { name: '劳动节', off: ['2026-05-01', '2026-05-05'], work: ['2026-05-09'] },
    { name: '端午节', off: ['2026-06-19', '2026-06-21'], work: [] },
    { name: '中秋节', off: ['2026-09-25', '2026-09-27'], work: [] },
    { name: '国庆节', off: ['2026-10-01', '2026-10-07'], work: ['2026-09-20', '2026-10-10'] },
  ],
}

export const OFFICIAL_YEARS: readonly number[] = Object.keys(ANNOUNCED).map(Number)

/** Every announced day of a year, in order; empty for a year that is not known here. */
export function officialDays(year: number): CalendarDay[] {
  return (ANNOUNCED[year] ?? [])
    .flatMap(({ name, off: [from, to], work }) => [
      ...daysFrom(from, to).map((day) => ({ day, kind: 'holiday' as const, name })),
      ...work.map((day) => ({ day, kind: 'workday' as const, name })),
    ])
    .sort((a, b) => (a.day < b.day ? -1 : 1))
}

function daysFrom(from: string, to: string): string[] {
  const days: string[] = []
  for (let at = Date.parse(`${from}T00:00:00Z`); at <= Date.parse(`${to}T00:00:00Z`); at += 86_400_000)
    days.push(new Date(at).toISOString().slice(0, 10))
  return days
}
