/**
 * Ten people work on one host over HTTP, each in a session of his own: searches, lists, records, follow-ups, the same record's same and
 * other fields, stages, orders of the same goods, payments, undo. Then the host is stopped and every promise is looked for on the disk.
 * `--users 10 --seconds 600 --think 250 --customers 5000`; without `--seconds` a minute, in the long forms ten.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { DATABASE_FILE } from '../../src-main/kernel/database.ts'
import { startHost, verb } from '../e2e/support/host.ts'
import { randomFrom } from '../support/factories.ts'
import { baseFolder, LOGIN } from './support/base.ts'
import { checkPromises, checkStock } from './support/deskChecks.ts'
import { Desk, type Timed } from './support/desk.ts'
import { type Shared, WORK, type Worker } from './support/deskWork.ts'
import { percentile, Report, rounded, wholeOption } from './support/figures.ts'

const LIMIT_MS = 100
const users = wholeOption('users', 10)
const seconds = wholeOption('seconds', process.env['KEZHAN_LONG'] === '1' ? 600 : 60)
/** Milliseconds between two things that somebody does, in the middle. */
const think = wholeOption('think', 250)
const report = new Report('users10')
const base = await baseFolder(wholeOption('customers', 5_000), report)

const day = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
const PASSWORD = 'seven cranes over water'
const GIVEN = 'given by the administrator'

/** A group of people with accounts, half of what they share owned by one, half by the other of the two who sell. */
async function hire(admin: Desk, url: string): Promise<{ desks: Desk[]; owners: string[] }> {
  const { client } = admin
  const root = (await client.people.departments({})).find(({ parentId }) => parentId === null)
  const group = await client.people.createDepartment({ name: `十人组${Date.now()}`, parentId: root?.id as never })
  const roles = await client.people.roles({})
  const role = (builtin: string) => roles.find((one) => one.builtin === builtin)?.id as never
  const desks: Desk[] = []
  const owners: string[] = []
  for (let n = 0; n < users; n++) {
    const sells = n % 5 === 0
    const made = await client.people.createEmployee({ name: `员工${n}`, departmentId: group.id })
    if (sells) owners.push(made.id)
    const login = `desk-${n}`
    const roleIds = [role(sells ? 'sales' : 'salesManager'), role('finance')]
    await client.people.createUser({ employeeId: made.id, login, password: GIVEN, roleIds })
    const desk = new Desk(url, login)
    await desk.client.session.login({ login, password: GIVEN })
    await desk.client.session.changePassword({ current: GIVEN, next: PASSWORD })
    desks.push(desk)
  }
  return { desks, owners }
}

async function share({ client }: Desk, owners: readonly string[]): Promise<Shared> {
  const stamp = Date.now()
  const ownerOf = (n: number) => owners[n % owners.length] ?? null
  const customers = []
  for (let n = 0; n < 5; n++)
    customers.push(await client.customers.create({ name: `共用客户${stamp}-${n}`, ownerId: ownerOf(n) }))
  const deals = []
  for (const [n, { id: customerId, ownerId }] of customers.entries())
    deals.push(await client.opportunities.create({ name: `共用商机${n}`, customerId, ownerId, amount: 100_000 }))
  const [home] = await client.stock.warehouses({})
  const ledger: Shared['ledger'] = new Map()
  const products = []
  for (let n = 0; n < 3; n++) {
    const product = await client.products.create({ name: `共用货品${stamp}-${n}`, stocked: true, status: 'onSale' })
    const lines = [{ productId: product.id, quantity: '100' }]
    await client.stock.move({ kind: 'in', warehouseId: home?.id as never, toId: null, lines })
    ledger.set(product.id, { onHand: 100, demand: 0 })
    products.push({ id: product.id as never, name: product.name })
  }
  const [pipeline] = await client.pipelines.list({})
  const seeded = (await client.customers.list({ limit: 40 })).rows
  return {
    customers: customers.map(({ id, name }) => ({ id: id as never, name })),
    deals: deals.map(({ id }) => ({ id: id as never })),
    pipelineId: pipeline?.id as never,
    stages: (pipeline?.stages ?? []).map(({ id, kind }) => ({ id: id as never, kind })),
    products,
    warehouseId: home?.id as never,
    words: seeded.flatMap(({ name }) => [name.slice(0, 2), name.slice(2, 5)]),
    ledger,
  }
}

async function workOn(worker: Worker, until: number): Promise<void> {
  const { random } = worker
  while (performance.now() < until) {
    await random.pick(WORK)(worker)
    await sleep(think * (0.5 + random.next()))
  }
}

const byCall = (timed: readonly Timed[]) =>
  [...Map.groupBy(timed, ({ what }) => what)].map(([what, ones]) => {
    const times = ones.map(({ ms }) => ms)
    return {
      what,
      calls: ones.length,
      p50: rounded(percentile(times, 0.5)),
      p95: rounded(percentile(times, 0.95)),
      most: rounded(Math.max(...times)),
    }
  })

const folder = mkdtempSync(join(tmpdir(), 'kezhan-users-'))
cpSync(base, folder, { recursive: true })
try {
  const host = await startHost(folder)
  const admin = new Desk(host.url, 'admin')
  await admin.client.session.login(LOGIN)
  const { desks, owners } = await hire(admin, host.url)
  const shared = await share(admin, owners)
  const until = performance.now() + seconds * 1000
  await Promise.all(
    desks.map((desk, n) => workOn({ desk, random: randomFrom(n + 1), shared, orders: [], today: day, pause: sleep }, until)),
  )
  await host.stop()

  const timed = desks.flatMap((desk) => desk.timed)
  const times = timed.map(({ ms }) => ms)
  for (const figure of byCall(timed).toSorted((a, b) => b.p95 - a.p95)) report.note(figure)
  const refused = timed.flatMap((one) => one.refused ?? [])
  const byReason = [...Map.groupBy(refused, (reason) => reason)].map(([reason, ones]) => [reason, ones.length])
  report.note({ refusals: Object.fromEntries(byReason) })
  const p95 = percentile(times, 0.95)
  report.line({
    case: `${users} users, ${seconds} s`,
    calls: timed.length,
    perSecond: rounded(timed.length / seconds),
    p50: rounded(percentile(times, 0.5)),
    p95: rounded(p95),
    p99: rounded(percentile(times, 0.99)),
    ok: p95 <= LIMIT_MS,
  })
  const acknowledged = desks.flatMap((desk) => desk.acknowledged)
  const file = join(folder, DATABASE_FILE)
  const { lost, faults } = checkPromises(file, acknowledged)
  for (const one of [...lost, ...faults].slice(0, 20)) report.note({ fault: one })
  report.line({ case: 'lost updates', acknowledged: acknowledged.length, lost: lost.length, ok: lost.length === 0 })
  const wrong = checkStock(file, shared.ledger)
  for (const one of wrong) report.note({ fault: one })
  report.line({
    case: 'stock and money',
    things: shared.ledger.size,
    wrong: wrong.length + faults.length,
    ok: wrong.length + faults.length === 0,
  })
  const { code, complained } = await verb(['doctor', '--data', folder])
  report.line({ case: 'doctor', said: complained.trim(), ok: code === 0 })
} finally {
  rmSync(folder, { recursive: true, force: true })
}
report.end()
