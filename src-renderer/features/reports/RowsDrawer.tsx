import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Drawer } from 'antd'
import type { Behind } from '../../../src-shared/features/reports/contract.ts'
import type { ForecastAsked, ForecastCell, FunnelAsked, FunnelCell } from '../../../src-shared/features/reports/model.ts'
import type { Opportunity } from '../../../src-shared/features/opportunities/model.ts'
import { LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { Money } from '../../components/values.tsx'
import { useApi } from '../../kernel/context.tsx'
import { formatMoneyShort, formatNumber } from '../../kernel/format.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

const PAGE = 50
export type RowsOf =
  | { report: 'funnel'; asked: FunnelAsked; cell: FunnelCell }
  | { report: 'forecast'; asked: ForecastAsked; cell: ForecastCell }

function useRows(of: RowsOf) {
  const api = useApi()
  const paged = {
    initialPageParam: 0,
    getNextPageParam: (page: Behind, pages: readonly Behind[]) => (page.hasMore ? pages.length * PAGE : undefined),
    meta: { shown: true },
  }
  const isFunnel = of.report === 'funnel'
  const funnel = useInfiniteQuery(
    api.reports.funnelRows.infiniteOptions({
      input: (offset: number) => ({
        asked: isFunnel ? of.asked : { from: of.asked.from, to: of.asked.to },
        cell: isFunnel ? of.cell : { what: 'entered' as const },
        offset,
        limit: PAGE,
      }),
      enabled: isFunnel,
      ...paged,
    }),
  )
  const forecast = useInfiniteQuery(
    api.reports.forecastRows.infiniteOptions({
      input: (offset: number) => ({
        asked: isFunnel ? { from: of.asked.from, to: of.asked.to } : of.asked,
        cell: isFunnel ? { what: 'won' as const } : of.cell,
        offset,
        limit: PAGE,
      }),
      enabled: !isFunnel,
      ...paged,
    }),
  )
  return isFunnel ? funnel : forecast
}

/** The opportunities behind a number: as many as it says, and with its sum. */
export function RowsDrawer({ title, of, onClose }: { title: string; of: RowsOf; onClose: () => void }) {
  const t = useText(text)
  const isPhone = useIsPhone()
  const found = useRows(of)
  const rows = found.data?.pages.flatMap((page) => page.rows)
  const [first] = found.data?.pages ?? []
  return (
    <Drawer open title={title} size={isPhone ? '100%' : 560} onClose={onClose}>
      {!rows && found.error && <LoadFailed error={found.error} feature="reports" onRetry={() => void found.refetch()} />}
      {!rows && !found.error && <SkeletonRows rows={8} height={48} />}
      {first && (
        <p className="t2 num rp-sum">
          {first.amount === null
            ? t('rowsCount', { n: formatNumber(first.count) })
            : t('rowsSum', { n: formatNumber(first.count), sum: formatMoneyShort(first.amount) })}
        </p>
      )}
      <ul className="rp-rows">
        {rows?.map((row) => (
          <Row key={row.id} row={row} />
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

function Row({ row }: { row: Opportunity }) {
  return (
    <li>
      <span className="row g8">
        <Link to="/opportunities/$id" params={{ id: row.id }} className="el grow">
          {row.name}
        </Link>
        <Money fen={row.amount} short />
      </span>
      <span className="row g8 t3 s12">
        <span className="el grow">{[row.customerName, row.ownerName].filter(Boolean).join(' · ')}</span>
        <span>{row.stageName}</span>
        <span className="num">{row.closedOn ?? row.expectedOn ?? ''}</span>
      </span>
    </li>
  )
}
