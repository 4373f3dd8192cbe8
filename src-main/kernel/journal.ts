import { createHash } from 'node:crypto'
import type BetterSqlite3 from 'better-sqlite3'
import { type RawBuilder, sql } from 'kysely'

export type CommandRow = {
  seq: number
  id: string
  at: string
  actorId: string | null
  actorName: string
  origin: string
  procedure: string
  action: string
  entity: string | null
  recordId: string | null
  detail: string | null
  batchId: string | null
  undoes: number | null
  irreversible: string | null
}
export type JournalRow = {
  id: number
  seq: number
  tbl: string
  rowId: string
  op: 'i' | 'u' | 'd'
  before: string | null
  after: string | null
}
export type ChainEnd = { seq: number; hash: string }

const GENESIS: ChainEnd = { seq: 0, hash: '0'.repeat(64) }

export const lastCommand = (raw: BetterSqlite3.Database): ChainEnd =>
  (prepared(raw, 'select seq, hash from command order by seq desc limit 1').get() as ChainEnd | undefined) ?? GENESIS

/** Opens the books: from here to `endCommand` the triggers write under this number. */
export function beginCommand(raw: BetterSqlite3.Database): ChainEnd {
  const previous = lastCommand(raw)
  prepared(raw, 'update current_command set seq = ? where id = 1').run(BigInt(previous.seq + 1))
  return previous
}

export function endCommand(raw: BetterSqlite3.Database): void {
  prepared(raw, 'update current_command set seq = null where id = 1').run()
}

type RawJournalRow = [id: number, tbl: string, rowId: string, op: JournalRow['op'], before: string | null, after: string | null]
export function journalOf(raw: BetterSqlite3.Database, seq: number): JournalRow[] {
  // As arrays: an object of seven named columns costs twice as much, and an import reads hundreds of thousands.
  const rows = prepared(raw, 'select id, tbl, row_id, op, before, after from journal where seq = ? order by id')
    .raw()
    .all(BigInt(seq)) as RawJournalRow[]
  return rows.map(([id, tbl, rowId, op, before, after]) => ({ id, seq, tbl, rowId, op, before, after }))
}

/**
 * Rows of one table among those of named commands. Said plainly, SQLite would rather walk everything that was ever written to that table
 * than the few rows of the commands.
 */
export const ofTable = (table: string, journal = 'journal'): RawBuilder<boolean> =>
  sql`coalesce(${sql.ref(`${journal}.tbl`)}, '') = ${table}`

/** Closes the books on a command: its row carries a hash over the previous command's hash and a digest of its own row images. */
export function appendCommand(
  raw: BetterSqlite3.Database,
  previous: ChainEnd,
  command: CommandRow,
  touched: readonly JournalRow[] = journalOf(raw, command.seq),
): ChainEnd & { rows: number } {
  const { images, rows } = imagesOf(touched)
  const hash = hashOf(previous.hash, command, images, rows)
  prepared(
    raw,
    `insert into command (seq, id, at, actor_id, actor_name, origin, procedure, action, entity, record_id, detail, batch_id, undoes, irreversible, row_count, images, previous, hash)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    BigInt(command.seq),
    command.id,
    command.at,
    command.actorId,
    command.actorName,
    command.origin,
    command.procedure,
    command.action,
    command.entity,
    command.recordId,
    command.detail,
    command.batchId,
    command.undoes === null ? null : BigInt(command.undoes),
    command.irreversible,
    BigInt(rows),
    images,
    previous.hash,
    hash,
  )
  return { seq: command.seq, hash, rows }
}

const PIECE = 16_384

function imagesOf(journal: readonly JournalRow[]): { images: string; rows: number } {
  const hash = createHash('sha256')
  const touched = new Set<string>()
  // Many small pieces cost more than the hashing itself, all in one would hold the images of a large command twice.
  let piece = ''
  for (const row of journal) {
    piece += `${JSON.stringify([row.tbl, row.rowId, row.op, row.before, row.after])}\n`
    if (piece.length > PIECE) {
      hash.update(piece)
      piece = ''
    }
    touched.add(`${row.tbl} ${row.rowId}`)
  }
  hash.update(piece)
  return { images: hash.digest('hex'), rows: touched.size }
}

const hashOf = (previous: string, c: CommandRow, images: string, rows: number): string =>
  createHash('sha256')
    .update(previous)
    .update(
      JSON.stringify([
        c.seq,
        c.id,
        c.at,
        c.actorId,
        c.actorName,
        c.origin,
        c.procedure,
        c.action,
        c.entity,
        c.recordId,
        c.detail,
        c.batchId,
        c.undoes,
        c.irreversible,
        rows,
        images,
      ]),
    )
    .digest('hex')

export type ChainFault = { seq: number; what: 'gap' | 'previous' | 'hash' | 'images' }

/** Walks the whole chain. What a purge blanked is named in that purge's own, hashed detail; only those images are not compared. */
export function verifyChain(raw: BetterSqlite3.Database): { commands: number; faults: ChainFault[] } {
  const faults: ChainFault[] = []
  let previous: ChainEnd = GENESIS
  let commands = 0
  const purges = raw.prepare("select detail from command where action like 'purged%'").pluck().all() as string[]
  const blanked = new Set(purges.flatMap((detail) => (JSON.parse(detail) as { blanked?: number[] }).blanked ?? []))
  const all = raw.prepare(
    `select seq, id, at, actor_id as actorId, actor_name as actorName, origin, procedure, action, entity, record_id as recordId, detail, batch_id as batchId,
       undoes, irreversible, row_count as rows, images, previous, hash from command order by seq`,
  )
  for (const row of all.all() as (CommandRow & { rows: number; images: string; previous: string; hash: string })[]) {
    commands++
    if (row.seq !== previous.seq + 1) faults.push({ seq: row.seq, what: 'gap' })
    if (row.previous !== previous.hash) faults.push({ seq: row.seq, what: 'previous' })
    if (row.hash !== hashOf(row.previous, row, row.images, row.rows)) faults.push({ seq: row.seq, what: 'hash' })
    if (!blanked.has(row.seq) && imagesOf(journalOf(raw, row.seq)).images !== row.images)
      faults.push({ seq: row.seq, what: 'images' })
    previous = { seq: row.seq, hash: row.hash }
  }
  return { commands, faults }
}

const statements = new WeakMap<BetterSqlite3.Database, Map<string, BetterSqlite3.Statement>>()
/** The kernel's own raw statements, prepared once per connection. */
export function prepared(raw: BetterSqlite3.Database, sql: string): BetterSqlite3.Statement {
  let map = statements.get(raw)
  if (!map) {
    map = new Map()
    statements.set(raw, map)
  }
  let statement = map.get(sql)
  if (!statement) {
    statement = raw.prepare(sql)
    map.set(sql, statement)
  }
  return statement
}
