import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ResponseAsked, ResponseCell, ResponseRow } from '../../../src-shared/features/reports/response.ts'
import { useApi, useClock } from '../../kernel/context.tsx'
import { formatMinute, formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { BehindDrawer } from './BehindDrawer.tsx'
import { Minutes } from './parts.tsx'
import { text } from './text.ts'

const PAGE = 50
type ResponseRowsProps = { title: string; asked: ResponseAsked; cell: ResponseCell; onClose: () => void }

/** The leads behind a number: who still waits first, then the slowest. */
export function ResponseRows({ title, asked, cell, onClose }: ResponseRowsProps) {
  const t = useText(text)
  const found = useInfiniteQuery(
    useApi().reports.responseRows.infiniteOptions({
      input: (offset: number) => ({ asked, cell, offset, limit: PAGE }),
      initialPageParam: 0,
      getNextPageParam: (page, pages) => (page.hasMore ? pages.length * PAGE : undefined),
      meta: { shown: true },
    }),
  )
  const [first] = found.data?.pages ?? []
  return (
    <BehindDrawer title={title} found={found} sum={first && t('rowsCount', { n: formatNumber(first.count) })} onClose={onClose}>
      {found.data?.pages
        .flatMap((page) => page.rows)
        .map((row) => (
          <Row key={row.id} row={row} />
        ))}
    </BehindDrawer>
  )
}

function Row({ row: { id, name, ownerName, arrivedAt, minutes } }: { row: ResponseRow }) {
  const t = useText(text)
  const clock = useClock()
  return (
    <li>
      <span className="row g8">
        <Link to="/leads/$id" params={{ id }} className="el grow">
          {name}
        </Link>
        {minutes === null ? <span className="twarn s12">{t('notAnswered')}</span> : <Minutes value={minutes} />}
      </span>
      <span className="row g8 t3 s12">
        <span className="el grow">{ownerName ?? t('nobody')}</span>
        <span className="num">{t('arrivedAt', { at: formatMinute(arrivedAt, clock) })}</span>
      </span>
    </li>
  )
}
