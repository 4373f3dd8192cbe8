import type { FieldRight, Permission, Scope } from '../../kernel/permissions.ts'
import { PERMISSIONS } from '../../kernel/permissions.ts'

export const BUILTIN_ROLES = ['admin', 'salesManager', 'sales', 'service', 'finance', 'viewer'] as const
export type BuiltinRole = (typeof BUILTIN_ROLES)[number]
export type SeededRole = {
  readonly builtin: BuiltinRole
  readonly permissions: Readonly<Partial<Record<Permission, Scope>>>
  /** Keyed `<entity>.<field>`. */
  readonly fieldRights?: Readonly<Record<string, FieldRight>>
}

const plain = (...names: Permission[]) => Object.fromEntries(names.map((name) => [name, 'all' as const]))
const customers = (scope: Scope, ...verbs: ('read' | 'edit' | 'delete' | 'export' | 'transfer' | 'release')[]) =>
  Object.fromEntries(verbs.map((verb) => [`customers.${verb}` as const, scope]))
const opportunities = (scope: Scope, ...verbs: ('read' | 'edit' | 'delete' | 'export' | 'transfer')[]) =>
  Object.fromEntries(verbs.map((verb) => [`opportunities.${verb}` as const, scope]))
const targets = (scope: Scope, ...verbs: ('read' | 'manage')[]) =>
  Object.fromEntries(verbs.map((verb) => [`targets.${verb}` as const, scope]))
const orders = (scope: Scope, ...verbs: ('read' | 'edit' | 'delete' | 'export' | 'transfer')[]) =>
  Object.fromEntries(verbs.map((verb) => [`orders.${verb}` as const, scope]))
const quotes = (scope: Scope, ...verbs: ('read' | 'edit' | 'delete' | 'export' | 'transfer')[]) =>
  Object.fromEntries(verbs.map((verb) => [`quotes.${verb}` as const, scope]))
const leads = (scope: Scope, ...verbs: ('read' | 'edit' | 'delete' | 'export' | 'transfer')[]) =>
  Object.fromEntries(verbs.map((verb) => [`leads.${verb}` as const, scope]))
const MASKED_WAYS = [
  'customer.phone',
  'customer.phone2',
  'customer.email',
  'contact.phone',
  'contact.phone2',
  'contact.email',
  'contact.wechat',
  'address.phone',
  'lead.phone',
  'lead.email',
  'lead.wechat',
]

/** What things cost the company is not for everybody who sells them. */
const NO_COSTS = {
  'product.costFen': 'hidden',
  'product.costFrom': 'hidden',
  'order.costFen': 'hidden',
  'purchase.amountFen': 'hidden',
} as const

