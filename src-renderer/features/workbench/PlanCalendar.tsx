import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Button, Modal, Segmented } from 'antd'
import { type DragEvent, type ReactNode, useState } from 'react'
import { IconButton } from '../../components/page.tsx'
import { LoadFailed } from '../../components/states.tsx'
import { text as componentText } from '../../components/text.ts'
import { dayText } from '../../components/values.tsx'
import { fieldRightOf, useCan, useClock, useMe } from '../../kernel/context.tsx'
import { formatNumber, instantOfWall, wallOf } from '../../kernel/format.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { type CalendarView, daysOf, droppedAt, spanOfView, stepped, VIEWS } from './calendarDays.ts'
import { text } from './text.ts'
import { MOST, type Plan, plansIn, useMovePlan, usePlanned } from './usePlans.ts'
import type { Looking } from './useWorkbench.ts'

const HOURS = Array.from({ length: 24 }, (_, hour) => hour)
/** Drawn of a day; the rest is a number that opens the day. */
const PER_DAY = { day: MOST, week: 30, month: 4 } as const

/** The next follow-ups by day, week or month; dragging one to another day or hour moves it. */
export function PlanCalendar({ looking, onClose }: { looking: Looking; onClose: () => void }) {
  const t = useText(text)
  const isPhone = useIsPhone()
  const { today } = looking.day
  const [view, setView] = useState<CalendarView>(isPhone ? 'day' : 'week')
  const [at, setAt] = useState(today)
  const { data, error, refetch } = usePlanned(looking, spanOfView(view, at), PER_DAY[view])
  const plans = plansIn(data?.days.flatMap(({ rows }) => rows))
  return (
    <Modal open title={t('calendarTitle')} footer={null} onCancel={onClose} width={isPhone ? '100%' : 1120} destroyOnHidden>
      <Bar view={view} at={at} today={today} onView={setView} onAt={setAt} planned={data?.days[0]?.count ?? null} />
      {error && !data && <LoadFailed error={error} feature="workbench" onRetry={() => void refetch()} />}
      {view === 'day' && <DayView at={at} looking={looking} plans={plans} />}
      {view !== 'day' && (
        <GridView
          view={view}
          at={at}
          looking={looking}
          plans={plans}
          counts={new Map(data?.days.map(({ day, count }) => [day, count]))}
          onDay={(day) => (setAt(day), setView('day'))}
        />
      )}
    </Modal>
  )
}

type BarProps = {
  view: CalendarView
  at: string
  today: string
  /** How many are planned for the first day shown; null until it is known. */
  planned: number | null
  onView: (view: CalendarView) => void
  onAt: (day: string) => void
}

function Bar({ view, at, today, planned, onView, onAt }: BarProps) {
  const t = useText(text)
  const isPhone = useIsPhone()
  const all = planned ?? 0
  const isCut = view === 'day' && all > MOST
  const hint = isPhone ? '' : t('dragHint')
  return (
    <div className="row g8 wrap wb-cal-bar">
      <Segmented<CalendarView> value={view} onChange={onView} options={VIEWS.map((value) => ({ value, label: t(value) }))} />
      <IconButton icon={<LeftOutlined />} title={t('earlier')} onClick={() => onAt(stepped(view, at, -1))} />
      <b className="num">{view === 'month' ? at.slice(0, 7) : at}</b>
      <IconButton icon={<RightOutlined />} title={t('later')} onClick={() => onAt(stepped(view, at, 1))} />
      <Button size="small" onClick={() => onAt(today)}>
        {t('thisDay')}
      </Button>
      <span className="grow" />
      <span className="t3 s12">{isCut ? t('tooMany', { n: formatNumber(MOST), all: formatNumber(all) }) : hint}</span>
    </div>
  )
}

type ViewProps = { at: string; looking: Looking; plans: readonly Plan[] }

/** Somebody who may not write the field sees the plans and moves none. */
function useMay(): boolean {
  const me = useMe()
  return useCan('customers.edit') && fieldRightOf(me, 'customer', 'nextFollowUpAt') === 'write'
}

