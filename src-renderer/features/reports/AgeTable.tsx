import { Button } from 'antd'
import { AGE_BUCKETS, type AgeKey as Key, AGES as COLUMNS } from '../../../src-shared/features/reports/ageing.ts'
import type { AgeGroupKey } from '../../../src-shared/features/reports/keys.ts'
import type { AgeLine, Receivables } from '../../../src-shared/features/reports/receivables.ts'
import { share } from '../../../src-shared/kernel/rational.ts'
import { formatMoney, formatNumber, formatPercent } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { Opens } from './parts.tsx'
import type { OpenAge } from './ReceivablesPage.tsx'
import { text } from './text.ts'
import type { ReceivablesReport } from './useReceivables.ts'

const EMPTY = { customer: 'noCustomer', owner: 'nobody', department: 'nowhere', month: 'none' } as const
const ageOf = (key: Key) => (key === 'due' ? {} : { age: key })

/** An amount to the fen that opens what it is made of. */
function Sum({ line, at, name, onOpen }: { line: AgeLine; at: Key; name: string; onOpen: () => void }) {
  const t = useText(text)
  const { count, amount } = line[at]
  return (
    <Opens n={count} label={`${name} ${t(`age_${at}`)}`} onOpen={onOpen}>
      {count === 0 ? undefined : formatMoney(amount)}
    </Opens>
  )
}

/** What is owed in all, what of it is late, and how old it is as one bar. */
export function AgeStrip({ total, onOpen }: { total: AgeLine; onOpen: OpenAge }) {
  const t = useText(text)
  const due = total.due.amount
  const shown = (['due', 'late', 'over90', 'notYet', 'unplanned'] as const).map((key) => ({ key, ...total[key] }))
  return (
    <section className="card rp-ages">
      <div className="rp-age-figures">
        {shown.map(({ key, count, amount }) => (
          <div key={key} data-age={key}>
            <div className="t3 s12">{t(`age_${key}`)}</div>
            <div className={`rp-age-sum${key === 'late' && count > 0 ? ' tbad' : ''}`}>
              <Opens n={count} label={t(`age_${key}`)} onOpen={() => onOpen(ageOf(key), t(`age_${key}`))}>
                {formatMoney(amount)}
              </Opens>
            </div>
            <div className="t3 s12 num">
              {key === 'due' || due <= 0
                ? t('partsN', { n: formatNumber(count) })
                : t('ofOwed', { share: formatPercent(share(amount, due) ?? 0) })}
            </div>
          </div>
        ))}
      </div>
      {due > 0 && (
        <div className="rp-age-bar" aria-hidden="true">
          {AGE_BUCKETS.map((key) => (
            <i key={key} className={`rp-age-${key}`} style={{ flexGrow: Math.max(0, total[key].amount / due) }} />
          ))}
        </div>
      )}
    </section>
  )
}

type AgeTableProps = { report: ReceivablesReport; total: AgeLine; onOpen: OpenAge }
/** A line per customer, owner, department or month; its numbers add up, and so do the lines. */
export function AgeTable({ report, total, onOpen }: AgeTableProps) {
  const t = useText(text)
  const { chosen, found } = report
  const groups = found.data?.pages.flatMap((page) => page.groups) ?? []
  const count = found.data?.pages[0]?.count ?? 0
  const by = chosen.group
  return (
    <section className="card rp-groups" aria-labelledby="rp-ages">
      <header className="ch">
        <h2 id="rp-ages">{t('owedTitle')}</h2>
        <span className="t3 s12 rp-hint">{t('owedHint')}</span>
      </header>
      <div className="rp-scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">{t(`ageBy_${by}`)}</th>
              {COLUMNS.map((key) => (
                <th scope="col" key={key} {...(key === 'notYet' && { className: 'rp-first' })}>
                  {t(`age_${key}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {groups.map((group) => (
              <Line key={group.key ?? ''} by={by} group={group} onOpen={onOpen} />
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t('total')}</th>
              <Cells line={total} name={t('total')} onOpen={(key) => onOpen(ageOf(key), t(`age_${key}`))} />
            </tr>
          </tfoot>
        </table>
      </div>
      {found.hasNextPage && (
        <div className="rp-more">
          <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {t('moreGroups', { n: formatNumber(Math.min(100, count - groups.length)) })}
          </Button>
        </div>
      )}
    </section>
  )
}

type Group = Receivables['groups'][number]
function Line({ by, group, onOpen }: { by: AgeGroupKey; group: Group; onOpen: OpenAge }) {
  const t = useText(text)
  const { key, depth } = group
  const name = group.name ?? t(by === 'customer' && key !== null ? 'unseenCustomer' : EMPTY[by])
  return (
    <tr data-group={key ?? ''}>
      <th scope="row" style={depth > 0 ? { paddingLeft: 16 + depth * 16 } : undefined}>
        <span className={group.name === null ? 't3' : undefined} title={name}>
          {name}
        </span>
      </th>
      <Cells line={group} name={name} onOpen={(at) => onOpen({ ...ageOf(at), group: key }, `${name} · ${t(`age_${at}`)}`)} />
    </tr>
  )
}

const Cells = ({ line, name, onOpen }: { line: AgeLine; name: string; onOpen: (key: Key) => void }) =>
  COLUMNS.map((key) => (
    <td key={key} className={`${key === 'due' ? 'b' : ''}${key === 'notYet' ? ' rp-first' : ''}`} data-age={key}>
      <Sum line={line} at={key} name={name} onOpen={() => onOpen(key)} />
    </td>
  ))
