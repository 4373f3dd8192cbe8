import type { Invoice, InvoiceEdit, InvoiceLineInput, InvoiceStatus } from '../../../src-shared/features/invoices/model.ts'
import { isOut, requireBuyer, requireNext, requireOnce, requireOpen } from '../../../src-shared/features/invoices/rules.ts'
import { cleanLongText, cleanText } from '../../../src-shared/kernel/cleaning/text.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import { todayOf } from '../../kernel/clock.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { Stale } from '../../kernel/errors.ts'
import { holdersOf } from '../../kernel/holders.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { onlyReads, requireWritable } from '../../kernel/policy.ts'
import { getRow } from '../../kernel/records/select.ts'
import { insertRow, loadForWrite, setDeleted, type StoredRow, updateRow } from '../../kernel/records/write.ts'
import { invoicedOf } from '../orders/public.ts'

import { deleteLines, insertLines, put, storedLines, withOfficialNumber } from './store.ts'

export type InvoiceRow = StoredRow & {
  number: string
  status: InvoiceStatus
  kind: Invoice['kind'] & string
  customerId: string | null
  requesterId: string | null
  amountFen: number
  officialNumber: string | null
  issue: string | null
}
const invoiceIn = (context: Pick<CommandContext, 'entities'>) => entityIn(context, 'invoice')

export async function written(context: CommandContext, id: string): Promise<Invoice> {
  return (await getRow(context.tx, context.actor, invoiceIn(context), id)) as Invoice
}

/** A living invoice as the caller saw it. Whoever may write invoices writes those he sees. @throws Refusal deleted; Stale */
export async function toChange(context: CommandContext, id: string, version: number): Promise<InvoiceRow> {
  const row = (await loadForWrite(context, invoiceIn(context), id, 'read')) as InvoiceRow
  if (row.deletedAt !== null) throw new Refusal('deleted')
  if (row.version !== version) throw new Stale('invoice', row.id)
  return row
}

const sumOf = (lines: readonly { amountFen: number }[]): number => lines.reduce((sum, { amountFen }) => sum + amountFen, 0)

type Places = { readonly customerId: string | null; readonly lines: readonly { orderId: string; amountFen: number }[] }
/** No order gets more than is open of it. What the invoice itself says of its orders does not stand while this is asked. */
async function requirePlaces(context: CommandContext, { customerId, lines }: Places): Promise<void> {
  requireOnce(lines)
  for (const { orderId, amountFen } of lines) {
    const row = await loadForWrite(context, entityIn(context, 'order'), orderId, 'read')
    const name = String(row['name'])
    if (row.deletedAt !== null) throw new Refusal('orderDeleted', { name })
    if (row['customerId'] !== customerId) throw new Refusal('otherCustomer', { name })
    const { fen: invoicedFen } = await invoicedOf(context.tx, orderId)
    requireOpen({ name, status: String(row['status']), totalFen: Number(row['totalFen']), invoicedFen }, amountFen)
  }
}

const SNAPSHOT = ['taxNumber', 'address', 'phone', 'bank', 'account', 'email', 'mailAddress'] as const
/** What a profile of this customer says now: it is kept with the invoice. @throws Refusal profileMissing | specialForEnterprise | taxNumberMissing */
async function buyerOf(
  context: CommandContext,
  { customerId, profileId, kind }: { customerId: string | null; profileId: string; kind: Invoice['kind'] & string },
): Promise<Record<string, unknown>> {
  const profile = await context.tx
    .selectFrom('billingProfile')
    .select(['title', 'kind', ...SNAPSHOT])
    .where('id', '=', profileId)
    .where('customerId', '=', customerId ?? '')
    .where('deletedAt', 'is', null)
    .executeTakeFirst()
  if (!profile) throw new Refusal('profileMissing')
  const { title, kind: buyerKind, ...words } = profile
  requireBuyer(kind, { kind: buyerKind === 'person' ? 'person' : 'enterprise', taxNumber: words.taxNumber })
  return { buyer: title, buyerKind, ...words }
}

