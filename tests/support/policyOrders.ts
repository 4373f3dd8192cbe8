import { insertInto } from '../../src-main/kernel/records/write.ts'
import { bySystem } from './factories.ts'
import { ofKind, type Run } from './policyAsking.ts'
import { checkPalette } from './policyPalette.ts'
import { has, ownsWithin, type Person, type Rec, sees, type World } from './policyWorld.ts'

type Hung = { id: string; name: string; ownerId: string | null; customer: Rec | null; total: number; runs: boolean }
type Paid = { id: string; number: string; customer: Rec | null; amount: number }
const hung = new WeakMap<World, { orders: Hung[]; payments: Paid[]; invoices: Paid[] }>()

/** Counted, not drawn: an order for every customer and some for nobody, and a payment and an invoice of each. */
export async function hangOrders(world: World): Promise<void> {
  const orders: Hung[] = []
  const payments: Paid[] = []
  const invoices: Paid[] = []
  const customers = ofKind(world, 'customer').filter(({ deleted }) => !deleted)
  await bySystem(world.running, async ({ tx, newId, now }) => {
    const at = now()
    for (const [n, customer] of [...customers, null, null].entries()) {
      const ownerId = n % 4 === 1 ? null : (world.people[(n * 3 + 1) % world.people.length]?.employeeId ?? null)
      const order = { id: newId(), name: `单子第${n}张`, ownerId, customer, total: 1000 + n, runs: n % 2 === 0 }
      await insertInto(tx, 'sales_order', {
        id: order.id,
        name: order.name,
        customerId: customer?.id ?? null,
        ownerId,
        status: n % 2 === 0 ? 'confirmed' : 'draft',
        linesFen: order.total,
        totalFen: order.total,
        costFen: 7,
        issue: 'imported',
        createdAt: at,
        updatedAt: at,
      })
      const line = { id: newId(), orderId: order.id, name: '货', quantity: '1', priceFen: order.total, costFen: 7, position: 0 }
      await insertInto(tx, 'order_line', { ...line, amountFen: order.total, createdAt: at })
      orders.push(order)
      const payment = { id: newId(), number: `钱第${n}笔`, customer, amount: 10 + n }
      await insertInto(tx, 'payment', {
        id: payment.id,
        number: payment.number,
        customerId: customer?.id ?? null,
        receivedOn: '2026-11-01',
        amountFen: payment.amount,
        method: 'cash',
        createdAt: at,
        updatedAt: at,
      })
      payments.push(payment)
      const invoice = { id: newId(), number: `票第${n}张`, customer, amount: 20 + n }
      await insertInto(tx, 'invoice', {
        id: invoice.id,
        number: invoice.number,
        customerId: customer?.id ?? null,
        kind: 'eGeneral',
        buyer: '某公司',
        buyerKind: 'enterprise',
        requestedOn: '2026-11-01',
        amountFen: invoice.amount,
        createdAt: at,
        updatedAt: at,
      })
      invoices.push(invoice)
    }
  })
  hung.set(world, { orders, payments, invoices })
}

/** By its own owner within the scope, or through the customer it hangs on. */
function reaches(world: World, person: Person, { ownerId, customer }: Hung, verb: 'read' | 'edit' = 'read'): boolean {
  if (!has(person, `orders.${verb}`)) return false
  const through = customer !== null && sees(world, person, customer, `customers.${verb}`)
  return ownsWithin(world, person, `orders.${verb}`, ownerId) || through
}

