import './calendar.css'
import { CalendarOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import type { Calendar } from '../../../src-shared/features/calendar/model.ts'
import { officialDays } from '../../../src-shared/features/calendar/officialDays.ts'
import { Loaded, Section, SettingsPage } from '../../components/settings/SettingsPage.tsx'
import { useApi, useCan, useClock } from '../../kernel/context.tsx'
import { businessDateOf } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { toast } from '../../kernel/toast.tsx'
import { useUndo } from '../../kernel/undoCommand.ts'
import { DayEditor } from './DayEditor.tsx'
import { monthOf } from '../../kernel/months.ts'
import { countKinds } from './days.ts'
import { HoursEditor } from './HoursEditor.tsx'
import { MonthView } from './MonthView.tsx'
import { text } from './text.ts'

/** 工作日历: when people are at work; holidays and the days that stand in for them. */
export function CalendarPage() {
  const t = useText(text)
  const mayChange = useCan('settings.manage')
  const calendar = useQuery(useApi().calendar.get.queryOptions({ input: {}, meta: { shown: true } }))
  return (
    <SettingsPage title={t('title')} note={t(mayChange ? 'note' : 'readOnly')}>
      <Loaded query={calendar} feature="calendar" rows={10} height={40}>
        {(data) => (
          <div className="calendar-cols">
            <Days calendar={data} officialYears={data.officialYears} />
            <HoursEditor calendar={data} />
          </div>
        )}
      </Loaded>
    </SettingsPage>
  )
}

function Days({ calendar, officialYears }: { calendar: Calendar; officialYears: readonly number[] }) {
  const t = useText(text)
  const clock = useClock()
  const today = businessDateOf(clock.nowMs, clock.zone)
  const [picked, setPicked] = useState(today)
  const [month, setMonth] = useState(() => monthOf(today))
  const { year } = month
  const { off, work } = countKinds(calendar.days, year)
  return (
    <Section
      title={t('yearSum', { year, off, work })}
      actions={<LoadOfficial calendar={calendar} year={year} known={officialYears.includes(year)} />}
    >
      <div className="set-lined">
        <MonthView calendar={calendar} month={month} today={today} picked={picked} onMonth={setMonth} onPick={setPicked} />
        <DayEditor calendar={calendar} day={picked} />
        {!officialYears.includes(year) && <div className="t3 s12 calendar-unknown">{t('unknownYear', { year })}</div>}
      </div>
    </Section>
  )
}

/** Enters what the State Council announced, as long as days of it are missing. */
function LoadOfficial({ calendar, year, known }: { calendar: Calendar; year: number; known: boolean }) {
  const t = useText(text)
  const undo = useUndo()
  const mayChange = useCan('settings.manage')
  const there = new Set(calendar.days.map((one) => one.day as string))
  const missing = known ? officialDays(year).filter((one) => !there.has(one.day)).length : 0
  const load = useMutation(
    useApi().calendar.loadOfficial.mutationOptions({
      onSuccess: ({ added, kept }) => {
        const said = t(kept > 0 ? 'loadedKept' : 'loaded', { added, kept })
        if (added > 0) undo.say(said, { procedure: 'calendar.loadOfficial' })
        else toast(said)
      },
    }),
  )
  if (!mayChange || missing === 0) return null
  return (
    <Button size="small" icon={<CalendarOutlined />} loading={load.isPending} onClick={() => load.mutate({ year })}>
      {t('loadOfficial', { year, n: missing })}
    </Button>
  )
}
