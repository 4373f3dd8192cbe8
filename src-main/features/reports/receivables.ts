import { sql } from 'kysely'
import type { Order } from '../../../src-shared/features/orders/model.ts'
import { type Aged, ageingOf, ageSums, LATE_BUCKETS } from '../../../src-shared/features/reports/ageing.ts'
import type {
  Receivable,
  Receivables,
  ReceivablesAsked,
  ReceivablesCell,
} from '../../../src-shared/features/reports/receivables.ts'
import { plain } from '../../kernel/database.ts'
import { rowsFor } from '../../kernel/policy.ts'
import { hasShared, onTheWay } from '../../kernel/records/path.ts'
import { rowsById } from '../../kernel/records/select.ts'
import { peopleUnder, staffOf } from '../people/public.ts'
import { entityOf, isOneOf, type Reading, requireAsking } from './ground.ts'
import { departmentLines, type Line } from './groups.ts'
import type { Page } from './rows.ts'

type Row = {
  id: string
  customerId: string | null
  ownerId: string | null
  dueFen: number
  signedOn: string
  planId: string | null
  dueOn: string | null
  openFen: number | null
}
type Part = Aged & { readonly orderId: string; readonly customerId: string | null; readonly ownerId: string | null }

/**
 * What running orders in reach owe, part by part.
 * @throws Forbidden where what is due, or by what it is put together, must not be learned by asking
 */
async function partsOf(reading: Reading, asked: ReceivablesAsked, verb: 'read' | 'export' = 'read'): Promise<Part[]> {
  const { db, actor } = reading
  const order = entityOf(reading, 'order')
  const byOwner = asked.whose !== null || asked.group === 'owner' || asked.group === 'department'
  requireAsking(reading, order, ['dueFen', ...(byOwner ? ['ownerId'] : []), ...(asked.group === 'month' ? ['signedOn'] : [])])
  const shared = await hasShared(db, actor, order)
  const whose = asked.whose === null ? sql`1 = 1` : isOneOf(sql`+t.owner_id`, asked.whose)
  const { rows } = await sql<Row>`
    select t.id, t.customer_id as "customerId", t.owner_id as "ownerId", t.due_fen as "dueFen", coalesce(t.signed_on, substr(t.created_at, 1, 10)) as "signedOn",
      p.id as "planId", p.due_on as "dueOn", p.amount_fen - p.received_fen as "openFen"
    from sales_order t left join payment_plan p on p.order_id = t.id and p.void = 0 and p.received_fen < p.amount_fen
    where t.deleted_at is null and t.status in ('confirmed', 'delivered') and t.due_fen <> 0 and ${whose}
      and ${onTheWay(rowsFor(actor, order, 't', 'read', { shared }))} and ${verb === 'read' ? sql`1 = 1` : rowsFor(actor, order, 't', verb)}
    order by t.id, p.due_on, p.position`.execute(plain(db))
  const parts: Part[] = []
  for (const [, ones] of Map.groupBy(rows, ({ id }) => id)) {
    const [first] = ones
    if (!first) continue
    const plans = ones.flatMap(({ planId, dueOn, openFen }) =>
      planId === null || dueOn === null || openFen === null ? [] : [{ id: planId, dueOn, openFen }],
    )
    const { id: orderId, customerId, ownerId } = first
    for (const aged of ageingOf({ ...first, plans }, asked.on)) parts.push({ ...aged, orderId, customerId, ownerId })
  }
  return parts
}

const keyIn = ({ customerId, ownerId, day }: Part, group: ReceivablesAsked['group']): string | null =>
  group === 'customer' ? customerId : group === 'month' ? day.slice(0, 7) : group === null ? null : ownerId

