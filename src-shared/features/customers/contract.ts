import { z } from 'zod'
import { CellBlock, CellsReport } from '../../kernel/cells/model.ts'
import { CUSTOM_REFUSALS } from '../../kernel/custom/values.ts'
import { isCustomKey } from '../../kernel/entity.ts'
import { BulkPreview, BulkResult, DaySpan, ListInput, page, Selection, SumInput, SumResult, Which } from '../../kernel/list.ts'
import { command, query } from '../../kernel/procedure.ts'
import { BusinessDate } from '../../kernel/time.ts'
import { Customer, CustomerEdit, CustomerId, CustomerValues, Lookalike, NewCustomer, TagEdit } from './model.ts'

export const CREATE_REFUSALS = ['nameMissing', 'ownerUnknown', 'ownerLeft', 'holdingFull', ...CUSTOM_REFUSALS] as const
export const EDIT_REFUSALS = [...CREATE_REFUSALS, 'deleted'] as const
export const SELECTION_REFUSALS = ['nothingSelected'] as const
export const BULK_EDIT_REFUSALS = [...SELECTION_REFUSALS, 'ownerUnknown', 'ownerLeft', 'holdingFull', ...CUSTOM_REFUSALS] as const
/** Of one alone it is said who has taken what may stand once. */
export const RESTORE_MANY_REFUSALS = [...SELECTION_REFUSALS, 'uniqueTaken'] as const
/** Of one alone it is said what of his keeps him. */
export const REMOVE_REFUSALS = [...SELECTION_REFUSALS, 'moneyHangs', 'moneyHangsUnseen'] as const
export const PURGE_REFUSALS = [...SELECTION_REFUSALS, 'selectionChanged'] as const

const SHOWS = ['customer', 'tag', 'employee', 'customField', 'poolRule'] as const
const One = z.strictObject({ id: CustomerId })

/** What many rows may be given at once: anything but one and the same name; tags are added or taken away, never replaced. */
export const BulkEdit = CustomerValues.omit({ name: true, tags: true }).partial().extend(TagEdit.shape)
export type BulkEdit = z.infer<typeof BulkEdit>

const CountedField = z.union([
  z.enum(['level', 'status', 'ownerId', 'source', 'industry', 'city']),
  z.string().max(40).refine(isCustomKey, 'unknownField'),
])

/** What is being written, for the question who is there like it. */
const Wanted = z.strictObject({
  name: z.string().max(5000).optional(),
  phones: z.array(z.string().max(60)).max(5).optional(),
  email: z.string().max(254).optional(),
  creditCode: z.string().max(40).optional(),
})

const CustomerDaysInput = Which.omit({ deleted: true, pool: true }).extend(DaySpan.shape)
/** Only days that have any. */
export const CustomerDays = z.strictObject({
  days: z.array(z.strictObject({ day: BusinessDate, count: z.number().int(), rows: z.array(Customer) })),
  capped: z.boolean(),
})
export type CustomerDays = z.infer<typeof CustomerDays>

export const customersContract = {
  /** One page in the asked order; without an order the newest first. */
  list: query('customers.read', SHOWS).input(ListInput).output(page(Customer)),
  /** How many rows; `capped` when the words hit more than are looked at. */
  count: query('customers.read', SHOWS)
    .input(Which)
    .output(z.strictObject({ count: z.number().int(), capped: z.boolean() })),
  /** Days with whom to talk to on them, by the next follow-up: each counted whole, the first of it given. @throws FORBIDDEN for who may not ask by the field */
  days: query('customers.read', SHOWS).input(CustomerDaysInput).output(CustomerDays),
  /** How many rows per value of a select field: the figures beside quick filters. */
  countBy: query('customers.read', SHOWS)
    .input(z.strictObject({ which: Which, field: CountedField }))
    .output(z.array(z.strictObject({ value: z.string().nullable(), label: z.string().nullable(), count: z.number().int() }))),
  /** What columns add up to, of everything a filter finds or of chosen rows. */
  sums: query('customers.read', SHOWS).input(SumInput).output(SumResult),
  get: query('customers.read', SHOWS).input(One).output(Customer),
  /** Who is already there with this name, phone, mail or code; across rights, masked. */
  lookalikes: query('customers.read', SHOWS)
    .input(Wanted.extend({ exceptId: CustomerId.optional() }))
    .output(z.array(Lookalike)),
  /** Tells the owner of one of them that somebody is about to enter him again; the asker learns no more by it. */
  askOwner: command('customers.read', ['foundNoMore', 'yoursAlready', 'ownerCannotRead'])
    .input(Wanted.extend({ ref: z.string().max(22) }))
    .output(z.strictObject({ ok: z.literal(true) })),
  /**
   * `seen`: the signs (`Lookalike.ref`) of who is there like him and was looked at; given, the write looks once more, and refuses while
   * a living one is not among them: somebody may have entered him this very moment. Without it nothing is looked for. `despite`: why it
   * is entered although one like it is there; it stands in the history.
   */
  create: command('customers.create', [...CREATE_REFUSALS, 'alikeThere'])
    .input(
      NewCustomer.extend({
        seen: z.array(z.string().max(22)).max(50).optional(),
        despite: z.string().trim().max(500).optional(),
      }),
    )
    .output(Customer),
  /** `version` is the one the editor saw; fields that somebody else changed since are STALE, others merge silently. */
  edit: command('customers.edit', EDIT_REFUSALS)
    .input(z.strictObject({ id: CustomerId, version: z.number().int(), values: CustomerEdit }))
    .output(Customer),
  /** Up to 500 rows at once; more are taken chunk by chunk under one batch id, others working between. */
  editMany: command('customers.edit', BULK_EDIT_REFUSALS)
    .input(z.strictObject({ selection: Selection, values: BulkEdit }))
    .output(BulkResult),
  /** What `editMany` or `removeMany` would do with a selection, by the same rights; nothing is written. */
  previewMany: query('customers.read', SHOWS)
    .input(
      z.union([
        z.strictObject({ act: z.literal('edit'), selection: Selection, values: BulkEdit }),
        z.strictObject({ act: z.literal('remove'), selection: Selection }),
      ]),
    )
    .output(BulkPreview),
  /** How far a bulk action of one's own is, by the key of its call; null when none is running under it. */
  progress: query('customers.read', [])
    .input(z.strictObject({ key: z.string().max(64) }))
    .output(z.strictObject({ done: z.number().int().nullable() })),
  /** What a block of cells would do, cell by cell; nothing is written. */
  checkCells: query('customers.edit', []).input(CellBlock).output(CellsReport),
  /** Writes a block of cells over the rows of a list, part by part under one batch id. */
  editCells: command('customers.edit', CREATE_REFUSALS).input(CellBlock).output(CellsReport),
  /** Into the recycle bin with all that hangs on them; whom payments, invoices made out, goods out or approvals keep stays. */
  removeMany: command('customers.delete', REMOVE_REFUSALS)
    .input(z.strictObject({ selection: Selection }))
    .output(BulkResult),
  restoreMany: command('customers.delete', RESTORE_MANY_REFUSALS)
    .input(z.strictObject({ selection: Selection }))
    .output(BulkResult),
  /** Erases rows of the recycle bin and what hangs on them; invoices that were made out are never erased, nor whose they are. */
  purgeMany: command('customers.purge', PURGE_REFUSALS, {
    irreversible: 'purging is the one way to make data gone for good; its journal images are blanked',
  })
    .input(z.strictObject({ selection: Selection, confirmCount: z.number().int() }))
    .output(BulkResult),
}
