import {
  BASES,
  COMPARES,
  type Forecast,
  FORECAST_GROUPS,
  ForecastAsked,
  type Funnel,
  FUNNEL_GROUPS,
  FunnelAsked,
  type FunnelDays,
} from '../../../src-shared/features/reports/model.ts'
import { AGE_GROUP_KEYS, RESPONSE_GROUP_KEYS } from '../../../src-shared/features/reports/keys.ts'
import { type Receivables, ReceivablesAsked } from '../../../src-shared/features/reports/receivables.ts'
import { type Response, ResponseAsked } from '../../../src-shared/features/reports/response.ts'
import { type Roi, RoiAsked } from '../../../src-shared/features/reports/roi.ts'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import { dateIn } from '../../../src-shared/kernel/time.ts'
import type { Backend } from '../../kernel/context.ts'
import { withPipeline } from './ground.ts'

export const REPORT_NAMES = ['funnel', 'forecast', 'receivables', 'response', 'roi'] as const
export type ReportName = (typeof REPORT_NAMES)[number]
export const REPORT_WORDS = {
  bases: BASES,
  groups: { funnel: FUNNEL_GROUPS, forecast: FORECAST_GROUPS, receivables: AGE_GROUP_KEYS, response: RESPONSE_GROUP_KEYS },
  compares: COMPARES,
} as const

/** What is owed on a day by age, as on the page, all groups of it. @throws Forbidden as on the page */
export function readOwed(
  backend: Backend,
  actor: Actor,
  given: { on?: string | undefined; group?: string | undefined },
): Promise<Receivables> {
  const zone = backend.services.timeZone()
  const now = backend.now()
  const today = dateIn(now, zone)
  const asked = ReceivablesAsked.parse({ group: given.group, on: given.on ?? today })
  return backend.workers.run<Receivables>('reports.receivables', { actor, zone, now, today, asked, page: null })
}

/** How soon leads were answered, as on the page. @throws Forbidden as on the page */
export function readAnswers(
  backend: Backend,
  actor: Actor,
  given: { from: string; to: string; group?: string | undefined },
): Promise<Response> {
  const zone = backend.services.timeZone()
  const now = backend.now()
  const asked = ResponseAsked.parse(given)
  return backend.workers.run<Response>('reports.response', { actor, zone, now, today: dateIn(now, zone), asked })
}

/** What sources cost and what came of it, as on the page. @throws Forbidden as on the page */
export function readReturns(
  backend: Backend,
  actor: Actor,
  given: { from: string; to: string; compare?: string | null | undefined },
): Promise<Roi> {
  const zone = backend.services.timeZone()
  const now = backend.now()
  const asked = RoiAsked.parse(given)
  return backend.workers.run<Roi>('reports.roi', { actor, zone, now, today: dateIn(now, zone), asked })
}

export type ReportAsked = {
  readonly from: string
  readonly to: string
  readonly by?: string | undefined
  readonly group?: string | undefined
  readonly compare?: string | undefined
  /** By its name, or `all`. */
  readonly pipeline?: string | undefined
}

/**
 * The report of the command line: the same figures as on the page.
 * @throws NotFound for a pipeline that does not exist, Forbidden as on the page
 */
export async function readReport(
  backend: Backend,
  actor: Actor,
  name: 'funnel' | 'forecast',
  asked: ReportAsked,
): Promise<(Funnel & { days: FunnelDays }) | Forecast> {
  const zone = backend.services.timeZone()
  const now = backend.now()
  const reader = { actor, zone, now, today: dateIn(now, zone) }
  const { by, compare, pipeline, ...rest } = asked
  const common = { ...rest, ...(await withPipeline(backend.database.read, pipeline)) }
  if (name === 'forecast')
    return backend.workers.run<Forecast>('reports.forecast', { ...reader, asked: ForecastAsked.parse(common) })
  const input = { ...reader, asked: FunnelAsked.parse({ ...common, by, compare }) }
  const funnel = await backend.workers.run<Funnel>('reports.funnel', input)
  return { ...funnel, days: await backend.workers.run<FunnelDays>('reports.funnelDays', input) }
}
