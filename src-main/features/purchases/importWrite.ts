import { may } from '../../../src-shared/kernel/actor.ts'
import type { PurchaseEdit } from '../../../src-shared/features/purchases/model.ts'
import { amountOf, type Stage } from '../../../src-shared/features/purchases/rules.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { editedValues, type RowResult, type RowWrite, type Values, type WriteRules } from '../../kernel/importer.ts'
import { requireWritable } from '../../kernel/policy.ts'
import { takeNumber } from '../../kernel/records/numbers.ts'
import { type Called, type Gathered, gathered, resultsOf } from '../../kernel/records/sheetDocuments.ts'
import { soundRows, tried } from '../../kernel/records/sound.ts'
import { loadManyForWrite } from '../../kernel/records/write.ts'
import { wholeOrNot } from '../../kernel/savepoint.ts'
import { insertMany } from '../customers/public.ts'
import { levelAt, type NewMove, openWarehouse, post, requireStocked } from '../stock/public.ts'
import { clean, editPurchase } from './edit.ts'
import {
  askedOfNew,
  headerOf,
  isEmpty,
  LINE_KEYS,
  linesOfRows,
  numbersTaken,
  PURCHASE_KEYS,
  purchaseOf,
  type SheetLine,
  str,
} from './importRows.ts'
import { asksSomebody } from './states.ts'
import { linesOf, markOf, type NewLine, purchaseIn, type PurchaseRow, put } from './store.ts'

/** What a rule refuses a purchase for, as far as its sheet can be mended by it. */
const TOLD: ReadonlySet<string> = new Set(['productUnknown', 'notStocked', 'warehouseUnknown', 'warehouseArchived', 'tooMuch'])

/** One chunk of purchases, each alone: what its rules refuse fails its rows and nothing else. */
export async function writePurchases(
  context: CommandContext,
  rows: readonly RowWrite[],
  rules: WriteRules,
): Promise<RowResult[]> {
  if (rules.mapped.includes('purchaseLine.priceFen')) requireWritable(context.actor, purchaseIn(context), ['amountFen'])
  const purchases = gathered(rows, calledBy)
  const fresh = purchases.filter(({ head }) => head.mode === 'create')
  const faults = await soundRows(
    context,
    fresh.map(({ head }) => ({ row: head.row, parts: askedOfNew(context, head.parts) })),
  )
  const taken = await numbersTaken(
    context.tx,
    fresh.flatMap((one) => str(headerOf(one)['number']) ?? []),
  )
  const results: RowResult[] = []
  for (const one of purchases) {
    const { row, mode } = one.head
    const write = (): Promise<RowResult> =>
      mode === 'create' ? createOne(context, one, { rules, taken }) : updateOne(context, one, rules)
    results.push(...resultsOf(one, faults.get(row) ?? (await told(context, row, write))))
  }
  return results
}

const calledBy = (write: RowWrite): Called => ({
  number: str(purchaseOf(write)['number']),
  home: str(purchaseOf(write)['supplier']),
})

async function told(context: CommandContext, row: number, work: () => Promise<RowResult>): Promise<RowResult> {
  try {
    return await tried(context, [purchaseIn(context)], row, () => wholeOrNot(context.tx, work))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const fixed = ['ended', 'notDraft', 'pendingApproval'].includes(error.reason)
    return {
      row,
      outcome: 'failed',
      reason: fixed ? 'purchase.fixed' : TOLD.has(error.reason) ? `stock.${error.reason}` : 'notSound',
    }
  }
}

/** Where the sheet says that it stands, as people decide it. */
function stageOf(header: Values, lines: readonly SheetLine[]): Stage {
  const said = str(header['state'])
  if (said === 'cancelled' || (said === null && str(header['cancelReason']))) return 'cancelled'
  if (lines.some(({ arrived }) => arrived > 0)) return 'approved'
  return said === 'approved' || said === 'partial' || said === 'received' ? 'approved' : 'draft'
}

