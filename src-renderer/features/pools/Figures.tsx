import { useQuery } from '@tanstack/react-query'
import type { MyPool } from '../../../src-shared/features/pools/model.ts'
import { useApi } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { fieldWord } from '../../kernel/slices.ts'
import { listed, useText } from '../../kernel/text.ts'
import { text } from './text.ts'

/** What is left to one today, in numbers: claims, views, room; and what the pool keeps back. */
export function Figures({ pool }: { pool: MyPool }) {
  const t = useText(text)
  const holding = useQuery(useApi().pools.holding.queryOptions({ input: {} })).data
  if (!pool.isMember) return <span className="t3 s12">{t('notMember')}</span>
  const n = formatNumber
  const parts = [
    pool.dailyClaims === null
      ? t('todayFree', { used: n(pool.claimedToday) })
      : t('today', { used: n(pool.claimedToday), most: n(pool.dailyClaims) }),
    ...(pool.dailyViews === null ? [] : [t('viewed', { used: n(pool.viewedToday), most: n(pool.dailyViews) })]),
    ...(holding
      ? [
          holding.most === null
            ? t('heldFree', { held: n(holding.held) })
            : t('held', { held: n(holding.held), most: n(holding.most) }),
        ]
      : []),
    ...(pool.hidden.length > 0
      ? [t('hiddenNote', { fields: listed(pool.hidden.map((key) => fieldWord('customers', key))) })]
      : []),
  ]
  const line = parts.join(' · ')
  return (
    <span className="num s12 pool-figures el" title={line}>
      {line}
    </span>
  )
}
