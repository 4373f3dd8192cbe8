import { createHash } from 'node:crypto'
import type BetterSqlite3 from 'better-sqlite3'
import { columnsOf } from './dialect/triggers.ts'
import { businessTables, technicalColumns } from './tableList.ts'

export type TableDigest = { rows: number; digest: string }

/** Per business table: its rows in order of id, every column but the technical ones. */
export function tableDigests(raw: BetterSqlite3.Database): Record<string, TableDigest> {
  return Object.fromEntries(businessTables.map(({ name }) => [name, tableDigest(raw, name)]))
}

function tableDigest(raw: BetterSqlite3.Database, table: string): TableDigest {
  const columns = columnsOf(raw, table).filter((column) => !technicalColumns.has(column))
  if (columns.length === 0) return { rows: 0, digest: '' }
  const hash = createHash('sha256')
  let rows = 0
  for (const row of raw
    .prepare(`select json_array(${columns.map((column) => `"${column}"`).join(', ')}) from "${table}" order by id`)
    .pluck()
    .iterate()) {
    hash.update(String(row)).update('\n')
    rows++
  }
  return { rows, digest: hash.digest('hex') }
}

/** One figure for the whole business: equal exactly when every table's digest is. */
export function wholeDigest(tables: Record<string, TableDigest>): string {
  const hash = createHash('sha256')
  for (const name of Object.keys(tables).sort()) hash.update(`${name} ${tables[name]?.rows} ${tables[name]?.digest}\n`)
  return hash.digest('hex')
}
