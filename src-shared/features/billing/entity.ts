import type { EntityDescriptor } from '../../kernel/entity.ts'

export const BUYER_KINDS = ['enterprise', 'person'] as const

/** To whom invoices of a customer are made out. A customer has several; one of them is proposed first. */
export const billingProfileEntity: EntityDescriptor = {
  name: 'billingProfile',
  table: 'billing_profile',
  feature: 'billing',
  title: 'title',
  parentKey: 'customerId',
  recyclable: true,
  fields: [
    { key: 'title', type: 'text', required: true, alwaysReadable: true, maxLength: 200 },
    { key: 'customerId', type: 'reference', reference: 'customer', required: true, alwaysReadable: true },
    { key: 'kind', type: 'select', options: BUYER_KINDS, required: true },
    { key: 'taxNumber', type: 'text', maxLength: 40 },
    { key: 'address', type: 'text', maxLength: 300 },
    { key: 'phone', type: 'phone', mask: 'phone', maxLength: 40 },
    { key: 'bank', type: 'text', maxLength: 120 },
    { key: 'account', type: 'text', mask: 'text', maxLength: 60 },
    { key: 'email', type: 'email', mask: 'email', maxLength: 120 },
    { key: 'mailAddress', type: 'text', mask: 'text', maxLength: 500 },
    { key: 'isDefault', type: 'boolean' },
  ],
}
