import './reports.css'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { Suspense, useState } from 'react'
import type { Forecast, ForecastAsked, ForecastCell, ForecastLine } from '../../../src-shared/features/reports/model.ts'
import { share } from '../../../src-shared/kernel/rational.ts'
import { EmptyState, LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { Dash } from '../../components/values.tsx'
import { useApi } from '../../kernel/context.tsx'
import { formatWan } from '../../kernel/format.ts'
import { later } from '../../kernel/later.ts'
import { useText } from '../../kernel/text.ts'
import { ForecastChart } from './ForecastChart.tsx'
import { Opens, Share, Wan } from './parts.tsx'
import { ExportReport } from './ExportReport.tsx'
import { ReportBar, ReportTabs } from './ReportHead.tsx'
import { text } from './text.ts'
import { useReport } from './useReport.ts'

const RowsDrawer = later(() => import('./RowsDrawer.tsx').then((module) => module.RowsDrawer))
type Opened = { cell: ForecastCell; title: string }

/** 销售预测: month by month what was won and what is expected, against the targets. */
export function ForecastPage() {
  const report = useReport()
  const asked: ForecastAsked | null = report.common && { ...report.common, group: null }
  const [opened, setOpened] = useState<Opened | null>(null)
  const found = useQuery(
    useApi().reports.forecast.queryOptions({
      input: asked ?? { from: report.today, to: report.today },
      enabled: asked !== null,
      placeholderData: keepPreviousData,
      meta: { shown: true },
    }),
  )
  const error = report.error ?? found.error
  return (
    <main className="page paper">
      <ReportTabs at="forecast" />
      <ReportBar report={report}>
        <ExportReport name="forecast" report={asked && found.data && !isEmpty(found.data) ? { name: 'forecast', asked } : null} />
      </ReportBar>
      <div className="rp-body">
        {!found.data && error && (
          <LoadFailed error={error} feature="reports" onRetry={() => void (report.error ? report.retry() : found.refetch())} />
        )}
        {!found.data && !error && <SkeletonRows rows={10} height={40} />}
        {found.data && <Months forecast={found.data} today={report.today} onOpen={(cell, title) => setOpened({ cell, title })} />}
      </div>
      <Suspense>
        {opened && asked && (
          <RowsDrawer
            title={opened.title}
            of={{ report: 'forecast', asked, cell: opened.cell }}
            onClose={() => setOpened(null)}
          />
        )}
      </Suspense>
    </main>
  )
}

type OnOpen = (cell: ForecastCell, title: string) => void
const isEmpty = ({ months, earlier, later: after, undated }: Forecast): boolean =>
  [...months, earlier, after, undated].every(({ won, open }) => won.count + open.count === 0)

function Months({ forecast, today, onOpen }: { forecast: Forecast; today: string; onOpen: OnOpen }) {
  const t = useText(text)
  const navigate = useNavigate()
  if (isEmpty(forecast))
    return (
      <EmptyState title={t('emptyForecast')} hint={t('emptyForecastHint')}>
        <Button type="primary" onClick={() => void navigate({ to: '/opportunities' })}>
          {t('toOpportunities')}
        </Button>
      </EmptyState>
    )
  const { months, total } = forecast
  const hasTargets = total.target !== null
  const beside = (['earlier', 'later', 'undated'] as const).filter((key) => forecast[key].open.count > 0)
  return (
    <>
      {months.length > 1 && <ForecastChart months={months} today={today} />}
      <section className="card rp-groups" aria-labelledby="rp-months">
        <header className="ch">
          <h2 id="rp-months">{t('forecastTitle')}</h2>
          <span className="t3 s12 rp-hint">{t('forecastHint')}</span>
        </header>
        <div className="rp-scroll">
          <table>
            <Head hasTargets={hasTargets} />
            <tbody>
              {months.map(({ month, target, ...line }) => (
                <Line
                  key={month}
                  name={month}
                  line={line}
                  target={hasTargets ? target : undefined}
                  place={month}
                  onOpen={onOpen}
                />
              ))}
            </tbody>
            <tfoot>
              <Line name={t('total')} line={total} target={hasTargets ? total.target : undefined} onOpen={onOpen} />
              {beside.map((key) => (
                <Line
                  key={key}
                  name={t(key)}
                  line={forecast[key]}
                  target={hasTargets ? null : undefined}
                  place={key}
                  onOpen={onOpen}
                />
              ))}
            </tfoot>
          </table>
        </div>
      </section>
    </>
  )
}

function Head({ hasTargets }: { hasTargets: boolean }) {
  const t = useText(text)
  return (
    <thead>
      <tr>
        <th scope="col">{t('monthColumn')}</th>
        <th scope="col" className="rp-first">
          {t('won')}
        </th>
        <th scope="col">{t('amountWan')}</th>
        <th scope="col" className="rp-wide rp-first" title={t('commitHint')}>
          {t('commit')}
        </th>
        <th scope="col" className="rp-wide">
          {t('amountWan')}
        </th>
        <th scope="col" className="rp-first">
          {t('best')}
        </th>
        <th scope="col">{t('amountWan')}</th>
        <th scope="col" className="rp-first">
          {t('weighted')}
        </th>
        <th scope="col">{t('expected')}</th>
        {hasTargets && (
          <>
            <th scope="col" className="rp-first">
              {t('target')}
            </th>
            <th scope="col">{t('attained')}</th>
          </>
        )}
      </tr>
    </thead>
  )
}

type LineProps = { name: string; line: ForecastLine; target: number | null | undefined; place?: string; onOpen: OnOpen }
function Line({ name, line, target, place, onOpen }: LineProps) {
  const t = useText(text)
  const { won, open, commit, weighted } = line
  const cell = (what: ForecastCell['what'], word: string) => (
    <Opens
      n={line[what].count}
      label={`${name} ${word}`}
      onOpen={() => onOpen({ what, ...(place !== undefined && { place }) }, `${name} · ${word}`)}
    />
  )
  const expected = won.amount === null || weighted === null ? null : won.amount + weighted
  return (
    <tr>
      <th scope="row" className="num">
        {name}
      </th>
      <td className="rp-first">{cell('won', t('won'))}</td>
      <td>
        <Wan fen={won.amount} />
      </td>
      <td className="rp-wide rp-first">{cell('commit', t('commit'))}</td>
      <td className="rp-wide">
        <Wan fen={commit.amount} />
      </td>
      <td className="rp-first">{cell('open', t('best'))}</td>
      <td>
        <Wan fen={open.amount} />
      </td>
      <td className="rp-first">
        <Wan fen={weighted} />
      </td>
      <td className="b">
        <Wan fen={expected} />
      </td>
      {target !== undefined && (
        <>
          <td className="num rp-first">{target === null ? <Dash /> : formatWan(target)}</td>
          <td>
            <Share value={target === null || target === 0 || won.amount === null ? null : share(won.amount, target)} />
          </td>
        </>
      )}
    </tr>
  )
}
