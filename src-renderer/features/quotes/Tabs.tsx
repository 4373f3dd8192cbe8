import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Quote } from '../../../src-shared/features/quotes/model.ts'
import { Chip } from '../../components/marks.tsx'
import { LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { Money } from '../../components/values.tsx'
import { useApi } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { StatusText } from './columns.tsx'
import { text } from './text.ts'

/** 版本: every version of the quote, the latest first. */
export function Versions({ row }: { row: Quote }) {
  const t = useText(text)
  const found = useQuery(useApi().quotes.versions.queryOptions({ input: { id: row.id }, meta: { shown: true } }))
  if (!found.data)
    return found.error ? (
      <LoadFailed error={found.error} feature="quotes" onRetry={() => void found.refetch()} />
    ) : (
      <SkeletonRows rows={3} height={44} />
    )
  return found.data.map((one) => (
    <Link key={one.id} to="/quotes/$id" params={{ id: one.id }} className="quote-line">
      <span className="grow el t1">
        <span className="b">{t('version', { n: one.versionNo ?? 1 })}</span>
        <span className="t3 s12 num"> {one.number}</span>
      </span>
      {one.superseded ? <Chip>{t('old')}</Chip> : <Chip tone="ok">{t('latest')}</Chip>}
      <StatusText row={one} />
      <Money fen={one.totalFen} />
    </Link>
  ))
}
