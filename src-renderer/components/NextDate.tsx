import { ClockCircleOutlined, CloseOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useApi, useClock } from '../kernel/context.tsx'
import { instantOfWall, partsIn, wallAt, wallOf } from '../kernel/format.ts'
import { useText } from '../kernel/text.ts'
import { quickDates, startOf } from './nextDates.ts'
import { text } from './text.ts'
import { dayText } from './values.tsx'

/** When to come back: quick dates of working days, or any. */
export function NextDate({
  value,
  onChange,
  label,
  short = false,
}: {
  value: string | null
  onChange: (value: string | null) => void
  /** What it is called where the page already says what it is for. */
  label?: string
  /** Where there is little room: the date alone. */
  short?: boolean
}) {
  const t = useText(text)
  const clock = useClock()
  const [open, setOpen] = useState(false)
  const { zone, nowMs } = clock
  const calendar = useQuery(
    useApi().calendar.get.queryOptions({ input: {}, enabled: open, staleTime: 300_000, meta: { shown: true } }),
  ).data
  const today = wallAt(nowMs, zone).slice(0, 10)
  const tomorrow = dayjs(wallAt(nowMs + 86_400_000, zone))
  const at = value ? partsIn(value, zone) : null
  return (
    <span className="next-date">
      <button type="button" className={`fbtn small ${value ? 'on' : 'dash'}`} onClick={() => setOpen(true)}>
        <ClockCircleOutlined />
        {!(short && value) && (label ?? t('nextFollowUp'))}
        {value && at && ` ${short ? `${at.month}-${at.day}` : dayText(t, value, clock)} ${at.hour}:${at.minute}`}
        {value && !short && (
          <CloseOutlined
            aria-label={t('removeNext')}
            onClick={(event) => {
              event.stopPropagation()
              onChange(null)
            }}
          />
        )}
      </button>
      <DatePicker
        className="next-date-picker"
        open={open}
        onOpenChange={setOpen}
        showTime={{ format: 'HH:mm', minuteStep: 5, defaultOpenValue: dayjs(`${today}T${startOf(calendar, today)}`) }}
        showNow={false}
        placement="bottomLeft"
        presets={quickDates(calendar, today).map(({ word, wall }) => ({ label: t(word), value: dayjs(wall) }))}
        format="YYYY-MM-DD HH:mm"
        minDate={dayjs(wallAt(nowMs, zone))}
        value={value ? dayjs(wallOf(value, zone)) : null}
        defaultPickerValue={tomorrow}
        onChange={(next) => onChange(next ? instantOfWall(next.format('YYYY-MM-DDTHH:mm'), zone) : null)}
        aria-label={t('nextFollowUp')}
      />
    </span>
  )
}
