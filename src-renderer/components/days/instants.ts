import type { Rule } from '../../../src-shared/kernel/list.ts'
import { addDays } from '../../../src-shared/kernel/zoned.ts'
import { instantOfWall, wallOf } from '../../kernel/format.ts'

/** A moment on another day: its hour stays. In: an instant (UTC), a business date, the workspace's zone. */
export const onDay = (at: string, day: string, zone: string): string =>
  instantOfWall(`${day}T${wallOf(at, zone).slice(11)}`, zone)

/** What falls on a business day, as a list asks for it. */
export function rulesOfDay(field: string, day: string, type: 'date' | 'instant', zone: string): Rule[] {
  const beginOf = (one: string) => (type === 'instant' ? instantOfWall(`${one}T00:00`, zone) : one)
  return [
    { field, operator: '>=', value: beginOf(day) },
    { field, operator: '<', value: beginOf(addDays(day, 1)) },
  ]
}
