import { sql } from 'kysely'
import type { ChosenRows, HistoryFacts } from '../../../src-shared/features/history/model.ts'
import type { Filter, Rule } from '../../../src-shared/kernel/list.ts'
import type { ReadDb, WriteTx } from '../../kernel/database.ts'
import { isLastTurn, undoneBy } from '../../kernel/undone.ts'
import { getCommand, recordsOfCommand, rootOf, type StoredCommand } from './store.ts'

type Db = ReadDb | WriteTx
/** All steps of a batch in sum; `open`: those not taken back; `last`: those from which taking back or doing again goes on. */
export type BatchSum = { steps: number; rows: number; open: number; last: number; records: number | null }
type Grouped = BatchSum & { batchId: string; procedure: string; actorId: string | null }

const keyOf = ({ batchId, procedure, actorId }: Pick<StoredCommand, 'batchId' | 'procedure' | 'actorId'>): string =>
  `${batchId} ${procedure} ${actorId}`
export type Sums = (line: StoredCommand) => BatchSum | undefined

/** The sums of the batches that the lines stand for. */
export async function sumsOf(db: Db, lines: readonly StoredCommand[]): Promise<Sums> {
  const ids = [...new Set(lines.flatMap(({ batchId }) => batchId ?? []))]
  if (ids.length === 0) return () => undefined
  const { rows } = await sql<Grouped>`
    select c.batch_id, c.procedure, c.actor_id, count(*) as steps, sum(c.row_count) as rows,
      sum(${undoneBy('c')} is null) as open, sum(${isLastTurn('c')}) as last,
      sum(${recordsOfCommand}) as records
    from command c where c.batch_id in (select value from json_each(${JSON.stringify(ids)})) group by 1, 2, 3`.execute(db)
  const known = new Map(rows.map((row) => [keyOf(row), row]))
  return (line) => (line.batchId === null ? undefined : known.get(keyOf(line)))
}

/** What an undo or redo is about, by its own number. */
export async function rootsOf(db: Db, commands: readonly StoredCommand[]): Promise<Map<number, StoredCommand>> {
  const roots = new Map<number, StoredCommand>()
  for (const command of commands) {
    if (command.undoesSeq === null) continue
    roots.set(command.seq, await rootOf(db, await getCommand(db, command.undoesSeq)))
  }
  return roots
}

type Detail = {
  count?: number
  created?: number
  updated?: number
  rows?: number
  refused?: number
  ownerId?: string | null
  file?: string
  fileName?: string
  format?: string
  selection?: { chosen: number } | { which: { search?: string; filter?: Filter; deleted?: boolean } }
}
type Told = Pick<StoredCommand, 'detail'>

/** Reads the details of commands; the names they need are asked for once. */
export async function factsTeller(
  db: Db,
  commands: readonly Told[],
): Promise<(command: Told, records: number | null, steps: number) => HistoryFacts> {
  const ids = commands
    .map(detailOf)
    .flatMap(({ ownerId, selection }) => [
      ...(ownerId ? [ownerId] : []),
      ...(selection && 'which' in selection ? idsIn(selection.which.filter) : []),
    ])
  const names = await namesOf(db, ids)
  // What one step wrote down says nothing of a line that tells several.
  return (command, records, steps) => factsOf(detailOf(command), names, records ?? (steps === 1 ? recordsIn(command) : null))
}

function factsOf(detail: Detail, names: ReadonlyMap<string, string>, records: number | null): HistoryFacts {
  const { ownerId, selection } = detail
  return {
    records,
    owner: ownerId === undefined ? null : { name: ownerId === null ? null : (names.get(ownerId) ?? '') },
    file: detail.fileName ?? detail.file ?? null,
    format: detail.format ?? null,
    refused: detail.refused ?? null,
    which: selection ? whichOf(selection, names) : null,
  }
}

/** How many records one command was about, as it wrote it down. */
export function recordsIn(command: Told): number | null {
  const { count, created, updated, rows, format } = detailOf(command)
  if (count !== undefined) return count
  if (created !== undefined) return created + (updated ?? 0)
  return format === undefined ? null : (rows ?? null)
}

function whichOf(selection: NonNullable<Detail['selection']>, names: ReadonlyMap<string, string>): ChosenRows {
  if ('chosen' in selection) return { chosen: selection.chosen, search: null, filter: null, deleted: false, names: {} }
  const { search, filter, deleted } = selection.which
  const known = idsIn(filter).flatMap((id) => (names.has(id) ? [[id, names.get(id) ?? ''] as const] : []))
  return {
    chosen: null,
    search: search ?? null,
    filter: filter ?? null,
    deleted: deleted ?? false,
    names: Object.fromEntries(known),
  }
}

/** A command of several words has a list of details: each tells itself where it is shown, not here. */
function detailOf({ detail }: Told): Detail {
  if (detail === null) return {}
  const read = JSON.parse(detail) as Detail | Detail[]
  return Array.isArray(read) ? {} : read
}

const ID = /^[0-9A-HJKMNP-TV-Z]{26}$/
function idsIn(filter: Filter | undefined): string[] {
  const values = (rule: Rule | Filter): unknown[] => ('rules' in rule ? rule.rules.flatMap(values) : [rule.value].flat())
  return (filter ? values(filter) : []).filter((value) => typeof value === 'string' && ID.test(value)) as string[]
}

async function namesOf(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await (db as ReadDb).selectFrom('employee').select(['id', 'name']).where('id', 'in', ids).execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}
