import './days.css'
import { LeftOutlined, RightOutlined } from '@ant-design/icons'
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
import { Button, Segmented } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import { weekdayOf } from '../../../src-shared/kernel/zoned.ts'
import { useClock } from '../../kernel/context.tsx'
import { businessDateOf, formatDate, formatNumber } from '../../kernel/format.ts'
import { isIn, monthOf } from '../../kernel/months.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { IconButton } from '../page.tsx'
import { LoadFailed, SkeletonRows } from '../states.tsx'
import { shownDays, type Span, turned } from './shownDays.ts'
import { text } from './text.ts'
import { useHeld } from './useHeld.ts'
import { type DayCard, type DayOf, daysWith, useDayMoves } from './useDayMoves.ts'

const SHOWN: Readonly<Record<Span, number>> = { month: 3, week: 40 }
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const

/** What falls on the days that are shown; `capped`: the words found more than is looked at. */
export type DaysShown<Row> = { readonly days: readonly DayOf<Row>[]; readonly capped: boolean }
export type DaysCalendarProps<Row extends { readonly id: string }> = {
  feature: string
  view: DaysView
  /** What was answered for `view.asked`. */
  asked: {
    readonly data: DaysShown<Row> | undefined
    readonly error: unknown
    readonly isPlaceholderData: boolean
    readonly refetch: () => unknown
  }
  isFree: (day: string) => boolean
  /** What a card says, the kinds that stand out, and its whole name. */
  face: (card: DayCard<Row>) => ReactNode
  title: (card: DayCard<Row>) => string
  marked?: string
  /** What more of a kind on a day is called, and where it is seen. */
  restOf?: (by: string) => string
  onRest: (by: string, day: string) => void
  openId: string | null
  onOpen: (row: Row) => void
  mayMove: (by: string) => boolean
  /** Saves it and says so. */
  move: (card: DayCard<Row>, day: string) => Promise<unknown>
}

/** Which days are shown, and what is asked for them. */
export function useDaysView() {
  const { nowMs, zone } = useClock()
  const isPhone = useIsPhone()
  const today = businessDateOf(nowMs, zone)
  const [at, onAt] = useState(today)
  const [span, onSpan] = useState<Span>(isPhone ? 'week' : 'month')
  const days = shownDays(span, at)
  return { at, onAt, span, onSpan, today, days, asked: { from: days[0] ?? at, days: days.length, limit: SHOWN[span] } }
}
type DaysView = ReturnType<typeof useDaysView>

/** Records on the days of one of their dates, by month or week; drawn to another day they are put off. */
export function DaysCalendar<Row extends { readonly id: string }>(props: DaysCalendarProps<Row>) {
  const { feature, asked, view } = props
  const { at, span, today, days } = view
  const t = useText(text)
  const isPhone = useIsPhone()
  const [dragged, setDragged] = useState<DayCard<Row> | null>(null)
  const { moves, to } = useDayMoves<Row>(props.move, feature)
  const data = useHeld(asked.data, (dragged !== null || moves.length > 0) && !asked.isPlaceholderData)
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 4 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 6 } }),
  )
  if (asked.error && !asked.data) return <LoadFailed error={asked.error} feature={feature} onRetry={() => void asked.refetch()} />
  if (!data) return <SkeletonRows rows={6} height={96} />
  const shown = daysWith(data.days, moves)
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={pointerWithin}
      onDragStart={({ active }) => setDragged(active.data.current as DayCard<Row>)}
      onDragEnd={({ active, over }) => {
        setDragged(null)
        const card = active.data.current as DayCard<Row> & { day: string }
        if (over && String(over.id) !== card.day) void to({ row: card.row, by: card.by }, String(over.id))
      }}
      onDragCancel={() => setDragged(null)}
    >
      <Head {...view} capped={data.capped} />
      <div className={`days-grid ${span}`}>
        {!isPhone &&
          WEEKDAYS.map((weekday) => (
            <div key={weekday} className="days-weekday t2 s12">
              {t(`weekday${weekday}`)}
            </div>
          ))}
        {days.map((day) => (
          <DayCell
            key={day}
            {...props}
            day={day}
            items={shown.filter((one) => one.day === day)}
            isToday={day === today}
            isOther={span === 'month' && !isIn(day, monthOf(at))}
          />
        ))}
      </div>
      <DragOverlay dropAnimation={null}>{dragged && <Face {...props} card={dragged} carried />}</DragOverlay>
    </DndContext>
  )
}

function Head({ span, at, today, capped, onSpan, onAt }: DaysView & { capped: boolean }) {
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

type DayCellProps<Row extends { readonly id: string }> = DaysCalendarProps<Row> & {
  day: string
  items: readonly DayOf<Row>[]
  isToday: boolean
  isOther: boolean
}
function DayCell<Row extends { readonly id: string }>(props: DayCellProps<Row>) {
  const { day, items, isToday, isOther, isFree, restOf, onRest } = props
  const t = useText(text)
  const clock = useClock()
  const { setNodeRef, node, isOver } = useDroppable({ id: day })
  // A phone shows a few days of a week at once: it begins with this one.
  useEffect(() => {
    if (isToday) node.current?.scrollIntoView({ block: 'nearest' })
  }, [isToday, node])
  const classes = ['days-day', isFree(day) && 'free', isOther && 'other', isToday && 'today', isOver && 'over']
  return (
    <section ref={setNodeRef} className={classes.filter(Boolean).join(' ')} data-day={day} aria-label={formatDate(day, clock)}>
      <span className="day-n num s12" aria-hidden>
        <i>{Number(day.slice(8))}</i>
        <em>{t(`weekday${weekdayOf(day) as (typeof WEEKDAYS)[number]}`)}</em>
      </span>
      {items.map(({ by, count, rows }) => (
        <div key={by} className="day-items">
          {rows.map((row) => (
            <Item key={row.id} {...props} card={{ row, by }} />
          ))}
          {count > rows.length && (
            <button type="button" className="bare tbrand s12 day-rest" onClick={() => onRest(by, day)}>
              {restOf?.(by)} {t('more', { n: formatNumber(count - rows.length) })}
            </button>
          )}
        </div>
      ))}
    </section>
  )
}

type ItemProps<Row extends { readonly id: string }> = DaysCalendarProps<Row> & { card: DayCard<Row>; day: string }
function Item<Row extends { readonly id: string }>({ day, ...props }: ItemProps<Row>) {
  const { card, marked, openId, onOpen, mayMove } = props
  const { row, by } = card
  const { setNodeRef, listeners, isDragging } = useDraggable({
    id: `${by} ${row.id}`,
    data: { row, by, day },
    disabled: !mayMove(by),
  })
  const classes = ['bare', 'day-item', by === marked && 'marked', openId === row.id && 'open', isDragging && 'gone']
  return (
    <button
      type="button"
      ref={setNodeRef}
      className={classes.filter(Boolean).join(' ')}
      data-record={row.id}
      onClick={() => onOpen(row)}
      {...listeners}
    >
      <Face {...props} />
    </button>
  )
}

type FaceProps<Row extends { readonly id: string }> = Pick<DaysCalendarProps<Row>, 'face' | 'title' | 'marked'> & {
  card: DayCard<Row>
  carried?: boolean
}
function Face<Row extends { readonly id: string }>({ face, title, marked, card, carried = false }: FaceProps<Row>) {
  const classes = ['day-face', 's12', card.by === marked && 'marked', carried && 'day-carried']
  return (
    <span className={classes.filter(Boolean).join(' ')} title={title(card)}>
      {face(card)}
    </span>
  )
}
