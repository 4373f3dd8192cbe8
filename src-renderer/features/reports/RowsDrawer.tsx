import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Behind } from '../../../src-shared/features/reports/contract.ts'
import type { ForecastAsked, ForecastCell, FunnelAsked, FunnelCell } from '../../../src-shared/features/reports/model.ts'
import type { Opportunity } from '../../../src-shared/features/opportunities/model.ts'
import { Money } from '../../components/values.tsx'
import { useApi } from '../../kernel/context.tsx'
import { formatMoneyShort, formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { BehindDrawer } from './BehindDrawer.tsx'
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
  const found = useRows(of)
  const [first] = found.data?.pages ?? []
  const sum =
    first &&
    (first.amount === null
      ? t('rowsCount', { n: formatNumber(first.count) })
      : t('rowsSum', { n: formatNumber(first.count), sum: formatMoneyShort(first.amount) }))
  return (
    <BehindDrawer title={title} found={found} sum={sum} onClose={onClose}>
      {found.data?.pages
        .flatMap((page) => page.rows)
        .map((row) => (
          <Row key={row.id} row={row} />
        ))}
    </BehindDrawer>
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
