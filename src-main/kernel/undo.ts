import type BetterSqlite3 from 'better-sqlite3'
import { customOver, flatRow } from '../../src-shared/kernel/custom/values.ts'
import { isCustomKey } from '../../src-shared/kernel/entity.ts'
import { type DerivedRows, isDerived, noteFollowers, refreshDerived } from './derived.ts'
import type { StayReason } from '../../src-shared/kernel/undo.ts'
import { bind } from './dialect/sqliteDialect.ts'
import { columnsOf } from './dialect/triggers.ts'
import { type JournalRow, journalOf, prepared } from './journal.ts'
import { businessTables, looseLinks, placeTables, soleFlags, tableOf, technicalColumns } from './tableList.ts'

type Image = Record<string, unknown>
/** `settled`: reversed, and nothing had to be written for it. */
export type Why = StayReason | 'settled'
export type RowOutcome = {
  tbl: string
  id: string
  outcome: 'reversed' | 'kept' | 'failed'
  why?: Why
  /** Columns of a reversed row that somebody changed since and that keep the newer value. */
  keptColumns?: readonly string[]
}
/** What one command did to one row in sum. */
export type NetChange = { tbl: string; id: string; lastEntry: number } & (
  | { kind: 'none' }
  | { kind: 'created' }
  | { kind: 'updated'; before: Image; after: Image; columns: string[] }
  | { kind: 'deleted'; before: Image }
)
export const wrote = ({ outcome, why }: RowOutcome): boolean => outcome === 'reversed' && why === undefined
/** Says whether the one who undoes may touch this row; false is for want of rights, anything else says why not. */
export type MayTouch = (change: NetChange, current: Image | null) => boolean | Why
/**
 * Takes each column of a row back by itself: what was changed since keeps its newer value, the rest goes back. `stands` says that a
 * column which reads differently now still is as the command left it; columns `together` go back together or not at all.
 */
export type ByColumn = {
  readonly stands: (tbl: string, column: string, value: unknown, left: unknown) => boolean
  readonly together: readonly (readonly string[])[]
}
type How = { readonly mayTouch: MayTouch; readonly byColumn: ByColumn | undefined }

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

/** An added field that is empty has no key. */
const valueAt = (image: Image, column: string): unknown => (isCustomKey(column) ? (image[column] ?? null) : image[column])

/** A column that somebody sets, and that can therefore have been changed since. */
const isOwn = (table: string, column: string): boolean => !technicalColumns.has(column) && !isDerived(table, column)

function netOf(first: JournalRow, last: JournalRow): NetChange {
  const base = { tbl: first.tbl, id: first.rowId, lastEntry: last.id }
  if (first.op === 'i') return last.op === 'd' ? { ...base, kind: 'none' } : { ...base, kind: 'created', lastEntry: first.id }
  // The company's own fields are told apart like columns: of two people who filled in different ones, neither undoes the other.
  const before = JSON.parse(first.before ?? '{}') as Image
  if (last.op === 'd') return { ...base, kind: 'deleted', before }
  const [old, now] = [flatRow(before), flatRow(JSON.parse(last.after ?? '{}') as Image)]
  const columns = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
    (column) => valueAt(old, column) !== valueAt(now, column) && column !== 'custom' && isOwn(first.tbl, column),
  )
  return columns.length === 0 ? { ...base, kind: 'none' } : { ...base, kind: 'updated', before: old, after: now, columns }
}

/**
 * Takes the rows of a command back by column name. A row that somebody changed since, that others hang on, or whose table was
 * reshaped is kept and named; reversed + kept + failed = rows the command touched.
 */
export function reverse(
  raw: BetterSqlite3.Database,
  seq: number,
  at: string,
  mayTouch: MayTouch,
  byColumn?: ByColumn,
): RowOutcome[] {
  // What is kept of a table that is nobody's rows any more stays as it is.
  const changes = netChanges(journalOf(raw, seq).filter(({ tbl }) => tableOf(tbl) !== undefined))
  const kept = createdThatStay(raw, changes, mayTouch)
  const followers: DerivedRows = new Map()
  const outcomes = changes.map((change): RowOutcome => {
    const why = kept.get(keyOf(change))
    if (why) return { tbl: change.tbl, id: change.id, outcome: why === 'settled' ? 'reversed' : 'kept', why }
    const row = current(raw, change.tbl, change.id)
    const outcome = reverseOne(raw, change, at, { mayTouch, byColumn })
    if (wrote(outcome))
      for (const image of [row, 'before' in change ? change.before : null]) noteFollowers(followers, change.tbl, image)
    return outcome
  })
  refreshDerived(raw, followers, at)
  return outcomes
}

const barTo = (may: boolean | Why): Why | null => (may === true ? null : may || 'noRight')

const keyOf = ({ tbl, id }: { tbl: string; id: string }): string => `${tbl} ${id}`

