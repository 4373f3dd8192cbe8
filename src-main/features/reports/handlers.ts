import type { Behind, BehindOwed } from '../../../src-shared/features/reports/contract.ts'
import type { Forecast, Funnel, FunnelDays } from '../../../src-shared/features/reports/model.ts'
import type { Receivables } from '../../../src-shared/features/reports/receivables.ts'
import type { Response } from '../../../src-shared/features/reports/response.ts'
import type { Roi } from '../../../src-shared/features/reports/roi.ts'
import { dateIn } from '../../../src-shared/kernel/time.ts'
import type { QueryContext } from '../../kernel/context.ts'
import { onQuery } from '../../kernel/pipeline.ts'
import { whoCanBeSeen } from '../workbench/public.ts'
import type { ResponseRows } from './response.ts'
import type { RoiRows } from './roi.ts'
import type { Reader } from './tasks.ts'

const readerOf = ({ actor, now, services }: Pick<QueryContext, 'actor' | 'now' | 'services'>): Reader => {
  const zone = services.timeZone()
  return { actor, zone, now: now(), today: dateIn(now(), zone) }
}

export const reportsHandlers = {
  who: onQuery.reports.who.handler(({ context }) =>
    whoCanBeSeen(context.db, context.actor, readerOf(context).today, 'opportunities.read'),
  ),
  funnel: onQuery.reports.funnel.handler(({ input, context }) =>
    context.scan<Funnel>('reports.funnel', { ...readerOf(context), asked: input }),
  ),
  funnelDays: onQuery.reports.funnelDays.handler(({ input, context }) =>
    context.scan<FunnelDays>('reports.funnelDays', { ...readerOf(context), asked: input }),
  ),
  funnelRows: onQuery.reports.funnelRows.handler(({ input, context }) =>
    context.scan<Behind>('reports.funnelRows', { ...readerOf(context), ...input }),
  ),
  forecast: onQuery.reports.forecast.handler(({ input, context }) =>
    context.scan<Forecast>('reports.forecast', { ...readerOf(context), asked: input }),
  ),
  whoOwes: onQuery.reports.whoOwes.handler(({ context }) =>
    whoCanBeSeen(context.db, context.actor, readerOf(context).today, 'orders.read'),
  ),
  receivables: onQuery.reports.receivables.handler(({ input: { asked, offset, limit }, context }) =>
    context.scan<Receivables>('reports.receivables', { ...readerOf(context), asked, page: { offset, limit } }),
  ),
  receivableRows: onQuery.reports.receivableRows.handler(({ input, context }) =>
    context.scan<BehindOwed>('reports.receivableRows', { ...readerOf(context), ...input }),
  ),
  whoAnswers: onQuery.reports.whoAnswers.handler(({ context }) =>
    whoCanBeSeen(context.db, context.actor, readerOf(context).today, 'leads.read'),
  ),
  response: onQuery.reports.response.handler(({ input, context }) =>
    context.scan<Response>('reports.response', { ...readerOf(context), asked: input }),
  ),
  responseRows: onQuery.reports.responseRows.handler(({ input, context }) =>
    context.scan<ResponseRows>('reports.responseRows', { ...readerOf(context), ...input }),
  ),
  roi: onQuery.reports.roi.handler(({ input, context }) =>
    context.scan<Roi>('reports.roi', { ...readerOf(context), asked: input }),
  ),
  roiRows: onQuery.reports.roiRows.handler(({ input, context }) =>
    context.scan<RoiRows>('reports.roiRows', { ...readerOf(context), ...input }),
  ),
  forecastRows: onQuery.reports.forecastRows.handler(({ input, context }) =>
    context.scan<Behind>('reports.forecastRows', { ...readerOf(context), ...input }),
  ),
}
