import { expect } from 'vitest'
import type { Act, Share } from './acts.ts'
import {
  invoicedFor,
  type Invoice,
  keptFor,
  type Model,
  openFor,
  type Order,
  type Part,
  type Payment,
  pick,
  seen,
  sumOf,
  takes,
  today,
  type Took,
  totalOf,
  type World,
} from './model.ts'

type Of<Do extends Act['do']> = Extract<Act, { do: Do }>
const living = ({ gone }: { gone: boolean }): boolean => !gone
/** Parts of the same order and plan as one. */
function merged(parts: readonly Part[]): Part[] {
  const all: Part[] = []
  for (const part of parts) {
    const same = all.find(({ order, plan }) => order === part.order && plan === part.plan)
    if (same) same.fen += part.fen
    else all.push({ ...part })
  }
  return all
}

/** Shares as sums of what is open of their orders now. */
const wantedOf = (model: Model, shares: readonly Share[]): Part[] =>
  shares.flatMap(({ order, plan, mille }) => {
    const at = pick(model.orders, order, living)
    if (at === null) return []
    const { plans } = model.orders[at] as Order
    const named = plan === null ? undefined : plans[plan % Math.max(1, plans.length)]
    return [
      { order: at, plan: named?.id ?? null, fen: Math.max(1, Math.round((Math.max(0, openFor(model, at)) * mille) / 1000)) },
    ]
  })

/** Where money goes, by hand: first what names its plan, then to the plans that are due first, the rest beside them. */
function placed(model: Model, wanted: readonly Part[]): { parts: Part[]; reasons: string[] } {
  const parts: Part[] = []
  const reasons: string[] = []
  for (const at of new Set(wanted.map(({ order }) => order))) {
    const order = model.orders[at] as Order
    const own = wanted.filter((one) => one.order === at)
    if (order.status === 'cancelled') reasons.push('orderCancelled')
    if (sumOf(own.map(({ fen }) => fen)) > openFor(model, at)) reasons.push('aboveOpen')
    const open = order.plans
      .filter(({ isVoid }) => !isVoid)
      .map((plan) => ({ ...plan, open: plan.fen - keptFor(model, at, plan.id) }))
    for (const { plan, fen } of own.filter((one) => one.plan !== null)) {
      const of = open.find(({ id }) => id === plan)
      if (!of) reasons.push('planElsewhere')
      else if (of.open < fen) reasons.push('planFull')
      if (of) of.open -= fen
      parts.push({ order: at, plan, fen })
    }
    for (const { fen } of own.filter((one) => one.plan === null)) {
      let left = fen
      for (const plan of open.toSorted((a, b) => a.dueOn.localeCompare(b.dueOn))) {
        const part = Math.min(left, Math.max(0, plan.open))
        if (part > 0) parts.push({ order: at, plan: plan.id, fen: part })
        plan.open -= part
        left -= part
      }
      if (left > 0) parts.push({ order: at, plan: null, fen: left })
    }
  }
  return { parts: merged(parts), reasons }
}
const inCalls = (model: Model, parts: readonly Part[]) =>
  parts.map(({ order, plan, fen }) => ({ orderId: model.orders[order]?.id as never, planId: plan as never, amountFen: fen }))

export async function pay(world: World, model: Model, { shares, more, keepRest }: Of<'pay'>): Promise<Took> {
  const { client, customerId } = world
  const wanted = wantedOf(model, shares)
  const said = sumOf(wanted.map(({ fen }) => fen))
  const fen = Math.max(1, said + more)
  const { parts, reasons } = placed(model, wanted)
  const call = client.payments.add({
    customerId,
    receivedOn: today(world) as never,
    method: 'transfer',
    amountFen: fen,
    allocations: inCalls(model, wanted),
    keepRest,
  })
  const made = await takes(call, [...reasons, said > fen && 'aboveAmount', said < fen && !keepRest && 'restUnsaid'])
  if (made) model.payments.push({ id: made.id as never, fen, parts, refunds: [], gone: false })
  return Number(made !== null)
}

