import { expect } from 'vitest'
import { quantityOf, unitsOf } from '../../../src-shared/kernel/documents/units.ts'
import type { Act, Line } from './acts.ts'
import { type Model, takes, type Took, type World } from './model.ts'

const demandOf = (model: Model, at: number): number =>
  model.queue.reduce((sum, one) => sum + (one.thing === at ? one.wanted : 0), 0)
/** By hand, without a look at how the program does it: the queue is served from its front. */
export function keptOf(model: Model, order: number, at: number): number {
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
export const freeOf = (model: Model, at: number): number => Math.max(0, (model.home[at] ?? 0) - demandOf(model, at))

/** How much of each thing lines ask for. */
export const askedBy = ({ things }: World, lines: readonly Line[]): number[] =>
  things.map((_, at) => lines.reduce((sum, { thing, units }) => sum + (thing === at ? units : 0), 0))

export function askFor(model: Model, order: number, wanted: readonly number[]): void {
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
export const leaveQueue = (model: Model, order: number): void => {
  model.queue = model.queue.filter((one) => one.order !== order)
}
/** Things that leave the warehouse, or come back into it. */
export function sendOut(model: Model, wanted: readonly number[], sign: 1 | -1 = 1): void {
  for (const [at, want] of wanted.entries()) model.home[at] = (model.home[at] ?? 0) - sign * want
}

type Moving = Extract<Act, { thing: number }>
/** @returns how many commands took; null where there was nothing to do it to. */
export async function moves(world: World, model: Model, one: Moving): Promise<Took> {
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
  if (!(await takes(call, [leaves && one.units > free && !mayGoBeyond && 'notEnough']))) return 0
  const from = back ? model.other : model.home
  const to = back ? model.home : model.other
  if (one.do === 'in') model.home[at] = (model.home[at] ?? 0) + one.units
  else if (one.do === 'count') model.home[at] = one.units
  else {
    from[at] = (from[at] ?? 0) - one.units
    if (one.do === 'transfer') to[at] = (to[at] ?? 0) + one.units
  }
  return 1
}

/** The next step of a purchase: handed in, approved, or a part of it received. */
export async function buy({ client, raw, things }: World, model: Model, one: Extract<Act, { do: 'buy' }>): Promise<Took> {
  const open = raw
    .prepare("select id, state, version from purchase where state not in ('received', 'cancelled') order by id")
    .all() as { id: never; state: string; version: number }[]
  const purchase = open[one.purchase % Math.max(1, open.length)]
  if (!purchase) return null
  const { id, state, version } = purchase
  if (state === 'draft') await client.purchases.submit({ id, version })
  else if (state === 'pending') {
    const [asked] = await client.approvals.ofRecord({ subject: 'purchase', id })
    await client.approvals.approve({ id: asked?.id as never, version: asked?.version ?? 0 })
  } else {
    const line = (await client.purchases.parts({ id })).lines.find((each) => each.open !== '0')
    const take = Math.min(one.units, unitsOf(line?.open ?? '0'))
    const at = things.findIndex((each) => each.id === line?.productId)
    expect(at).toBeGreaterThanOrEqual(0)
    if (!line) return 0
    await client.purchases.receive({ id, version, lines: [{ lineId: line.id, quantity: quantityOf(take) }] })
    model.home[at] = (model.home[at] ?? 0) + take
  }
  return 1
}

/** The program says of stock what the model does. */
export async function stockAgrees({ client, home, other, things }: World, model: Model): Promise<void> {
  const rules = [{ field: 'productId', operator: 'in' as const, value: things.map(({ id }) => id) }]
  const { rows } = await client.stock.list({ filter: { combinator: 'and', rules } })
  const at = (warehouse: string, thingId: string) =>
    rows.find(({ productId, warehouseId }) => productId === thingId && warehouseId === warehouse)
  for (const [n, { id }] of things.entries()) {
    const onHand = model.home[n] ?? 0
    const reserved = Math.max(0, Math.min(onHand, demandOf(model, n)))
    const level = at(home, id)
    expect([level?.onHand ?? 0, level?.reserved ?? 0, level?.available ?? 0]).toEqual(
      [onHand, reserved, onHand - reserved].map((some) => some / 10_000),
    )
    expect(at(other, id)?.onHand ?? 0).toBe((model.other[n] ?? 0) / 10_000)
  }
}
