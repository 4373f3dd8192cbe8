import type { ForecastAsked, ForecastCell, FunnelAsked, FunnelCell } from '../../../src-shared/features/reports/model.ts'
import type { ReceivablesAsked, ReceivablesCell } from '../../../src-shared/features/reports/receivables.ts'
import type { ResponseAsked, ResponseCell } from '../../../src-shared/features/reports/response.ts'
import type { RoiAsked, RoiCell } from '../../../src-shared/features/reports/roi.ts'
import type { TaskContext, TaskTable } from '../../kernel/tasks.ts'
import { readForecast } from './forecast.ts'
import { readFunnelDays } from './days.ts'
import { readFunnel } from './funnel.ts'
import type { Reading } from './ground.ts'
import { readReceivables, receivableRows } from './receivables.ts'
import { readResponse, responseRows } from './response.ts'
import { readRoi, roiRows } from './roi.ts'
import { forecastRows, funnelRows, type Page } from './rows.ts'

/** What a report needs of whoever asks for it, as it goes to a worker. */
export type Reader = Pick<Reading, 'actor' | 'zone' | 'now' | 'today' | 'verb'>
const reading = ({ db, entities }: TaskContext, { actor, zone, now, today, verb }: Reader): Reading => ({
  db,
  entities,
  actor,
  zone,
  now,
  today,
  verb,
})

/** Reports look at everything: beside everybody's work, never in its way. */
export const reportTasks: TaskTable = {
  'reports.funnel': (context, input: Reader & { asked: FunnelAsked }) => readFunnel(reading(context, input), input.asked),
  'reports.funnelDays': (context, input: Reader & { asked: FunnelAsked }) => readFunnelDays(reading(context, input), input.asked),
  'reports.funnelRows': (context, input: Reader & Page & { asked: FunnelAsked; cell: FunnelCell }) =>
    funnelRows(reading(context, input), input.asked, input.cell, input),
  'reports.forecast': (context, input: Reader & { asked: ForecastAsked }) => readForecast(reading(context, input), input.asked),
  'reports.forecastRows': (context, input: Reader & Page & { asked: ForecastAsked; cell: ForecastCell }) =>
    forecastRows(reading(context, input), input.asked, input.cell, input),
  'reports.response': (context, input: Reader & { asked: ResponseAsked }) => readResponse(reading(context, input), input.asked),
  'reports.responseRows': (context, input: Reader & Page & { asked: ResponseAsked; cell: ResponseCell }) =>
    responseRows(reading(context, input), input.asked, input.cell, input),
  'reports.roi': (context, input: Reader & { asked: RoiAsked }) => readRoi(reading(context, input), input.asked),
  'reports.roiRows': (context, input: Reader & Page & { asked: RoiAsked; cell: RoiCell }) =>
    roiRows(reading(context, input), input.asked, input.cell, input),
  'reports.receivables': (context, input: Reader & { asked: ReceivablesAsked; page: Page | null; verb?: 'export' }) =>
    readReceivables(reading(context, input), input.asked, input),
  'reports.receivableRows': (context, input: Reader & Page & { asked: ReceivablesAsked; cell: ReceivablesCell }) =>
    receivableRows(reading(context, input), input.asked, input.cell, input),
}
