import { z } from 'zod'
import { CUSTOM_REFUSALS } from '../../kernel/custom/values.ts'
import { command, query } from '../../kernel/procedure.ts'
import { Customer, CustomerId } from '../customers/model.ts'
import { MERGE_AT_MOST } from './limits.ts'
import { Merge, MergeLook, PastMerge, TakenBack } from './model.ts'

export const MERGE_REFUSALS = [
  'sameCustomer',
  'survivorMissing',
  'deleted',
  'alreadyMerged',
  'unknownField',
  'notAmongThem',
  'notSamePerson',
  'ownerLeft',
  ...CUSTOM_REFUSALS,
] as const
export const UNMERGE_REFUSALS = [
  'alreadyUndone',
  'tooLate',
  'survivorDeleted',
  'addedSince',
  'notAMerge',
  'moneyUnsound',
] as const

export const mergesContract = {
  /** Customers side by side, before they are made one. */
  look: query('customers.edit', [
    'customer',
    'contact',
    'followUp',
    'address',
    'employee',
    'opportunity',
    'quote',
    'order',
    'payment',
    'invoice',
  ])
    .input(z.strictObject({ ids: z.array(CustomerId).min(2).max(MERGE_AT_MOST) }))
    .output(MergeLook),
  /** Makes one customer of several; what hung on them hangs on the survivor afterwards. */
  merge: command('customers.edit', MERGE_REFUSALS).input(Merge).output(Customer),
  /** The merges that this customer came out of, newest first. */
  ofCustomer: query('customers.read', ['customer'])
    .input(z.strictObject({ id: CustomerId }))
    .output(z.array(PastMerge)),
  /** Every link goes back to where it was, by column; what came since stays with the survivor. */
  unmerge: command('customers.edit', UNMERGE_REFUSALS)
    .input(z.strictObject({ seq: z.number().int().positive() }))
    .output(TakenBack),
}
