import { type RawBuilder, type Selectable, sql } from 'kysely'
import {
  DEFAULT_OPTIONS,
  type ImportableEntity,
  type ImportOptions,
  type ImportStateName,
  type ImportSummary,
  type OwnReport,
  type PlanCounts,
  type RuleReport,
  type UndoCounts,
} from '../../../src-shared/features/imports/model.ts'
import type { TargetKey } from '../../../src-shared/features/imports/mapping.ts'
import type { KeptRule } from '../../../src-shared/features/imports/ownRules.ts'
import { type Actor, may } from '../../../src-shared/kernel/actor.ts'
import type { Database, ReadDb, WriteTx } from '../../kernel/database.ts'
import { undoneBy } from '../../kernel/undone.ts'
import { NotFound } from '../../kernel/errors.ts'
import type { ImportRunTable } from '../../kernel/tables.gen.ts'
import { carried } from './carried.ts'
import type { Alongside } from './prepareTask.ts'
import type { FileFacts } from './readTask.ts'
import type { StoredMapping } from './settings.ts'

type Db = ReadDb | WriteTx | Database['write']
/** `cursor`: the last row whose chunk is committed; it stands in the transaction of the chunk, so it is the truth after a kill. */
export type Summary = {
  facts?: FileFacts
  rules?: RuleReport[]
  own?: OwnReport[]
  plan?: PlanCounts
  /** The last command that the matching has seen. */
  asOf?: number
  cursor?: number
  /**
   * Present where the rows were written while the file was still being read: how the base stood before. Then those that resemble
   * nobody go first, up to the row `news`, and the others after them.
   */
  alongside?: Alongside
  news?: number
  done?: number
  error?: string
  undo?: UndoCounts
  undoneTo?: number
  /** How many rows of the file the chunks taken back so far had written. */
  undoneRows?: number
  /** Why rows were skipped, as they were written. */
  skips?: Record<string, number>
  /** The import in which the rows that were not taken were laid ready last. */
  again?: string
}
export type Run = Omit<Selectable<ImportRunTable>, 'mapping' | 'options' | 'summary' | 'entity' | 'state'> & {
  entity: ImportableEntity
  state: ImportStateName
  mapping: StoredMapping | null
  options: ImportOptions
  summary: Summary
  jobState: string | null
  jobDone: number | null
  jobError: string | null
}

type Stored = Selectable<ImportRunTable> & { jobState: string | null; jobDone: number | null; jobError: string | null }

const parse = (row: Stored): Run => ({
  ...row,
  entity: row.entity as ImportableEntity,
  state: row.state as ImportStateName,
  mapping: row.mapping === null ? null : (JSON.parse(row.mapping) as StoredMapping),
  options: { ...DEFAULT_OPTIONS, ...(row.options === null ? {} : (JSON.parse(row.options) as Partial<ImportOptions>)) },
  summary: row.summary === null ? {} : (JSON.parse(row.summary) as Summary),
})

const withJob = (db: Db) =>
  (db as ReadDb)
    .selectFrom('importRun')
    .leftJoin('job', 'job.id', 'importRun.jobId')
    .selectAll('importRun')
    .select(['job.state as jobState', 'job.done as jobDone', 'job.error as jobError'])

/** Null for another's import without the right to see all: it looks as if there were none. */
export async function findRun(db: Db, actor: Actor, id: string): Promise<Run | null> {
  const row = await withJob(db).where('importRun.id', '=', id).executeTakeFirst()
  return row && maySee(actor, row.userId) ? parse(row as Stored) : null
}

/** @throws NotFound where there is none that the actor may see. */
export async function loadRun(db: Db, actor: Actor, id: string): Promise<Run> {
  const run = await findRun(db, actor, id)
  if (!run) throw new NotFound('import', id)
  return run
}

const maySee = (actor: Actor, userId: string | null): boolean => (userId ?? '') === actor.userId || may(actor, 'imports.readAll')