const current = (raw: BetterSqlite3.Database, tbl: string, id: string): Image | null =>
  (prepared(raw, `select * from "${tbl}" where id = ?`).get(id) as Image | undefined) ?? null

function reverseOne(raw: BetterSqlite3.Database, change: NetChange, at: string, { mayTouch, byColumn }: How): RowOutcome {
  const { tbl, id } = change
  const row = current(raw, tbl, id)
  if (change.kind === 'none' || (change.kind === 'created' && !row)) return { tbl, id, outcome: 'reversed', why: 'settled' }
  const bar = barTo(mayTouch(change, row))
  if (bar) return { tbl, id, outcome: 'kept', why: bar }
  try {
    const open = byColumn ? openPart(change, row, byColumn) : change
    if (open === null)
      return { tbl, id, outcome: 'kept', why: 'changedSince', ...(change.kind === 'updated' && { keptColumns: change.columns }) }
    const why = reverseKind(raw, open, row, at)
    if (why) return { tbl, id, outcome: 'kept', why }
    return { tbl, id, outcome: 'reversed', ...keptColumns(change, open) }
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

type Written = Exclude<NetChange, { kind: 'none' }>

/** What of an update still stands, said as if the command had left what is there now; null when nothing does. */
function openPart(change: Written, row: Image | null, { stands, together }: ByColumn): Written | null {
  if (change.kind !== 'updated' || row === null) return change
  const now = flatRow(row)
  const isOpen = (column: string): boolean => {
    const [value, left] = [valueAt(now, column), valueAt(change.after, column)]
    return value === left || stands(change.tbl, column, value, left)
  }
  const bound = (column: string): readonly string[] => together.find((columns) => columns.includes(column)) ?? [column]
  const columns = change.columns.filter((column) =>
    bound(column).every((one) => (change.columns.includes(one) ? isOpen(one) : isUntouched(change, now, one))),
  )
  if (columns.length === 0) return null
  const after = Object.fromEntries(columns.map((column) => [column, valueAt(now, column)]))
  return { ...change, columns, after: { ...change.after, ...after } }
}

const isUntouched = ({ before }: { before: Image }, now: Image, column: string): boolean =>
  !(column in now) || valueAt(now, column) === valueAt(before, column)

function keptColumns(change: Written, open: Written): Pick<RowOutcome, 'keptColumns'> {
  if (change.kind !== 'updated' || open.kind !== 'updated' || change.columns.length === open.columns.length) return {}
  return { keptColumns: change.columns.filter((column) => !open.columns.includes(column)) }
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
  const image = { ...before, ...takenFlags(raw, tbl, before) }
  insertImage(raw, tbl, 'version' in before ? { ...image, version: Number(before['version']) + 1 } : image)
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
  if (change.columns.some((column) => !now.columns.includes(isCustomKey(column) ? 'custom' : column))) return 'reshaped'
  const standing = flatRow(row)
  if (change.columns.some((column) => valueAt(standing, column) !== valueAt(change.after, column))) return 'changedSince'
  const back = valuesBack(change, row)
  const taken = takenFlags(raw, change.tbl, { ...row, ...back })
  if (Object.keys(back).every((column) => column in taken)) return 'changedSince'
  updateColumns(raw, { tbl: change.tbl, id: change.id, ...now, values: { ...back, ...taken } })
  return null
}

/** What is written to put a row back, by column: added fields over those that stand there now. */
function valuesBack(change: Updated, row: Image): Image {
  const of = (custom: boolean) =>
    Object.fromEntries(
      change.columns.filter((column) => isCustomKey(column) === custom).map((column) => [column, change.before[column]]),
    )
  const added = of(true)
  return { ...of(false), ...(Object.keys(added).length > 0 && { custom: customOver(row['custom'], added) }) }
}

/** The flags of a row that another has got since, unset: two main contacts would be none. In the recycle bin nobody's flag is in anybody's way. */
function takenFlags(raw: BetterSqlite3.Database, tbl: string, image: Image): Image {
  if (image['deleted_at']) return {}
  const taken = soleFlags.filter(
    ({ table, column, within }) =>
      table === tbl &&
      image[column] === 1 &&
      prepared(
        raw,
        `select 1 from "${tbl}" where "${within}" = ? and "${column}" = 1 and deleted_at is null and id <> ? limit 1`,
      ).get(image[within], image['id']) !== undefined,
  )
  return Object.fromEntries(taken.map(({ column }) => [column, 0]))
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

/**
 * Which rows that the command created stay: changed since, not the undoer's to touch, in use by a row that stays, or part of a
 * record that stays (half a record helps nobody). One reason may bring the next, so this runs until nothing is added.
 */
function createdThatStay(raw: BetterSqlite3.Database, changes: readonly NetChange[], mayTouch: MayTouch): Map<string, Why> {
  const created = changes.flatMap((change) => {
    const row = change.kind === 'created' ? current(raw, change.tbl, change.id) : null
    return row ? [{ change, row }] : []
  })
  const leaving = new Set(created.map(({ change }) => keyOf(change)))
  const linked = linkedByIt(raw, changes, mayTouch)
  const kept = new Map<string, Why>()
  const keep = (change: NetChange, why: Why): void => {
    kept.set(keyOf(change), why)
    leaving.delete(keyOf(change))
  }
  for (const { change, row } of created) {
    const bar = barTo(mayTouch(change, row)) ?? (changedAfter(raw, change, row) ? 'changedSince' : null)
    if (bar) keep(change, bar)
  }
  let before = -1
  while (before !== kept.size) {
    before = kept.size
    for (const { change, row } of created) {
      if (kept.has(keyOf(change))) continue
      const hanging = hangsOn(raw, change.tbl, change.id, leaving.size + linked.size + 1)
      if (hanging.some((child) => !leaving.has(keyOf(child)) && !linked.get(keyOf(child))?.has(change.id)))
        keep(change, placeTables.has(change.tbl) ? 'settled' : 'referenced')
      else if ((kept.get(ownerOf(change.tbl, row)) ?? 'settled') !== 'settled') keep(change, 'belongsToKept')
    }
  }
  return kept
}

/**
 * Rows that were there before and that the command made point at others, each with what it lets go of when it is put back: it is put back
 * first, and does not hold on to what the command created. What somebody changed since is not put back, and holds on.
 */
function linkedByIt(raw: BetterSqlite3.Database, changes: readonly NetChange[], mayTouch: MayTouch): Map<string, Set<string>> {
  const linked = new Map<string, Set<string>>()
  for (const change of changes) {
    if (change.kind !== 'updated') continue
    const row = current(raw, change.tbl, change.id)
    if (!row || !mayTouch(change, row)) continue
    const standing = flatRow(row)
    if (change.columns.some((column) => valueAt(standing, column) !== valueAt(change.after, column))) continue
    const goes = change.columns.flatMap((column) => (typeof change.after[column] === 'string' ? [change.after[column]] : []))
    const stays = new Set(Object.entries(row).flatMap(([column, value]) => (change.columns.includes(column) ? [] : [value])))
    for (const column of change.columns) stays.add(change.before[column])
    linked.set(keyOf(change), new Set(goes.filter((value) => !stays.has(value))))
  }
  return linked
}

/** The record a row is a part of: a tag on a customer is the customer's, not the tag's. */
function ownerOf(tbl: string, row: Image): string {
  const loose = looseLinks.find((link) => link.table === tbl)
  if (loose) {
    const owner = businessTables.find(
      ({ name, entity, recordColumn }) => !recordColumn && entity === row[loose.entityColumn] && name !== tbl,
    )
    return `${owner?.name} ${String(row[loose.recordColumn])}`
  }
  const column = tableOf(tbl)?.recordColumn ?? 'customer_id'
  const owner =
    column === 'customer_id' ? 'customer' : businessTables.find((table) => table.entity === tableOf(tbl)?.entity)?.name
  return `${owner} ${String(row[column])}`
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
  return Object.keys(before).some((column) => isOwn(change.tbl, column) && before[column] !== row[column])
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

/** Records that hold a value in a field of the company: its definition stays while they do. */
function holders(raw: BetterSqlite3.Database, id: string, most: number): { tbl: string; id: string }[] {
  const field = prepared(raw, 'select entity, key from custom_field where id = ?').get(id) as
    | { entity: string; key: string }
    | undefined
  const tbl = businessTables.find(({ entity, recordColumn }) => !recordColumn && entity === field?.entity)?.name
  if (!field || tbl === undefined || !isCustomKey(field.key)) return []
  const found = prepared(raw, `select id from "${tbl}" where custom <> '{}' and custom ->> '$.${field.key}' is not null limit ?`)
  return (found.pluck().all(BigInt(most)) as string[]).map((holder) => ({ tbl, id: holder }))
}

/** Rows that point at a row, by foreign key or by a registered link; up to `most` of each kind. */
export function hangsOn(raw: BetterSqlite3.Database, table: string, id: string, most: number): { tbl: string; id: string }[] {
  const entity = tableOf(table)?.entity ?? ''
  const look = (child: string, where: string, values: readonly string[]) =>
    (
      prepared(raw, `select id from "${child}" where ${where} limit ?`)
        .pluck()
        .all(...values, BigInt(most)) as string[]
    ).map((found) => ({
      tbl: child,
      id: found,
    }))
  const byKey = allReferences(raw)
    .filter((reference) => reference.target === table)
    .flatMap((reference) => look(reference.table, `"${reference.column}" = ?`, [id]))
  const byLink = looseLinks.flatMap((link) =>
    look(link.table, `"${link.entityColumn}" = ? and "${link.recordColumn}" = ?`, [entity, id]),
  )
  return [...byKey, ...byLink, ...(table === 'custom_field' ? holders(raw, id, most) : [])]
}
