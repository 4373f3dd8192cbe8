import { todayOf } from '../../kernel/clock.ts'
import { employeeState } from '../../kernel/leaving.ts'
import { sql } from 'kysely'
import type {
  CustomerMoney,
  OrderParts,
  Person,
  PersonInput,
  Plan,
  PlanInput,
  Revision,
} from '../../../src-shared/features/orders/model.ts'
import { planState, requireShares, requireSoundPlans } from '../../../src-shared/features/orders/rules.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import { dateIn } from '../../../src-shared/kernel/time.ts'
import type { CommandContext, QueryContext } from '../../kernel/context.ts'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { mayAskBy, rowsFor } from '../../kernel/policy.ts'
import { insertInto } from '../../kernel/records/write.ts'
import { needFor } from './approval.ts'
import { linesOf } from './lines.ts'

type Db = ReadDb | WriteTx
/** The fields of an order by whose rights its shares and its plans are seen and written. */
export const PEOPLE_BY = 'ownerId'
export const PLANS_BY = 'dueFen'
export type StoredPlan = Omit<Plan, 'state' | 'isVoid'> & { isVoid: number; position: number }

export async function plansOf(db: Db, orderId: string): Promise<StoredPlan[]> {
  const { rows } = await sql<StoredPlan>`
    select id, due_on as "dueOn", amount_fen as "amountFen", received_fen as "receivedFen", void as "isVoid", note, position
    from payment_plan where order_id = ${orderId} order by position`.execute(plain(db))
  return rows
}

export async function peopleOf(db: Db, orderId: string): Promise<(Person & { position: number })[]> {
  const { rows } = await sql<Person & { position: number }>`
    select p.id, p.employee_id as "employeeId", e.name as "employeeName", p.role, p.share, p.position from order_person p
    join employee e on e.id = p.employee_id where p.order_id = ${orderId} order by p.position`.execute(plain(db))
  return rows
}

type StoredRevision = Omit<Revision, 'was' | 'became'> & { was: string; became: string }
async function revisionsOf(db: ReadDb, orderId: string): Promise<Revision[]> {
  const { rows } = await sql<StoredRevision>`
    select r.id, r.recorded_on as "recordedOn", e.name as "byName", r.was, r.became from order_revision r
    left join employee e on e.id = r.by_employee_id where r.order_id = ${orderId} order by r.recorded_on desc, r.seq desc, r.rowid desc limit 500`.execute(
    plain(db),
  )
  return rows.map((row) => ({
    ...row,
    was: JSON.parse(row.was) as Revision['was'],
    became: JSON.parse(row.became) as Revision['became'],
  }))
}

/** By what else a part of a revision is seen. */
const SEEN_BY: Readonly<Record<string, string>> = {
  people: 'ownerId',
  lines: 'linesFen',
  currency: 'status',
  deletedAt: 'status',
}
/** Without what is kept from the reader, and without what is no change then. */
function seenRevision(revision: Revision, sees: (key: string) => boolean): Revision {
  const each = (line: object) => ({
    ...line,
    ...(!sees('listFen') && { listPriceFen: null }),
    ...(!sees('costFen') && { costFen: null }),
  })
  const shown = (values: Revision['was']): Revision['was'] =>
    Object.fromEntries(
      Object.entries(values)
        .filter(([key]) => sees(SEEN_BY[key] ?? key))
        .map(([key, value]) => [
          key,
          key === 'lines' && Array.isArray(value) ? value.map((line) => each(line as object)) : value,
        ]),
    )
  const [was, became] = [shown(revision.was), shown(revision.became)]
  const isChange = ([key, value]: [string, unknown]): boolean =>
    !(key in was) || JSON.stringify(was[key]) !== JSON.stringify(value)
  return { ...revision, was, became: Object.fromEntries(Object.entries(became).filter(isChange)) }
}

/** Lines, people, plans and revisions; without what the reader's roles keep from him in the order itself. */
export async function partsOf(context: QueryContext, orderId: string): Promise<OrderParts> {
  const { db, actor } = context
  const order = entityIn(context, 'order')
  const sees = (key: string): boolean => mayAskBy(actor, order, key)
  const today = dateIn(context.now(), context.services.timeZone())
  const lines = sees('linesFen') ? await linesOf(db, orderId) : []
  const plans = sees(PLANS_BY) ? await plansOf(db, orderId) : []
  const people = sees(PEOPLE_BY) ? await peopleOf(db, orderId) : []
  const stands = await db.selectFrom('salesOrder').select('status').where('id', '=', orderId).executeTakeFirst()
  const revisions = (await revisionsOf(db, orderId)).map((one) => seenRevision(one, sees))
  return {
    lines: lines.map((line) => ({
      ...line,
      ...(!sees('listFen') && { listPriceFen: null }),
      ...(!sees('costFen') && { costFen: null }),
    })) as OrderParts['lines'],
    people: people.map(({ position: _position, ...person }) => person),
    plans: plans.map(({ position: _position, isVoid, ...plan }) => ({
      ...plan,
      isVoid: isVoid === 1,
      // Nobody waits for the money of an order that was called off.
      state: planState({ ...plan, isVoid: isVoid === 1 || stands?.status === 'cancelled' }, today),
    })),
    revisions: revisions.filter(({ became }) => Object.keys(became).length > 0),
    need: await needFor(context, orderId),
  }
}

