import './reports.css'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { TargetKind } from '../../../src-shared/features/targets/keys.ts'
import type { Aim, Reached } from '../../../src-shared/features/targets/model.ts'
import { Money } from '../../components/values.tsx'
import { useApi } from '../../kernel/context.tsx'
import { formatMoneyShort, formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { BehindDrawer } from './BehindDrawer.tsx'
import { text } from './text.ts'

const PAGE = 50
export type ReachedOf = { period: string; kind: TargetKind; whose: readonly string[] | null; aim: Aim | null }

/** What somebody reached, row by row: as many as the number says, and with its sum. */
export function ReachedDrawer({ title, of, onClose }: { title: string; of: ReachedOf; onClose: () => void }) {
  const t = useText(text)
  const { whose } = of
  const found = useInfiniteQuery(
    useApi().targets.reached.infiniteOptions({
      input: (offset: number) => ({ ...of, whose: whose && [...whose], offset, limit: PAGE }),
      initialPageParam: 0,
      getNextPageParam: (page, pages) => (page.hasMore ? pages.length * PAGE : undefined),
      meta: { shown: true },
    }),
  )
  const [first] = found.data?.pages ?? []
  const sum = first && t('rowsSum', { n: formatNumber(first.count), sum: formatMoneyShort(first.amount) })
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

const PLACES = { opportunity: '/opportunities/$id', order: '/orders/$id' } as const
function Row({ row }: { row: Reached }) {
  return (
    <li>
      <span className="row g8">
        <Link to={PLACES[row.entity]} params={{ id: row.id }} className="el grow">
          {row.name}
        </Link>
        <Money fen={row.amount} short />
      </span>
      <span className="row g8 t3 s12">
        <span className="el grow">{[row.customerName, row.ownerName].filter(Boolean).join(' · ')}</span>
        <span className="num">{row.on}</span>
      </span>
    </li>
  )
}
