import { CompiledQuery, sql } from 'kysely'
import { isForetold } from '../../../src-shared/features/imports/foretold.ts'
import { keyNumber } from '../../../src-shared/kernel/matching/keyNumber.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { Candidate, Edit, RowResult, RowWrite, WriteRules } from '../../kernel/importer.ts'
import { matchingOf } from '../../kernel/matchingSetting.ts'
import type { Entities } from '../../kernel/livingEntities.ts'
import { customerReach } from '../../kernel/policy.ts'
import { best } from './match.ts'
import { broughtOnce, inTurn } from './once.ts'
import { importerIn, importerOf, targetsOf } from './registry.ts'
import type { Bench, StagedRow } from './staging.ts'
import { settleEdits, toldHeld } from './settleEdits.ts'
import type { Run } from './store.ts'

type ChunkRow = ReturnType<Bench['after']>[number]
type Mode = 'create' | 'update' | 'fill'

/** What the write asks of a run and of its bench; a rehearsal has both without being a run. */
type Writing = Pick<Run, 'entity' | 'options' | 'batchId'> & {
  readonly mapping: Pick<NonNullable<Run['mapping']>, 'columns'> | null
  readonly summary: { readonly asOf?: number }
}
type Written = Pick<Bench, 'recordOf'> & {
  /** Whether anybody else touched such records since the rows were matched. */
  readonly othersWrote: () => Promise<boolean>
  /** Which of these records the run itself has made. */
  readonly oursAmong: (ids: readonly string[]) => Promise<ReadonlySet<string>>
}

export function writeRulesOf(run: Pick<Writing, 'entity' | 'options' | 'mapping'>, entities: Entities): WriteRules {
  // A field of the company may have been put aside since the columns were mapped: nothing is written into it, nor cleared.
  const there = new Set(targetsOf(importerIn(entities, run.entity)).map(({ entity, field }) => `${entity}.${field}`))
  const given = (run.mapping?.columns ?? []).flatMap(({ target }) =>
    target && target.field !== 'id' ? [`${target.entity}.${target.field}`] : [],
  )
  const mapped = new Set(given.filter((key) => there.has(key)))
  for (const key of importerOf(run.entity).implied?.(mapped) ?? []) mapped.add(key)
  const { empty, multi, defaults, missing, wonOrders } = run.options
  return { mapped: [...mapped], empty, multi, defaults, missing, wonOrders: run.entity === 'opportunity' && wonOrders }
}

/**
 * Decides the rows of one chunk, asks the base again whether somebody new has come meanwhile, and writes. Runs inside the
 * chunk's transaction, so between the question and the write nobody comes between.
 */
export async function writeChunk(
  context: CommandContext,
  run: Writing,
  bench: Written,
  rows: readonly ChunkRow[],
): Promise<RowResult[]> {
  const results: RowResult[] = []
  const writes: RowWrite[] = []
  const recordOfRow = new Map<number, string>()
  const newcomers = await findNewcomers(context, run, bench, rows)
  for (const row of rows) {
    const decided = decide(context, run, bench, { row, recordOfRow, newcomer: newcomers.get(row.row) ?? null })
    if ('outcome' in decided) results.push(decided)
    else writes.push(decided)
    const id = 'outcome' in decided ? decided.recordId : decided.id
    if (id !== undefined) recordOfRow.set(row.row, id)
  }
  context.makeReady(rows.flatMap(({ names }) => names))
  if (writes.length > 0) {
    const importer = importerIn(context.entities, run.entity)
    const decided = new Set(rows.filter(({ decision }) => decision === 'update').map(({ row }) => row))
    const settled = await settleEdits(context, importer, await withOurs(context, bench, rows, writes), decided)
    const rules = writeRulesOf(run, context.entities)
    const written: RowResult[] = []
    for (const part of inTurn(settled.writes, broughtOnce(importer, rules.mapped)))
      written.push(...(await importer.write(context, part, rules)))
    results.push(...toldHeld(written, settled.held))
  }
  return results
}

/** Marks rows that go on with what an earlier row of the file has made; who may change every customer needs no mark. */
async function withOurs(
  context: CommandContext,
  bench: Written,
  rows: readonly ChunkRow[],
  writes: readonly RowWrite[],
): Promise<RowWrite[]> {
  const following = new Set(rows.flatMap(({ row, match }) => (match && 'row' in match.target ? [row] : [])))
  if (following.size === 0 || customerReach(context.actor, 'edit') === 'all') return [...writes]
  const made = new Set(writes.flatMap(({ id, mode }) => (mode === 'create' ? [id] : [])))
  const before = writes.flatMap(({ row, id }) => (following.has(row) && !made.has(id) ? [id] : []))
  const ours = before.length > 0 ? await bench.oursAmong(before) : made
  return writes.map((write) =>
    write.mode !== 'create' && following.has(write.row) && (made.has(write.id) || ours.has(write.id))
      ? { ...write, ours: true }
      : write,
  )
}

type Deciding = { row: ChunkRow; recordOfRow: ReadonlyMap<number, string>; newcomer: Candidate | null }

