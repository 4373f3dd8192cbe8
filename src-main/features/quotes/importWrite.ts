import type { LineValues, QuoteEdit } from '../../../src-shared/features/quotes/model.ts'
import { dayAfter, figuresOf, VALID_DAYS } from '../../../src-shared/features/quotes/rules.ts'
import { instantOf } from '../../../src-shared/kernel/cleaning/date.ts'
import { mergedLines } from '../../../src-shared/kernel/documents/mergeLines.ts'
import { settleRows, type SheetRow, sheetLine } from '../../../src-shared/kernel/documents/sheetLines.ts'
import { may } from '../../../src-shared/kernel/actor.ts'
import { isCustomKey } from '../../../src-shared/kernel/entity.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import {
  type Asked,
  editedValues,
  keptOf,
  type Parts,
  type RowResult,
  type RowWrite,
  type Values,
  type WriteRules,
} from '../../kernel/importer.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { type Called, type Gathered, gathered, resultsOf } from '../../kernel/records/sheetDocuments.ts'
import { tried } from '../../kernel/records/sound.ts'
import { insertRow, loadManyForWrite, type StoredRow } from '../../kernel/records/write.ts'
import { wholeOrNot } from '../../kernel/savepoint.ts'
import { customersForRows, customersMade, newCustomerKey } from '../customers/public.ts'
import { put, todayOf } from './row.ts'
import { needOf } from './states.ts'
import { cleanQuote, columnsOf, derivedOf, linesOf, markOf, placed, writeLines } from './store.ts'
import { editQuote, setLines } from './write.ts'

const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === ''
const str = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
const fen = (value: unknown): number | null => (typeof value === 'number' ? value : null)
const quoteOf = ({ parts }: { readonly parts: Parts }): Values => parts.quote?.[0] ?? {}
/** What stands in no column that an import writes as it is, or is said of a new quote alone. */
const APART: ReadonlySet<string> = new Set([
  'id',
  'number',
  'nameSort',
  'customerId',
  'contactId',
  'opportunityId',
  'status',
  'totalFen',
  'discountFen',
  'createdAt',
  'createdBy',
])
const MUST: ReadonlySet<string> = new Set(['name', 'quotedOn'])

export const askedOfNew = (context: Pick<CommandContext, 'entities'>, parts: Parts): Asked => [
  [entityIn(context, 'quote'), quoteOf({ parts })],
]

/** One chunk of quotes; what the rules of a quote refuse fails its rows and nothing else. */
export async function writeQuotes(context: CommandContext, rows: readonly RowWrite[], rules: WriteRules): Promise<RowResult[]> {
  const results: RowResult[] = []
  for (const one of gathered(rows, calledBy)) {
    const { head } = one
    const result = await tried(context, [entityIn(context, 'quote')], head.row, () =>
      toldWhy(context, head, () => (head.mode === 'create' ? createOne(context, one, rules) : updateOne(context, one, rules))),
    )
    results.push(...resultsOf(one, result))
  }
  return results
}

function calledBy(write: RowWrite): Called {
  const { number, customerId } = quoteOf(write)
  return { number: str(number), home: str(customerId) ?? (newCustomerKey(write.parts.customer?.[0] ?? {}) || null) }
}

async function toldWhy(context: CommandContext, { row }: RowWrite, work: () => Promise<RowResult>): Promise<RowResult> {
  try {
    return await wholeOrNot(context.tx, work)
  } catch (error) {
    if (!(error instanceof Refusal) || error.reason === 'requiredMissing' || error.reason === 'uniqueTaken') throw error
    const fixed = ['notDraft', 'pendingApproval', 'superseded'].includes(error.reason)
    return { row, outcome: 'failed', reason: fixed ? 'quote.fixed' : 'notSound' }
  }
}

function headerOf({ rows }: Gathered): Values {
  const values: Values = {}
  for (const row of rows)
    for (const [key, value] of Object.entries(quoteOf(row))) if (isEmpty(values[key]) && !isEmpty(value)) values[key] = value
  return values
}

function linesOfRows({ rows }: Gathered, header: Values): { lines: LineValues[]; discountFen: number; agrees: boolean } {
  const name = String(header['name'] ?? '')
  const sheet: SheetRow[] = rows.map((row) => ({
    lines: (row.parts.quoteLine ?? []).map((said) => sheetLine(said, name)),
    totalFen: fen(quoteOf(row)['totalFen']),
  }))
  const settled = settleRows(sheet, fen(header['discountFen']), name)
  return { ...settled, lines: settled.lines.map((line) => ({ ...line, productId: line.productId as LineValues['productId'] })) }
}

