import { employeeState } from '../../kernel/leaving.ts'
import { sql } from 'kysely'
import type { LineValues, NewQuote, Quote, QuoteEdit } from '../../../src-shared/features/quotes/model.ts'
import {
  dayAfter,
  figuresOf,
  requireDraft,
  requireRenewable,
  VALID_DAYS,
  validAgain,
  versionNumber,
} from '../../../src-shared/features/quotes/rules.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { Stale } from '../../kernel/errors.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { requireWritable } from '../../kernel/policy.ts'
import { getRow } from '../../kernel/records/select.ts'
import { insertInto, insertRow, loadForWrite, type StoredRow, updateRow } from '../../kernel/records/write.ts'
import { put, standing, todayOf } from './row.ts'
import { cleanQuote, columnsOf, derivedOf, familyOf, linesOf, placed, writeLines } from './store.ts'

type Values = Record<string, unknown>
type Head = Omit<QuoteEdit, 'custom'>

/** The row as it stands now for whoever has just written it, even when he gave it away by that. */
export async function written(context: CommandContext, id: string): Promise<Quote> {
  const actor = { ...context.actor, permissions: { ...context.actor.permissions, 'quotes.read': 'all' as const } }
  return (await getRow(context.tx, actor, entityIn(context, 'quote'), id)) as Quote
}

/** The row to change, not in the recycle bin. @throws Refusal deleted; NotFound, Forbidden; Stale where another wrote since */
export async function toChange(context: CommandContext, id: string, seenVersion?: number): Promise<StoredRow> {
  const row = await loadForWrite(context, entityIn(context, 'quote'), id, 'edit')
  if (row.deletedAt !== null) throw new Refusal('deleted')
  if (seenVersion !== undefined && seenVersion !== row.version) throw new Stale('quote', id)
  return row
}

const customerOf = async (context: CommandContext, table: 'contact' | 'opportunity', id: string) =>
  context.tx.selectFrom(table).select('customerId').where('id', '=', id).where('deletedAt', 'is', null).executeTakeFirst()

/** @throws Refusal ownerUnknown | ownerLeft */
export async function requireOwner(context: CommandContext, ownerId: string | null | undefined): Promise<void> {
  if (!ownerId) return
  const state = await employeeState(context.tx, ownerId, todayOf(context))
  if (state === 'unknown') throw new Refusal('ownerUnknown')
  if (state === 'left') throw new Refusal('ownerLeft')
}

/** @throws Refusal customerDeleted; NotFound, Forbidden for another's customer */
async function requireCustomer(context: CommandContext, customerId: string): Promise<void> {
  const customer = await loadForWrite(context, entityIn(context, 'customer'), customerId, 'edit')
  if (customer.deletedAt !== null) throw new Refusal('customerDeleted')
}

/** @throws Refusal opportunityElsewhere; NotFound for one out of reach */
async function requireOpportunity(context: CommandContext, id: string, home: string | null): Promise<void> {
  await loadForWrite(context, entityIn(context, 'opportunity'), id, 'read')
  const of = await customerOf(context, 'opportunity', id)
  if (!of || (of.customerId !== null && of.customerId !== home)) throw new Refusal('opportunityElsewhere')
}

/** @throws Refusal customerDeleted | contactElsewhere | opportunityElsewhere; NotFound, Forbidden for what is another's */
async function requireSoundLinks(context: CommandContext, stored: StoredRow | null, values: Head): Promise<Values> {
  const before = (stored?.['customerId'] ?? null) as string | null
  const { customerId, contactId, opportunityId } = values
  if (customerId && customerId !== before) await requireCustomer(context, customerId)
  const home = customerId === undefined ? before : customerId
  if (contactId && (await customerOf(context, 'contact', contactId))?.customerId !== home) throw new Refusal('contactElsewhere')
  if (opportunityId && opportunityId !== stored?.['opportunityId']) await requireOpportunity(context, opportunityId, home)
  // Another customer has other people and other chances.
  const left = (['contactId', 'opportunityId'] as const).filter((key) => values[key] === undefined && Boolean(stored?.[key]))
  return home === before ? {} : Object.fromEntries(left.map((key) => [key, null]))
}

