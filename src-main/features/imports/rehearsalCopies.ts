import type BetterSqlite3 from 'better-sqlite3'
import type { ImportableEntity } from '../../../src-shared/features/imports/model.ts'
import { columnOf, isCustomKey } from '../../../src-shared/kernel/entity.ts'
import type { Entity } from '../../../src-shared/kernel/procedure.ts'
import type { Entities } from '../../kernel/livingEntities.ts'
import { onceIn } from '../../kernel/records/sound.ts'
import { importerIn } from './registry.ts'
import type { Bench } from './staging.ts'

/** Tables that an import writes, by whose they are. */
const OF_CUSTOMERS = ['contact', 'address', 'follow_up']
const PEOPLE = ['department', 'employee', 'employment']
/** Turned on with every number that is given; the numbers of a rehearsal are nobody's. */
const COUNTERS = 'number_counter'
/** Written beside a customer who goes into a pool: his team goes, and the move is noted. */
const OF_POOLS = ['record_member', 'pool_move']
const OF_PRODUCTS = ['product', 'product_category', 'product_cost']
const OF_OPPORTUNITIES = ['opportunity', 'opportunity_stage', 'opportunity_line']
const OF_ORDERS = ['sales_order', 'order_line', 'order_person', 'payment_plan', 'payment', 'payment_allocation']
const OF_LEADS = ['lead', 'lead_move']
const OF_QUOTES = ['quote', 'quote_line']
const OF_STOCK = ['stock_level', 'stock_move', 'purchase', 'purchase_line']
const OF_INVOICES = ['invoice', 'invoice_line', 'billing_profile']
const COPIED = [
  ...OF_LEADS,
  ...OF_QUOTES,
  ...OF_INVOICES,
  ...OF_STOCK,
  ...OF_ORDERS,
  ...OF_PRODUCTS,
  ...OF_OPPORTUNITIES,
  'customer',
  ...OF_CUSTOMERS,
  'tag',
  'record_tag',
  ...OF_POOLS,
  COUNTERS,
  ...PEOPLE,
]
const INDEXED = ['contact_by_customer', 'follow_up_by_customer', 'record_tag_once', 'record_member_once']
const TABLE_OF: Partial<Record<ImportableEntity, string>> = { contact: 'contact', followUp: 'follow_up' }

type Rows = ReturnType<Bench['among']>

/** Tables of a rehearsal's own, before those of the base: the records that rows concern are copied into them. */
export class Copies {
  readonly #raw: BetterSqlite3.Database
  readonly #entities: Entities
  readonly #entity: ImportableEntity
  readonly #columns = new Map<string, string>()

  constructor(raw: BetterSqlite3.Database, entities: Entities, entity: ImportableEntity) {
    this.#raw = raw
    this.#entities = entities
    this.#entity = entity
    raw.exec(copiesOf(raw))
    for (const table of COPIED) this.#columns.set(table, columnsOf(raw, table))
  }

