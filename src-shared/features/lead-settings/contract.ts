import { z } from 'zod'
import { command, query } from '../../kernel/procedure.ts'
import {
  LeadPool,
  LeadPoolId,
  LeadPoolValues,
  LeadRule,
  LeadRuleId,
  LeadRuleValues,
  ListedWord,
  MOST_LINES,
  MOST_RULES,
  WORD_LISTS,
  WordLine,
} from './model.ts'

export const WORD_REFUSALS = ['nameTaken', 'wordUnknown'] as const
export const POOL_REFUSALS = ['nameTaken', 'tooMany', 'memberUnknown'] as const
export const POOL_ARCHIVE_REFUSALS = ['poolUsed', 'alreadyArchived', 'notArchived'] as const
export const RULE_REFUSALS = ['tooMany', 'memberUnknown', 'sourceUnknown', 'poolUnknown', 'hoursBackwards'] as const
export const RULE_ORDER_REFUSALS = ['ruleUnknown'] as const

const SHOWS = ['leadSource', 'leadReason', 'lead'] as const
const Version = z.number().int()

export const leadSettingsContract = {
  /** The words of a list in their order, those put aside last. */
  words: query('signed-in', SHOWS)
    .input(z.strictObject({ list: z.enum(WORD_LISTS) }))
    .output(z.array(ListedWord)),
  /** The list as a whole; what is left out is put aside, and stays readable where it was said. */
  saveWords: command('leadPools.manage', WORD_REFUSALS)
    .input(z.strictObject({ list: z.enum(WORD_LISTS), lines: z.array(WordLine).min(1).max(MOST_LINES) }))
    .output(z.array(ListedWord)),
  pools: query('signed-in', ['leadPool', 'lead', 'employee']).input(z.strictObject({})).output(z.array(LeadPool)),
  createPool: command('leadPools.manage', POOL_REFUSALS).input(LeadPoolValues).output(LeadPool),
  editPool: command('leadPools.manage', POOL_REFUSALS)
    .input(z.strictObject({ id: LeadPoolId, version: Version, values: LeadPoolValues }))
    .output(LeadPool),
  archivePool: command('leadPools.manage', POOL_ARCHIVE_REFUSALS)
    .input(z.strictObject({ id: LeadPoolId, archived: z.boolean() }))
    .output(LeadPool),
  /** In the order in which they are asked. */
  rules: query('leadPools.manage', ['leadRule', 'leadSource', 'leadPool', 'lead', 'employee'])
    .input(z.strictObject({}))
    .output(z.array(LeadRule)),
  createRule: command('leadPools.manage', RULE_REFUSALS).input(LeadRuleValues).output(LeadRule),
  editRule: command('leadPools.manage', RULE_REFUSALS)
    .input(z.strictObject({ id: LeadRuleId, version: Version, values: LeadRuleValues }))
    .output(LeadRule),
  removeRule: command('leadPools.manage', RULE_ORDER_REFUSALS)
    .input(z.strictObject({ id: LeadRuleId }))
    .output(z.strictObject({ id: LeadRuleId })),
  orderRules: command('leadPools.manage', RULE_ORDER_REFUSALS)
    .input(z.strictObject({ ids: z.array(LeadRuleId).max(MOST_RULES) }))
    .output(z.array(LeadRule)),
}
