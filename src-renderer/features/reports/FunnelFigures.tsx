import { Tooltip } from 'antd'
import type { ReactNode } from 'react'
import type { Figures, Funnel, FunnelDays } from '../../../src-shared/features/reports/model.ts'
import { Dash } from '../../components/values.tsx'
import { formatNumber, formatPercent, formatWan } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import type { OpenCell } from './FunnelPage.tsx'
import { text } from './text.ts'

/** `better` null: neither is good or bad. */
export type Against = { now: number | null; before: number | null; better: 'more' | 'less' | null; points?: boolean }

/** The strip of figures, each against the other period. */
export function FunnelFigures({ funnel, days, onOpen }: { funnel: Funnel; days: FunnelDays | undefined; onOpen: OpenCell }) {
  const t = useText(text)
  const { figures, before } = funnel
  const of = (pick: (figures: Figures) => number | null, points = false): Against => ({
    now: pick(figures),
    before: before && pick(before.figures),
    better: 'more',
    points,
  })
  const cycle = days?.cycle ?? null
  return (
    <section className="card rp-figures" aria-label={t('funnel')}>
      <Figure
        label={t('entered')}
        against={of((one) => one.entered.count)}
        unit={t('unit')}
        onOpen={() => onOpen({ what: 'entered' }, t('entered'))}
      >
        {formatNumber(figures.entered.count)}
      </Figure>
      <Figure
        label={t('won')}
        against={of((one) => one.won.count)}
        unit={t('unit')}
        onOpen={() => onOpen({ what: 'won' }, t('won'))}
      >
        {formatNumber(figures.won.count)}
      </Figure>
      <Figure
        label={t('wonAmount')}
        against={of((one) => one.won.amount)}
        unit={t('wan')}
        onOpen={() => onOpen({ what: 'won' }, t('won'))}
      >
        {figures.won.amount === null ? <Dash /> : `¥${formatWan(figures.won.amount)}`}
      </Figure>
      <Figure label={t('winRate')} hint={t('winRateHint')} against={of((one) => one.winRate, true)}>
        {figures.winRate === null ? <Dash /> : formatPercent(figures.winRate)}
      </Figure>
      <Figure
        label={t('cycle')}
        hint={cycle ? t('cycleHint', { mean: cycle.mean, lower: cycle.lower, upper: cycle.upper }) : undefined}
        against={{ now: cycle?.median ?? null, before: days?.before?.median ?? null, better: 'less' }}
      >
        {cycle ? t('days', { n: formatNumber(cycle.median) }) : <Dash />}
      </Figure>
    </section>
  )
}

/** One figure of a strip, against that of the other period; it opens its rows where there are some. */
export function Figure({
  label,
  hint,
  against,
  unit,
  onOpen,
  children,
}: {
  label: string
  hint?: string | undefined
  against: Against
  unit?: string
  onOpen?: () => void
  children: ReactNode
}) {
  const number = <b className="rp-figure num">{children}</b>
  return (
    <div className="rp-slot">
      <Tooltip title={hint}>
        <span className="t2">{label}</span>
      </Tooltip>
      <span className="row g6 rp-line">
        {onOpen && against.now !== 0 ? (
          <button type="button" className="bare rp-big" onClick={onOpen}>
            <span className="sr-only">{label} </span>
            {number}
          </button>
        ) : (
          number
        )}
        {unit && <span className="t3 s12">{unit}</span>}
        <Change {...against} />
      </span>
    </div>
  )
}

/** Good and bad decide the colour, the arrow says where to. */
function Change({ now, before, better, points }: Against) {
  const t = useText(text)
  if (now === null || before === null) return null
  if (now === before) return <span className="t3 s12 num">—</span>
  // Of nothing there is no share.
  if (before === 0 && !points) return <span className="t3 s12">{t('beforeZero')}</span>
  const isMore = now > before
  const tone = better === null ? 't3' : isMore === (better === 'more') ? 'tok' : 'tbad'
  const off = Math.abs(now - before)
  const words = points ? t('points', { n: (off * 100).toFixed(1) }) : formatPercent(off / before)
  return (
    <span className={`s12 num ${tone}`}>
      {isMore ? '▲' : '▼'} {words}
    </span>
  )
}
