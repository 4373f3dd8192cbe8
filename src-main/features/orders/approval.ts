import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Condition } from '../../../src-shared/features/approvals/model.ts'
import type { OrderParts } from '../../../src-shared/features/orders/model.ts'
import {
  askedBy,
  growsBeyond,
  leavesTerms,
  requireApproved,
  requireNotPending,
} from '../../../src-shared/features/orders/approval.ts'
import { requireNext } from '../../../src-shared/features/orders/rules.ts'
import { may } from '../../../src-shared/kernel/actor.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext, QueryContext } from '../../kernel/context.ts'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'
import { ofTable } from '../../kernel/journal.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { mayAskBy } from '../../kernel/policy.ts'
import { rowsById } from '../../kernel/records/select.ts'
import { type ApprovalSubject, handIn, type HandedIn, neededFor, seenAs } from '../approvals/public.ts'
import { linesOf, type StoredLine } from './lines.ts'
import { requireOnlyOfQuote, writeHeader } from './store.ts'

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
}
/** An order as approval looks at it: what it says, and the figures that it is asked by. */
export type Standing = Handed & { lines: readonly StoredLine[]; figures: HandedIn['figures'] }

export async function standingOf(db: Db, id: string): Promise<Standing> {
  const { rows } = await sql<Handed>`
    select o.id, o.name, o.number, o.status, o.approval, o.approval_mark as "approvalMark", o.customer_id as "customerId",
      c.name as "customerName", o.starts_on as "startsOn", o.ends_on as "endsOn", o.discount_fen as "discountFen"
    from sales_order o left join customer c on c.id = o.customer_id where o.id = ${id}`.execute(plain(db))
  const [row] = rows
  if (!row) throw new Error(`order ${id} is not there`)
  const lines = await linesOf(db, id)
  return { ...row, lines, figures: askedBy(lines, row.discountFen) }
}

/** Tells the very content that is agreed on: with whom, for how long, what and at what price. */
function markOf({ customerId, startsOn, endsOn, discountFen, lines }: Standing): string {
  const said = lines.map((line) => [
    line.productId,
    line.name,
    line.unit,
    line.quantity,
    line.priceFen,
    line.discount,
    line.taxRate,
  ])
  return createHash('sha256')
    .update(JSON.stringify([customerId, startsOn, endsOn, discountFen, said]))
    .digest('hex')
}

/** What calls for approval before an order takes effect, or null; the figures it is called for by go with it. */
async function needOf(db: Db, id: string): Promise<{ flowName: string; conditions: Condition[]; discountBp: number } | null> {
  const { status, approval, figures } = await standingOf(db, id)
  if (status !== 'draft' || approval !== null) return null
  const called = await neededFor({ tx: db as WriteTx }, { subject: 'order', figures })
  return called && { flowName: called.flow.name, conditions: [...called.because], discountBp: figures.discountBp }
}

/** The same as far as the reader may know why; that somebody has to be asked he learns by confirming, too. */
export async function needFor(context: Pick<QueryContext, 'db' | 'actor' | 'entities'>, id: string): Promise<OrderParts['need']> {
  const need = await needOf(context.db, id)
  if (need === null) return null
  const { amount, discount } = orderSubject.tells(context)
  const TOLD = { amountAtLeast: amount, discountAtLeast: discount, belowCost: true }
  const conditions = need.conditions.filter(({ kind }) => TOLD[kind])
  return {
    flowName: need.flowName,
    conditions,
    discountBp: discount ? need.discountBp : null,
    kept: conditions.length < need.conditions.length,
  }
}

