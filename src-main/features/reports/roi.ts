import { sql } from 'kysely'
import {
  type Roi,
  type RoiAsked,
  type RoiCell,
  type RoiCounts,
  roiLine,
  type RoiRow,
} from '../../../src-shared/features/reports/roi.ts'
import { sharedOut, sourceKey } from '../../../src-shared/features/source-costs/rules.ts'
import { may } from '../../../src-shared/kernel/actor.ts'
import { type Days, daysBefore, instantsOf } from '../../../src-shared/kernel/periods.ts'
import type { Entity } from '../../../src-shared/kernel/procedure.ts'
import { dateIn } from '../../../src-shared/kernel/time.ts'
import { plain } from '../../kernel/database.ts'
import { mayAskBy, mayReadKind, reachIn, rowsFor } from '../../kernel/policy.ts'
import { hasShared, onTheWay } from '../../kernel/records/path.ts'
import { rowsById } from '../../kernel/records/select.ts'
import { costsIn, sourceNames } from '../source-costs/public.ts'
import { type Condition, entityOf, type Expression, isOneOf, type Reading } from './ground.ts'
import type { Page } from './rows.ts'

const KINDS = ['leads', 'customers', 'opportunities', 'won', 'received'] as const
type Kind = (typeof KINDS)[number]
/** Rows `t` of an entity, each with the word that says its source. */
type Counted = {
  readonly entity: Exclude<RoiRow['entity'], 'sourceCost'>
  readonly from: Expression
  readonly key: Expression
  readonly source: Expression
  readonly on: Expression
  readonly amount: Expression
  readonly where: Condition
}
const OF = { leads: 'lead', customers: 'customer', opportunities: 'opportunity', won: 'opportunity', received: 'order' } as const
/** What must not be hidden from who is told of such rows. */
const ASKS: Readonly<Record<Kind, readonly (readonly [entity: Entity, field: string])[]>> = {
  leads: [['lead', 'sourceId']],
  customers: [['customer', 'source']],
  opportunities: [['opportunity', 'source']],
  won: [
    ['opportunity', 'source'],
    ['opportunity', 'closedOn'],
  ],
  received: [
    ['order', 'receivedFen'],
    ['payment', 'receivedOn'],
  ],
}

/** Whether the actor may know of such rows, and take them out where they are to leave. */
function sees(reading: Reading, kind: Kind): boolean {
  const { actor, verb } = reading
  const entity = entityOf(reading, OF[kind])
  if (!mayReadKind(actor, entity) || (kind === 'received' && !may(actor, 'payments.read'))) return false
  if (verb !== undefined && reachIn(actor, entity, verb) === 'none') return false
  return ASKS[kind].every(([name, field]) => mayAskBy(actor, entityOf(reading, name), field))
}

/** The word of another record that the actor sees, null where he does not. */
function wordOf({ actor, ...reading }: Reading, name: 'customer' | 'opportunity', alias: string): Expression {
  const entity = entityOf(reading, name)
  if (!mayReadKind(actor, entity) || !mayAskBy(actor, entity, 'source')) return sql`null`
  const source = sql.ref(`${alias}.source`)
  return sql`iif(${rowsFor(actor, entity, alias, 'read', { listed: true })}, nullif(${source}, ''), null)`
}

const NO_AMOUNT = sql`null`
function countedOf(reading: Reading, kind: Kind, days: Days): Counted {
  const { from, until } = instantsOf(days, reading.zone)
  const within = (column: Expression): Condition => sql`${column} >= ${from} and ${column} < ${until} and t.deleted_at is null`
  const key = sql`t.id`
  if (kind === 'leads')
    return {
      entity: 'lead',
      from: sql`lead t left join lead_source s on s.id = t.source_id`,
      key,
      source: sql`s.name`,
      on: sql`t.arrived_at`,
      amount: NO_AMOUNT,
      where: within(sql`t.arrived_at`),
    }
  if (kind === 'customers')
    return {
      entity: 'customer',
      from: sql`customer t`,
      key,
      source: sql`t.source`,
      on: sql`t.created_at`,
      amount: NO_AMOUNT,
      where: within(sql`t.created_at`),
    }
  if (kind === 'received')
    return {
      entity: 'order',
      from: sql`payment p cross join payment_allocation a on a.payment_id = p.id cross join sales_order t on t.id = a.order_id
        left join opportunity o on o.id = t.opportunity_id left join customer c on c.id = t.customer_id`,
      key: sql`a.id`,
      source: sql`coalesce(${wordOf(reading, 'opportunity', 'o')}, ${wordOf(reading, 'customer', 'c')})`,
      on: sql`p.received_on`,
      amount: sql`a.amount_fen`,
      where: sql`p.received_on between ${days.from} and ${days.to} and p.deleted_at is null and t.deleted_at is null`,
    }
  const isWon = kind === 'won'
  return {
    entity: 'opportunity',
    from: sql`opportunity t left join customer c on c.id = t.customer_id`,
    key,
    source: sql`coalesce(nullif(t.source, ''), ${wordOf(reading, 'customer', 'c')})`,
    on: isWon ? sql`t.closed_on` : sql`t.created_at`,
    amount: mayAskBy(reading.actor, entityOf(reading, 'opportunity'), 'amount') ? sql`coalesce(t.amount, 0)` : NO_AMOUNT,
    where: isWon
      ? sql`t.closed_on between ${days.from} and ${days.to} and t.state = 'won' and t.deleted_at is null`
      : within(sql`t.created_at`),
  }
}

