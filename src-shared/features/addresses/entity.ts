import type { EntityDescriptor } from '../../kernel/entity.ts'

/** A further address of a customer: delivery, invoice, branch. The main one stands on the customer. */
export const addressEntity: EntityDescriptor = {
  name: 'address',
  table: 'address',
  feature: 'addresses',
  title: 'label',
  parentKey: 'customerId',
  recyclable: true,
  fields: [
    { key: 'label', type: 'text', required: true, alwaysReadable: true, maxLength: 100 },
    { key: 'customerId', type: 'reference', reference: 'customer', required: true, alwaysReadable: true },
    { key: 'recipient', type: 'text', maxLength: 100 },
    { key: 'phone', type: 'phone', mask: 'phone', maxLength: 40 },
    { key: 'province', type: 'text', maxLength: 40 },
    { key: 'city', type: 'text', maxLength: 40 },
    { key: 'district', type: 'text', maxLength: 40 },
    { key: 'detail', type: 'text', mask: 'text', maxLength: 2000 },
  ],
}
