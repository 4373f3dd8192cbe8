import { sql } from 'kysely'
import type { ReceiveLine } from '../../../src-shared/features/purchases/model.ts'
import {
  amountOf,
  requireDraft,
  requireOpen,
  requireReceivable,
  requireWithin,
} from '../../../src-shared/features/purchases/rules.ts'
import { unitsOf } from '../../../src-shared/kernel/documents/units.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { z } from 'zod'
import type { CommandContext } from '../../kernel/context.ts'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'
import { ofTable } from '../../kernel/journal.ts'
import { mayAskBy } from '../../kernel/policy.ts'
import { rowsById } from '../../kernel/records/select.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { type ApprovalSubject, handIn, type HandedIn, neededFor, ONLY_THE_SUM, seenAs } from '../approvals/public.ts'
import { levelAt, openWarehouse, post } from '../stock/public.ts'
import { linesOf, markOf, type NewLine, type PurchaseRow, put, type StoredLine } from './store.ts'

const figuresOf = (amountFen: number): HandedIn['figures'] => ({ amountFen, discountBp: 0, belowCost: false })

/** Whether handing it in asks anybody. */
export const needsApproval = async (db: ReadDb | WriteTx, amountFen: number): Promise<boolean> =>
  (await neededFor({ tx: db as WriteTx }, { subject: 'purchase', figures: figuresOf(amountFen) })) !== null

const goesByAmount = async (tx: ReadDb | WriteTx): Promise<boolean> => {
  const { rows } = await sql`
    select 1 from approval_flow, json_each(conditions) c where subject = 'purchase' and enabled = 1 and c.value ->> 'kind' = 'amountAtLeast'
    limit 1`.execute(plain(tx))
  return rows.length > 0
}

/** A flow that goes by the amount cannot be chosen while a price is missing. */
async function requirePrices(context: CommandContext, lines: readonly StoredLine[]): Promise<void> {
  const missing = lines.find(({ priceFen }) => priceFen === null)
  if (missing && (await goesByAmount(context.tx))) throw new Refusal('priceMissing', { name: missing.name })
}

/** Whether somebody is asked about what these lines buy, or it cannot be told for want of a price. */
export const asksSomebody = async (tx: WriteTx, lines: readonly Pick<NewLine, 'units' | 'priceFen'>[]): Promise<boolean> =>
  (await needsApproval(tx, amountOf(lines))) || (lines.some(({ priceFen }) => priceFen === null) && (await goesByAmount(tx)))

/** Hands it in, or agrees to it where nobody need be asked. @throws Refusal notDraft | pendingApproval | noLines | priceMissing | alreadyPending */
export async function submit(context: CommandContext, row: PurchaseRow, note: string | null): Promise<'submitted' | 'approved'> {
  requireDraft(row)
  const lines = await linesOf(context.tx, row.id)
  if (lines.length === 0) throw new Refusal('noLines')
  await requirePrices(context, lines)
  const mark = markOf(row, lines)
  const asked = await handIn(context, {
    subject: 'purchase',
    subjectId: row.id,
    title: [row.number, row['supplier']].filter(Boolean).join(' '),
    customerName: null,
    figures: figuresOf(row.amountFen),
    mark,
    note: note || null,
  })
  await put(context, row.id, { stage: asked === null ? 'approved' : 'pending', mark })
  return asked === null ? 'approved' : 'submitted'
}

/** What has arrived goes into its warehouse. @throws Refusal notApproved | lineUnknown | lineTwice | aboveOrdered | tooMuch | warehouseArchived */
export async function receive(
  context: CommandContext,
  row: PurchaseRow,
  arrived: readonly z.infer<typeof ReceiveLine>[],
): Promise<void> {
  requireReceivable(row)
  await openWarehouse(context.tx, row.warehouseId)
  const lines = new Map<string, StoredLine>((await linesOf(context.tx, row.id)).map((line) => [line.id, line]))
  if (new Set(arrived.map(({ lineId }) => lineId)).size < arrived.length) throw new Refusal('lineTwice')
  const moves = []
  for (const { lineId, quantity } of arrived) {
    const line = lines.get(lineId)
    if (!line) throw new Refusal('lineUnknown')
    const units = unitsOf(quantity)
    requireWithin(line.name, units, line.units - line.received)
    const levelId = await levelAt(context, line.productId, row.warehouseId)
    const of = { purchaseId: row.id, purchaseLineId: line.id, doc: row.number }
    moves.push({ levelId, kind: 'in' as const, units, ...of })
  }
  await post(context, moves, { reason: null, beyond: false })
  await tellOwners(
    context,
    arrived.flatMap(({ lineId }) => lines.get(lineId)?.orderId ?? []),
  )
}

