import { addressEntity } from './features/addresses/entity.ts'
import { billingProfileEntity } from './features/billing/entity.ts'
import { contactEntity } from './features/contacts/entity.ts'
import { customerEntity } from './features/customers/entity.ts'
import { fileEntity } from './features/files/entity.ts'
import { followUpEntity } from './features/follow-ups/entity.ts'
import { invoiceEntity } from './features/invoices/entity.ts'
import { leadEntity } from './features/leads/entity.ts'
import { productEntity } from './features/products/entity.ts'
import { opportunityEntity } from './features/opportunities/entity.ts'
import { orderEntity } from './features/orders/entity.ts'
import { paymentEntity } from './features/payments/entity.ts'
import { purchaseEntity } from './features/purchases/entity.ts'
import { quoteEntity } from './features/quotes/entity.ts'
import { stockEntity } from './features/stock/entity.ts'
import type { EntityDescriptor } from './kernel/entity.ts'

/** The entities that describe their fields, one line each; roles, import, export, history and search read them from here. */
export const entities: readonly EntityDescriptor[] = [
  customerEntity,
  contactEntity,
  addressEntity,
  billingProfileEntity,
  followUpEntity,
  fileEntity,
  productEntity,
  opportunityEntity,
  orderEntity,
  paymentEntity,
  invoiceEntity,
  quoteEntity,
  leadEntity,
  stockEntity,
  purchaseEntity,
]
