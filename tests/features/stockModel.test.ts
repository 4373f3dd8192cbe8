// Issue: stock under random command sequences against a model; the long form is tests/acceptance/stock.test.ts.
import { expect, it } from 'vitest'
import { stockSequences } from '../support/stockModel.ts'

it('60 random sequences: levels are the sum of their moves, nothing is reserved that is not there, each is taken back to the digest', {
  timeout: 120_000,
}, async () => {
  expect(await stockSequences(60, 20261123)).toBe(60)
})
