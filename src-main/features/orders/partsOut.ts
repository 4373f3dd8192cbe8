import { sql } from 'kysely'
import { orderEntity } from '../../../src-shared/features/orders/entity.ts'
import { personEntity, planEntity } from '../../../src-shared/features/orders/partEntities.ts'
import { planState } from '../../../src-shared/features/orders/rules.ts'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import type { EntityDescriptor } from '../../../src-shared/kernel/entity.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import { plain, type ReadDb } from '../../kernel/database.ts'
import { mayAskBy } from '../../kernel/policy.ts'
import { PEOPLE_BY, PLANS_BY } from './parts.ts'

export type OrderPart = 'paymentPlan' | 'orderPerson'
type Row = Readonly<Record<string, unknown>>
type Reading = { readonly among: string; readonly called: string }
type Out = {
  readonly entity: EntityDescriptor
  /** The field of an order by whose right its part is read. */
  readonly by: string
  readonly rows: (db: ReadDb, reading: Reading) => Promise<Row[]>
}

type PlanRow = { nth: number; dueOn: string; amountFen: number; receivedFen: number; isVoid: number; today: string }
async function plans(db: ReadDb, { among, called }: Reading): Promise<Row[]> {
  const { rows } = await sql<PlanRow>`
    select ${sql.raw(called)} as "orderNumber", p.position + 1 as nth, p.due_on as "dueOn", p.amount_fen as "amountFen",
      p.received_fen as "receivedFen", max(p.void, t.status = 'cancelled') as "isVoid", p.note, kezhan_today() as today
    from json_each(${among}) w join sales_order t on t.id = w.value join payment_plan p on p.order_id = t.id
    order by w.key, p.position`.execute(plain(db))
  return rows.map(({ today, isVoid, ...row }) => ({
    ...row,
    nth: String(row.nth),
    state: planState({ ...row, isVoid: isVoid === 1 }, today),
  }))
}

async function people(db: ReadDb, { among, called }: Reading): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select ${sql.raw(called)} as "orderNumber", e.name as "employeeName", p.role, p.share || '%' as share
    from json_each(${among}) w join sales_order t on t.id = w.value join order_person p on p.order_id = t.id
    join employee e on e.id = p.employee_id order by w.key, p.position`.execute(plain(db))
  return rows
}

const OUT: Readonly<Record<OrderPart, Out>> = {
  paymentPlan: { entity: planEntity, by: PLANS_BY, rows: plans },
  orderPerson: { entity: personEntity, by: PEOPLE_BY, rows: people },
}

/**
 * How a part of orders leaves the program: with the columns by which the importer finds it again.
 * @returns its descriptor, and its rows of orders that the actor may export, in their order
 * @throws Refusal columnHidden: a role keeps it from the actor
 */
export function orderPartOut(
  actor: Actor,
  part: OrderPart,
): { entity: EntityDescriptor; rows: (db: ReadDb, orderIds: readonly string[]) => Promise<Row[]> } {
  const { entity, by, rows } = OUT[part]
  if (!mayAskBy(actor, orderEntity, by)) throw new Refusal('columnHidden', { column: by })
  const called = mayAskBy(actor, orderEntity, 'number') ? 'coalesce(t.number, t.name)' : 't.name'
  return { entity, rows: (db, orderIds) => rows(db, { among: JSON.stringify(orderIds), called }) }
}
