import { BORN } from '../../kernel/documents/born.ts'
import { ORDER_SAID } from '../../kernel/documents/orderSaid.ts'
import type { EntityDescriptor, FieldDescriptor } from '../../kernel/entity.ts'
import { BUYER_KINDS } from '../billing/model.ts'

/** Asked for, made out, handed over, or of no value. */
export const INVOICE_STATUSES = ['requested', 'issued', 'posted', 'void'] as const
/** Electronic ones first: since 2024 they are the rule. */
export const INVOICE_KINDS = ['eGeneral', 'eSpecial', 'general', 'special'] as const
/** What of an invoice that an import brought no command would have made: another has its number, it is above what is open of its order, it is for no order, it is nobody's. */
export const INVOICE_ISSUES = ['numberTwice', 'aboveOpen', 'orderMissing', 'customerMissing'] as const

type Said = (field: FieldDescriptor, ...synonyms: string[]) => FieldDescriptor
const saidBy =
  (how: Pick<FieldDescriptor, 'importBy' | 'importOnce'>): Said =>
  (field, ...synonyms) => ({ ...field, readOnly: true, ...how, synonyms })
/** Of a new one an import says it; later it goes by commands of its own: what asks for it by who may ask, what is made out by who may make out. */
const asked = saidBy({ importBy: 'invoices.create' })
const issued = saidBy({ importBy: 'invoices.issue' })
/** Who asked, and when: said of old ones alone. */
const once = saidBy({ importOnce: true })

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
    asked(
      { key: 'number', type: 'text', maxLength: 40, alwaysReadable: true, single: true, width: 140 },
      '申请编号',
      '开票申请号',
      '开票申请单号',
      '申请单号',
      '单据编号',
      'request number',
      'request no',
      'invoice request',
    ),
    asked(
      { key: 'status', type: 'select', options: INVOICE_STATUSES, alwaysReadable: true, indexed: true, width: 104 },
      '状态',
      '发票状态',
      '开票状态',
      'status',
      'invoice status',
    ),
    { key: 'customerId', type: 'reference', reference: 'customer', alwaysReadable: true, width: 200 },
    asked(
      { key: 'buyer', type: 'text', maxLength: 200, width: 200 },
      '抬头',
      '发票抬头',
      '开票抬头',
      '购方名称',
      '购买方名称',
      '购货单位',
      'made out to',
      'invoice title',
      'buyer',
      'bill to',
    ),
    asked(
      { key: 'amountFen', type: 'money', indexed: true, width: 120 },
      '开票金额',
      '发票金额',
      '价税合计',
      '含税金额',
      '金额',
      'amount',
      'invoice amount',
      'amount invoiced',
    ),
    {
      key: 'kind',
      type: 'select',
      options: INVOICE_KINDS,
      required: true,
      width: 132,
      synonyms: ['发票类型', '发票种类', '票种', '开票类型', '票据类型', 'kind', 'invoice type', 'invoice kind'],
    },
    issued(
      { key: 'officialNumber', type: 'text', maxLength: 40, width: 170 },
      '发票号码',
      '发票号',
      '发票编号',
      '数电票号码',
      '全电发票号码',
      'invoice number',
      'invoice no',
      'invoice id',
    ),
    once(
      { key: 'requestedOn', type: 'date', indexed: true, width: 104 },
      '申请日期',
      '申请开票日期',
      '申请时间',
      'requested on',
      'request date',
    ),
    once(
      { key: 'requesterId', type: 'reference', reference: 'employee', width: 92 },
      '申请人',
      '开票申请人',
      '业务员',
      'requested by',
      'requester',
    ),
    issued(
      { key: 'issuedOn', type: 'date', indexed: true, width: 104 },
      '开票日期',
      '发票日期',
      '开具日期',
      '开票时间',
      'issued on',
      'issue date',
      'invoice date',
    ),
    issued(
      { key: 'postedOn', type: 'date' },
      '交付日期',
      '寄出日期',
      '寄送日期',
      '送达日期',
      'delivered on',
      'posted on',
      'sent on',
    ),
    issued(
      { key: 'expressNo', type: 'text', maxLength: 60 },
      '快递单号',
      '快递号',
      '运单号',
      'express number',
      'tracking number',
    ),
    issued({ key: 'voidReason', type: 'text', maxLength: 500 }, '作废原因', '红冲原因', 'why void', 'void reason'),
    asked({ key: 'buyerKind', type: 'select', options: BUYER_KINDS }, '抬头类型', '购方类型', 'kind of buyer', 'buyer type'),
    asked(
      { key: 'taxNumber', type: 'text', maxLength: 40 },
      '税号',
      '购方税号',
      '纳税人识别号',
      '购买方税号',
      '统一社会信用代码',
      'tax number',
      'tax id',
      'vat number',
    ),
    asked({ key: 'address', type: 'text', maxLength: 300 }, '注册地址', '开票地址', '购方地址', 'registered address'),
    asked({ key: 'phone', type: 'phone', mask: 'phone', maxLength: 40 }, '注册电话', '开票电话', '购方电话', 'registered phone'),
    asked({ key: 'bank', type: 'text', maxLength: 120 }, '开户银行', '开户行', '购方开户行', 'bank', 'bank name'),
    asked(
      { key: 'account', type: 'text', mask: 'text', maxLength: 60 },
      '银行账号',
      '开户账号',
      '购方账号',
      'account',
      'bank account',
    ),
    asked(
      { key: 'email', type: 'email', mask: 'email', maxLength: 120 },
      '收票邮箱',
      '开票邮箱',
      '电子邮箱',
      'e-mail for invoices',
      'invoice email',
    ),
    asked({ key: 'mailAddress', type: 'text', mask: 'text', maxLength: 500 }, '邮寄地址', '收票地址', 'mail address'),
    { key: 'note', type: 'longText', maxLength: 2000, synonyms: ['备注', '发票备注', '开票备注', 'note', 'remark'] },
    { key: 'issue', type: 'select', options: INVOICE_ISSUES, readOnly: true },
    ...BORN.map(({ width: _width, ...field }) => field),
  ],
}

/** What a row of a sheet says of what an invoice is for, for the importer alone. */
export const invoiceLineEntity: EntityDescriptor = {
  name: 'invoiceLine',
  table: 'invoice_line',
  feature: 'invoices',
  title: 'orderNumber',
  fields: [
    ORDER_SAID,
    {
      key: 'orderFen',
      type: 'money',
      synonyms: ['本单金额', '本单开票', '本单开票金额', '分配金额', 'part of order', 'order part'],
    },
  ],
}
