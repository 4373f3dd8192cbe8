import type { Funnel } from '../../../src-shared/features/reports/model.ts'
import { Nothing } from '../../components/states.tsx'
import { formatNumber, formatWan } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import type { OpenCell } from './FunnelPage.tsx'
import { text } from './text.ts'

/** Why they were lost: the first two in full colour. */
export function Reasons({ funnel: { reasons, figures }, onOpen }: { funnel: Funnel; onOpen: OpenCell }) {
  const t = useText(text)
  const { lost } = figures
  const most = reasons?.[0]?.count ?? 1
  return (
    <section className="card rp-reasons" aria-labelledby="rp-reasons">
      <header className="ch">
        <h2 id="rp-reasons">{t('reasons')}</h2>
        <span className="t3 s12 rp-hint">{t('reasonsSum', { n: formatNumber(lost.count) })}</span>
        <span className="more num">{lost.amount !== null && lost.count > 0 && `¥${formatWan(lost.amount)} ${t('wan')}`}</span>
      </header>
      {lost.count === 0 && <Nothing>{t('nothingLost')}</Nothing>}
      <ul>
        {reasons?.map(({ id, name, count }, at) => (
          <li key={id ?? ''}>
            <span className="rp-reason el" title={name ?? t('noReason')}>
              {name ?? t('noReason')}
            </span>
            <button
              type="button"
              className="bare rp-reason-track"
              aria-label={`${name ?? t('noReason')} ${formatNumber(count)}`}
              onClick={() => onOpen({ what: 'lost', reason: id }, `${t('lost')} · ${name ?? t('noReason')}`)}
            >
              <i className={at < 2 ? '' : 'faint'} style={{ width: `${Math.max(2, (count / most) * 78)}%` }} />
              <span className="num t2">{formatNumber(count)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
