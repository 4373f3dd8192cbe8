import { expect } from 'vitest'
import { counts, type Deal as NaiveDeal, type NaiveAsked } from '../naiveFunnel.ts'
import type { Act } from './acts.ts'
import {
  type Deal,
  dayAt,
  daysOn,
  linesFen,
  type Model,
  pick,
  type Quote,
  quoted,
  seen,
  takes,
  type Took,
  today,
  type World,
  written,
} from './model.ts'
import { discountOf } from './orders.ts'

type Of<Do extends Act['do']> = Extract<Act, { do: Do }>

export async function deal({ client, customerId }: World, model: Model, { amount }: Of<'deal'>): Promise<Took> {
  const made = await client.opportunities.create({ name: `商机${model.deals.length}`, customerId, amount })
  model.deals.push({
    id: made.id as never,
    stage: 0,
    stays: [{ stage: 0, from: made.createdAt, to: null }],
    amount,
    byHand: amount !== null,
    lines: [],
    createdAt: made.createdAt,
    closedOn: null,
    reason: false,
  })
  return 1
}

export async function move(world: World, model: Model, one: Of<'move'>): Promise<Took> {
  const { client, stages, reasonId } = world
  const of = model.deals[pick(model.deals, one.deal) ?? -1]
  const to = one.stage < 0 ? stages.length + one.stage : one.stage % stages.length
  const stage = stages[to]
  if (!of || !stage) return null
  const call = client.opportunities.move({
    ...(await seen(client.opportunities.get, of.id)),
    stageId: stage.id,
    ...(one.amount !== null && { values: { amount: one.amount } }),
    ...(stage.kind === 'lost' && one.reason && { lost: { reasonId } }),
  })
  // Who goes on passes over what lies between; who comes back from a loss begins anew.
  const from = stages[of.stage]?.kind === 'lost' ? -1 : of.stage
  const way = stages.filter((passed, n) => n === to || (stage.kind !== 'lost' && passed.kind === 'open' && n > from && n < to))
  const lacks = way.some(({ required }) => required.includes('amount')) && (one.amount ?? of.amount) === null
  const moved = await takes(call, [
    to === of.stage && 'sameStage',
    lacks && 'fieldsMissing',
    stage.kind === 'lost' && !one.reason && 'reasonMissing',
  ])
  if (!moved) return 0
  const at = String(moved.stageEnteredAt)
  const last = of.stays.at(-1)
  if (last) last.to = at
  of.stays.push({ stage: to, from: at, to: null })
  Object.assign(of, { stage: to, closedOn: stage.kind === 'open' ? null : dayAt(at), reason: stage.kind === 'lost' })
  if (one.amount !== null) Object.assign(of, { amount: one.amount, byHand: true })
  return 1
}

export async function dealLines(world: World, model: Model, { deal: n, lines, byHand }: Of<'dealLines'>): Promise<Took> {
  const { client } = world
  const of = model.deals[pick(model.deals, n) ?? -1]
  if (!of) return null
  const before = await seen(client.opportunities.get, of.id)
  await client.opportunities.setLines({ ...before, lines: written(world, lines), ...(byHand !== null && { byHand }) })
  const isByHand = lines.length > 0 && (byHand ?? (of.byHand && of.lines.length > 0))
  const isSame = lines.length === 0 && of.lines.length === 0 && !of.byHand
  if (lines.length > 0 && !isByHand) of.amount = linesFen(lines)
  of.byHand = isByHand
  of.lines = lines
  return Number(!isSame)
}

const VALID_DAYS = 30
export async function quote(world: World, model: Model, one: Of<'quote'>): Promise<Took> {
  const { client, customerId } = world
  const discountFen = discountOf(one.lines, one.mille)
  const of = one.deal === null ? null : pick(model.deals, one.deal)
  const from = of === null ? { name: '报价', customerId } : { opportunityId: model.deals[of]?.id as never }
  const call = client.quotes.create({ ...from, lines: quoted(world, one.lines), discountFen })
  const made = await takes(call, [discountFen > linesFen(one.lines) && 'discountAboveLines'])
  if (made) model.quotes.push(draft(world, made.id as never, one.lines, discountFen))
  return Number(made !== null)
}
const draft = (world: World, id: never, lines: Quote['lines'], discountFen: number): Quote => ({
  id,
  lines,
  discountFen,
  state: 'draft',
  superseded: false,
  validUntil: daysOn(today(world), VALID_DAYS),
})

/** Why what the customer reads of a quote may not change. */
const notDraft = ({ superseded, state }: Quote): (string | false)[] => [
  superseded && 'superseded',
  state === 'pending' && 'pendingApproval',
  state !== 'draft' && 'notDraft',
]

export async function quoteLines(world: World, model: Model, one: Of<'quoteLines'>): Promise<Took> {
  const { client } = world
  const of = model.quotes[pick(model.quotes, one.quote) ?? -1]
  if (!of) return null
  const discountFen = discountOf(one.lines, one.mille)
  const call = client.quotes.setLines({ ...(await seen(client.quotes.get, of.id)), lines: quoted(world, one.lines), discountFen })
  const same = JSON.stringify([of.lines, of.discountFen]) === JSON.stringify([one.lines, discountFen])
  const taken = await takes(call, [...notDraft(of), discountFen > linesFen(one.lines) && 'discountAboveLines'])
  if (!taken) return 0
  Object.assign(of, { lines: one.lines, discountFen })
  return Number(!same)
}