/** What of a payment stands for which place once its refunds are taken off, in the order in which it was said. */
const standing = ({ parts, refunds }: Payment): Part[] =>
  merged([...parts, ...refunds.filter(living).flatMap((back) => back.parts)])
const restOf = (payment: Payment): number =>
  payment.fen - sumOf(payment.refunds.filter(living).map(({ fen }) => fen)) - sumOf(standing(payment).map(({ fen }) => fen))

export async function allocate(world: World, model: Model, one: Of<'allocate'>): Promise<Took> {
  const { client } = world
  const at = pick(model.payments, one.payment, living)
  const payment = model.payments[at ?? -1]
  if (!payment) return null
  const wanted = wantedOf(model, one.shares)
  const before = payment.parts
  payment.parts = []
  const { parts, reasons } = placed(model, wanted)
  payment.parts = parts
  const call = client.payments.allocate({ ...(await seen(client.payments.get, payment.id)), allocations: inCalls(model, wanted) })
  const taken = await takes(call, [
    ...reasons,
    standing(payment).some(({ fen }) => fen < 0) && 'belowRefunded',
    restOf(payment) < 0 && 'aboveAmount',
  ])
  if (!taken) payment.parts = before
  return Number(taken !== null && (before.length > 0 || parts.length > 0))
}

export async function refund(world: World, model: Model, one: Of<'refund'>): Promise<Took> {
  const { client } = world
  const payment = model.payments[pick(model.payments, one.payment, living) ?? -1]
  if (!payment) return null
  const order = one.order === null ? null : pick(model.orders, one.order, living)
  const stands = standing(payment).filter(({ fen }) => fen > 0)
  const rest = restOf(payment)
  const amountFen = Math.max(1, Math.round(((sumOf(stands.map(({ fen }) => fen)) + rest) * one.mille) / 1000))
  let left = amountFen - (order === null ? Math.min(amountFen, Math.max(0, rest)) : 0)
  const parts: Part[] = []
  for (const each of stands.filter((part) => order === null || part.order === order).toReversed()) {
    const part = Math.min(left, each.fen)
    if (part > 0) parts.push({ ...each, fen: -part })
    left -= part
  }
  const call = client.payments.refund({
    paymentId: payment.id,
    receivedOn: today(world) as never,
    method: 'transfer',
    amountFen,
    orderId: order === null ? null : (model.orders[order]?.id as never),
  })
  const made = await takes(call, [left > 0 && 'aboveReceived'])
  if (made) payment.refunds.push({ id: made.id as never, fen: amountFen, parts, gone: false })
  return Number(made !== null)
}

/** Into the recycle bin: a payment nothing was given back of, or a refund whose money is not taken up meanwhile. */
export async function takePayment({ client }: World, model: Model, one: Of<'takePayment'>): Promise<Took> {
  const payment = model.payments[pick(model.payments, one.payment, living) ?? -1]
  if (!payment) return null
  const back = one.refund === null ? null : payment.refunds[pick(payment.refunds, one.refund, living) ?? -1]
  const goes = back ?? payment
  goes.gone = true
  const without = back
    ? [...new Set(back.parts.map(({ order }) => order))].flatMap((at) => [
        (model.orders[at] as Order).status === 'cancelled' && 'orderCancelled',
        (openFor(model, at) < 0 || (model.orders[at] as Order).plans.some(({ id, fen }) => keptFor(model, at, id) > fen)) &&
          'aboveOpen',
      ])
    : [payment.refunds.some(living) && 'hasRefunds']
  const taken = await takes(client.payments.removeMany({ selection: { ids: [goes.id] } }), without)
  if (!taken) goes.gone = false
  return Number(taken !== null)
}

const openPaper = (model: Model, at: number, but?: Invoice): number =>
  totalOf(model.orders[at] as Order) - invoicedFor(model, at, but)
const refusals = (model: Model, lines: Invoice['lines'], but?: Invoice): (string | false)[] =>
  lines.flatMap(({ order, fen }) => {
    const { status } = model.orders[order] as Order
    return [
      status === 'cancelled' && 'orderCancelled',
      status === 'draft' && 'orderDraft',
      fen > openPaper(model, order, but) && 'aboveOpen',
    ]
  })