/** Whose orders waited for it. */
async function tellOwners(context: CommandContext, orderIds: readonly string[]): Promise<void> {
  const { rows } = await sql<{ id: string; ownerId: string }>`
    select id, owner_id as "ownerId" from sales_order where id in (select value from json_each(${JSON.stringify(orderIds)}))
      and owner_id is not null and deleted_at is null and status = 'confirmed'`.execute(plain(context.tx))
  for (const { id, ownerId } of rows)
    context.notify({ employeeIds: [ownerId], kind: 'goodsArrived', entity: 'order', recordId: id })
}

/** What has not arrived is not waited for any more. @throws Refusal pendingApproval | ended */
export async function cancel(context: CommandContext, row: PurchaseRow, reason: string | null): Promise<void> {
  if (row.stage === 'pending') throw new Refusal('pendingApproval')
  requireOpen(row)
  await put(context, row.id, { stage: 'cancelled', cancelReason: reason || null })
}

/** How purchases take part in approvals. */
export const purchaseSubject: ApprovalSubject = {
  kind: 'purchase',
  seen: async ({ db, actor, entities }, ids) => {
    const rows = await rowsById(db, actor, entityIn({ entities }, 'purchase'), ids)
    return new Map(rows.map((row) => [String(row['id']), seenAs(row, 'number', 'supplier')]))
  },
  tells: ({ actor, entities }) => ({
    amount: mayAskBy(actor, entityIn({ entities }, 'purchase'), 'amountFen'),
    ...ONLY_THE_SUM,
  }),
  requireStanding: async ({ tx }, id, mark) => {
    const row = await tx.selectFrom('purchase').select(['mark', 'stage']).where('id', '=', id).executeTakeFirst()
    if (!row || row.stage !== 'pending' || row.mark !== mark) throw new Refusal('subjectGone')
  },
  settled: async (context, id, outcome) => {
    const row = await context.tx.selectFrom('purchase').select('stage').where('id', '=', id).executeTakeFirst()
    if (row?.stage !== 'pending') return
    await put(context, id, outcome === 'approved' ? { stage: 'approved' } : { stage: 'draft', mark: null })
  },
}

export const PURCHASE_TABLES: ReadonlySet<string> = new Set(['purchase', 'purchase_line', 'approval', 'stock_move'])
type Touched = PurchaseRow & { asked: number; over: number; summed: number }
/**
 * After something was taken back: what was handed in says what it said then and waits only while a request does; nothing has arrived of
 * what nobody agreed to, and no more than was ordered.
 * @throws Refusal purchaseSettled
 */
export async function requireSoundPurchases(context: CommandContext): Promise<void> {
  const { tx, seq } = context
  const { rows } = await sql<Touched>`
    select p.*, exists (select 1 from approval a where a.subject = 'purchase' and a.subject_id = p.id and a.status = 'pending') as asked,
      exists (select 1 from purchase_line l where l.purchase_id = p.id and l.received not between 0 and l.units) as over,
      coalesce((select sum(l.units) from purchase_line l where l.purchase_id = p.id), 0) as summed
    from purchase p where p.id in (
      select row_id from journal where seq = ${seq} and ${ofTable('purchase')}
      union select coalesce(j.before ->> 'purchase_id', l.purchase_id) from journal j left join purchase_line l on l.id = j.row_id
        where j.seq = ${seq} and ${ofTable('purchase_line', 'j')}
      union select coalesce(j.before ->> 'purchase_id', m.purchase_id) from journal j left join stock_move m on m.id = j.row_id
        where j.seq = ${seq} and ${ofTable('stock_move', 'j')}
      union select coalesce(j.before ->> 'subject_id', a.subject_id) from journal j left join approval a on a.id = j.row_id
        where j.seq = ${seq} and ${ofTable('approval', 'j')})`.execute(tx)
  for (const row of rows) {
    const says = markOf(row, await linesOf(tx, row.id))
    const isOther = row.mark !== null && row.mark !== says
    const early = row.received !== 0 && row.stage !== 'approved' && row.stage !== 'cancelled'
    const wrong = row.summed !== row.ordered || row.over === 1 || (row.stage === 'pending') !== (row.asked === 1)
    if (isOther || early || wrong) throw new Refusal('purchaseSettled')
  }
}
