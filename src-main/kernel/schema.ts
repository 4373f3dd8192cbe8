import type BetterSqlite3 from 'better-sqlite3'

type Column = { name: string; type: string; notnull: number; pk: number; dflt_value: string | null }

const camel = (name: string): string => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
const pascal = (name: string): string => camel(`_${name}`)

const tablesOf = (raw: BetterSqlite3.Database): string[] =>
  raw
    .prepare(
      "select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\' and name not like 'search\\_index\\_%' escape '\\' order by name",
    )
    .pluck()
    .all() as string[]

/** kysely's row types, as the migrated schema says. */
export function tableTypes(raw: BetterSqlite3.Database): string {
  const interfaces = tablesOf(raw).map((table) => {
    const columns = raw
      .prepare('select name, type, "notnull", pk, dflt_value from pragma_table_info(?) order by cid')
      .all(table) as Column[]
    const lines = columns.map((column) => `  ${camel(column.name)}: ${typeOf(column)}`)
    if (table === 'search_index') lines.push('  rowid: number')
    return `export type ${pascal(table)}Table = {\n${lines.join('\n')}\n}\n`
  })
  const all = tablesOf(raw).map((table) => `  ${camel(table)}: ${pascal(table)}Table`)
  return `// Generated from the migrated schema by \`npm run db:types\`; do not edit.\nimport type { Generated } from 'kysely'\n\n${interfaces.join('\n')}\nexport type Tables = {\n${all.join('\n')}\n}\n`
}

function typeOf(column: Column): string {
  const base = column.type.toUpperCase() === 'INTEGER' || column.type.toUpperCase() === 'REAL' ? 'number' : 'string'
  const nullable = column.notnull === 0 && column.pk === 0 ? `${base} | null` : base
  return column.dflt_value !== null ? `Generated<${nullable}>` : nullable
}

/** Every table, index and virtual table as SQLite holds them; triggers are generated, so they are not part of it. */
export function schemaSnapshot(raw: BetterSqlite3.Database): string {
  const rows = raw
    .prepare(
      "select sql from sqlite_master where sql is not null and type <> 'trigger' and name not like 'search\\_index\\_%' escape '\\' order by type desc, name",
    )
    .pluck()
    .all() as string[]
  return `${rows.map((sql) => `${sql.replace(/\s+/g, ' ').trim()};`).join('\n')}\n`
}
