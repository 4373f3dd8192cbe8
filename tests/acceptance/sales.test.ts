// The long form of tests/features/salesModel.test.ts: 2,000 random sequences over opportunities, quotes, orders, plans, payments,
// refunds, invoices, stock and purchases against the model.
import { expect, it } from 'vitest'
import { salesSequences } from '../support/sales/run.ts'

it.each([1, 2])(
  '1,000 random sequences from the opportunity to the money, seed %i: the model and every rule hold, each is taken back to the digest',
  async (seed) => {
    const tally = await salesSequences(1000, seed)
    process.stdout.write(`sales: ${JSON.stringify(tally)}\n`)
    expect(tally.sequences).toBe(1000)
  },
)
