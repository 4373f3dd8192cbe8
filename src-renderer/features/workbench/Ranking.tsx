import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import { RANKS } from '../../../src-shared/features/workbench/keys.ts'
import { Avatar } from '../../components/Avatar.tsx'
import { Nothing, SkeletonRows } from '../../components/states.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'
import type { Looking } from './useWorkbench.ts'

type Rank = (typeof RANKS)[number]

/** 排行榜: who did most of it in the period, among those one looks at. */
export function Ranking({ looking: { whose, period } }: { looking: Looking }) {
  const t = useText(text)
  // Who may not see what was said is not shown an empty list of who said most.
  const mayRead = useCan('followUps.read')
  const ranks = RANKS.filter((one) => one !== 'followUps' || mayRead)
  const [by, setBy] = useState<Rank>(mayRead ? 'followUps' : 'customers')
  const found = useQuery(
    useApi().workbench.ranking.queryOptions({
      input: { whose: whose && [...whose], period, by },
      placeholderData: keepPreviousData,
      meta: { shown: true },
    }),
  )
  const most = found.data?.[0]?.value ?? 1
  return (
    <section className="card wb-ranking" aria-labelledby="wb-ranking">
      <header className="ch">
        <h2 id="wb-ranking">{t('ranking')}</h2>
        <span className="grow" />
        <Select<Rank>
          size="small"
          variant="borderless"
          aria-label={t('ranking')}
          value={by}
          onChange={setBy}
          options={ranks.map((value) => ({ value, label: t(`by_${value}`) }))}
          popupMatchSelectWidth={false}
        />
      </header>
      {!found.data && !found.error && <SkeletonRows rows={5} height={40} />}
      {found.data?.length === 0 && <Nothing>{t('nothingRanked')}</Nothing>}
      <ol className="wb-ranks">
        {found.data?.map(({ id, name, value }, index) => (
          <li key={id}>
            <b className={`num wb-place${index < 3 ? ' tlamp' : ' t3'}`}>{index + 1}</b>
            <Avatar name={name} size={24} />
            <span className="grow col">
              <span className="row g8">
                <span className="grow el">{name}</span>
                <b className="num">{formatNumber(value)}</b>
              </span>
              <span className={`wb-bar${index < 3 ? '' : ' faint'}`}>
                <i style={{ width: `${Math.max(2, (value / most) * 100)}%` }} />
              </span>
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