export async function quoteStep(world: World, model: Model, { quote: n, to: wanted }: Of<'quoteStep'>): Promise<Took> {
  const { client } = world
  const of = model.quotes[pick(model.quotes, n) ?? -1]
  if (!of) return null
  const one = await seen(client.quotes.get, of.id)
  const { superseded, state, validUntil } = of
  const past = validUntil < today(world)
  const needed = state === 'draft' && (await client.quotes.content({ id: of.id })).need !== null
  const ahead = needed || state === 'pending' ? 'submit' : state === 'sent' ? 'accept' : 'send'
  const to = wanted === 'next' ? ahead : wanted
  if (to === 'renew') {
    const made = await takes(client.quotes.newVersion(one), [
      superseded && 'superseded',
      state === 'pending' && 'pendingApproval',
      state === 'accepted' && 'alreadyAccepted',
    ])
    if (!made) return 0
    of.superseded = true
    model.quotes.push(draft(world, made.id as never, of.lines, of.discountFen))
    return 1
  }
  if (to === 'submit' && state === 'pending') {
    const [asked] = await client.approvals.ofRecord({ subject: 'quote', id: of.id })
    await client.approvals.approve({ id: asked?.id as never, version: asked?.version ?? 0 })
    of.state = 'approved'
    return 1
  }
  const steps = {
    submit: () => takes(client.quotes.submit(one), [...notDraft(of), !needed && 'approvalNotNeeded']),
    send: () =>
      takes(client.quotes.send(one), [
        superseded && 'superseded',
        state === 'pending' && 'pendingApproval',
        state !== 'draft' && state !== 'approved' && 'alreadySent',
        past && 'expired',
        needed && 'approvalNeeded',
      ]),
    accept: () =>
      takes(client.quotes.accept(one), [superseded && 'superseded', state !== 'sent' && 'notSent', past && 'expired']),
    reject: () => takes(client.quotes.reject(one), [superseded && 'superseded', state !== 'sent' && 'notSent']),
  }
  if (!(await steps[to]())) return 0
  of.state = ({ submit: 'pending', send: 'sent', accept: 'accepted', reject: 'rejected' } as const)[to]
  return 1
}

/** Opportunities stand where the model says, have passed what it says, and quotes come to what it says. */
export async function dealsAgree({ client, stages }: World, model: Model): Promise<void> {
  const { rows } = await client.opportunities.list({ limit: 200 })
  expect(rows).toHaveLength(model.deals.length)
  for (const one of model.deals) {
    const kind = stages[one.stage]?.kind
    expect(rows.find(({ id }) => id === one.id)).toMatchObject({
      stageId: stages[one.stage]?.id,
      state: kind,
      amount: one.amount,
      amountByHand: one.byHand,
      closedOn: one.closedOn,
    })
  }
  const offers = (await client.quotes.list({ limit: 200 })).rows
  for (const one of model.quotes) {
    const row = offers.find(({ id }) => id === one.id)
    if (row || !one.superseded)
      expect(row).toMatchObject({ linesFen: linesFen(one.lines), totalFen: linesFen(one.lines) - one.discountFen })
  }
}

/** Every time in a stage stands there, and the funnel counts them as somebody does who goes through them one by one. */
export async function funnelAgrees(world: World, model: Model, from: string): Promise<void> {
  const { client, stages, pipelineId } = world
  for (const one of model.deals) {
    const stays = await client.opportunities.stages({ id: one.id })
    expect(stays.map(({ stageId, leftAt }) => [stageId, leftAt]).toReversed()).toEqual(
      one.stays.map(({ stage, to }) => [stages[stage]?.id, to]),
    )
  }
  const steps = stages.filter(({ kind }) => kind !== 'lost')
  const deals = model.deals.map((one) => naive(world, one))
  for (const by of ['cohort', 'passage'] as const) {
    const asked: NaiveAsked = { by, from, to: today(world), last: steps.length - 1, zone: 'Asia/Shanghai' }
    const funnel = await client.reports.funnel({ by, from: asked.from as never, to: asked.to as never, pipeline: pipelineId })
    const number = (cell: Parameters<typeof counts>[1]) => {
      const found = deals.filter((one) => counts(one, cell, asked))
      return { count: found.length, amount: found.reduce((sum, { amount }) => sum + (amount ?? 0), 0) }
    }
    for (const [rank, step] of funnel.steps.entries()) {
      expect(step).toMatchObject(number({ what: 'step', rank }))
      if (rank < asked.last)
        for (const outcome of ['onward', 'lost', 'open'] as const)
          expect(step[outcome]).toEqual(number({ what: 'step', rank, outcome }))
    }
    for (const what of ['entered', 'won', 'lost'] as const) expect(funnel.figures[what]).toEqual(number({ what }))
  }
}
const naive = ({ stages, pipelineId, reasonId }: World, one: Deal): NaiveDeal => ({
  id: one.id,
  ownerId: null,
  source: null,
  pipelineId,
  state: stages[one.stage]?.kind ?? 'open',
  amount: one.amount,
  createdAt: one.createdAt,
  closedOn: one.closedOn,
  reasonId: one.reason ? reasonId : null,
  stays: one.stays.map(({ stage, from, to }) => ({ rank: stages[stage]?.kind === 'open' ? stage : null, from, to })),
})
