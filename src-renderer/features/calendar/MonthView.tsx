import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { KeyboardEvent } from 'react'
import type { Calendar } from '../../../src-shared/features/calendar/model.ts'
import { isWorkingDay } from '../../../src-shared/features/calendar/rules.ts'
import { addDays } from '../../../src-shared/kernel/zoned.ts'
import { IconButton } from '../../components/page.tsx'
import { useText } from '../../kernel/text.ts'
import { cellsOf, isIn, type Month, monthOf, moved } from '../../kernel/months.ts'
import { text } from './text.ts'

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const
const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }

type MonthViewProps = {
  calendar: Calendar
  month: Month
  today: string
  picked: string
  onMonth: (month: Month) => void
  onPick: (day: string) => void
}

/** A month with its days off and the days that stand in for them; arrow keys walk through it. */
export function MonthView({ calendar, month, today, picked, onMonth, onPick }: MonthViewProps) {
  const t = useText(text)
  const go = (day: string) => {
    onPick(day)
    if (!isIn(day, month)) onMonth(monthOf(day))
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = STEPS[event.key]
    if (step === undefined) return
    event.preventDefault()
    const next = addDays(picked, step)
    const grid = event.currentTarget
    go(next)
    requestAnimationFrame(() => grid.querySelector<HTMLElement>(`[data-day="${next}"]`)?.focus())
  }
  const days = new Map(calendar.days.map((one) => [one.day as string, one]))
  return (
    <div>
      <div className="row g4 calendar-month">
        <IconButton icon={<LeftOutlined />} title={t('previous')} onClick={() => onMonth(moved(month, -1))} />
        <b className="s14 num">{t('month', month)}</b>
        <IconButton icon={<RightOutlined />} title={t('next')} onClick={() => onMonth(moved(month, 1))} />
        <span className="grow" />
        <Button size="small" onClick={() => go(today)}>
          {t('today')}
        </Button>
      </div>
      <div className="calendar-grid" role="group" aria-label={t('month', month)} onKeyDown={onKeyDown}>
        {WEEKDAYS.map((weekday) => (
          <div key={weekday} className="calendar-head">
            {t(`weekday${weekday}`)}
          </div>
        ))}
        {cellsOf(month).map((day) => {
          const special = days.get(day)
          const free = !isWorkingDay(calendar, day)
          const classes = [
            'bare',
            'calendar-cell',
            free && 'free',
            !isIn(day, month) && 'other',
            day === today && 'today',
            day === picked && 'on',
          ]
          return (
            <button
              type="button"
              key={day}
              data-day={day}
              className={classes.filter(Boolean).join(' ')}
              aria-pressed={day === picked}
              tabIndex={day === picked ? 0 : -1}
              onClick={() => go(day)}
            >
              <span className="row">
                <span className="calendar-n num">{Number(day.slice(8))}</span>
                <span className="grow" />
                {special && <span className={`calendar-mark ${special.kind}`}>{t(special.kind)}</span>}
              </span>
              <span className="s12 el block">{special?.name}</span>
            </button>
          )
        })}
      </div>
    </div>
  )
}
