import { z } from 'zod'
import { idOf } from '../../kernel/ids.ts'
import { line } from '../../kernel/line.ts'
import { CustomerValues } from '../customers/model.ts'

export const PoolId = idOf<'pool'>()
export type PoolId = z.infer<typeof PoolId>
export const LimitId = idOf<'holdingLimit'>()

const Id = z.string().max(26)
const most = (limit: number) => z.number().int().min(0).max(limit)

/** Who belongs to a pool: an employee, or everybody of a department and below it. Who manages it is bound by none of its limits. */
export const PoolMember = z
  .strictObject({ employeeId: Id.nullable(), departmentId: Id.nullable(), manages: z.boolean() })
  .refine(({ employeeId, departmentId }) => (employeeId === null) !== (departmentId === null), 'oneOfBoth')
export type PoolMember = z.infer<typeof PoolMember>

/** `hidden`: fields, `<entity>.<field>`, that members do not see while a customer lies in the pool. Caps that are null do not exist. */
export const PoolValues = z.strictObject({
  name: line(40),
  note: z.string().max(500).nullable(),
  hidden: z.array(z.string().max(80)).max(200),
  dailyClaims: most(10_000).nullable(),
  dailyViews: most(10_000).nullable(),
  coolingDays: most(3650),
  members: z.array(PoolMember).max(500),
})
export type PoolValues = z.infer<typeof PoolValues>

export const Pool = PoolValues.extend({
  name: z.string(),
  id: PoolId,
  members: z.array(
    z.strictObject({ employeeId: Id.nullable(), departmentId: Id.nullable(), manages: z.boolean(), name: z.string() }),
  ),
  customers: z.number().int(),
  rules: z.number().int(),
  version: z.number().int(),
})
export type Pool = z.infer<typeof Pool>

/** A pool as one of its members uses it. */
export const MyPool = z.strictObject({
  id: PoolId,
  name: z.string(),
  note: z.string().nullable(),
  customers: z.number().int(),
  isMember: z.boolean(),
  manages: z.boolean(),
  mayClaim: z.boolean(),
  mayAssign: z.boolean(),
  /** Fields of customers that the caller does not see here. */
  hidden: z.array(z.string()),
  /** The same of whatever hangs on them, too: `<entity>.<field>`. */
  hides: z.array(z.string()),
  dailyClaims: z.number().int().nullable(),
  claimedToday: z.number().int(),
  dailyViews: z.number().int().nullable(),
  viewedToday: z.number().int(),
  coolingDays: z.number().int(),
})
export type MyPool = z.infer<typeof MyPool>

/** Customers that do not count for a holding limit, or that a rule leaves alone. */
export const Exclusions = z.strictObject({
  levels: z.array(CustomerValues.shape.level.unwrap()).optional(),
  statuses: z.array(CustomerValues.shape.status).optional(),
})
export type Exclusions = z.infer<typeof Exclusions>

/** How many customers somebody may hold; for nobody in particular it is everybody's who has no limit of his own or of a department. */
export const LimitValues = z
  .strictObject({ employeeId: Id.nullable(), departmentId: Id.nullable(), most: most(1_000_000), without: Exclusions })
  .refine(({ employeeId, departmentId }) => employeeId === null || departmentId === null, 'oneOfBoth')
export type LimitValues = z.infer<typeof LimitValues>

export const Limit = z.strictObject({
  id: LimitId,
  employeeId: Id.nullable(),
  departmentId: Id.nullable(),
  name: z.string().nullable(),
  most: z.number().int(),
  without: Exclusions,
  version: z.number().int(),
})
export type Limit = z.infer<typeof Limit>

/** What somebody holds of what he may, `most` null: as many as he likes; `without`: who does not count. */
export const Holding = z.strictObject({ held: z.number().int(), most: z.number().int().nullable(), without: Exclusions })
export type Holding = z.infer<typeof Holding>

export const CLAIM_REASONS = [
  'takenBy',
  'notInPool',
  'notMember',
  'dailyClaims',
  'cooling',
  'holdingFull',
  'employeeUnknown',
  'employeeLeft',
] as const
export type ClaimReason = (typeof CLAIM_REASONS)[number]

/** `claimed` and what was refused, reason by reason, add up to what was asked for; `detail` fills the sentence of the reason. */
export const ClaimResult = z.strictObject({
  claimed: z.number().int(),
  refused: z.array(
    z.strictObject({ reason: z.enum(CLAIM_REASONS), count: z.number().int(), detail: z.record(z.string(), z.unknown()) }),
  ),
})
export type ClaimResult = z.infer<typeof ClaimResult>
