import type { LineInput, PersonInput, PlanInput } from '../../src-shared/features/orders/model.ts'
import type { AllocationInput } from '../../src-shared/features/payments/model.ts'
import { invoiceRules } from './walkInvoices.ts'
import { living, type Op, onOne, raw, type Row, type Scene, some } from './walkScene.ts'

const THINGS = ['主机', '备件', '安装', '培训', '年度维保']
const ALIVE = `deleted_at is null and status <> 'cancelled'`
const PAID = `deleted_at is null and kind = 'payment'`
const idOf = (scene: Scene, table: string, where?: string): never | null => some(scene, table, where)?.id ?? null
const day = ({ random }: Scene): string => `2026-1${random.below(3)}-1${random.below(9)}`
const chosen = (scene: Scene, table: string) => ({
  ids: Array.from({ length: 1 + scene.random.below(3) }, () => some(scene, table, living)?.id ?? 'nobody'),
})

const lines = (scene: Scene): LineInput[] =>
  Array.from({ length: scene.random.below(4) }, () => ({
    productId: scene.random.chance(0.4) ? idOf(scene, 'product', living) : null,
    name: scene.random.pick(THINGS),
    unit: null,
    quantity: `${1 + scene.random.below(9)}.${scene.random.below(10)}`,
    priceFen: scene.random.below(40_000),
    discount: scene.random.pick(['0', '5', '12.5']),
    taxRate: scene.random.pick(['13', '6', null]),
    note: null,
  }))
const people = (scene: Scene): PersonInput[] => {
  const [one, two] = [idOf(scene, 'employee', '1'), idOf(scene, 'employee', '1')]
  if (one === null || two === null || one === two) return []
  const share = scene.random.below(100)
  return [
    { employeeId: one, role: '销售', share: `${share}.5` },
    { employeeId: two, role: '销售', share: `${99 - share}.5` },
  ]
}
/** Those that stand, some moved or called off, and perhaps another. */
function plans(scene: Scene, { id }: Row): PlanInput[] {
  const stored = raw(scene)
    .prepare('select id, due_on as dueOn, amount_fen as amountFen from payment_plan where order_id = ? order by position')
    .all(id) as Pick<PlanInput, 'id' | 'dueOn' | 'amountFen'>[]
  const kept = stored
    .filter(() => scene.random.chance(0.85))
    .map((plan) => ({
      ...plan,
      dueOn: scene.random.chance(0.3) ? day(scene) : plan.dueOn,
      isVoid: scene.random.chance(0.15),
      note: null,
    }))
  const more = { dueOn: day(scene), amountFen: 1 + scene.random.below(60_000), isVoid: false, note: null }
  return scene.random.chance(0.7) ? [...kept, more] : kept
}
type Owing = { id: never; customerId: never; dueFen: number }
const owing = (scene: Scene): Owing | null => {
  const rows = raw(scene)
    .prepare(`select id, customer_id as customerId, due_fen as dueFen from sales_order where ${ALIVE} order by id`)
    .all() as Owing[]
  return rows.length === 0 ? null : scene.random.pick(rows)
}
const parts = (scene: Scene, orders: readonly Owing[]): AllocationInput[] =>
  orders.map(({ id, dueFen }) => ({
    orderId: id,
    planId: null,
    amountFen: 1 + scene.random.below(Math.max(1, Math.round(dueFen * 1.1))),
  }))

