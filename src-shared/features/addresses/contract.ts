import { z } from 'zod'
import { command, query } from '../../kernel/procedure.ts'
import { CustomerId } from '../customers/model.ts'
import { Address, AddressEdit, AddressId, NewAddress } from './model.ts'

export const ADDRESS_REFUSALS = ['deleted'] as const
export const ADDRESS_RESTORE_REFUSALS = ['deleted', 'notDeleted'] as const

export const addressesContract = {
  ofCustomer: query('addresses.read', ['address'])
    .input(z.strictObject({ customerId: CustomerId }))
    .output(z.array(Address)),
  /** Splits what was pasted into province, city, district and the rest, by today's divisions, and who is reached there; nothing is stored. */
  read: query('signed-in', [])
    .input(z.strictObject({ text: z.string().max(2000) }))
    .output(
      z.strictObject({
        province: z.string().nullable(),
        city: z.string().nullable(),
        district: z.string().nullable(),
        detail: z.string(),
        name: z.string().nullable(),
        phones: z.array(z.string()),
      }),
    ),
  create: command('addresses.write', ADDRESS_REFUSALS).input(NewAddress).output(Address),
  edit: command('addresses.write', ADDRESS_REFUSALS)
    .input(z.strictObject({ id: AddressId, version: z.number().int(), values: AddressEdit }))
    .output(Address),
  remove: command('addresses.write', ADDRESS_REFUSALS)
    .input(z.strictObject({ id: AddressId }))
    .output(z.strictObject({ id: AddressId })),
  /** Brings back one that was removed by itself; what went with its customer comes back with him. */
  restore: command('addresses.write', ADDRESS_RESTORE_REFUSALS)
    .input(z.strictObject({ id: AddressId }))
    .output(Address),
}
