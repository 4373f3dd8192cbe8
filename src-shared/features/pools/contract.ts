import { z } from 'zod'
import { BulkResult, Selection } from '../../kernel/list.ts'
import { command, query } from '../../kernel/procedure.ts'
import { CustomerId } from '../customers/model.ts'
import { Preview, Rule, RuleId, RuleValues, Run } from './ruleModel.ts'
import { CLAIM_AT_MOST } from './limits.ts'
import { CLAIM_REASONS, ClaimResult, Holding, Limit, LimitId, LimitValues, MyPool, Pool, PoolId, PoolValues } from './model.ts'

const SETTINGS_REFUSALS = ['nameTaken', 'memberUnknown', 'fieldUnknown', 'notEmpty', 'hasRules', 'limitTaken'] as const
export const RELEASE_REFUSALS = ['nothingSelected', 'poolUnknown'] as const
export const ASSIGN_REFUSALS = ['nothingSelected', ...CLAIM_REASONS] as const
const RULE_REFUSALS = ['poolUnknown', 'fieldMissing', 'confirmMany', 'noWorkingDays'] as const
const OfPool = z.strictObject({ id: PoolId })
const Versioned = { version: z.number().int() }
const Reason = z.string().trim().max(500).nullable()

export const poolsContract = {
  /** The pools the caller sees: those he belongs to, all where he may see every customer. */
  mine: query('customers.read', ['pool', 'customer']).input(z.strictObject({})).output(z.array(MyPool)),
  /** Where a customer may be put. */
  choices: query('customers.read', ['pool'])
    .input(z.strictObject({}))
    .output(z.array(z.strictObject({ id: PoolId, name: z.string() }))),
  list: query('pools.manage', ['pool', 'customer', 'employee', 'department']).input(z.strictObject({})).output(z.array(Pool)),
  create: command('pools.manage', SETTINGS_REFUSALS).input(PoolValues).output(Pool),
  edit: command('pools.manage', SETTINGS_REFUSALS)
    .input(z.strictObject({ id: PoolId, ...Versioned, values: PoolValues }))
    .output(Pool),
  /** Only one that holds no customer, and into which no rule leads. */
  remove: command('pools.manage', SETTINGS_REFUSALS).input(OfPool).output(OfPool),

  /** Takes customers out of a pool for the caller himself. Refused when none can be; otherwise it says what was left, and why. */
  claim: command('customers.claim', CLAIM_REASONS)
    .input(z.strictObject({ ids: z.array(CustomerId).min(1).max(CLAIM_AT_MOST) }))
    .output(ClaimResult),
  /** Gives customers of a pool to somebody: by who administers the pool, or sees every customer. */
  assign: command('customers.assign', ASSIGN_REFUSALS)
    .input(z.strictObject({ selection: Selection, ownerId: z.string().max(26) }))
    .output(BulkResult),
  /** Puts customers into a pool; they leave their owner and their team. */
  release: command('customers.release', RELEASE_REFUSALS)
    .input(z.strictObject({ selection: Selection, poolId: PoolId, reason: Reason }))
    .output(BulkResult),
  /** Opens a customer of a pool that counts how many a member looks at in a day; again on the same day it counts nothing. */
  open: command('customers.read', ['dailyViews', 'notMember'])
    .input(z.strictObject({ id: CustomerId }))
    .output(z.strictObject({ used: z.number().int(), most: z.number().int().nullable() })),

  /** What somebody holds of what he may; the caller himself without an id. */
  holding: query('customers.read', ['customer', 'holdingLimit'])
    .input(z.strictObject({ employeeId: z.string().max(26).optional() }))
    .output(Holding),
  limits: query('pools.manage', ['holdingLimit', 'employee', 'department']).input(z.strictObject({})).output(z.array(Limit)),
  createLimit: command('pools.manage', SETTINGS_REFUSALS).input(LimitValues).output(Limit),
  editLimit: command('pools.manage', SETTINGS_REFUSALS)
    .input(z.strictObject({ id: LimitId, ...Versioned, values: LimitValues }))
    .output(Limit),
  rules: query('pools.manage', ['poolRule', 'pool']).input(z.strictObject({})).output(z.array(Rule)),
  /** Whom a rule would take, before it is saved. */
  preview: query('pools.manage', ['poolRule', 'customer', 'calendar']).input(RuleValues).output(Preview),
  /**
   * A rule that is switched on acts from the night after next. One that would take many at once asks for their number: `confirm` is what
   * somebody typed.
   */
  saveRule: command('pools.manage', RULE_REFUSALS)
    .input(
      z.strictObject({
        id: RuleId.optional(),
        version: z.number().int().optional(),
        values: RuleValues,
        confirm: z.number().int().optional(),
      }),
    )
    .output(Rule),
  removeRule: command('pools.manage', ['hasRun'])
    .input(z.strictObject({ id: RuleId }))
    .output(z.strictObject({ id: RuleId })),
  /** Takes whom a rule is to take now, without waiting for the night. Many ask for their number. */
  recycle: command('pools.manage', ['confirmMany', 'nothingDue'])
    .input(z.strictObject({ id: RuleId, confirm: z.number().int().optional() }))
    .output(Run),
  runs: query('pools.manage', ['poolRule', 'customer'])
    .input(z.strictObject({ limit: z.number().int().min(1).max(100).default(30) }))
    .output(z.array(Run)),
  removeLimit: command('pools.manage', SETTINGS_REFUSALS)
    .input(z.strictObject({ id: LimitId }))
    .output(z.strictObject({ id: LimitId })),
}
