// Migrations are a list that only grows: numbered without gaps, each on its own, the same result from an empty file every time.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { triggerFaults } from '../../src-main/kernel/dialect/triggers.ts'
import { loadMigrations, migrate, planMigration, schemaVersion } from '../../src-main/kernel/migrate.ts'
import { schemaSnapshot } from '../../src-main/kernel/schema.ts'

const AT = '2026-11-19T02:00:00.000Z'
const folder = join(import.meta.dirname, '../../migrations')

it('every file of the folder is in the list, numbered from 0001 without a gap', async () => {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .sort()
  const loaded = await loadMigrations()
  expect(loaded.map(({ name }) => `${name}.ts`)).toEqual(files)
  expect(files.map((name) => Number(name.slice(0, 4)))).toEqual(files.map((_, index) => index + 1))
})

it('from an empty file they lead to the schema of this version, once and for all', async () => {
  const raw = new BetterSqlite3(':memory:')
  const all = await loadMigrations()
  expect(await migrate(raw, all, AT)).toMatchObject({ from: 0, to: all.length })
  expect(schemaVersion(raw)).toBe(all.length)
  expect(schemaSnapshot(raw)).toBe(readFileSync(join(folder, 'schema.snapshot.sql'), 'utf8'))
  expect(triggerFaults(raw)).toEqual([])
  const commands = () => raw.prepare('select count(*) from command').pluck().get()
  const before = commands()
  expect(await migrate(raw, all, AT)).toMatchObject({ from: all.length, to: all.length, pending: [] })
  expect(commands()).toBe(before)
  raw.close()
})

it('one at a time leads to the same schema as all at once', async () => {
  const all = await loadMigrations()
  const [steps, leap] = [new BetterSqlite3(':memory:'), new BetterSqlite3(':memory:')]
  for (let n = 1; n <= all.length; n++) await migrate(steps, all.slice(0, n), AT)
  await migrate(leap, all, AT)
  expect(schemaSnapshot(steps)).toBe(schemaSnapshot(leap))
  for (const raw of [steps, leap]) raw.close()
})

it('a table that a later migration adds gets its triggers with it, and is missed until then', async () => {
  const raw = new BetterSqlite3(':memory:')
  const all = await loadMigrations()
  const whole = {
    name: '0001_without',
    up: async (db: Parameters<(typeof all)[number]['up']>[0]) => {
      for (const { up } of all) await up(db)
    },
  }
  const without = {
    ...whole,
    up: async (db: Parameters<typeof whole.up>[0]) => {
      await whole.up(db)
      await sql`alter table record_tag rename to record_tag_later`.execute(db)
    },
  }
  const later = {
    name: '0002_later',
    up: async (db: Parameters<typeof whole.up>[0]) =>
      void (await sql`alter table record_tag_later rename to record_tag`.execute(db)),
  }
  await migrate(raw, [without], AT)
  expect(triggerFaults(raw).every((name) => name.includes('record_tag'))).toBe(true)
  expect(triggerFaults(raw)).toHaveLength(3)
  await migrate(raw, [without, later], AT)
  expect(triggerFaults(raw)).toEqual([])
  raw.close()
})

it('a newer file is refused before anything is planned', async () => {
  const raw = new BetterSqlite3(':memory:')
  const all = await loadMigrations()
  raw.pragma(`user_version = ${all.length + 1}`)
  expect(() => planMigration(raw, all)).toThrow(expect.objectContaining({ reason: 'newer' }))
  raw.close()
})
