import { z } from 'zod'
import { query } from '../../kernel/procedure.ts'
import { Opportunity } from '../opportunities/model.ts'
import { Receivable, Receivables, ReceivablesAsked, ReceivablesCell } from './receivables.ts'
import { Response, ResponseAsked, ResponseCell, ResponseRow } from './response.ts'
import { Roi, RoiAsked, RoiCell, RoiRow } from './roi.ts'
import { Forecast, ForecastAsked, ForecastCell, Funnel, FunnelAsked, FunnelCell, FunnelDays } from './model.ts'

const SHOWS = ['opportunity', 'stage', 'pipeline', 'lostReason', 'customer', 'employee', 'department', 'target'] as const
const PAGE = {
  offset: z.number().int().min(0).max(5_000_000).default(0),
  limit: z.number().int().min(1).max(200).default(50),
}
/** The rows behind one number, the dearest first: `count` and `amount` are those of the number. */
const Behind = z.strictObject({
  rows: z.array(Opportunity),
  count: z.number().int(),
  amount: z.number().int().nullable(),
  hasMore: z.boolean(),
})
export type Behind = z.infer<typeof Behind>

const OWED = ['order', 'payment', 'customer', 'employee', 'department'] as const
const BehindOwed = z.strictObject({
  rows: z.array(Receivable),
  count: z.number().int(),
  amount: z.number().int(),
  hasMore: z.boolean(),
})
export type BehindOwed = z.infer<typeof BehindOwed>
const Who = z.strictObject({
  scopes: z.array(
    z.strictObject({
      key: z.enum(['own', 'reports', 'department', 'below', 'all']),
      whose: z.array(z.string().max(26)).max(500).nullable(),
    }),
  ),
  people: z.array(z.strictObject({ id: z.string(), name: z.string() })),
})

const LEADS = ['lead', 'leadSource', 'leadPool', 'employee', 'department'] as const

/** What a report of sources shows beside their costs. */
const ROI = ['sourceCost', 'lead', 'leadSource', 'customer', 'opportunity', 'order', 'payment'] as const

export const reportsContract = {
  /** What sources cost and what came of it; what one may not see of it is null. */
  roi: query('sourceCosts.read', ROI).input(RoiAsked).output(Roi),
  /** The rows behind one number: `count` and `amount` are those of the number. */
  roiRows: query('sourceCosts.read', ROI)
    .input(z.strictObject({ asked: RoiAsked, cell: RoiCell, ...PAGE }))
    .output(
      z.strictObject({
        rows: z.array(RoiRow),
        count: z.number().int(),
        amount: z.number().int().nullable(),
        hasMore: z.boolean(),
      }),
    ),
  /** Whose leads can be looked at. */
  whoAnswers: query('leads.read', ['employee', 'department', 'role', 'user']).input(z.strictObject({})).output(Who),
  /** How soon leads were answered, in working time. */
  response: query('leads.read', LEADS).input(ResponseAsked).output(Response),
  /** The leads behind one number, the slowest first. */
  responseRows: query('leads.read', LEADS)
    .input(z.strictObject({ asked: ResponseAsked, cell: ResponseCell, ...PAGE }))
    .output(z.strictObject({ rows: z.array(ResponseRow), count: z.number().int(), hasMore: z.boolean() })),
  /** Whose orders can be looked at, as `who` says it of opportunities. */
  whoOwes: query('orders.read', ['employee', 'department', 'role', 'user']).input(z.strictObject({})).output(Who),
  receivables: query('orders.read', OWED)
    .input(z.strictObject({ asked: ReceivablesAsked, ...PAGE }))
    .output(Receivables),
  /** The parts behind one number, the largest first: `count` and `amount` are those of the number. */
  receivableRows: query('orders.read', OWED)
    .input(z.strictObject({ asked: ReceivablesAsked, cell: ReceivablesCell, ...PAGE }))
    .output(BehindOwed),
  /** Whose opportunities can be looked at; `whose` null = everybody's and nobody's that one may see. */
  who: query('opportunities.read', ['employee', 'department', 'role', 'user']).input(z.strictObject({})).output(Who),
  funnel: query('opportunities.read', SHOWS).input(FunnelAsked).output(Funnel),
  funnelDays: query('opportunities.read', SHOWS).input(FunnelAsked).output(FunnelDays),
  funnelRows: query('opportunities.read', SHOWS)
    .input(z.strictObject({ asked: FunnelAsked, cell: FunnelCell, ...PAGE }))
    .output(Behind),
  forecast: query('opportunities.read', SHOWS).input(ForecastAsked).output(Forecast),
  forecastRows: query('opportunities.read', SHOWS)
    .input(z.strictObject({ asked: ForecastAsked, cell: ForecastCell, ...PAGE }))
    .output(Behind),
}
