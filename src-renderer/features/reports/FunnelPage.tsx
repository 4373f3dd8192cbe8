import './reports.css'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button, Segmented, Tooltip } from 'antd'
import { Suspense, useState } from 'react'
import type { Funnel, FunnelAsked, FunnelCell, FunnelDays } from '../../../src-shared/features/reports/model.ts'
import { EmptyState, LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { useApi } from '../../kernel/context.tsx'
import { later } from '../../kernel/later.ts'
import { useText } from '../../kernel/text.ts'
import { ExportReport } from './ExportReport.tsx'
import { FunnelFigures } from './FunnelFigures.tsx'
import { FunnelGroups } from './FunnelGroups.tsx'
import { Reasons } from './Reasons.tsx'
import { CompareChoice, ReportBar, ReportTabs } from './ReportHead.tsx'
import { StageTable } from './StageTable.tsx'
import { text } from './text.ts'
import { type Chosen, type Report, useReport } from './useReport.ts'

const RowsDrawer = later(() => import('./RowsDrawer.tsx').then((module) => module.RowsDrawer))

/** Which number was opened, and what it is called. */
export type OpenCell = (cell: FunnelCell, title: string) => void

const askedOf = ({ common, chosen }: Report): FunnelAsked | null =>
  common && {
    ...common,
    by: chosen.by,
    group: chosen.group,
    compare: chosen.compare === 'none' ? null : chosen.compare,
    // All pipelines side by side have no steps in common.
    ...(chosen.group === 'pipeline' && { pipeline: 'all' }),
  }

/** 漏斗分析: how far opportunities come, where they are lost and why; every number opens its rows. */
export function FunnelPage() {
  const report = useReport()
  const asked = askedOf(report)
  const [opened, setOpened] = useState<{ cell: FunnelCell; title: string } | null>(null)
  const found = useQuery(
    useApi().reports.funnel.queryOptions({
      input: asked ?? { by: 'cohort', from: report.today, to: report.today },
      enabled: asked !== null,
      placeholderData: keepPreviousData,
      meta: { shown: true },
    }),
  )
  const days = useQuery(
    useApi().reports.funnelDays.queryOptions({
      input: asked ?? { by: 'cohort', from: report.today, to: report.today },
      enabled: asked !== null && found.data !== undefined,
      placeholderData: keepPreviousData,
      meta: { shown: true },
    }),
  )
  const error = report.error ?? found.error
  return (
    <main className="page paper">
      <ReportTabs at="funnel" />
      <ReportBar report={report}>
        <Basis report={report} />
        <CompareChoice value={report.chosen.compare} onChange={(compare) => report.choose({ compare })} />
        <ExportReport name="funnel" report={asked && found.data && !isEmpty(found.data) ? { name: 'funnel', asked } : null} />
      </ReportBar>
      <div className="rp-body">
        {!found.data && error && (
          <LoadFailed error={error} feature="reports" onRetry={() => void (report.error ? report.retry() : found.refetch())} />
        )}
        {!found.data && !error && <SkeletonRows rows={10} height={40} />}
        {found.data && asked && (
          <Whole funnel={found.data} days={days.data} report={report} onOpen={(cell, title) => setOpened({ cell, title })} />
        )}
      </div>
      <Suspense>
        {opened && asked && (
          <RowsDrawer title={opened.title} of={{ report: 'funnel', asked, cell: opened.cell }} onClose={() => setOpened(null)} />
        )}
      </Suspense>
    </main>
  )
}

const isEmpty = ({ figures, steps }: Funnel): boolean =>
  figures.entered.count + figures.won.count + figures.lost.count + steps.reduce((n, { count }) => n + count, 0) === 0

/** The days follow the counts: they take as long again. */
type WholeProps = { funnel: Funnel; days: FunnelDays | undefined; report: Report; onOpen: OpenCell }
function Whole({ funnel, days, report, onOpen }: WholeProps) {
  if (isEmpty(funnel)) return <Empty />
  const { steps } = funnel
  return (
    <>
      <FunnelFigures funnel={funnel} days={days} onOpen={onOpen} />
      <div className="rp-pair">
        {steps.length > 0 && <StageTable funnel={funnel} days={days} onOpen={onOpen} />}
        {funnel.reasons && <Reasons funnel={funnel} onOpen={onOpen} />}
      </div>
      <FunnelGroups funnel={funnel} days={days} report={report} onOpen={onOpen} />
    </>
  )
}

function Basis({ report: { chosen, choose } }: { report: Report }) {
  const t = useText(text)
  return (
    <Tooltip title={t(`${chosen.by}Hint`)} mouseEnterDelay={0.4}>
      <Segmented<Chosen['by']>
        aria-label={t('basis')}
        value={chosen.by}
        onChange={(by) => choose({ by })}
        options={(['cohort', 'passage'] as const).map((value) => ({ value, label: t(value) }))}
      />
    </Tooltip>
  )
}

function Empty() {
  const t = useText(text)
  const navigate = useNavigate()
  return (
    <EmptyState title={t('empty')} hint={t('emptyHint')}>
      <Button type="primary" onClick={() => void navigate({ to: '/opportunities' })}>
        {t('toOpportunities')}
      </Button>
    </EmptyState>
  )
}
