import { PushpinFilled } from '@ant-design/icons'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Button, Segmented } from 'antd'
import { type RefObject, useState } from 'react'
import { isOpenTo } from '../../../src-shared/features/customers/may.ts'
import type { Customer, CustomerId } from '../../../src-shared/features/customers/model.ts'
import type { FollowUp } from '../../../src-shared/features/follow-ups/model.ts'
import { Picker } from '../../components/Picker.tsx'
import { LoadFailed, Nothing, SkeletonRows } from '../../components/states.tsx'
import { EventView, Timeline } from '../../components/Timeline.tsx'
import { useApi, useCan, useClock } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { useFileEvents } from './FileEvents.tsx'
import { holdingUp, oneLine } from './feed.ts'
import { useFollowUpEvents } from './FollowUpEvents.tsx'
import { type Told, useChangeEvents } from './History.tsx'
import { recordText as text } from './recordText.ts'
import { WriteFollowUp } from './WriteFollowUp.tsx'

const PAGE = 30
const SHOWN = ['all', 'followUps', 'business', 'changes'] as const
type Shown = (typeof SHOWN)[number]
const WORDS = {
  all: 'filterAll',
  followUps: 'filterFollowUps',
  business: 'filterBusiness',
  changes: 'filterChanges',
} as const
const TOLD: Record<Shown, readonly Told[]> = {
  all: ['business', 'changes'],
  followUps: [],
  business: ['business'],
  changes: ['changes'],
}

/** 动态: the composer on top, then what happened, by day; follow-ups, business and changes of fields in one line of time. */
export function Activity({ customer, input }: { customer: Customer; input?: RefObject<HTMLTextAreaElement | null> }) {
  const t = useText(text)
  const [shown, setShown] = useState<Shown>('all')
  const [person, setPerson] = useState<Person | null>(null)
  const mayRead = useCan('followUps.read')
  const mayWrite = useCan('followUps.write') && isOpenTo(customer, 'say')
  const streams = useStreams(customer, { shown, person, mayRead, mayWrite })
  const failed = streams.find(({ error }) => error)
  const events = oneLine(streams)
  const next = holdingUp(streams)
  // What stands below: a number only once it is known to be all.
  const isWhole = next.length === 0 && !streams.some(({ isPending }) => isPending)
  const count = shown === 'followUps' ? streams[0]?.count : isWhole ? events.length : undefined
  const isNarrowed = shown !== 'all' || person !== null
  return (
    <>
      {mayWrite && <WriteFollowUp customerId={customer.id} {...(input && { input })} />}
      {mayRead && (
        <div className="row g8 gap-below wrap">
          <Segmented
            size="small"
            value={shown}
            onChange={setShown}
            options={SHOWN.map((value) => ({ value, label: t(WORDS[value]) }))}
          />
          <People customer={customer} person={person} onChange={setPerson} />
          <span className="grow" />
          {count !== undefined && <span className="t3 s12 num">{t('entries', { n: formatNumber(count) })}</span>}
        </div>
      )}
      {mayRead && !isNarrowed && <Pinned customer={customer} mayWrite={mayWrite} />}
      {failed ? (
        <LoadFailed error={failed.error} feature={failed.feature} onRetry={failed.retry} />
      ) : streams.some(({ isPending }) => isPending) ? (
        <SkeletonRows rows={5} height={44} />
      ) : events.length === 0 && next.length === 0 ? (
        <Nothing>{t(isNarrowed ? 'noneHere' : mayRead ? 'noFollowUps' : 'hiddenFollowUps')}</Nothing>
      ) : (
        <Timeline
          events={events}
          end={
            next.length > 0 && (
              <Button size="small" onClick={() => next.forEach(({ more }) => more())}>
                {t('loadMore')}
              </Button>
            )
          }
        />
      )}
    </>
  )
}

