import type BetterSqlite3 from 'better-sqlite3'
import { bind } from './dialect/sqliteDialect.ts'
import { columnsOf } from './dialect/triggers.ts'
import { type JournalRow, journalOf, prepared } from './journal.ts'
import { looseLinks, technicalColumns } from './tableList.ts'

type Image = Record<string, unknown>
export type Why = 'changedSince' | 'referenced' | 'belongsToKept' | 'noRight' | 'reshaped' | 'gone' | 'conflict'
export type RowOutcome = { tbl: string; id: string; outcome: 'reversed' | 'kept' | 'failed'; why?: Why }
/** What one command did to one row in sum. */
export type NetChange = { tbl: string; id: string; lastEntry: number } & (
  | { kind: 'none' }
  | { kind: 'created' }
  | { kind: 'updated'; before: Image; after: Image; columns: string[] }
  | { kind: 'deleted'; before: Image }
)
/** Says whether the one who undoes may touch this row. */
export type MayTouch = (change: NetChange, current: Image | null) => boolean

/** Newest first, so that what hangs on a row goes before the row and comes back after it. */
export function netChanges(rows: readonly JournalRow[]): NetChange[] {
  const byRow = new Map<string, { first: JournalRow; last: JournalRow }>()
  for (const row of rows) {
    const key = `${row.tbl} ${row.rowId}`
    const known = byRow.get(key)
    byRow.set(key, { first: known?.first ?? row, last: row })
  }
  return [...byRow.values()].map(({ first, last }) => netOf(first, last)).sort((a, b) => b.lastEntry - a.lastEntry)
}

function netOf(first: JournalRow, last: JournalRow): NetChange {
  const base = { tbl: first.tbl, id: first.rowId, lastEntry: last.id }
  if (first.op === 'i') return last.op === 'd' ? { ...base, kind: 'none' } : { ...base, kind: 'created', lastEntry: first.id }
  const before = JSON.parse(first.before ?? '{}') as Image
  if (last.op === 'd') return { ...base, kind: 'deleted', before }
  const after = JSON.parse(last.after ?? '{}') as Image
  const columns = Object.keys(before).filter((column) => before[column] !== after[column] && !technicalColumns.has(column))
  return columns.length === 0 ? { ...base, kind: 'none' } : { ...base, kind: 'updated', before, after, columns }
}

/**
 * Takes the rows of a command back by column name. A row that somebody changed since, that others hang on, or whose table was
 * reshaped is kept and named; reversed + kept + failed = rows the command touched.
 */
export function reverse(raw: BetterSqlite3.Database, seq: number, at: string, mayTouch: MayTouch): RowOutcome[] {
  const changes = netChanges(journalOf(raw, seq))
  const keptParents = new Map<string, Why>()
  const created = new Set(changes.filter((change) => change.kind === 'created').map((change) => `${change.tbl} ${change.id}`))
  for (const change of changes) {
    if (change.kind !== 'created') continue
    const why = whyCreatedStays(raw, change, created, mayTouch)
    if (why) keptParents.set(`${change.tbl} ${change.id}`, why)
  }
  keepWhatBelongsToKept(raw, changes, keptParents)
  return changes.map((change) => {
    const why = keptParents.get(`${change.tbl} ${change.id}`)
    return why ? { tbl: change.tbl, id: change.id, outcome: 'kept', why } : reverseOne(raw, change, at, mayTouch)
  })
}

const current = (raw: BetterSqlite3.Database, tbl: string, id: string): Image | null =>
  (prepared(raw, `select * from "${tbl}" where id = ?`).get(id) as Image | undefined) ?? null

function reverseOne(raw: BetterSqlite3.Database, change: NetChange, at: string, mayTouch: MayTouch): RowOutcome {
  const { tbl, id } = change
  const row = current(raw, tbl, id)
  if (change.kind === 'none') return { tbl, id, outcome: 'reversed' }
  if (!mayTouch(change, row)) return { tbl, id, outcome: 'kept', why: 'noRight' }
  try {
    const why = reverseKind(raw, change, row, at)
    return why ? { tbl, id, outcome: 'kept', why } : { tbl, id, outcome: 'reversed' }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code === 'SQLITE_CONSTRAINT_FOREIGNKEY') return { tbl, id, outcome: 'kept', why: 'referenced' }
    if (code.startsWith('SQLITE_CONSTRAINT')) return { tbl, id, outcome: 'failed', why: 'conflict' }
    throw error
  }
}

/** @returns why the row stays as it is, or null when it was put back. */
function reverseKind(
  raw: BetterSqlite3.Database,
  change: Exclude<NetChange, { kind: 'none' }>,
  row: Image | null,
  at: string,
): Why | null {
  if (change.kind === 'created') {
    if (row) prepared(raw, `delete from "${change.tbl}" where id = ?`).run(change.id)
    return null
  }
  const columns = columnsOf(raw, change.tbl)
  return change.kind === 'deleted' ? putBack(raw, change, row, columns) : writeBack(raw, change, row, { at, columns })
}

type Deleted = Extract<NetChange, { kind: 'deleted' }>
function putBack(
  raw: BetterSqlite3.Database,
  { tbl, before }: Deleted,
  row: Image | null,
  columns: readonly string[],
): Why | null {
  if (row) return 'changedSince'
  if (Object.keys(before).some((column) => !columns.includes(column))) return 'reshaped'
  insertImage(raw, tbl, 'version' in before ? { ...before, version: Number(before['version']) + 1 } : before)
  return null
}

