import './reports.css'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button, Segmented } from 'antd'
import { Suspense, useState } from 'react'
import type { TargetKind } from '../../../src-shared/features/targets/keys.ts'
import type { Attained } from '../../../src-shared/features/targets/model.ts'
import { Person } from '../../components/Avatar.tsx'
import { EmptyState, LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { Dash } from '../../components/values.tsx'
import { useApi, useCan, useClock } from '../../kernel/context.tsx'
import { businessDateOf, formatPercent, formatWan } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { Opens } from './parts.tsx'
import { ReportTabs, REPORTS } from './ReportHead.tsx'
import { text } from './text.ts'
import { KindChoice } from './KindChoice.tsx'
import { ReachedDrawer } from './public.ts'
import { useKinds } from './useKinds.ts'
import { periodOf } from './useReport.ts'

type Key = 'month' | 'quarter' | 'year'

/** 业绩排行: who reached how much of his target, with a tick for the time that is gone. */
export function RankingPage() {
  const t = useText(text)
  const navigate = useNavigate()
  const { nowMs, zone } = useClock()
  const [key, setKey] = useState<Key>('month')
  const kinds = useKinds()
  const [chosen, setKind] = useState<TargetKind | null>(null)
  const kind = kinds.find((one) => one === chosen) ?? kinds[0] ?? 'won'
  const [opened, setOpened] = useState<Attained | null>(null)
  const period = periodOf(key, businessDateOf(nowMs, zone))
  const maySet = useCan('targets.manage')
  const found = useQuery(
    useApi().targets.attainment.queryOptions({
      input: { period, kind },
      placeholderData: keepPreviousData,
      meta: { shown: true },
    }),
  )
  const { data } = found
  return (
    <main className="page paper">
      <ReportTabs at="ranking" />
      <div className="bar rp-bar">
        <Segmented<Key>
          aria-label={t('period')}
          value={key}
          onChange={setKey}
          options={(['month', 'quarter', 'year'] as const).map((value) => ({ value, label: t(value) }))}
        />
        <KindChoice kinds={kinds} kind={kind} onKind={setKind} />
        <span className="grow" />
        {data && <span className="t3 num">{t('elapsed', { share: formatPercent(data.elapsed) })}</span>}
      </div>
      <div className="rp-body">
        {!data && found.error && <LoadFailed error={found.error} feature="targets" onRetry={() => void found.refetch()} />}
        {!data && !found.error && <SkeletonRows rows={8} height={40} />}
        {data && data.people.length + data.departments.length === 0 && (
          <EmptyState title={t('emptyRanking')} hint={t('emptyRankingHint')}>
            {maySet && (
              <Button type="primary" onClick={() => void navigate({ to: REPORTS.targets })}>
                {t('setTargets')}
              </Button>
            )}
          </EmptyState>
        )}
        {data && <Board title={t('people')} lines={data.people} elapsed={data.elapsed} onOpen={setOpened} />}
        {data && <Board title={t('departments')} lines={data.departments} elapsed={data.elapsed} onOpen={setOpened} />}
      </div>
      <Suspense>
        {opened && (
          <ReachedDrawer
            title={`${opened.name} · ${t(`kind_${kind}`)}`}
            of={{ period, kind, whose: null, aim: opened.aim }}
            onClose={() => setOpened(null)}
          />
        )}
      </Suspense>
    </main>
  )
}

type BoardProps = { title: string; lines: readonly Attained[]; elapsed: number; onOpen: (one: Attained) => void }
function Board({ title, lines, elapsed, onOpen }: BoardProps) {
  const t = useText(text)
  if (lines.length === 0) return null
  return (
    <section className="card rp-board" aria-label={title}>
      <header className="ch">
        <h2>{title}</h2>
        <span className="more">{t('amountWan')}</span>
      </header>
      <ol>
        {lines.map((one) => (
          <li key={one.aim.id}>
            <b className={`num rp-place${one.rank !== null && one.rank <= 3 ? ' tlamp' : ' t3'}`}>{one.rank ?? ''}</b>
            <span className="rp-who el">{one.aim.of === 'employee' ? <Person name={one.name} size={24} /> : one.name}</span>
            <span className="rp-track grow">
              <i
                className={one.attainment === null ? 'faint' : one.attainment >= elapsed ? 'ok' : 'late'}
                style={{ width: `${Math.min(100, (one.attainment ?? 0) * 100)}%` }}
              />
              {one.target !== null && elapsed < 1 && <s style={{ left: `${elapsed * 100}%` }} />}
            </span>
            <span className="num rp-of">
              <Opens n={one.count} onOpen={() => onOpen(one)} label={`${one.name} ${t('achieved')}`}>
                {formatWan(one.achieved)}
              </Opens>
              <span className="t3"> / {one.target === null ? t('noTarget') : formatWan(one.target)}</span>
            </span>
            <b className="num rp-share">{one.attainment === null ? <Dash /> : formatPercent(one.attainment)}</b>
          </li>
        ))}
      </ol>
    </section>
  )
}
