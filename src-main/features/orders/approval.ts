import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { OrderParts } from '../../../src-shared/features/orders/model.ts'
import { discountBpOf, growsBeyond, requireApproved, requireNotPending } from '../../../src-shared/features/orders/approval.ts'
import { requireNext } from '../../../src-shared/features/orders/rules.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'
import { ofTable } from '../../kernel/journal.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { rowsById } from '../../kernel/records/select.ts'
import { type ApprovalSubject, handIn, type HandedIn, neededFor } from '../approvals/public.ts'
import { linesOf } from './lines.ts'
import { writeHeader } from './store.ts'

type Db = ReadDb | WriteTx
type Row = Readonly<Record<string, unknown>> & { readonly id: string }
type Handed = {
  id: string
  name: string
  number: string | null
  status: string
  approval: 'pending' | 'approved' | null
  approvalMark: string | null
  customerId: string | null
  customerName: string | null
  startsOn: string | null
  endsOn: string | null
  discountFen: number
  totalFen: number
  listFen: number | null
}

async function handedOf(db: Db, id: string): Promise<Handed> {
  const { rows } = await sql<Handed>`
    select o.id, o.name, o.number, o.status, o.approval, o.approval_mark as "approvalMark", o.customer_id as "customerId",
      c.name as "customerName", o.starts_on as "startsOn", o.ends_on as "endsOn", o.discount_fen as "discountFen", o.total_fen as "totalFen",
      o.list_fen as "listFen" from sales_order o left join customer c on c.id = o.customer_id where o.id = ${id}`.execute(
    plain(db),
  )
  const [row] = rows
  if (!row) throw new Error(`order ${id} is not there`)
  return row
}

const figuresOf = ({ totalFen, listFen }: Pick<Handed, 'totalFen' | 'listFen'>): HandedIn['figures'] => ({
  amountFen: totalFen,
  discountBp: discountBpOf(totalFen, listFen),
  belowCost: false,
})

/** Tells the very content that is agreed on: with whom, for how long, what and at what price. */
async function markOf(db: Db, { id, customerId, startsOn, endsOn, discountFen }: Handed): Promise<string> {
  const lines = (await linesOf(db, id)).map((line) => [
    line.productId,
    line.name,
    line.unit,
    line.quantity,
    line.priceFen,
    line.discount,
    line.taxRate,
  ])
  return createHash('sha256')
    .update(JSON.stringify([customerId, startsOn, endsOn, discountFen, lines]))
    .digest('hex')
}

/** What calls for approval before an order takes effect, or null; the figures it is called for by go with it. */
export async function needOf(db: Db, id: string): Promise<OrderParts['need']> {
  const row = await handedOf(db, id)
  if (row.status !== 'draft' || row.approval !== null) return null
  const figures = figuresOf(row)
  const called = await neededFor({ tx: db as WriteTx }, { subject: 'order', figures })
  return called && { flowName: called.flow.name, conditions: [...called.because], discountBp: figures.discountBp }
}

/** Hands a draft in. @throws Refusal pendingApproval | statusNotNext | linesMissing | approvalNotNeeded | alreadyPending */
export async function submit(context: CommandContext, id: string, note: string | null): Promise<void> {
  const row = await handedOf(context.tx, id)
  requireNotPending(row.approval)
  requireNext(row.status as never, 'confirmed', (await linesOf(context.tx, id)).length)
  const mark = await markOf(context.tx, row)
  const asked =
    row.approval === 'approved'
      ? null
      : await handIn(context, {
          subject: 'order',
          subjectId: id,
          title: [row.number, row.name].filter(Boolean).join(' '),
          customerName: row.customerName,
          figures: figuresOf(row),
          mark,
          note: note || null,
        })
  if (asked === null) throw new Refusal('approvalNotNeeded')
  await writeHeader(context, id, { approval: 'pending', approvalMark: mark })
}

/** Before an order takes effect. @throws Refusal pendingApproval | approvalNeeded (flow) */
export async function requireAgreed(context: CommandContext, row: Row): Promise<void> {
  const need = await needOf(context.tx, row.id)
  requireApproved(row['approval'] as Handed['approval'], need?.flowName ?? null)
}

/** What is being decided on says what it says. @throws Refusal pendingApproval */
export const requireNotAsked = (row: Row): void => requireNotPending(row['approval'] as Handed['approval'])

/**
 * After lines, discount, customer or period were changed: who agreed did not agree to this, so it is asked for anew; and a running order
 * does not grow past what nobody agreed to.
 * @throws Refusal approvalOfChange (flow)
 */
export async function followContent(context: CommandContext, before: Row): Promise<void> {
  const now = await handedOf(context.tx, before.id)
  if (now.status === 'draft') {
    if (now.approval === 'approved' && (await markOf(context.tx, now)) !== now.approvalMark)
      await writeHeader(context, now.id, { approval: null, approvalMark: null })
    return
  }
  const was = figuresOf({ totalFen: before['totalFen'] as number, listFen: before['listFen'] as number | null })
  if (!growsBeyond(was, figuresOf(now))) return
  const called = await neededFor(context, { subject: 'order', figures: figuresOf(now) })
  if (called) throw new Refusal('approvalOfChange', { flow: called.flow.name })
}

/** How orders take part in approvals. */
export const orderSubject: ApprovalSubject = {
  kind: 'order',
  seen: async ({ db, actor, entities }, ids) =>
    new Set((await rowsById(db, actor, entityIn({ entities }, 'order'), ids)).map((row) => String(row['id']))),
  requireStanding: async ({ tx }, id, mark) => {
    const row = await tx
      .selectFrom('salesOrder')
      .select(['approval', 'approvalMark', 'deletedAt'])
      .where('id', '=', id)
      .executeTakeFirst()
    if (!row || row.deletedAt !== null || row.approval !== 'pending' || row.approvalMark !== mark)
      throw new Refusal('subjectGone')
  },
  settled: async (context, id, outcome) => {
    const row = await context.tx.selectFrom('salesOrder').select('approval').where('id', '=', id).executeTakeFirst()
    if (row?.approval !== 'pending') return
    await writeHeader(context, id, outcome === 'approved' ? { approval: 'approved' } : { approval: null, approvalMark: null })
  },
}

export const ORDER_TABLES: ReadonlySet<string> = new Set(['sales_order', 'order_line', 'approval'])
/**
 * After something was taken back: a draft that was handed in says what it said then, and waits only while a request does.
 * @throws Refusal orderHandedIn
 */
export async function requireSoundApprovals(context: CommandContext): Promise<void> {
  const { tx, seq } = context
  const { rows } = await sql<{ id: string; asked: number }>`
    select o.id, exists (select 1 from approval a where a.subject = 'order' and a.subject_id = o.id and a.status = 'pending') as asked
    from sales_order o where o.id in (
      select row_id from journal where seq = ${seq} and ${ofTable('sales_order')}
      union select coalesce(j.before ->> 'order_id', l.order_id) from journal j left join order_line l on l.id = j.row_id
        where j.seq = ${seq} and ${ofTable('order_line', 'j')}
      union select coalesce(j.before ->> 'subject_id', a.subject_id) from journal j left join approval a on a.id = j.row_id
        where j.seq = ${seq} and ${ofTable('approval', 'j')})`.execute(plain(tx))
  for (const { id, asked } of rows) {
    const row = await handedOf(tx, id)
    const isOther = row.status === 'draft' && row.approval !== null && (await markOf(tx, row)) !== row.approvalMark
    if (isOther || (row.approval === 'pending') !== (asked === 1)) throw new Refusal('orderHandedIn')
  }
}
