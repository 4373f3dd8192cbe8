import { expect } from 'vitest'
import { quantityOf } from '../../../src-shared/kernel/documents/units.ts'
import type { Act, Line } from './acts.ts'
import {
  daysOn,
  invoicedFor,
  keptFor,
  linesFen,
  type Model,
  type Order,
  pick,
  seen,
  takes,
  today,
  type Took,
  totalOf,
  type World,
  written,
} from './model.ts'
import { askedBy, askFor, freeOf, keptOf, leaveQueue, sendOut } from './stock.ts'

type OfOrder = Extract<Act, { do: 'confirm' | 'cancel' | 'drop' }>
type Of<Do extends Act['do']> = Extract<Act, { do: Do }>
const running = ({ gone, status }: Order): boolean => !gone && status !== 'cancelled'
const byName = (a: { name: string | undefined }, b: { name: string | undefined }): number =>
  String(a.name).localeCompare(String(b.name))

export const fresh = (id: never, lines: readonly Line[], discountFen: number, quote: number | null = null): Order => ({
  id,
  status: 'draft',
  lines,
  discountFen,
  plans: [],
  quote,
  gone: false,
})
/** So many thousandths of what lines come to, as a discount of the whole. */
export const discountOf = (lines: readonly Line[], mille: number): number => Math.round((linesFen(lines) * mille) / 1000)

export async function order(world: World, model: Model, { lines, mille }: Of<'order'>): Promise<Took> {
  const { client, customerId } = world
  const discountFen = discountOf(lines, mille)
  const name = `订单${model.orders.length}`
  const call = client.orders.create({ name, customerId, lines: written(world, lines), discountFen })
  const made = await takes(call, [discountFen > linesFen(lines) && 'discountAboveLines'])
  if (made) model.orders.push(fresh(made.id as never, lines, discountFen))
  return Number(made !== null)
}

/** An order of what was agreed on: an accepted quote, or a won opportunity. */
export async function orderOf(world: World, model: Model, { from, n }: Of<'orderOf'>): Promise<Took> {
  const { client, stages } = world
  if (from === 'quote') {
    const at = pick(model.quotes, n)
    const quote = model.quotes[at ?? -1]
    if (!quote) return null
    const ordered = model.orders.some((one) => one.quote === at && !one.gone)
    const made = await takes(client.orders.fromQuote({ quoteId: quote.id }), [
      quote.state !== 'accepted' && 'quoteNotAccepted',
      ordered && 'quoteOrdered',
    ])
    if (made) model.orders.push(fresh(made.id as never, quote.lines, quote.discountFen, at))
    return Number(made !== null)
  }
  const deal = model.deals[pick(model.deals, n) ?? -1]
  if (!deal) return null
  const won = stages[deal.stage]?.kind === 'won'
  const made = await takes(client.orders.fromOpportunity({ opportunityId: deal.id }), [!won && 'opportunityNotWon'])
  if (!made) return 0
  const { amount } = deal
  const whole = amount === null || amount === 0 ? [] : [{ thing: null, units: 10_000, priceFen: amount, discount: '0' }]
  const off = amount === null ? 0 : Math.max(0, linesFen(deal.lines) - amount)
  model.orders.push(deal.lines.length > 0 ? fresh(made.id as never, deal.lines, off) : fresh(made.id as never, whole, 0))
  return 1
}

export async function confirm(world: World, model: Model, one: OfOrder): Promise<Took> {
  const { client, things } = world
  // Mostly one that waits for it.
  const at =
    pick(model.orders, one.order, ({ gone, status }) => !gone && status === 'draft') ?? pick(model.orders, one.order, running)
  const of = model.orders[at ?? -1]
  if (at === null || !of) return null
  const call = client.orders.confirm(await seen(client.orders.get, of.id))
  const confirmed = await takes(call, [of.status !== 'draft' && 'statusNotNext', of.lines.length === 0 && 'linesMissing'])
  if (!confirmed) return 0
  of.status = 'confirmed'
  const wanted = askedBy(world, of.lines)
  askFor(model, at, wanted)
  const lacks = wanted.flatMap((want, n) => {
    const short = want - keptOf(model, at, n)
    return short > 0 ? [{ name: things[n]?.name, quantity: quantityOf(short) }] : []
  })
  const told = (confirmed.shortage?.lines ?? []).map(({ name, quantity }) => ({ name, quantity }))
  expect(told.toSorted(byName)).toEqual(lacks.toSorted(byName))
  return 1
}

