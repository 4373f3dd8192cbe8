import { BORN } from '../../kernel/documents/born.ts'
import { type EntityDescriptor, TODAY_FUNCTION } from '../../kernel/entity.ts'

/** Where a quote stands; `expired`: was open when its last day passed. */
export const QUOTE_STATUSES = ['draft', 'pending', 'approved', 'sent', 'accepted', 'rejected', 'expired'] as const

/** An offer to a customer with its lines, in versions of which the last counts. Money in fen. */
export const quoteEntity: EntityDescriptor = {
  name: 'quote',
  table: 'quote',
  feature: 'quotes',
  title: 'name',
  ownerKey: 'ownerId',
  parentKey: 'customerId',
  related: [{ key: 'customer', entity: 'customer', by: 'customerId', isParent: true }],
  recyclable: true,
  fields: [
    {
      key: 'name',
      type: 'text',
      required: true,
      alwaysReadable: true,
      maxLength: 200,
      indexed: true,
      sortColumn: 'name_sort',
      width: 200,
    },
    { key: 'number', type: 'text', maxLength: 60, readOnly: true, single: true, alwaysReadable: true, width: 150 },
    { key: 'customerId', type: 'reference', reference: 'customer', alwaysReadable: true, width: 180 },
    { key: 'contactId', type: 'reference', reference: 'contact' },
    { key: 'opportunityId', type: 'reference', reference: 'opportunity' },
    {
      key: 'status',
      type: 'select',
      options: QUOTE_STATUSES,
      alwaysReadable: true,
      readOnly: true,
      width: 92,
      computed: `case when {t}.state in ('approved', 'sent') and {t}.valid_until < ${TODAY_FUNCTION}() then 'expired' else {t}.state end`,
    },
    { key: 'totalFen', type: 'money', readOnly: true, indexed: true, alwaysReadable: true, width: 120 },
    {
      key: 'discountRate',
      type: 'number',
      readOnly: true,
      unit: '%',
      precision: 2,
      computed: '{t}.discount_bp / 100.0',
      width: 84,
    },
    { key: 'validUntil', type: 'date', indexed: true, width: 104 },
    { key: 'ownerId', type: 'reference', reference: 'employee', indexed: true, width: 96 },
    { key: 'versionNo', type: 'number', readOnly: true },
    { key: 'superseded', type: 'boolean', readOnly: true, alwaysReadable: true },
    { key: 'quotedOn', type: 'date', indexed: true },
    { key: 'linesFen', type: 'money', readOnly: true },
    { key: 'discountFen', type: 'money' },
    { key: 'taxFen', type: 'money', readOnly: true },
    { key: 'listFen', type: 'money', readOnly: true },
    { key: 'terms', type: 'longText', maxLength: 20000 },
    { key: 'note', type: 'longText', maxLength: 20000 },
    { key: 'sentAt', type: 'instant', readOnly: true, indexed: true },
    { key: 'decidedAt', type: 'instant', readOnly: true },
    { key: 'reason', type: 'text', readOnly: true, maxLength: 2000 },
    ...BORN,
  ],
}
