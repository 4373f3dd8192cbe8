// Laws of decisions.md "Data": triggers on every business table, no cascade behind the journal, whole numbers bound as such.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PARTS } from '../../src-main/features/customers/purgeParts.ts'
import { HANGING } from '../../src-main/features/customers/store.ts'
import { ENTITIES } from '../../src-main/features/merges/handlers.ts'
import { doctor } from '../../src-main/kernel/doctor.ts'
import { kyselyOver } from '../../src-main/kernel/database.ts'
import { installTriggers, triggerFaults } from '../../src-main/kernel/dialect/triggers.ts'
import { schemaSnapshot, tableTypes } from '../../src-main/kernel/schema.ts'
import { businessTables, looseLinks, technicalTables } from '../../src-main/kernel/tableList.ts'
import { entities } from '../../src-shared/entities.ts'
import { columnOf } from '../../src-shared/kernel/entity.ts'
import { makeDataFolder } from '../support/dataFolder.ts'

const root = join(import.meta.dirname, '../..')
let data: Awaited<ReturnType<typeof makeDataFolder>>
beforeEach(async () => {
  data = await makeDataFolder(3)
})
afterEach(() => data.remove())

const tablesOf = (raw: BetterSqlite3.Database): string[] =>
  raw
    .prepare(
      "select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\' and name not like 'search\\_index\\_%' escape '\\'",
    )
    .pluck()
    .all() as string[]
const triggersOn = (table: string): string[] =>
  data.raw.prepare("select name from sqlite_master where type = 'trigger' and tbl_name = ?").pluck().all(table) as string[]

describe('tables', () => {
  it('each is business or technical, never both, and each of the list exists', () => {
    const listed = [...businessTables.map(({ name }) => name), ...technicalTables]
    expect(tablesOf(data.raw).sort()).toEqual([...listed].sort())
    expect(new Set(listed).size).toBe(listed.length)
  })

  it('a table that nobody listed is found', () => {
    data.raw.exec('create table stray (id text primary key not null) strict')
    const listed = new Set([...businessTables.map(({ name }) => name), ...technicalTables])
    expect(tablesOf(data.raw).filter((name) => !listed.has(name))).toEqual(['stray'])
  })

  it('are strict, and every business table has a text id', () => {
    const loose = data.raw
      .prepare(
        "select name from pragma_table_list where schema = 'main' and type = 'table' and strict = 0 and name not like 'sqlite\\_%' escape '\\'",
      )
      .pluck()
      .all()
    expect(loose).toEqual([])
    for (const { name } of businessTables) {
      const id = data.raw.prepare("select type, pk from pragma_table_info(?) where name = 'id'").get(name)
      expect(id, name).toEqual({ type: 'TEXT', pk: 1 })
    }
  })

  it('carry a column for every described field', () => {
    for (const entity of entities) {
      // Generated columns, which lists sort by, stand in the longer list only.
      const columns = data.raw.prepare('select name from pragma_table_xinfo(?)').pluck().all(entity.table)
      for (const field of entity.fields)
        if (field.type !== 'tags' && field.computed === undefined)
          expect(columns, `${entity.name}.${field.key}`).toContain(field.sortColumn ?? columnOf(field.key))
    }
  })
})

describe('triggers', () => {
  it('stand on every business table: insert, update, delete', () => {
    for (const { name } of businessTables)
      expect(triggersOn(name).sort(), name).toEqual([`kezhan_${name}_d`, `kezhan_${name}_i`, `kezhan_${name}_u`])
  })

  it.each(['i', 'u', 'd'])('a dropped %s trigger is found by the doctor and put back at the next start', (verb) => {
    data.raw.exec(`drop trigger kezhan_contact_${verb}`)
    expect(triggerFaults(data.raw)).toEqual([`kezhan_contact_${verb}`])
    const diagnosis = doctor(data.folder, { version: 'test', newestSchema: data.newestSchema })
    expect(diagnosis.ok).toBe(false)
    expect(diagnosis.problems.join()).toContain(`kezhan_contact_${verb}`)
    installTriggers(data.raw)
    expect(triggerFaults(data.raw)).toEqual([])
  })

  it('a trigger that no longer writes the image is found, too', () => {
    data.raw.exec('drop trigger kezhan_customer_u')
    data.raw.exec('create trigger kezhan_customer_u after update on customer begin select 1; end')
    expect(triggerFaults(data.raw)).toEqual(['kezhan_customer_u'])
  })

  it('refuse a row change outside a command', () => {
    expect(() => data.raw.exec("update customer set level = 'A'")).toThrow(/NOT NULL constraint failed: journal.seq/)
    expect(data.raw.prepare("select count(*) from customer where level = 'A'").pluck().get()).toBe(0)
  })
})