export async function listRuns(db: Db, actor: Actor, input: { all: boolean; offset: number; limit: number }): Promise<Run[]> {
  let query = withJob(db)
    .orderBy('importRun.createdAt', 'desc')
    .orderBy('importRun.id', 'desc')
    .offset(input.offset)
    .limit(input.limit)
  if (!input.all) query = query.where('importRun.userId', '=', actor.userId)
  return ((await query.execute()) as Stored[]).map(parse)
}

/** What is not named stays; null takes it away. */
export type SummaryPatch = { [Key in keyof Summary]?: Exclude<Summary[Key], undefined> | null }
export type Patch = Partial<{
  entity: ImportableEntity
  state: ImportStateName
  jobId: string | null
  mapping: StoredMapping
  options: ImportOptions
  summary: SummaryPatch
  rowsRead: number
  created: number
  updated: number
  skipped: number
  failed: number
  startedAt: string | null
  finishedAt: string | null
  undoneAt: string | null
  undoUntil: string | null
}>

/**
 * The row is technical: no journal, no history; the records it leads to have theirs. Of the summary only the named parts are
 * written, by the database itself: a step that began before another ended must not put back what that one changed.
 */
export async function saveRun(db: WriteTx | Database['write'], id: string, patch: Patch): Promise<void> {
  const { mapping, options, summary, ...rest } = patch
  await (db as Database['write'])
    .updateTable('importRun')
    .set({
      ...rest,
      ...(mapping ? { mapping: JSON.stringify(mapping) } : {}),
      ...(options ? { options: JSON.stringify(options) } : {}),
      ...(summary ? { summary: patched(summary) } : {}),
    })
    .where('id', '=', id)
    .execute()
}

/** @returns false where somebody has cancelled it meanwhile: then it is not done. */
export async function saveDone(
  db: Database['write'],
  id: string,
  end: { finishedAt: string; undoUntil: string },
): Promise<boolean> {
  const saved = await db
    .updateTable('importRun')
    .set({ state: 'done', ...end })
    .where('id', '=', id)
    .where('state', '!=', 'cancelling')
    .executeTakeFirst()
  return saved.numUpdatedRows > 0n
}

function patched(summary: SummaryPatch): RawBuilder<string> {
  const given = Object.entries(summary)
  const gone = given.filter(([, value]) => value === null).map(([key]) => `$.${key}`)
  const set = given.filter(([, value]) => value !== null && value !== undefined)
  const kept = sql<string>`json_remove(coalesce(summary, '{}')${gone.length > 0 ? sql`, ${sql.join(gone)}` : sql``})`
  if (set.length === 0) return kept
  const pairs = set.flatMap(([key, value]) => [sql`${`$.${key}`}`, sql`json(${JSON.stringify(value)})`])
  return sql<string>`json_set(${kept}, ${sql.join(pairs)})`
}

export type NewRun = {
  id: string
  entity: ImportableEntity
  fileName: string
  fileSize: number
  batchId: string
  at: string
  actor: Actor
  mapping: StoredMapping
  options: ImportOptions
  summary: Summary
}

export async function insertRun(db: WriteTx | Database['write'], run: NewRun): Promise<void> {
  await (db as Database['write'])
    .insertInto('importRun')
    .values({
      id: run.id,
      entity: run.entity,
      fileName: run.fileName,
      fileSize: run.fileSize,
      userId: run.actor.userId,
      userName: run.actor.name,
      state: 'uploaded',
      batchId: run.batchId,
      mapping: JSON.stringify(run.mapping),
      options: JSON.stringify(run.options),
      summary: JSON.stringify(run.summary),
      createdAt: run.at,
    })
    .execute()
}

/** What is kept of an import for the next file with the same headers. */
export type Memory = {
  columns: Record<string, TargetKey | null>
  rules: KeptRule[]
  rulesOff: ImportOptions['rulesOff']
  values: ImportOptions['values']
}