async function namesOf({ db, actor, entities }: Reading, group: 'customer' | 'owner', ids: readonly string[]) {
  if (group === 'customer') {
    const rows = await rowsById(db, actor, entityOf({ entities }, 'customer'), ids, { listed: true })
    return new Map(rows.map((row) => [String(row['id']), String(row['name'])]))
  }
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from employee where id in (select value from json_each(${JSON.stringify(ids)}))`.execute(plain(db))
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** The lines of a grouping over what was found; departments as a tree, each with all below it. */
async function linesOf(reading: Reading, group: ReceivablesAsked['group'], found: readonly (string | null)[]): Promise<Line[]> {
  if (group === null) return []
  if (group === 'department') return departmentLines(await staffOf(reading.db, reading.today), found)
  return found.map((key) => ({ key, name: group === 'month' ? key : null, parent: null, depth: 0, keys: new Set([key]) }))
}

/** 应收账款: what is owed by age on a day, in all and by group; the sums are those of now. */
export async function readReceivables(
  reading: Reading,
  asked: ReceivablesAsked,
  { page, verb }: { page: Page | null; verb?: 'export' },
): Promise<Receivables> {
  const parts = await partsOf(reading, asked, verb)
  const byKey = Map.groupBy(parts, (part) => keyIn(part, asked.group))
  const lines = (await linesOf(reading, asked.group, [...byKey.keys()])).map(({ keys, ...line }) => ({
    ...line,
    ...ageSums([...keys].flatMap((key) => byKey.get(key) ?? [])),
  }))
  const ordered =
    asked.group === 'department'
      ? lines
      : lines.toSorted((a, b) =>
          asked.group === 'month' ? ((a.key ?? '') < (b.key ?? '') ? -1 : 1) : b.due.amount - a.due.amount,
        )
  const shown = page ? ordered.slice(page.offset, page.offset + page.limit) : ordered
  if (asked.group === 'customer' || asked.group === 'owner') {
    const names = await namesOf(
      reading,
      asked.group,
      shown.flatMap(({ key }) => key ?? []),
    )
    for (const line of shown) Object.assign(line, { name: names.get(line.key ?? '') ?? null })
  }
  return { on: asked.on, total: ageSums(parts), groups: shown, count: lines.length }
}

async function chosen(reading: Reading, asked: ReceivablesAsked, { age, group }: ReceivablesCell): Promise<Part[]> {
  const parts = await partsOf(reading, asked)
  const ofAge =
    age === undefined ? parts : parts.filter(({ bucket }) => (age === 'late' ? LATE_BUCKETS.includes(bucket) : bucket === age))
  if (group === undefined) return ofAge
  if (asked.group !== 'department') return ofAge.filter((part) => keyIn(part, asked.group) === group)
  const people = new Set<string | null>(peopleUnder(await staffOf(reading.db, reading.today), group))
  return ofAge.filter(({ ownerId }) => people.has(ownerId) || (group === null && ownerId === null))
}

export type ReceivableRows = { rows: Receivable[]; count: number; amount: number; hasMore: boolean }
/** The parts behind one number, the largest first. */
export async function receivableRows(
  reading: Reading,
  asked: ReceivablesAsked,
  cell: ReceivablesCell,
  page: Page,
): Promise<ReceivableRows> {
  const parts = (await chosen(reading, asked, cell)).toSorted(
    (a, b) => b.amountFen - a.amountFen || (a.orderId < b.orderId ? -1 : 1) || (a.day < b.day ? -1 : 1),
  )
  const shown = parts.slice(page.offset, page.offset + page.limit)
  const ids = [...new Set(shown.map(({ orderId }) => orderId))]
  const orders = (await rowsById(reading.db, reading.actor, entityOf(reading, 'order'), ids, { listed: true })) as Order[]
  const byId = new Map<string, Order>(orders.map((order) => [order.id, order]))
  return {
    rows: shown.flatMap(({ orderId, planId, day, days, bucket, amountFen }): Receivable[] => {
      const order = byId.get(orderId)
      if (!order) return []
      const { id, name, number, customerId, customerName, ownerName, signedOn } = order
      const part = { planId, dueOn: planId === null ? null : day, bucket, days, amountFen }
      return [{ orderId: id, orderName: name, number, customerId, customerName, ownerName, signedOn, ...part }]
    }),
    count: parts.length,
    amount: parts.reduce((sum, { amountFen }) => sum + amountFen, 0),
    hasMore: parts.length > page.offset + page.limit,
  }
}
