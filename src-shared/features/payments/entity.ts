import type { EntityDescriptor } from '../../kernel/entity.ts'

export const PAYMENT_KINDS = ['payment', 'refund'] as const
/** How money came. */
export const PAYMENT_METHODS = ['transfer', 'cash', 'alipay', 'wechat', 'check', 'other'] as const

/** What is left of a payment: neither for an order nor given back. A refund that came out of that rest lowers it. */
const REST = `{t}.amount_fen - {t}.allocated_fen - coalesce((select sum(r.amount_fen + r.allocated_fen) from payment r where r.refund_of = {t}.id and r.deleted_at is null), 0)`

/** Money from a customer, or back to him. Hangs on the customer; who enters it needs only to see him. */
export const paymentEntity: EntityDescriptor = {
  name: 'payment',
  table: 'payment',
  feature: 'payments',
  title: 'number',
  parentKey: 'customerId',
  related: [{ key: 'customer', entity: 'customer', by: 'customerId', isParent: true }],
  recyclable: true,
  fields: [
    {
      key: 'number',
      type: 'text',
      maxLength: 40,
      alwaysReadable: true,
      readOnly: true,
      importOnce: true,
      single: true,
      width: 140,
      synonyms: ['回款编号', '收款单号', '单号', 'payment number'],
    },
    { key: 'kind', type: 'select', options: PAYMENT_KINDS, alwaysReadable: true, readOnly: true, width: 72 },
    { key: 'customerId', type: 'reference', reference: 'customer', alwaysReadable: true, width: 220 },
    {
      key: 'receivedOn',
      type: 'date',
      required: true,
      indexed: true,
      width: 104,
      synonyms: ['回款日期', '收款日期', '到账日期', 'received on', 'date'],
    },
    {
      key: 'amountFen',
      type: 'money',
      readOnly: true,
      indexed: true,
      importOnce: true,
      width: 120,
      synonyms: ['回款金额', '收款金额', '到账金额', 'amount'],
    },
    { key: 'allocatedFen', type: 'money', readOnly: true, width: 120 },
    {
      key: 'restFen',
      type: 'money',
      readOnly: true,
      tellsOf: ['amountFen', 'allocatedFen'],
      computed: `iif({t}.kind = 'payment', ${REST}, 0)`,
      width: 110,
    },
    {
      key: 'method',
      type: 'select',
      options: PAYMENT_METHODS,
      required: true,
      width: 96,
      synonyms: ['回款方式', '收款方式', '付款方式', 'method'],
    },
    { key: 'reference', type: 'text', maxLength: 100, width: 150, synonyms: ['流水号', '凭证号', '银行流水', 'reference'] },
    { key: 'authorId', type: 'reference', reference: 'employee', readOnly: true, width: 96 },
    { key: 'note', type: 'longText', maxLength: 2000, synonyms: ['备注', 'note'] },
    { key: 'createdAt', type: 'instant', readOnly: true, alwaysReadable: true, indexed: true },
    { key: 'updatedAt', type: 'instant', readOnly: true, alwaysReadable: true, indexed: true },
    { key: 'createdBy', type: 'reference', reference: 'user', readOnly: true },
  ],
}
