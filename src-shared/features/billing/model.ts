import { z } from 'zod'
import { idOf } from '../../kernel/ids.ts'
import { line } from '../../kernel/line.ts'
import { Instant } from '../../kernel/time.ts'
import { CustomerId } from '../customers/model.ts'
import { BUYER_KINDS } from './entity.ts'

export { BUYER_KINDS } from './entity.ts'
export const BillingProfileId = idOf<'billingProfile'>()
export type BillingProfileId = z.infer<typeof BillingProfileId>
export const BuyerKind = z.enum(BUYER_KINDS)
export type BuyerKind = z.infer<typeof BuyerKind>
const text = (max: number) => z.string().max(max).nullable()

export const BillingProfileValues = z.strictObject({
  title: line(200),
  kind: BuyerKind,
  taxNumber: text(40),
  address: text(300),
  phone: text(40),
  bank: text(120),
  account: text(60),
  email: text(120),
  mailAddress: text(500),
  isDefault: z.boolean(),
})
export const NewBillingProfile = BillingProfileValues.partial()
  .required({ title: true })
  .extend({ customerId: CustomerId, kind: BuyerKind.default('enterprise') })
export type NewBillingProfile = z.input<typeof NewBillingProfile>
export const BillingProfileEdit = BillingProfileValues.partial()
export type BillingProfileEdit = z.infer<typeof BillingProfileEdit>

export const BillingProfile = BillingProfileValues.extend({
  id: BillingProfileId,
  title: z.string(),
  kind: BuyerKind.nullable(),
  isDefault: z.boolean().nullable(),
  customerId: CustomerId,
  createdAt: Instant,
  updatedAt: Instant,
  deletedAt: Instant.nullable(),
  version: z.number().int(),
}).strip()
export type BillingProfile = z.infer<typeof BillingProfile>
