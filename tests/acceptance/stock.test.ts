// The long form of tests/features/stockModel.test.ts: 2,000 random sequences over moves, orders and purchases against the model.
import { expect, it } from 'vitest'
import { stockSequences } from '../support/stockModel.ts'

it.each([1, 2])(
  '1,000 random sequences of stock, seed %i: the model and every rule hold, each is taken back to the digest',
  async (seed) => {
    expect(await stockSequences(1000, seed)).toBe(1000)
  },
)
