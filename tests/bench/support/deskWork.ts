import type { Random } from '../../support/factories.ts'
import type { Acknowledged, Desk } from './desk.ts'

/** What ten people share: records that all of them edit, goods that all of them sell. */
export type Shared = {
  customers: readonly { id: never; name: string }[]
  deals: readonly { id: never }[]
  pipelineId: never
  stages: readonly { id: never; kind: string }[]
  products: readonly { id: never; name: string }[]
  warehouseId: never
  words: readonly string[]
  /** What should lie there and be kept for orders, in pieces by product, by what was acknowledged. */
  ledger: Map<string, { onHand: number; demand: number }>
}
export type Worker = {
  desk: Desk
  random: Random
  shared: Shared
  /** Orders of his own that wait for something. */
  orders: { id: never; customerId: never; productId: string; pieces: number; owed: number; isDelivered: boolean }[]
  today: () => string
  pause: (ms: number) => Promise<void>
}
type Edit = Extract<Acknowledged, { what: 'edit' }>
type Created = Extract<Acknowledged, { what: 'created' }>
type Undone = Extract<Acknowledged, { what: 'undone' }>

const SORTS = ['createdAt', 'name', 'updatedAt'] as const
const FIELDS = ['note', 'website', 'address'] as const
/** How long somebody looks at a record before he saves: meanwhile another may. */
const LOOK_MS = 600
let words = 0
const unique = ({ desk }: Worker): string => `${desk.name} ${++words}`

async function search({ desk, random, shared }: Worker): Promise<void> {
  const text = random.pick(shared.words)
  await desk.ask('search.records', (client) => client.search.records({ text, limit: 20 }))
}

async function list({ desk, random }: Worker): Promise<void> {
  const sort = [{ field: random.pick(SORTS), direction: random.chance(0.5) ? ('asc' as const) : ('desc' as const) }]
  const page = { limit: 50, offset: random.below(4) * 50, sort }
  const what = random.pick(['customers', 'opportunities', 'orders', 'payments'] as const)
  if (what === 'customers') await desk.ask('customers.list', (client) => client.customers.list(page))
  else if (what === 'opportunities')
    await desk.ask('opportunities.list', (client) => client.opportunities.list({ ...page, sort: [] }))
  else if (what === 'orders') await desk.ask('orders.list', (client) => client.orders.list({ ...page, sort: [] }))
  else await desk.ask('payments.list', (client) => client.payments.list({ ...page, sort: [] }))
}

async function record({ desk, random, shared }: Worker): Promise<void> {
  const { id } = random.pick(shared.customers)
  await desk.ask('customers.get', (client) => client.customers.get({ id }))
  await desk.ask('followUps.ofCustomer', (client) => client.followUps.ofCustomer({ customerId: id, limit: 20 }))
  await desk.ask('orders.moneyOf', (client) => client.orders.moneyOf({ customerId: id }))
}

async function board({ desk, shared: { pipelineId } }: Worker): Promise<void> {
  await desk.ask('opportunities.board', (client) => client.opportunities.board({ pipelineId }))
}

async function followUp(worker: Worker): Promise<void> {
  const { desk, random, shared } = worker
  const { id } = random.pick(shared.customers)
  const said = await desk.ask('followUps.create', (client) =>
    client.followUps.create({ customerId: id, kind: 'call', text: unique(worker) }),
  )
  if (said) desk.keep<Created>({ what: 'created', table: 'follow_up', id: said.id })
}

/** The same record's same or another field as a colleague has open at this moment. */
async function edit(worker: Worker): Promise<void> {
  const { desk, random, shared, pause } = worker
  const { id } = random.pick(shared.customers)
  const row = await desk.ask('customers.get', (client) => client.customers.get({ id }))
  if (!row) return
  await pause(random.below(LOOK_MS))
  const column = random.pick(FIELDS)
  const value = unique(worker)
  const wrote = await desk.ask('customers.edit', (client) =>
    client.customers.edit({ id, version: row.version, values: { [column]: value } }),
  )
  if (!wrote) return
  const { seq } = desk
  desk.keep<Edit>({ what: 'edit', table: 'customer', id, column, seen: row.version, value })
  if (random.chance(0.15)) await takeBack(worker, seq)
}

async function takeBack({ desk }: Worker, of: number): Promise<void> {
  const undone = await desk.ask('history.undo', (client) => client.history.undo({ seq: of }))
  if (undone && undone.reversed > 0) desk.keep<Undone>({ what: 'undone', of, reversed: undone.reversed })
}