/** Rows of a kind in reach; null where the actor may not know of them. */
async function rowsOf(reading: Reading, kind: Kind, days: Days): Promise<Counted | null> {
  if (!sees(reading, kind)) return null
  const { db, actor, verb } = reading
  const entity = entityOf(reading, OF[kind])
  const counted = countedOf(reading, kind, days)
  const sight = { shared: await hasShared(db, actor, entity), listed: true }
  const seen = onTheWay(rowsFor(actor, entity, 't', 'read', sight))
  const taken = verb === undefined ? sql`1 = 1` : rowsFor(actor, entity, 't', verb)
  return { ...counted, where: sql`${counted.where} and ${seen} and ${taken}` }
}

type Sum = { readonly source: string | null; readonly count: number; readonly amount: number | null }
async function sumsOf({ db }: Reading, { from, source, amount, where }: Counted): Promise<Sum[]> {
  const { rows } = await sql<Sum>`
    select ${source} as source, count(*) as count, sum(${amount}) as amount from ${from} where ${where} group by 1`.execute(
    plain(db),
  )
  return rows
}

type Found = { readonly spent: ReadonlyMap<string, number>; readonly sums: Readonly<Record<Kind, readonly Sum[] | null>> }
async function findIn(reading: Reading, days: Days, costDays: Days): Promise<Found> {
  const spent = new Map<string, number>()
  for (const cost of await costsIn(reading.db, costDays)) {
    const key = sourceKey(cost.source)
    spent.set(key, (spent.get(key) ?? 0) + sharedOut(cost, costDays))
  }
  const sums: Record<Kind, readonly Sum[] | null> = {
    leads: null,
    customers: null,
    opportunities: null,
    won: null,
    received: null,
  }
  for (const kind of KINDS) {
    const counted = await rowsOf(reading, kind, days)
    if (counted) sums[kind] = await sumsOf(reading, counted)
  }
  return { spent, sums }
}

/** What was found of one source, or of all. @throws Error where a sum is no longer exact to the fen */
function countsOf({ spent, sums }: Found, seesAmount: boolean, key?: string): RoiCounts {
  const cell = (kind: Kind) => {
    const mine = sums[kind]?.filter(({ source }) => key === undefined || sourceKey(source) === key)
    if (!mine) return null
    const amount = mine.reduce((sum, one) => sum + (one.amount ?? 0), 0)
    if (!Number.isSafeInteger(amount)) throw new Error('the sum of amounts is too large to be exact')
    return { count: mine.reduce((sum, { count }) => sum + count, 0), amount }
  }
  const won = cell('won')
  return {
    spent: key === undefined ? [...spent.values()].reduce((sum, fen) => sum + fen, 0) : (spent.get(key) ?? 0),
    leads: cell('leads')?.count ?? null,
    customers: cell('customers')?.count ?? null,
    opportunities: cell('opportunities')?.count ?? null,
    won: won && { ...won, amount: seesAmount ? won.amount : null },
    received: cell('received'),
  }
}

/** 投入产出: what sources cost in the days, what came from them, and what that is to each other; who cost most first, without a source last. */
export async function readRoi(reading: Reading, asked: RoiAsked): Promise<Roi> {
  const days = { from: asked.from, to: asked.to }
  const seesAmount = mayAskBy(reading.actor, entityOf(reading, 'opportunity'), 'amount')
  const found = await findIn(reading, days, days)
  const words = KINDS.flatMap((kind) => found.sums[kind]?.map(({ source }) => source) ?? [])
  const names = await sourceNames(reading.db, words)
  const keys = new Set([...found.spent.keys(), ...words.map(sourceKey)])
  const groups = [...keys].map((key) => ({
    key: key === '' ? null : key,
    name: names.get(key) ?? null,
    ...roiLine(countsOf(found, seesAmount, key)),
  }))
  const worth = ({ spent, won, leads, customers }: RoiCounts) => [
    spent,
    won?.amount ?? 0,
    won?.count ?? 0,
    leads ?? customers ?? 0,
  ]
  return {
    ...days,
    total: roiLine(countsOf(found, seesAmount)),
    groups: groups.toSorted((a, b) => {
      if (a.key === null || b.key === null) return a.key === null ? 1 : -1
      const [mine, other] = [worth(a), worth(b)]
      const at = mine.findIndex((value, n) => value !== other[n])
      return at >= 0 ? (other[at] ?? 0) - (mine[at] ?? 0) : a.key < b.key ? -1 : 1
    }),
    before: await beforeOf(reading, asked, seesAmount),
  }
}

