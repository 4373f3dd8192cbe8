import { z } from 'zod'
import { CellBlock, CellsReport } from '../../kernel/cells/model.ts'
import { CUSTOM_REFUSALS } from '../../kernel/custom/values.ts'
import { ListInput, page, SumInput, SumResult, Which } from '../../kernel/list.ts'
import { command, query } from '../../kernel/procedure.ts'
import { CustomerId } from '../customers/model.ts'
import { Contact, ContactEdit, ContactId, NewContact } from './model.ts'

export const CONTACT_REFUSALS = ['deleted'] as const
export const RESTORE_REFUSALS = ['deleted', 'notDeleted', 'uniqueTaken'] as const
const WRITE_REFUSALS = [...CONTACT_REFUSALS, ...CUSTOM_REFUSALS] as const
const SHOWS = ['contact', 'customer', 'customField'] as const

export const contactsContract = {
  list: query('contacts.read', SHOWS).input(ListInput).output(page(Contact)),
  count: query('contacts.read', SHOWS)
    .input(Which)
    .output(z.strictObject({ count: z.number().int(), capped: z.boolean() })),
  sums: query('contacts.read', SHOWS).input(SumInput).output(SumResult),
  get: query('contacts.read', SHOWS)
    .input(z.strictObject({ id: ContactId }))
    .output(Contact),
  /** The contacts of one customer, the main one first. */
  ofCustomer: query('contacts.read', SHOWS)
    .input(z.strictObject({ customerId: CustomerId }))
    .output(z.array(Contact)),
  create: command('contacts.write', WRITE_REFUSALS).input(NewContact).output(Contact),
  edit: command('contacts.write', WRITE_REFUSALS)
    .input(z.strictObject({ id: ContactId, version: z.number().int(), values: ContactEdit }))
    .output(Contact),
  /** What a block of cells would do, cell by cell; nothing is written. */
  checkCells: query('contacts.write', []).input(CellBlock).output(CellsReport),
  /** Writes a block of cells over the rows of a list, part by part under one batch id. */
  editCells: command('contacts.write', WRITE_REFUSALS).input(CellBlock).output(CellsReport),
  remove: command('contacts.write', CONTACT_REFUSALS)
    .input(z.strictObject({ id: ContactId }))
    .output(z.strictObject({ id: ContactId })),
  restore: command('contacts.write', RESTORE_REFUSALS)
    .input(z.strictObject({ id: ContactId }))
    .output(Contact),
}