export async function deliver(world: World, model: Model, { order: n, beyond }: Of<'deliver'>): Promise<Took> {
  const { client } = world
  const at = pick(model.orders, n, ({ gone, status }) => !gone && status === 'confirmed')
  const of = model.orders[at ?? -1]
  if (at === null || !of) return null
  const wanted = askedBy(world, of.lines)
  const short = wanted.some((want, thing) => want > keptOf(model, at, thing) + freeOf(model, thing))
  const call = client.orders.deliver({
    ...(await seen(client.orders.get, of.id)),
    ...(beyond && { beyond, stockReason: '客户急' }),
  })
  if (!(await takes(call, [short && !beyond && 'notEnough']))) return 0
  sendOut(model, wanted)
  leaveQueue(model, at)
  of.status = 'delivered'
  return 1
}

export async function amend(world: World, model: Model, one: Of<'amend'>): Promise<Took> {
  const { client } = world
  const at = pick(model.orders, one.order, running)
  const of = model.orders[at ?? -1]
  if (at === null || !of) return null
  const discountFen = discountOf(one.lines, one.mille)
  const total = linesFen(one.lines) - discountFen
  const [before, wanted] = [askedBy(world, of.lines), askedBy(world, one.lines)]
  const short = of.status === 'delivered' && wanted.some((want, n) => want - (before[n] ?? 0) > freeOf(model, n))
  const same = JSON.stringify([of.lines, of.discountFen]) === JSON.stringify([one.lines, discountFen])
  const call = client.orders.setLines({
    ...(await seen(client.orders.get, of.id)),
    lines: written(world, one.lines),
    discountFen,
  })
  const taken = await takes(call, [
    discountFen > linesFen(one.lines) && 'discountAboveLines',
    total < keptFor(model, at) && 'totalBelowReceived',
    total < invoicedFor(model, at) && 'totalBelowInvoiced',
    short && 'notEnough',
  ])
  if (!taken || same) return 0
  if (of.status === 'delivered')
    sendOut(
      model,
      wanted.map((want, n) => want - (before[n] ?? 0)),
    )
  else if (of.status === 'confirmed') askFor(model, at, wanted)
  of.lines = one.lines
  of.discountFen = discountFen
  return 1
}

export async function cancel(world: World, model: Model, one: OfOrder): Promise<Took> {
  const { client } = world
  const at = pick(model.orders, one.order, ({ gone }) => !gone)
  const of = model.orders[at ?? -1]
  if (at === null || !of) return null
  const call = client.orders.cancel(await seen(client.orders.get, of.id))
  const taken = await takes(call, [
    of.status === 'cancelled' && 'statusNotNext',
    keptFor(model, at) !== 0 && 'moneyAllocated',
    invoicedFor(model, at) !== 0 && 'invoiceLiving',
  ])
  if (!taken) return 0
  if (of.status === 'delivered') sendOut(model, askedBy(world, of.lines), -1)
  leaveQueue(model, at)
  of.status = 'cancelled'
  return 1
}

/** Into the recycle bin, unless money, an invoice or goods stand for it. */
export async function drop({ client, things }: World, model: Model, one: OfOrder): Promise<Took> {
  const at = pick(model.orders, one.order, ({ gone }) => !gone)
  const of = model.orders[at ?? -1]
  if (at === null || !of) return null
  const out = of.status === 'delivered' && of.lines.some(({ thing }) => thing !== null && things[thing] !== undefined)
  const stays = keptFor(model, at) !== 0 || invoicedFor(model, at) !== 0 || out
  const { changed } = await client.orders.removeMany({ selection: { ids: [of.id] } })
  expect(changed).toBe(stays ? 0 : 1)
  if (stays) return 0
  leaveQueue(model, at)
  of.gone = true
  return 1
}

