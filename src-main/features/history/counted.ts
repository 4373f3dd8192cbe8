import { sql } from 'kysely'
import type { UndoResult } from '../../../src-shared/features/history/model.ts'
import type { ReadDb, WriteTx } from '../../kernel/database.ts'
import { businessTables, looseLinks } from '../../kernel/tableList.ts'
import type { RowOutcome } from '../../kernel/undo.ts'
import { entityOfTable, isRecordTable, type StoredCommand } from './store.ts'

const DETAILS_AT_MOST = 200

/** The kind of record a command is counted in; an import in what it brings. */
export function kindOf({ entity, detail }: Pick<StoredCommand, 'entity' | 'detail'>): string | null {
  if (entity !== 'import' || detail === null) return entity
  return (JSON.parse(detail) as { entity?: string }).entity ?? entity
}

type Part = { table: string; recordColumn: string; entityColumn: string | null }
function partsOf(kind: string): Part[] {
  const links = looseLinks.filter(({ table }) => businessTables.some(({ name, recordColumn }) => name === table && recordColumn))
  const loose = new Set(links.map(({ table }) => table))
  const own = businessTables.flatMap(({ name, entity, recordColumn }) =>
    entity === kind && recordColumn && !loose.has(name) ? [{ table: name, recordColumn, entityColumn: null }] : [],
  )
  return [...own, ...links]
}

const keyOf = (tbl: string, id: string): string => `${tbl} ${id}`

/**
 * Whose the parts are that a command touched, its tags and members and lines, as long as they or their images are there: asked before it
 * is taken back.
 * @returns the id of the record by `<table> <id of the row>`
 */
export async function ownersOfParts(
  db: ReadDb | WriteTx,
  seq: number,
  kind: string | null,
): Promise<ReadonlyMap<string, string>> {
  if (kind === null) return new Map()
  const { rows: touched } = await sql<{ tbl: string }>`select distinct tbl from journal where seq = ${seq}`.execute(db)
  const found = new Map<string, string>()
  for (const { table, recordColumn, entityColumn } of partsOf(kind)) {
    if (!touched.some(({ tbl }) => tbl === table)) continue
    const of = (column: string) => sql`coalesce(j.before ->> ${column}, h.${sql.ref(column)})`
    const { rows } = await sql<{ id: string; recordId: string }>`
      select j.row_id as id, ${of(recordColumn)} as record_id from journal j left join ${sql.table(table)} h on h.id = j.row_id
      where j.seq = ${seq} and j.tbl = ${table} and ${of(recordColumn)} is not null
        and ${entityColumn === null ? sql`1 = 1` : sql`${of(entityColumn)} = ${kind}`}`.execute(db)
    for (const { id, recordId } of rows) found.set(keyOf(table, id), recordId)
  }
  return found
}

const WORSE: readonly RowOutcome['outcome'][] = ['reversed', 'kept', 'failed']

/**
 * What became of the records of a kind, each once: its own row says it, and where that was not touched the worst of its parts.
 * @returns one outcome for each record, in the order of the rows
 */
export function recordsAmong(
  rows: readonly RowOutcome[],
  kind: string | null,
  owners: ReadonlyMap<string, string>,
): readonly RowOutcome[] {
  if (kind === null) return []
  const own = new Map(rows.flatMap((row) => (isRecordTable(row.tbl, kind) ? [[row.id, row] as const] : [])))
  const parts = new Map<string, RowOutcome>()
  for (const row of rows) {
    const id = owners.get(keyOf(row.tbl, row.id))
    if (id === undefined || own.has(id)) continue
    const known = parts.get(id)
    if (!known || WORSE.indexOf(row.outcome) > WORSE.indexOf(known.outcome)) parts.set(id, row)
  }
  return [...own.values(), ...parts.values()]
}

const count = (rows: readonly RowOutcome[], outcome: RowOutcome['outcome']): number =>
  rows.filter((row) => row.outcome === outcome).length

export function countsOf(rows: readonly RowOutcome[]): Pick<UndoResult, 'reversed' | 'kept' | 'failed' | 'because'> {
  const because: UndoResult['because'] = {}
  for (const { outcome, why = 'conflict' } of rows)
    if (outcome === 'kept' && why !== 'settled') because[why] = (because[why] ?? 0) + 1
  return { reversed: count(rows, 'reversed'), kept: count(rows, 'kept'), failed: count(rows, 'failed'), because }
}

/** What taking one command back did, to rows and to the records behind them; `isOfOne`: it was done to one record alone. */
export type Undone = {
  readonly seq: number | null
  readonly rows: readonly RowOutcome[]
  readonly records: readonly RowOutcome[]
  readonly entity: string | null
}
type Of = Omit<Undone, 'seq'> & { seq: number | null; batchId: string | null; isOfOne?: boolean }

export function resultOf({ seq, batchId, entity, rows, records, isOfOne = false }: Of): UndoResult {
  // What was done to one record alone is one as well, whichever rows it stood in.
  const own = records.length === 0 && isOfOne ? rows.slice(0, 1) : records
  const details = rows.flatMap((row) =>
    row.outcome === 'reversed'
      ? []
      : [{ entity: entityOfTable(row.tbl), id: row.id, outcome: row.outcome, why: row.why ?? 'conflict' }],
  )
  return {
    seq,
    batchId,
    ...countsOf(rows),
    records: entity === null || own.length === 0 ? null : { entity, ...countsOf(own) },
    details: details.slice(0, DETAILS_AT_MOST),
  }
}