/** What five people do to orders, and who may to their money. */
export const orderOps: readonly Op[] = [
  [
    'orders.create',
    7,
    (scene, { client }) =>
      client.orders.create({
        name: `订单${scene.random.below(99)}`,
        customerId: idOf(scene, 'customer', living),
        lines: lines(scene),
        discountFen: scene.random.below(300),
      }),
  ],
  [
    'orders.fromQuote',
    2,
    (scene, { client }) => client.orders.fromQuote({ quoteId: idOf(scene, 'quote', `state = 'accepted'`) ?? ('no' as never) }),
  ],
  [
    'orders.fromOpportunity',
    2,
    (scene, { client }) =>
      client.orders.fromOpportunity({ opportunityId: idOf(scene, 'opportunity', `state = 'won'`) ?? ('no' as never) }),
  ],
  [
    'orders.edit',
    3,
    onOne('sales_order', living, (scene, { client }, { id, version }) =>
      client.orders.edit({
        id,
        version,
        values: { note: scene.random.pick(THINGS), signedOn: day(scene), expenseFen: scene.random.below(500) },
      }),
    ),
  ],
  [
    'orders.setLines',
    6,
    onOne('sales_order', ALIVE, (scene, { client }, { id, version }) =>
      client.orders.setLines({ id, version, lines: lines(scene) }),
    ),
  ],
  [
    'orders.setPeople',
    2,
    onOne('sales_order', ALIVE, (scene, { client }, { id, version }) =>
      client.orders.setPeople({ id, version, people: people(scene) }),
    ),
  ],
  [
    'orders.setPlans',
    5,
    onOne('sales_order', ALIVE, (scene, { client }, row) =>
      client.orders.setPlans({ id: row.id, version: row.version, plans: plans(scene, row) }),
    ),
  ],
  [
    'orders.submit',
    2,
    onOne('sales_order', `status = 'draft'`, (_, { client }, { id, version }) => client.orders.submit({ id, version })),
  ],
  [
    'orders.confirm',
    3,
    onOne('sales_order', `status = 'draft'`, (_, { client }, { id, version }) => client.orders.confirm({ id, version })),
  ],
  [
    'orders.deliver',
    2,
    onOne('sales_order', `status = 'confirmed'`, (_, { client }, { id, version }) => client.orders.deliver({ id, version })),
  ],
  ['orders.cancel', 1, onOne('sales_order', ALIVE, (_, { client }, { id, version }) => client.orders.cancel({ id, version }))],
  [
    'orders.editMany',
    1,
    (scene, { client }) =>
      client.orders.editMany({
        selection: chosen(scene, 'sales_order'),
        values: { ownerId: idOf(scene, 'employee', 'left_on is null') },
      }),
  ],
  ['orders.removeMany', 1, (scene, { client }) => client.orders.removeMany({ selection: chosen(scene, 'sales_order') })],
  [
    'payments.add',
    9,
    (scene, { client }) => {
      const order = owing(scene)
      if (!order) return Promise.resolve(null)
      const allocations = scene.random.chance(0.8) ? parts(scene, [order]) : []
      const amountFen = scene.random.chance(0.6) && allocations[0] ? allocations[0].amountFen : 1 + scene.random.below(90_000)
      return client.payments.add({
        customerId: order.customerId,
        receivedOn: day(scene),
        method: scene.random.pick(['transfer', 'cash'] as const),
        amountFen,
        allocations,
        keepRest: scene.random.chance(0.7),
        reference: scene.random.chance(0.3) ? `R${scene.random.below(6)}` : null,
      })
    },
  ],
  [
    'payments.edit',
    1,
    onOne('payment', living, (scene, { client }, { id, version }) =>
      client.payments.edit({ id, version, values: { note: scene.random.pick(THINGS) } }),
    ),
  ],
  [
    'payments.allocate',
    5,
    onOne('payment', PAID, (scene, { client }, { id, version }) => {
      const mine = raw(scene)
        .prepare(
          `select o.id, o.customer_id as customerId, o.due_fen as dueFen from sales_order o join payment p on p.customer_id = o.customer_id where p.id = ? and o.deleted_at is null order by o.id`,
        )
        .all(id) as Owing[]
      return client.payments.allocate({
        id,
        version,
        allocations: parts(
          scene,
          mine.filter(() => scene.random.chance(0.7)),
        ),
      })
    }),
  ],
  [
    'payments.refund',
    4,
    onOne('payment', PAID, (scene, { client }, { id }) =>
      client.payments.refund({
        paymentId: id,
        receivedOn: day(scene),
        method: 'cash',
        amountFen: 1 + scene.random.below(20_000),
      }),
    ),
  ],
  [
    'payments.requestRefund',
    2,
    onOne('payment', PAID, (scene, { client }, { id }) =>
      client.payments.requestRefund({
        paymentId: id,
        receivedOn: day(scene),
        method: 'cash',
        amountFen: 1 + scene.random.below(20_000),
      }),
    ),
  ],
  ['payments.removeMany', 2, (scene, { client }) => client.payments.removeMany({ selection: chosen(scene, 'payment') })],
]

/** What must hold of orders and money whatever was done; each fault is told by its rule and how many rows break it. */
export function moneyFaults(db: ReturnType<typeof raw>): string[] {
  const rules: Readonly<Record<string, string>> = {
    ...invoiceRules,
    'an order comes to its lines less its discount': `select count(*) from sales_order o where o.lines_fen <> coalesce((select sum(amount_fen) from order_line l where l.order_id = o.id), 0) or o.total_fen <> o.lines_fen - o.discount_fen`,
    'received and refunded are what was allocated': `select count(*) from sales_order o where o.received_fen - o.refunded_fen <> coalesce((select sum(amount_fen) from payment_allocation a where a.order_id = o.id), 0)`,
    'no order has more than it comes to': `select count(*) from sales_order where received_fen - refunded_fen not between 0 and total_fen`,
    'plans follow payments': `select count(*) from payment_plan p where p.received_fen <> coalesce((select sum(amount_fen) from payment_allocation a where a.plan_id = p.id), 0) or p.received_fen not between 0 and p.amount_fen or (p.void = 1 and p.received_fen <> 0)`,
    'payments say what they are for': `select count(*) from payment p where p.allocated_fen <> coalesce((select sum(amount_fen) from payment_allocation a where a.payment_id = p.id), 0)`,
    'no payment is for more than it is': `select count(*) from payment p where p.kind = 'payment' and p.deleted_at is null and p.amount_fen - p.allocated_fen - coalesce((select sum(r.amount_fen + r.allocated_fen) from payment r where r.refund_of = p.id and r.deleted_at is null), 0) < 0`,
    'money is for orders of its own customer': `select count(*) from payment_allocation a join payment p on p.id = a.payment_id join sales_order o on o.id = a.order_id where p.customer_id is not o.customer_id`,
    'nothing stands for what is called off': `select count(*) from sales_order where status = 'cancelled' and received_fen <> refunded_fen`,
  }
  return Object.entries(rules).flatMap(([rule, text]) => {
    const n = db.prepare(text).pluck().get() as number
    return n === 0 ? [] : [`${rule}: ${n}`]
  })
}
