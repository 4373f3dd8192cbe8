import type { EntityDescriptor } from '../../kernel/entity.ts'

/** Written, asked for, agreed to, partly and wholly arrived, or called off. */
export const PURCHASE_STATES = ['draft', 'pending', 'approved', 'partial', 'received', 'cancelled'] as const

/** What is to be bought, for the stock or for orders that lack it. */
export const purchaseEntity: EntityDescriptor = {
  name: 'purchase',
  table: 'purchase',
  feature: 'purchases',
  title: 'number',
  needs: 'purchases.read',
  fields: [
    { key: 'number', type: 'text', maxLength: 40, alwaysReadable: true, readOnly: true, single: true, width: 140 },
    { key: 'state', type: 'select', options: PURCHASE_STATES, alwaysReadable: true, readOnly: true, width: 104 },
    { key: 'supplier', type: 'text', maxLength: 200, width: 180 },
    {
      key: 'goods',
      type: 'text',
      readOnly: true,
      alwaysReadable: true,
      computed: `select group_concat(x.name, ', ') from (select p.name from purchase_line l join product p on p.id = l.product_id
        where l.purchase_id = {t}.id order by l.position) x`,
      width: 220,
    },
    {
      key: 'progress',
      type: 'number',
      readOnly: true,
      precision: 0,
      computed: 'iif({t}.ordered > 0, {t}.received * 100 / {t}.ordered, 0)',
      width: 80,
    },
    { key: 'amountFen', type: 'money', readOnly: true, indexed: true, width: 120 },
    { key: 'expectedOn', type: 'date', indexed: true, width: 104 },
    { key: 'warehouseId', type: 'reference', reference: 'warehouse', width: 120 },
    { key: 'authorId', type: 'reference', reference: 'employee', readOnly: true, width: 96 },
    { key: 'note', type: 'longText', maxLength: 2000 },
    { key: 'cancelReason', type: 'text', maxLength: 2000, readOnly: true },
    { key: 'createdAt', type: 'instant', readOnly: true, alwaysReadable: true, indexed: true, width: 104 },
    { key: 'updatedAt', type: 'instant', readOnly: true, alwaysReadable: true, indexed: true },
    { key: 'createdBy', type: 'reference', reference: 'user', readOnly: true },
  ],
}
