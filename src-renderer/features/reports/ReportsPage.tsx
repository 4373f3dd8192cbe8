import { Navigate } from '@tanstack/react-router'
import { FunnelPage } from './FunnelPage.tsx'
import { REPORTS, useReports } from './ReportHead.tsx'

/** 报表: the first of the reports that one may see. */
export function ReportsPage() {
  const [first = 'funnel'] = useReports()
  return first === 'funnel' ? <FunnelPage /> : <Navigate to={REPORTS[first]} replace />
}