/** @returns whether anything was written. @throws Refusal personUnknown | personTwice | shareNotWhole */
export async function writePeople(context: CommandContext, orderId: string, people: readonly PersonInput[]): Promise<boolean> {
  requireShares(people)
  for (const { employeeId } of people)
    if ((await employeeState(context.tx, employeeId, todayOf(context))) === 'unknown') throw new Refusal('personUnknown')
  const told = (ones: readonly PersonInput[]): string =>
    JSON.stringify(ones.map(({ employeeId, role, share }) => [employeeId, role, share]))
  if (told(await peopleOf(context.tx, orderId)) === told(people)) return false
  await context.tx.deleteFrom('orderPerson').where('orderId', '=', orderId).execute()
  for (const [position, { employeeId, role, share }] of people.entries())
    await insertInto(context.tx, 'order_person', {
      id: context.newId(),
      orderId,
      employeeId,
      role,
      share,
      position,
      createdAt: context.now(),
    })
  return true
}

/** @returns whether anything was written. @throws Refusal planUnknown | planReceived | planBelowReceived */
export async function writePlans(context: CommandContext, orderId: string, plans: readonly PlanInput[]): Promise<boolean> {
  const stored = await plansOf(context.tx, orderId)
  requireSoundPlans(
    stored.map((plan) => ({ ...plan, isVoid: plan.isVoid === 1 })),
    plans,
  )
  const byId = new Map<string, StoredPlan>(stored.map((plan) => [plan.id, plan]))
  const kept = new Set(plans.map(({ id }) => id as string | undefined))
  const at = context.now()
  let wrote = false
  for (const { id } of stored)
    if (!kept.has(id)) {
      await context.tx.deleteFrom('paymentPlan').where('id', '=', id).execute()
      wrote = true
    }
  for (const [position, { id, dueOn, amountFen, isVoid, note }] of plans.entries()) {
    const values = { dueOn, amountFen, void: isVoid ? 1 : 0, note: note?.trim() || null, position }
    const before = id === undefined ? undefined : byId.get(id)
    if (!before) {
      const own = {
        id: context.newId(),
        orderId,
        ...values,
        createdAt: at,
        createdBy: context.actor.userId || null,
        updatedAt: at,
      }
      await insertInto(context.tx, 'payment_plan', own)
      wrote = true
    } else if (
      before.dueOn !== dueOn ||
      before.amountFen !== amountFen ||
      before.isVoid !== values.void ||
      before.note !== values.note ||
      before.position !== position
    ) {
      await context.tx
        .updateTable('paymentPlan')
        .set((eb) => ({ ...values, updatedAt: at, version: eb('version', '+', 1) }))
        .where('id', '=', before.id)
        .execute()
      wrote = true
    }
  }
  return wrote
}

/** What a customer has bought, paid and owes, of the orders in reach that were agreed on and not called off. */
export async function moneyOf(context: QueryContext, customerId: string): Promise<CustomerMoney> {
  const { db, actor } = context
  const entity = entityIn(context, 'order')
  const today = dateIn(context.now(), context.services.timeZone())
  const { rows } = await sql<CustomerMoney>`
    select count(*) as orders, coalesce(sum(t.total_fen), 0) as "totalFen", coalesce(sum(t.received_fen - t.refunded_fen), 0) as "receivedFen",
      coalesce(sum(t.due_fen), 0) as "dueFen",
      coalesce(sum(max(0, min(t.due_fen, coalesce((select sum(p.amount_fen - p.received_fen) from payment_plan p where p.order_id = t.id and p.void = 0
        and p.due_on < ${today} and p.received_fen < p.amount_fen), 0)))), 0) as "overdueFen"
    from sales_order t where t.customer_id = ${customerId} and t.deleted_at is null and t.status in ('confirmed', 'delivered')
      and ${rowsFor(actor, entity, 't')}`.execute(plain(db))
  const [found] = rows
  const shown = (key: 'totalFen' | 'receivedFen' | 'dueFen' | 'overdueFen'): number | null =>
    mayAskBy(actor, entity, key) ? (found?.[key] ?? 0) : null
  return {
    orders: found?.orders ?? 0,
    totalFen: shown('totalFen'),
    receivedFen: shown('receivedFen'),
    dueFen: shown('dueFen'),
    overdueFen: shown('overdueFen'),
  }
}
