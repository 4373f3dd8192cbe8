import { addressEntity } from '../../../src-shared/features/addresses/entity.ts'
import type { Address, AddressEdit } from '../../../src-shared/features/addresses/model.ts'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import { onCommand, onQuery } from '../../kernel/pipeline.ts'
import { getRow, listRows } from '../../kernel/records/select.ts'
import { insertRow, loadForWrite, setDeleted, updateRow } from '../../kernel/records/write.ts'
import { cleanPhone, readPlace } from '../customers/public.ts'

const clean = <Values extends AddressEdit>(values: Values): Values => ({
  ...values,
  ...(values.phone ? { phone: cleanPhone(values.phone) } : {}),
})

export const addressesHandlers = {
  ofCustomer: onQuery.addresses.ofCustomer.handler(async ({ input, context }) => {
    const filter = {
      combinator: 'and' as const,
      rules: [{ field: 'customerId', operator: '=' as const, value: input.customerId }],
    }
    const { rows } = await listRows(context.db, context.actor, addressEntity, {
      filter,
      sort: [{ field: 'label', direction: 'asc' }],
      offset: 0,
      limit: 200,
    })
    return rows as Address[]
  }),

  read: onQuery.addresses.read.handler(({ input }) => readPlace(input.text)),

  create: onCommand.addresses.create.handler(async ({ input, context }) => {
    const customer = await loadForWrite(context, customerEntity, input.customerId, 'edit')
    if (customer.deletedAt !== null) throw new Refusal('deleted')
    const id = await insertRow(context, addressEntity, clean(input))
    context.record({ entity: 'address', id, action: 'created' })
    return (await getRow(context.tx, context.actor, addressEntity, id)) as Address
  }),

  edit: onCommand.addresses.edit.handler(async ({ input, context }) => {
    const row = await loadForWrite(context, addressEntity, input.id, 'edit')
    if (row.deletedAt !== null) throw new Refusal('deleted')
    const wrote = await updateRow(context, addressEntity, row, { values: clean(input.values), seenVersion: input.version })
    if (wrote) context.record({ entity: 'address', id: row.id, action: 'edited' })
    else context.unchanged()
    return (await getRow(context.tx, context.actor, addressEntity, row.id)) as Address
  }),

  remove: onCommand.addresses.remove.handler(async ({ input, context }) => {
    const row = await loadForWrite(context, addressEntity, input.id, 'edit')
    if (row.deletedAt !== null) throw new Refusal('deleted')
    await setDeleted(context, addressEntity, row.id, true)
    context.record({ entity: 'address', id: row.id, action: 'deleted' })
    return { id: input.id }
  }),

  restore: onCommand.addresses.restore.handler(async ({ input, context }) => {
    const row = await loadForWrite(context, addressEntity, input.id, 'edit')
    if (row.deletedAt === null) throw new Refusal('notDeleted')
    const customer = await loadForWrite(context, customerEntity, String(row['customerId']), 'edit')
    if (customer.deletedAt !== null) throw new Refusal('deleted')
    await setDeleted(context, addressEntity, row.id, false)
    context.record({ entity: 'address', id: row.id, action: 'restored' })
    return (await getRow(context.tx, context.actor, addressEntity, row.id)) as Address
  }),
}
