import { z } from 'zod'
import { Filter } from '../../kernel/list.ts'
import { BusinessDate } from '../../kernel/time.ts'
import { COMPARE_KEYS, FORECAST_GROUP_KEYS, FUNNEL_GROUP_KEYS } from './keys.ts'

export { type AgeKey, AGES } from './ageing.ts'
export { type Receivables, ReceivablesAsked } from './receivables.ts'
export { ResponseAsked } from './response.ts'
export { RoiAsked } from './roi.ts'

export const BASES = ['cohort', 'passage'] as const
/** By what a funnel's rows are put together; `product` is that of the first line, `month` and `quarter` are those of the closing. */
export const FUNNEL_GROUPS = FUNNEL_GROUP_KEYS
export type FunnelGroup = (typeof FUNNEL_GROUPS)[number]
export const FORECAST_GROUPS = FORECAST_GROUP_KEYS
export const COMPARES = COMPARE_KEYS

const COMMON = {
  /** Both days belong to the period. */
  from: BusinessDate,
  to: BusinessDate,
  /** One pipeline; `all` for all of them together, which then have no steps; left out: the first. */
  pipeline: z.string().max(26).optional(),
  /** Whose opportunities: those of these owners; null: of everybody in reach, and nobody's. */
  whose: z.array(z.string().max(26)).max(500).nullable().default(null),
  /** Conditions on opportunities beside. */
  filter: Filter.optional(),
}
/** What a funnel is asked for. */
export const FunnelAsked = z.strictObject({
  by: z.enum(BASES).default('cohort'),
  ...COMMON,
  group: z.enum(FUNNEL_GROUPS).nullable().default(null),
  compare: z.enum(COMPARES).nullable().default(null),
})
export type FunnelAsked = z.infer<typeof FunnelAsked>

/** What a forecast is asked for: the months that the period touches. */
export const ForecastAsked = z.strictObject({ ...COMMON, group: z.enum(FORECAST_GROUPS).nullable().default(null) })
export type ForecastAsked = z.infer<typeof ForecastAsked>

/** How many, and the sum of their amounts in fen; null for who may not read amounts. */
export const Cell = z.strictObject({ count: z.number().int(), amount: z.number().int().nullable() })
export type Cell = z.infer<typeof Cell>

export const DayFigures = z.strictObject({
  count: z.number().int(),
  mean: z.number(),
  lower: z.number().int(),
  median: z.number().int(),
  upper: z.number().int(),
  most: z.number().int(),
})

/** `entered`: created in the period. Of a cohort, entered = won + lost + open; of a passage, won and lost are those closed in it. */
export const Figures = z.strictObject({
  entered: Cell,
  won: Cell,
  lost: Cell,
  open: Cell.nullable(),
  /** Won of those that were decided. */
  winRate: z.number().nullable(),
})
export type Figures = z.infer<typeof Figures>

/** One step: how many reached it, and of them: went on, were lost here, stand here still. */
export const Step = z.strictObject({
  stageId: z.string(),
  name: z.string(),
  kind: z.enum(['open', 'won']),
  count: z.number().int(),
  amount: z.number().int().nullable(),
  onward: Cell,
  lost: Cell,
  open: Cell,
  /** Of those who reached it, who went on. */
  conversion: z.number().nullable(),
})
export type Step = z.infer<typeof Step>

/** `key` null: of nobody, without a source …; `parent`: in which group of the list it lies, which holds its figures too. */
export const Group = z.strictObject({
  key: z.string().nullable(),
  name: z.string().nullable(),
  parent: z.string().nullable(),
  depth: z.number().int(),
  steps: z.array(Cell),
  figures: Figures,
})
export type Group = z.infer<typeof Group>

export const Reason = z.strictObject({ id: z.string().nullable(), name: z.string().nullable(), ...Cell.shape })
export const Funnel = z.strictObject({
  by: z.enum(BASES),
  from: BusinessDate,
  to: BusinessDate,
  pipeline: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
  steps: z.array(Step),
  figures: Figures,
  /** Why those lost were lost; null for who may not read it. */
  reasons: z.array(Reason).nullable(),
  groups: z.array(Group),
  before: z.strictObject({ from: BusinessDate, to: BusinessDate, steps: z.array(Cell), figures: Figures }).nullable(),
})
export type Funnel = z.infer<typeof Funnel>

/**
 * The days of a funnel, apart from its counts because they take as long again. `steps`: of the times in each that have ended, won last and
 * without any. `cycle`: from the making to the winning of those won. Null where there are none, or for who may not read of them.
 */
export const FunnelDays = z.strictObject({
  steps: z.array(z.strictObject({ stageId: z.string(), days: DayFigures.nullable() })),
  cycle: DayFigures.nullable(),
  groups: z.array(z.strictObject({ key: z.string().nullable(), cycle: DayFigures.nullable() })),
  before: DayFigures.nullable(),
})
export type FunnelDays = z.infer<typeof FunnelDays>

export const OUTCOMES = ['onward', 'lost', 'open'] as const
/** Which number of a funnel: a step (of it those who went on …), or a figure; of one group, of one reason. */
export const FunnelCell = z.strictObject({
  what: z.enum(['step', 'entered', 'won', 'lost', 'open']),
  stageId: z.string().max(26).optional(),
  outcome: z.enum(OUTCOMES).optional(),
  group: z.string().max(200).nullable().optional(),
  reason: z.string().max(26).nullable().optional(),
})
export type FunnelCell = z.infer<typeof FunnelCell>

/** A month of a forecast, or what has no place in one. `weighted`: the open ones by the probability of their stages; `commit`: those promised. */
export const ForecastLine = z.strictObject({
  won: Cell,
  open: Cell,
  commit: Cell,
  weighted: z.number().int().nullable(),
})
export type ForecastLine = z.infer<typeof ForecastLine>
export const Forecast = z.strictObject({
  from: BusinessDate,
  to: BusinessDate,
  months: z.array(z.strictObject({ month: z.string(), ...ForecastLine.shape, target: z.number().int().nullable() })),
  /** Open ones that were expected before the first month, after the last one, and without a day. */
  earlier: ForecastLine,
  later: ForecastLine,
  undated: ForecastLine,
  total: ForecastLine.extend({ target: z.number().int().nullable() }),
  groups: z.array(
    z.strictObject({
      key: z.string().nullable(),
      name: z.string().nullable(),
      parent: z.string().nullable(),
      depth: z.number().int(),
      ...ForecastLine.shape,
    }),
  ),
})
export type Forecast = z.infer<typeof Forecast>

/** Which number of a forecast. `place`: a month of it, or `earlier`, `later`, `undated`; left out: all its months. */
export const ForecastCell = z.strictObject({
  what: z.enum(['won', 'open', 'commit']),
  place: z.string().max(10).optional(),
  group: z.string().max(200).nullable().optional(),
})
export type ForecastCell = z.infer<typeof ForecastCell>
