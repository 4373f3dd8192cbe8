import type { EntityDescriptor } from '../../kernel/entity.ts'

export const MOVE_KINDS = ['in', 'out', 'transfer', 'count'] as const

/** Columns count in ten-thousandths of a piece; lists show pieces. */
const pieces = (column: string): string => `{t}.${column} / 10000.0`
const ofProduct = (column: string): string => `select p.${column} from product p where p.id = {t}.product_id`
const COMING = `select coalesce(sum(max(l.units - l.received, 0)), 0) / 10000.0 from purchase_line l join purchase o on o.id = l.purchase_id
  where l.product_id = {t}.product_id and o.warehouse_id = {t}.warehouse_id and o.stage = 'approved'`
const quantity = (key: string, computed: string) => ({
  key,
  type: 'number' as const,
  readOnly: true,
  precision: 4,
  computed,
  width: 104,
})

/** What lies of a product in a warehouse: a row appears with its first move, order or purchase. */
export const stockEntity: EntityDescriptor = {
  name: 'stock',
  table: 'stock_level',
  feature: 'stock',
  title: 'name',
  needs: 'stock.read',
  related: [{ key: 'product', entity: 'product', by: 'productId' }],
  fields: [
    {
      key: 'name',
      type: 'text',
      alwaysReadable: true,
      readOnly: true,
      computed: ofProduct('name'),
      sortSql: `(${ofProduct('name_sort')})`,
      width: 220,
    },
    { key: 'number', type: 'text', readOnly: true, computed: ofProduct('number'), width: 120 },
    { key: 'spec', type: 'text', readOnly: true, computed: ofProduct('spec'), width: 140 },
    { key: 'productId', type: 'reference', reference: 'product', alwaysReadable: true, readOnly: true },
    { key: 'warehouseId', type: 'reference', reference: 'warehouse', alwaysReadable: true, readOnly: true, width: 130 },
    quantity('onHand', pieces('on_hand')),
    quantity('reserved', pieces('reserved')),
    quantity('available', pieces('available')),
    { ...quantity('waiting', '({t}.demand - {t}.reserved) / 10000.0') },
    quantity('incoming', COMING),
    { key: 'unit', type: 'text', readOnly: true, computed: ofProduct('unit'), width: 70 },
    { key: 'createdAt', type: 'instant', readOnly: true, alwaysReadable: true, indexed: true },
    { key: 'updatedAt', type: 'instant', readOnly: true, alwaysReadable: true, indexed: true, width: 104 },
    { key: 'createdBy', type: 'reference', reference: 'user', readOnly: true },
  ],
}