/** Every channel of orders tells of the same ones, and of a customer only who sees him. */
export async function checkOrders(run: Run): Promise<void> {
  const { world, person, client, checks, about } = run
  await checkHanging(run, 'payments')
  await checkHanging(run, 'invoices')
  const all = hung.get(world)?.orders ?? []
  const mine = all.filter((order) => reaches(world, person, order))
  await checkPalette(run, 'order', mine, [{ text: '单子第', of: all }])
  const answer = await client.orders.list({ limit: 200 }).catch((error: { code: string }) => error.code)
  checks.scan(world, person, 'orders', answer)
  if (typeof answer === 'string') {
    checks.same('orders', answer, has(person, 'orders.read') ? 'answered' : 'FORBIDDEN', about)
    return
  }
  const got = new Set(answer.rows.map((row) => row.id as string))
  for (const order of all) {
    const seen = mine.includes(order)
    checks.same('orders', got.has(order.id), seen, `${about} ${order.name}`)
    const one = await client.orders.get({ id: order.id as never }).catch((error: { code: string }) => error.code)
    checks.scan(world, person, 'order get', one)
    checks.same('order get', typeof one === 'object', seen, `${about} ${order.name}`)
    const { customer } = order
    const named = customer !== null && sees(world, person, customer) ? customer.values['name'] : null
    if (typeof one === 'object') {
      checks.same('order get', one.customerName, named, `${about} ${order.name} customer`)
      checks.same('order may', one.may?.edit, reaches(world, person, order, 'edit'), `${about} ${order.name}`)
    }
    const parts = await client.orders.parts({ id: order.id as never }).catch((error: { code: string }) => error.code)
    checks.same('order parts', typeof parts === 'object', seen, `${about} ${order.name}`)
    const history = await client.history
      .ofRecord({ entity: 'order', id: order.id })
      .then(() => 'told')
      .catch((error: { code: string }) => error.code)
    checks.same('order history', history === 'told', seen, `${about} ${order.name}`)
  }
  const { count } = await client.orders.count({})
  checks.same('order count', count, mine.length, about)
  const sums = await client.orders.sums({ selection: { which: {}, except: [] }, sums: [{ field: 'totalFen', sum: 'sum' }] })
  const total = mine.reduce((sum, order) => sum + order.total, 0)
  checks.same('order sums', sums[0]?.value, mine.length === 0 ? null : total, about)
  // What is owed is counted of the same ones, as far as they are agreed.
  const owed = mine.filter(({ runs }) => runs)
  const { total: due } = await client.reports.receivables({ asked: { on: '2026-11-19' } })
  checks.same('receivables', due.due, { count: owed.length, amount: owed.reduce((sum, order) => sum + order.total, 0) }, about)
  const found = await client.orders.list({ search: '单子第', limit: 200 })
  checks.same('order search', found.rows.map(({ id }) => id as string).toSorted(), mine.map(({ id }) => id).toSorted(), about)
}

/** Payments and invoices hang on their customers, and who sees none of the kind sees none at all. */
async function checkHanging(run: Run, kind: 'payments' | 'invoices'): Promise<void> {
  const { world, person, client, checks, about } = run
  const all = hung.get(world)?.[kind] ?? []
  const calls = client[kind] as typeof client.payments
  const may = has(person, `${kind}.read`)
  const reach = ({ customer }: Paid): boolean =>
    may &&
    (customer === null
      ? person.roles.some((role) => role.permissions['customers.read'] === 'all')
      : sees(world, person, customer))
  const numbered = all.slice(10, 14).map((one) => ({ text: one.number, of: [one] }))
  await checkPalette(run, kind === 'payments' ? 'payment' : 'invoice', all.filter(reach), numbered)
  const answer = await calls.list({ limit: 200 }).catch((error: { code: string }) => error.code)
  checks.scan(world, person, kind, answer)
  if (typeof answer === 'string') {
    checks.same(kind, answer, may ? 'answered' : 'FORBIDDEN', about)
    return
  }
  const got = new Set(answer.rows.map((row) => row.id as string))
  for (const paper of all) {
    checks.same(kind, got.has(paper.id), reach(paper), `${about} ${paper.number}`)
    const one = await calls.get({ id: paper.id as never }).catch((error: { code: string }) => error.code)
    checks.same(`${kind} get`, typeof one === 'object', reach(paper), `${about} ${paper.number}`)
  }
  const sums = await calls.sums({ selection: { which: {}, except: [] }, sums: [{ field: 'amountFen', sum: 'sum' }] })
  const mine = all.filter(reach)
  checks.same(`${kind} sums`, sums[0]?.value, mine.length === 0 ? null : mine.reduce((sum, one) => sum + one.amount, 0), about)
}
