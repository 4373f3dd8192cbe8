import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { CustomerId } from '../../../src-shared/features/customers/model.ts'
import type { FollowUp } from '../../../src-shared/features/follow-ups/model.ts'
import type { OpportunityId } from '../../../src-shared/features/opportunities/model.ts'
import { LoadFailed, Nothing, SkeletonRows } from '../../components/states.tsx'
import { Timeline } from '../../components/Timeline.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { useFollowUpEvents } from './FollowUpEvents.tsx'
import { recordText as text } from './recordText.ts'
import { WriteFollowUp } from './WriteFollowUp.tsx'

const PAGE = 30
type Before = Pick<FollowUp, 'happenedAt' | 'id'>

/** How many there are about an opportunity, for the head of a tab. */
export function useTalkCount(opportunityId: OpportunityId): number | undefined {
  const enabled = useCan('followUps.read')
  const input = { opportunityId, limit: 1 }
  return useQuery(useApi().followUps.ofOpportunity.queryOptions({ input, enabled, meta: { shown: true } })).data?.count
}

type TalkProps = {
  opportunityId: OpportunityId
  /** With whom it is said; null where there is nobody, or nobody whom the reader sees. */
  customerId: CustomerId | null
  /** Why nothing can be written. */
  silence: string | null
}
/** 跟进 of an opportunity: what is written here is said with its customer, and stands in his line of time as well. */
export function OpportunityTalk({ opportunityId, customerId, silence }: TalkProps) {
  const t = useText(text)
  const mayRead = useCan('followUps.read')
  const mayWrite = useCan('followUps.write') && customerId !== null && silence === null
  const pages = useInfiniteQuery(
    useApi().followUps.ofOpportunity.infiniteOptions({
      input: (before: Before | undefined) => ({ opportunityId, limit: PAGE, ...(before && { before }) }),
      initialPageParam: undefined as Before | undefined,
      getNextPageParam: ({ hasMore, rows }) => {
        const last = rows.at(-1)
        return hasMore && last ? { happenedAt: last.happenedAt, id: last.id } : undefined
      },
      enabled: mayRead,
      meta: { shown: true },
    }),
  )
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? []
  const events = useFollowUpEvents(rows, mayWrite, 'opportunity')
  if (!mayRead) return <Nothing>{t('hiddenFollowUps')}</Nothing>
  if (!pages.data)
    return pages.error ? (
      <LoadFailed error={pages.error} feature="followUps" onRetry={() => void pages.refetch()} />
    ) : (
      <SkeletonRows rows={5} height={44} />
    )
  return (
    <>
      {mayWrite && <WriteFollowUp customerId={customerId} opportunityId={opportunityId} />}
      {events.length === 0 ? (
        <Nothing>{silence ?? t('noFollowUps')}</Nothing>
      ) : (
        <Timeline
          events={events}
          end={
            pages.hasNextPage && (
              <Button size="small" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
                {t('loadMore')}
              </Button>
            )
          }
        />
      )}
    </>
  )
}
