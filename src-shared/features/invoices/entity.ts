import type { EntityDescriptor } from '../../kernel/entity.ts'
import { BUYER_KINDS } from '../billing/model.ts'

/** Asked for, made out, handed over, or of no value. */
export const INVOICE_STATUSES = ['requested', 'issued', 'posted', 'void'] as const
/** Electronic ones first: since 2024 they are the rule. */
export const INVOICE_KINDS = ['eGeneral', 'eSpecial', 'general', 'special'] as const

/**
 * An invoice on orders of a customer. What its profile said then stands on it, so that nothing that is made out changes later. Hangs
 * on the customer; who enters it needs only to see him.
 */
export const invoiceEntity: EntityDescriptor = {
  name: 'invoice',
  table: 'invoice',
  feature: 'invoices',
  title: 'number',
  parentKey: 'customerId',
  related: [{ key: 'customer', entity: 'customer', by: 'customerId', isParent: true }],
  recyclable: true,
  fields: [
    { key: 'number', type: 'text', maxLength: 40, alwaysReadable: true, readOnly: true, single: true, width: 140 },
    {
      key: 'status',
      type: 'select',
      options: INVOICE_STATUSES,
      alwaysReadable: true,
      readOnly: true,
      indexed: true,
      width: 104,
    },
    { key: 'customerId', type: 'reference', reference: 'customer', alwaysReadable: true, width: 200 },
    { key: 'buyer', type: 'text', maxLength: 200, readOnly: true, width: 200 },
    { key: 'amountFen', type: 'money', readOnly: true, indexed: true, width: 120 },
    { key: 'kind', type: 'select', options: INVOICE_KINDS, required: true, width: 132 },
    { key: 'officialNumber', type: 'text', maxLength: 40, readOnly: true, width: 170 },
    { key: 'requestedOn', type: 'date', readOnly: true, indexed: true, width: 104 },
    { key: 'requesterId', type: 'reference', reference: 'employee', readOnly: true, width: 92 },
    { key: 'issuedOn', type: 'date', readOnly: true, indexed: true, width: 104 },
    { key: 'postedOn', type: 'date', readOnly: true },
    { key: 'expressNo', type: 'text', maxLength: 60, readOnly: true },
    { key: 'voidReason', type: 'text', maxLength: 500, readOnly: true },
    { key: 'buyerKind', type: 'select', options: BUYER_KINDS, readOnly: true },
    { key: 'taxNumber', type: 'text', maxLength: 40, readOnly: true },
    { key: 'address', type: 'text', maxLength: 300, readOnly: true },
    { key: 'phone', type: 'phone', mask: 'phone', maxLength: 40, readOnly: true },
    { key: 'bank', type: 'text', maxLength: 120, readOnly: true },
    { key: 'account', type: 'text', mask: 'text', maxLength: 60, readOnly: true },
    { key: 'email', type: 'email', mask: 'email', maxLength: 120, readOnly: true },
    { key: 'mailAddress', type: 'text', mask: 'text', maxLength: 500, readOnly: true },
    { key: 'note', type: 'longText', maxLength: 2000 },
    { key: 'createdAt', type: 'instant', readOnly: true, alwaysReadable: true, indexed: true },
    { key: 'updatedAt', type: 'instant', readOnly: true, alwaysReadable: true, indexed: true },
    { key: 'createdBy', type: 'reference', reference: 'user', readOnly: true },
  ],
}
