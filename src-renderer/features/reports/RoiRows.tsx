import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { RoiAsked, RoiCell, RoiRow } from '../../../src-shared/features/reports/roi.ts'
import { Money } from '../../components/values.tsx'
import { useApi } from '../../kernel/context.tsx'
import { formatMoney, formatMoneyShort, formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { spanText } from '../source-costs/public.ts'
import { BehindDrawer } from './BehindDrawer.tsx'
import { text } from './roiText.ts'

const PAGE = 50
type RoiRowsProps = { title: string; asked: RoiAsked; cell: RoiCell; onClose: () => void }

/** What stands behind a number of the report on sources: as many rows as it says, and with its sum. */
export function RoiRows({ title, asked, cell, onClose }: RoiRowsProps) {
  const t = useText(text)
  const found = useInfiniteQuery(
    useApi().reports.roiRows.infiniteOptions({
      input: (offset: number) => ({ asked, cell, offset, limit: PAGE }),
      initialPageParam: 0,
      getNextPageParam: (page, pages) => (page.hasMore ? pages.length * PAGE : undefined),
      meta: { shown: true },
    }),
  )
  const [first] = found.data?.pages ?? []
  const n = formatNumber(first?.count ?? 0)
  const sum = first && (first.amount === null ? t('count', { n }) : t('sum', { n, sum: formatMoney(first.amount) }))
  return (
    <BehindDrawer title={title} found={found} sum={sum} onClose={onClose}>
      {found.data?.pages
        .flatMap((page) => page.rows)
        .map((row) => (
          <Row key={row.key} row={row} />
        ))}
    </BehindDrawer>
  )
}

const PLACES = {
  lead: '/leads/$id',
  customer: '/customers/$id',
  opportunity: '/opportunities/$id',
  order: '/orders/$id',
} as const

function Row({ row: { entity, id, name, customerName, ownerName, on, amount, part } }: { row: RoiRow }) {
  const t = useText(text)
  return (
    <li>
      <span className="row g8">
        {entity === 'sourceCost' ? (
          <span className="el grow">{name}</span>
        ) : (
          <Link to={PLACES[entity]} params={{ id }} className="el grow">
            {name}
          </Link>
        )}
        {amount !== null && <Money fen={amount} />}
      </span>
      <span className="row g8 t3 s12">
        <span className="el grow">{part ? part.note : [customerName, ownerName].filter(Boolean).join(' · ')}</span>
        <span className="num">
          {part ? t('part', { span: spanText(part.from, part.to), of: formatMoneyShort(part.of) }) : on}
        </span>
      </span>
    </li>
  )
}
