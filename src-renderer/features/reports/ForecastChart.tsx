import type { Forecast } from '../../../src-shared/features/reports/model.ts'
import { formatWan } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

const HEIGHT = 180
const WIDTH = 46
const GAP = 26

/** The next round number above, so that the scale reads. */
function roundUp(fen: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, fen)))
  return [1, 2, 2.5, 5, 10].map((step) => step * power).find((step) => step >= fen) ?? fen
}

/** Months as bars: won in full colour, what is expected hatched on top, the target as a dashed line. */
export function ForecastChart({ months, today }: { months: Forecast['months']; today: string }) {
  const t = useText(text)
  if (months.some(({ won }) => won.amount === null)) return null
  const expected = (one: Forecast['months'][number]) => (one.won.amount ?? 0) + (one.weighted ?? 0)
  const most = roundUp(Math.max(1, ...months.map((one) => Math.max(expected(one), one.target ?? 0))))
  const y = (fen: number) => HEIGHT - (fen / most) * HEIGHT
  const width = months.length * (WIDTH + GAP) + GAP
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
          viewBox={`0 0 ${width + 48} ${HEIGHT + 34}`}
          width={width + 48}
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
              <line x1="44" x2={width + 44} />
              <text x="38" dy="4">
                {formatWan(most * part).replace(/\.00$/, '')}
              </text>
            </g>
          ))}
          {months.map((one, at) => (
            <g key={one.month} transform={`translate(${44 + GAP + at * (WIDTH + GAP)} 10)`}>
              <rect className="rp-bar-won" width={WIDTH} y={y(one.won.amount ?? 0)} height={HEIGHT - y(one.won.amount ?? 0)} />
              <rect
                className="rp-bar-weighted"
                width={WIDTH}
                y={y(expected(one))}
                height={y(one.won.amount ?? 0) - y(expected(one))}
                fill="url(#rp-hatch)"
              />
              {one.target !== null && (
                <line className="rp-bar-target" x1={-GAP / 2} x2={WIDTH + GAP / 2} y1={y(one.target)} y2={y(one.target)} />
              )}
              <text className={`rp-month${one.month === today.slice(0, 7) ? ' now' : ''}`} x={WIDTH / 2} y={HEIGHT + 18}>
                {one.month.slice(2)}
              </text>
            </g>
          ))}
        </svg>
      </div>
    </section>
  )
}

const Key = ({ tone, word }: { tone: string; word: string }) => (
  <span className="row g6">
    <i className={`rp-key ${tone}`} />
    {word}
  </span>
)
