import type { PoolId } from '../../../src-shared/features/pools/model.ts'
import type { Rule, RuleValues } from '../../../src-shared/features/pools/ruleModel.ts'

/** What of a stored rule its form holds. */
export const valuesOf = (rule: Rule): RuleValues => ({
  poolId: rule.poolId,
  name: rule.name,
  basis: rule.basis,
  field: rule.field,
  days: rule.days,
  levelDays: rule.levelDays,
  without: rule.without,
  dayKind: rule.dayKind,
  remindDays: rule.remindDays,
  enabled: rule.enabled,
})

/** Where a new one begins. */
export const newRule = (poolId: PoolId, name: string): RuleValues => ({
  poolId,
  name,
  basis: 'followUp',
  field: null,
  days: 30,
  levelDays: {},
  without: { statuses: ['won'], shared: false },
  dayKind: 'calendar',
  remindDays: 3,
  enabled: true,
})
