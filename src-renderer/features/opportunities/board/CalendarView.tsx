import './calendarView.css'
import { FlagOutlined, LeftOutlined, RightOutlined } from '@ant-design/icons'
import {
  DndContext,
  DragOverlay,
  MouseSensor,
  pointerWithin,
  TouchSensor,
  useDraggable,
  useDroppable,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { isWorkingDay } from '../../../../src-shared/features/calendar/rules.ts'
import { DAY_FIELDS, type DayField, type Days } from '../../../../src-shared/features/opportunities/board.ts'
import type { Opportunity } from '../../../../src-shared/features/opportunities/model.ts'
import type { Rule } from '../../../../src-shared/kernel/list.ts'
import { addDays, weekdayOf } from '../../../../src-shared/kernel/zoned.ts'
import { mayAskBy } from '../../../components/filter/askBy.ts'
import { IconButton } from '../../../components/page.tsx'
import { LoadFailed, SkeletonRows } from '../../../components/states.tsx'
import { fieldRightOf, useApi, useCan, useClock, useMe } from '../../../kernel/context.tsx'
import { businessDateOf, formatDate, formatMoneyShort, formatNumber, instantOfWall, partsIn } from '../../../kernel/format.ts'
import { useIsPhone } from '../../../kernel/screen.ts'
import { useText } from '../../../kernel/text.ts'
import { isIn, monthOf } from '../../calendar/public.ts'
import type { OpportunityList } from '../words.ts'
import { shownDays, type Span, turned } from './calendarDays.ts'
import { text } from './text.ts'
import { type DayCard, daysWith, useDayMoves } from './useDayMoves.ts'
import { useHeld } from './useBoard.ts'
import type { CardPlace } from './useOpenedCard.ts'

const SHOWN: Readonly<Record<Span, number>> = { month: 3, week: 40 }
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const

type CalendarViewProps = {
  list: OpportunityList
  openId: string | null
  onOpen: (row: Opportunity, place: CardPlace | null) => void
  onRows: (rules: readonly Rule[]) => void
}

/** 日历: next steps and expected ends of open ones on their days; drawn to another day they are put off. */
export function CalendarView({ list, openId, onOpen, onRows }: CalendarViewProps) {
  const t = useText(text)
  const me = useMe()
  const clock = useClock()
  const isPhone = useIsPhone()
  const today = businessDateOf(clock.nowMs, clock.zone)
  const [at, setAt] = useState(today)
  const [span, setSpan] = useState<Span>(isPhone ? 'week' : 'month')
  const [dragged, setDragged] = useState<DayCard | null>(null)
  const { moves, to } = useDayMoves()
  const days = shownDays(span, at)
  const asked = useQuery({
    ...useApi().opportunities.days.queryOptions({
      input: {
        ...list.which,
        from: days[0] ?? at,
        days: days.length,
        by: DAY_FIELDS.filter((field) => mayAskBy(me, 'opportunity', field)),
        limit: SHOWN[span],
      },
      meta: { shown: true },
    }),
    enabled: list.isAsked,
    placeholderData: keepPreviousData,
  })
  const data = useHeld(asked.data, (dragged !== null || moves.length > 0) && !asked.isPlaceholderData)
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 4 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 6 } }),
  )
  if (asked.error && !asked.data)
    return <LoadFailed error={asked.error} feature="opportunities" onRetry={() => void asked.refetch()} />
  if (!data) return <SkeletonRows rows={6} height={96} />
  const shown = daysWith(data.days, moves)
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={pointerWithin}
      onDragStart={({ active }) => setDragged(active.data.current as DayCard)}
      onDragEnd={({ active, over }) => {
        setDragged(null)
        const card = active.data.current as DayCard & { day: string }
        if (over && String(over.id) !== card.day) void to({ row: card.row, by: card.by }, String(over.id))
      }}
      onDragCancel={() => setDragged(null)}
    >
      <CalendarHead span={span} at={at} today={today} capped={data.capped} onSpan={setSpan} onAt={setAt} />
      <div className={`deal-days ${span}`}>
        {!isPhone &&
          WEEKDAYS.map((weekday) => (
            <div key={weekday} className="deal-weekday t2 s12">
              {t(`weekday${weekday}`)}
            </div>
          ))}
        {days.map((day) => (
          <DayCell
            key={day}
            day={day}
            items={shown.filter((one) => one.day === day)}
            isToday={day === today}
            isOther={span === 'month' && !isIn(day, monthOf(at))}
            openId={openId}
            onOpen={(row) => onOpen(row, null)}
            onRows={onRows}
          />
        ))}
      </div>
      <DragOverlay dropAnimation={null}>{dragged && <Face card={dragged} carried />}</DragOverlay>
    </DndContext>
  )
}

