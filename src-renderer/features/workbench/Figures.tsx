import { RightOutlined } from '@ant-design/icons'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import type { Figure } from '../../../src-shared/features/workbench/contract.ts'
import type { BenchLayout } from '../../../src-shared/features/workbench/layout.ts'
import { shownOf } from '../../../src-shared/features/workbench/places.ts'
import { daysIn, type Span } from '../../../src-shared/features/workbench/period.ts'
import { contactedFilter, createdFilter, wonFilter } from '../../../src-shared/features/workbench/todo.ts'
import { addDays } from '../../../src-shared/kernel/zoned.ts'
import { LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { useApi } from '../../kernel/context.tsx'
import { formatNumber, formatPercent } from '../../kernel/format.ts'
import { later } from '../../kernel/later.ts'
import { useText } from '../../kernel/text.ts'
import { changeOf, sparkline } from './change.ts'
import { KNOWN } from './known.ts'
import { ListLink } from './ListLink.tsx'
import { text } from './text.ts'
import type { Looking } from './useWorkbench.ts'

const DrillDrawer = later(() => import('./DrillDrawer.tsx').then((module) => module.DrillDrawer))

type Drill = { key: 'followUps' | 'contacts'; n: number }

/** 简报: what the period brought, against the one before. */
export function Figures({ looking, places }: { looking: Looking; places: BenchLayout['figures'] }) {
  const { whose, period } = looking
  const [drill, setDrill] = useState<Drill | null>(null)
  const found = useQuery(
    useApi().workbench.figures.queryOptions({
      input: { whose: whose && [...whose], period },
      placeholderData: keepPreviousData,
      meta: { shown: true },
    }),
  )
  if (found.error && !found.data)
    return <LoadFailed error={found.error} feature="workbench" onRetry={() => void found.refetch()} />
  if (!found.data)
    return (
      <div className="card">
        <SkeletonRows rows={2} height={46} />
      </div>
    )
  const { figures, now, before } = found.data
  const shown = shownOf(places, KNOWN.figures).flatMap((key) => figures.find((figure) => figure.key === key) ?? [])
  return (
    <div className="wb-figures">
      {shown.map((figure) => (
        <Card key={figure.key} figure={figure} spans={{ now, before }} looking={looking} onDrill={setDrill} />
      ))}
      <Suspense>
        {drill && <DrillDrawer what={drill.key} n={drill.n} looking={looking} onClose={() => setDrill(null)} />}
      </Suspense>
    </div>
  )
}

const FILTERS = { customers: createdFilter, won: wonFilter, contacted: contactedFilter }

type CardProps = { figure: Figure; spans: { now: Span; before: Span }; looking: Looking; onDrill: (drill: Drill) => void }

function Card({ figure, spans, looking: { whose, day, period }, onDrill }: CardProps) {
  const t = useText(text)
  const { key, value } = figure
  const inside = (
    <>
      <span className="row t2">
        <span className="grow">{t(key)}</span>
        <RightOutlined className="wb-go" />
      </span>
      <span className="row">
        <b className="wb-figure num" data-figure={key}>
          {formatNumber(value)}
        </b>
        <span className="t3 s12">{t(`unit_${key}`)}</span>
        <span className="grow" />
        <Sparkline series={figure.series.slice(0, daysIn({ from: spans.now.from, to: addDays(day.today, 1) }))} />
      </span>
      <ChangeLine figure={figure} words={t(`vs_${period.key}`, { n: daysIn(spans.before) })} />
    </>
  )
  if (key === 'followUps' || key === 'contacts')
    return (
      <button type="button" className="bare card wb-card" onClick={() => onDrill({ key, n: value })}>
        {inside}
      </button>
    )
  const filter = FILTERS[key](whose, spans.now, day.zone)
  return (
    <ListLink filter={filter} named={`${t(key)} · ${t(`p_${period.key}`)}`} className="card wb-card">
      {inside}
    </ListLink>
  )
}

/** Beyond double nobody asks for tenths, and there is no room for them. */
const formatShare = (share: number): string => (share >= 1 ? `${formatNumber(Math.round(share * 100))}%` : formatPercent(share))

const ARROWS = { up: '▲', down: '▼' } as const
function ChangeLine({ figure, words }: { figure: Figure; words: string }) {
  const t = useText(text)
  const { direction, share, tone } = changeOf(figure.value, figure.before)
  return (
    <span className="row g6 s12 t3">
      <span className="el" title={`${words} ${formatNumber(figure.before)}`}>
        {words}
      </span>
      <span className={`num ${tone === 'ink' ? '' : `t${tone}`}`}>
        {direction === 'same' ? t('same') : `${ARROWS[direction]} ${share === null ? t('fresh') : formatShare(share)}`}
      </span>
    </span>
  )
}

const BOX = { width: 66, height: 18 }
function Sparkline({ series }: { series: readonly number[] }) {
  const line = sparkline(series, BOX)
  if (!line) return null
  return (
    <svg className="wb-spark" viewBox={`-2 -2 ${BOX.width + 6} ${BOX.height + 4}`} aria-hidden="true">
      <path d={line.path} />
      <circle cx={line.last[0]} cy={line.last[1]} r={2} />
    </svg>
  )
}
