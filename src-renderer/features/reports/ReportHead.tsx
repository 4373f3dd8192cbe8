import { TeamOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Segmented, Select } from 'antd'
import { lazy, type ReactNode, Suspense } from 'react'
import { ViewTabs } from '../../components/page.tsx'
import { useCan } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'
import { useKinds } from './useKinds.ts'
import { type Chosen, PERIODS, type PeriodKey, type Report, type WhoKey } from './useReport.ts'

const RangeChoice = lazy(() => import('./RangeChoice.tsx').then((module) => ({ default: module.RangeChoice })))

export const REPORTS = {
  funnel: '/reports',
  forecast: '/reports/forecast',
  response: '/reports/response',
  roi: '/reports/roi',
  receivables: '/reports/receivables',
  ranking: '/reports/ranking',
  targets: '/reports/targets',
} as const
export type ReportKey = keyof typeof REPORTS

/** The reports that one may see, each by its own right. */
export function useReports(): ReportKey[] {
  const seesTargets = useCan('targets.read')
  const seesDeals = useCan('opportunities.read')
  const seesOrders = useCan('orders.read')
  const seesLeads = useCan('leads.read')
  const seesCosts = useCan('sourceCosts.read')
  const kinds = useKinds()
  const sees: Record<ReportKey, boolean> = {
    funnel: seesDeals,
    forecast: seesDeals,
    response: seesLeads,
    roi: seesCosts,
    receivables: seesOrders,
    ranking: kinds.length > 0,
    targets: seesTargets,
  }
  return (Object.keys(REPORTS) as ReportKey[]).filter((key) => sees[key])
}

/** The reports there are, and what one does with the one that is open. */
export function ReportTabs({ at, children }: { at: ReportKey; children?: ReactNode }) {
  const t = useText(text)
  const navigate = useNavigate()
  const keys = useReports()
  return (
    <ViewTabs views={keys.map((key) => ({ key, label: t(key) }))} at={at} onChange={(key) => void navigate({ to: REPORTS[key] })}>
      {children}
    </ViewTabs>
  )
}

type BarReport = {
  readonly chosen: Pick<Report['chosen'], 'period' | 'from' | 'to'>
  readonly choose: (next: { period?: PeriodKey; from?: string; to?: string; who?: WhoKey; pipeline?: string }) => void
  readonly common: { readonly from: string; readonly to: string } | null
} & Pick<Report, 'scopes' | 'at' | 'pipelines' | 'pipeline'>

/** Days, people and pipeline: once, for everything below. */
export function ReportBar({ report, children }: { report: BarReport; children?: ReactNode }) {
  const t = useText(text)
  const { chosen, choose, common, scopes, at, pipelines, pipeline } = report
  const living = pipelines.filter(({ archived, id }) => !archived || id === pipeline)
  return (
    <div className="bar rp-bar">
      <Segmented<PeriodKey>
        aria-label={t('period')}
        value={chosen.period}
        onChange={(period) => choose({ period, ...(period === 'custom' && common && { from: common.from, to: common.to }) })}
        options={PERIODS.map((value) => ({ value, label: t(value) }))}
      />
      {chosen.period === 'custom' && (
        <Suspense>
          <RangeChoice from={common?.from ?? ''} to={common?.to ?? ''} onChange={choose} />
        </Suspense>
      )}
      {scopes.length > 1 && (
        <Select<WhoKey>
          aria-label={t('who')}
          prefix={<TeamOutlined />}
          value={at ?? 'own'}
          onChange={(who) => choose({ who })}
          options={scopes.map(({ key }) => ({ value: key, label: t(`who_${key}`) }))}
          popupMatchSelectWidth={false}
        />
      )}
      {living.length > 1 && (
        <Select
          aria-label={t('pipeline')}
          value={pipeline}
          onChange={(id) => choose({ pipeline: id })}
          options={living.map(({ id, name }) => ({ value: id, label: name }))}
          popupMatchSelectWidth={false}
        />
      )}
      <span className="grow" />
      {children}
    </div>
  )
}

/** Which other period everything is held against. */
export function CompareChoice({ value, onChange }: { value: Chosen['compare']; onChange: (compare: Chosen['compare']) => void }) {
  const t = useText(text)
  const words = { before: t('before'), year: t('lastYear'), none: t('none') }
  return (
    <>
      <span className="t3 rp-wide">{t('compare')}</span>
      <Select<Chosen['compare']>
        aria-label={t('compare')}
        value={value}
        onChange={onChange}
        options={(['before', 'year', 'none'] as const).map((key) => ({ value: key, label: words[key] }))}
        popupMatchSelectWidth={false}
      />
    </>
  )
}
