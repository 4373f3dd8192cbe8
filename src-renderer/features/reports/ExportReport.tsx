import { ExportOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReportExport } from '../../../src-shared/features/exports/contract.ts'
import { useCan } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { useReportExport } from '../exports/public.ts'
import { text } from './text.ts'

const RIGHTS = {
  funnel: 'opportunities.export',
  forecast: 'opportunities.export',
  response: 'leads.export',
  roi: 'sourceCosts.read',
} as const

/** The table of the page as a workbook, for who may take out what it counts; `report` null: there is nothing yet. */
export function ExportReport({ name, report }: { name: keyof typeof RIGHTS; report: ReportExport['report'] | null }) {
  const t = useText(text)
  const exporting = useReportExport()
  const mayExport = [useCan(RIGHTS[name]), useCan('customers.export')].every(Boolean)
  if (!mayExport || !report) return null
  return (
    <Button icon={<ExportOutlined />} loading={exporting.isRunning} onClick={() => exporting.start(report)}>
      {t('exportTable')}
    </Button>
  )
}
