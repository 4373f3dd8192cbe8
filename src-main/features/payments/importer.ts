import { SAID_WITH_NUMBER } from '../../../src-shared/features/customers/said.ts'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { allocationEntity, paymentEntity } from '../../../src-shared/features/payments/entity.ts'
import { cleanText } from '../../../src-shared/kernel/cleaning/text.ts'
import type { CleanRow, Importer, Likeness, Parts, Placing, RowKey, RowRecord, Values } from '../../kernel/importer.ts'
import { customerReach, reaches } from '../../kernel/policy.ts'
import { placeUnderCustomer } from '../customers/public.ts'
import { ordersSaid } from '../orders/public.ts'
import { askedOfNew } from './importRows.ts'
import { requireSoundMoney } from './sound.ts'
import { writePayments } from './importWrite.ts'
import { KIND_WORDS, METHOD_WORDS } from './words.ts'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const paymentOf = (parts: Parts): Values => parts.payment?.[0] ?? {}

function tidy(values: Values): void {
  for (const key of ['number', 'reference'] as const) {
    const plain = cleanText(text(values[key]))
    if (plain === '') delete values[key]
    else values[key] = plain
  }
}

/** A sum below zero is money that went back. */
function finish(row: CleanRow): void {
  const values = (row.parts.payment ??= [{}])[0] ?? {}
  row.parts.payment = [values]
  tidy(values)
  const amount = values['amountFen']
  if (typeof amount === 'number' && amount < 0) Object.assign(values, { amountFen: -amount, kind: 'refund' })
  values['kind'] ??= 'payment'
  values['method'] ??= 'transfer'
  if (text(values['id']) !== '') return
  const fault = (code: string): void => void row.problems.push({ column: null, level: 'error', code })
  if (typeof values['amountFen'] !== 'number' || values['amountFen'] === 0) fault('payment.amountless')
  if (text(values['receivedOn']) === '') fault('payment.dayless')
}

const ORIGINAL = `select p.id, p.customer_id as customerId from payment p where p.number = ? and p.kind = 'payment' and p.deleted_at is null
  order by p.issue is not null limit 1`

const fault = (row: CleanRow, code: string, detail: string, level: 'error' | 'warning' = 'error'): void =>
  void row.problems.push({ column: null, level, code, detail: detail.slice(0, 80) })

/** The orders that a row names, each with its part where the row says it. */
function placesOf(row: CleanRow, home: string, given: Placing): Values[] {
  const [said = {}] = row.parts.allocation ?? []
  const word = text(said['orderNumber'])
  return ordersSaid(row, { word, home, field: 'allocation.orderNumber' }, given).map((one) => ({
    ...one,
    amountFen: one.amountFen ?? said['orderFen'] ?? null,
    planOn: said['planOn'] ?? null,
  }))
}

/** The payment that money went back of, as a row names it. */
function originalOf(row: CleanRow, { read }: Placing): Record<string, unknown> | undefined {
  const number = cleanText(text(row.parts.allocation?.[0]?.['refundNumber']))
  const [found] = number === '' ? [] : read(ORIGINAL, number)
  if (number !== '' && !found) fault(row, 'payment.originalUnknown', number, 'warning')
  return found
}

function place(row: CleanRow, given: Placing): void {
  const values = paymentOf(row.parts)
  const said = row.parts.customer?.[0]
  const isSaid = said !== undefined && SAID_WITH_NUMBER.some((field) => text(said[field]) !== '')
  const home = isSaid ? placeUnderCustomer(row, given, 'read') : null
  if (isSaid && home === null) return
  const back = originalOf(row, given)
  if (back) values['refundOf'] = back['id']
  const places = placesOf(row, home ?? '', given)
  const word = text(row.parts.allocation?.[0]?.['orderNumber'])
  row.parts.allocation = places
  // Whose order it is for, or whose money went back, he is whom it came from.
  const others = [...places, ...(back ? [back] : [])].map((one) => one['customerId'])
  const customerId = home ?? others.find((id) => id !== null) ?? null
  values['customerId'] = customerId
  if (others.some((id) => id !== null && id !== customerId)) fault(row, 'order.otherCustomer', word)
  if (customerId === null && others.length === 0 && word === '')
    row.problems.push({ column: null, level: 'error', code: 'customer.missing' })
  if (text(values['receivedOn']) > given.today) row.problems.push({ column: null, level: 'warning', code: 'dayAhead' })
}