type Person = { id: string; name: string }
type Narrowed = { shown: Shown; person: Person | null; mayRead: boolean; mayWrite: boolean }

function useStreams(customer: Customer, { shown, person, mayRead, mayWrite }: Narrowed) {
  const saysIt = mayRead && (shown === 'all' || shown === 'followUps')
  const followUps = useFollowUps(customer.id, { enabled: mayRead, authorId: person?.id })
  const said = { events: useFollowUpEvents(followUps.rows, mayWrite), ...followUps, feature: 'followUps' }
  const told = TOLD[shown]
  const changes = useChangeEvents(customer.id, { told, person: person?.name ?? null })
  const files = useFileEvents(customer, person?.id ?? null)
  return [
    ...(saysIt ? [said] : []),
    ...(told.length > 0 ? [{ ...changes, feature: 'history', count: undefined }] : []),
    ...(told.includes('business') ? [files] : []),
  ]
}

type PeopleProps = { customer: Customer; person: Person | null; onChange: (person: Person | null) => void }

/** Whom the line is narrowed to: those who wrote or changed something here. */
function People({ customer, person, onChange }: PeopleProps) {
  const t = useText(text)
  const people = useQuery(useApi().followUps.people.queryOptions({ input: { customerId: customer.id }, meta: { shown: true } }))
  if (!people.data || people.data.length < 2) return null
  return (
    <Picker
      size="small"
      variant="borderless"
      className="feed-person"
      aria-label={t('everybody')}
      value={person?.id ?? ''}
      onChange={(id: string) => onChange(people.data.find((one) => one.id === id) ?? null)}
      options={[{ value: '', label: t('everybody') }, ...people.data.map(({ id, name }) => ({ value: id, label: name }))]}
      popupMatchSelectWidth={false}
      {...(people.data.length <= 8 && { showSearch: false })}
    />
  )
}

/** What somebody put on top stays there, however much is written since. */
function Pinned({ customer, mayWrite }: { customer: Customer; mayWrite: boolean }) {
  const t = useText(text)
  const clock = useClock()
  const pinned = useQuery(useApi().followUps.pinned.queryOptions({ input: { customerId: customer.id }, meta: { shown: true } }))
  const events = useFollowUpEvents(pinned.data ?? [], mayWrite, 'top')
  if (events.length === 0) return null
  return (
    <section className="pinned" aria-label={t('pinnedHead')}>
      <div className="day">
        <span>
          <PushpinFilled /> {t('pinnedHead')}
        </span>
        <span className="hr grow" />
      </div>
      {events.map((event, i) => (
        <EventView key={event.key} event={event} isLast={i === events.length - 1} clock={clock} />
      ))}
    </section>
  )
}

type Before = Pick<FollowUp, 'happenedAt' | 'id'>

function useFollowUps(customerId: CustomerId, { enabled, authorId }: { enabled: boolean; authorId: string | undefined }) {
  const pages = useInfiniteQuery(
    useApi().followUps.ofCustomer.infiniteOptions({
      input: (before: Before | undefined) => ({
        customerId,
        limit: PAGE,
        ...(authorId !== undefined && { authorId }),
        ...(before && { before }),
      }),
      initialPageParam: undefined as Before | undefined,
      getNextPageParam: ({ hasMore, rows }) => {
        const last = rows.at(-1)
        return hasMore && last ? { happenedAt: last.happenedAt, id: last.id } : undefined
      },
      enabled,
      meta: { shown: true },
    }),
  )
  return {
    rows: pages.data?.pages.flatMap((page) => page.rows) ?? [],
    count: pages.data?.pages[0]?.count,
    reached: pages.hasNextPage ? (pages.data?.pages.at(-1)?.rows.at(-1)?.happenedAt ?? null) : null,
    more: () => void pages.fetchNextPage(),
    isPending: enabled && pages.isPending,
    error: pages.data ? null : pages.error,
    retry: () => void pages.refetch(),
  }
}