type CalendarHeadProps = {
  span: Span
  at: string
  today: string
  capped: boolean
  onSpan: (span: Span) => void
  onAt: (day: string) => void
}
function CalendarHead({ span, at, today, capped, onSpan, onAt }: CalendarHeadProps) {
  const t = useText(text)
  return (
    <div className="row g8 kind-head">
      <IconButton icon={<LeftOutlined />} title={t('previous')} onClick={() => onAt(turned(span, at, -1))} />
      <b className="s14 num">{t('month', monthOf(at))}</b>
      <IconButton icon={<RightOutlined />} title={t('next')} onClick={() => onAt(turned(span, at, 1))} />
      <Button size="small" onClick={() => onAt(today)}>
        {t('today')}
      </Button>
      <span className="grow" />
      {capped && <span className="t3 s12">{t('capped')}</span>}
      <Segmented<Span>
        size="small"
        value={span}
        onChange={onSpan}
        aria-label={t('span')}
        options={[
          { value: 'month', label: t('byMonth') },
          { value: 'week', label: t('byWeek') },
        ]}
      />
    </div>
  )
}

type DayCellProps = {
  day: string
  items: Days['days']
  isToday: boolean
  isOther: boolean
  openId: string | null
  onOpen: (row: Opportunity) => void
  onRows: CalendarViewProps['onRows']
}
function DayCell({ day, items, isToday, isOther, openId, onOpen, onRows }: DayCellProps) {
  const t = useText(text)
  const clock = useClock()
  const calendar = useQuery(useApi().calendar.get.queryOptions({ input: {}, staleTime: 600_000, meta: { shown: true } })).data
  const { setNodeRef, isOver } = useDroppable({ id: day })
  const isFree = calendar ? !isWorkingDay(calendar, day) : weekdayOf(day) > 5
  const classes = ['deal-day', isFree && 'free', isOther && 'other', isToday && 'today', isOver && 'over']
  const date = formatDate(day, clock)
  return (
    <section ref={setNodeRef} className={classes.filter(Boolean).join(' ')} data-day={day} aria-label={date}>
      <span className="deal-n num s12" aria-hidden>
        <i>{Number(day.slice(8))}</i>
        <em>{t(`weekday${weekdayOf(day) as (typeof WEEKDAYS)[number]}`)}</em>
      </span>
      {items.map(({ by, count, rows }) => (
        <div key={by} className="deal-items">
          {rows.map((row) => (
            <Item key={row.id} card={{ row, by }} day={day} isOpen={openId === row.id} onOpen={onOpen} />
          ))}
          {count > rows.length && (
            <button type="button" className="bare tbrand s12 deal-rest" onClick={() => onRows(dayRules(by, day, clock.zone))}>
              {t(by)} {t('moreOfDay', { n: formatNumber(count - rows.length) })}
            </button>
          )}
        </div>
      ))}
    </section>
  )
}

/** What falls on a day, as the list asks for it. */
function dayRules(by: DayField, day: string, zone: string): Rule[] {
  const ends = [day, addDays(day, 1)].map((one) => (by === 'nextAt' ? instantOfWall(`${one}T00:00`, zone) : one))
  return [
    { field: 'state', operator: '=', value: 'open' },
    { field: by, operator: '>=', value: ends[0] ?? null },
    { field: by, operator: '<', value: ends[1] ?? null },
  ]
}

type ItemProps = { card: DayCard; day: string; isOpen: boolean; onOpen: (row: Opportunity) => void }
function Item({ card, day, isOpen, onOpen }: ItemProps) {
  const me = useMe()
  const mayEdit = useCan('opportunities.edit') && fieldRightOf(me, 'opportunity', card.by) === 'write'
  const { setNodeRef, listeners, isDragging } = useDraggable({
    id: `${card.by} ${card.row.id}`,
    data: { ...card, day },
    disabled: !mayEdit,
  })
  return (
    <button
      type="button"
      ref={setNodeRef}
      className={`bare deal-item ${card.by}${isOpen ? ' open' : ''}${isDragging ? ' gone' : ''}`}
      data-deal={card.row.id}
      onClick={() => onOpen(card.row)}
      {...listeners}
    >
      <Face card={card} />
    </button>
  )
}

function Face({ card: { row, by }, carried = false }: { card: DayCard; carried?: boolean }) {
  const t = useText(text)
  const { zone, nowMs } = useClock()
  const isLate = by === 'nextAt' && row.nextAt !== null && Date.parse(row.nextAt) < nowMs
  const time = row.nextAt === null ? null : partsIn(row.nextAt, zone)
  return (
    <span className={`deal-face s12 ${by}${carried ? ' deal-carried' : ''}`} title={`${t(by)} · ${row.name}`}>
      {by === 'nextAt' ? (
        <span className={`num ${isLate ? 'tbad' : 't3'}`}>{time && `${time.hour}:${time.minute}`}</span>
      ) : (
        <FlagOutlined aria-label={t(by)} />
      )}
      <span className="el grow">{row.name}</span>
      {by === 'expectedOn' && row.amount !== null && <span className="num t3">{formatMoneyShort(row.amount)}</span>}
    </span>
  )
}
