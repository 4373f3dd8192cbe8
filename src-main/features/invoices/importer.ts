import { readTaxNumber } from '../../../src-shared/features/billing/rules.ts'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { invoiceEntity, invoiceLineEntity } from '../../../src-shared/features/invoices/entity.ts'
import { may } from '../../../src-shared/kernel/actor.ts'
import { hasLostDigits } from '../../../src-shared/kernel/cleaning/codes.ts'
import { cleanText } from '../../../src-shared/kernel/cleaning/text.ts'
import type {
  CellProblem,
  CleanRow,
  Importer,
  Likeness,
  Parts,
  Placing,
  RowKey,
  RowRecord,
  Values,
} from '../../kernel/importer.ts'
import { customerReach, reaches } from '../../kernel/policy.ts'
import { placeUnderCustomer } from '../customers/public.ts'
import { ordersSaid } from '../orders/public.ts'
import { requireSoundMoney } from '../payments/public.ts'
import { askedOfNew } from './importRows.ts'
import { writeInvoices } from './importWrite.ts'
import { BUYER_WORDS, KIND_WORDS, STATUS_WORDS } from './words.ts'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
/** A phone, an e-mail or a tax number of such a sheet is that of the billing profile. */
const WHOSE = ['name', 'number'] as const
const invoiceOf = (parts: Parts): Values => parts.invoice?.[0] ?? {}

type Told = { field?: string; level?: CellProblem['level']; detail?: string }
/** Says what is wrong with a row; `field`: of the invoice, where it is about one. */
function tell(row: CleanRow, code: string, { field, level = 'error', detail }: Told = {}): void {
  const problem: CellProblem = { column: null, level, code }
  if (field !== undefined) problem.field = `invoice.${field}`
  if (detail !== undefined) problem.detail = detail.slice(0, 80)
  row.problems.push(problem)
}

const LINES = [
  'number',
  'officialNumber',
  'buyer',
  'expressNo',
  'voidReason',
  'address',
  'bank',
  'account',
  'mailAddress',
] as const

function tidy(row: CleanRow, values: Values): void {
  for (const key of LINES) {
    const plain = cleanText(text(values[key]))
    if (plain === '') delete values[key]
    else values[key] = plain
  }
  const said = text(values['taxNumber'])
  if (said === '') return
  const { code, problem } = readTaxNumber(said)
  if (hasLostDigits(said)) {
    tell(row, 'digitsLost', { field: 'taxNumber', level: 'warning', detail: said })
    delete values['taxNumber']
  } else {
    values['taxNumber'] = code
    if (problem !== null)
      tell(row, problem === 'check' ? 'code.checksum' : 'taxNumber.shape', { field: 'taxNumber', level: 'warning', detail: said })
  }
}

/** Where an invoice stands that no column says it of: what was made void, sent or made out says so by its day or its number. */
function statusOf(values: Values): string {
  const says = (key: string): boolean => text(values[key]) !== ''
  if (says('status')) return text(values['status'])
  if (says('voidReason')) return 'void'
  if (says('postedOn') || says('expressNo')) return 'posted'
  return says('issuedOn') || says('officialNumber') ? 'issued' : 'requested'
}

function finish(row: CleanRow): void {
  const values = (row.parts.invoice ??= [{}])[0] ?? {}
  row.parts.invoice = [values]
  tidy(row, values)
  const status = statusOf(values)
  values['status'] = status
  values['kind'] ??= 'eGeneral'
  if (text(values['id']) !== '') return
  const amount = values['amountFen']
  if (typeof amount !== 'number' || amount === 0) tell(row, 'invoice.amountless', { field: 'amountFen' })
  // What takes an invoice back is no invoice of its own here: the first one is void.
  else if (amount < 0) tell(row, 'invoice.negative', { field: 'amountFen' })
  if (status === 'requested') return
  if (!['issuedOn', 'requestedOn', 'postedOn', 'createdAt'].some((key) => text(values[key]) !== ''))
    tell(row, 'invoice.dayless', { field: 'issuedOn' })
  if (status !== 'void' && text(values['officialNumber']) === '')
    tell(row, 'invoice.numberless', { field: 'officialNumber', level: 'warning' })
}

/** Whom the row is for: as it says, else as the buyer on it is called. Null where nothing says it, false where it cannot be told. */
function homeOf(row: CleanRow, given: Placing, hasOrder: boolean): string | null | false {
  const { buyer, taxNumber } = invoiceOf(row.parts)
  const said = row.parts.customer?.[0]
  const isSaid = said !== undefined && WHOSE.some((field) => text(said[field]) !== '')
  if (!isSaid) {
    delete row.parts.customer
    if (hasOrder || text(buyer) === '') return null
    row.parts.customer = [{ name: buyer, ...(text(taxNumber) !== '' && { creditCode: taxNumber }) }]
  }
  return placeUnderCustomer(row, given, 'read') ?? false
}