describe('references', () => {
  type Key = { table: string; on_delete: string; on_update: string }
  const keysOf = (raw: BetterSqlite3.Database): Key[] =>
    tablesOf(raw).flatMap((name) => (raw.pragma(`foreign_key_list("${name}")`) as Key[]).map((key) => ({ ...key, table: name })))
  const cascading = (raw: BetterSqlite3.Database) =>
    keysOf(raw).filter((key) => key.on_delete !== 'NO ACTION' || key.on_update !== 'NO ACTION')

  it('are all NO ACTION, so that nothing goes behind the journal', () => {
    expect(keysOf(data.raw).length).toBeGreaterThan(10)
    expect(cascading(data.raw)).toEqual([])
  })

  it('a cascade is found', () => {
    data.raw.exec(
      'create table stray (id text primary key not null, customer_id text references customer (id) on delete cascade) strict',
    )
    expect(cascading(data.raw)).toHaveLength(1)
  })

  type Pointing = { table: string; from: string }
  const columnsOf = (raw: BetterSqlite3.Database, table: string) =>
    raw.prepare('select name from pragma_table_info(?)').pluck().all(table) as string[]
  /** Every column that points at customers: of tables whose rows can lie in the bin with theirs, and of the others. */
  const pointing = (raw: BetterSqlite3.Database) => {
    const all = tablesOf(raw)
      .filter((table) => table !== 'customer')
      .flatMap((table) =>
        (raw.pragma(`foreign_key_list("${table}")`) as Pointing[])
          .filter((key) => key.table === 'customer')
          .map(({ from }) => ({ table, from, canLie: from === 'customer_id' && columnsOf(raw, table).includes('deleted_with') })),
      )
    return {
      lying: all.flatMap(({ table, canLie }) => (canLie ? [table] : [])).toSorted(),
      others: all.flatMap(({ table, from, canLie }) => (canLie ? [] : [`${table}.${from}`])).toSorted(),
    }
  }

  it('to a customer: whatever can lie in the recycle bin goes there with him, is purged with him and counted before a merge', () => {
    const { lying, others } = pointing(data.raw)
    expect(HANGING.toSorted()).toEqual(lying)
    // What only remembers him, or is taken away with him.
    expect(others).toEqual([
      'lead.converted_customer_id',
      'not_duplicate.first_id',
      'not_duplicate.second_id',
      'pool_move.customer_id',
    ])
    const purged = new Set(PARTS.map(({ entity }) => entity.table))
    expect(lying.filter((table) => !purged.has(table))).toEqual([])
    const counted = new Set(
      entities.filter(({ name }) => Object.values<string>(ENTITIES).includes(name)).map(({ table }) => table),
    )
    // Files are counted as those of his records, titles for invoices are no work of anybody's.
    expect(lying.filter((table) => !counted.has(table))).toEqual(['billing_profile', 'file'])
  })

  it('a new table that hangs on a customer is found', () => {
    data.raw.exec(
      'create table stray (id text primary key not null, customer_id text references customer (id), deleted_with text) strict',
    )
    expect(pointing(data.raw).lying).toContain('stray')
  })

  type From = { table: string; from: string }
  const unserved = (raw: BetterSqlite3.Database): string[] =>
    tablesOf(raw).flatMap((table) => {
      const leading = raw
        .prepare(
          'select ii.name from pragma_index_list(?) il join pragma_index_info(il.name) ii where ii.seqno = 0 and il.partial = 0',
        )
        .pluck()
        .all(table) as string[]
      // An index of every row that refers at all serves as well: who refers to something is not empty.
      const referring = raw
        .prepare("select sql from sqlite_master where type = 'index' and tbl_name = ? and sql like '% where %'")
        .pluck()
        .all(table) as string[]
      const ofAll = (column: string) =>
        referring.some((text) => text.includes(`(${column},`) && text.endsWith(`where ${column} is not null`))
      return (raw.pragma(`foreign_key_list("${table}")`) as From[])
        .filter(({ from }) => !leading.includes(from) && !ofAll(from))
        .map(({ from }) => `${table}.${from}`)
    })

  it('are each served by an index of all rows, since undo and SQLite itself ask for them row by row', () => {
    expect(unserved(data.raw)).toEqual([])
  })

  it('a reference is missed whose index holds living rows only', () => {
    data.raw.exec('drop index customer_by_owner')
    data.raw.exec('create index customer_by_owner on customer (owner_id) where deleted_at is null')
    expect(unserved(data.raw)).toEqual(['customer.owner_id'])
    data.raw.exec('drop index customer_by_owner')
    data.raw.exec('create index customer_by_owner on customer (owner_id, id) where owner_id is not null')
    expect(unserved(data.raw)).toEqual([])
    // It really is what a look for referring rows goes by.
    const plan = data.raw.prepare('explain query plan select 1 from customer where owner_id = ?').all('x') as { detail: string }[]
    expect(plan[0]?.detail).toContain('customer_by_owner')
  })

  it('loose links name columns that exist', () => {
    for (const { table, entityColumn, recordColumn } of looseLinks) {
      const columns = data.raw.prepare('select name from pragma_table_info(?)').pluck().all(table)
      expect(columns).toEqual(expect.arrayContaining([entityColumn, recordColumn]))
    }
  })
})

