import fc from 'fast-check'
import { expect } from 'vitest'
import { tableDigests, wholeDigest } from '../../../src-main/kernel/digest.ts'
import { type Office, openOffice } from '../factories.ts'
import { stockFaults } from '../stockFaults.ts'
import { moneyFaults } from '../walkOrders.ts'
import { act, type Act, story, THINGS } from './acts.ts'
import { deal, dealLines, dealsAgree, funnelAgrees, move, quote, quoteLines, quoteStep } from './deals.ts'
import { type Model, nothing, today, type Took, type World } from './model.ts'
import { allocate, invoice, invoiceStep, moneyAgrees, pay, refund, takePayment } from './money.ts'
import { amend, cancel, confirm, deliver, drop, order, orderOf, ordersAgree, plan } from './orders.ts'
import { buy, moves, stockAgrees } from './stock.ts'

type Step = Exclude<Act, { do: 'undo' | 'wait' }>
type Does = { [Do in Step['do']]: (world: World, model: Model, one: Extract<Step, { do: Do }>) => Promise<Took> }
const DOES: Does = {
  in: moves,
  out: moves,
  count: moves,
  transfer: moves,
  buy,
  deal,
  move,
  dealLines,
  quote,
  quoteLines,
  quoteStep,
  order,
  orderOf,
  confirm,
  cancel,
  drop,
  deliver,
  amend,
  plan,
  pay,
  allocate,
  refund,
  takePayment,
  invoice,
  invoiceStep,
}
const step = <Do extends Step['do']>(world: World, model: Model, one: Extract<Step, { do: Do }>): Promise<Took> =>
  DOES[one.do as Do](world, model, one)

async function agrees(world: World, model: Model): Promise<void> {
  await stockAgrees(world, model)
  await ordersAgree(world, model)
  await moneyAgrees(world, model)
  await dealsAgree(world, model)
  expect([...stockFaults(world.raw), ...moneyFaults(world.raw)]).toEqual([])
}

type Done = { seqs: number[]; digest: string; model: Model }
export type Tally = { sequences: number; commands: number; refused: number; undone: number; byAct: Record<string, number> }
const DAY_MS = 86_400_000

/** One sequence in a world that is empty before it and, everything taken back, after it. */
async function runSequence(office: Office, world: World, acts: readonly Act[], tally: Tally): Promise<void> {
  const { raw, client, clock } = world
  const digest = () => wholeDigest(tableDigests(raw))
  const lastSeq = () => raw.prepare('select max(seq) from command').pluck().get() as number
  const begun = today(world)
  let model = nothing()
  const done: Done[] = []
  let stands = digest()
  const takeBack = async () => {
    const last = done.pop()
    if (!last) return
    for (const seq of last.seqs.toReversed()) {
      await client.history.undo({ seq })
      tally.undone++
    }
    stands = digest()
    expect(stands).toBe(last.digest)
    model = last.model
  }
  for (const one of acts) {
    if (one.do === 'undo') await takeBack()
    else if (one.do === 'wait') clock.move(one.days * DAY_MS)
    else {
      const before = { digest: stands, model: structuredClone(model), first: lastSeq() + 1 }
      const took = await step(world, model, one)
      const seqs = Array.from({ length: lastSeq() - before.first + 1 }, (_, n) => before.first + n)
      expect(seqs).toHaveLength(took ?? 0)
      tally.commands += took ?? 0
      tally.byAct[one.do] = (tally.byAct[one.do] ?? 0) + (took ?? 0)
      stands = digest()
      if (took) done.push({ seqs, digest: before.digest, model: before.model })
      else {
        tally.refused += took === 0 ? 1 : 0
        expect(stands).toBe(before.digest)
        expect(model).toEqual(before.model)
      }
    }
    await agrees(world, model)
  }
  await funnelAgrees(world, model, begun)
  while (done.length > 0) await takeBack()
  expect(office.running.faults).toEqual([])
}

async function openWorld(office: Office): Promise<World> {
  const client = office.as(office.admin)
  const [home] = await client.stock.warehouses({})
  const other = await client.stock.createWarehouse({ name: '二号仓' })
  const things = []
  for (let n = 0; n < THINGS; n++) {
    const { id, name } = await client.products.create({ name: `货${n}`, stocked: true })
    things.push({ id: id as never, name })
  }
  const customer = await client.customers.create({ name: '买家' })
  const profile = await client.billing.create({ customerId: customer.id, title: '买家', taxNumber: '91350100M000100Y43' })
  const [first] = await client.pipelines.list({})
  const guarded = (first?.stages ?? []).map(({ id, name, probability, rotDays }, n) => {
    return { id, name, probability, rotDays, required: n === 2 ? (['amount'] as const) : [] }
  })
  const { stages, id: pipelineId } = await client.pipelines.edit({
    id: first?.id as never,
    version: first?.version ?? 0,
    values: { name: first?.name ?? '', stages: guarded.map((one) => ({ ...one, required: [...one.required] })) },
  })
  const [reason] = await client.pipelines.reasons({})
  return {
    client,
    raw: office.running.backend.database.raw,
    clock: office.running.clock,
    home: home?.id as never,
    other: other.id as never,
    things,
    customerId: customer.id as never,
    profileId: profile.id as never,
    pipelineId: pipelineId as never,
    stages: stages.map(({ id, kind, required }) => ({ id: id as never, kind, required })),
    reasonId: reason?.id as never,
  }
}

/**
 * Random sequences of what a sales team does from the opportunity to the money, with the goods behind it, against a model that was
 * reckoned by hand: what is refused and why, what every record comes to, and that each sequence is taken back whole at its end.
 */
export async function salesSequences(many: number, seed: number): Promise<Tally> {
  const office = await openOffice()
  const tally: Tally = { sequences: 0, commands: 0, refused: 0, undone: 0, byAct: {} }
  try {
    const world = await openWorld(office)
    // Without the bias to small numbers, which would let most acts fall on the same few records.
    const anything = fc.noBias(fc.array(act, { minLength: 8, maxLength: 22, size: 'max' }))
    const sequence = fc.tuple(story, story, anything).map(([first, second, others]) => [...first, ...second, ...others])
    await fc.assert(
      fc.asyncProperty(sequence, async (acts) => {
        tally.sequences++
        await runSequence(office, world, acts, tally)
      }),
      { numRuns: many, seed, endOnFailure: true },
    )
  } finally {
    await office.close()
  }
  return tally
}
