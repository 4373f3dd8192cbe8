import { BORN } from '../../kernel/documents/born.ts'
import { ORDER_SAID } from '../../kernel/documents/orderSaid.ts'
import type { EntityDescriptor } from '../../kernel/entity.ts'

export const PAYMENT_KINDS = ['payment', 'refund'] as const
/** How money came. */
export const PAYMENT_METHODS = ['transfer', 'cash', 'alipay', 'wechat', 'check', 'other'] as const

/** What of a payment that an import brought no command would have made: another has its number, more was given back than came, it is nobody's. */
export const PAYMENT_ISSUES = ['numberTwice', 'refundAbove', 'customerMissing', 'referenceTwice'] as const

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
      synonyms: [
        '回款编号',
        '回款单号',
        '收款编号',
        '收款单号',
        '单据编号',
        '单号',
        'payment number',
        'payment no',
        'payment id',
        'number',
      ],
    },
    {
      key: 'kind',
      type: 'select',
      options: PAYMENT_KINDS,
      alwaysReadable: true,
      readOnly: true,
      importOnce: true,
      width: 72,
      synonyms: ['类型', '收退', '收款类型', '款项类型', 'kind', 'payment type'],
    },
    { key: 'customerId', type: 'reference', reference: 'customer', alwaysReadable: true, width: 220 },
    {
      key: 'receivedOn',
      type: 'date',
      required: true,
      indexed: true,
      width: 104,
      synonyms: ['回款日期', '收款日期', '到账日期', '回款时间', '付款日期', '退款日期', 'received on', 'payment date', 'date'],
    },
    {
      key: 'amountFen',
      type: 'money',
      readOnly: true,
      indexed: true,
      importOnce: true,
      width: 120,
      synonyms: ['回款金额', '收款金额', '到账金额', '退款金额', '金额', 'amount', 'payment amount'],
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
      synonyms: ['方式', '回款方式', '收款方式', '付款方式', '支付方式', '结算方式', 'method', 'payment method'],
    },
    {
      key: 'reference',
      type: 'text',
      maxLength: 100,
      width: 150,
      synonyms: ['流水号', '交易流水号', '凭证号', '银行流水', '银行流水号', 'reference', 'transaction id'],
    },
    {
      key: 'authorId',
      type: 'reference',
      reference: 'employee',
      readOnly: true,
      importOnce: true,
      width: 96,
      synonyms: ['经办人', '收款人', '登记人员', 'handled by', 'received by'],
    },
    { key: 'note', type: 'longText', maxLength: 2000, synonyms: ['备注', 'note'] },
    { key: 'issue', type: 'select', options: PAYMENT_ISSUES, readOnly: true },
    ...BORN.map(({ width: _width, ...field }) => field),
  ],
}

/** What a row of a sheet says of what its money is for, for the importer alone. */
export const allocationEntity: EntityDescriptor = {
  name: 'allocation',
  table: 'payment_allocation',
  feature: 'payments',
  title: 'orderNumber',
  fields: [
    ORDER_SAID,
    {
      key: 'orderFen',
      type: 'money',
      synonyms: ['核销金额', '分配金额', '本单金额', '本单回款', 'allocated', 'allocated amount'],
    },
    { key: 'planOn', type: 'date', synonyms: ['计划日期', '计划回款日期', '应收日期', '应回款日期', 'plan date', 'due date'] },
    {
      key: 'refundNumber',
      type: 'text',
      maxLength: 60,
      synonyms: ['原回款编号', '原收款单号', '退款对应回款', 'refund of', 'original payment'],
    },
  ],
}
