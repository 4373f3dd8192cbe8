import type { OrderEdit } from '../../../src-shared/features/orders/model.ts'
import { mergedLines } from '../../../src-shared/kernel/documents/mergeLines.ts'
import { requireDays } from '../../../src-shared/features/orders/rules.ts'
import { attempt, Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { editedValues, keptOf, type RowResult, type RowWrite, type Values, type WriteRules } from '../../kernel/importer.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { type Gathered, resultsOf } from '../../kernel/records/sheetDocuments.ts'
import { tried } from '../../kernel/records/sound.ts'
import { loadManyForWrite, setDeleted } from '../../kernel/records/write.ts'
import { wholeOrNot } from '../../kernel/savepoint.ts'
import { headerOf, isEmpty, linesOfRows, mappedPlain } from './importRows.ts'
import { bare, linesOf } from './lines.ts'
import { requireOnlyOfQuote, writeHeader } from './store.ts'
import { editOrder, type OrderRow, setLines } from './write.ts'

type Update = Extract<RowWrite, { mode: 'update' | 'fill' }>
const MUST: ReadonlySet<string> = new Set(['name'])
/** What rules of an order refuse, as far as a sheet can be mended by it; of the others only that they do. */
const TOLD: ReadonlySet<string> = new Set([
  'cancelled',
  'totalBelowReceived',
  'ownerLeft',
  'customerHasMoney',
  'pendingApproval',
  'approvalOfChange',
  'quoteOrdered',
])

/** All rows of one order that is there: its header, and its lines as far as they say something else. */
export async function updateOrder(context: CommandContext, one: Gathered, rules: WriteRules): Promise<RowResult[]> {
  const head = one.head as Update
  const result = await tried(context, [entityIn(context, 'order')], head.row, async () => {
    try {
      return await wholeOrNot(context.tx, () => written(context, one, { head, rules }))
    } catch (error) {
      if (!(error instanceof Refusal) || error.reason === 'requiredMissing' || error.reason === 'uniqueTaken') throw error
      const reason = TOLD.has(error.reason) ? `order.${error.reason}` : 'notSound'
      return { row: head.row, outcome: 'failed', reason }
    }
  })
  return resultsOf(one, result)
}

const NOTHING_WRITTEN = { wrote: null, unapproved: false } as const
type How = { readonly head: Update; readonly rules: WriteRules }
async function written(context: CommandContext, one: Gathered, { head, rules }: How): Promise<RowResult> {
  const entity = entityIn(context, 'order')
  const verbs = head.restore ? (['edit', 'delete'] as const) : (['edit'] as const)
  const load = async (deleted: boolean): Promise<OrderRow | undefined> =>
    (await loadManyForWrite(context, entity, [head.id], { verbs, deleted })).rows[0] as OrderRow | undefined
  let stored = await load(head.restore)
  if (!stored) return { row: head.row, outcome: 'skipped', reason: 'notYours' }
  if (head.restore) {
    await requireOnlyOfQuote(context.tx, stored)
    await setDeleted(context, entity, head.id, false)
    stored = (await load(false)) ?? stored
  }
  const header = headerOf(one)
  const values = head.follows ? {} : changesOf(stored, header, { head, rules })
  const ownerKept = await withoutForeignOwner(context, stored, values)
  const dayKept = withoutUnsoundDays(stored, values)
  const { wrote, unapproved } =
    Object.keys(values).length > 0 ? await editOrder(context, stored, values as OrderEdit, { told: true }) : NOTHING_WRITTEN
  const now = (await load(false)) ?? stored
  const lined = await linesChanged(context, now, { one, header, head })
  const changed = wrote !== null || lined.changed || head.restore
  // What nobody agreed to is said before what else there is to say of the row.
  const passed = unapproved || lined.unapproved === true ? 'order.unapproved' : null
  if (passed && now['issue'] === null) await writeHeader(context, head.id, { issue: 'unapproved' })
  const kept = [passed, ownerKept ? 'ownerKept' : null, dayKept, lined.reason].find(Boolean)
  const reason = kept ?? keptOf(header, (await load(false)) ?? now, head, KEPT)
  if (!changed) return { row: head.row, outcome: 'skipped', reason: reason ?? 'unchanged', recordId: head.id }
  return { row: head.row, outcome: 'updated', recordId: head.id, ...(reason && { reason }) }
}

/** Its status goes by confirming, delivering and cancelling, its sum by its lines. */
const KEPT = { status: 'statusKept', totalFen: 'totalKept' } as const

function changesOf(stored: OrderRow, header: Values, { head, rules }: How): Values {
  const fields = mappedPlain(rules)
  const { mode, edit } = head
  if (edit) return editedValues(header, fields, { edit, mode, empty: rules.empty, stored, must: MUST })
  const values: Values = {}
  for (const key of [...fields, 'customerId', 'contactId', 'opportunityId']) {
    if (!isEmpty(header[key])) {
      if (mode === 'update' || isEmpty(stored[key])) values[key] = header[key]
    } else if (mode === 'update' && rules.empty === 'clear' && fields.includes(key) && !MUST.has(key)) values[key] = null
  }
  return Object.fromEntries(Object.entries(values).filter(([key, value]) => (stored[key] ?? null) !== (value ?? null)))
}

/** An owner is changed only by who may transfer the order. */
async function withoutForeignOwner(context: CommandContext, stored: OrderRow, values: Values): Promise<boolean> {
  if (values['ownerId'] === undefined || values['ownerId'] === stored.ownerId) return false
  const { rows } = await loadManyForWrite(context, entityIn(context, 'order'), [stored.id], { verbs: ['transfer'] })
  if (rows.length > 0 && values['ownerId'] !== null) return false
  delete values['ownerId']
  return true
}

const SETTLED_BY: Readonly<Record<string, 'signedOn' | 'deliveredOn'>> = { signedMissing: 'signedOn' }
/** Days that the order cannot have where it stands stay as they are. @returns why */
function withoutUnsoundDays(stored: OrderRow, values: Values): string | null {
  let kept: string | null = null
  for (;;) {
    const unsound = attempt(() => requireDays(stored.status, stored, values))
    if (!(unsound instanceof Refusal)) return kept
    delete values[SETTLED_BY[unsound.reason] ?? 'deliveredOn']
    if (unsound.reason === 'deliveredBeforeSigned') delete values['signedOn']
    kept = `order.${unsound.reason}`
  }
}

type Lined = { changed: boolean; reason?: string; unapproved?: boolean }
async function linesChanged(
  context: CommandContext,
  stored: OrderRow,
  { one, header, head }: { one: Gathered; header: Values; head: Update },
): Promise<Lined> {
  if (head.edit && !head.follows) return { changed: false }
  const isSaid = one.rows.some(
    ({ parts }) => (parts.orderLine ?? []).length > 0 || typeof parts.order?.[0]?.['totalFen'] === 'number',
  )
  if (!isSaid && isEmpty(header['discountFen'])) return { changed: false }
  const there = (await linesOf(context.tx, stored.id)).map((line) => ({
    ...bare(line),
    listPriceFen: line.listPriceFen,
    costFen: line.costFen,
  }))
  if (head.mode === 'fill' && there.length > 0) return { changed: false }
  const { lines, discountFen, agrees } = linesOfRows(one, { ...header, name: header['name'] ?? stored['name'] })
  const merged = head.follows ? [...there, ...lines] : mergedLines(there, lines)
  if (merged === null) return { changed: false, reason: 'lineUnclear' }
  const isWhole = !head.follows && one.rows.some(({ parts }) => !isEmpty(parts.order?.[0]?.['totalFen']))
  const off = isWhole || !isEmpty(header['discountFen']) ? discountFen : stored.discountFen
  const { wrote: changed, unapproved } = await setLines(context, stored, { lines: merged, discountFen: off, told: true })
  return { changed, unapproved, ...(changed && !agrees && { reason: 'totalDiffers' }) }
}
