import type { FieldDescriptor } from '../entity.ts'

/** How a row of a sheet names the order, or the orders, that its document is for. */
export const ORDER_SAID: FieldDescriptor = {
  key: 'orderNumber',
  type: 'text',
  maxLength: 400,
  synonyms: [
    '订单编号',
    '订单号',
    '合同编号',
    '合同号',
    '销售订单号',
    '关联订单',
    '订单',
    '合同',
    'order number',
    'order no',
    'order id',
    'order',
    'contract number',
  ],
}
