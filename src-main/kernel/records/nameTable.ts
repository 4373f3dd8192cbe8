/** Where what is referred to is named: a table per kind. */
export const nameTable: Partial<Record<string, string>> = {
  employee: 'employee',
  customer: 'customer',
  contact: 'contact',
  pool: 'pool',
  product: 'product',
  productCategory: 'product_category',
  pipeline: 'pipeline',
  stage: 'stage',
  lostReason: 'lost_reason',
  leadSource: 'lead_source',
  leadReason: 'lead_invalid_reason',
  leadPool: 'lead_pool',
  warehouse: 'warehouse',
}
