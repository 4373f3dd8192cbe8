import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Segmented } from 'antd'
import { type RefObject, useState } from 'react'
import type { Customer, CustomerId } from '../../../src-shared/features/customers/model.ts'
import { LoadFailed, Nothing, SkeletonRows } from '../../components/states.tsx'
import { Timeline, type TimelineEvent } from '../../components/Timeline.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
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
  const said = useFollowUpEvents(followUps.rows)
  const changes = useChangeEvents(customer.id)
  const events = [
    ...(shown === 'changes' ? [] : said),
    ...(shown === 'followUps' ? [] : within(changes, said, followUps.hasMore)),
  ].sort((a, b) => b.at.localeCompare(a.at))
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
          {followUps.count !== undefined && shown !== 'changes' && (
            <span className="t3 s12 num">{t('entries', { n: formatNumber(followUps.count) })}</span>
          )}
        </div>
      )}
      {followUps.error ? (
        <LoadFailed error={followUps.error} feature="followUps" onRetry={followUps.retry} />
      ) : followUps.isPending ? (
        <SkeletonRows rows={5} height={44} />
      ) : events.length === 0 ? (
        <Nothing>{t(mayRead ? 'noFollowUps' : 'hiddenFollowUps')}</Nothing>
      ) : (
        <Timeline
          events={events}
          end={
            followUps.hasMore && (
              <Button size="small" onClick={followUps.more}>
                {t('loadMore')}
              </Button>
            )
          }
        />
      )}
    </>
  )
}

/** While older follow-ups are still to be loaded, older changes wait with them: a line of time has no holes. */
function within(changes: readonly TimelineEvent[], said: readonly TimelineEvent[], hasMore: boolean): readonly TimelineEvent[] {
  const oldest = said.at(-1)?.at
  return hasMore && oldest ? changes.filter((change) => change.at >= oldest) : changes
}

function useFollowUps(customerId: CustomerId, enabled: boolean) {
  const pages = useInfiniteQuery(
    useApi().followUps.ofCustomer.infiniteOptions({
      input: (before: string | undefined) => ({ customerId, limit: PAGE, ...(before && { before }) }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (last) => (last.hasMore ? last.rows.at(-1)?.happenedAt : undefined),
      enabled,
      meta: { shown: true },
    }),
  )
  return {
    rows: pages.data?.pages.flatMap((page) => page.rows) ?? [],
    count: pages.data?.pages[0]?.count,
    hasMore: pages.hasNextPage,
    more: () => void pages.fetchNextPage(),
    isPending: enabled && pages.isPending,
    error: pages.data ? null : pages.error,
    retry: () => void pages.refetch(),
  }
}