/** What a new workspace begins with; all of it is data afterwards and may be changed, but for the administrator. */
export const SEEDED_ROLES: readonly SeededRole[] = [
  { builtin: 'admin', permissions: plain(...PERMISSIONS) },
  {
    builtin: 'salesManager',
    permissions: {
      ...customers('below', 'read', 'edit', 'delete', 'export', 'transfer', 'release'),
      ...opportunities('below', 'read', 'edit', 'delete', 'export', 'transfer'),
      ...leads('below', 'read', 'edit', 'delete', 'export', 'transfer'),
      ...targets('below', 'read', 'manage'),
      ...quotes('below', 'read', 'edit', 'delete', 'export', 'transfer'),
      ...orders('below', 'read', 'edit', 'delete', 'export', 'transfer'),
      ...plain(
        'customers.create',
        'opportunities.create',
        'quotes.create',
        'leads.create',
        'leads.assign',
        'leads.claim',
        'orders.create',
        'payments.read',
        'billing.read',
        'billing.write',
        'invoices.read',
        'invoices.create',
        'customers.claim',
        'customers.assign',
        'contacts.read',
        'contacts.write',
        'addresses.read',
        'addresses.write',
        'followUps.read',
        'followUps.write',
        'files.read',
        'files.write',
        'products.read',
        'products.write',
        'products.prices',
        'products.costs',
        'stock.read',
        'stock.move',
        'purchases.read',
        'purchases.write',
        'purchases.receive',
        'sourceCosts.read',
        'sourceCosts.manage',
        'tags.manage',
        'views.share',
        'imports.run',
        'duplicates.find',
        'people.read',
      ),
    },
  },
  {
    builtin: 'sales',
    permissions: {
      ...customers('own', 'read', 'edit', 'delete', 'export', 'release'),
      ...opportunities('own', 'read', 'edit', 'delete', 'export'),
      ...leads('own', 'read', 'edit', 'delete', 'export'),
      ...targets('own', 'read'),
      ...quotes('own', 'read', 'edit', 'delete', 'export'),
      ...orders('own', 'read', 'edit', 'delete', 'export'),
      ...plain(
        'customers.create',
        'opportunities.create',
        'quotes.create',
        'leads.create',
        'leads.claim',
        'orders.create',
        'payments.read',
        'billing.read',
        'billing.write',
        'invoices.read',
        'invoices.create',
        'customers.claim',
        'contacts.read',
        'contacts.write',
        'addresses.read',
        'addresses.write',
        'followUps.read',
        'followUps.write',
        'files.read',
        'files.write',
        'products.read',
        'stock.read',
        'purchases.read',
        'tags.manage',
        'views.share',
      ),
    },
    fieldRights: NO_COSTS,
  },
  {
    builtin: 'service',
    permissions: {
      ...customers('all', 'read'),
      ...opportunities('all', 'read'),
      ...quotes('all', 'read'),
      ...orders('all', 'read'),
      ...leads('all', 'read'),
      ...plain(
        'leads.create',
        'contacts.read',
        'addresses.read',
        'followUps.read',
        'followUps.write',
        'files.read',
        'files.write',
        'products.read',
        'stock.read',
        'views.share',
      ),
    },
    fieldRights: NO_COSTS,
  },
  {
    // Money and segments, not conversations: neither what was said nor when..
    builtin: 'finance',
    permissions: {
      ...customers('all', 'read', 'export'),
      ...opportunities('all', 'read', 'export'),
      ...leads('all', 'read', 'export'),
      ...targets('all', 'read'),
      ...quotes('all', 'read', 'export'),
      ...orders('all', 'read', 'export'),
      ...plain(
        'payments.read',
        'payments.write',
        'billing.read',
        'billing.write',
        'invoices.read',
        'invoices.create',
        'invoices.issue',
        'contacts.read',
        'addresses.read',
        'files.read',
        'products.read',
        'products.costs',
        'sourceCosts.read',
        'sourceCosts.manage',
        'stock.read',
        'purchases.read',
      ),
    },
    fieldRights: {
      'customer.lastFollowUpAt': 'hidden',
      'customer.nextFollowUpAt': 'hidden',
      'lead.firstFollowUpAt': 'hidden',
      'lead.lastFollowUpAt': 'hidden',
      'lead.nextFollowUpAt': 'hidden',
      'contact.birthday': 'hidden',
    },
  },
  {
    builtin: 'viewer',
    permissions: {
      ...customers('department', 'read'),
      ...opportunities('department', 'read'),
      ...leads('department', 'read'),
      ...targets('department', 'read'),
      ...quotes('department', 'read'),
      ...orders('department', 'read'),
      ...plain(
        'payments.read',
        'billing.read',
        'invoices.read',
        'contacts.read',
        'addresses.read',
        'followUps.read',
        'files.read',
        'products.read',
        'stock.read',
      ),
    },
    fieldRights: {
      ...Object.fromEntries(MASKED_WAYS.map((field) => [field, 'masked' as const])),
      ...NO_COSTS,
      'contact.birthday': 'hidden',
    },
  },
]