type Given = {
  customerId: string
  kind: Invoice['kind'] & string
  profileId: string
  lines: readonly InvoiceLineInput[]
  note: string | null
}
/** Asks for an invoice; whoever may make them out is told. @returns its id */
export async function requestInvoice(context: CommandContext, given: Given): Promise<string> {
  const { customerId, kind, profileId, lines, note } = given
  const customer = await loadForWrite(context, entityIn(context, 'customer'), customerId, 'read')
  if (customer.deletedAt !== null) throw new Refusal('customerDeleted')
  if (onlyReads(context.actor, customer['poolId'])) throw new Refusal('inPool')
  requireWritable(context.actor, invoiceIn(context), ['amountFen'])
  await requirePlaces(context, { customerId, lines })
  const buyer = await buyerOf(context, { customerId, profileId, kind })
  const id = context.newId()
  const derived = {
    // A unique number is a must; without a rule the id stands for it.
    number: id.slice(-10),
    ...buyer,
    status: 'requested',
    amountFen: sumOf(lines),
    requesterId: context.actor.employeeId,
    requestedOn: todayOf(context),
  }
  await insertRow(context, invoiceIn(context), { customerId, kind, note: (note && cleanLongText(note)) || null }, derived, id)
  await insertLines(context, id, lines)
  const employeeIds = await holdersOf(context.tx, 'invoices.issue', todayOf(context))
  if (employeeIds.length > 0) context.notify({ employeeIds, kind: 'invoiceRequested', entity: 'invoice', recordId: id })
  return id
}

/** @returns whether anything was written. @throws Refusal notRequested and those of a new one */
export async function editInvoice(context: CommandContext, row: InvoiceRow, values: InvoiceEdit): Promise<boolean> {
  const { note, kind = row.kind, profileId, lines } = values
  const isMore = values.kind !== undefined || profileId !== undefined || lines !== undefined
  if (isMore && row.status !== 'requested') throw new Refusal('notRequested')
  const replaced = lines !== undefined && (await replaceLines(context, row, lines))
  const buyer =
    profileId === undefined ? requireSame(row, kind) : await buyerOf(context, { customerId: row.customerId, profileId, kind })
  const changed = Object.entries({ ...buyer, ...(replaced && replacedBy(row, lines)) }).filter(
    ([key, value]) => row[key] !== value,
  )
  const wrote = await updateRow(context, invoiceIn(context), row, {
    values: {
      ...(values.kind !== undefined && { kind }),
      ...(note !== undefined && { note: (note && cleanLongText(note)) || null }),
    },
    derived: Object.fromEntries(changed),
  })
  if (!wrote && (changed.length > 0 || replaced)) await put(context, row.id, Object.fromEntries(changed))
  return wrote || changed.length > 0 || replaced
}

/** What follows from other parts; an import's flag for the ones before is gone with them. */
const replacedBy = ({ issue }: InvoiceRow, lines: readonly { amountFen: number }[]): Record<string, unknown> => ({
  amountFen: sumOf(lines),
  issue: issue === 'aboveOpen' || issue === 'orderMissing' ? null : issue,
})

/** Another kind for the buyer that stands there. */
function requireSame(row: InvoiceRow, kind: InvoiceRow['kind']): Record<string, unknown> {
  if (row.status === 'requested')
    requireBuyer(kind, {
      kind: row['buyerKind'] === 'person' ? 'person' : 'enterprise',
      taxNumber: row['taxNumber'] as string | null,
    })
  return {}
}

async function replaceLines(context: CommandContext, row: InvoiceRow, lines: readonly InvoiceLineInput[]): Promise<boolean> {
  const told = (ones: readonly { orderId: string; amountFen: number }[]): string =>
    JSON.stringify(ones.map(({ orderId, amountFen }) => [orderId, amountFen]))
  if (told(await storedLines(context.tx, row.id)) === told(lines)) return false
  requireWritable(context.actor, invoiceIn(context), ['amountFen'])
  await deleteLines(context, [row.id])
  await requirePlaces(context, { customerId: row.customerId, lines })
  await insertLines(context, row.id, lines)
  return true
}