async function beforeOf(reading: Reading, { from, to, compare }: RoiAsked, seesAmount: boolean): Promise<Roi['before']> {
  if (compare === null) return null
  const before = daysBefore({ from, to }, reading.today, compare)
  // Costs are those of all days, here as there; what has happened is held against what had by then.
  const found = await findIn(reading, before, daysBefore({ from, to }, to, compare))
  return { ...before, total: roiLine(countsOf(found, seesAmount)) }
}

export type RoiRows = { rows: RoiRow[]; count: number; amount: number | null; hasMore: boolean }
/** The rows behind one number: what weighs most first. Those that the actor must not know of are none. */
export async function roiRows(reading: Reading, asked: RoiAsked, cell: RoiCell, page: Page): Promise<RoiRows> {
  const days = { from: asked.from, to: asked.to }
  const key = cell.group === undefined ? undefined : (cell.group ?? '')
  if (cell.what === 'spent') return costRows(reading, days, key, page)
  const counted = await rowsOf(reading, cell.what, days)
  if (!counted) return { rows: [], count: 0, amount: null, hasMore: false }
  const { from, source, amount, where, on } = counted
  const sums = (await sumsOf(reading, counted)).filter((one) => key === undefined || sourceKey(one.source) === key)
  const words = sums.flatMap((one) => one.source ?? [])
  const isOf =
    key === undefined
      ? where
      : sql`${where} and (${isOneOf(source, words)} or ${key === '' ? sql`${source} is null` : sql`0 = 1`})`
  const { rows } = await sql<{ key: string; id: string; on: string; amount: number | null }>`
    select ${counted.key} as key, t.id, ${on} as "on", ${amount} as amount from ${from} where ${isOf}
    order by ${amount} desc, ${on} desc, ${counted.key} desc limit ${BigInt(page.limit + 1)} offset ${BigInt(page.offset)}`.execute(
    plain(reading.db),
  )
  const hasAmount = cell.what === 'received' || (amount !== NO_AMOUNT && counted.entity === 'opportunity')
  return {
    rows: await named(reading, counted.entity, rows.slice(0, page.limit)),
    count: sums.reduce((sum, { count }) => sum + count, 0),
    amount: hasAmount ? sums.reduce((sum, one) => sum + (one.amount ?? 0), 0) : null,
    hasMore: rows.length > page.limit,
  }
}

/** Rows by what their lists show of them. */
async function named(
  reading: Reading,
  entity: Counted['entity'],
  rows: readonly { key: string; id: string; on: string; amount: number | null }[],
): Promise<RoiRow[]> {
  const ids = [...new Set(rows.map(({ id }) => id))]
  const shown = await rowsById(reading.db, reading.actor, entityOf(reading, entity), ids, { listed: true })
  const byId = new Map(shown.map((row) => [String(row['id']), row]))
  const word = (value: unknown): string | null => (typeof value === 'string' ? value : null)
  return rows.flatMap(({ key, id, on, amount }): RoiRow[] => {
    const row = byId.get(id)
    if (!row) return []
    const about = { customerName: word(row['customerName']), ownerName: word(row['ownerName']) }
    const day = on.length > 10 ? dateIn(on, reading.zone) : on
    return [{ key, entity, id, name: word(row['name']) ?? '', ...about, on: day, amount, part: null }]
  })
}

async function costRows({ db }: Reading, days: Days, key: string | undefined, { offset, limit }: Page): Promise<RoiRows> {
  const costs = (await costsIn(db, days)).filter(({ source }) => key === undefined || sourceKey(source) === key)
  const rows = costs.map((cost): RoiRow => {
    const { id, source, from, to, amountFen, note } = cost
    const about = { customerName: null, ownerName: null, part: { of: amountFen, from, to, note } }
    return { key: id, entity: 'sourceCost', id, name: source, on: from, amount: sharedOut(cost, days), ...about }
  })
  const sorted = rows.toSorted((a, b) => (b.amount ?? 0) - (a.amount ?? 0) || (a.id < b.id ? 1 : -1))
  return {
    rows: sorted.slice(offset, offset + limit),
    count: rows.length,
    amount: rows.reduce((sum, { amount }) => sum + (amount ?? 0), 0),
    hasMore: rows.length > offset + limit,
  }
}
