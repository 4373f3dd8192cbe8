import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type BetterSqlite3 from 'better-sqlite3'
import { openRaw } from '../../src-main/kernel/database.ts'
import { appendCommand, beginCommand, endCommand } from '../../src-main/kernel/journal.ts'
import { loadMigrations, migrate } from '../../src-main/kernel/migrate.ts'
import { SearchDocs } from '../../src-main/kernel/searchDocs.ts'
import { noteRulesOfNone } from '../../src-main/kernel/searchRules.ts'

export const AT = '2026-03-02T01:00:00.000Z'

/** A migrated database in a folder of its own, without the rest of the program. */
export async function makeDataFolder(
  customers = 20,
): Promise<{ folder: string; raw: BetterSqlite3.Database; newestSchema: number; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'kezhan-data-'))
  const raw = openRaw(folder, { create: true })
  const migrations = await loadMigrations()
  await migrate(raw, migrations, AT)
  noteRulesOfNone(raw)
  addCustomers(raw, customers)
  return {
    folder,
    raw,
    newestSchema: migrations.length,
    remove: () => {
      if (raw.open) raw.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

let next = 0
/** One command that creates customers, as the pipeline would write it. */
export function addCustomers(raw: BetterSqlite3.Database, count: number, name = '杭州云杉科技有限公司'): number {
  raw.exec('begin immediate')
  const previous = beginCommand(raw)
  const docs = new SearchDocs(raw)
  const ids = Array.from({ length: count }, () => `01CUSTOMER${String(++next).padStart(16, '0')}`)
  const insert = raw.prepare('insert into customer (id, name, phone, created_at, updated_at) values (?, ?, ?, ?, ?)')
  for (const [n, id] of ids.entries()) insert.run(id, `${name}${n}`, `+86138${String(10_000_000 + n)}`, AT, AT)
  for (const id of ids) docs.index('customer', id)
  const { seq } = appendCommand(raw, previous, {
    seq: previous.seq + 1,
    id: `01COMMAND0${String(++next).padStart(16, '0')}`,
    at: AT,
    actorId: null,
    actorName: 'test',
    origin: 'system',
    procedure: 'test.create',
    action: 'created',
    entity: 'customer',
    recordId: ids[0] ?? null,
    detail: null,
    batchId: null,
    undoes: null,
    irreversible: null,
  })
  endCommand(raw)
  raw.exec('commit')
  return seq
}
