import { z } from 'zod'
import { command, query } from '../../kernel/procedure.ts'
import { CustomerId } from '../customers/model.ts'
import { BillingProfile, BillingProfileEdit, BillingProfileId, NewBillingProfile } from './model.ts'

export const BILLING_REFUSALS = ['deleted', 'inPool', 'taxNumberShape', 'taxNumberCheck'] as const
export const BILLING_RESTORE_REFUSALS = ['deleted', 'inPool', 'notDeleted'] as const

export const billingContract = {
  /** Those of one customer, the one that is proposed first. */
  ofCustomer: query('billing.read', ['billingProfile'])
    .input(z.strictObject({ customerId: CustomerId }))
    .output(z.array(BillingProfile)),
  /** The first of a customer is proposed first by itself. */
  create: command('billing.write', BILLING_REFUSALS).input(NewBillingProfile).output(BillingProfile),
  edit: command('billing.write', BILLING_REFUSALS)
    .input(z.strictObject({ id: BillingProfileId, version: z.number().int(), values: BillingProfileEdit }))
    .output(BillingProfile),
  /** Invoices that were made out to it keep what it said. */
  remove: command('billing.write', BILLING_REFUSALS)
    .input(z.strictObject({ id: BillingProfileId }))
    .output(z.strictObject({ id: BillingProfileId })),
  /** Brings back one that was removed by itself; what went with its customer comes back with him. */
  restore: command('billing.write', BILLING_RESTORE_REFUSALS)
    .input(z.strictObject({ id: BillingProfileId }))
    .output(BillingProfile),
}
