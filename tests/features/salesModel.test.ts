// Issue: sales under random command sequences against a model; the long form is tests/acceptance/sales.test.ts.
import { expect, it } from 'vitest'
import { salesSequences } from '../support/sales/run.ts'

it('15 random sequences from the opportunity to the money: the model and every rule hold, each is taken back to the digest', {
  timeout: 120_000,
}, async () => {
  const { sequences, commands, refused } = await salesSequences(15, 20261123)
  expect(sequences).toBe(15)
  expect(commands).toBeGreaterThan(150)
  expect(refused).toBeGreaterThan(30)
})