/** Hands a draft in. @throws Refusal pendingApproval | statusNotNext | linesMissing | approvalNotNeeded | alreadyPending */
export async function submit(context: CommandContext, id: string, note: string | null): Promise<void> {
  const row = await standingOf(context.tx, id)
  requireNotPending(row.approval)
  requireNext(row.status as never, 'confirmed', row.lines.length)
  const mark = markOf(row)
  const asked =
    row.approval === 'approved'
      ? null
      : await handIn(context, {
          subject: 'order',
          subjectId: id,
          title: [row.number, row.name].filter(Boolean).join(' '),
          customerName: row.customerName,
          figures: row.figures,
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

/** Who says which approvals there are may bring in what nobody was asked about. */
export const mayPassBy = ({ actor }: Pick<CommandContext, 'actor'>): boolean => may(actor, 'approvals.manage')

/**
 * After lines, discount, customer or period were changed: who agreed did not agree to this, so it is asked for anew; and a running order
 * does not grow past what nobody agreed to, nor leave the terms that somebody did. `told`: a file says so; whoever manages approvals may
 * bring that in, and it is said of it.
 * @returns whether it was brought in without the approval that is called for
 * @throws Refusal approvalOfChange (flow)
 */
export async function followContent(context: CommandContext, before: Standing, told = false): Promise<boolean> {
  const now = await standingOf(context.tx, before.id)
  if (now.status === 'draft') {
    if (now.approval === 'approved' && markOf(now) !== now.approvalMark)
      await writeHeader(context, now.id, { approval: null, approvalMark: null })
    return false
  }
  const grows = growsBeyond(before.figures, now.figures) || (now.approval === 'approved' && leavesTerms(before, now))
  const called = grows ? await neededFor(context, { subject: 'order', figures: now.figures }) : null
  if (!called) return false
  if (told && mayPassBy(context)) return true
  throw new Refusal('approvalOfChange', { flow: called.flow.name })
}

/** How orders take part in approvals. */
export const orderSubject: ApprovalSubject = {
  kind: 'order',
  seen: async ({ db, actor, entities }, ids) => {
    const rows = await rowsById(db, actor, entityIn({ entities }, 'order'), ids)
    return new Map(rows.map((row) => [String(row['id']), seenAs(row, 'number', 'name')]))
  },
  tells: ({ actor, entities }) => {
    const sees = (key: string): boolean => mayAskBy(actor, entityIn({ entities }, 'order'), key)
    return { amount: sees('totalFen'), discount: sees('totalFen') && sees('listFen'), cost: sees('costFen') }
  },
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
type Touched = Pick<Handed, 'id' | 'status' | 'approval' | 'approvalMark'> & {
  quoteId: string | null
  asked: number
  gone: number
}
/**
 * After something was taken back: a draft that was handed in says what it said then, and waits only while a request does; one quote has one
 * order.
 * @throws Refusal orderHandedIn | quoteOrdered (name)
 */
export async function requireSoundOrders(context: CommandContext): Promise<void> {
  const { tx, seq } = context
  const { rows } = await sql<Touched>`
    select o.id, o.status, o.approval, o.approval_mark as "approvalMark", o.quote_id as "quoteId", o.deleted_at is not null as gone,
      exists (select 1 from approval a where a.subject = 'order' and a.subject_id = o.id and a.status = 'pending') as asked
    from sales_order o where o.id in (
      select row_id from journal where seq = ${seq} and ${ofTable('sales_order')}
      union select coalesce(j.before ->> 'order_id', l.order_id) from journal j left join order_line l on l.id = j.row_id
        where j.seq = ${seq} and ${ofTable('order_line', 'j')}
      union select coalesce(j.before ->> 'subject_id', a.subject_id) from journal j left join approval a on a.id = j.row_id
        where j.seq = ${seq} and ${ofTable('approval', 'j')})`.execute(plain(tx))
  for (const row of rows) {
    const { id, status, approval, approvalMark, asked, gone } = row
    const isOther = status === 'draft' && approval !== null && markOf(await standingOf(tx, id)) !== approvalMark
    if (isOther || (approval === 'pending') !== (asked === 1)) throw new Refusal('orderHandedIn')
    if (gone === 0) await requireOnlyOfQuote(tx, row)
  }
}