function decide(
  context: CommandContext,
  run: Writing,
  bench: Written,
  { row, recordOfRow, newcomer }: Deciding,
): RowWrite | RowResult {
  const skipped = (reason: string, recordId?: string): RowResult => ({
    row: row.row,
    outcome: 'skipped',
    reason,
    ...(recordId ? { recordId } : {}),
  })
  if (row.kind !== 'data') return skipped(row.kind)
  if (row.decision === 'skip') return skipped('decided')
  const error = row.problems.find(({ level, code }) => level === 'error' && !isForetold(code))
  if (error) return { row: row.row, outcome: 'failed', reason: error.code }
  if (row.match?.edit) return returnedRow(row, row.match.edit)
  const target = newcomer ? newcomer.id : targetOf(row, bench, recordOfRow)
  if (target !== null && isGathered(row))
    return { row: row.row, id: target, parts: row.parts, mode: 'update', restore: false, follows: true }
  const mode = target === null ? 'create' : modeFor(row, run, newcomer !== null)
  if (target === null || mode === 'create') return { row: row.row, id: context.newId(), parts: row.parts, mode: 'create' }
  if (mode === 'skip') return skipped('duplicate', target)
  const deleted = newcomer ? newcomer.deleted : row.match?.deleted === true
  return { row: row.row, id: target, parts: row.parts, mode, restore: deleted }
}

function returnedRow({ row, match, parts, decision }: ChunkRow, edit: Edit): RowWrite | RowResult {
  const recordId = match?.recordId ?? ''
  // Somebody decided nothing of a row without edits, and nothing is written.
  if (match?.because.includes('unedited')) return { row, outcome: 'skipped', reason: 'unchanged', ...(recordId && { recordId }) }
  return { row, id: recordId, parts, mode: decision === 'fill' ? 'fill' : 'update', restore: false, edit }
}

/** Whether a row belongs to an earlier one of the file, and nobody has said otherwise. */
const isGathered = ({ match, decision }: ChunkRow): boolean => match?.follows === true && decision === null

/** The record a duplicate goes into; null when the row it was taken for has not become one (skipped, failed): then it is the first of its kind. */
function targetOf(row: ChunkRow, bench: Written, recordOfRow: ReadonlyMap<number, string>): string | null {
  if (!row.match) return null
  const { target } = row.match
  if ('record' in target) return target.record
  return recordOfRow.get(target.row) ?? bench.recordOf(target.row)
}

function modeFor(row: ChunkRow, run: Writing, isNew: boolean): Mode | 'skip' {
  if (row.decision !== null) return row.decision
  return isNew || row.match?.sure ? run.options.onDuplicate : 'create'
}

const NONE: ReadonlySet<string> = new Set()

/** Rows about to be created whose record somebody else (a colleague, another import) has created since the file was matched. */
async function findNewcomers(
  context: CommandContext,
  run: Writing,
  bench: Written,
  rows: readonly ChunkRow[],
): Promise<Map<number, Candidate>> {
  const found = new Map<number, Candidate>()
  const importer = importerOf(run.entity)
  const { candidates, matchRecord } = importer
  const fresh = rows.filter((row) => row.kind === 'data' && row.match === null && row.decision === null)
  if (fresh.length === 0 || run.options.onDuplicate === 'create' || !(await bench.othersWrote())) return found
  const asked = fresh.filter((row) => row.keys.length > 0)
  if (asked.length === 0) return found
  // Keys of an importer's own stand in no index: its statement is asked itself.
  const carried = importer.keys ? null : await keysCarried(context, asked)
  const matching = await matchingOf(context.tx)
  for (const row of asked) {
    if (carried && !row.keys.some((key) => carried.has(keyNumber(key)))) continue
    const answer = await context.tx.executeQuery(CompiledQuery.raw(candidates.sql, [candidates.parameter(row.keys)]))
    const record = matchRecord(row.parts)
    const unseen = (answer.rows as Record<string, unknown>[])
      .map((one) => candidates.read(one, context.actor))
      .filter(({ id }) => !row.seen.includes(id))
    const ours = unseen.length > 0 ? await bench.oursAmong(unseen.map(({ id }) => id)) : NONE
    const others = unseen.filter(({ id }) => !ours.has(id))
    const match = best(
      importer,
      record,
      others.map((candidate) => ({
        target: { record: candidate.id },
        record: candidate.record,
        name: candidate.name,
        candidate,
      })),
      { actor: context.actor, matching },
    )
    const chosen = match?.sure && 'record' in match.target ? match.target.record : null
    const candidate = others.find(({ id }) => id === chosen)
    if (candidate) found.set(row.row, candidate)
  }
  return found
}

/**
 * Whether anybody but this run touched such records after a command and before this one; usually nobody did, and nobody new can
 * have come.
 */
export async function othersWrote(
  { tx, seq }: CommandContext,
  { entity, batchId }: Pick<Writing, 'entity' | 'batchId'>,
  after: number,
): Promise<boolean> {
  const tables = JSON.stringify(importerOf(entity).parts.map(({ table }) => table))
  const { rows } = await sql`
    select 1 from command c where c.seq > ${after} and c.seq < ${seq} and c.batch_id is not ${batchId}
      and exists (select 1 from journal j where j.seq = c.seq and j.tbl in (select value from json_each(${tables}))) limit 1`.execute(
    tx,
  )
  return rows.length > 0
}

/** Which keys of the chunk anybody carries now: one question for all its rows, answered by the key index. */
async function keysCarried(context: CommandContext, rows: readonly StagedRow[]): Promise<Set<number>> {
  const keys = rows.flatMap((row) => row.keys.map(keyNumber))
  const answer = await context.tx.executeQuery(CompiledQuery.raw(CARRIED, [JSON.stringify(keys)]))
  return new Set((answer.rows as { key: number }[]).map(({ key }) => key))
}

const CARRIED = 'select w.value as key from json_each(?) w where exists (select 1 from match_key k where k.key = w.value)'
