import { z } from 'zod'
import { CUSTOM_REFUSALS } from '../../kernel/custom/values.ts'
import { isCustomKey } from '../../kernel/entity.ts'
import { BulkResult, ListInput, page, Selection, Which } from '../../kernel/list.ts'
import { command, query } from '../../kernel/procedure.ts'
import { Customer, CustomerEdit, CustomerId, CustomerValues, Lookalike, NewCustomer, TagEdit } from './model.ts'

export const CREATE_REFUSALS = ['nameMissing', 'ownerUnknown', 'ownerLeft', ...CUSTOM_REFUSALS] as const
export const EDIT_REFUSALS = [...CREATE_REFUSALS, 'deleted'] as const
export const SELECTION_REFUSALS = ['nothingSelected'] as const
export const BULK_EDIT_REFUSALS = [...SELECTION_REFUSALS, 'ownerUnknown', 'ownerLeft', ...CUSTOM_REFUSALS] as const
export const PURGE_REFUSALS = [...SELECTION_REFUSALS, 'selectionChanged'] as const

const SHOWS = ['customer', 'tag', 'employee', 'customField'] as const
const One = z.strictObject({ id: CustomerId })
const BULK_FIELDS = ['level', 'status', 'source', 'industry', 'ownerId', 'kind'] as const

/** What many rows may be given at once; tags are added or taken away, never replaced. */
export const BulkEdit = CustomerValues.pick({
  level: true,
  status: true,
  source: true,
  industry: true,
  ownerId: true,
  kind: true,
  nextFollowUpAt: true,
  custom: true,
})
  .partial()
  .extend(TagEdit.shape)
export type BulkEdit = z.infer<typeof BulkEdit>
export { BULK_FIELDS }

const CountedField = z.union([
  z.enum(['level', 'status', 'ownerId', 'source', 'industry', 'city']),
  z.string().max(40).refine(isCustomKey, 'unknownField'),
])

export const customersContract = {
  /** One page in the asked order; without an order the newest first. */
  list: query('customers.read', SHOWS).input(ListInput).output(page(Customer)),
  /** How many rows; `capped` when the words hit more than are looked at. */
  count: query('customers.read', SHOWS)
    .input(Which)
    .output(z.strictObject({ count: z.number().int(), capped: z.boolean() })),
  /** How many rows per value of a select field: the figures beside quick filters. */
  countBy: query('customers.read', SHOWS)
    .input(z.strictObject({ which: Which, field: CountedField }))
    .output(z.array(z.strictObject({ value: z.string().nullable(), label: z.string().nullable(), count: z.number().int() }))),
  get: query('customers.read', SHOWS).input(One).output(Customer),
  /** Who is already there with this name, phone, mail or code; across rights, masked. */
  lookalikes: query('customers.read', SHOWS)
    .input(
      z.strictObject({
        name: z.string().max(5000).optional(),
        phones: z.array(z.string().max(60)).max(5).optional(),
        email: z.string().max(254).optional(),
        creditCode: z.string().max(40).optional(),
        exceptId: CustomerId.optional(),
      }),
    )
    .output(z.array(Lookalike)),
  create: command('customers.create', CREATE_REFUSALS).input(NewCustomer).output(Customer),
  /** `version` is the one the editor saw; fields that somebody else changed since are STALE, others merge silently. */
  edit: command('customers.edit', EDIT_REFUSALS)
    .input(z.strictObject({ id: CustomerId, version: z.number().int(), values: CustomerEdit }))
    .output(Customer),
  /** Up to 500 rows at once; more are taken chunk by chunk under one batch id, others working between. */
  editMany: command('customers.edit', BULK_EDIT_REFUSALS)
    .input(z.strictObject({ selection: Selection, values: BulkEdit }))
    .output(BulkResult),
  removeMany: command('customers.delete', SELECTION_REFUSALS)
    .input(z.strictObject({ selection: Selection }))
    .output(BulkResult),
  restoreMany: command('customers.delete', SELECTION_REFUSALS)
    .input(z.strictObject({ selection: Selection }))
    .output(BulkResult),
  /** Erases rows of the recycle bin and what hangs on them. */
  purgeMany: command('customers.purge', PURGE_REFUSALS, {
    irreversible: 'purging is the one way to make data gone for good; its journal images are blanked',
  })
    .input(z.strictObject({ selection: Selection, confirmCount: z.number().int() }))
    .output(BulkResult),
}