function requirePeriod(quotedOn: unknown, validUntil: unknown): void {
  if (typeof quotedOn === 'string' && typeof validUntil === 'string' && validUntil < quotedOn)
    throw new Refusal('endsBeforeItBegins')
}

/** What an opportunity says of the quote that is made from it. */
async function fromOpportunity(context: CommandContext, id: string): Promise<Head> {
  const row = await loadForWrite(context, entityIn(context, 'opportunity'), id, 'read')
  if (row.deletedAt !== null) throw new Refusal('opportunityElsewhere')
  const { name, customerId, contactId } = row as unknown as { name: string; customerId: never; contactId: never }
  return { name, customerId, contactId }
}

async function nameOf(context: CommandContext, customerId: string | null): Promise<string> {
  if (customerId === null) return ''
  const row = await context.tx.selectFrom('customer').select('name').where('id', '=', customerId).executeTakeFirst()
  return row?.name ?? ''
}

export async function createQuote(context: CommandContext, given: Omit<NewQuote, 'custom'>): Promise<string> {
  const { lines = [], ...head } = given
  const begun: Head = head.opportunityId ? await fromOpportunity(context, head.opportunityId) : {}
  const values = { ...begun, ...cleanQuote(head) }
  const today = todayOf(context)
  const { ownerId = context.actor.employeeId, quotedOn = today, discountFen = 0, ...rest } = values
  const validUntil = values.validUntil === undefined ? dayAfter(quotedOn, VALID_DAYS) : values.validUntil
  const name = values.name ?? (await nameOf(context, values.customerId ?? null))
  requirePeriod(quotedOn, validUntil)
  await requireOwner(context, ownerId)
  // Whom an opportunity names is its affair: who sells it may make an offer to him.
  await requireSoundLinks(context, begun.customerId ? ({ customerId: begun.customerId } as unknown as StoredRow) : null, values)
  const quote = entityIn(context, 'quote')
  // The default owner is the program's choice, so it is not held against a field right.
  if (head.ownerId !== undefined) requireWritable(context.actor, quote, ['ownerId'])
  const stands = await placed(context.tx, lines, { customerId: values.customerId ?? null, day: quotedOn })
  const figures = figuresOf(stands, discountFen)
  const id = context.newId()
  const { discountFen: off, ...sums } = columnsOf(figures)
  await insertRow(
    context,
    quote,
    { ...rest, name, quotedOn, validUntil, ...(head.discountFen !== undefined && { discountFen: off }) },
    { ...derivedOf({ name }), ...sums, discountFen: off, ownerId, rootId: id, state: 'draft' },
    id,
  )
  await writeLines(context, id, stands, discountFen)
  return id
}

/** What the customer reads; it changes in a draft alone. */
const CONTENT = ['customerId', 'quotedOn', 'validUntil', 'discountFen', 'terms'] as const

/** @returns what was written, or null when everything stood there already. */
export async function editQuote(
  context: CommandContext,
  row: StoredRow,
  given: Head,
  seenVersion: number,
): Promise<'edited' | 'transferred' | null> {
  const values = cleanQuote(given)
  const { superseded } = standing(row)
  if (superseded) throw new Refusal('superseded')
  if (CONTENT.some((key) => values[key] !== undefined && values[key] !== row[key])) requireDraft(standing(row))
  const passed = values.ownerId !== undefined && values.ownerId !== row['ownerId']
  if (passed) {
    await loadForWrite(context, entityIn(context, 'quote'), row.id, 'transfer')
    await requireOwner(context, values.ownerId)
  }
  const moved = values.customerId !== undefined && values.customerId !== row['customerId']
  if (moved && row['versionNo'] !== 1) throw new Refusal('customerFixed')
  const links = await requireSoundLinks(context, row, values)
  const after = { ...row, ...values }
  requirePeriod(after['quotedOn'], after['validUntil'])
  const reckoned = moved || values.quotedOn !== undefined || values.discountFen !== undefined
  const sums = reckoned ? await reckonAgain(context, row, after) : {}
  const wrote = await updateRow(context, entityIn(context, 'quote'), row, {
    values: { ...values, ...links },
    derived: { ...derivedOf(values), ...sums },
    seenVersion,
  })
  return wrote ? (passed ? 'transferred' : 'edited') : null
}

