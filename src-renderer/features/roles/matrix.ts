import { addressEntity } from '../../../src-shared/features/addresses/entity.ts'
import { billingProfileEntity } from '../../../src-shared/features/billing/entity.ts'
import { contactEntity } from '../../../src-shared/features/contacts/entity.ts'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { fileEntity } from '../../../src-shared/features/files/entity.ts'
import { followUpEntity } from '../../../src-shared/features/follow-ups/entity.ts'
import { invoiceEntity } from '../../../src-shared/features/invoices/entity.ts'
import { leadEntity } from '../../../src-shared/features/leads/entity.ts'
import { productEntity } from '../../../src-shared/features/products/entity.ts'
import { opportunityEntity } from '../../../src-shared/features/opportunities/entity.ts'
import { orderEntity } from '../../../src-shared/features/orders/entity.ts'
import { paymentEntity } from '../../../src-shared/features/payments/entity.ts'
import { purchaseEntity } from '../../../src-shared/features/purchases/entity.ts'
import { quoteEntity } from '../../../src-shared/features/quotes/entity.ts'
import { stockEntity } from '../../../src-shared/features/stock/entity.ts'
import type { EntityDescriptor, FieldDescriptor } from '../../../src-shared/kernel/entity.ts'
import type { Permission } from '../../../src-shared/kernel/permissions.ts'

export const ACTIONS = ['read', 'create', 'edit', 'delete', 'transfer', 'export'] as const
export type ActionWord = (typeof ACTIONS)[number]

/** One right; it may cover several columns at once. */
export type MatrixCell = { readonly permission: Permission | null; readonly span: number }
export type MatrixRow = { readonly entity: EntityDescriptor; readonly cells: readonly MatrixCell[] }

const one = (permission: Permission | null): MatrixCell => ({ permission, span: 1 })
/** What hangs on a customer is written with one right, which covers new, edit and delete. */
const hanging = (entity: EntityDescriptor, read: Permission, write: Permission): MatrixRow => ({
  entity,
  cells: [one(read), { permission: write, span: 3 }, one(null), one(null)],
})

export const OBJECTS: readonly MatrixRow[] = [
  {
    entity: customerEntity,
    cells: (['read', 'create', 'edit', 'delete', 'transfer', 'export'] as const).map((verb) => one(`customers.${verb}`)),
  },
  {
    entity: opportunityEntity,
    cells: (['read', 'create', 'edit', 'delete', 'transfer', 'export'] as const).map((verb) => one(`opportunities.${verb}`)),
  },
  {
    entity: quoteEntity,
    cells: (['read', 'create', 'edit', 'delete', 'transfer', 'export'] as const).map((verb) => one(`quotes.${verb}`)),
  },
  {
    entity: orderEntity,
    cells: (['read', 'create', 'edit', 'delete', 'transfer', 'export'] as const).map((verb) => one(`orders.${verb}`)),
  },
  hanging(paymentEntity, 'payments.read', 'payments.write'),
  hanging(invoiceEntity, 'invoices.read', 'invoices.create'),
  hanging(billingProfileEntity, 'billing.read', 'billing.write'),
  {
    entity: leadEntity,
    cells: (['read', 'create', 'edit', 'delete', 'transfer', 'export'] as const).map((verb) => one(`leads.${verb}`)),
  },
  hanging(contactEntity, 'contacts.read', 'contacts.write'),
  hanging(addressEntity, 'addresses.read', 'addresses.write'),
  hanging(followUpEntity, 'followUps.read', 'followUps.write'),
  hanging(fileEntity, 'files.read', 'files.write'),
  hanging(productEntity, 'products.read', 'products.write'),
  hanging(stockEntity, 'stock.read', 'stock.move'),
  hanging(purchaseEntity, 'purchases.read', 'purchases.write'),
]

/** Rights that belong to no column: tools, people, the program itself. */
export const TOOLS: readonly {
  readonly word: 'toolsPools' | 'toolsData' | 'toolsPeople' | 'toolsSystem'
  readonly permissions: readonly Permission[]
}[] = [
  {
    word: 'toolsPools',
    permissions: [
      'customers.claim',
      'customers.release',
      'customers.assign',
      'pools.manage',
      'leads.claim',
      'leads.assign',
      'leadPools.manage',
    ],
  },
  {
    word: 'toolsData',
    permissions: [
      'products.prices',
      'products.costs',
      'stock.negative',
      'purchases.receive',
      'warehouses.manage',
      'tags.manage',
      'fields.manage',
      'pipelines.manage',
      'targets.read',
      'targets.manage',
      'sourceCosts.read',
      'sourceCosts.manage',
      'views.share',
      'views.manage',
      'imports.run',
      'imports.readAll',
      'duplicates.find',
      'history.readAll',
      'customers.purge',
      'opportunities.purge',
      'quotes.purge',
      'orders.purge',
      'approvals.manage',
      'invoices.issue',
      'leads.purge',
    ],
  },
  { word: 'toolsPeople', permissions: ['people.read', 'people.manage', 'roles.manage'] },
  { word: 'toolsSystem', permissions: ['settings.manage', 'jobs.manage', 'backups.manage'] },
]

export const ENTITIES: readonly EntityDescriptor[] = OBJECTS.map((row) => row.entity)

/** Whether a field may be given a right: what names a record stays readable, and only what has a mask can be masked. */
export const mayHide = (field: FieldDescriptor): boolean => field.alwaysReadable !== true
export const mayMask = (field: FieldDescriptor): boolean => mayHide(field) && field.mask !== undefined
