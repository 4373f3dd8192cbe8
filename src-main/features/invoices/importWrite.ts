import { may } from '../../../src-shared/kernel/actor.ts'
import type { InvoiceEdit } from '../../../src-shared/features/invoices/model.ts'
import { cleanLongText } from '../../../src-shared/kernel/cleaning/text.ts'
import { isCustomKey } from '../../../src-shared/kernel/entity.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import { dateIn } from '../../../src-shared/kernel/time.ts'
import { todayOf } from '../../kernel/clock.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { editedValues, type RowResult, type RowWrite, type Values, type WriteRules } from '../../kernel/importer.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { requireWritable } from '../../kernel/policy.ts'
import { takeNumber } from '../../kernel/records/numbers.ts'
import { type Called, type Gathered, gathered, resultsOf } from '../../kernel/records/sheetDocuments.ts'
import { soundRows, tried } from '../../kernel/records/sound.ts'
import { loadManyForWrite } from '../../kernel/records/write.ts'
import { wholeOrNot } from '../../kernel/savepoint.ts'
import { customersForRows, insertMany, insertRecords } from '../customers/public.ts'
import { buyerFor, Buyers } from './importBuyers.ts'
import {
  askedOfNew,
  INVOICE_KEYS,
  invoiceOf,
  invoiceOfRows,
  isEmpty,
  LINE_KEYS,
  numbersTaken,
  type OpenOrder,
  openOrders,
  placedOver,
  str,
} from './importRows.ts'
import { editInvoice, type InvoiceRow } from './write.ts'

/** One chunk of invoices; what they are for is placed in the order of the file. */
export async function writeInvoices(context: CommandContext, rows: readonly RowWrite[], rules: WriteRules): Promise<RowResult[]> {
  requireWritable(context.actor, entityIn(context, 'invoice'), ['amountFen'])
  const invoices = gathered(rows, calledBy)
  const results = await createAll(
    context,
    invoices.filter(({ head }) => head.mode === 'create'),
    rules,
  )
  for (const one of invoices)
    if (one.head.mode !== 'create') results.push(...resultsOf(one, await updateOne(context, one, rules)))
  return results
}

/** By its number, or that of the tax office where the sheet has no other. */
const calledBy = (write: RowWrite): Called => {
  const { number, officialNumber, customerId } = invoiceOf(write)
  const official = str(officialNumber)
  return { number: str(number) ?? (official && `official ${official}`), home: str(customerId) }
}

type Chunk = {
  readonly rules: WriteRules
  readonly faults: ReadonlyMap<number, RowResult>
  readonly customers: ReadonlyMap<string, Values>
  readonly orders: Map<string, OpenOrder>
  readonly taken: Awaited<ReturnType<typeof numbersTaken>>
  readonly buyers: Buyers
  readonly invoices: Values[]
  readonly lines: Values[]
}
async function createAll(context: CommandContext, fresh: readonly Gathered[], rules: WriteRules): Promise<RowResult[]> {
  if (fresh.length === 0) return []
  const said = fresh.map((one) => invoiceOfRows(one))
  const ids = said.flatMap(({ values }) => str(values['customerId']) ?? [])
  const orderIds = said.flatMap(({ wanted }) => wanted.map(({ orderId }) => orderId))
  const chunk: Chunk = {
    rules,
    faults: await soundRows(
      context,
      fresh.map(({ head }) => ({ row: head.row, parts: askedOfNew(context, head.parts) })),
    ),
    customers: ids.length === 0 ? new Map<string, Values>() : await customersForRows(context, ids, 'read'),
    orders: await openOrders(context.tx, orderIds),
    taken: await numbersTaken(
      context.tx,
      said.map(({ values }) => values),
    ),
    buyers: await Buyers.of(context, ids),
    invoices: [],
    lines: [],
  }
  const results: RowResult[] = []
  for (const one of fresh) results.push(...resultsOf(one, await layOne(context, one, chunk)))
  await insertRecords(context, entityIn(context, 'invoice'), INVOICE_KEYS, chunk.invoices)
  await insertMany(context, 'invoice_line', LINE_KEYS, chunk.lines)
  return results
}

const failed = (reason: string): Omit<RowResult, 'row'> => ({ outcome: 'failed', reason })

async function layOne(context: CommandContext, one: Gathered, chunk: Chunk): Promise<Omit<RowResult, 'row'>> {
  const { values, amountFen, wanted } = invoiceOfRows(one)
  const { id } = one.head
  const customerId = str(values['customerId'])
  const fault = chunk.faults.get(one.head.row)
  if (fault) return fault
  const customer = customerId === null ? null : (chunk.customers.get(customerId) ?? null)
  if (customerId !== null && customer === null) return failed('customerGone')
  const orders = wanted.map(({ orderId }) => chunk.orders.get(orderId))
  if (orders.some((order) => order === undefined)) return failed('orderGone')
  if (orders.some((order) => order?.customerId !== null && order?.customerId !== customerId)) return failed('notSound')
  if (values['status'] !== 'requested' && !may(context.actor, 'invoices.issue')) return failed('invoice.mayNotIssue')
  const parted = placedOver(amountFen, wanted, chunk.orders)
  if (parted === null) return failed('invoice.partsDiffer')
  const { placed } = parted
  const isVoid = values['status'] === 'void'
  const number = str(values['number']) ?? (await takeNumber(context, entityIn(context, 'invoice'))) ?? id.slice(-10)
  const isTwice = isTaken(chunk, number, isVoid ? null : str(values['officialNumber']))
  const faults = { isTwice, isAbove: parted.isAbove && !isVoid, orders: placed.length, customerId }
  const buyer = await buyerFor(context, chunk.buyers, { values, customer, customerId })
  chunk.invoices.push({
    ...laid(context, values, chunk.rules),
    ...buyer,
    id,
    number,
    amountFen,
    customerId,
    issue: issueOf(faults),
  })
  for (const [position, part] of placed.entries()) {
    const order = chunk.orders.get(part.orderId)
    if (order && !isVoid) order.openFen = Math.max(0, order.openFen - part.amountFen)
    chunk.lines.push({ ...part, id: context.newId(), invoiceId: id, position, createdAt: context.now() })
  }
  return { outcome: 'created', recordId: id }
}

