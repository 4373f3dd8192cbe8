/** Every permission name. Roles are data; this list is what they may hold. */
export const SCOPED_PERMISSIONS = [
  'customers.read',
  'customers.edit',
  'customers.delete',
  'customers.export',
  'customers.transfer',
  'customers.purge',
  'customers.release',
  'opportunities.read',
  'opportunities.edit',
  'opportunities.delete',
  'opportunities.export',
  'opportunities.transfer',
  'opportunities.purge',
  'targets.read',
  'targets.manage',
  'orders.read',
  'orders.edit',
  'orders.delete',
  'orders.export',
  'orders.transfer',
  'orders.purge',
  'quotes.read',
  'quotes.edit',
  'quotes.delete',
  'quotes.export',
  'quotes.transfer',
  'quotes.purge',
  'leads.read',
  'leads.edit',
  'leads.delete',
  'leads.export',
  'leads.transfer',
  'leads.purge',
] as const

export const PLAIN_PERMISSIONS = [
  'customers.create',
  'customers.claim',
  'customers.assign',
  'pools.manage',
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
  'opportunities.create',
  'orders.create',
  'payments.read',
  'payments.write',
  'billing.read',
  'billing.write',
  'invoices.read',
  'invoices.create',
  'invoices.issue',
  'stock.read',
  'stock.move',
  'stock.negative',
  'warehouses.manage',
  'purchases.read',
  'purchases.write',
  'purchases.receive',
  'pipelines.manage',
  'sourceCosts.read',
  'sourceCosts.manage',
  'quotes.create',
  'approvals.manage',
  'leads.create',
  'leads.assign',
  'leads.claim',
  'leadPools.manage',
  'tags.manage',
  'fields.manage',
  'views.share',
  'views.manage',
  'imports.run',
  'imports.readAll',
  'duplicates.find',
  'history.readAll',
  'people.read',
  'people.manage',
  'roles.manage',
  'settings.manage',
  'jobs.manage',
  'backups.manage',
] as const

export const PERMISSIONS = [...SCOPED_PERMISSIONS, ...PLAIN_PERMISSIONS] as const
export type ScopedPermission = (typeof SCOPED_PERMISSIONS)[number]
export type Permission = (typeof PERMISSIONS)[number]

/** Which rows a scoped permission reaches, from narrow to wide. */
export const SCOPES = ['own', 'department', 'below', 'all'] as const
export type Scope = (typeof SCOPES)[number]

/** What a role may do with one field, from least to most. A field without an entry may be written. */
export const FIELD_RIGHTS = ['hidden', 'masked', 'read', 'write'] as const
export type FieldRight = (typeof FIELD_RIGHTS)[number]

export const isScoped = (permission: Permission): permission is ScopedPermission =>
  (SCOPED_PERMISSIONS as readonly string[]).includes(permission)
export const widerScope = (a: Scope, b: Scope): Scope => (SCOPES.indexOf(a) >= SCOPES.indexOf(b) ? a : b)
export const largerRight = (a: FieldRight, b: FieldRight): FieldRight =>
  FIELD_RIGHTS.indexOf(a) >= FIELD_RIGHTS.indexOf(b) ? a : b
