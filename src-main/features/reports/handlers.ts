import type { Behind } from '../../../src-shared/features/reports/contract.ts'
import type { Forecast, Funnel, FunnelDays } from '../../../src-shared/features/reports/model.ts'
import { dateIn } from '../../../src-shared/kernel/time.ts'
import type { QueryContext } from '../../kernel/context.ts'
import { onQuery } from '../../kernel/pipeline.ts'
import { whoCanBeSeen } from '../workbench/public.ts'
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
  forecastRows: onQuery.reports.forecastRows.handler(({ input, context }) =>
    context.scan<Behind>('reports.forecastRows', { ...readerOf(context), ...input }),
  ),
}