export async function invoice(world: World, model: Model, { shares }: Of<'invoice'>): Promise<Took> {
  const { client, customerId, profileId } = world
  const lines: Invoice['lines'] = []
  for (const { order, mille } of shares) {
    const at = pick(model.orders, order, living)
    if (at === null || lines.some((line) => line.order === at)) continue
    lines.push({ order: at, fen: Math.max(1, Math.round((openPaper(model, at) * mille) / 1000)) })
  }
  if (lines.length === 0) return null
  const told = lines.map(({ order, fen }) => ({ orderId: model.orders[order]?.id as never, amountFen: fen }))
  const made = await takes(
    client.invoices.request({ customerId, profileId, kind: 'eGeneral', lines: told }),
    refusals(model, lines),
  )
  if (made) model.invoices.push({ id: made.id as never, status: 'requested', lines, gone: false })
  return Number(made !== null)
}

let papers = 0
const NEXT = { issue: ['requested'], post: ['issued'], void: ['requested', 'issued', 'posted'] } as const
const BECOMES = { issue: 'issued', post: 'posted', void: 'void' } as const
export async function invoiceStep(world: World, model: Model, { invoice: n, to, mille }: Of<'invoiceStep'>): Promise<Took> {
  const { client } = world
  const paper = model.invoices[pick(model.invoices, n, living) ?? -1]
  if (!paper) return null
  const one = await seen(client.invoices.get, paper.id)
  if (to === 'remove') {
    const out =
      ['issued', 'posted'].includes(paper.status) || (await client.invoices.get({ id: paper.id })).officialNumber !== null
    paper.gone = (await takes(client.invoices.removeMany({ selection: { ids: [paper.id] } }), [out && 'issuedStays'])) !== null
    return Number(paper.gone)
  }
  if (to === 'edit') {
    const at = paper.lines[0]?.order ?? 0
    const lines = [{ order: at, fen: Math.max(1, Math.round((openPaper(model, at, paper) * mille) / 1000)) }]
    const told = lines.map(({ order, fen }) => ({ orderId: model.orders[order]?.id as never, amountFen: fen }))
    const same = JSON.stringify(lines) === JSON.stringify(paper.lines)
    const isAsked = paper.status === 'requested'
    const wrote = await takes(
      client.invoices.edit({ ...one, values: { lines: told } }),
      isAsked ? refusals(model, lines, paper) : ['notRequested'],
    )
    if (wrote) paper.lines = lines
    return Number(wrote !== null && !same)
  }
  const call =
    to === 'issue'
      ? client.invoices.issue({ ...one, officialNumber: `P${++papers}` })
      : to === 'post'
        ? client.invoices.post(one)
        : client.invoices.void({ ...one, reason: '开错' })
  const taken = await takes(call, [!(NEXT[to] as readonly string[]).includes(paper.status) && 'statusNotNext'])
  if (taken) paper.status = BECOMES[to]
  return Number(taken !== null)
}

/** Payments, refunds and invoices stand for what the model says. */
export async function moneyAgrees({ client }: World, model: Model): Promise<void> {
  const money = (await client.payments.list({ limit: 200 })).rows
  const ones = model.payments.filter(living)
  const backs = ones.flatMap(({ refunds }) => refunds.filter(living))
  expect(money).toHaveLength(ones.length + backs.length)
  for (const one of ones)
    expect(money.find(({ id }) => id === one.id)).toMatchObject({
      kind: 'payment',
      amountFen: one.fen,
      allocatedFen: sumOf(one.parts.map(({ fen }) => fen)),
      restFen: restOf(one),
    })
  for (const back of backs) expect(money.find(({ id }) => id === back.id)).toMatchObject({ kind: 'refund', amountFen: back.fen })
  const papersThere = (await client.invoices.list({ limit: 200 })).rows
  const living_ = model.invoices.filter(living)
  expect(papersThere).toHaveLength(living_.length)
  for (const one of living_)
    expect(papersThere.find(({ id }) => id === one.id)).toMatchObject({
      status: one.status,
      amountFen: sumOf(one.lines.map(({ fen }) => fen)),
    })
}
