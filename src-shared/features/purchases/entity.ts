import { BORN } from '../../kernel/documents/born.ts'
import { ORDER_SAID } from '../../kernel/documents/orderSaid.ts'
import type { EntityDescriptor } from '../../kernel/entity.ts'

/** Written, asked for, agreed to, partly and wholly arrived, or called off. */
export const PURCHASE_STATES = ['draft', 'pending', 'approved', 'partial', 'received', 'cancelled'] as const

/**
 * What of a purchase that an import brought no command would have made: another has its number; some of it arrived without the approval
 * that is called for, by who manages approvals.
 */
export const PURCHASE_ISSUES = ['numberTwice', 'unapproved'] as const

/** What is to be bought, for the stock or for orders that lack it. */
export const purchaseEntity: EntityDescriptor = {
  name: 'purchase',
  table: 'purchase',
  feature: 'purchases',
  title: 'number',
  needs: 'purchases.read',
  fields: [
    {
      key: 'number',
      type: 'text',
      maxLength: 40,
      alwaysReadable: true,
      readOnly: true,
      importBy: 'purchases.write',
      single: true,
      width: 140,
      synonyms: [
        '采购单号',
        '采购编号',
        '采购订单号',
        '采购申请号',
        '单据编号',
        '单号',
        '编号',
        'purchase number',
        'purchase order',
        'po number',
        'po no',
        'number',
      ],
    },
    {
      key: 'state',
      type: 'select',
      options: PURCHASE_STATES,
      alwaysReadable: true,
      readOnly: true,
      importBy: 'purchases.write',
      width: 104,
      synonyms: ['状态', '采购状态', '单据状态', 'state', 'status', 'purchase status'],
    },
    {
      key: 'supplier',
      type: 'text',
      maxLength: 200,
      width: 180,
      synonyms: ['供应商', '供应商名称', '供货商', '供货单位', '厂商', 'supplier', 'supplier name', 'vendor'],
    },
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
    {
      key: 'expectedOn',
      type: 'date',
      indexed: true,
      width: 104,
      synonyms: ['预计到货', '预计到货日期', '交货日期', '交期', '要求到货日期', 'expected on', 'due date', 'delivery date'],
    },
    {
      key: 'warehouseId',
      type: 'reference',
      reference: 'warehouse',
      importBy: 'purchases.write',
      width: 120,
      synonyms: ['入库仓库', '仓库', '收货仓库', '到货仓库', 'warehouse', 'ship to'],
    },
    {
      key: 'authorId',
      type: 'reference',
      reference: 'employee',
      readOnly: true,
      importOnce: true,
      width: 96,
      synonyms: ['申请人', '采购员', '采购人', '经办人', '制单人', 'asked by', 'requested by', 'buyer', 'purchaser'],
    },
    { key: 'note', type: 'longText', maxLength: 2000, synonyms: ['备注', '采购备注', '说明', 'note', 'remark'] },
    {
      key: 'cancelReason',
      type: 'text',
      maxLength: 2000,
      readOnly: true,
      importBy: 'purchases.write',
      synonyms: ['取消原因', '作废原因', 'why cancelled', 'cancel reason'],
    },
    { key: 'issue', type: 'select', options: PURCHASE_ISSUES, readOnly: true },
    ...BORN.map((field) =>
      field.key === 'createdAt'
        ? {
            ...field,
            width: 104,
            synonyms: [...(field.synonyms ?? []), '采购日期', '下单日期', '申请日期', 'order date', 'purchase date'],
          }
        : field,
    ),
  ],
}

/** A line of a purchase as sheets have it, for the importer alone. */
export const purchaseLineEntity: EntityDescriptor = {
  name: 'purchaseLine',
  table: 'purchase_line',
  feature: 'purchases',
  title: 'quantity',
  fields: [
    {
      key: 'productId',
      type: 'reference',
      reference: 'product',
      importBy: 'products.read',
      synonyms: [
        '产品',
        '产品名称',
        '产品编号',
        '产品编码',
        '商品',
        '商品名称',
        '货号',
        '物料编码',
        '物料名称',
        '存货编码',
        '品名',
        'product',
        'product name',
        'item',
        'sku',
      ],
    },
    {
      key: 'quantity',
      type: 'number',
      precision: 4,
      synonyms: ['采购数量', '数量', '订购数量', '申请数量', 'quantity', 'qty', 'ordered'],
    },
    {
      key: 'priceFen',
      type: 'money',
      synonyms: ['单价', '采购单价', '采购价', '含税单价', '进价', 'price', 'unit price', 'unit cost'],
    },
    {
      key: 'lineFen',
      type: 'money',
      synonyms: ['小计', '行金额', '明细金额', '金额', '采购金额', 'line total', 'amount', 'subtotal'],
    },
    {
      key: 'received',
      type: 'number',
      precision: 4,
      synonyms: ['已到货数量', '到货数量', '已入库数量', '入库数量', '已收数量', '实收数量', 'received', 'quantity received'],
    },
    {
      key: 'receivedAt',
      type: 'instant',
      readOnly: true,
      importOnce: true,
      synonyms: ['到货日期', '入库日期', '收货日期', '实际到货日期', 'received on', 'received date'],
    },
    ORDER_SAID,
    { key: 'lineNote', type: 'text', maxLength: 500, synonyms: ['明细备注', '行备注', 'line note'] },
  ],
}
