import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Button, Modal, Segmented } from 'antd'
import { type DragEvent, type ReactNode, useState } from 'react'
import { IconButton } from '../../components/page.tsx'
import { text as componentText } from '../../components/text.ts'
import { dayText } from '../../components/values.tsx'
import { fieldRightOf, useCan, useClock, useMe } from '../../kernel/context.tsx'
import { formatNumber, instantOfWall, wallOf } from '../../kernel/format.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { type CalendarView, daysOf, droppedAt, spanOfView, stepped, VIEWS } from './calendarDays.ts'
import { text } from './text.ts'
import { MOST, type Plan, plansIn, useMovePlan, usePlans } from './usePlans.ts'
import type { Looking } from './useWorkbench.ts'

const HOURS = Array.from({ length: 24 }, (_, hour) => hour)
const PER_DAY = { day: MOST, week: MOST, month: 4 } as const

/** The next follow-ups by day, week or month; dragging one to another day or hour moves it. */
export function PlanCalendar({ looking, onClose }: { looking: Looking; onClose: () => void }) {
  const t = useText(text)
  const isPhone = useIsPhone()
  const { today } = looking.day
  const [view, setView] = useState<CalendarView>(isPhone ? 'day' : 'week')
  const [at, setAt] = useState(today)
  const found = usePlans(looking, spanOfView(view, at))
  const shown = view === 'day' ? <DayView at={at} looking={looking} found={found.data?.rows} /> : null
  return (
    <Modal open title={t('calendarTitle')} footer={null} onCancel={onClose} width={isPhone ? '100%' : 1120} destroyOnHidden>
      <div className="row g8 wrap wb-cal-bar">
        <Segmented<CalendarView> value={view} onChange={setView} options={VIEWS.map((value) => ({ value, label: t(value) }))} />
        <IconButton icon={<LeftOutlined />} title={t('earlier')} onClick={() => setAt(stepped(view, at, -1))} />
        <b className="num">{view === 'month' ? at.slice(0, 7) : at}</b>
        <IconButton icon={<RightOutlined />} title={t('later')} onClick={() => setAt(stepped(view, at, 1))} />
        <Button size="small" onClick={() => setAt(today)}>
          {t('thisDay')}
        </Button>
        <span className="grow" />
        <span className="t3 s12">
          {found.data?.hasMore ? t('tooMany', { n: formatNumber(MOST) }) : isPhone ? '' : t('dragHint')}
        </span>
      </div>
      {shown ?? (
        <GridView view={view} at={at} looking={looking} found={found.data?.rows} onDay={(day) => (setAt(day), setView('day'))} />
      )}
    </Modal>
  )
}

type ViewProps = { at: string; looking: Looking; found: Parameters<typeof plansIn>[0] }

/** Somebody who may not write the field sees the plans and moves none. */
function useMay(): boolean {
  const me = useMe()
  return useCan('customers.edit') && fieldRightOf(me, 'customer', 'nextFollowUpAt') === 'write'
}

function GridView({ view, at, looking, found, onDay }: ViewProps & { view: CalendarView; onDay: (day: string) => void }) {
  const t = useText(text)
  const words = useText(componentText)
  const clock = useClock()
  const { zone, today } = looking.day
  const plans = plansIn(found)
  const month = at.slice(0, 7)
  return (
    <div className={`wb-cal ${view}`}>
      {daysOf(spanOfView(view, at)).map((day) => {
        const ofDay = plans.filter((plan) => wallOf(plan.nextFollowUpAt, zone).slice(0, 10) === day)
        const rest = ofDay.length - PER_DAY[view]
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
              {ofDay.length > 0 && <span className="num"> · {ofDay.length}</span>}
            </button>
            {ofDay.slice(0, PER_DAY[view]).map((plan) => (
              <PlanChip key={plan.id} plan={plan} zone={zone} />
            ))}
            {rest > 0 && (
              <button type="button" className="bare t3 s12" onClick={() => onDay(day)}>
                {t('moreThere', { n: rest })}
              </button>
            )}
          </DropArea>
        )
      })}
    </div>
  )
}

function DayView({ at, looking, found }: ViewProps) {
  const { zone } = looking.day
  const plans = plansIn(found)
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
