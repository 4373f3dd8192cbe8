import type { Contact } from '../../../src-shared/features/contacts/model.ts'
import { typedValues } from '../../../src-shared/kernel/custom/phones.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { onCommand, onQuery, onStagedCommand } from '../../kernel/pipeline.ts'
import { checkCells, editCells } from '../../kernel/records/editCells.ts'
import { countFor, listPage } from '../../kernel/records/lanes.ts'
import { withMayEdit } from '../../kernel/records/mayEdit.ts'
import { sumsFor } from '../../kernel/records/sums.ts'
import { getRow } from '../../kernel/records/select.ts'
import { insertRow, loadForWrite, setDeleted, updateRow } from '../../kernel/records/write.ts'
import { contactCells } from './cells.ts'
import { cleanContact, derivedOf } from './clean.ts'
import { bringBackContact, clearPrimary, contactsOf } from './store.ts'

export const contactsHandlers = {
  list: onQuery.contacts.list.handler(async ({ input, context }) => {
    const page = await listPage<Contact>(context, entityIn(context, 'contact'), input)
    return { ...page, rows: await withMayEdit(context, entityIn(context, 'contact'), page.rows) }
  }),
  count: onQuery.contacts.count.handler(({ input, context }) => countFor(context, entityIn(context, 'contact'), input)),
  sums: onQuery.contacts.sums.handler(({ input, context }) => sumsFor(context, entityIn(context, 'contact'), input)),
  get: onQuery.contacts.get.handler(
    async ({ input, context }) =>
      (await getRow(context.db, context.actor, entityIn(context, 'contact'), input.id, { deleted: true })) as Contact,
  ),
  ofCustomer: onQuery.contacts.ofCustomer.handler(({ input, context }) => contactsOf(context, input.customerId)),

  create: onCommand.contacts.create.handler(async ({ input, context }) => {
    const customer = await loadForWrite(context, entityIn(context, 'customer'), input.customerId, 'edit')
    if (customer.deletedAt !== null) throw new Refusal('deleted')
    const values = cleanContact(typedValues(entityIn(context, 'contact'), input, null))
    if (values.isPrimary) await clearPrimary(context, customer.id)
    const id = await insertRow(context, entityIn(context, 'contact'), values, derivedOf(values))
    context.record({ entity: 'contact', id, action: 'created' })
    return (await getRow(context.tx, context.actor, entityIn(context, 'contact'), id)) as Contact
  }),

  edit: onCommand.contacts.edit.handler(async ({ input, context }) => {
    const row = await loadForWrite(context, entityIn(context, 'contact'), input.id, 'edit')
    if (row.deletedAt !== null) throw new Refusal('deleted')
    const values = cleanContact(typedValues(entityIn(context, 'contact'), input.values, row))
    if (values.isPrimary && row['isPrimary'] !== 1) await clearPrimary(context, String(row['customerId']))
    const wrote = await updateRow(context, entityIn(context, 'contact'), row, {
      values,
      derived: derivedOf(values),
      seenVersion: input.version,
    })
    if (wrote) context.record({ entity: 'contact', id: row.id, action: 'edited' })
    else context.unchanged()
    return (await getRow(context.tx, context.actor, entityIn(context, 'contact'), row.id)) as Contact
  }),

  checkCells: onQuery.contacts.checkCells.handler(({ input, context }) => checkCells(context, contactCells(context), input)),
  editCells: onStagedCommand.contacts.editCells.handler(({ input, context }) => editCells(context, contactCells(context), input)),

  remove: onCommand.contacts.remove.handler(async ({ input, context }) => {
    const row = await loadForWrite(context, entityIn(context, 'contact'), input.id, 'edit')
    if (row.deletedAt !== null) throw new Refusal('deleted')
    await setDeleted(context, entityIn(context, 'contact'), row.id, true)
    context.record({ entity: 'contact', id: row.id, action: 'deleted' })
    return { id: input.id }
  }),

  restore: onCommand.contacts.restore.handler(async ({ input, context }) => {
    const row = await loadForWrite(context, entityIn(context, 'contact'), input.id, 'edit')
    if (row.deletedAt === null) throw new Refusal('notDeleted')
    const customer = await loadForWrite(context, entityIn(context, 'customer'), String(row['customerId']), 'edit')
    if (customer.deletedAt !== null) throw new Refusal('deleted')
    await bringBackContact(context, row)
    context.record({ entity: 'contact', id: row.id, action: 'restored' })
    return (await getRow(context.tx, context.actor, entityIn(context, 'contact'), row.id)) as Contact
  }),
}
