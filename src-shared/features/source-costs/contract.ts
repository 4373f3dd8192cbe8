import { z } from 'zod'
import { command, NO_REFUSALS, query } from '../../kernel/procedure.ts'
import { SourceCost, SourceCostId, SourceCostValues } from './model.ts'

export const SOURCE_COST_REFUSALS = ['endsBeforeItBegins', 'tooLong'] as const
const One = z.strictObject({ id: SourceCostId })

export const sourceCostsContract = {
  /** What was entered, the latest first. */
  list: query('sourceCosts.read', ['sourceCost'])
    .input(
      z.strictObject({
        offset: z.number().int().min(0).max(1_000_000).default(0),
        limit: z.number().int().min(1).max(200).default(50),
      }),
    )
    .output(z.strictObject({ rows: z.array(SourceCost), count: z.number().int(), hasMore: z.boolean() })),
  /** Words that say a source: those of leads in their order, then what else costs were entered for. */
  words: query('sourceCosts.read', ['sourceCost', 'leadSource']).input(z.strictObject({})).output(z.array(z.string())),
  create: command('sourceCosts.manage', SOURCE_COST_REFUSALS).input(SourceCostValues).output(SourceCost),
  /** `version` is the one the editor saw. */
  edit: command('sourceCosts.manage', SOURCE_COST_REFUSALS)
    .input(z.strictObject({ id: SourceCostId, version: z.number().int(), values: SourceCostValues.partial() }))
    .output(SourceCost),
  remove: command('sourceCosts.manage', NO_REFUSALS).input(One).output(One),
}
