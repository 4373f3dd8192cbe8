import { expect, it } from 'vitest'
import { chineseCustomers } from '../support/linkage/chineseCustomers.ts'
import { estimateWeights } from '../weights/estimateWeights.ts'

/** The program behind `npm run weights`: what it finds without labels must lean the way the labels do. */
it('weights are estimated from a file, with labels and without, and lean the same way', () => {
  const { header, rows, truth } = chineseCustomers(21, { customers: 1200 })
  const labelled = estimateWeights(header, rows, truth)
  const blind = estimateWeights(header, rows, null)
  expect(blind.pairs).toBe(labelled.pairs)
  for (const reason of [
    'mobileSame',
    'maskedFits',
    'contactSame',
    'emailSame',
    'addressSame',
    'branchDiffers',
    'regionDiffers',
    'contactDiffers',
  ]) {
    const [one, other] = [labelled, blind].map(({ weights }) => weights.find((weight) => weight.reason === reason)?.bits ?? 0)
    expect(Math.abs(one ?? 0), reason).toBeGreaterThan(1)
    expect(Math.sign(other ?? 0), reason).toBe(Math.sign(one ?? 0))
  }
})
