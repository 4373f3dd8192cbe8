import { z } from 'zod'
import { FILTER_DEPTH } from './filter/limits.ts'
import { LONGEST_SEARCH } from './searchWords.ts'
import { BusinessDate } from './time.ts'

export const OPERATORS = [
  '=',
  '!=',
  'contains',
  'doesNotContain',
  'beginsWith',
  'in',
  'notIn',
  'under',
  'null',
  'notNull',
  '<',
  '<=',
  '>',
  '>=',
  'between',
  'within',
  'notWithin',
] as const
export type Operator = (typeof OPERATORS)[number]

const Scalar = z.union([z.string().max(5000), z.number(), z.boolean(), z.null()])
const PLAIN = {
  field: z.string().max(64),
  operator: z.enum(OPERATORS),
  value: z.union([Scalar, z.array(Scalar).max(500)]).optional(),
}
const PlainRule = z.strictObject(PLAIN)
/** What related records must meet: one group within the group at most, and nothing related to them in turn. */
const RelatedFilter = z.strictObject({
  combinator: z.enum(['and', 'or']),
  not: z.boolean().optional(),
  rules: z
    .array(
      z.union([
        PlainRule,
        z.strictObject({
          combinator: z.enum(['and', 'or']),
          not: z.boolean().optional(),
          rules: z.array(PlainRule).max(100),
        }),
      ]),
    )
    .max(100),
})

/**
 * One condition. Beside plain values it may say a time that moves (`within` a period of filter/relative.ts, or `@today-7` as an end) and
 * whoever asks (`@me`, `@department`, `@below` as employees). `of` belongs to a condition on related records (filter/fields.ts).
 */
export const Rule = z.strictObject({ ...PLAIN, of: RelatedFilter.optional() })
export type Rule = z.infer<typeof Rule>

/** The shape of react-querybuilder, so that the nested builder can store what the simple filters store. */
export type Filter = { combinator: 'and' | 'or'; not?: boolean | undefined; rules: (Rule | Filter)[] }
// Said level by level: a schema that calls itself would follow 600 kB of brackets until the stack ends.
const filterOf = (depth: number): z.ZodType<Filter> =>
  z.lazy(() =>
    z.strictObject({
      combinator: z.enum(['and', 'or']),
      not: z.boolean().optional(),
      rules: z.array(depth === 0 ? Rule : z.union([Rule, filterOf(depth - 1)])).max(100),
    }),
  )
export const Filter: z.ZodType<Filter> = filterOf(FILTER_DEPTH)

/**
 * Which rows: words searched for, a filter, and whether the recycle bin is looked into. Customers that lie in a pool are left out of
 * lists; `pool` asks for those of one.
 */
export const Which = z.strictObject({
  search: z.string().max(LONGEST_SEARCH).optional(),
  filter: Filter.optional(),
  deleted: z.boolean().optional(),
  pool: z.string().max(26).optional(),
})
export type Which = z.infer<typeof Which>

export const Sort = z.strictObject({ field: z.string().max(64), direction: z.enum(['asc', 'desc']) })
export type Sort = z.infer<typeof Sort>

export const MAX_PAGE = 200
/** Six weeks: a month with the days around it. */
export const MOST_DAYS = 42
/** Business days from one on, of each so many rows. */
export const DaySpan = z.strictObject({
  from: BusinessDate,
  days: z.number().int().min(1).max(MOST_DAYS),
  limit: z.number().int().min(1).max(MAX_PAGE).default(5),
})
export type DaySpan = z.infer<typeof DaySpan>

export const MAX_SORTS = 5
export const ListInput = Which.extend({
  sort: z.array(Sort).max(MAX_SORTS).optional(),
  offset: z.number().int().min(0).max(5_000_000).default(0),
  limit: z.number().int().min(1).max(MAX_PAGE).default(50),
})
export type ListInput = z.infer<typeof ListInput>

/** `capped`: the words hit more rows than are looked at; the page says so instead of pretending to be complete. */
export const page = <Row extends z.ZodType>(row: Row) =>
  z.strictObject({ rows: z.array(row), hasMore: z.boolean(), capped: z.boolean() })

/** What a column of a list may be summed up to. */
export const SUMS = ['sum', 'avg', 'min', 'max', 'filled', 'empty'] as const
export type Sum = (typeof SUMS)[number]
/** Figures under a list: one per column, of everything the filter finds or of chosen rows. */
export const SumInput = z.strictObject({
  selection: z.lazy(() => Selection),
  /** Chosen rows lie in this pool; of a filter, the filter says so. */
  pool: z.string().max(26).optional(),
  sums: z
    .array(z.strictObject({ field: z.string().max(64), sum: z.enum(SUMS) }))
    .min(1)
    .max(12),
})
export type SumInput = z.infer<typeof SumInput>
/** `value` is null where nothing is filled in: a number (money in fen), or an instant or date; an average of days stands as an instant. */
export const SumResult = z.array(
  z.strictObject({
    field: z.string(),
    sum: z.enum(SUMS),
    value: z.union([z.number(), z.string(), z.null()]),
    count: z.number().int(),
  }),
)
export type SumResult = z.infer<typeof SumResult>

/** What a bulk action is for: chosen rows, or everything the filter finds but the exceptions. */
export const Selection = z.union([
  z.strictObject({ ids: z.array(z.string().max(26)).min(1).max(10_000) }),
  z.strictObject({ which: Which, except: z.array(z.string().max(26)).max(10_000) }),
])
export type Selection = z.infer<typeof Selection>

/** What a bulk action would do: `changed + refused + unchanged` = rows selected; `because` as in BulkResult. */
export const BulkPreview = z.strictObject({
  changed: z.number().int(),
  refused: z.number().int(),
  unchanged: z.number().int(),
  because: z.record(z.string(), z.number().int()).optional(),
})
export type BulkPreview = z.infer<typeof BulkPreview>

/**
 * Outcome of a bulk action: `changed + refused + unchanged` = rows selected; `batchId` undoes it. `because`: how many of the refused stayed
 * as they were for another reason than rights, by the reason.
 */
export const BulkResult = z.strictObject({
  changed: z.number().int(),
  refused: z.number().int(),
  unchanged: z.number().int(),
  because: z.record(z.string(), z.number().int()).optional(),
  batchId: z.string().nullable(),
})
export type BulkResult = z.infer<typeof BulkResult>
