import './reports.css'
import { ExportOutlined, TeamOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Button, DatePicker, Segmented, Select } from 'antd'
import dayjs from 'dayjs'
import { Suspense, useState } from 'react'
import { type AgeGroupKey } from '../../../src-shared/features/reports/keys.ts'
import type { ReceivablesCell } from '../../../src-shared/features/reports/receivables.ts'
import { mayAskBy } from '../../components/filter/askBy.ts'
import { EmptyState, LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { useCan, useMe } from '../../kernel/context.tsx'
import { later } from '../../kernel/later.ts'
import { useText } from '../../kernel/text.ts'
import { useReceivablesExport } from '../exports/public.ts'
import { AgeStrip, AgeTable } from './AgeTable.tsx'
import { ReportTabs } from './ReportHead.tsx'
import { text } from './text.ts'
import { type ReceivablesReport, useReceivables } from './useReceivables.ts'
import type { WhoKey } from './useReport.ts'

const ReceivableRows = later(() => import('./ReceivableRows.tsx').then((module) => module.ReceivableRows))
const FIELD = { customer: 'customerId', owner: 'ownerId', department: 'ownerId', month: 'signedOn' } as const

export type OpenAge = (cell: ReceivablesCell, title: string) => void

/** 应收账款: what is owed, by how late it is; every number opens the plans and orders behind it. */
export function ReceivablesPage() {
  const report = useReceivables()
  const { asked, found, error } = report
  const [opened, setOpened] = useState<{ cell: ReceivablesCell; title: string } | null>(null)
  return (
    <main className="page paper">
      <ReportTabs at="receivables" />
      <Bar report={report} />
      <div className="rp-body">
        {!found.data && error && <LoadFailed error={error} feature="reports" onRetry={() => void found.refetch()} />}
        {!found.data && !error && <SkeletonRows rows={10} height={40} />}
        {found.data && <Whole report={report} onOpen={(cell, title) => setOpened({ cell, title })} />}
      </div>
      <Suspense>
        {opened && asked && (
          <ReceivableRows title={opened.title} asked={asked} cell={opened.cell} onClose={() => setOpened(null)} />
        )}
      </Suspense>
    </main>
  )
}

function Bar({ report }: { report: ReceivablesReport }) {
  const { on, setOn, chosen, choose, scopes, at } = report
  const t = useText(text)
  const me = useMe()
  const keys = (['customer', 'owner', 'department', 'month'] as const).filter((key) => mayAskBy(me, 'order', FIELD[key]))
  return (
    <div className="bar rp-bar">
      <span className="t3 rp-wide">{t('onDay')}</span>
      <DatePicker
        className="rp-day"
        aria-label={t('onDay')}
        format="YYYY-MM-DD"
        allowClear={false}
        value={dayjs(on)}
        onChange={(next) => next && setOn(next.format('YYYY-MM-DD'))}
      />
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
      <Segmented<AgeGroupKey>
        aria-label={t('groupBy')}
        value={chosen.group}
        onChange={(group) => choose({ group })}
        options={keys.map((value) => ({ value, label: t(`ageBy_${value}`) }))}
      />
      <span className="grow" />
      <Export report={report} />
    </div>
  )
}

/** The table as a workbook, for who may take orders out. */
function Export({ report: { asked, found } }: { report: ReceivablesReport }) {
  const t = useText(text)
  const exporting = useReceivablesExport()
  const mayExport = [useCan('orders.export'), useCan('customers.export')].every(Boolean)
  const hasRows = (found.data?.pages[0]?.total.due.count ?? 0) > 0
  if (!mayExport || !asked || !hasRows) return null
  return (
    <Button icon={<ExportOutlined />} loading={exporting.isRunning} onClick={() => exporting.start(asked)}>
      {t('exportTable')}
    </Button>
  )
}

function Whole({ report, onOpen }: { report: ReceivablesReport; onOpen: OpenAge }) {
  const t = useText(text)
  const navigate = useNavigate()
  const [first] = report.found.data?.pages ?? []
  if (!first) return null
  if (first.total.due.count === 0)
    return (
      <EmptyState title={t('emptyOwed')} hint={t('emptyOwedHint')}>
        <Button type="primary" onClick={() => void navigate({ to: '/orders' })}>
          {t('toOrders')}
        </Button>
      </EmptyState>
    )
  return (
    <>
      <AgeStrip total={first.total} onOpen={onOpen} />
      <AgeTable report={report} total={first.total} onOpen={onOpen} />
    </>
  )
}
