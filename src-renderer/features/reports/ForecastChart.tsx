import type { Forecast } from '../../../src-shared/features/reports/model.ts'
import { formatWan } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

const HEIGHT = 180
const BAR = 46
/** How wide a month is drawn, at least and at most. */
const [LEAST, MOST] = [66, 160]
type Line = Forecast['months'][number]
const expected = (one: Line): number => (one.won.amount ?? 0) + (one.weighted ?? 0)

/** The next round number above, so that the scale reads. */
function roundUp(fen: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, fen)))
  return [1, 2, 2.5, 5, 10].map((step) => step * power).find((step) => step >= fen) ?? fen
}

/** Months as bars: won in full colour, what is expected hatched on top, the target as a dashed line. */
export function ForecastChart({ months, today }: { months: Forecast['months']; today: string }) {
  const t = useText(text)
  if (months.some(({ won }) => won.amount === null)) return null
  const most = roundUp(Math.max(1, ...months.map((one) => Math.max(expected(one), one.target ?? 0))))
  const y = (fen: number) => HEIGHT - (fen / most) * HEIGHT
  return (
    <section className="card rp-chart" aria-labelledby="rp-chart">
      <header className="ch">
        <h2 id="rp-chart">{t('chart')}</h2>
        <span className="more row g12">
          <Key tone="won" word={t('won')} />
          <Key tone="weighted" word={t('weighted')} />
          {months.some(({ target }) => target !== null) && <Key tone="target" word={t('target')} />}
        </span>
      </header>
      <div className="rp-scroll">
        <svg
          className="rp-drawn"
          style={{ minWidth: months.length * LEAST, maxWidth: months.length * MOST }}
          height={HEIGHT + 34}
          role="img"
          aria-label={t('chart')}
        >
          <defs>
            <pattern id="rp-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <line className="rp-hatch" x1="0" y1="0" x2="0" y2="6" />
            </pattern>
          </defs>
          {[0, 0.25, 0.5, 0.75, 1].map((part) => (
            <g key={part} className="rp-axis" transform={`translate(0 ${10 + y(most * part)})`}>
              <line x2="100%" />
              <text x="-8" dy="4">
                {formatWan(most * part).replace(/\.00$/, '')}
              </text>
            </g>
          ))}
          {months.map((one, at) => (
            <Month
              key={one.month}
              one={one}
              y={y}
              left={(at + 0.5) / months.length}
              step={1 / months.length}
              isNow={one.month === today.slice(0, 7)}
            />
          ))}
        </svg>
      </div>
    </section>
  )
}

type MonthProps = { one: Line; y: (fen: number) => number; left: number; step: number; isNow: boolean }
/** Placed by shares of the width, drawn from its middle. */
function Month({ one, y, left, step, isNow }: MonthProps) {
  const won = one.won.amount ?? 0
  return (
    <>
      <svg x={`${left * 100}%`} y="10">
        <rect className="rp-bar-won" x={-BAR / 2} width={BAR} y={y(won)} height={HEIGHT - y(won)} />
        <rect
          className="rp-bar-weighted"
          x={-BAR / 2}
          width={BAR}
          y={y(expected(one))}
          height={y(won) - y(expected(one))}
          fill="url(#rp-hatch)"
        />
        <text className={`rp-month${isNow ? ' now' : ''}`} y={HEIGHT + 18}>
          {one.month.slice(2)}
        </text>
      </svg>
      {one.target !== null && (
        <line
          className="rp-bar-target"
          x1={`${(left - step / 2) * 100}%`}
          x2={`${(left + step / 2) * 100}%`}
          y1={10 + y(one.target)}
          y2={10 + y(one.target)}
        />
      )}
    </>
  )
}

const Key = ({ tone, word }: { tone: string; word: string }) => (
  <span className="row g6">
    <i className={`rp-key ${tone}`} />
    {word}
  </span>
)
