import type BetterSqlite3 from 'better-sqlite3'
import { addedTables, businessTables } from '../tableList.ts'

const PREFIX = 'kezhan_'

export const columnsOf = (raw: BetterSqlite3.Database, table: string): string[] =>
  (raw.prepare('select name from pragma_table_info(?) order by cid').all(table) as { name: string }[]).map(
    (column) => column.name,
  )

/**
 * Every row change of a business table lands in the journal inside its own transaction, with the number of the running
 * command; outside a command that number is null and the journal's NOT NULL refuses the write.
 */
function triggersOf(raw: BetterSqlite3.Database, table: string): [name: string, sql: string][] {
  const image = (row: 'old' | 'new') =>
    `json_object(${columnsOf(raw, table)
      .map((column) => `'${column}', ${row}."${column}"`)
      .join(', ')})`
  const write = (op: string, id: string, before: string, after: string) =>
    `begin insert into journal (seq, tbl, row_id, op, before, after) values ((select seq from current_command), '${table}', ${id}, '${op}', ${before}, ${after}); end`
  return [
    [
      `${PREFIX}${table}_i`,
      `CREATE TRIGGER ${PREFIX}${table}_i after insert on "${table}" ${write('i', 'new.id', 'null', 'null')}`,
    ],
    [
      `${PREFIX}${table}_u`,
      `CREATE TRIGGER ${PREFIX}${table}_u after update on "${table}" ${write('u', 'new.id', image('old'), image('new'))}`,
    ],
    [
      `${PREFIX}${table}_d`,
      `CREATE TRIGGER ${PREFIX}${table}_d after delete on "${table}" ${write('d', 'old.id', image('old'), 'null')}`,
    ],
  ]
}

/** History is only ever added to. Purging blanks images through `current_command.seq = -1`, which this lets pass. */
const appendOnly = (raw: BetterSqlite3.Database): [name: string, sql: string][] =>
  addedTables
    .filter((table) => columnsOf(raw, table).length > 0)
    .flatMap((table) =>
      (['update', 'delete'] as const).map((verb): [string, string] => [
        `${PREFIX}${table}_no_${verb}`,
        `CREATE TRIGGER ${PREFIX}${table}_no_${verb} before ${verb} on "${table}" when coalesce((select seq from current_command), 0) <> -1 begin select raise(abort, 'the ${table} is only ever added to'); end`,
      ]),
    )

const existing = (raw: BetterSqlite3.Database): Map<string, string> =>
  new Map(
    (
      raw.prepare("select name, sql from sqlite_master where type = 'trigger' and name like 'kezhan\\_%' escape '\\'").all() as {
        name: string
        sql: string
      }[]
    ).map(({ name, sql }) => [name, sql]),
  )

const wantedTriggers = (raw: BetterSqlite3.Database, tables = businessTables.map(({ name }) => name)): Map<string, string> =>
  new Map([...tables.flatMap((table) => triggersOf(raw, table)), ...appendOnly(raw)])

/** A file that is migrated step by step has, half way, not yet every table of today's list. */
const presentTables = (raw: BetterSqlite3.Database): string[] =>
  businessTables.map(({ name }) => name).filter((table) => columnsOf(raw, table).length > 0)

/** Triggers that the schema asks for and the file lacks, or holds otherwise. */
export function triggerFaults(raw: BetterSqlite3.Database): string[] {
  const found = existing(raw)
  return [...wantedTriggers(raw)].filter(([name, sql]) => found.get(name) !== sql).map(([name]) => name)
}

/** Triggers and views that this program never makes: in a file from elsewhere they are somebody's code. */
export const foreignTriggers = (raw: BetterSqlite3.Database): string[] =>
  raw
    .prepare(
      "select name from sqlite_master where (type = 'trigger' and name not like 'kezhan\\_%' escape '\\') or type = 'view'",
    )
    .pluck()
    .all() as string[]

/** Makes the triggers equal to what the schema asks for; writes nothing when they already are. */
export function installTriggers(raw: BetterSqlite3.Database): void {
  const wanted = wantedTriggers(raw, presentTables(raw))
  const found = existing(raw)
  for (const name of found.keys()) if (found.get(name) !== wanted.get(name)) raw.exec(`drop trigger "${name}"`)
  for (const [name, sql] of wanted) if (found.get(name) !== sql) raw.exec(sql)
}

export function dropTriggers(raw: BetterSqlite3.Database): void {
  for (const name of existing(raw).keys()) raw.exec(`drop trigger "${name}"`)
}
