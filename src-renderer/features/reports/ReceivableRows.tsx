import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { BehindOwed } from '../../../src-shared/features/reports/contract.ts'
import type { Receivable, ReceivablesAsked, ReceivablesCell } from '../../../src-shared/features/reports/receivables.ts'
import { Money } from '../../components/values.tsx'
import { useApi } from '../../kernel/context.tsx'
import { formatMoney, formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { BehindDrawer } from './BehindDrawer.tsx'
import { text } from './text.ts'

const PAGE = 50
type ReceivableRowsProps = { title: string; asked: ReceivablesAsked; cell: ReceivablesCell; onClose: () => void }

/** What is owed behind a number, plan by plan: as many parts as it says, and with its sum. */
export function ReceivableRows({ title, asked, cell, onClose }: ReceivableRowsProps) {
  const t = useText(text)
  const found = useInfiniteQuery(
    useApi().reports.receivableRows.infiniteOptions({
      input: (offset: number) => ({ asked, cell, offset, limit: PAGE }),
      initialPageParam: 0,
      getNextPageParam: (page: BehindOwed, pages: readonly BehindOwed[]) => (page.hasMore ? pages.length * PAGE : undefined),
      meta: { shown: true },
    }),
  )
  const [first] = found.data?.pages ?? []
  const sum = first && t('owedSum', { n: formatNumber(first.count), sum: formatMoney(first.amount) })
  return (
    <BehindDrawer title={title} found={found} sum={sum} onClose={onClose}>
      {found.data?.pages
        .flatMap(({ rows }) => rows)
        .map((row) => (
          <Row key={`${row.orderId} ${row.planId ?? ''}`} row={row} />
        ))}
    </BehindDrawer>
  )
}

function Row({ row }: { row: Receivable }) {
  const t = useText(text)
  const { orderId, orderName, number, customerName, ownerName, dueOn, days, signedOn, amountFen } = row
  return (
    <li>
      <span className="row g8">
        <Link to="/orders/$id" params={{ id: orderId }} className="el grow">
          {orderName}
        </Link>
        <Money fen={amountFen} />
      </span>
      <span className="row g8 t3 s12">
        <span className="el grow">{[customerName, ownerName, number].filter(Boolean).join(' · ')}</span>
        {days > 0 && <span className="tbad num">{t('daysLate', { n: formatNumber(days) })}</span>}
        <span className="num">{dueOn === null ? signedOn && t('signedOn', { day: signedOn }) : t('dueOn', { day: dueOn })}</span>
      </span>
    </li>
  )
}