function place(row: CleanRow, given: Placing): void {
  const values = invoiceOf(row.parts)
  if (values['status'] !== 'requested' && !may(given.actor, 'invoices.issue'))
    tell(row, 'invoice.mayNotIssue', { field: 'status' })
  const [line = {}] = row.parts.invoiceLine ?? []
  const word = text(line['orderNumber'])
  const home = homeOf(row, given, cleanText(word) !== '')
  if (home === false) return
  const orders = ordersSaid(row, { word, home: home ?? '', field: 'invoiceLine.orderNumber' }, given)
  row.parts.invoiceLine = orders.map((one) => ({ ...one, amountFen: one.amountFen ?? line['orderFen'] ?? null }))
  const customerId = home ?? orders.find((one) => one.customerId !== null)?.customerId ?? null
  values['customerId'] = customerId
  if (orders.some((one) => one.customerId !== null && one.customerId !== customerId))
    row.problems.push({
      column: null,
      field: 'invoiceLine.orderNumber',
      level: 'error',
      code: 'order.otherCustomer',
      detail: word.slice(0, 80),
    })
  if (word === '' && home === null) row.problems.push({ column: null, level: 'error', code: 'customer.missing' })
  else if (word === '') tell(row, 'invoice.orderMissing', { level: 'warning' })
  for (const field of ['issuedOn', 'requestedOn', 'postedOn'])
    if (text(values[field]) > given.today) tell(row, 'dayAhead', { field, level: 'warning' })
}

const SAME = ['customer', 'day', 'amount', 'order'] as const

function matchRecord(parts: Parts): RowRecord {
  const values = invoiceOf(parts)
  const amount = values['amountFen']
  return {
    name: text(values['number']),
    phones: [],
    own: {
      number: text(values['number']) || null,
      official: text(values['officialNumber']) || null,
      customer: text(values['customerId']) || null,
      day: text(values['issuedOn']) || text(values['requestedOn']),
      amount: typeof amount === 'number' ? String(amount) : '',
      order: text(parts.invoiceLine?.[0]?.['orderId']) || null,
    },
  }
}

const keys = (parts: Parts): RowKey[] => {
  const own = matchRecord(parts).own ?? {}
  if (own['number']) return [{ kind: 'number', key: own['number'] }]
  if (own['official']) return [{ kind: 'official', key: own['official'] }]
  return own['customer'] ? [{ kind: 'amount', key: `${own['customer']} ${own['amount']}` }] : []
}

const likeness = (verdict: Likeness['verdict'], code: string, weight: number): Likeness => ({
  verdict,
  bits: weight,
  score: verdict === 'same' ? 0.99 : 0,
  reasons: weight > 0 ? [{ code, weight }] : [],
})
const DIFFERENT = likeness('different', '', -8)

/** By its number or that of the tax office, and customer; without either by all that is said. */
function compare(row: RowRecord, there: RowRecord): Likeness {
  const [a, b] = [row.own ?? {}, there.own ?? {}]
  const isOneHome = a['customer'] === b['customer']
  for (const key of ['number', 'official'])
    if (a[key]) return a[key] === b[key] && isOneHome ? likeness('same', 'numberSame', 20) : DIFFERENT
  return !b['official'] && SAME.every((key) => a[key] === b[key]) ? likeness('same', 'labelSame', 12) : DIFFERENT
}

const COLUMNS = `i.id, i.number, i.official_number as officialNumber, i.customer_id as customerId, i.issued_on as issuedOn,
  i.requested_on as requestedOn, i.amount_fen as amountFen, c.owner_id as homeOwnerId, i.deleted_at as deletedAt,
  (select l.order_id from invoice_line l where l.invoice_id = i.id order by l.position limit 1) as orderId`
const FROM = 'left join customer c on c.id = i.customer_id'

/** Invoices on orders and to billing profiles; several rows of one number are one invoice on several orders. */
export const invoiceImporter: Importer = {
  entity: 'invoice',
  parts: [invoiceEntity, invoiceLineEntity, customerEntity],
  lookedUp: { invoiceLine: invoiceLineEntity.fields.map(({ key }) => key), customer: WHOSE },
  identified: ['invoice.amountFen'],
  unidentified: 'invoiceNotMapped',
  action: 'importedInvoices',
  gathers: (parts) => ['number', 'officialNumber'].some((key) => text(invoiceOf(parts)[key]) !== ''),
  needs: 'invoices.create',
  creates: 'invoices.create',
  writes: {},
  presentPeople: [],
  repeatable: ['invoice.note'],
  headers: { 'customer.name': ['客户', '公司', '购买方', '购方', 'account name', 'customer', 'company'] },
  words: { 'invoice.status': STATUS_WORDS, 'invoice.kind': KIND_WORDS, 'invoice.buyerKind': BUYER_WORDS },
  finish,
  finishEdited: (row) => {
    const values = row.parts.invoice?.[0]
    if (values) tidy(row, values)
  },
  place,
  matchRecord,
  keys,
  compare,
  candidates: {
    sql: `with w (kind, sought) as (select value ->> 'kind', value ->> 'key' from json_each(?))
      select ${COLUMNS} from w cross join invoice i on i.number = w.sought ${FROM} where w.kind = 'number'
      union select ${COLUMNS} from w cross join invoice i on i.official_number = w.sought ${FROM} where w.kind = 'official'
      union select ${COLUMNS} from w cross join invoice i on i.customer_id = substr(w.sought, 1, 26) ${FROM}
        where w.kind = 'amount' and i.amount_fen = cast(substr(w.sought, 28) as integer) and i.deleted_at is null limit 400`,
    parameter: (found) => JSON.stringify(found),
    read: (row) => ({
      id: text(row['id']),
      name: text(row['number']),
      ownerId: text(row['homeOwnerId']) || null,
      ownerName: null,
      deleted: row['deletedAt'] !== null,
      record: matchRecord({ invoice: [row], invoiceLine: [{ orderId: row['orderId'] }] }),
    }),
  },
  sees: (actor, { ownerId }) => reaches(customerReach(actor, 'read'), ownerId),
  afterUndo: requireSoundMoney,
  asked: askedOfNew,
  write: writeInvoices,
}
