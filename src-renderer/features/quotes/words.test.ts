import { expect, it } from 'vitest'
import type { Quote } from '../../../src-shared/features/quotes/model.ts'
import { notForCustomer } from './words.ts'

it('says of every quote that is not one to give away why it is not', () => {
  const said = (status: Quote['status'], superseded = false) => notForCustomer({ status, superseded })
  expect((['approved', 'sent', 'accepted'] as const).map((status) => said(status))).toEqual([null, null, null])
  const kept = (['draft', 'pending', 'rejected', 'expired'] as const).map((status) => said(status))
  expect(kept).toEqual(['notForPrint', 'printPending', 'printRejected', 'printExpired'])
  expect(said('sent', true)).toBe('printSuperseded')
})
