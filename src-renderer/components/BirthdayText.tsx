import { birthdayShown, daysUntil } from '../../src-shared/kernel/birthday.ts'
import { useClock } from '../kernel/context.tsx'
import { businessDateOf } from '../kernel/format.ts'
import { useText } from '../kernel/text.ts'
import { text } from './text.ts'

/** Days ahead on which a birthday is pointed out. */
const SOON = 7

/** A birthday with its year or without; one that is near says so. */
export function BirthdayText({ value }: { value: string }) {
  const t = useText(text)
  const { nowMs, zone } = useClock()
  const days = daysUntil(value, businessDateOf(nowMs, zone))
  return (
    <span className="num nowrap">
      {birthdayShown(value)}
      {days <= SOON && (
        <span className="twarn s12">
          {' '}
          {days === 0 ? t('birthdayToday') : days === 1 ? t('birthdayTomorrow') : t('birthdayIn', { n: days })}
        </span>
      )}
    </span>
  )
}