type Chunk = { rules: WriteRules; taken: Set<string> }
async function createOne(context: CommandContext, one: Gathered, { rules, taken }: Chunk): Promise<RowResult> {
  const { row, id } = one.head
  const header = headerOf(one)
  const lines = linesOfRows(one, header['state'] === 'received')
  const warehouse = await openWarehouse(context.tx, String(header['warehouseId']))
  await requireStocked(
    context.tx,
    lines.map(({ productId }) => productId),
  )
  const amountFen = amountOf(lines)
  const stage = stageOf(header, lines)
  const refused = refusedOf(context, lines)
  if (refused) return { row, outcome: 'failed', reason: refused }
  const { told, stands } = await standsAs(context, stage, lines)
  if (stands === null) return { row, outcome: 'failed', reason: 'purchase.mayNotPass' }
  const number = str(header['number']) ?? (await takeNumber(context, purchaseIn(context))) ?? id.slice(-10)
  const isTwice = taken.has(number)
  taken.add(number)
  const isMapped = (key: string): boolean => rules.mapped.includes(`purchase.${key}`)
  const now = context.now()
  const { supplier, expectedOn, note } = clean({
    supplier: str(header['supplier']),
    expectedOn: str(header['expectedOn']),
    note: str(header['note']),
  } as PurchaseEdit)
  const purchase: Values = {
    id,
    number,
    supplier,
    expectedOn,
    note,
    warehouseId: warehouse.id,
    stage: stands,
    mark: stands === 'approved' ? markOf({ warehouseId: warehouse.id }, lines) : null,
    amountFen,
    ordered: lines.reduce((sum, { units }) => sum + units, 0),
    authorId: isMapped('authorId') ? (header['authorId'] ?? null) : context.actor.employeeId,
    cancelReason: stage === 'cancelled' ? str(header['cancelReason']) : null,
    issue: isTwice ? 'numberTwice' : told === 'purchase.unapproved' ? 'unapproved' : null,
    createdAt: str(header['createdAt']) ?? now,
    createdBy: isMapped('createdBy') ? (header['createdBy'] ?? null) : context.actor.userId || null,
    updatedAt: now,
  }
  await insertMany(context, 'purchase', PURCHASE_KEYS, [purchase])
  await addLines(context, { id, number, warehouseId: warehouse.id }, lines, 0)
  return { row, outcome: 'created', recordId: id, ...(told && { reason: told }) }
}

const refusedOf = ({ actor }: CommandContext, lines: readonly SheetLine[]): string | null =>
  lines.some(({ arrived }) => arrived > 0) && !may(actor, 'purchases.receive') ? 'purchase.mayNotReceive' : null

type Stands = { told: 'purchase.approval' | 'purchase.unapproved' | null; stands: Stage | null }
/**
 * Where a purchase of a sheet stands. What somebody would be asked about stays a draft; what of it has begun to arrive cannot, so only who
 * manages approvals brings that in, and it is said of it. `stands`: null where it may not come in.
 */
async function standsAs(
  context: CommandContext,
  stage: Stage,
  lines: readonly (NewLine & { readonly arrived: number })[],
): Promise<Stands> {
  if (stage !== 'approved' || !(await asksSomebody(context.tx, lines))) return { told: null, stands: stage }
  if (lines.every(({ arrived }) => arrived === 0)) return { told: 'purchase.approval', stands: 'draft' }
  if (!may(context.actor, 'approvals.manage')) return { told: null, stands: null }
  return { told: 'purchase.unapproved', stands: 'approved' }
}

type Home = { id: string; number: string | null; warehouseId: string }
/** Lines behind those that stand there, and what of them has arrived. */
async function addLines(
  context: CommandContext,
  { id, number, warehouseId }: Home,
  lines: readonly SheetLine[],
  from: number,
): Promise<void> {
  const now = context.now()
  const rows = lines.map((line, at) => ({
    ...line,
    id: context.newId(),
    purchaseId: id,
    position: from + at,
    createdAt: now,
    updatedAt: now,
  }))
  await insertMany(context, 'purchase_line', LINE_KEYS, rows)
  const moves: NewMove[] = []
  for (const { id: purchaseLineId, productId, arrived, arrivedAt } of rows) {
    const levelId = await levelAt(context, productId, warehouseId)
    if (arrived > 0)
      moves.push({
        levelId,
        kind: 'in',
        units: arrived,
        purchaseId: id,
        purchaseLineId,
        doc: number,
        ...(arrivedAt !== null && { createdAt: arrivedAt }),
      })
  }
  await post(context, moves, { reason: null, beyond: false })
}