type Updated = Extract<NetChange, { kind: 'updated' }>
function writeBack(
  raw: BetterSqlite3.Database,
  change: Updated,
  row: Image | null,
  now: { at: string; columns: readonly string[] },
): Why | null {
  if (!row) return 'gone'
  if (change.columns.some((column) => !now.columns.includes(column))) return 'reshaped'
  if (change.columns.some((column) => row[column] !== change.after[column])) return 'changedSince'
  updateColumns(raw, {
    tbl: change.tbl,
    id: change.id,
    ...now,
    values: Object.fromEntries(change.columns.map((column) => [column, change.before[column]])),
  })
  return null
}

function insertImage(raw: BetterSqlite3.Database, tbl: string, image: Image): void {
  const names = Object.keys(image)
  prepared(
    raw,
    `insert into "${tbl}" (${names.map((name) => `"${name}"`).join(', ')}) values (${names.map(() => '?').join(', ')})`,
  ).run(names.map((name) => bind(image[name])))
}

function updateColumns(
  raw: BetterSqlite3.Database,
  change: { tbl: string; id: string; at: string; columns: readonly string[]; values: Image },
): void {
  const names = Object.keys(change.values)
  const extra = [
    change.columns.includes('version') ? ', version = version + 1' : '',
    change.columns.includes('updated_at') ? ', updated_at = ?' : '',
  ].join('')
  const parameters = [
    ...names.map((name) => bind(change.values[name])),
    ...(change.columns.includes('updated_at') ? [change.at] : []),
    change.id,
  ]
  prepared(raw, `update "${change.tbl}" set ${names.map((name) => `"${name}" = ?`).join(', ')}${extra} where id = ?`).run(
    parameters,
  )
}

function whyCreatedStays(
  raw: BetterSqlite3.Database,
  change: NetChange,
  created: ReadonlySet<string>,
  mayTouch: MayTouch,
): Why | null {
  const row = current(raw, change.tbl, change.id)
  if (!row) return null
  if (!mayTouch(change, row)) return 'noRight'
  if (changedAfter(raw, change, row)) return 'changedSince'
  return hangsOn(raw, change.tbl, change.id).some((child) => !created.has(`${child.tbl} ${child.id}`)) ? 'referenced' : null
}

/** Inserts carry no image: the first later entry's "before" is how the row was created. */
function changedAfter(raw: BetterSqlite3.Database, change: NetChange, row: Image): boolean {
  const next = prepared(
    raw,
    'select before from journal where tbl = ? and row_id = ? and id > ? and seq > (select seq from journal where id = ?) order by id limit 1',
  )
    .pluck()
    .get(change.tbl, change.id, BigInt(change.lastEntry), BigInt(change.lastEntry)) as string | null | undefined
  if (!next) return false
  const before = JSON.parse(next) as Image
  return Object.keys(before).some((column) => !technicalColumns.has(column) && before[column] !== row[column])
}

/** A contact stays when the customer it was created with stays: half a record helps nobody. */
function keepWhatBelongsToKept(raw: BetterSqlite3.Database, changes: readonly NetChange[], kept: Map<string, Why>): void {
  let grew = kept.size > 0
  while (grew) {
    grew = false
    for (const change of changes) {
      const key = `${change.tbl} ${change.id}`
      if (change.kind !== 'created' || kept.has(key)) continue
      const row = current(raw, change.tbl, change.id)
      if (!row || !targetsOf(raw, change.tbl).some(({ column, target }) => kept.has(`${target} ${String(row[column])}`))) continue
      kept.set(key, 'belongsToKept')
      grew = true
    }
  }
}

type Reference = { table: string; column: string; target: string }
const references = new WeakMap<BetterSqlite3.Database, Reference[]>()

/** Every foreign key of the database, as SQLite itself reports it. */
export function allReferences(raw: BetterSqlite3.Database): Reference[] {
  let known = references.get(raw)
  if (!known) {
    known = raw
      .prepare(
        `select m.name as "table", fk."from" as "column", fk."table" as target from sqlite_master m join pragma_foreign_key_list(m.name) fk where m.type = 'table'`,
      )
      .all() as Reference[]
    references.set(raw, known)
  }
  return known
}

const targetsOf = (raw: BetterSqlite3.Database, table: string): { column: string; target: string }[] =>
  allReferences(raw).filter((reference) => reference.table === table)

/** Rows that point at a row, by foreign key or by a registered link. */
export function hangsOn(raw: BetterSqlite3.Database, table: string, id: string): { tbl: string; id: string }[] {
  const byKey = allReferences(raw)
    .filter((reference) => reference.target === table)
    .flatMap((reference) =>
      (
        prepared(raw, `select id from "${reference.table}" where "${reference.column}" = ? limit 50`).pluck().all(id) as string[]
      ).map((child) => ({ tbl: reference.table, id: child })),
    )
  const byLink = looseLinks.flatMap((link) =>
    (prepared(raw, `select id from "${link.table}" where "${link.recordColumn}" = ? limit 50`).pluck().all(id) as string[]).map(
      (child) => ({ tbl: link.table, id: child }),
    ),
  )
  return [...byKey, ...byLink]
}
