import fc from 'fast-check'
import { expect } from 'vitest'
import { tableDigests, wholeDigest } from '../../src-main/kernel/digest.ts'
import { quantityOf, unitsOf } from '../../src-shared/kernel/documents/units.ts'
import type { Client } from './backend.ts'
import { failureOf, type Office, openOffice } from './factories.ts'
import { stockFaults } from './stockFaults.ts'

/** What may be done to stock, orders and purchases; numbers choose among what is there. */
type Act =
  | { do: 'in' | 'out' | 'count'; thing: number; units: number; beyond: boolean }
  | { do: 'transfer'; thing: number; units: number; back: boolean }
  | { do: 'order'; asks: readonly number[] }
  | { do: 'amend'; order: number; asks: readonly number[] }
  | { do: 'deliver'; order: number; beyond: boolean }
  | { do: 'cancel'; order: number }
  | { do: 'buy'; purchase: number; units: number }
  | { do: 'undo' }

const THINGS = 2
const units = fc.integer({ min: 1, max: 60_000 })
const asks = fc
  .array(fc.integer({ min: 0, max: 40_000 }), { minLength: THINGS, maxLength: THINGS })
  .filter((some) => some.some((n) => n > 0))
const thing = fc.nat({ max: THINGS - 1 })
const some = fc.nat({ max: 9 })
const beyond = fc.integer({ min: 0, max: 4 }).map((n) => n === 0)
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('in' as const), thing, units, beyond: fc.constant(false) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('out' as const, 'count' as const), thing, units, beyond }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('transfer' as const), thing, units, back: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('order' as const), asks }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('amend' as const), order: some, asks }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('deliver' as const), order: some, beyond }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const), order: some }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('buy' as const), purchase: some, units }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('undo' as const) }) },
)

/** What is believed of the world: pieces by thing in either warehouse, and who asks for them in which order. */
type Model = {
  home: number[]
  other: number[]
  queue: { order: number; thing: number; wanted: number }[]
  status: ('confirmed' | 'delivered' | 'cancelled')[]
  asked: number[][]
}
const copy = (model: Model): Model => structuredClone(model)

const demandOf = (model: Model, at: number): number =>
  model.queue.reduce((sum, one) => sum + (one.thing === at ? one.wanted : 0), 0)
/** By hand, without a look at how the program does it: the queue is served from its front. */
function keptOf(model: Model, order: number, at: number): number {
  let left = Math.max(0, model.home[at] ?? 0)
  let kept = 0
  for (const one of model.queue) {
    if (one.thing !== at) continue
    const part = Math.min(left, one.wanted)
    left -= part
    if (one.order === order) kept += part
  }
  return kept
}
const freeOf = (model: Model, at: number): number => Math.max(0, (model.home[at] ?? 0) - demandOf(model, at))

function askFor(model: Model, order: number, wanted: readonly number[]): void {
  for (const [at, want] of wanted.entries()) {
    const own = model.queue.filter((one) => one.order === order && one.thing === at)
    let more = want - own.reduce((sum, one) => sum + one.wanted, 0)
    if (more > 0) model.queue.push({ order, thing: at, wanted: more })
    for (const one of own.toReversed()) {
      if (more >= 0) break
      const off = Math.min(one.wanted, -more)
      one.wanted -= off
      more += off
    }
  }
  model.queue = model.queue.filter((one) => one.wanted > 0)
}

type World = {
  client: Client
  raw: Office['running']['backend']['database']['raw']
  home: never
  other: never
  things: readonly { id: never; name: string }[]
  customerId: never
  orders: { id: never }[]
}
const seen = async ({ client, orders }: World, order: number) => {
  const id = orders[order]?.id as never
  return { id, version: (await client.orders.get({ id })).version }
}
const linesOf = ({ things }: World, wanted: readonly number[]) =>
  wanted.flatMap((want, at) =>
    want > 0 ? [{ productId: things[at]?.id as never, name: `货${at}`, quantity: quantityOf(want), priceFen: 100 }] : [],
  )
const refusedAs = async (call: Promise<unknown>, reason: string): Promise<void> =>
  expect((await failureOf(call)).data['reason']).toBe(reason)

type Moving = Extract<Act, { thing: number }>
/** @returns whether a command was given that took. */
async function moves(world: World, model: Model, one: Moving): Promise<boolean> {
  const { client, home, other, things } = world
  const at = one.thing
  const back = one.do === 'transfer' && one.back
  const mayGoBeyond = one.do !== 'transfer' && one.beyond
  const call = client.stock.move({
    kind: one.do,
    warehouseId: back ? other : home,
    toId: one.do === 'transfer' ? (back ? home : other) : null,
    lines: [{ productId: things[at]?.id as never, quantity: quantityOf(one.units) }],
    ...(mayGoBeyond && { beyond: true, reason: '先发后补' }),
  })
  const leaves = one.do === 'out' || one.do === 'transfer'
  const free = back ? Math.max(0, model.other[at] ?? 0) : freeOf(model, at)
  if (leaves && one.units > free && !mayGoBeyond) {
    await refusedAs(call, 'notEnough')
    return false
  }
  await call
  const from = back ? model.other : model.home
  const to = back ? model.home : model.other
  if (one.do === 'in') model.home[at] = (model.home[at] ?? 0) + one.units
  else if (one.do === 'count') model.home[at] = one.units
  else {
    from[at] = (from[at] ?? 0) - one.units
    if (one.do === 'transfer') to[at] = (to[at] ?? 0) + one.units
  }
  return true
}

