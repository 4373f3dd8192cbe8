import { BulbOutlined } from '@ant-design/icons'
import type { Funnel, FunnelDays, Step } from '../../../src-shared/features/reports/model.ts'
import { Dash } from '../../components/values.tsx'
import { formatNumber, formatPercent } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import type { OpenCell } from './FunnelPage.tsx'
import { Opens, Wan } from './parts.tsx'
import { text } from './text.ts'

/** The nearer to signing the deeper; winning leaves the hue. */
const toneOf = (step: Step, at: number, all: number): string =>
  step.kind === 'won' ? 'won' : `s${Math.min(5, 1 + Math.round((at / Math.max(1, all - 2)) * 4))}`

const SHORT = 0.34

/** The stages drawn as bars, with what went on from each, and how long it stayed. */
export function StageTable({
  funnel: { steps },
  days,
  onOpen,
}: {
  funnel: Funnel
  days: FunnelDays | undefined
  onOpen: OpenCell
}) {
  const t = useText(text)
  const most = Math.max(1, ...steps.map(({ count }) => count))
  return (
    <section className="card rp-stages" aria-labelledby="rp-stages">
      <header className="ch">
        <h2 id="rp-stages">{t('stages')}</h2>
        <span className="t3 s12 rp-hint">{t('stagesHint')}</span>
      </header>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('stage')}</th>
            <th scope="col" className="rp-bars">
              <span className="sr-only">{t('count')}</span>
            </th>
            <th scope="col">{t('amountWan')}</th>
            <th scope="col" title={t('conversionHint')}>
              {t('conversion')}
            </th>
            <th scope="col" className="rp-wide">
              {t('dropped')}
            </th>
            <th scope="col" className="rp-wide">
              {t('standing')}
            </th>
            <th scope="col">{t('stay')}</th>
          </tr>
        </thead>
        <tbody>
          {steps.map((step, at) => (
            <Line
              key={step.stageId}
              step={step}
              median={days?.steps.find(({ stageId }) => stageId === step.stageId)?.days?.median ?? null}
              share={step.count / most}
              tone={toneOf(step, at, steps.length)}
              onOpen={onOpen}
            />
          ))}
        </tbody>
      </table>
      <Biggest steps={steps} onOpen={onOpen} />
    </section>
  )
}

type LineProps = { step: Step; median: number | null; share: number; tone: string; onOpen: OpenCell }
function Line({ step, median, share, tone, onOpen }: LineProps) {
  const t = useText(text)
  const { stageId, name, kind, count, onward, conversion } = step
  const part = (outcome: 'onward' | 'lost' | 'open') => () =>
    onOpen({ what: 'step', stageId, outcome }, `${name} · ${t(`part_${outcome}`)}`)
  const isWon = kind === 'won'
  return (
    <tr>
      <th scope="row" className="el">
        {name}
      </th>
      <td className="rp-bars">
        <button
          type="button"
          className="bare rp-bar-track"
          aria-label={`${name} ${formatNumber(count)}`}
          disabled={count === 0}
          onClick={() => onOpen({ what: 'step', stageId }, name)}
        >
          <i className={`rp-fill ${tone}`} style={{ width: `${count === 0 ? 0 : Math.max(2, share * 100)}%` }} />
          {/* Beside a bar that is too short to hold it. */}
          <b className="num" style={share < SHORT ? { left: `${share * 100}%` } : undefined} data-beside={share < SHORT}>
            {formatNumber(count)}
          </b>
        </button>
      </td>
      <td>
        <Wan fen={step.amount} />
      </td>
      <td>
        {isWon || conversion === null ? (
          <Dash />
        ) : (
          <Opens n={onward.count} onOpen={part('onward')} label={`${name} ${t('conversion')}`}>
            {formatPercent(conversion)}
          </Opens>
        )}
      </td>
      <td className="rp-wide">
        {isWon ? <Dash /> : <Opens n={step.lost.count} onOpen={part('lost')} label={`${name} ${t('dropped')}`} />}
      </td>
      <td className="rp-wide">
        {isWon ? <Dash /> : <Opens n={step.open.count} onOpen={part('open')} label={`${name} ${t('standing')}`} />}
      </td>
      <td className="num">{median === null ? <Dash /> : t('days', { n: formatNumber(median) })}</td>
    </tr>
  )
}

/** The one sentence: where most are lost, and the way to them. */
function Biggest({ steps, onOpen }: { steps: readonly Step[]; onOpen: OpenCell }) {
  const t = useText(text)
  const worst = steps.reduce<Step | null>((most, step) => (step.lost.count > (most?.lost.count ?? 0) ? step : most), null)
  if (!worst) return null
  const { name, stageId, lost, count } = worst
  const n = formatNumber(lost.count)
  return (
    <p className="rp-sentence">
      <BulbOutlined />
      <span className="grow">{t('biggest', { stage: name, all: formatNumber(count), n })}</span>
      <button
        type="button"
        className="bare rp-opens"
        onClick={() => onOpen({ what: 'step', stageId, outcome: 'lost' }, `${name} · ${t('part_lost')}`)}
      >
        {t('seeThese', { n })}
      </button>
    </p>
  )
}
