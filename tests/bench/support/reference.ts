import BetterSqlite3 from 'better-sqlite3'
import { join } from 'node:path'
import { DATABASE_FILE, READER_CACHE_KB, READER_MAP_BYTES } from '../../../src-main/kernel/database.ts'

export type Reference = BetterSqlite3.Database

/** The bare library on the same file, with the pragmas of a reader. */
export function openReference(folder: string): Reference {
  const raw = new BetterSqlite3(join(folder, DATABASE_FILE), { readonly: true })
  raw.pragma('temp_store = memory')
  raw.pragma(`cache_size = -${READER_CACHE_KB}`)
  raw.pragma(`mmap_size = ${READER_MAP_BYTES}`)
  return raw
}

const CUSTOMER = `t.id, t.created_at, t.updated_at, t.deleted_at, t.version, t.issue, t.name, t.kind, t.level, t.status, t.owner_id, t.phone,
  t.phone2, t.email, t.website, t.credit_code, t.industry, t.source, t.province, t.city, t.district, t.address, t.note, t.next_follow_up_at,
  t.last_follow_up_at, t.created_by, (select n.name from employee n where n.id = t.owner_id) as owner_name`
const CONTACT = 't.*, (select n.name from customer n where n.id = t.customer_id) as customer_name'

type Row = { id: string }

/** A page with what stands beside its rows: owner's name, tags, number of contacts. */
export function pageReader(
  raw: Reference,
  { where, order }: { where: string; order: string },
): (values: readonly unknown[], offset: number) => Row[] {
  const page = raw.prepare(
    `select ${CUSTOMER} from (select t.rowid as found from customer t where t.deleted_at is null and t.pool_id is null ${where} order by ${order} limit 51 offset ?) p
     join customer t on t.rowid = p.found order by ${order}`,
  )
  const beside = besideRows(raw)
  return (values, offset) => {
    const rows = page.all(...values, BigInt(offset)) as Row[]
    beside(rows)
    return rows
  }
}

function besideRows(raw: Reference): (rows: readonly Row[]) => void {
  const tags = raw.prepare(
    "select rt.record_id, tag.name from record_tag rt join tag on tag.id = rt.tag_id where rt.entity = 'customer' and rt.record_id in (select value from json_each(?)) order by tag.name",
  )
  const contacts = raw.prepare(
    'select customer_id, count(*) from contact where customer_id in (select value from json_each(?)) and deleted_at is null group by customer_id',
  )
  return (rows) => {
    const ids = JSON.stringify(rows.map((row) => row.id))
    tags.all(ids)
    contacts.all(ids)
  }
}

export function recordReader(raw: Reference, where: string): (values: readonly unknown[]) => Row | undefined {
  const one = raw.prepare(`select ${CUSTOMER} from customer t where t.id = ? ${where}`)
  const tags = raw.prepare(
    "select tag.name from record_tag rt join tag on tag.id = rt.tag_id where rt.entity = 'customer' and rt.record_id = ?",
  )
  return (values) => {
    const row = one.get(...values) as Row | undefined
    tags.all(values[0])
    return row
  }
}

/** The newest hits of an expression with the rows they stand for. */
export function searchReader(raw: Reference): (expression: string) => number {
  const hits = raw.prepare(
    'select d.entity, d.record_id as id from search_index i join search_doc d on d.id = i.rowid where search_index match ? order by i.rowid desc limit 201',
  )
  const customers = raw.prepare(
    `select ${CUSTOMER} from customer t where t.id in (select value from json_each(?)) and t.deleted_at is null`,
  )
  const contacts = raw.prepare(
    `select ${CONTACT} from contact t where t.id in (select value from json_each(?)) and t.deleted_at is null`,
  )
  return (expression) => {
    const found = hits.all(expression) as { entity: string; id: string }[]
    const ids = (entity: string) => JSON.stringify(found.filter((hit) => hit.entity === entity).map((hit) => hit.id))
    return customers.all(ids('customer')).length + contacts.all(ids('contact')).length
  }
}

/** Who carries one of the keys, with what he is compared by: his own words, and the numbers and mails of his contacts. */
export function duplicateReader(raw: Reference): (keys: readonly number[]) => number {
  const find =
    raw.prepare(`select k.key, d.entity, d.record_id, c.id, c.name, c.phone, c.phone2, c.email, c.credit_code, c.city, c.address, c.owner_id,
      e.name as owner_name, c.deleted_at, c.pool_id
    from json_each(?) w
    join match_key k on k.key = w.value join search_doc d on d.id = k.doc
    join customer c on c.id = coalesce(d.customer_id, d.record_id) left join employee e on e.id = c.owner_id limit 60`)
  const contacts = raw.prepare(
    'select id, customer_id, name, phone, phone2, email from contact where customer_id in (select value from json_each(?)) and deleted_at is null',
  )
  return (keys) => {
    const found = find.all(JSON.stringify(keys)) as { id: string }[]
    contacts.all(JSON.stringify([...new Set(found.map(({ id }) => id))]))
    return found.length
  }
}