function matchRecord(parts: Parts): RowRecord {
  const values = paymentOf(parts)
  const amount = values['amountFen']
  return {
    name: text(values['number']),
    phones: [],
    own: {
      number: text(values['number']) || null,
      reference: text(values['reference']) || null,
      customer: text(values['customerId']) || null,
      day: text(values['receivedOn']),
      kind: text(values['kind']),
      amount: typeof amount === 'number' ? String(amount) : '',
      order: text(parts.allocation?.[0]?.['orderId']) || null,
    },
  }
}

const keys = (parts: Parts): RowKey[] => {
  const { own } = matchRecord(parts)
  if (own?.['number']) return [{ kind: 'number', key: own['number'] }]
  return [
    ...(own?.['reference'] ? [{ kind: 'reference', key: own['reference'] }] : []),
    ...(own?.['customer'] ? [{ kind: 'day', key: `${own['customer']} ${own['day']}` }] : []),
  ]
}

const likeness = (verdict: Likeness['verdict'], code: string, weight: number): Likeness => ({
  verdict,
  bits: weight,
  score: verdict === 'same' ? 0.99 : 0,
  reasons: weight > 0 ? [{ code, weight }] : [],
})
const DIFFERENT = likeness('different', '', -8)
const SAME = ['customer', 'day', 'kind', 'amount', 'order'] as const

/** By number and customer; without one by the reference and the sum, or where none is known by all that is said. */
function compare(row: RowRecord, there: RowRecord): Likeness {
  const [a, b] = [row.own ?? {}, there.own ?? {}]
  if (a['number'])
    return a['number'] === b['number'] && a['customer'] === b['customer'] ? likeness('same', 'numberSame', 20) : DIFFERENT
  const isSameSum = a['amount'] === b['amount'] && a['kind'] === b['kind']
  if (a['reference'] && b['reference'])
    return a['reference'] === b['reference'] && isSameSum ? likeness('same', 'numberSame', 15) : DIFFERENT
  return SAME.every((key) => a[key] === b[key]) ? likeness('same', 'labelSame', 12) : DIFFERENT
}

const COLUMNS = `p.id, p.number, p.kind, p.customer_id as customerId, p.reference, p.received_on as receivedOn, p.amount_fen as amountFen,
  c.owner_id as homeOwnerId, p.deleted_at as deletedAt,
  (select a.order_id from payment_allocation a where a.payment_id = p.id order by a.position, a.id limit 1) as orderId`
const FROM = 'left join customer c on c.id = p.customer_id'

/** Payments and refunds with the orders they are for; several rows of one number are one payment over several orders. */
export const paymentImporter: Importer = {
  entity: 'payment',
  parts: [paymentEntity, allocationEntity, customerEntity],
  lookedUp: { allocation: allocationEntity.fields.map(({ key }) => key), customer: SAID_WITH_NUMBER },
  identified: ['payment.amountFen'],
  unidentified: 'paymentNotMapped',
  action: 'importedPayments',
  gathers: (parts) => text(paymentOf(parts)['number']) !== '',
  needs: 'payments.write',
  creates: 'payments.write',
  writes: {},
  presentPeople: [],
  repeatable: ['payment.note'],
  headers: {
    'customer.name': ['客户', '公司', '付款方', '付款单位', '汇款人', 'account', 'account name', 'customer', 'company', 'payer'],
  },
  words: { 'payment.kind': KIND_WORDS, 'payment.method': METHOD_WORDS },
  finish,
  finishEdited: (row) => {
    const values = row.parts.payment?.[0]
    if (values) tidy(values)
  },
  place,
  matchRecord,
  keys,
  compare,
  candidates: {
    sql: `with w (kind, sought) as (select value ->> 'kind', value ->> 'key' from json_each(?))
      select ${COLUMNS} from w cross join payment p on p.number = w.sought ${FROM} where w.kind = 'number'
      union select ${COLUMNS} from w cross join payment p on p.reference = w.sought ${FROM} where w.kind = 'reference' and p.deleted_at is null
      union select ${COLUMNS} from w cross join payment p on p.customer_id = substr(w.sought, 1, 26) and p.received_on = substr(w.sought, 28) ${FROM}
        where w.kind = 'day' and p.deleted_at is null limit 400`,
    parameter: (found) => JSON.stringify(found),
    read: (row) => ({
      id: text(row['id']),
      name: text(row['number']),
      ownerId: text(row['homeOwnerId']) || null,
      ownerName: null,
      deleted: row['deletedAt'] !== null,
      record: matchRecord({ payment: [row], allocation: [{ orderId: row['orderId'] }] }),
    }),
  },
  sees: (actor, { ownerId }) => reaches(customerReach(actor, 'read'), ownerId),
  afterUndo: requireSoundMoney,
  asked: askedOfNew,
  write: writePayments,
}
