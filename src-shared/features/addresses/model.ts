import { z } from 'zod'
import { idOf } from '../../kernel/ids.ts'
import { line } from '../../kernel/line.ts'
import { Instant } from '../../kernel/time.ts'
import { CustomerId } from '../customers/model.ts'

export const AddressId = idOf<'address'>()
export type AddressId = z.infer<typeof AddressId>
const text = (max: number) => z.string().max(max).nullable()

export const AddressValues = z.strictObject({
  label: line(100),
  recipient: text(100),
  phone: text(40),
  province: text(40),
  city: text(40),
  district: text(40),
  detail: text(2000),
})
export const NewAddress = AddressValues.partial().required({ label: true }).extend({ customerId: CustomerId })
export type NewAddress = z.infer<typeof NewAddress>
export const AddressEdit = AddressValues.partial()
export type AddressEdit = z.infer<typeof AddressEdit>
export const Address = AddressValues.extend({
  id: AddressId,
  label: z.string(),
  customerId: CustomerId,
  createdAt: Instant,
  updatedAt: Instant,
  deletedAt: Instant.nullable(),
  version: z.number().int(),
}).strip()
export type Address = z.infer<typeof Address>
