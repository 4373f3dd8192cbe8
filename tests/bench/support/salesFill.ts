import type BetterSqlite3 from 'better-sqlite3'

const DAY = 86_400_000
const FIRST = Date.parse('2023-01-01T00:00:00Z')
const SPAN_DAYS = 1400
const METHODS = ['transfer', 'cash', 'alipay', 'wechat', 'check', 'other']
const wide = (n: number, digits: number): string => String(n).padStart(digits, '0')

/** Which of the owners has just begun, and how many customers are his. */
export const BEGINNER = 11
const HIS = 40

/** Gives away all but a few customers of one owner. */
export function leaveFew(raw: BetterSqlite3.Database): void {
  const owners = raw.prepare("select id from employee where id like '01SEED%' order by id").pluck().all() as string[]
  const kept = raw
    .prepare('select id from customer where owner_id = ? order by id limit ?')
    .pluck()
    .all(owners[BEGINNER], BigInt(HIS))
  for (const [table, key] of [
    ['customer', 'id'],
    ['sales_order', 'customer_id'],
  ] as const)
    raw
      .prepare(`update ${table} set owner_id = ? where owner_id = ? and ${key} not in (select value from json_each(?))`)
      .run(owners[0], owners[BEGINNER], JSON.stringify(kept))
}

/**
 * Orders with two lines and a plan each, and payments for them, three or four of an order, by a fixed recipe over all customers; written
 * past the journal, for a million commands are not what is measured.
 */
export function fillSales(raw: BetterSqlite3.Database, { orders, payments }: { orders: number; payments: number }): void {
  const customers = raw.prepare('select id, owner_id from customer where deleted_at is null order by id').raw().all() as [
    string,
    string | null,
  ][]
  const order =
    raw.prepare(`insert into sales_order (id, number, name, name_sort, customer_id, owner_id, status, signed_on, delivered_on,
    lines_fen, total_fen, received_fen, created_at, updated_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const line = raw.prepare(
    "insert into order_line (id, order_id, name, quantity, price_fen, amount_fen, position, created_at) values (?, ?, '货品', '1', ?, ?, ?, ?)",
  )
  const plan = raw.prepare(
    'insert into payment_plan (id, order_id, position, due_on, amount_fen, received_fen, created_at, updated_at) values (?, ?, 0, ?, ?, ?, ?, ?)',
  )
  const money =
    raw.prepare(`insert into payment (id, number, kind, customer_id, received_on, amount_fen, allocated_fen, method, created_at, updated_at)
    values (?, ?, 'payment', ?, ?, ?, ?, ?, ?, ?)`)
  const place = raw.prepare(
    'insert into payment_allocation (id, payment_id, order_id, plan_id, amount_fen, position, created_at) values (?, ?, ?, ?, ?, 0, ?)',
  )
  const each = Math.floor(payments / orders)
  const more = payments % orders
  let paid = 0
  for (let n = 0; n < orders; n++) {
    const [customerId, ownerId] = customers[(n * 7919) % customers.length] as [string, string | null]
    const id = `01R${wide(n, 23)}`
    const at = new Date(FIRST + ((n * 104_729) % (SPAN_DAYS * 86_400)) * 1000)
    const day = at.toISOString().slice(0, 10)
    const status = n % 20 === 0 ? 'draft' : n % 29 === 0 ? 'cancelled' : n % 3 === 0 ? 'confirmed' : 'delivered'
    const total = 10_000 + ((n * 6151) % 9_000_000)
    const times = each + (n < more ? 1 : 0)
    const part = n % 4 === 0 ? Math.floor(total / 5) : Math.floor(total / (times + 1))
    const name = `第 ${n} 号订单`
    order.run(
      id,
      `DD-${wide(n, 7)}`,
      name,
      `di ${wide(n, 7)} hao`,
      customerId,
      ownerId,
      status,
      day,
      status === 'delivered' ? new Date(at.getTime() + 20 * DAY).toISOString().slice(0, 10) : null,
      total,
      total,
      part * times,
      at.toISOString(),
      new Date(at.getTime() + (n % 90) * DAY).toISOString(),
    )
    const half = Math.floor(total / 2)
    line.run(`01K${wide(n, 22)}0`, id, half, half, 0, at.toISOString())
    line.run(`01K${wide(n, 22)}1`, id, total - half, total - half, 1, at.toISOString())
    plan.run(
      `01P${wide(n, 23)}`,
      id,
      new Date(at.getTime() + 60 * DAY).toISOString().slice(0, 10),
      total,
      part * times,
      at.toISOString(),
      at.toISOString(),
    )
    for (let k = 0; k < times; k++, paid++) {
      const then = new Date(at.getTime() + (k + 1) * 11 * DAY)
      const payment = `01M${wide(paid, 23)}`
      money.run(
        payment,
        `HK-${wide(paid, 8)}`,
        customerId,
        then.toISOString().slice(0, 10),
        part,
        part,
        METHODS[paid % METHODS.length],
        then.toISOString(),
        then.toISOString(),
      )
      place.run(`01A${wide(paid, 23)}`, payment, id, `01P${wide(n, 23)}`, part, then.toISOString())
    }
  }
}