type GridProps = ViewProps & { view: CalendarView; counts: ReadonlyMap<string, number>; onDay: (day: string) => void }
function GridView({ view, at, looking, plans, counts, onDay }: GridProps) {
  const t = useText(text)
  const words = useText(componentText)
  const clock = useClock()
  const { zone, today } = looking.day
  const month = at.slice(0, 7)
  return (
    <div className={`wb-cal ${view}`}>
      {daysOf(spanOfView(view, at)).map((day) => {
        const ofDay = plans.filter((plan) => wallOf(plan.nextFollowUpAt, zone).slice(0, 10) === day)
        const count = counts.get(day) ?? 0
        const rest = count - Math.min(ofDay.length, PER_DAY[view])
        const head = dayText(words, instantOfWall(`${day}T12:00`, zone), clock)
        return (
          <DropArea
            key={day}
            plans={plans}
            to={{ day }}
            looking={looking}
            className={`wb-day${view === 'month' && !day.startsWith(month) ? ' other' : ''}`}
          >
            <button
              type="button"
              className={`bare wb-day-head s12${day === today ? ' tbrand b' : ' t3'}`}
              onClick={() => onDay(day)}
            >
              {view === 'month' ? Number(day.slice(8)) : head}
              {count > 0 && <span className="num"> · {formatNumber(count)}</span>}
            </button>
            {ofDay.slice(0, PER_DAY[view]).map((plan) => (
              <PlanChip key={plan.id} plan={plan} zone={zone} />
            ))}
            {rest > 0 && (
              <button type="button" className="bare t3 s12" onClick={() => onDay(day)}>
                {t('moreThere', { n: formatNumber(rest) })}
              </button>
            )}
          </DropArea>
        )
      })}
    </div>
  )
}

function DayView({ at, looking, plans }: ViewProps) {
  const { zone } = looking.day
  const hourOf = (plan: Plan): number => Number(wallOf(plan.nextFollowUpAt, zone).slice(11, 13))
  const first = Math.min(8, ...plans.map(hourOf))
  const last = Math.max(19, ...plans.map(hourOf))
  return (
    <div className="wb-hours">
      {HOURS.slice(first, last + 1).map((hour) => (
        <DropArea key={hour} plans={plans} to={{ day: at, hour }} looking={looking} className="wb-hour">
          <span className="t3 num s12">{`${String(hour).padStart(2, '0')}:00`}</span>
          <div className="row g6 wrap grow">
            {plans
              .filter((plan) => hourOf(plan) === hour)
              .map((plan) => (
                <PlanChip key={plan.id} plan={plan} zone={zone} />
              ))}
          </div>
        </DropArea>
      ))}
    </div>
  )
}

const CARRIED = 'text/x-kezhan-plan'

type DropProps = {
  plans: readonly Plan[]
  to: { day: string; hour?: number }
  looking: Looking
  className: string
  children: ReactNode
}
function DropArea({
  plans,
  to,
  looking: {
    day: { zone },
  },
  className,
  children,
}: DropProps) {
  const move = useMovePlan()
  const [over, setOver] = useState(false)
  const isOurs = (event: DragEvent) => event.dataTransfer.types.includes(CARRIED)
  return (
    <div
      className={`${className}${over ? ' over' : ''}`}
      data-day={to.day}
      onDragOver={(event) => {
        if (!isOurs(event)) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false)
        const plan = plans.find(({ id }) => id === event.dataTransfer.getData(CARRIED))
        if (!plan) return
        event.preventDefault()
        move(plan, instantOfWall(droppedAt(wallOf(plan.nextFollowUpAt, zone), to), zone))
      }}
    >
      {children}
    </div>
  )
}

function PlanChip({ plan, zone }: { plan: Plan; zone: string }) {
  const navigate = useNavigate()
  const may = useMay()
  const { nowMs } = useClock()
  return (
    <button
      type="button"
      className={`bare wb-plan${Date.parse(plan.nextFollowUpAt) < nowMs ? ' past' : ''}`}
      draggable={may}
      title={[plan.name, plan.ownerName].filter(Boolean).join(' · ')}
      onDragStart={(event) => event.dataTransfer.setData(CARRIED, plan.id)}
      onClick={() => void navigate({ to: `/customers/${plan.id}` })}
    >
      <span className="num t3">{wallOf(plan.nextFollowUpAt, zone).slice(11)}</span> <span className="el">{plan.name}</span>
    </button>
  )
}
