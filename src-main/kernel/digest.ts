import { createHash } from 'node:crypto'
import type BetterSqlite3 from 'better-sqlite3'
import { columnsOf } from './dialect/triggers.ts'
import { businessTables, technicalColumns } from './tableList.ts'

export type TableDigest = { rows: number; digest: string }

/**
 * Per business table: its rows in order of id, every column but the technical ones. A backup made by another version is
 * digested over the tables that version sealed, whatever the list of today says; a table the file does not have is left out.
 */
export function tableDigests(
  raw: BetterSqlite3.Database,
  names: readonly string[] = businessTables.map(({ name }) => name),
): Record<string, TableDigest> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const columns = columnsOf(raw, name)
      return columns.length === 0 ? [] : [[name, tableDigest(raw, name, columns)]]
    }),
  )
}

function tableDigest(raw: BetterSqlite3.Database, table: string, all: readonly string[]): TableDigest {
  const columns = all.filter((column) => !technicalColumns.has(column))
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
