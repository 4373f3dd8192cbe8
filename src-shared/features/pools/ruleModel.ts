import { z } from 'zod'
import { idOf } from '../../kernel/ids.ts'
import { line } from '../../kernel/line.ts'
import { Instant } from '../../kernel/time.ts'
import { CustomerId } from '../customers/model.ts'
import { Exclusions, PoolId } from './model.ts'

export const RuleId = idOf<'poolRule'>()
export type RuleId = z.infer<typeof RuleId>

export const BASES = ['followUp', 'deal', 'date'] as const
export const DAY_KINDS = ['calendar', 'working'] as const
const Days = z.number().int().min(0).max(3650)
const OwnDays = Days.nullable().optional()

/** Customers that a rule leaves alone: by level, status, tag, or because somebody collaborates. */
export const RuleExclusions = Exclusions.extend({
  tagIds: z.array(z.string().max(26)).max(50).optional(),
  shared: z.boolean().optional(),
})

/**
 * When customers go back by themselves: so many days without a follow-up, without a deal, or after the day in a field. `levelDays`: other
 * days for a level, with null never.
 */
export const RuleValues = z.strictObject({
  poolId: PoolId,
  name: line(40),
  basis: z.enum(BASES),
  field: z.string().max(64).nullable(),
  days: Days,
  levelDays: z.strictObject({ A: OwnDays, B: OwnDays, C: OwnDays }),
  without: RuleExclusions,
  dayKind: z.enum(DAY_KINDS),
  remindDays: z.number().int().min(0).max(60),
  enabled: z.boolean(),
})
export type RuleValues = z.infer<typeof RuleValues>

export const Rule = RuleValues.extend({
  name: z.string(),
  id: RuleId,
  poolName: z.string(),
  enabledAt: Instant.nullable(),
  /** The first night it acts in. */
  startsOn: z.string().nullable(),
  version: z.number().int(),
})
export type Rule = z.infer<typeof Rule>

/** Whom a rule would take: until today, in the next 7 and in the next 30 days, of so many that somebody owns. */
export const Preview = z.strictObject({
  owned: z.number().int(),
  today: z.number().int(),
  in7: z.number().int(),
  in30: z.number().int(),
  /** The first of them, those that the caller sees. */
  rows: z.array(z.strictObject({ id: CustomerId, name: z.string(), ownerName: z.string().nullable(), dueOn: z.string() })),
  /** So many that saving, or running by hand, asks for the number to be typed. */
  isMany: z.boolean(),
})
export type Preview = z.infer<typeof Preview>

/** `held`: more were due than was ever confirmed, so nothing was taken and somebody has to look. */
export const RUN_STATES = ['done', 'held', 'failed'] as const
export const Run = z.strictObject({
  id: z.string(),
  ruleName: z.string(),
  at: Instant,
  byName: z.string().nullable(),
  state: z.enum(RUN_STATES),
  due: z.number().int(),
  moved: z.number().int(),
  kept: z.number().int(),
  reminded: z.number().int(),
  /** Takes it back, while it is not taken back. */
  batchId: z.string().nullable(),
})
export type Run = z.infer<typeof Run>

/** More than this many at once, or than this share of all that somebody owns, has to be confirmed. */
export const MANY = 100
export const MANY_PERCENT = 20
export const isMany = (due: number, owned: number): boolean => due > MANY || (due > 10 && due * 100 > owned * MANY_PERCENT)