function isTaken({ taken }: Chunk, number: string, official: string | null): boolean {
  const isTwice = taken.numbers.has(number) || (official !== null && taken.officials.has(official))
  taken.numbers.add(number)
  if (official !== null) taken.officials.add(official)
  return isTwice
}

type Faults = { isTwice: boolean; isAbove: boolean; orders: number; customerId: string | null }
const issueOf = ({ isTwice, isAbove, orders, customerId }: Faults): string | null => {
  if (isTwice) return 'numberTwice'
  if (isAbove) return 'aboveOpen'
  if (orders === 0) return 'orderMissing'
  return customerId === null ? 'customerMissing' : null
}

function laid(context: CommandContext, values: Values, { mapped }: WriteRules): Values {
  const isMapped = (key: string): boolean => mapped.includes(`invoice.${key}`)
  const zone = context.services.timeZone()
  const created = str(values['createdAt'])
  const day = (...keys: string[]): string | null => keys.map((key) => str(values[key])).find((one) => one !== null) ?? null
  const now = context.now()
  const isOut = values['status'] === 'issued' || values['status'] === 'posted'
  return {
    ...Object.fromEntries(Object.entries(values).filter(([, value]) => !isEmpty(value))),
    note: (str(values['note']) && cleanLongText(String(values['note']))) || null,
    requestedOn: day('requestedOn', 'issuedOn', 'postedOn') ?? (created === null ? todayOf(context) : dateIn(created, zone)),
    issuedOn: str(values['issuedOn']) ?? (isOut ? day('requestedOn', 'postedOn') : null),
    requesterId: isMapped('requesterId') ? (values['requesterId'] ?? null) : context.actor.employeeId,
    createdAt: created ?? now,
    createdBy: isMapped('createdBy') ? (values['createdBy'] ?? null) : context.actor.userId || null,
    updatedAt: now,
  }
}

type Update = Extract<RowWrite, { mode: 'update' | 'fill' }>
const MUST: ReadonlySet<string> = new Set(['kind'])
/** What an edit of an invoice takes; all else of it goes by asking, making out, handing over and making void. */
const EDITED = ['kind', 'note'] as const
const KEPT = ['status', 'amountFen', 'buyer', 'taxNumber', 'officialNumber', 'requestedOn', 'issuedOn', 'postedOn'] as const

async function updateOne(context: CommandContext, one: Gathered, rules: WriteRules): Promise<Omit<RowResult, 'row'>> {
  const head = one.head as Update
  const entity = entityIn(context, 'invoice')
  return tried(context, [entity], head.row, async () => {
    const { rows } = await loadManyForWrite(context, entity, [head.id], { verbs: ['read'] })
    const stored = rows[0] as InvoiceRow | undefined
    if (!stored) return { row: head.row, outcome: 'skipped', reason: head.restore ? 'inBin' : 'notYours' }
    const said = invoiceOfRows(one)
    const values = head.follows ? {} : changesOf(stored, said.values, { head, rules })
    try {
      const wrote = await wholeOrNot(context.tx, () => editInvoice(context, stored, values))
      const kept = !head.follows && saysOther(stored, said.values, head) ? 'invoice.kept' : null
      if (wrote) return { row: head.row, outcome: 'updated', recordId: head.id, ...(kept && { reason: kept }) }
      return { row: head.row, outcome: 'skipped', reason: kept ?? (head.follows ? 'duplicate' : 'unchanged'), recordId: head.id }
    } catch (error) {
      if (!(error instanceof Refusal) || error.reason === 'requiredMissing' || error.reason === 'uniqueTaken') throw error
      return { row: head.row, outcome: 'failed', reason: error.reason === 'notRequested' ? 'invoice.fixed' : 'notSound' }
    }
  })
}

/** Whether the file says something else of what stays: a row that seems to have done it would be believed. */
const saysOther = (stored: Values, said: Values, { mode, edit }: Update): boolean =>
  mode === 'update' &&
  KEPT.some(
    (key) => edit?.keep.includes(key) !== true && !isEmpty(said[key]) && said[key] !== stored[key] && isSaid(key, said, edit),
  )
/** Where a row does not say where it stands, its status follows from the rest. */
const isSaid = (key: string, said: Values, edit: Update['edit']): boolean =>
  edit !== undefined || key !== 'status' || said['status'] !== 'requested'

function changesOf(stored: Values, said: Values, { head, rules }: { head: Update; rules: WriteRules }): InvoiceEdit {
  const custom = rules.mapped.flatMap((key) => {
    const field = key.startsWith('invoice.') ? key.slice('invoice.'.length) : ''
    return isCustomKey(field) ? [field] : []
  })
  const fields = [...EDITED.filter((key) => rules.mapped.includes(`invoice.${key}`)), ...custom]
  const { mode, edit } = head
  if (edit) return editedValues(said, fields, { edit, mode, empty: rules.empty, stored, must: MUST }) as InvoiceEdit
  const values: Values = {}
  for (const key of fields) {
    if (!isEmpty(said[key])) {
      if ((mode === 'update' || isEmpty(stored[key])) && said[key] !== stored[key]) values[key] = said[key]
    } else if (mode === 'update' && rules.empty === 'clear' && !MUST.has(key)) values[key] = null
  }
  return values as InvoiceEdit
}
