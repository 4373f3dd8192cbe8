import { Tooltip } from 'antd'
import type { ReactNode } from 'react'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import { dateIn } from '../../../src-shared/kernel/time.ts'
import { Chip, type Tone } from '../../components/marks.tsx'
import { useClock } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

const DAY_MS = 86_400_000
const SHOWN_WITHIN = 30

/** Days from today until a day; less than none when it is over. */
export const daysUntil = (day: string, today: string): number => Math.round((Date.parse(day) - Date.parse(today)) / DAY_MS)
/** What is near is red; what is far off is said, and no more. */
export const dueTone = (days: number): Tone => (days <= 1 ? 'bad' : days <= 7 ? 'warn' : 'ink')

type DueProps = { customer: Pick<Customer, 'poolDueOn' | 'poolRule'>; always?: boolean; children?: ReactNode }

/** 公海倒计时: how long until a rule takes the customer; what stands there otherwise, or nothing, while that is more than a month away. */
export function DueChip({ customer, always = false, children = null }: DueProps) {
  const t = useText(text)
  const { nowMs, zone } = useClock()
  const { poolDueOn: due, poolRule: rule } = customer
  if (!due) return children
  const days = Math.max(0, daysUntil(due, dateIn(new Date(nowMs).toISOString(), zone)))
  if (days > SHOWN_WITHIN && !always) return children
  const word = days === 0 ? t('dueToday') : days === 1 ? t('dueTomorrow') : t('dueIn', { n: days })
  return (
    <Tooltip title={t('dueHint', { rule: rule ?? '', date: due })}>
      <span>
        <Chip tone={dueTone(days)}>{word}</Chip>
      </span>
    </Tooltip>
  )
}