  /** The records that these rows may change, with what hangs on them. */
  take(rows: Rows): void {
    const entity = this.#entity
    if (entity === 'employee') return PEOPLE.forEach((table) => this.#take(table, '1 = 1'))
    this.#take('tag', '1 = 1')
    this.#take(COUNTERS, '1 = 1')
    if (entity === 'tag') return
    const targets = rows.flatMap(({ match }) => (match && 'record' in match.target ? [match.target.record] : []))
    if (entity === 'product') return this.#copyProducts(rows, JSON.stringify(targets))
    if (entity === 'opportunity') return this.#copyOpportunities(rows, JSON.stringify(targets))
    if (entity === 'lead') return this.#copyLeads(rows, JSON.stringify(targets))
    if (entity === 'quote') return this.#copyQuotes(rows, JSON.stringify(targets))
    if (entity === 'invoice') return this.#copyInvoices(rows, JSON.stringify(targets))
    if (entity === 'stockMove' || entity === 'purchase') return this.#copyStock(rows, JSON.stringify(targets))
    if (entity === 'paymentPlan' || entity === 'orderPerson') return this.#copyOrderParts(rows, entity)
    if (entity === 'order' || entity === 'payment') return this.#copyOrders(rows, entity, JSON.stringify(targets))
    const table = TABLE_OF[entity]
    const customers = table
      ? [
          ...rows.map(({ parts }) => parts[entity]?.[0]?.['customerId']),
          ...this.#raw
            .prepare(`select customer_id from main.${table} where id in (select value from json_each(?))`)
            .pluck()
            .all(JSON.stringify(targets)),
        ]
      : targets
    const ids = JSON.stringify([...new Set(customers)].filter((id) => typeof id === 'string'))
    const given = 'in (select value from json_each(?))'
    this.#take('customer', `id ${given}`, ids)
    const spoken = entity === 'followUp' || rows.some(({ parts, match }) => parts.followUp !== undefined || match?.deleted)
    for (const one of OF_CUSTOMERS) if (one !== 'follow_up' || spoken) this.#take(one, `customer_id ${given}`, ids)
    if (entity === 'customer') this.#take('record_tag', `entity = 'customer' and record_id ${given}`, ids)
    this.#copyHolders(rows)
    this.#copyNamed(rows)
    // Who works on a customer with others may change him, too.
    this.#take('record_member', `entity = 'customer' and record_id in (select id from temp.customer)`)
  }

  #copyProducts(rows: Rows, ids: string): void {
    this.#take('product_category', '1 = 1')
    this.#take('product', 'id in (select value from json_each(?))', ids)
    this.#take('product_cost', 'product_id in (select value from json_each(?))', ids)
    this.#copyHolders(rows)
  }