/** The whole plan anew: some of what stands, one perhaps called off, and others. */
export async function plan(world: World, model: Model, one: Of<'plan'>): Promise<Took> {
  const { client } = world
  const at = pick(model.orders, one.order, running)
  const of = model.orders[at ?? -1]
  if (at === null || !of) return null
  const stood = of.plans
  const kept = stood
    .filter((_, n) => one.kept[n] ?? true)
    .map((each, n) => ({ ...each, isVoid: each.isVoid || n === one.isVoid }))
  const more = one.more.map(({ mille, days }) => ({
    id: undefined,
    dueOn: daysOn(today(world), days),
    fen: Math.max(1, Math.round((totalOf(of) * mille) / 1000)),
    isVoid: false,
  }))
  const wanted = [...kept, ...more]
  const lost = stood.some((each) => keptFor(model, at, each.id) > 0 && !kept.some(({ id, isVoid }) => id === each.id && !isVoid))
  const same = more.length === 0 && JSON.stringify(kept) === JSON.stringify(stood)
  const plans = wanted.map(({ id, dueOn, fen, isVoid }) => ({ ...(id && { id: id as never }), dueOn, amountFen: fen, isVoid }))
  const call = client.orders.setPlans({ ...(await seen(client.orders.get, of.id)), plans })
  if (!(await takes(call, [lost && 'planReceived'])) || same) return 0
  const stands = (await client.orders.parts({ id: of.id })).plans
  expect(stands).toHaveLength(wanted.length)
  of.plans = wanted.map(({ dueOn, fen, isVoid }, n) => ({ id: String(stands[n]?.id), dueOn, fen, isVoid }))
  return 1
}

/** How a plan stands, by hand. */
function stateOf(received: number, { fen, dueOn, isVoid }: Order['plans'][number], day: string): string {
  if (isVoid) return 'void'
  if (received >= fen) return 'done'
  if (dueOn < day) return 'overdue'
  return received > 0 ? 'partial' : 'pending'
}

/** Orders come to what the model says, are paid and invoiced as it says, and their plans follow. */
export async function ordersAgree(world: World, model: Model): Promise<void> {
  const { client } = world
  const day = today(world)
  const { rows } = await client.orders.list({ limit: 200 })
  const living = model.orders.flatMap((one, at) => (one.gone ? [] : [{ one, at }]))
  expect(rows).toHaveLength(living.length)
  let [total, kept, due] = [0, 0, 0]
  for (const { one, at } of living) {
    const row = rows.find(({ id }) => id === one.id)
    const [sum, money, paper] = [totalOf(one), keptFor(model, at), invoicedFor(model, at)]
    const [owed, agreed] = [
      one.status === 'cancelled' ? 0 : sum - money,
      one.status === 'confirmed' || one.status === 'delivered',
    ]
    expect({ ...row, keptFen: (row?.receivedFen ?? 0) - (row?.refundedFen ?? 0) }).toMatchObject({
      status: one.status,
      linesFen: linesFen(one.lines),
      discountFen: one.discountFen,
      totalFen: sum,
      keptFen: money,
      dueFen: owed,
      invoicedFen: paper,
      uninvoicedFen: agreed ? sum - paper : 0,
    })
    if (agreed) [total, kept, due] = [total + sum, kept + money, due + owed]
    if (one.plans.length === 0) continue
    const { plans } = await client.orders.parts({ id: one.id })
    expect(plans.map(({ amountFen, receivedFen, state }) => ({ amountFen, receivedFen, state }))).toEqual(
      one.plans.map((each) => {
        const received = keptFor(model, at, each.id)
        return { amountFen: each.fen, receivedFen: received, state: stateOf(received, each, day) }
      }),
    )
  }
  const strip = await client.orders.moneyOf({ customerId: world.customerId })
  expect([strip.totalFen, strip.receivedFen, strip.dueFen]).toEqual([total, kept, due])
}
