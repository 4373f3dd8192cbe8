import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Drawer } from 'antd'
import { LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { useApi, useClock } from '../../kernel/context.tsx'
import { formatMinute, formatNumber } from '../../kernel/format.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { labelled, useText } from '../../kernel/text.ts'
import { text } from './text.ts'
import type { Looking } from './useWorkbench.ts'

const PAGE = 50

/** The rows behind a number that no list of the program shows as such. */
export function DrillDrawer({
  what,
  n,
  looking: { whose, period },
  onClose,
}: {
  what: 'followUps' | 'contacts'
  n: number
  looking: Looking
  onClose: () => void
}) {
  const t = useText(text)
  const clock = useClock()
  const isPhone = useIsPhone()
  const found = useInfiniteQuery(
    useApi().workbench.drill.infiniteOptions({
      input: (offset: number) => ({ whose: whose && [...whose], period, key: what, offset, limit: PAGE }),
      initialPageParam: 0,
      getNextPageParam: (page, pages) => (page.hasMore ? pages.length * PAGE : undefined),
      meta: { shown: true },
    }),
  )
  const rows = found.data?.pages.flatMap((page) => page.rows)
  return (
    <Drawer open title={t('drillTitle', { what: t(what), n: formatNumber(n) })} size={isPhone ? '100%' : 460} onClose={onClose}>
      {!rows && found.error && <LoadFailed error={found.error} feature="workbench" onRetry={() => void found.refetch()} />}
      {!rows && !found.error && <SkeletonRows rows={8} height={48} />}
      <ul className="wb-drill">
        {rows?.map((row) => (
          <li key={row.id}>
            <span className="row g8">
              <Link to={`/customers/${row.customerId}`} className="el grow">
                {row.customerName}
              </Link>
              <span className="t3 s12 num">{formatMinute(row.at, clock)}</span>
            </span>
            <span className="t2 wb-said">
              {row.personName && labelled(row.personName, '')}
              {row.text}
            </span>
          </li>
        ))}
      </ul>
      {found.hasNextPage && (
        <Button block loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('loadMore')}
        </Button>
      )}
    </Drawer>
  )
}