async function homeOf(context: CommandContext, { rows }: Gathered): Promise<{ id: string | null; gone: boolean }> {
  const said = rows.map(({ parts }) => parts.customer?.[0]).find((one) => one !== undefined)
  const known = rows.map((row) => str(quoteOf(row)['customerId'])).find((id) => id !== null) ?? null
  if (known === null && said === undefined) return { id: null, gone: false }
  const id = known ?? (await customersMade(context, [said ?? {}], 'edit')).get(newCustomerKey(said ?? {})) ?? ''
  return { id, gone: !(await customersForRows(context, [id], 'edit')).has(id) }
}

async function createOne(context: CommandContext, one: Gathered, rules: WriteRules): Promise<RowResult> {
  const { row, id } = one.head
  const header = headerOf(one)
  const { id: customerId, gone } = await homeOf(context, one)
  if (isEmpty(header['name']) || gone) return { row, outcome: 'failed', reason: gone ? 'customerGone' : 'quoteless' }
  const isMapped = (key: string): boolean => rules.mapped.includes(`quote.${key}`)
  const quotedOn = str(header['quotedOn']) ?? todayOf(context)
  const validUntil = str(header['validUntil']) ?? dayAfter(quotedOn, VALID_DAYS)
  const { lines, discountFen, agrees } = linesOfRows(one, header)
  const stands = await placed(context.tx, lines, { customerId, day: quotedOn })
  const { discountFen: off, ...sums } = columnsOf(figuresOf(stands, discountFen))
  const own = Object.fromEntries(Object.entries(header).filter(([key, value]) => !APART.has(key) && !isEmpty(value))) as QuoteEdit
  const { ownerId: _owner, ...values } = cleanQuote(own)
  await insertRow(
    context,
    entityIn(context, 'quote'),
    { ...values, quotedOn, validUntil, ...(!isEmpty(header['number']) && { number: header['number'] }) },
    {
      ...derivedOf({ name: String(header['name']) }),
      ...sums,
      discountFen: off,
      customerId,
      contactId: header['contactId'] ?? null,
      opportunityId: header['opportunityId'] ?? null,
      ownerId: isMapped('ownerId') ? (header['ownerId'] ?? null) : context.actor.employeeId,
      rootId: id,
      state: 'draft',
    },
    id,
  )
  await writeLines(context, id, stands, discountFen)
  const mark = markOf({ validUntil, discountFen: off, terms: str(values.terms), lines: stands })
  const kept = await standAs(
    context,
    { ...header, ...sums, quotedOn, validUntil, customerId },
    { id, mark, isMapped, lines: lines.length },
  )
  const reason = kept ?? (agrees ? null : 'totalDiffers')
  return { row, outcome: 'created', recordId: id, ...(reason !== null && { reason }) }
}

type Standing = { id: string; mark: string; isMapped: (key: string) => boolean; lines: number }
/**
 * Where the sheet says that it stands, and since when. What an approval is still wanted for stays a draft; what the customer has accepted
 * is a thing of the past for who manages approvals, and what lapsed unanswered for anybody. @returns why, or null
 */
async function standAs(context: CommandContext, said: Values, { id, mark, isMapped, lines }: Standing): Promise<string | null> {
  const status = str(said['status']) ?? 'draft'
  const state = status === 'expired' ? 'sent' : status
  const isFilled = lines > 0 && said['customerId'] !== null
  const why = state === 'draft' ? null : isFilled ? await unapproved(context, said, state) : 'quote.unfilled'
  const goes = state !== 'draft' && (why === null || why === 'quote.unapproved')
  const at = instantOf({ date: String(said['quotedOn']), time: null, offset: null }, context.services.timeZone())
  const once = {
    ...(!isEmpty(said['createdAt']) && { createdAt: String(said['createdAt']) }),
    ...(isMapped('createdBy') && { createdBy: str(said['createdBy']) }),
    ...(goes && { state, mark, sentAt: at, ...(state !== 'sent' && { decidedAt: at }) }),
  }
  if (Object.keys(once).length > 0) await put(context, id, once)
  return why
}

/** Whether somebody would have had to agree: `quote.approval` where that is still wanted, `quote.unapproved` where it is brought in without. */
async function unapproved(context: CommandContext, said: Values, state: string): Promise<string | null> {
  const isOpen = state === 'sent' && String(said['validUntil']) >= todayOf(context)
  if ((!isOpen && state !== 'accepted') || (await needOf(context.tx, said)) === null) return null
  return state === 'accepted' && may(context.actor, 'approvals.manage') ? 'quote.unapproved' : 'quote.approval'
}