  #copyOpportunities(rows: Rows, ids: string): void {
    const given = 'in (select value from json_each(?))'
    const named = (key: string): string =>
      JSON.stringify(
        rows.flatMap(({ parts }) => parts.opportunity?.map((one) => one[key]) ?? []).filter((id) => typeof id === 'string'),
      )
    this.#take('opportunity', `id ${given}`, ids)
    for (const table of ['opportunity_stage', 'opportunity_line']) this.#take(table, `opportunity_id ${given}`, ids)
    this.#take('product', `id ${given}`, named('productId'))
    this.#take('customer', `id ${given} or id in (select customer_id from temp.opportunity)`, named('customerId'))
    this.#take('contact', `customer_id in (select id from temp.customer)`)
    this.#take('sales_order', 'opportunity_id in (select id from temp.opportunity)')
    this.#copyHolders(rows)
    this.#copyNamed(rows)
    // Who works on one of them, or on its customer, with others may change it, too.
    this.#take(
      'record_member',
      "(entity = 'opportunity' and record_id in (select id from temp.opportunity)) or (entity = 'customer' and record_id in (select id from temp.customer))",
    )
  }

  #copyLeads(rows: Rows, ids: string): void {
    this.#take('lead', 'id in (select value from json_each(?))', ids)
    this.#copyHolders(rows)
    this.#copyNamed(rows)
    this.#take('record_member', "entity = 'lead' and record_id in (select id from temp.lead)")
  }

  #copyQuotes(rows: Rows, ids: string): void {
    const given = 'in (select value from json_each(?))'
    const named = (kind: Entity, key: string): string =>
      JSON.stringify(
        rows.flatMap(({ parts }) => parts[kind]?.map((one) => one[key]) ?? []).filter((id) => typeof id === 'string'),
      )
    this.#take('quote', `id ${given}`, ids)
    this.#take('quote_line', 'quote_id in (select id from temp.quote)')
    this.#take('product', `id ${given}`, named('quoteLine', 'productId'))
    this.#take('product', 'id in (select product_id from temp.quote_line) and id not in (select id from temp.product)')
    this.#take('product_cost', 'product_id in (select id from temp.product)')
    this.#take('opportunity', `id ${given}`, named('quote', 'opportunityId'))
    this.#take('customer', `id ${given} or id in (select customer_id from temp.quote)`, named('quote', 'customerId'))
    this.#take('contact', 'customer_id in (select id from temp.customer)')
    this.#copyHolders(rows)
    this.#copyNamed(rows)
    this.#take(
      'record_member',
      "(entity = 'quote' and record_id in (select id from temp.quote)) or (entity = 'customer' and record_id in (select id from temp.customer))",
    )
  }

  #copyStock(rows: Rows, ids: string): void {
    const given = 'in (select value from json_each(?))'
    const goods = rows.flatMap(({ parts }) =>
      [...(parts.stockMove ?? []), ...(parts.purchaseLine ?? [])].map((one) => one['productId'] ?? ''),
    )
    this.#take('purchase', `id ${given}`, ids)
    this.#take('purchase_line', 'purchase_id in (select id from temp.purchase)')
    this.#copyHolders(rows)
    this.#take('product', `id ${given}`, JSON.stringify(goods))
    this.#take('stock_level', `product_id ${given}`, JSON.stringify(goods))
    this.#take('stock_move', 'level_id in (select id from temp.stock_level)')
  }

  #copyInvoices(rows: Rows, ids: string): void {
    const given = 'in (select value from json_each(?))'
    const named = (kind: Entity, key: string): string =>
      JSON.stringify(
        rows.flatMap(({ parts }) => parts[kind]?.map((one) => one[key]) ?? []).filter((id) => typeof id === 'string'),
      )
    this.#take('sales_order', `id ${given}`, named('invoiceLine', 'orderId'))
    // What may still be invoiced of an order is what its other invoices leave.
    this.#take('invoice_line', 'order_id in (select id from temp.sales_order)')
    this.#take('invoice', `id ${given} or id in (select invoice_id from temp.invoice_line)`, ids)
    this.#take('invoice_line', 'invoice_id in (select id from temp.invoice) and id not in (select id from temp.invoice_line)')
    this.#take('customer', `id ${given} or id in (select customer_id from temp.invoice)`, named('invoice', 'customerId'))
    this.#take('billing_profile', 'customer_id in (select id from temp.customer)')
    this.#copyHolders(rows)
    this.#copyNamed(rows)
    this.#take('record_member', "entity = 'customer' and record_id in (select id from temp.customer)")
  }

  #copyOrderParts(rows: Rows, entity: 'paymentPlan' | 'orderPerson'): void {
    const orders = rows.flatMap(({ parts }) => parts[entity]?.map((one) => one['orderId'] ?? '') ?? [])
    this.#take('sales_order', 'id in (select value from json_each(?))', JSON.stringify(orders))
    for (const table of ['order_line', 'order_person', 'payment_plan'])
      this.#take(table, 'order_id in (select id from temp.sales_order)')
    this.#take('customer', 'id in (select customer_id from temp.sales_order)')
    this.#take(
      'record_member',
      "(entity = 'order' and record_id in (select id from temp.sales_order)) or (entity = 'customer' and record_id in (select id from temp.customer))",
    )
  }

  #copyOrders(rows: Rows, entity: 'order' | 'payment', ids: string): void {
    const given = 'in (select value from json_each(?))'
    const named = (kind: Entity, key: string): string =>
      JSON.stringify(
        rows.flatMap(({ parts }) => parts[kind]?.map((one) => one[key]) ?? []).filter((id) => typeof id === 'string'),
      )
    if (entity === 'payment') {
      // Money may have gone back of any payment of the customer or the order.
      this.#take('payment', `id ${given}`, ids)
      this.#take('payment', `customer_id ${given} and id not in (select id from temp.payment)`, named('payment', 'customerId'))
      this.#take('payment_allocation', 'payment_id in (select id from temp.payment)')
    }
    this.#take(
      'sales_order',
      `id ${given} or id in (select order_id from temp.payment_allocation)`,
      entity === 'order' ? ids : named('allocation', 'orderId'),
    )
    if (entity === 'order') this.#take('payment_allocation', 'order_id in (select id from temp.sales_order)')
    for (const table of ['order_line', 'order_person', 'payment_plan'])
      this.#take(table, 'order_id in (select id from temp.sales_order)')
    this.#take('product', `id ${given}`, named('orderLine', 'productId'))
    this.#take('product', 'id in (select product_id from temp.order_line) and id not in (select id from temp.product)')
    this.#take('product_cost', 'product_id in (select id from temp.product)')
    this.#take('opportunity', `id ${given}`, named('order', 'opportunityId'))
    this.#take('customer', `id ${given} or id in (select customer_id from temp.sales_order)`, named(entity, 'customerId'))
    this.#take('contact', 'customer_id in (select id from temp.customer)')
    this.#copyHolders(rows)
    this.#copyNamed(rows)
    this.#take(
      'record_member',
      "(entity = 'order' and record_id in (select id from temp.sales_order)) or (entity = 'customer' and record_id in (select id from temp.customer))",
    )
  }

  /** Records that hold what may stand once and one of these rows brings: without them it would seem to be free. */
  #copyHolders(rows: Rows): void {
    for (const part of importerIn(this.#entities, this.#entity).parts) {
      if (!COPIED.includes(part.table)) continue
      for (const { key } of onceIn(part)) {
        const values = rows.flatMap(({ parts }) => parts[part.name as Entity]?.map((one) => one[key]) ?? [])
        const wanted = JSON.stringify(values.filter((value) => value !== undefined && value !== null && value !== ''))
        const column = isCustomKey(key) ? `custom ->> '$.${key}'` : `"${columnOf(key)}"`
        if (wanted !== '[]')
          this.#take(
            part.table,
            `${column} in (select value from json_each(?)) and id not in (select id from temp.${part.table})`,
            wanted,
          )
      }
    }
  }

  /** Customers that one of these rows names: without them they would seem to be gone. */
  #copyNamed(rows: Rows): void {
    const named = importerIn(this.#entities, this.#entity).parts.flatMap((part) =>
      part.fields
        .filter(({ key, type }) => type === 'reference' && isCustomKey(key))
        .flatMap(({ key }) => rows.flatMap(({ parts }) => parts[part.name as Entity]?.map((one) => one[key]) ?? [])),
    )
    const ids = JSON.stringify([...new Set(named)].filter((id) => typeof id === 'string'))
    if (ids !== '[]')
      this.#take('customer', 'id in (select value from json_each(?)) and id not in (select id from temp.customer)', ids)
  }

  #take(table: string, where: string, ...parameters: string[]): void {
    const columns = this.#columns.get(table) ?? ''
    this.#raw
      .prepare(`insert into temp.${table} (${columns}) select ${columns} from main.${table} where ${where}`)
      .run(...parameters)
  }
}

/** Empty tables like those of the base. */
function copiesOf(raw: BetterSqlite3.Database): string {
  const of = (type: string, names: readonly string[]): string[] =>
    raw
      .prepare('select sql from main.sqlite_master where type = ? and name in (select value from json_each(?))')
      .pluck()
      .all(type, JSON.stringify(names)) as string[]
  return [
    ...of('table', COPIED).map((sql) => sql.replace(/^create table /i, 'create temp table ')),
    ...of('index', INDEXED).map((sql) => sql.replace(/^create (unique )?index /i, 'create $1index temp.')),
  ].join(';\n')
}

const columnsOf = (raw: BetterSqlite3.Database, table: string): string =>
  (raw.prepare('select name from pragma_table_info(?, ?)').pluck().all(table, 'main') as string[]).join(', ')