/** Another customer or day has other prices in the lists; another discount another total. */
async function reckonAgain(context: CommandContext, row: StoredRow, after: Values): Promise<Values> {
  const lines = await linesOf(context.tx, row.id)
  const discountFen = after['discountFen'] as number
  const others = after['customerId'] !== row['customerId'] || after['quotedOn'] !== row['quotedOn']
  if (!others) return columnsOf(figuresOf(lines, discountFen))
  const stands = await placed(context.tx, lines.map(bare), {
    customerId: after['customerId'] as string | null,
    day: String(after['quotedOn']),
  })
  return columnsOf(await writeLines(context, row.id, stands, discountFen))
}

type Line = Awaited<ReturnType<typeof linesOf>>[number]
const bare = ({
  productId,
  name,
  spec,
  unit,
  quantity,
  priceFen,
  discount,
  taxRate,
  note,
}: Omit<Line, 'id' | 'amountFen'>): LineValues => ({
  productId: productId as LineValues['productId'],
  name,
  spec,
  unit,
  quantity,
  priceFen,
  discount,
  taxRate,
  note,
})

/** What lines say, whatever they were reckoned to. */
const saidBy = (lines: readonly Omit<Line, 'id' | 'amountFen'>[]): string =>
  JSON.stringify(lines.map((line) => [...Object.values(bare(line)), line.listPriceFen, line.costFen]))

/** @returns whether anything was written. @throws Refusal superseded | pendingApproval | notDraft | productGone | … */
export async function setLines(
  context: CommandContext,
  row: StoredRow,
  { lines, discountFen = row['discountFen'] as number }: { lines: readonly LineValues[]; discountFen?: number | undefined },
): Promise<boolean> {
  requireDraft(standing(row))
  if (discountFen !== row['discountFen']) requireWritable(context.actor, entityIn(context, 'quote'), ['discountFen'])
  const { customerId } = standing(row)
  const stands = await placed(context.tx, lines, { customerId, day: String(row['quotedOn']) })
  const there = await linesOf(context.tx, row.id)
  if (saidBy(there) === saidBy(stands) && discountFen === row['discountFen']) return false
  await put(context, row.id, columnsOf(await writeLines(context, row.id, stands, discountFen)))
  return true
}

const CARRIED = [
  'name',
  'nameSort',
  'customerId',
  'contactId',
  'opportunityId',
  'ownerId',
  'currency',
  'discountFen',
  'note',
  'terms',
  'custom',
  'rootId',
] as const

/** A draft with the same lines at the prices that stand in them; the lists and costs are those of today. @returns its id */
export async function renew(context: CommandContext, row: StoredRow): Promise<string> {
  requireRenewable(standing(row))
  const family = await familyOf(context.tx, [row.id])
  const versionNo = 1 + Math.max(...family.map((one) => one.versionNo))
  const today = todayOf(context)
  const lines = await linesOf(context.tx, row.id)
  const stands = await placed(context.tx, lines.map(bare), { customerId: standing(row).customerId, day: today })
  const discountFen = row['discountFen'] as number
  const { rows } = await sql<{ custom: string }>`select custom from quote where id = ${row.id}`.execute(context.tx)
  const [id, at] = [context.newId(), context.now()]
  await put(context, row.id, { superseded: 1 })
  await insertInto(context.tx, 'quote', {
    ...Object.fromEntries(CARRIED.map((key) => [key, row[key]])),
    custom: rows[0]?.custom ?? '{}',
    ...columnsOf(figuresOf(stands, discountFen)),
    id,
    number: versionNumber({ number: row['number'] as string | null, versionNo: row['versionNo'] as number }, versionNo),
    versionNo,
    state: 'draft',
    quotedOn: today,
    validUntil: validAgain(String(row['quotedOn']), standing(row).validUntil, today),
    createdAt: at,
    updatedAt: at,
    createdBy: context.actor.userId || null,
  })
  await writeLines(context, id, stands, discountFen)
  return id
}