async function deliver(world: World, model: Model, order: number, goBeyond: boolean): Promise<boolean> {
  const wanted = model.asked[order] ?? []
  const short = wanted.some((want, at) => want > keptOf(model, order, at) + freeOf(model, at))
  const call = world.client.orders.deliver({
    ...(await seen(world, order)),
    ...(goBeyond && { beyond: true, stockReason: '客户急' }),
  })
  if (short && !goBeyond) {
    await refusedAs(call, 'notEnough')
    return false
  }
  await call
  for (const [at, want] of wanted.entries()) model.home[at] = (model.home[at] ?? 0) - want
  model.queue = model.queue.filter((one) => one.order !== order)
  model.status[order] = 'delivered'
  return true
}

async function amend(world: World, model: Model, order: number, wanted: readonly number[]): Promise<boolean> {
  const before = model.asked[order] ?? []
  if (JSON.stringify(before) === JSON.stringify(wanted)) return false
  const call = world.client.orders.setLines({ ...(await seen(world, order)), lines: linesOf(world, wanted) })
  if (model.status[order] === 'delivered') {
    if (wanted.some((want, at) => want - (before[at] ?? 0) > freeOf(model, at))) {
      await refusedAs(call, 'notEnough')
      return false
    }
    await call
    for (const [at, want] of wanted.entries()) model.home[at] = (model.home[at] ?? 0) - (want - (before[at] ?? 0))
  } else {
    await call
    askFor(model, order, wanted)
  }
  model.asked[order] = [...wanted]
  return true
}

async function cancel(world: World, model: Model, order: number): Promise<boolean> {
  await world.client.orders.cancel(await seen(world, order))
  if (model.status[order] === 'delivered')
    for (const [at, want] of (model.asked[order] ?? []).entries()) model.home[at] = (model.home[at] ?? 0) + want
  model.queue = model.queue.filter((one) => one.order !== order)
  model.status[order] = 'cancelled'
  return true
}

/** The next step of a purchase: handed in, approved, or a part of it received. */
async function buy({ client, raw, things }: World, model: Model, one: Extract<Act, { do: 'buy' }>): Promise<boolean> {
  const open = raw
    .prepare("select id, state, version from purchase where state not in ('received', 'cancelled') order by id")
    .all() as { id: never; state: string; version: number }[]
  const purchase = open[one.purchase % Math.max(1, open.length)]
  if (!purchase) return false
  const { id, state, version } = purchase
  if (state === 'draft') await client.purchases.submit({ id, version })
  else if (state === 'pending') {
    const [asked] = await client.approvals.ofRecord({ subject: 'purchase', id })
    await client.approvals.approve({ id: asked?.id as never, version: asked?.version ?? 0 })
  } else {
    const line = (await client.purchases.parts({ id })).lines.find((each) => each.open !== '0')
    const take = Math.min(one.units, unitsOf(line?.open ?? '0'))
    const at = things.findIndex((each) => each.id === line?.productId)
    // One of an earlier sequence that is still there is none of this model's.
    if (!line || at < 0) return false
    await client.purchases.receive({ id, version, lines: [{ lineId: line.id, quantity: quantityOf(take) }] })
    model.home[at] = (model.home[at] ?? 0) + take
  }
  return true
}

async function order(world: World, model: Model, wanted: readonly number[]): Promise<number> {
  const { client, customerId, things } = world
  const number = world.orders.length
  const made = await client.orders.create({ name: `订单${number}`, customerId, lines: linesOf(world, wanted) })
  world.orders.push({ id: made.id as never })
  const confirmed = await client.orders.confirm({ id: made.id, version: made.version })
  askFor(model, number, wanted)
  model.asked[number] = [...wanted]
  model.status[number] = 'confirmed'
  const lacks = wanted.flatMap((want, at) => {
    const short = want - keptOf(model, number, at)
    return short > 0 ? [{ name: things[at]?.name, quantity: quantityOf(short) }] : []
  })
  expect((confirmed.shortage?.lines ?? []).map(({ name, quantity }) => ({ name, quantity })).toSorted(byName)).toEqual(
    lacks.toSorted(byName),
  )
  return 2
}
const byName = (a: { name: string | undefined }, b: { name: string | undefined }): number =>
  String(a.name).localeCompare(String(b.name))

