import { z } from 'zod'
import { PATTERN_PROBLEMS, RESETS } from '../../kernel/numberPattern.ts'
import { command, query } from '../../kernel/procedure.ts'
import { NumberedEntity, NumberRule, NumberTrial } from './model.ts'

export const NUMBER_REFUSALS = PATTERN_PROBLEMS
export const GIVE_REFUSALS = ['noRule'] as const

export const numbersContract = {
  /** The rules with the next number of each; a kind without one is there with what would be proposed. */
  rules: query('signed-in', ['numberRule', 'customer', 'opportunity', 'lead', 'quote', 'order', 'payment', 'invoice', 'purchase'])
    .input(z.strictObject({}))
    .output(z.array(NumberRule)),
  /** How many records have no number yet. */
  missing: query('fields.manage', [
    'numberRule',
    'customer',
    'opportunity',
    'lead',
    'quote',
    'order',
    'payment',
    'invoice',
    'purchase',
  ])
    .input(z.strictObject({ entity: NumberedEntity }))
    .output(z.strictObject({ count: z.number().int() })),
  /** What a rule would give now: the next numbers, and those of the oldest records that have none. */
  tryRule: query('fields.manage', [
    'numberRule',
    'customer',
    'opportunity',
    'lead',
    'quote',
    'order',
    'payment',
    'invoice',
    'purchase',
  ])
    .input(
      z.strictObject({
        entity: NumberedEntity,
        pattern: z.string().trim().max(80),
        reset: z.enum(RESETS),
        start: z.number().int().min(0).max(999_999_999),
      }),
    )
    .output(NumberTrial),
  save: command('fields.manage', NUMBER_REFUSALS)
    .input(
      z.strictObject({
        entity: NumberedEntity,
        version: z.number().int(),
        pattern: z.string().trim().max(80),
        reset: z.enum(RESETS),
        start: z.number().int().min(0).max(999_999_999),
        enabled: z.boolean(),
      }),
    )
    .output(NumberRule),
  /** Numbers for records that have none, the oldest first, chunk by chunk under one batch; one undo takes them away again. */
  giveMissing: command('fields.manage', GIVE_REFUSALS)
    .input(z.strictObject({ entity: NumberedEntity }))
    .output(z.strictObject({ given: z.number().int(), batchId: z.string().nullable() })),
  /** Customers whose number is this, or begins so: what `#KH-2026` jumps to. */
  customers: query('customers.read', ['customer'])
    .input(z.strictObject({ number: z.string().trim().min(1).max(40), limit: z.number().int().min(1).max(20).default(8) }))
    .output(z.array(z.strictObject({ id: z.string(), number: z.string(), name: z.string() }))),
}