type Update = Extract<RowWrite, { mode: 'update' | 'fill' }>
async function updateOne(context: CommandContext, one: Gathered, rules: WriteRules): Promise<RowResult> {
  const head = one.head as Update
  const entity = entityIn(context, 'quote')
  const load = async (): Promise<StoredRow | undefined> =>
    (await loadManyForWrite(context, entity, [head.id], { verbs: ['edit'] })).rows[0]
  const stored = await load()
  if (!stored) return { row: head.row, outcome: 'skipped', reason: head.restore ? 'inBin' : 'notYours' }
  const header = headerOf(one)
  const values = head.follows ? {} : changesOf(stored, header, head, rules)
  const ownerKept = await withoutForeignOwner(context, stored, values)
  const edited =
    Object.keys(values).length > 0 && (await editQuote(context, stored, values as QuoteEdit, stored.version)) !== null
  const lined = await linesChanged(context, (await load()) ?? stored, { one, header, head })
  const now = (await load()) ?? stored
  // One that was sent shows as expired after its last day.
  const state = header['status'] === 'expired' && now['state'] === 'sent' ? 'expired' : now['state']
  const reason = ownerKept ? 'ownerKept' : (lined.reason ?? keptOf(header, { ...now, status: state }, head, KEPT))
  if (!edited && !lined.changed) return { row: head.row, outcome: 'skipped', reason: reason ?? 'unchanged', recordId: head.id }
  return { row: head.row, outcome: 'updated', recordId: head.id, ...(reason && { reason }) }
}

/** Its status goes by sending and answering, its sum by its lines. */
const KEPT = { status: 'quote.statusKept', totalFen: 'quote.totalKept' } as const

function changesOf(stored: Values, header: Values, { mode, edit }: Update, rules: WriteRules): Values {
  const fields = rules.mapped.flatMap((key) => {
    const field = key.startsWith('quote.') ? key.slice(6) : ''
    return field === '' || (APART.has(field) && !isCustomKey(field)) ? [] : [field]
  })
  if (edit) return editedValues(header, fields, { edit, mode, empty: rules.empty, stored, must: MUST })
  const values: Values = {}
  for (const key of [...fields, 'customerId', 'contactId', 'opportunityId']) {
    if (!isEmpty(header[key])) {
      if (mode === 'update' || isEmpty(stored[key])) values[key] = header[key]
    } else if (mode === 'update' && rules.empty === 'clear' && fields.includes(key) && !MUST.has(key)) values[key] = null
  }
  return Object.fromEntries(Object.entries(values).filter(([key, value]) => (stored[key] ?? null) !== (value ?? null)))
}

/** An owner is changed only by who may transfer the quote. */
async function withoutForeignOwner(context: CommandContext, stored: StoredRow, values: Values): Promise<boolean> {
  if (values['ownerId'] === undefined || values['ownerId'] === stored['ownerId']) return false
  const { rows } = await loadManyForWrite(context, entityIn(context, 'quote'), [stored.id], { verbs: ['transfer'] })
  if (rows.length > 0) return false
  delete values['ownerId']
  return true
}

type Lined = { changed: boolean; reason?: string }
async function linesChanged(
  context: CommandContext,
  stored: StoredRow,
  { one, header, head }: { one: Gathered; header: Values; head: Update },
): Promise<Lined> {
  if (head.edit && !head.follows) return { changed: false }
  const isWhole = one.rows.some((row) => !isEmpty(quoteOf(row)['totalFen']))
  const isSaid = isWhole || one.rows.some(({ parts }) => (parts.quoteLine ?? []).length > 0)
  if (!isSaid && isEmpty(header['discountFen'])) return { changed: false }
  const there = await linesOf(context.tx, stored.id)
  if (head.mode === 'fill' && there.length > 0) return { changed: false }
  const { lines, discountFen } = linesOfRows(one, { ...header, name: header['name'] ?? stored['name'] })
  const merged = head.follows ? [...there.map(bare), ...lines] : mergedLines(there.map(bare), lines)
  if (merged === null) return { changed: false, reason: 'lineUnclear' }
  const off = (isWhole && !head.follows) || !isEmpty(header['discountFen']) ? discountFen : Number(stored['discountFen'])
  const isSame = JSON.stringify(merged) === JSON.stringify(there.map(bare)) && off === stored['discountFen']
  return { changed: !isSame && (await setLines(context, stored, { lines: merged, discountFen: off })) }
}

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
}: Awaited<ReturnType<typeof linesOf>>[number]) =>
  ({ productId, name, spec, unit, quantity, priceFen, discount, taxRate, note }) as LineValues
