import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { type ReactNode, Suspense, useState } from 'react'
import type { TargetKind } from '../../../src-shared/features/targets/keys.ts'
import type { Attained } from '../../../src-shared/features/targets/model.ts'
import { RANKS } from '../../../src-shared/features/workbench/keys.ts'
import { spansOf } from '../../../src-shared/features/workbench/period.ts'
import { createdFilter } from '../../../src-shared/features/workbench/todo.ts'
import { Avatar } from '../../components/Avatar.tsx'
import { Nothing, SkeletonRows } from '../../components/states.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { formatNumber, formatPercent, formatWan } from '../../kernel/format.ts'
import { later } from '../../kernel/later.ts'
import { useText } from '../../kernel/text.ts'
import { ReachedDrawer, useKinds } from '../reports/public.ts'
import { ListLink } from './ListLink.tsx'
import { text } from './text.ts'
import { targetPeriod, useAttained } from './useAttained.ts'
import type { Looking } from './useWorkbench.ts'

const DrillDrawer = later(() => import('./DrillDrawer.tsx').then((module) => module.DrillDrawer))
const SHOWN = 5
type Rank = (typeof RANKS)[number] | TargetKind
type Counted = (typeof RANKS)[number]

/** 排行榜: who did most of it, or came furthest to his target, among those one looks at. */
export function Ranking({ looking }: { looking: Looking }) {
  const t = useText(text)
  const kinds = useKinds()
  // Who may not see what was said is not shown an empty list of who said most.
  const mayRead = useCan('followUps.read')
  const ranks: Rank[] = [...kinds, ...RANKS.filter((one) => one !== 'followUps' || mayRead)]
  const [chosen, setBy] = useState<Rank | null>(null)
  const by = ranks.find((one) => one === chosen) ?? ranks[0] ?? 'customers'
  const kind = kinds.find((one) => one === by)
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
      {kind ? <ByTarget key={kind} looking={looking} kind={kind} /> : <ByCount looking={looking} by={by as Counted} />}
    </section>
  )
}

type RankedProps = { n: number | null; name: string; share: number; children: ReactNode }
function Ranked({ n, name, share, children }: RankedProps) {
  const isFirst = n !== null && n <= 3
  return (
    <li>
      <b className={`num wb-place${isFirst ? ' tlamp' : ' t3'}`}>{n}</b>
      <Avatar name={name} size={24} />
      <span className="grow col">
        <span className="row g8">
          <span className="grow el">{name}</span>
          {children}
        </span>
        <span className={`wb-bar${isFirst ? '' : ' faint'}`}>
          <i style={{ width: `${Math.min(100, Math.max(2, share * 100))}%` }} />
        </span>
      </span>
    </li>
  )
}

/** By how much of the target is reached; each sum opens what it is made of. */
function ByTarget({ looking, kind }: { looking: Looking; kind: TargetKind }) {
  const t = useText(text)
  const { data, error } = useAttained(looking, kind)
  const [opened, setOpened] = useState<Attained | null>(null)
  const people = data?.people.slice(0, SHOWN) ?? []
  const most = Math.max(1, ...people.map(({ achieved }) => achieved))
  return (
    <>
      {!data && !error && <SkeletonRows rows={5} height={40} />}
      {data && people.length === 0 && <Nothing>{t('noTargets')}</Nothing>}
      <ol className="wb-ranks">
        {people.map((one) => (
          <Ranked key={one.aim.id} n={one.rank} name={one.name} share={one.attainment ?? one.achieved / most}>
            <button
              type="button"
              className="bare num wb-opens s12"
              disabled={one.count === 0}
              aria-label={t('reachedBy', { who: one.name, what: t('wan', { n: formatWan(one.achieved) }) })}
              onClick={() => setOpened(one)}
            >
              {t('wan', { n: formatWan(one.achieved) })}
            </button>
            <b className="num">{one.attainment === null ? '' : formatPercent(one.attainment)}</b>
          </Ranked>
        ))}
      </ol>
      <Suspense>
        {opened && (
          <ReachedDrawer
            title={t('reachedBy', { who: opened.name, what: t(`kind_${kind}`) })}
            of={{ period: targetPeriod(looking), kind, whose: looking.whose, aim: opened.aim }}
            onClose={() => setOpened(null)}
          />
        )}
      </Suspense>
    </>
  )
}

/** By how many; each number opens its rows. */
function ByCount({ looking, by }: { looking: Looking; by: Counted }) {
  const t = useText(text)
  const { whose, period, day } = looking
  const [opened, setOpened] = useState<{ id: string; n: number } | null>(null)
  const found = useQuery(
    useApi().workbench.ranking.queryOptions({
      input: { whose: whose && [...whose], period, by, limit: SHOWN },
      placeholderData: keepPreviousData,
      meta: { shown: true },
    }),
  )
  const most = found.data?.[0]?.value ?? 1
  const { now } = spansOf(period, day.today)
  return (
    <>
      {!found.data && !found.error && <SkeletonRows rows={5} height={40} />}
      {found.data?.length === 0 && <Nothing>{t('nothingRanked')}</Nothing>}
      <ol className="wb-ranks">
        {found.data?.map(({ id, name, value }, index) => (
          <Ranked key={id} n={index + 1} name={name} share={value / most}>
            {by === 'customers' ? (
              <ListLink
                filter={createdFilter([id], now, day.zone)}
                named={t('reachedBy', { who: name, what: t('by_customers') })}
                className="num b wb-opens"
              >
                {formatNumber(value)}
              </ListLink>
            ) : (
              <button type="button" className="bare num b wb-opens" onClick={() => setOpened({ id, n: value })}>
                {formatNumber(value)}
              </button>
            )}
          </Ranked>
        ))}
      </ol>
      <Suspense>
        {opened && (
          <DrillDrawer
            what="followUps"
            n={opened.n}
            looking={{ ...looking, whose: [opened.id] }}
            onClose={() => setOpened(null)}
          />
        )}
      </Suspense>
    </>
  )
}
