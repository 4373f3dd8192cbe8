import { z } from 'zod'
import { BusinessDate } from '../../kernel/time.ts'
import { EmployeeId } from '../people/model.ts'
import { OTHER_KINDS } from './kinds.ts'

export const SPLIT_FIELDS = ['level', 'province'] as const
export type SplitField = (typeof SPLIT_FIELDS)[number]

/** Who gets the customers: one, everybody of a list in turn, or by what stands in a field, the rest to one. */
export const Sharing = z.union([
  z.strictObject({ kind: z.literal('one'), to: EmployeeId }),
  z.strictObject({ kind: z.literal('even'), to: z.array(EmployeeId).min(2).max(50) }),
  z.strictObject({
    kind: z.literal('by'),
    field: z.enum(SPLIT_FIELDS),
    map: z.array(z.strictObject({ value: z.string().max(100).nullable(), to: EmployeeId })).max(100),
    rest: EmployeeId,
  }),
])
export type Sharing = z.infer<typeof Sharing>

/** What somebody leaves, and who gets it. What is null is not handed on: teams and pools go on without him, opportunities, quotes, orders and leads keep his name. */
export const Plan = z.strictObject({
  employeeId: EmployeeId,
  customers: Sharing.nullable(),
  departmentsTo: EmployeeId.nullable(),
  reportsTo: EmployeeId.nullable(),
  opportunitiesTo: EmployeeId.nullable().default(null),
  quotesTo: EmployeeId.nullable().default(null),
  ordersTo: EmployeeId.nullable().default(null),
  leadsTo: EmployeeId.nullable().default(null),
  teamsTo: EmployeeId.nullable(),
  poolsTo: EmployeeId.nullable(),
  viewsTo: EmployeeId.nullable(),
})
export type Plan = z.infer<typeof Plan>

const Named = z.strictObject({ id: z.string(), name: z.string() })
const Counted = z.strictObject({ value: z.string().nullable(), count: z.number().int() })

/** All that hangs on an employee. */
export const Estate = z.strictObject({
  employee: z.strictObject({ id: EmployeeId, name: z.string(), leftOn: BusinessDate.nullable(), version: z.number().int() }),
  customers: z.number().int(),
  /** In the recycle bin, or merged into others: they go to the same successors. */
  binned: z.number().int(),
  /** Of them the next contact is planned with. */
  planned: z.number().int(),
  byLevel: z.array(Counted),
  byProvince: z.array(Counted),
  departments: z.array(Named),
  reports: z.array(Named),
  opportunities: z.number().int(),
  quotes: z.number().int(),
  orders: z.number().int(),
  leads: z.number().int(),
  teams: z.number().int(),
  pools: z.array(Named.extend({ manages: z.boolean() })),
  /** Views that others use. */
  views: z.array(Named),
  login: z.string().nullable(),
  /** The caller may pass his customers on. */
  mayTransfer: z.boolean(),
})
export type Estate = z.infer<typeof Estate>

/** What a successor gets, beside what he holds and may hold. */
export const Share = z.strictObject({
  employeeId: EmployeeId,
  name: z.string(),
  customers: z.number().int(),
  /** Of the other kinds, as many as there are for him. */
  others: z.partialRecord(z.enum(OTHER_KINDS), z.number().int()),
  held: z.number().int(),
  most: z.number().int().nullable(),
})
export type Share = z.infer<typeof Share>

export const HandedOver = z.strictObject({
  customers: z.number().int(),
  /** Out of the recycle bin's customers, beside those. */
  binned: z.number().int(),
  departments: z.number().int(),
  reports: z.number().int(),
  opportunities: z.number().int(),
  quotes: z.number().int(),
  orders: z.number().int(),
  leads: z.number().int(),
  teams: z.number().int(),
  pools: z.number().int(),
  views: z.number().int(),
  batchId: z.string(),
})
export type HandedOver = z.infer<typeof HandedOver>
