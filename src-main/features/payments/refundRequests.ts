import { sql } from 'kysely'
import { takenBack } from '../../../src-shared/features/payments/rules.ts'
import type { Refund, RefundRequest } from '../../../src-shared/features/payments/model.ts'
import { attempt, Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'
import { systemActor } from '../../kernel/jobKinds.ts'
import { ofTable } from '../../kernel/journal.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { mayAskBy, requireWritable } from '../../kernel/policy.ts'
import { rowsById } from '../../kernel/records/select.ts'
import { insertInto } from '../../kernel/records/write.ts'
import { type ApprovalSubject, handIn, type HandedIn, neededFor, ONLY_THE_SUM, seenAs } from '../approvals/public.ts'
import { cleanPayment, pendingRefund, standingOf } from './store.ts'
import { addRefund, type PaymentRow, toChange } from './write.ts'

type Stored = Refund & {
  id: string
  state: RefundRequest['state']
  requesterId: string | null
}
const COLUMNS = sql`r.id, r.payment_id as "paymentId", r.order_id as "orderId", r.amount_fen as "amountFen", r.received_on as "receivedOn",
  r.method, r.reference, r.note, r.state, r.requester_id as "requesterId"`

const figuresOf = (amountFen: number): HandedIn['figures'] => ({ amountFen, discountBp: 0, belowCost: false })

/** Before money goes back at once. @throws Refusal approvalNeeded (flow) */
export async function requireNoApproval(context: CommandContext, amountFen: number): Promise<void> {
  const called = await neededFor(context, { subject: 'refund', figures: figuresOf(amountFen) })
  if (called) throw new Refusal('approvalNeeded', { flow: called.flow.name })
}

/** What is asked of a payment stands as it was asked: its sum, its order, and the payment itself. */
const markOf = ({ paymentId, orderId, amountFen }: Pick<Stored, 'orderId' | 'amountFen'> & { paymentId: string }): string =>
  [paymentId, orderId ?? '', amountFen].join(' ')

/** @throws Refusal aboveReceived | deleted | notAPayment */
async function requireLeft(
  tx: WriteTx,
  payment: Pick<PaymentRow, 'id' | 'amountFen' | 'kind'>,
  { amountFen, orderId }: Pick<Stored, 'amountFen' | 'orderId'>,
): Promise<void> {
  if (payment.kind !== 'payment') throw new Refusal('notAPayment')
  takenBack(amountFen, await standingOf(tx, payment), orderId)
}

/** Asks for a refund; no money moves. @returns the id of the request @throws Refusal refundPending | approvalNotNeeded and those of a refund */
export async function requestRefund(context: CommandContext, given: Refund): Promise<string> {
  requireWritable(context.actor, entityIn(context, 'payment'), ['amountFen'])
  const { paymentId, orderId, amountFen, receivedOn, method, reference, note } = cleanPayment(given)
  const payment = await toChange(context, paymentId)
  await requireLeft(context.tx, payment, { amountFen, orderId })
  if (await pendingRefund(context.tx, payment.id)) throw new Refusal('refundPending')
  const customer = await context.tx
    .selectFrom('customer')
    .select('name')
    .where('id', '=', payment.customerId ?? '')
    .executeTakeFirst()
  const id = context.newId()
  const at = context.now()
  const values = { id, paymentId: payment.id, orderId, amountFen, receivedOn, method, reference, note }
  await insertInto(context.tx, 'refund_request', {
    ...values,
    requesterId: context.actor.employeeId,
    createdAt: at,
    createdBy: context.actor.userId || null,
    updatedAt: at,
  })
  const asked = await handIn(context, {
    subject: 'refund',
    subjectId: id,
    title: payment.number,
    customerName: customer?.name ?? null,
    figures: figuresOf(amountFen),
    mark: markOf(values),
    note,
  })
  if (asked === null) throw new Refusal('approvalNotNeeded')
  return id
}

async function requestById(db: ReadDb | WriteTx, id: string): Promise<Stored | undefined> {
  const { rows } = await sql<Stored>`select ${COLUMNS} from refund_request r where r.id = ${id}`.execute(plain(db))
  return rows[0]
}

const settle = (context: CommandContext, id: string, state: RefundRequest['state']) =>
  context.tx
    .updateTable('refundRequest')
    .set((eb) => ({ state, updatedAt: context.now(), version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()

/** How refunds take part in approvals: agreed to, the money goes back as whoever asked for it said. */
export const refundSubject: ApprovalSubject = {
  kind: 'refund',
  seen: async ({ db, actor, entities }, ids) => {
    const { rows } = await sql<{ id: string; paymentId: string }>`
      select id, payment_id as "paymentId" from refund_request where id in (select value from json_each(${JSON.stringify(ids)}))`.execute(
      plain(db),
    )
    const payments = rows.map(({ paymentId }) => paymentId)
    const found = await rowsById(db, actor, entityIn({ entities }, 'payment'), payments)
    const seen = new Map(found.map((row) => [String(row['id']), seenAs(row, 'number')]))
    return new Map(
      rows.flatMap(({ id, paymentId }) => {
        const payment = seen.get(paymentId)
        return payment ? [[id, payment] as const] : []
      }),
    )
  },
  tells: ({ actor, entities }) => ({ amount: mayAskBy(actor, entityIn({ entities }, 'payment'), 'amountFen'), ...ONLY_THE_SUM }),
  requireStanding: async ({ tx }, id, mark) => {
    const asked = await requestById(tx, id)
    if (asked?.state !== 'pending' || markOf(asked) !== mark) throw new Refusal('subjectGone')
    const payment = await tx
      .selectFrom('payment')
      .select(['id', 'amountFen', 'kind', 'deletedAt'])
      .where('id', '=', asked.paymentId)
      .executeTakeFirst()
    if (!payment || payment.deletedAt !== null) throw new Refusal('subjectGone')
    const standing = await standingOf(tx, payment)
    if (attempt(() => takenBack(asked.amountFen, standing, asked.orderId)) instanceof Refusal) throw new Refusal('subjectGone')
  },
  settled: async (context, id, outcome) => {
    const asked = await requestById(context.tx, id)
    if (asked?.state !== 'pending') return
    await settle(context, id, outcome)
    if (outcome !== 'approved') return
    const { id: _id, requesterId, state: _state, ...refund } = asked
    // Who agrees need not be somebody who writes payments; the refund is that of who asked for it.
    const actor = { ...systemActor(), ...context.actor, ...RIGHTS, employeeId: requesterId }
    await addRefund({ ...context, actor }, refund, id)
  },
}
const { permissions, fieldRights } = systemActor()
const RIGHTS = { permissions, fieldRights }

export const REFUND_TABLES: ReadonlySet<string> = new Set(['refund_request', 'payment', 'approval'])
/**
 * After something was taken back: a request waits only while somebody is asked, and is agreed to only where its refund is there.
 * @throws Refusal refundSettled
 */
export async function requireSoundRefunds(context: CommandContext): Promise<void> {
  const { tx, seq } = context
  const { rows } = await sql`
    select 1 from refund_request r where r.id in (
      select row_id from journal where seq = ${seq} and (${ofTable('refund_request')} or ${ofTable('payment')})
      union select coalesce(j.before ->> 'subject_id', a.subject_id) from journal j left join approval a on a.id = j.row_id
        where j.seq = ${seq} and ${ofTable('approval', 'j')})
      and ((r.state = 'pending') <> exists (select 1 from approval a where a.subject = 'refund' and a.subject_id = r.id and a.status = 'pending')
        or (r.state = 'approved') <> exists (select 1 from payment p where p.id = r.id))
    limit 1`.execute(plain(tx))
  if (rows.length > 0) throw new Refusal('refundSettled')
}