type Update = Extract<RowWrite, { mode: 'update' | 'fill' }>
const MUST: ReadonlySet<string> = new Set(['warehouseId'])
const EDITED = ['supplier', 'expectedOn', 'warehouseId', 'note'] as const

async function updateOne(context: CommandContext, one: Gathered, rules: WriteRules): Promise<RowResult> {
  const head = one.head as Update
  const { row, id } = head
  const load = async (): Promise<PurchaseRow | undefined> =>
    (await loadManyForWrite(context, purchaseIn(context), [id], { verbs: ['read'] })).rows[0] as PurchaseRow | undefined
  const stored = await load()
  if (!stored) return { row, outcome: 'skipped', reason: head.restore ? 'inBin' : 'notYours' }
  const header = headerOf(one)
  if (head.follows) return lengthened(context, one, stored)
  const values = changesOf(stored, header, { head, rules })
  const wrote = Object.keys(values).length > 0 && (await editPurchase(context, stored, values, stored.version))
  const kept = await keptOf(context, one, { stored, header })
  if (wrote) return { row, outcome: 'updated', recordId: id, ...(kept && { reason: kept }) }
  return { row, outcome: 'skipped', reason: kept ?? 'unchanged', recordId: id }
}

/** Further lines of a purchase that earlier rows of the file have made. */
async function lengthened(context: CommandContext, one: Gathered, stored: PurchaseRow): Promise<RowResult> {
  const { row, id } = one.head
  const there = (await linesOf(context.tx, id)).map((line) => ({ ...line, arrived: line.received }))
  const lines = linesOfRows(one, headerOf(one)['state'] === 'received')
  const refused = refusedOf(context, lines)
  if (refused) return { row, outcome: 'failed', reason: refused }
  await requireStocked(
    context.tx,
    lines.map(({ productId }) => productId),
  )
  const all = [...there, ...lines]
  if (stored.stage === 'pending') return { row, outcome: 'failed', reason: 'purchase.fixed' }
  const goesOn = stored.stage === 'draft' && lines.some(({ arrived }) => arrived > 0) ? 'approved' : stored.stage
  const { told, stands } = await standsAs(context, goesOn, all)
  if (stands === null) return { row, outcome: 'failed', reason: 'purchase.mayNotPass' }
  await put(context, id, {
    amountFen: amountOf(all),
    ordered: all.reduce((sum, { units }) => sum + units, 0),
    stage: stands,
    mark: stands === 'approved' ? markOf(stored, all) : null,
    ...(told === 'purchase.unapproved' && stored['issue'] === null && { issue: 'unapproved' }),
  })
  await addLines(context, stored, lines, there.length)
  return { row, outcome: 'updated', recordId: id, ...(told && { reason: told }) }
}

/** What the file says of a purchase that no file changes: its state goes by asking, receiving and cancelling, its lines by hand. */
async function keptOf(
  context: CommandContext,
  one: Gathered,
  { stored, header }: { stored: PurchaseRow; header: Values },
): Promise<string | null> {
  const { mode, edit } = one.head as Update
  if (mode !== 'update') return null
  const said = str(header['state'])
  if (said !== null && edit?.keep.includes('state') !== true && said !== stored['state']) return 'purchase.kept'
  if (edit) return null
  const there = await linesOf(context.tx, stored.id)
  const isThere = (line: SheetLine): boolean =>
    there.some(
      (own) =>
        own.productId === line.productId &&
        own.units === line.units &&
        (line.priceFen === null || own.priceFen === line.priceFen),
    )
  return linesOfRows(one, false).every(isThere) ? null : 'purchase.kept'
}

function changesOf(stored: Values, header: Values, { head, rules }: { head: Update; rules: WriteRules }): PurchaseEdit {
  const fields = EDITED.filter((key) => rules.mapped.includes(`purchase.${key}`))
  const { mode, edit } = head
  if (edit) return editedValues(header, fields, { edit, mode, empty: rules.empty, stored, must: MUST }) as PurchaseEdit
  const values: Values = {}
  for (const key of fields) {
    if (!isEmpty(header[key])) {
      if ((mode === 'update' || isEmpty(stored[key])) && header[key] !== stored[key]) values[key] = header[key]
    } else if (mode === 'update' && rules.empty === 'clear' && !MUST.has(key)) values[key] = null
  }
  return values as PurchaseEdit
}
