import { z } from 'zod'

export const OPERATORS = [
  '=',
  '!=',
  'contains',
  'doesNotContain',
  'beginsWith',
  'in',
  'notIn',
  'null',
  'notNull',
  '<',
  '<=',
  '>',
  '>=',
  'between',
] as const
export type Operator = (typeof OPERATORS)[number]

const Scalar = z.union([z.string().max(5000), z.number(), z.boolean(), z.null()])
export const Rule = z.strictObject({
  field: z.string().max(64),
  operator: z.enum(OPERATORS),
  value: z.union([Scalar, z.array(Scalar).max(500)]).optional(),
})
export type Rule = z.infer<typeof Rule>

/** The shape of react-querybuilder, so that the nested builder can store what the simple filters store. */
export type Filter = { combinator: 'and' | 'or'; not?: boolean | undefined; rules: (Rule | Filter)[] }
/** Groups within groups. Said level by level: a schema that calls itself would follow 600 kB of brackets until the stack ends. */
export const FILTER_DEPTH = 12
const filterOf = (depth: number): z.ZodType<Filter> =>
  z.lazy(() =>
    z.strictObject({
      combinator: z.enum(['and', 'or']),
      not: z.boolean().optional(),
      rules: z.array(depth === 0 ? Rule : z.union([Rule, filterOf(depth - 1)])).max(100),
    }),
  )
export const Filter: z.ZodType<Filter> = filterOf(FILTER_DEPTH)

/** Which rows: words searched for, a filter, and whether the recycle bin is looked into. */
export const Which = z.strictObject({
  search: z.string().max(200).optional(),
  filter: Filter.optional(),
  deleted: z.boolean().optional(),
})
export type Which = z.infer<typeof Which>

export const Sort = z.strictObject({ field: z.string().max(64), direction: z.enum(['asc', 'desc']) })
export type Sort = z.infer<typeof Sort>

export const MAX_PAGE = 200
export const ListInput = Which.extend({
  sort: z.array(Sort).max(3).optional(),
  offset: z.number().int().min(0).max(5_000_000).default(0),
  limit: z.number().int().min(1).max(MAX_PAGE).default(50),
})
export type ListInput = z.infer<typeof ListInput>

/** `capped`: the words hit more rows than are looked at; the page says so instead of pretending to be complete. */
export const page = <Row extends z.ZodType>(row: Row) =>
  z.strictObject({ rows: z.array(row), hasMore: z.boolean(), capped: z.boolean() })

/** What a bulk action is for: chosen rows, or everything the filter finds but the exceptions. */
export const Selection = z.union([
  z.strictObject({ ids: z.array(z.string().max(26)).min(1).max(10_000) }),
  z.strictObject({ which: Which, except: z.array(z.string().max(26)).max(10_000) }),
])
export type Selection = z.infer<typeof Selection>

/** Outcome of a bulk action: `changed + refused + unchanged` = rows selected. `commandSeqs` undo it. */
export const BulkResult = z.strictObject({
  changed: z.number().int(),
  refused: z.number().int(),
  unchanged: z.number().int(),
  batchId: z.string().nullable(),
})
export type BulkResult = z.infer<typeof BulkResult>