export async function memoryFor(db: Db, entity: string, fingerprint: string): Promise<Memory | null> {
  if (fingerprint === '') return null
  const row = await (db as ReadDb)
    .selectFrom('importMemory')
    .select('mapping')
    .where('fingerprint', '=', `${entity} ${fingerprint}`)
    .executeTakeFirst()
  return row ? (JSON.parse(row.mapping) as Memory) : null
}

export async function remember(
  db: WriteTx | Database['write'],
  { entity, fingerprint, memory, at }: { entity: string; fingerprint: string; memory: Memory; at: string },
): Promise<void> {
  if (fingerprint === '') return
  const values = { fingerprint: `${entity} ${fingerprint}`, entity, mapping: JSON.stringify(memory), at }
  await (db as Database['write'])
    .insertInto('importMemory')
    .values(values)
    .onConflict((conflict) => conflict.column('fingerprint').doUpdateSet({ mapping: values.mapping, at: values.at }))
    .execute()
}

/** The chunk commands of a run, newest first, but those that somebody has taken back one by one. */
export async function chunksOf(db: Db, batchId: string): Promise<number[]> {
  const { rows } = await sql<{ seq: number }>`
    select c.seq from command c where c.batch_id = ${batchId} and c.undoes is null
      and ${undoneBy('c')} is null order by c.seq desc`.execute(db)
  return rows.map(({ seq }) => seq)
}

/** What the run says, corrected by what its job says: a job may be paused, killed or refused without the run having been told. */
export function stateOf(run: Run): ImportStateName {
  const working = run.state === 'running' || run.state === 'preparing' || run.state === 'undoing' || run.state === 'cancelling'
  if (!working) return run.state
  // Nobody carries it any more: the command line that began it was ended.
  if (run.jobId === null && !carried.has(run.id)) return 'interrupted'
  // Nothing was written yet: the check is simply asked for again.
  if (run.state === 'preparing' && (run.jobState === 'interrupted' || run.jobState === 'cancelled')) return 'uploaded'
  if (run.jobState === 'paused') return 'paused'
  if (run.jobState === 'failed') return 'failed'
  if (run.jobState === 'interrupted') return 'interrupted'
  if (run.jobState === 'cancelled') return 'cancelled'
  return run.state
}

/** It began to write and nobody carries it on: a person decides whether it goes on or is taken back. */
export const isStopped = (run: Run): boolean =>
  (run.state === 'running' || run.state === 'undoing' || run.state === 'cancelling') &&
  ['failed', 'interrupted', 'cancelled'].includes(stateOf(run))

export function summaryOf(run: Run, actor: Actor): ImportSummary {
  const state = stateOf(run)
  return {
    id: run.id,
    batchId: run.batchId,
    entity: run.entity,
    fileName: run.fileName,
    fileSize: run.fileSize,
    userId: run.userId,
    userName: run.userName,
    state,
    counts: { rowsRead: run.rowsRead, created: run.created, updated: run.updated, skipped: run.skipped, failed: run.failed },
    progress: progressOf(run, state),
    error: run.summary.error ?? jobReason(run.jobError),
    undo: run.summary.undo ?? null,
    createdAt: run.createdAt,
    startedAt: run.startedAt,
    finishedAt: run.finishedAt,
    undoneAt: run.undoneAt,
    undoUntil: run.undoUntil,
    mine: (run.userId ?? '') === actor.userId,
  }
}

function jobReason(error: string | null): string | null {
  if (error === null) return null
  return (JSON.parse(error) as { reason?: string }).reason ?? 'unexpected'
}

function progressOf(run: Run, state: ImportStateName): ImportSummary['progress'] {
  const rows = run.summary.plan?.rows ?? run.summary.facts?.rows ?? 0
  if (run.state === 'preparing') return { what: 'preparing', done: Math.min(run.jobDone ?? 0, rows), total: rows }
  if (run.state === 'undoing' || run.state === 'cancelling')
    return { what: 'undoing', done: run.summary.undoneRows ?? 0, total: Math.max(run.created + run.updated, 1) }
  if (run.state === 'running' || state === 'paused') return { what: 'running', done: run.summary.done ?? 0, total: rows }
  return null
}
