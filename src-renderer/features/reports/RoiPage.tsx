import './reports.css'
import { AccountBookOutlined } from '@ant-design/icons'
import { Button, Tooltip } from 'antd'
import { Suspense, useState } from 'react'
import type { Roi, RoiCell, RoiLine } from '../../../src-shared/features/reports/roi.ts'
import { EmptyState, LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { Dash, Money } from '../../components/values.tsx'
import { useCan } from '../../kernel/context.tsx'
import { formatNumber, formatPercent, formatWan } from '../../kernel/format.ts'
import { later } from '../../kernel/later.ts'
import { useText } from '../../kernel/text.ts'
import { ExportReport } from './ExportReport.tsx'
import { type Against, Figure } from './FunnelFigures.tsx'
import { Opens, Share, Wan } from './parts.tsx'
import { CompareChoice, ReportBar, ReportTabs } from './ReportHead.tsx'
import { text } from './roiText.ts'
import { text as shared } from './text.ts'
import { useRoi } from './useRoi.ts'

const RoiRows = later(() => import('./RoiRows.tsx').then((module) => module.RoiRows))
const SourceCosts = later(() => import('../source-costs/forms.ts').then((module) => module.SourceCosts))
type OpenCell = (cell: RoiCell, title: string) => void

/** 投入产出: what each source cost, what came of it and whether it paid; every number opens its rows. */
export function RoiPage() {
  const t = useText(text)
  const report = useRoi()
  const mayEnter = useCan('sourceCosts.manage')
  const { asked, found, chosen, choose } = report
  const [opened, setOpened] = useState<{ cell: RoiCell; title: string } | null>(null)
  const [showsCosts, setShowsCosts] = useState(false)
  const hasRows = (found.data?.groups.length ?? 0) > 0
  const costs = (
    <Button type={mayEnter ? 'primary' : 'default'} icon={<AccountBookOutlined />} onClick={() => setShowsCosts(true)}>
      {t(mayEnter ? 'costs' : 'seeCosts')}
    </Button>
  )
  return (
    <main className="page paper">
      <ReportTabs at="roi" />
      <ReportBar report={{ ...report, scopes: [], at: null, pipelines: [], pipeline: null }}>
        <CompareChoice value={chosen.compare} onChange={(compare) => choose({ compare })} />
        <ExportReport name="roi" report={hasRows ? { name: 'roi', asked } : null} />
        {hasRows && costs}
      </ReportBar>
      <div className="rp-body">
        {!found.data && found.error && <LoadFailed error={found.error} feature="reports" onRetry={() => void found.refetch()} />}
        {!found.data && !found.error && <SkeletonRows rows={8} height={40} />}
        {found.data && !hasRows && (
          <EmptyState title={t('empty')} hint={t('emptyHint')}>
            {costs}
          </EmptyState>
        )}
        {found.data && hasRows && (
          <>
            <Figures found={found.data} onOpen={(cell, title) => setOpened({ cell, title })} />
            <Sources found={found.data} onOpen={(cell, title) => setOpened({ cell, title })} />
          </>
        )}
      </div>
      <Suspense>
        {opened && <RoiRows title={opened.title} asked={asked} cell={opened.cell} onClose={() => setOpened(null)} />}
        {showsCosts && <SourceCosts onClose={() => setShowsCosts(false)} />}
      </Suspense>
    </main>
  )
}

function Figures({ found: { total, before }, onOpen }: { found: Roi; onOpen: OpenCell }) {
  const t = useText(text)
  const s = useText(shared)
  const of = (pick: (line: RoiLine) => number | null, more: Partial<Against> = {}): Against => ({
    now: pick(total),
    before: before && pick(before.total),
    better: 'more',
    ...more,
  })
  const count = (n: number | null) => (n === null ? <Dash /> : formatNumber(n))
  const open = (what: RoiCell['what']) => () => onOpen({ what }, t(what))
  return (
    <section className="card rp-figures" aria-label={s('roi')}>
      <Figure label={t('spent')} unit={s('wan')} against={of(({ spent }) => spent, { better: null })} onOpen={open('spent')}>
        {`¥${formatWan(total.spent)}`}
      </Figure>
      <Figure label={t('leads')} against={of(({ leads }) => leads)} onOpen={open('leads')}>
        {count(total.leads)}
      </Figure>
      <Figure label={t('won')} unit={s('unit')} against={of(({ won }) => won?.count ?? null)} onOpen={open('won')}>
        {count(total.won?.count ?? null)}
      </Figure>
      <Figure label={t('wonAmount')} unit={s('wan')} against={of(({ won }) => won?.amount ?? null)} onOpen={open('won')}>
        {total.won?.amount == null ? <Dash /> : `¥${formatWan(total.won.amount)}`}
      </Figure>
      <Figure label={t('rate')} hint={t('rateHint')} against={of(({ roi }) => roi, { points: true })}>
        {total.roi === null ? <Dash /> : formatPercent(total.roi)}
      </Figure>
    </section>
  )
}

const HEADS = ['spentWan', 'leads', 'customers', 'opportunities', 'won', 'wonWan'] as const
const AFTER = ['receivedWan', 'perLead', 'perWon'] as const
/** Not on a phone. */
const WIDE: ReadonlySet<string> = new Set(['customers', 'opportunities', 'won'])
const wide = (head: string) => (WIDE.has(head) ? { className: 'rp-wide' } : {})

function Sources({ found, onOpen }: { found: Roi; onOpen: OpenCell }) {
  const t = useText(text)
  const s = useText(shared)
  return (
    <section className="card rp-groups" aria-labelledby="rp-roi">
      <header className="ch">
        <h2 id="rp-roi">{s('roi')}</h2>
        <span className="t3 s12 rp-hint">{t('hint')}</span>
      </header>
      <div className="rp-scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('source')}</th>
              {HEADS.map((head) => (
                <th scope="col" key={head} {...wide(head)}>
                  {t(head)}
                </th>
              ))}
              <th scope="col">
                <Tooltip title={t('rateHint')}>
                  <span>{t('rate')}</span>
                </Tooltip>
              </th>
              {AFTER.map((head) => (
                <th scope="col" key={head}>
                  {t(head)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {found.groups.map((group) => {
              const name = group.name ?? t('noSource')
              return (
                <tr key={group.key ?? ''} data-group={group.key ?? ''}>
                  <th scope="row">{group.name === null ? <span className="t3">{name}</span> : name}</th>
                  <Cells line={group} name={name} onOpen={(cell, title) => onOpen({ ...cell, group: group.key }, title)} />
                </tr>
              )
            })}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{s('total')}</th>
              <Cells line={found.total} name={s('total')} onOpen={onOpen} />
            </tr>
          </tfoot>
        </table>
      </div>
    </section>
  )
}

function Cells({ line, name, onOpen }: { line: RoiLine; name: string; onOpen: OpenCell }) {
  const t = useText(text)
  const open = (what: RoiCell['what']) => ({
    label: `${name} ${t(what)}`,
    onOpen: () => onOpen({ what }, `${name} · ${t(what)}`),
  })
  const { spent, won, received, perLead, perWon, roi } = line
  const counted = (what: 'leads' | 'customers' | 'opportunities') => {
    const n = line[what]
    return <td {...wide(what)}>{n === null ? <Dash /> : <Opens n={n} {...open(what)} />}</td>
  }
  return (
    <>
      <td>
        <Opens n={spent} {...open('spent')}>
          <Wan fen={spent} />
        </Opens>
      </td>
      {counted('leads')}
      {counted('customers')}
      {counted('opportunities')}
      <td {...wide('won')}>{won === null ? <Dash /> : <Opens n={won.count} {...open('won')} />}</td>
      <td>
        <Wan fen={won?.amount ?? null} />
      </td>
      <td className={roi !== null && roi < 0 ? 'tbad' : undefined}>
        <Share value={roi} />
      </td>
      <td>
        {received === null ? (
          <Dash />
        ) : (
          <Opens n={received.count} {...open('received')}>
            <Wan fen={received.amount} />
          </Opens>
        )}
      </td>
      <td>
        <Money fen={perLead} />
      </td>
      <td>
        <Money fen={perWon} />
      </td>
    </>
  )
}
