import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Segmented } from 'antd'
import { type RefObject, useState } from 'react'
import type { Customer, CustomerId } from '../../../src-shared/features/customers/model.ts'
import type { FollowUp } from '../../../src-shared/features/follow-ups/model.ts'
import { LoadFailed, Nothing, SkeletonRows } from '../../components/states.tsx'
import { Timeline } from '../../components/Timeline.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { holdingUp, oneLine } from './feed.ts'
import { useFollowUpEvents, WriteFollowUp } from './FollowUpEvents.tsx'
import { useChangeEvents } from './History.tsx'
import { text } from './text.ts'

const PAGE = 30
type Shown = 'all' | 'followUps' | 'changes'

/** 动态: the composer on top, then what happened, by day; follow-ups and changes of fields in one line of time. */
export function Activity({ customer, input }: { customer: Customer; input?: RefObject<HTMLTextAreaElement | null> }) {
  const t = useText(text)
  const [shown, setShown] = useState<Shown>('all')
  const mayRead = useCan('followUps.read')
  const mayWrite = useCan('followUps.write') && customer.deletedAt === null
  const followUps = useFollowUps(customer.id, mayRead)
  const said = { events: useFollowUpEvents(followUps.rows), ...followUps, feature: 'followUps' }
  const changes = { ...useChangeEvents(customer.id), feature: 'history' }
  const streams = [...(mayRead && shown !== 'changes' ? [said] : []), ...(shown !== 'followUps' ? [changes] : [])]
  const failed = streams.find(({ error }) => error)
  const events = oneLine(streams)
  const next = holdingUp(streams)
  // What stands below: a number only once it is known to be all.
  const isWhole = next.length === 0 && !streams.some(({ isPending }) => isPending)
  const count = shown === 'followUps' ? followUps.count : isWhole ? events.length : undefined
  return (
    <>
      {mayWrite && <WriteFollowUp customer={customer} {...(input && { input })} />}
      {mayRead && (
        <div className="row g8 gap-below">
          <Segmented
            size="small"
            value={shown}
            onChange={setShown}
            options={[
              { value: 'all', label: t('filterAll') },
              { value: 'followUps', label: t('filterFollowUps') },
              { value: 'changes', label: t('filterChanges') },
            ]}
          />
          <span className="grow" />
          {count !== undefined && <span className="t3 s12 num">{t('entries', { n: formatNumber(count) })}</span>}
        </div>
      )}
      {failed ? (
        <LoadFailed error={failed.error} feature={failed.feature} onRetry={failed.retry} />
      ) : streams.some(({ isPending }) => isPending) ? (
        <SkeletonRows rows={5} height={44} />
      ) : events.length === 0 ? (
        <Nothing>{t(mayRead ? 'noFollowUps' : 'hiddenFollowUps')}</Nothing>
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

type Before = Pick<FollowUp, 'happenedAt' | 'id'>

function useFollowUps(customerId: CustomerId, enabled: boolean) {
  const pages = useInfiniteQuery(
    useApi().followUps.ofCustomer.infiniteOptions({
      input: (before: Before | undefined) => ({ customerId, limit: PAGE, ...(before && { before }) }),
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
