import { MADE_CUSTOMER } from '../../../src-shared/features/customers/said.ts'
import { contactEntity } from '../../../src-shared/features/contacts/entity.ts'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { orderEntity } from '../../../src-shared/features/orders/entity.ts'
import { OrderValues } from '../../../src-shared/features/orders/model.ts'
import { opportunityEntity } from '../../../src-shared/features/opportunities/entity.ts'
import { cleanName, cleanText } from '../../../src-shared/kernel/cleaning/text.ts'
import { LINE_WORTH, lineEntity } from '../../../src-shared/kernel/documents/lineEntity.ts'
import { saysLine } from '../../../src-shared/kernel/documents/sheetLines.ts'
import { sortKey } from '../../../src-shared/kernel/pinyin/pinyin.ts'
import type { CleanRow, Importer, Placing, Values } from '../../kernel/importer.ts'
import { documentsKnownBy } from '../../kernel/records/sheetDocuments.ts'
import { callLines, leave, tidyLines } from '../../kernel/records/sheetRowLines.ts'
import { newCustomerKey } from '../customers/public.ts'
import { placeDeal, SAID_OF_DEAL } from '../opportunities/public.ts'
import { askedOfNew } from './importRows.ts'
import { writeOrders } from './importWrite.ts'
import { STATUS_WORDS } from './words.ts'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const lines = lineEntity('orderLine', 'order_line', 'orders', LINE_WORTH)

function tidy(row: CleanRow, values: Values): void {
  const name = cleanText(text(values['name']))
  if (name === '') delete values['name']
  else Object.assign(values, { name, nameSort: sortKey(name) })
  if (values['number'] !== undefined) values['number'] = cleanText(text(values['number']))
  for (const key of ['discountFen', 'expenseFen'] as const)
    if (values[key] !== undefined && !OrderValues.shape[key].safeParse(values[key]).success)
      leave(row, values, key, 'amount.negative')
  if (typeof values['totalFen'] === 'number' && values['totalFen'] < 0) leave(row, values, 'totalFen', 'amount.negative')
}

function finish(row: CleanRow): void {
  const values = (row.parts.order ??= [{}])[0] ?? {}
  row.parts.order = [values]
  tidy(row, values)
  if (text(values['endsOn']) !== '' && text(values['endsOn']) < text(values['startsOn']))
    leave(row, values, 'endsOn', 'endsEarly')
  const [signedOn, deliveredOn, status] = [text(values['signedOn']), text(values['deliveredOn']), text(values['status'])]
  if (deliveredOn !== '' && deliveredOn < signedOn) leave(row, values, 'deliveredOn', 'order.deliveredEarly')
  else if (deliveredOn !== '' && (status === 'draft' || status === 'confirmed'))
    leave(row, values, 'deliveredOn', 'order.notDelivered')
  row.parts.orderLine = (row.parts.orderLine ?? []).filter(saysLine)
  tidyLines(row, row.parts.orderLine)
  const isCalled = ['name', 'number', 'id'].some((key) => text(values[key]) !== '')
  if (!isCalled) row.problems.push({ column: null, level: 'error', code: 'orderless' })
}

function place(row: CleanRow, given: Placing): void {
  const values = row.parts.order?.[0] ?? {}
  placeDeal(row, given, values)
  const sold = callLines(row.parts.orderLine ?? [], given)
  if (['signedOn', 'deliveredOn'].some((key) => text(values[key]) > given.today) || text(values['createdAt']) > given.now)
    row.problems.push({ column: null, level: 'warning', code: 'dayAhead' })
  // A further line of an order need not say again whose it is.
  if (text(values['customerId']) === '' && row.parts.customer === undefined && text(values['name']) !== '')
    row.problems.push({ column: null, level: 'warning', code: 'order.customerMissing' })
  if (text(values['name']) !== '') return
  const said = [cleanName(text(row.parts.customer?.[0]?.['name'])), sold].filter((part) => part !== '')
  const name = (said.join(' · ') || text(values['number'])).slice(0, 200)
  if (name !== '') Object.assign(values, { name, nameSort: sortKey(name) })
}

/** Orders with their lines, one row a line or one an order; what they hang on is found by name, number or id. */
export const orderImporter: Importer = {
  entity: 'order',
  parts: [orderEntity, lines, customerEntity, contactEntity, opportunityEntity],
  lookedUp: { orderLine: lines.fields.map(({ key }) => key), ...SAID_OF_DEAL },
  identified: ['order.number', 'order.name'],
  unidentified: 'orderNotMapped',
  action: 'importedOrders',
  gathers: () => true,
  needs: 'orders.create',
  creates: 'orders.create',
  writes: {},
  makes: MADE_CUSTOMER,
  presentPeople: [],
  repeatable: ['order.note'],
  headers: {
    'customer.name': ['客户', '公司', '甲方', '购买方', 'account', 'account name', 'customer', 'company'],
    'opportunity.number': ['商机编号', '商机号', 'opportunity id', 'opportunity number'],
    'opportunity.name': ['商机', '商机名称', '关联商机', 'opportunity', 'opportunity name', 'deal'],
  },
  words: { 'order.status': STATUS_WORDS },
  finish,
  finishEdited: (row) => {
    const values = row.parts.order?.[0]
    if (values) tidy(row, values)
  },
  place,
  ...documentsKnownBy(orderEntity, 'signedOn', (said) => newCustomerKey(said)),
  asked: askedOfNew,
  write: writeOrders,
}