describe('generated files', () => {
  it('the schema snapshot is the migrated schema', () => {
    expect(schemaSnapshot(data.raw)).toBe(readFileSync(join(root, 'migrations/schema.snapshot.sql'), 'utf8'))
    data.raw.exec('create index stray on customer (note)')
    expect(schemaSnapshot(data.raw)).not.toBe(readFileSync(join(root, 'migrations/schema.snapshot.sql'), 'utf8'))
  })

  it('the row types are those of the migrated schema', () => {
    const words = (text: string) => text.replace(/[\s;,]+/g, ' ').trim()
    expect(words(readFileSync(join(root, 'src-main/kernel/tables.gen.ts'), 'utf8'))).toBe(words(tableTypes(data.raw)))
  })
})

describe('sources', () => {
  const sources = ['src-main', 'src-shared', 'migrations'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true })
      .map(String)
      .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
      .map((path) => ({ path: join(folder, path), text: readFileSync(join(root, folder, path), 'utf8') })),
  )
  const replacing = (text: string): boolean => /\b(insert\s+or\s+replace|replace\s+into|\.replaceInto\()/i.test(text)

  it('never replace a row: REPLACE deletes without firing the delete trigger', () => {
    expect(sources.length).toBeGreaterThan(100)
    expect(sources.filter(({ text }) => replacing(text)).map(({ path }) => path)).toEqual([])
    expect(replacing('INSERT OR REPLACE INTO customer')).toBe(true)
  })
})

describe('numbers', () => {
  it('are bound as integers: 5 / 2 is 2, where the bare driver says 2.5', async () => {
    const db = kyselyOver(data.raw, false)
    const { rows } = await sql<{ half: number; kind: string }>`select ${5} / 2 as half, typeof(${5}) as kind`.execute(db)
    expect(rows[0]).toEqual({ half: 2, kind: 'integer' })
    expect(new BetterSqlite3(':memory:').prepare('select ? / 2').pluck().get(5)).toBe(2.5)
  })

  it('fractions and large whole numbers come back as they went in', async () => {
    const db = kyselyOver(data.raw, false)
    const big = Number.MAX_SAFE_INTEGER
    const { rows } = await sql<{ a: number; b: number; c: number }>`select ${0.1} as a, ${big} as b, ${true} as c`.execute(db)
    expect(rows[0]).toEqual({ a: 0.1, b: big, c: 1 })
  })
})
