import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { LoadFailed, Nothing, SkeletonRows } from '../states.tsx'
import { text } from './text.ts'

/** One record that the rule would touch, with what it would do to it. */
export type TrialRow = { readonly id: string; readonly name: string; readonly to?: string; readonly facts: readonly ReactNode[] }

/** What a rule would do, in figures and in the first records. */
export type TrialFound = {
  /** In one line, for where there is no room for more. */
  readonly outcome: string
  readonly figures: readonly { readonly label: string; readonly n: number }[]
  readonly of?: string
  readonly warning?: string | undefined
  readonly rows: readonly TrialRow[]
  /** Records beyond those shown. */
  readonly more?: number
  readonly empty?: string
}

/** `onRun` starts it where it is asked for; a trial of a rule that is being written runs by itself. */
export type Trial = {
  readonly feature: string
  readonly query: {
    readonly data: TrialFound | undefined
    readonly error: unknown
    readonly isFetching: boolean
    readonly refetch: () => unknown
  }
  readonly onRun?: () => void
  /** What has to be filled in for a trial. */
  readonly inputs?: ReactNode
}

export function TrialResult({ trial: { query, feature, inputs } }: { trial: Trial }) {
  const t = useText(text)
  return (
    <section className="rule-trial" aria-label={t('trial')} aria-busy={query.isFetching}>
      {inputs}
      {query.data ? (
        <Found {...query.data} />
      ) : query.error ? (
        <LoadFailed error={query.error} feature={feature} onRetry={() => void query.refetch()} />
      ) : (
        query.isFetching && <SkeletonRows rows={2} />
      )}
    </section>
  )
}

function Found({ figures, of, warning, rows, more = 0, empty }: TrialFound) {
  const t = useText(text)
  return (
    <>
      {figures.length > 0 && (
        <div className="rule-figures">
          {figures.map(({ label, n }) => (
            <div key={label}>
              <div className="t3 s12">{label}</div>
              <div className={`rule-figure num${n === 0 ? ' zero' : ''}`}>{formatNumber(n)}</div>
            </div>
          ))}
          {of && <span className="t3 s12">{of}</span>}
        </div>
      )}
      {warning && <div className="rule-warning">{warning}</div>}
      {rows.length === 0 && empty && <Nothing>{empty}</Nothing>}
      {rows.length > 0 && (
        <ul className="rule-rows">
          {rows.map((row) => (
            <li key={row.id}>
              <span className="grow el">{row.to ? <Link to={row.to as string}>{row.name}</Link> : row.name}</span>
              {row.facts.map((fact, at) => (
                <span key={at} className="t2 num">
                  {fact}
                </span>
              ))}
            </li>
          ))}
        </ul>
      )}
      {more > 0 && <div className="t3 s12">{t('more', { n: formatNumber(more) })}</div>}
    </>
  )
}