/** What an import brought above what was open of its orders is not made out as long as it is. @throws Refusal aboveOpen | orderDraft | orderCancelled */
async function requireStillOpen(context: CommandContext, row: InvoiceRow): Promise<void> {
  for (const { orderId, amountFen } of await storedLines(context.tx, row.id)) {
    const order = await loadForWrite(context, entityIn(context, 'order'), orderId, 'read')
    const { fen } = await invoicedOf(context.tx, orderId)
    const others = { totalFen: Number(order['totalFen']), invoicedFen: fen - amountFen }
    requireOpen({ name: String(order['name']), status: String(order['status']), ...others }, amountFen)
  }
}

/** @throws Refusal statusNotNext | officialNumberKnown (number) and those of `requireStillOpen` */
export async function issueInvoice(
  context: CommandContext,
  row: InvoiceRow,
  given: { officialNumber: string; issuedOn?: string | undefined },
): Promise<void> {
  requireNext(row.status, 'issued')
  const officialNumber = cleanText(given.officialNumber)
  const known = await withOfficialNumber(context.tx, officialNumber, row.id)
  if (known) throw new Refusal('officialNumberKnown', { number: known.number })
  if (row.issue === 'aboveOpen') await requireStillOpen(context, row)
  const issue = row.issue === 'aboveOpen' ? null : row.issue
  await put(context, row.id, { status: 'issued', officialNumber, issue, issuedOn: given.issuedOn ?? todayOf(context) })
  tell(context, row, 'invoiceIssued')
}

/** @throws Refusal statusNotNext */
export async function postInvoice(
  context: CommandContext,
  row: InvoiceRow,
  { expressNo, postedOn }: { expressNo: string | null; postedOn?: string | undefined },
): Promise<void> {
  requireNext(row.status, 'posted')
  const clean = (expressNo && cleanText(expressNo)) || null
  await put(context, row.id, { status: 'posted', expressNo: clean, postedOn: postedOn ?? todayOf(context) })
}

/** @throws Refusal statusNotNext */
export async function voidInvoice(context: CommandContext, row: InvoiceRow, reason: string): Promise<void> {
  requireNext(row.status, 'void')
  const issue = row.issue === 'aboveOpen' ? null : row.issue
  await put(context, row.id, { status: 'void', voidReason: cleanText(reason), issue })
  tell(context, row, 'invoiceVoided')
}

function tell(context: CommandContext, row: InvoiceRow, kind: 'invoiceIssued' | 'invoiceVoided'): void {
  if (row.requesterId !== null) context.notify({ employeeIds: [row.requesterId], kind, entity: 'invoice', recordId: row.id })
}

/** Into the recycle bin. @throws Refusal issuedStays: what was ever made out stands in the books */
export async function removeInvoice(context: CommandContext, row: InvoiceRow): Promise<void> {
  if (isOut(row.status) || row.officialNumber !== null) throw new Refusal('issuedStays', { number: row.number })
  await setDeleted(context, invoiceIn(context), row.id, true)
}

/** Back out of the recycle bin, as far as what it was for is still open. @throws Refusal those of `requirePlaces` | orderDeleted */
export async function bringBackInvoice(context: CommandContext, stored: StoredRow): Promise<void> {
  const row = stored as InvoiceRow
  // What an import brought flagged comes back as it came.
  if (row.status !== 'void' && row.issue === null) {
    const lines = await storedLines(context.tx, row.id)
    // An order that went for good took its line with it.
    if (sumOf(lines) !== row.amountFen) throw new Refusal('orderDeleted', { name: '' })
    await requirePlaces(context, { customerId: row.customerId, lines })
  }
  await setDeleted(context, invoiceIn(context), row.id, false)
}
