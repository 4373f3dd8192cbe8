import { BORN } from '../../kernel/documents/born.ts'
import { type EntityDescriptor, TODAY_FUNCTION } from '../../kernel/entity.ts'

/** Drawn up, agreed, handed over, or called off. */
export const ORDER_STATUSES = ['draft', 'confirmed', 'delivered', 'cancelled'] as const

/** Somebody is asked, or has agreed; of what nobody need be asked it says nothing. */
export const ORDER_APPROVALS = ['pending', 'approved'] as const

/**
 * What of an order that an import brought no command would have made: another has its number, nobody owns it, it is nobody's, nothing was
 * sold, it is not known when it was agreed on; it took effect without the approval that was called for, by who manages approvals; the
 * shares of a role of its people do not come to 100.
 */
export const ORDER_ISSUES = [
  'numberTwice',
  'ownerMissing',
  'customerMissing',
  'linesMissing',
  'signedMissing',
  'unapproved',
  'shareNotWhole',
] as const

/** Plans of an order that are still waited for. */
const OPEN_PLANS = `from payment_plan p where p.order_id = {t}.id and p.void = 0 and p.received_fen < p.amount_fen`
/** What of an order its living invoices say; those that went into the recycle bin with their customer count on there. */
export const INVOICED = `coalesce((select sum(l.amount_fen) from invoice_line l join invoice i on i.id = l.invoice_id
  where l.order_id = {t}.id and i.status <> 'void' and (i.deleted_at is null or i.deleted_with is not null)), 0)`
const RUNNING = `{t}.status in ('confirmed', 'delivered')`

/** What a customer bought. Sums in fen; what it cost is known only to who may know what products cost. */
export const orderEntity: EntityDescriptor = {
  name: 'order',
  table: 'sales_order',
  feature: 'orders',
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
      synonyms: ['订单名称', '合同名称', '订单标题', '名称', '标题', 'title', 'order name', 'contract name'],
      width: 220,
    },
    {
      key: 'number',
      type: 'text',
      maxLength: 40,
      readOnly: true,
      importOnce: true,
      single: true,
      synonyms: [
        '订单编号',
        '订单号',
        '销售订单号',
        '单据编号',
        '单号',
        '合同编号',
        '合同号',
        'order number',
        'order no',
        'order id',
        'contract number',
        'contract no',
        'number',
      ],
      width: 130,
    },
    { key: 'customerId', type: 'reference', reference: 'customer', alwaysReadable: true, width: 200 },
    { key: 'contactId', type: 'reference', reference: 'contact' },
    { key: 'opportunityId', type: 'reference', reference: 'opportunity' },
    { key: 'quoteId', type: 'reference', reference: 'quote', readOnly: true },
    {
      key: 'status',
      type: 'select',
      options: ORDER_STATUSES,
      alwaysReadable: true,
      readOnly: true,
      indexed: true,
      width: 100,
      importOnce: true,
      synonyms: ['状态', '订单状态', '合同状态', '执行状态', 'status', 'order status'],
    },
    { key: 'approval', type: 'select', options: ORDER_APPROVALS, alwaysReadable: true, readOnly: true },
    {
      key: 'totalFen',
      type: 'money',
      readOnly: true,
      indexed: true,
      importOnce: true,
      width: 116,
      synonyms: [
        '订单金额',
        '合同金额',
        '订单总额',
        '成交金额',
        '金额',
        '总额',
        'amount',
        'total',
        'order amount',
        'contract amount',
      ],
    },
    { key: 'receivedFen', type: 'money', readOnly: true, indexed: true, width: 116 },
    { key: 'dueFen', type: 'money', readOnly: true, indexed: true, width: 116, tellsOf: ['totalFen', 'receivedFen'] },
    {
      key: 'overdueFen',
      type: 'money',
      readOnly: true,
      tellsOf: ['dueFen'],
      // Plans may come to more than is owed; no more is late than is owed.
      computed: `iif(${RUNNING}, max(0, min({t}.due_fen, coalesce((select sum(p.amount_fen - p.received_fen) ${OPEN_PLANS} and p.due_on < ${TODAY_FUNCTION}()), 0))), 0)`,
      width: 104,
    },
    {
      key: 'nextDueOn',
      type: 'date',
      readOnly: true,
      tellsOf: ['dueFen'],
      computed: `iif(${RUNNING}, (select min(p.due_on) ${OPEN_PLANS}), null)`,
      width: 104,
    },
    { key: 'invoicedFen', type: 'money', readOnly: true, tellsOf: ['totalFen'], computed: INVOICED },
    {
      key: 'uninvoicedFen',
      type: 'money',
      readOnly: true,
      tellsOf: ['totalFen'],
      computed: `iif({t}.status in ('confirmed', 'delivered'), max(0, {t}.total_fen - ${INVOICED}), 0)`,
    },
    {
      key: 'signedOn',
      type: 'date',
      indexed: true,
      width: 104,
      synonyms: [
        '签订日期',
        '签约日期',
        '下单日期',
        '下单时间',
        '签单日期',
        '订单日期',
        '合同日期',
        '成交日期',
        'order date',
        'signed on',
        'signed date',
        'contract date',
      ],
    },
    {
      key: 'deliveredOn',
      type: 'date',
      indexed: true,
      synonyms: ['交付日期', '交货日期', '发货日期', '完成日期', 'delivered on', 'delivery date'],
    },
    {
      key: 'startsOn',
      type: 'date',
      synonyms: ['合同开始', '合同开始日期', '生效日期', '开始日期', '起始日期', 'starts on', 'start date', 'contract start'],
    },
    {
      key: 'endsOn',
      type: 'date',
      indexed: true,
      synonyms: [
        '合同结束',
        '合同结束日期',
        '合同到期',
        '到期日期',
        '结束日期',
        '终止日期',
        'ends on',
        'end date',
        'contract end',
        'expires on',
      ],
    },
    {
      key: 'ownerId',
      type: 'reference',
      reference: 'employee',
      indexed: true,
      width: 96,
      synonyms: ['负责人', '订单负责人', '业务员', '销售', '销售人员', '签约人', 'owner', 'sales', 'sales rep', 'salesperson'],
    },
    { key: 'linesFen', type: 'money', readOnly: true },
    { key: 'discountFen', type: 'money', synonyms: ['优惠', '整单优惠', '优惠金额', '整单折让', 'discount', 'discount amount'] },
    { key: 'taxFen', type: 'money', readOnly: true },
    { key: 'listFen', type: 'money', readOnly: true },
    { key: 'costFen', type: 'money', readOnly: true },
    { key: 'expenseFen', type: 'money', synonyms: ['费用', '销售费用', 'expense', 'expenses'] },
    { key: 'refundedFen', type: 'money', readOnly: true },
    { key: 'cancelReason', type: 'text', maxLength: 2000, readOnly: true },
    { key: 'note', type: 'longText', maxLength: 20000, synonyms: ['备注', '订单备注', '说明', 'note', 'remark'] },
    { key: 'issue', type: 'select', options: ORDER_ISSUES, readOnly: true },
    ...BORN,
  ],
}