/** Those orders of the model that stand as asked, by their numbers. */
const standing = (model: Model, which: readonly string[]): number[] =>
  model.status.flatMap((status, at) => (which.includes(status) ? [at] : []))

/** Gives one command, or several for an order. @returns how many took. */
async function step(world: World, model: Model, one: Exclude<Act, { do: 'undo' }>): Promise<number> {
  const pick = (which: readonly string[], n: number): number | undefined => {
    const found = standing(model, which)
    return found[n % Math.max(1, found.length)]
  }
  if ('thing' in one) return Number(await moves(world, model, one))
  if (one.do === 'order') return order(world, model, one.asks)
  if (one.do === 'buy') return Number(await buy(world, model, one))
  const at = pick(one.do === 'deliver' ? ['confirmed'] : ['confirmed', 'delivered'], one.order)
  if (at === undefined) return 0
  if (one.do === 'deliver') return Number(await deliver(world, model, at, one.beyond))
  return Number(one.do === 'cancel' ? await cancel(world, model, at) : await amend(world, model, at, one.asks))
}

/** The program says of stock what the model does, and every rule holds. */
async function agrees({ client, home, other, things, raw }: World, model: Model): Promise<void> {
  const rules = [{ field: 'productId', operator: 'in' as const, value: things.map(({ id }) => id) }]
  const { rows } = await client.stock.list({ filter: { combinator: 'and', rules } })
  const at = (warehouse: string, thingId: string) =>
    rows.find(({ productId, warehouseId }) => productId === thingId && warehouseId === warehouse)
  for (const [n, { id }] of things.entries()) {
    const onHand = model.home[n] ?? 0
    const reserved = Math.max(0, Math.min(onHand, demandOf(model, n)))
    const level = at(home, id)
    expect([level?.onHand ?? 0, level?.reserved ?? 0, level?.available ?? 0]).toEqual(
      [onHand, reserved, onHand - reserved].map((some_) => some_ / 10_000),
    )
    expect(at(other, id)?.onHand ?? 0).toBe((model.other[n] ?? 0) / 10_000)
  }
  expect(stockFaults(raw)).toEqual([])
}

type Done = { seqs: number[]; digest: string; model: Model; orders: number }
/** One sequence in a world that is empty before it and, everything taken back, after it. */
async function runSequence(office: Office, world: World, acts: readonly Act[]): Promise<void> {
  const { raw, client } = world
  const digest = () => wholeDigest(tableDigests(raw))
  const lastSeq = () => raw.prepare('select max(seq) from command').pluck().get() as number
  const begun: Model = { home: [0, 0], other: [0, 0], queue: [], status: [], asked: [] }
  let model = begun
  const done: Done[] = []
  const takeBack = async () => {
    const last = done.pop()
    if (!last) return
    for (const seq of last.seqs.toReversed()) await client.history.undo({ seq })
    expect(digest()).toBe(last.digest)
    model = last.model
    world.orders.length = last.orders
  }
  for (const one of acts) {
    if (one.do === 'undo') await takeBack()
    else {
      const before = { digest: digest(), model: copy(model), orders: world.orders.length, first: lastSeq() + 1 }
      const took = await step(world, model, one)
      const seqs = Array.from({ length: lastSeq() - before.first + 1 }, (_, n) => before.first + n)
      expect(seqs).toHaveLength(took)
      if (took > 0) done.push({ seqs, digest: before.digest, model: before.model, orders: before.orders })
      else expect(digest()).toBe(before.digest)
    }
    await agrees(world, model)
  }
  while (done.length > 0) await takeBack()
  expect(office.running.faults).toEqual([])
}

/** Random sequences over moves, orders and purchases; each is taken back whole at its end. @returns how many were run */
export async function stockSequences(many: number, seed: number): Promise<number> {
  const office = await openOffice()
  let run = 0
  try {
    const client = office.as(office.admin)
    const [home] = await client.stock.warehouses({})
    const other = await client.stock.createWarehouse({ name: '二号仓' })
    const things = []
    for (let n = 0; n < THINGS; n++) {
      const { id, name } = await client.products.create({ name: `货${n}`, stocked: true })
      things.push({ id: id as never, name })
    }
    const customer = await client.customers.create({ name: '买家' })
    const world = {
      client,
      raw: office.running.backend.database.raw,
      home: home?.id as never,
      other: other.id as never,
      things,
      customerId: customer.id as never,
    }
    const sequence = fc.array(act, { minLength: 4, maxLength: 14 })
    await fc.assert(
      fc.asyncProperty(sequence, async (acts) => {
        run++
        await runSequence(office, { ...world, orders: [] }, acts)
      }),
      { numRuns: many, seed, endOnFailure: true },
    )
  } finally {
    await office.close()
  }
  return run
}
