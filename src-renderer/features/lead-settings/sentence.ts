import type { LeadRule } from '../../../src-shared/features/lead-settings/model.ts'
import { listed, type Translate } from '../../kernel/text.ts'
import type { SettingWord } from './text.ts'

type T = Translate<SettingWord>
export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const
export const dayWord = (t: T, day: number): string => t(`day${day as (typeof WEEKDAYS)[number]}`)

/** A rule as one would say it. `sourceName`: of an id. */
export function sentenceOf(t: T, rule: LeadRule, sourceName: (id: string) => string): string {
  const { sources, places, method, members, hours } = rule
  const which = [
    ...(sources.length > 0 ? [t('say.source', { list: listed(sources.map(sourceName)) })] : []),
    ...(places.length > 0 ? [t('say.place', { list: listed(places) })] : []),
  ]
  const people = listed(members.map(({ name, left }) => (left ? t('left', { name }) : name)))
  const at = hours && { days: listed(hours.weekdays.map((day) => dayWord(t, day))), from: hours.from, to: hours.to }
  return t('say.lead', {
    which: which.length > 0 ? which.join(t('and')) : t('say.any'),
    how: t(`say.${method}`, { people }),
    hours: at ? t('say.hours', at) : t('say.always'),
  })
}
