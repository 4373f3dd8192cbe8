import './record.css'
import { DownOutlined, LockOutlined, UpOutlined } from '@ant-design/icons'
import { Fragment, type ReactNode, useState } from 'react'
import { useClock } from '../kernel/context.tsx'
import { businessDateOf, type Clock, daysSince, formatInstantFull, partsIn } from '../kernel/format.ts'
import { useIsPhone } from '../kernel/screen.ts'
import { type Translate, useText } from '../kernel/text.ts'
import type { Tone } from './marks.tsx'
import { text } from './text.ts'
import { dayText } from './values.tsx'

export type TimelineEvent = {
  key: string
  at: string
  icon: ReactNode
  tone: Tone
  who: string
  what: ReactNode
  /** What was said, in a box below the line. */
  said?: ReactNode
  /** What the line only sums up; unfolded when asked for. */
  fold?: ReactNode
  /** Answers, and what stands beside them. */
  below?: ReactNode
  /** Said among colleagues: in the colour of notes, with a lock. */
  internal?: boolean
  actions?: ReactNode
}

/** What happened, by day, newest first. */
export function Timeline({ events, end }: { events: readonly TimelineEvent[]; end?: ReactNode }) {
  const t = useText(text)
  const clock = useClock()
  return (
    <div>
      {events.map((event, i) => {
        const day = businessDateOf(event.at, clock.zone)
        const before = events[i - 1]
        const after = events[i + 1]
        const isFirst = !before || businessDateOf(before.at, clock.zone) !== day
        const isLast = !after || businessDateOf(after.at, clock.zone) !== day
        return (
          <Fragment key={event.key}>
            {isFirst && (
              <div className="day">
                <span className="num">{dayHead(t, event.at, clock)}</span>
                <span className="hr grow" />
              </div>
            )}
            <EventView event={event} isLast={isLast} clock={clock} />
          </Fragment>
        )
      })}
      {end}
    </div>
  )
}

export function EventView({ event, isLast, clock }: { event: TimelineEvent; isLast: boolean; clock: Clock }) {
  const t = useText(text)
  const [isOpen, setOpen] = useState(false)
  const isPhone = useIsPhone()
  const at = partsIn(event.at, clock.zone)
  const actions = event.actions && <span className="event-actions">{event.actions}</span>
  return (
    <article className="event">
      <div className="event-rail">
        <span className={`av event-icon ${event.tone}`}>{event.icon}</span>
        {!isLast && <i />}
      </div>
      <div className="event-main">
        <div className="event-head">
          <bdi className="b event-who el" title={event.who}>
            {event.who}
          </bdi>
          <span className="t2">
            {event.internal && <LockOutlined className="event-lock" aria-label={t('internal')} />}
            {event.what}
            {event.fold && (
              <button
                type="button"
                className="bare tbrand s12 event-unfold"
                aria-expanded={isOpen}
                onClick={() => setOpen(!isOpen)}
              >
                {t(isOpen ? 'fold' : 'unfold')} {isOpen ? <UpOutlined className="tiny" /> : <DownOutlined className="tiny" />}
              </button>
            )}
          </span>
          <span className="event-time num">
            {!isPhone && actions}
            <time dateTime={event.at} title={formatInstantFull(event.at, clock.zone)}>
              {at.hour}:{at.minute}
            </time>
          </span>
        </div>
        {event.said && <div className={`event-text${event.internal ? ' internal' : ''}`}>{event.said}</div>}
        {event.fold && isOpen && <div className="event-text">{event.fold}</div>}
        {event.below}
        {isPhone && actions}
      </div>
    </article>
  )
}

function dayHead(t: Translate<keyof (typeof text)['zh-CN']>, at: string, clock: Clock): string {
  const n = daysSince(businessDateOf(at, clock.zone), clock)
  const day = dayText(t, at, clock)
  return n === 0 ? `${t('today')} · ${day}` : n === 1 ? `${t('yesterday')} · ${day}` : day
}