async function moveStage(worker: Worker): Promise<void> {
  const { desk, random, shared, pause } = worker
  const { id } = random.pick(shared.deals)
  const row = await desk.ask('opportunities.get', (client) => client.opportunities.get({ id }))
  if (!row) return
  await pause(random.below(LOOK_MS))
  const stage = random.pick(shared.stages.filter(({ kind }) => kind === 'open'))
  const moved = await desk.ask('opportunities.move', (client) =>
    client.opportunities.move({ id, version: row.version, stageId: stage.id }),
  )
  if (!moved) return
  const { seq } = desk
  desk.keep<Edit>({ what: 'edit', table: 'opportunity', id, column: 'stage_id', seen: row.version, value: stage.id })
  if (random.chance(0.1)) await takeBack(worker, seq)
}

function count({ shared }: Worker, productId: string, { onHand = 0, demand = 0 }: { onHand?: number; demand?: number }): void {
  const before = shared.ledger.get(productId) ?? { onHand: 0, demand: 0 }
  shared.ledger.set(productId, { onHand: before.onHand + onHand, demand: before.demand + demand })
}

/** An order of what everybody sells; agreed on in the same breath, so that its goods are kept for it. */
async function order(worker: Worker): Promise<void> {
  const { desk, random, shared, orders } = worker
  const { id: customerId } = random.pick(shared.customers)
  const product = random.pick(shared.products)
  const [pieces, priceFen] = [1 + random.below(4), 1_000 + random.below(9_000)]
  const lines = [{ productId: product.id, name: product.name, quantity: String(pieces), priceFen }]
  const made = await desk.ask('orders.create', (client) => client.orders.create({ name: unique(worker), customerId, lines }))
  if (!made) return
  desk.keep<Created>({ what: 'created', table: 'sales_order', id: made.id })
  const confirmed = await desk.ask('orders.confirm', (client) => client.orders.confirm({ id: made.id, version: made.version }))
  if (!confirmed) return
  desk.keep({ what: 'done' })
  count(worker, product.id, { demand: pieces })
  orders.push({ id: made.id as never, customerId, productId: product.id, pieces, owed: pieces * priceFen, isDelivered: false })
}

async function deliver(worker: Worker): Promise<void> {
  const { desk, orders } = worker
  const own = orders.find(({ isDelivered }) => !isDelivered)
  if (!own) return
  const row = await desk.ask('orders.get', (client) => client.orders.get({ id: own.id }))
  if (!row || row.status !== 'confirmed') return
  const gone = await desk.ask('orders.deliver', (client) => client.orders.deliver({ id: own.id, version: row.version }))
  // Short of goods: the next one's turn.
  orders.push(...orders.splice(orders.indexOf(own), 1))
  if (!gone) return
  desk.keep({ what: 'done' })
  own.isDelivered = true
  count(worker, own.productId, { onHand: -own.pieces, demand: -own.pieces })
}

async function arrive(worker: Worker): Promise<void> {
  const { desk, random, shared } = worker
  const { warehouseId, products } = shared
  const [{ id: productId }, pieces] = [random.pick(products), 1 + random.below(6)]
  const lines = [{ productId, quantity: String(pieces) }]
  if (!(await desk.ask('stock.move', (client) => client.stock.move({ kind: 'in', warehouseId, toId: null, lines })))) return
  desk.keep({ what: 'done' })
  count(worker, productId, { onHand: pieces })
}

async function pay(worker: Worker): Promise<void> {
  const { desk, random, orders, today } = worker
  const own = orders.find(({ owed }) => owed > 0)
  if (!own) return
  const amountFen = Math.min(own.owed, 1 + random.below(own.owed))
  const made = await desk.ask('payments.add', (client) =>
    client.payments.add({
      customerId: own.customerId,
      receivedOn: today(),
      method: 'transfer',
      amountFen,
      allocations: [{ orderId: own.id, planId: null, amountFen }],
    }),
  )
  if (!made) return
  own.owed -= amountFen
  desk.keep<Created>({ what: 'created', table: 'payment', id: made.id })
}

type Work = (worker: Worker) => Promise<void>
const LOOKING: readonly (readonly [Work, number])[] = [
  [search, 8],
  [list, 14],
  [record, 10],
  [board, 3],
]
const SELLING: readonly (readonly [Work, number])[] = [
  ...LOOKING,
  [followUp, 8],
  [edit, 14],
  [moveStage, 6],
  [order, 5],
  [deliver, 3],
  [arrive, 2],
  [pay, 4],
]
const weighted = (works: readonly (readonly [Work, number])[]): readonly Work[] =>
  works.flatMap(([work, weight]) => Array.from({ length: weight }, () => work))
/** What there is to do, drawn by its share of the day. */
export const WORK = weighted(SELLING)
