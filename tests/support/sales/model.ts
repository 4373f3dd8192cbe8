import { expect } from 'vitest'
import type { Client } from '../backend.ts'
import { failureOf, type Office } from '../factories.ts'
import { quantityOf } from '../../../src-shared/kernel/documents/units.ts'
import type { Line } from './acts.ts'

export type Part = { order: number; plan: string | null; fen: number }
export type Plan = { id: string; dueOn: string; fen: number; isVoid: boolean }
export type Order = {
  id: never
  status: 'draft' | 'confirmed' | 'delivered' | 'cancelled'
  lines: readonly Line[]
  discountFen: number
  plans: Plan[]
  quote: number | null
  gone: boolean
}
export type Refund = { id: never; fen: number; parts: Part[]; gone: boolean }
export type Payment = { id: never; fen: number; parts: Part[]; refunds: Refund[]; gone: boolean }
export type Invoice = {
  id: never
  status: 'requested' | 'issued' | 'posted' | 'void'
  lines: { order: number; fen: number }[]
  gone: boolean
}
export type Deal = {
  id: never
  stage: number
  stays: { stage: number; from: string; to: string | null }[]
  amount: number | null
  byHand: boolean
  lines: readonly Line[]
  createdAt: string
  closedOn: string | null
  reason: boolean
}
export type Quote = {
  id: never
  lines: readonly Line[]
  discountFen: number
  state: 'draft' | 'pending' | 'approved' | 'sent' | 'accepted' | 'rejected'
  superseded: boolean
  validUntil: string
}

/** What is believed of the world: ten-thousandths of things in either warehouse, who asks for them in which order, and every record. */
export type Model = {
  home: number[]
  other: number[]
  queue: { order: number; thing: number; wanted: number }[]
  orders: Order[]
  payments: Payment[]
  invoices: Invoice[]
  deals: Deal[]
  quotes: Quote[]
}
export const nothing = (): Model => ({
  home: [0, 0],
  other: [0, 0],
  queue: [],
  orders: [],
  payments: [],
  invoices: [],
  deals: [],
  quotes: [],
})

export type Stage = { id: never; kind: 'open' | 'won' | 'lost'; required: readonly string[] }
export type World = {
  client: Client
  raw: Office['running']['backend']['database']['raw']
  clock: Office['running']['clock']
  home: never
  other: never
  things: readonly { id: never; name: string }[]
  customerId: never
  profileId: never
  pipelineId: never
  stages: readonly Stage[]
  reasonId: never
}

const ZONE_HOURS = 8
/** The business day that a clock's instant falls on, by hand. */
export const dayAt = (instant: string): string =>
  new Date(Date.parse(instant) + ZONE_HOURS * 3_600_000).toISOString().slice(0, 10)
export const daysOn = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
export const today = ({ clock }: World): string => dayAt(clock.now())

/** One of those that are there, by a number that was drawn before it was known how many there are; -1 is the last. */
export function pick<T>(all: readonly T[], n: number, fits: (one: T, at: number) => boolean = () => true): number | null {
  const found = all.flatMap((one, at) => (fits(one, at) ? [at] : []))
  return (n < 0 ? found.at(n) : found[n % Math.max(1, found.length)]) ?? null
}

/** Fen of a line, by hand: whole numbers, a half up. */
export const fenOf = ({ units, priceFen, discount }: Line): number => {
  const kept = 10_000n - BigInt(Math.round(Number(discount) * 100))
  return Number((BigInt(units) * BigInt(priceFen) * kept + 50_000_000n) / 100_000_000n)
}
export const sumOf = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0)
export const linesFen = (lines: readonly Line[]): number => sumOf(lines.map(fenOf))
export const totalOf = ({ lines, discountFen }: Pick<Order, 'lines' | 'discountFen'>): number => linesFen(lines) - discountFen

/** What stands of money for an order, refunds taken off; of one plan of it, where one is named. */
export function keptFor({ payments }: Model, order: number, plan?: string): number {
  const parts = payments
    .filter(({ gone }) => !gone)
    .flatMap((one) => [...one.parts, ...one.refunds.filter(({ gone }) => !gone).flatMap((back) => back.parts)])
  return sumOf(parts.filter((part) => part.order === order && (plan === undefined || part.plan === plan)).map(({ fen }) => fen))
}
export const openFor = (model: Model, order: number): number => totalOf(model.orders[order] as Order) - keptFor(model, order)
/** What living invoices say of an order; one of them may be left out. */
export const invoicedFor = ({ invoices }: Model, order: number, but?: Invoice): number =>
  sumOf(
    invoices
      .filter((one) => one !== but && !one.gone && one.status !== 'void')
      .flatMap(({ lines }) => lines.flatMap((line) => (line.order === order ? [line.fen] : []))),
  )

/** The lines as the calls take them. */
export const written = ({ things }: World, lines: readonly Line[]) =>
  lines.map(({ thing, units, priceFen, discount }) => ({
    productId: thing === null ? null : (things[thing]?.id as never),
    name: thing === null ? '服务' : `货${thing}`,
    unit: null,
    quantity: quantityOf(units),
    priceFen,
    discount,
  }))
/** The same with what only quotes say of a line. */
export const quoted = (world: World, lines: readonly Line[]) =>
  written(world, lines).map((line) => ({ ...line, spec: null, taxRate: null, note: null }))

/** How many commands took; null where there was nothing to give one to. */
export type Took = number | null

/** What a call is expected to be refused for, any of these reasons; without one it has to take. @returns its answer, or null where it was refused */
export async function takes<Output>(call: Promise<Output>, reasons: readonly (string | false)[]): Promise<Output | null> {
  const expected = reasons.filter((reason) => reason !== false)
  if (expected.length === 0) return call
  expect(expected).toContain((await failureOf(call)).data['reason'])
  return null
}
export const seen = async <Id, Row extends { version: number }>(get: (input: { id: Id }) => Promise<Row>, id: Id) => ({
  id,
  version: (await get({ id })).version,
})
