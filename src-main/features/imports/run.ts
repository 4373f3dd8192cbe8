import { sql } from 'kysely'
import { type Actor, may } from '../../../src-shared/kernel/actor.ts'
import type { ImportCounts, UndoCounts } from '../../../src-shared/features/imports/model.ts'
import { columnOf } from '../../../src-shared/kernel/entity.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { Database, ReadDb } from '../../kernel/database.ts'
import { Forbidden } from '../../kernel/errors.ts'
import type { RowResult } from '../../kernel/importer.ts'
import type { Commit, JobContext } from '../../kernel/jobKinds.ts'
import type { Services } from '../../kernel/services.ts'
import { type RowOutcome, wrote } from '../../kernel/undo.ts'
import { createdBy, ownersOfCustomers, undoRights } from '../history/public.ts'
import { importerOf } from './registry.ts'
import { Bench } from './staging.ts'
import { chunksOf, isStopped, loadRun, type Run, saveDone, saveRun, stateOf } from './store.ts'
import { othersWrote, writeChunk } from './writeChunk.ts'

/** What carries an import through: a job of the program, or the command line itself. */
export type Carrier = {
  readonly actor: () => Actor
  readonly commit: Commit
  readonly group: JobContext['group']
  /** Lets others run; throws when the work is to stop here. */
  readonly checkpoint: () => Promise<void>
  readonly progress: (done: number, total?: number) => void
  readonly db: ReadDb
  readonly technical: Database['write']
  readonly services: Pick<Services, 'searchIndex'>
  readonly folder: string
  readonly now: () => string
}

/**
 * Rows a chunk begins with; it grows and shrinks with the machine, so that what others wait for stays within 8 to 10 ms and a
 * transaction of its own under its ceiling of 25 ms.
 */
const FIRST_CHUNK = 100
const SMALLEST = 50
const LARGEST = 250
const AIM_MS = { alone: 20, inGroup: 8 } as const
export const UNDO_DAYS = 30

/** How far a run has looked for others' writes: usually there are none, and each chunk would look through all commands of the run. */
type Look = { upTo: number | null; others: boolean; isFirst: boolean }
const looks = new WeakMap<Bench, Look>()

/** Asked of the journal, which knows it anyway: an index of the bench over half a million records would cost every chunk. */
const writtenBy = (command: CommandContext, run: Run, bench: Bench): Parameters<typeof writeChunk>[2] => ({
  recordOf: (n) => bench.recordOf(n),
  othersWrote: async () => {
    const look = looks.get(bench) ?? { upTo: run.summary.asOf ?? null, others: false, isFirst: false }
    looks.set(bench, look)
    if (look.others || look.upTo === null) return true
    look.others = await othersWrote(command, run, look.upTo)
    // What stands before the first chunk of a transaction is committed; numbers of one that is rolled back are given again.
    if (look.isFirst) look.upTo = command.seq - 1
    look.isFirst = false
    return look.others
  },
  oursAmong: async (ids) => {
    const [part] = importerOf(run.entity).parts
    const { rows } = await sql<{ id: string }>`
      select w.value as id from json_each(${JSON.stringify(ids)}) w where exists (
        select 1 from journal j left join command c on c.seq = j.seq
        where j.tbl = ${part?.table ?? ''} and j.row_id = w.value and j.op = 'i' and (c.batch_id = ${run.batchId} or j.seq = ${command.seq}))`.execute(
      command.tx,
    )
    return new Set(rows.map(({ id }) => id))
  },
})

type Counts = Omit<ImportCounts, 'rowsRead'>
const zero: Counts = { created: 0, updated: 0, skipped: 0, failed: 0 }

/** Writes everything after the last committed chunk. Called anew after a pause, a kill or a failure it goes on where it was. */
export async function runImport(carrier: Carrier, importId: string): Promise<void> {
  const run = await loadRun(carrier.technical, carrier.actor(), importId)
  const bench = Bench.open(carrier.folder, importId)
  const before = run.summary.cursor ?? -1
  const letGo = await carrier.services.searchIndex.hold()
  let now: Standing = { run, cursor: before, size: FIRST_CHUNK, done: false }
  try {
    const total = run.summary.plan?.rows ?? bench.plan().rows
    bench.freeze()
    while (!now.done) {
      await carrier.checkpoint()
      now = await goOn(carrier, bench, now)
      carrier.progress(now.run.summary.done ?? 0, total)
      await carrier.services.searchIndex.breathe()
    }
    const at = carrier.now()
    const undoUntil = new Date(Date.parse(at) + UNDO_DAYS * 86_400_000).toISOString()
    if (await saveDone(carrier.technical, importId, { finishedAt: at, undoUntil })) return
  } finally {
    letGo()
    if (now.cursor < 0) bench.thaw()
    bench.close()
  }
  // Cancelled behind the last row, which was promised: the job ends as cancelled; without one, or before it was told, here.
  await carrier.checkpoint()
  await closeCancelled(carrier, importId)
}

/** `aloneTo`: rows up to here are written chunk by chunk, because the database refused one among them. */
type Standing = { run: Run; cursor: number; size: number; done: boolean; aloneTo?: number }

/** Customers are told apart before anything is written; what else is imported asks, chunk by chunk, for what the one before has made. */
async function goOn(carrier: Carrier, bench: Bench, from: Standing): Promise<Standing> {
  const { aloneTo = -1 } = from
  const look = looks.get(bench)
  if (look) look.isFirst = true
  if (from.run.entity !== 'customer' || from.cursor < aloneTo) {
    const next = await oneChunk(bench, from, AIM_MS.alone, (run, rows) => writeOne(carrier, run, bench, rows))
    return { ...next, aloneTo }
  }
  let reached = from.cursor
  try {
    return await carrier.group(async ({ commit, mayGoOn }) => {
      let now = from
      do {
        now = await oneChunk(bench, now, AIM_MS.inGroup, (run, rows) => {
          reached = rows.at(-1)?.row ?? reached
          return commitRows(commit, run, bench, rows)
        })
      } while (!now.done && (await mayGoOn()))
      return now
    })
  } catch (error) {
    if (!isConstraint(error)) throw error
    return { ...from, aloneTo: reached }
  }
}

async function oneChunk(
  bench: Bench,
  from: Standing,
  aimMs: number,
  write: (run: Run, rows: ChunkRows) => Promise<Run>,
): Promise<Standing> {
  const started = performance.now()
  const rows = bench.after(from.cursor, from.size)
  const last = rows.at(-1)
  if (!last) return { ...from, done: true }
  const run = await write(from.run, rows)
  return { run, cursor: last.row, size: nextSize(from.size, performance.now() - started, aimMs), done: false }
}

const nextSize = (size: number, tookMs: number, aimMs: number): number =>
  Math.round(Math.min(LARGEST, Math.max(SMALLEST, size * Math.min(2, Math.max(0.5, aimMs / Math.max(tookMs, 0.5))))))

type ChunkRows = ReturnType<Bench['after']>

/** One chunk; a row that the database itself refuses is found by writing the chunk's rows one by one, and fails alone. */
async function writeOne(carrier: Carrier, run: Run, bench: Bench, rows: ChunkRows): Promise<Run> {
  try {
    return await commitRows(carrier.commit, run, bench, rows)
  } catch (error) {
    if (!isConstraint(error)) throw error
    let now = run
    for (const row of rows) {
      try {
        now = await commitRows(carrier.commit, now, bench, [row])
      } catch (single) {
        if (!isConstraint(single)) throw single
        now = await commitRows(
          carrier.commit,
          now,
          bench,
          [row],
          [{ row: row.row, outcome: 'failed', reason: 'refusedByDatabase' }],
        )
      }
    }
    return now
  }
}

const isConstraint = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_CONSTRAINT')

function commitRows(commit: Commit, run: Run, bench: Bench, rows: ChunkRows, given?: RowResult[]): Promise<Run> {
  const done = (run.summary.done ?? 0) + rows.length
  const cursor = rows.at(-1)?.row ?? -1
  return commit(
    async (command) => {
      const results = given ?? (await writeChunk(command, run, writtenBy(command, run, bench), rows))
      if (results.length !== rows.length) throw new Error(`${rows.length} rows gave ${results.length} results`)
      const counts = add(run, results)
      // Before the commit: what a rolled-back chunk noted here is written over when it is done again.
      bench.setOutcomes(results)
      const after: Run = {
        ...run,
        ...counts,
        rowsRead: done,
        summary: { ...run.summary, cursor, done, skips: addSkips(run.summary.skips, results) },
      }
      await saveRun(command.tx, run.id, {
        ...counts,
        rowsRead: done,
        summary: { cursor, done, skips: after.summary.skips ?? {} },
      })
      const wrote = countOf(results, 'created') + countOf(results, 'updated')
      if (wrote > 0)
        command.record({
          entity: 'import',
          id: run.id,
          action: importerOf(run.entity).action,
          detail: {
            entity: run.entity,
            file: run.fileName,
            created: countOf(results, 'created'),
            updated: countOf(results, 'updated'),
          },
        })
      else command.unchanged()
      return after
    },
    { batchId: run.batchId, relaxed: true, cursor, done, ...(run.summary.plan ? { total: run.summary.plan.rows } : {}) },
  )
}

const countOf = (results: readonly RowResult[], outcome: RowResult['outcome']): number =>
  results.filter((one) => one.outcome === outcome).length
const add = (run: Counts, results: readonly RowResult[]): Counts => ({
  created: run.created + countOf(results, 'created'),
  updated: run.updated + countOf(results, 'updated'),
  skipped: run.skipped + countOf(results, 'skipped'),
  failed: run.failed + countOf(results, 'failed'),
})

function addSkips(before: Readonly<Record<string, number>> = {}, results: readonly RowResult[]): Record<string, number> {
  const skips = { ...before }
  for (const { outcome, reason } of results) if (outcome === 'skipped' && reason) skips[reason] = (skips[reason] ?? 0) + 1
  return skips
}

/** Takes the chunks back, newest first. Rows that somebody changed since are kept and counted; goes on where it was after a kill. */
export async function undoRun(carrier: Carrier, importId: string): Promise<UndoCounts> {
  let run = await loadRun(carrier.technical, carrier.actor(), importId)
  const to = run.summary.undoneTo ?? Number.MAX_SAFE_INTEGER
  const chunks = (await chunksOf(carrier.db, run.batchId)).filter((seq) => seq < to)
  const total = run.created + run.updated
  const before = run.summary.undoneRows ?? 0
  const letGo = await carrier.services.searchIndex.hold()
  try {
    for (let next = 0; next < chunks.length; ) {
      await carrier.checkpoint()
      const from = { run, next }
      const reached = await carrier.group(async ({ commit, mayGoOn }) => {
        let now = from
        do {
          const undoneRows = before + Math.round(((total - before) * (now.next + 1)) / chunks.length)
          const seq = chunks[now.next] ?? 0
          now = { run: await takeBack(commit, now.run, { seq, undoneRows }), next: now.next + 1 }
        } while (now.next < chunks.length && (await mayGoOn()))
        return now
      })
      ;({ run, next } = reached)
      carrier.progress(run.summary.undoneRows ?? 0, total)
      await carrier.services.searchIndex.breathe()
    }
  } finally {
    letGo()
  }
  return run.summary.undo ?? { reversed: 0, kept: 0, failed: 0 }
}

function takeBack(commit: Commit, run: Run, { seq, undoneRows }: { seq: number; undoneRows: number }): Promise<Run> {
  return commit(
    async (command) => {
      const owners = await ownersOfCustomers(command.tx, seq)
      const own = run.userId === command.actor.userId ? await createdBy(command.tx, seq) : new Set<string>()
      const rights = undoRights(command, 'imports.run', {
        ownersOf: (id) => owners.get(id) ?? [],
        isOwnCreation: (tbl, id) => own.has(`${tbl} ${id}`),
      })
      const { needs, mayUndo, afterUndo } = importerOf(run.entity)
      if (!may(command.actor, needs)) throw new Forbidden(needs)
      await mayUndo?.(command, seq)
      const rows = command.reverse(seq, rights)
      if (rows.some(wrote)) {
        await mayUndo?.(command, seq)
        await afterUndo?.(command)
      }
      const undo: UndoCounts = { ...(run.summary.undo ?? { reversed: 0, kept: 0, failed: 0 }) }
      for (const { outcome } of rows) undo[outcome]++
      undo.records = await addRecords(command, run, { seq, rows }, undo.records)
      const reversed = rows.filter(wrote).length
      if (reversed > 0)
        command.record({
          entity: 'import',
          id: run.id,
          action: 'undone',
          detail: { entity: run.entity, rows: reversed, count: undoneRows - (run.summary.undoneRows ?? 0) },
        })
      else command.unchanged()
      const after: Run = { ...run, summary: { ...run.summary, undo, undoneTo: seq, undoneRows } }
      await saveRun(command.tx, run.id, { summary: { undo, undoneTo: seq, undoneRows } })
      return after
    },
    { undoes: seq, relaxed: true },
  )
}

const NAMED = 50

/** Records as the import counts them, not rows of tables; who undoes is told which stayed, but for those he may not touch. */
async function addRecords(
  command: CommandContext,
  run: Run,
  { seq, rows }: { seq: number; rows: readonly RowOutcome[] },
  before: UndoCounts['records'] = { reversed: 0, kept: 0, stayed: [] },
): Promise<NonNullable<UndoCounts['records']>> {
  const [part] = importerOf(run.entity).parts
  if (!part) throw new Error(`the importer of ${run.entity} has no parts`)
  const touched = rows.filter(({ tbl }) => tbl === part.table)
  const earlier = await touchedEarlier(command, { run, seq, table: part.table }, touched)
  const own = touched.filter(({ id }) => !earlier.has(id))
  const stay = own.filter(({ outcome }) => outcome !== 'reversed')
  const told = stay.filter(({ why }) => why !== 'noRight').slice(0, Math.max(0, NAMED - before.stayed.length))
  const ids = told.map(({ id }) => id)
  const { rows: named } = await sql<{ id: string; name: string }>`
    select id, ${sql.ref(columnOf(part.title))} as name from ${sql.table(part.table)} where id in (select value from json_each(${JSON.stringify(ids)}))`.execute(
    command.tx,
  )
  const whyOf = new Map(told.map(({ id, why }) => [id, why ?? 'conflict']))
  const stayed = named.map(({ id, name }) => ({ id, name: name.slice(0, 80), why: whyOf.get(id) ?? 'conflict' }))
  return {
    reversed: before.reversed + own.length - stay.length,
    kept: before.kept + stay.length,
    stayed: [...before.stayed, ...stayed],
  }
}

/** Which of these an earlier chunk of the run touched too: each record is counted once, where it was touched first. */
async function touchedEarlier(
  command: CommandContext,
  { run, seq, table }: { run: Run; seq: number; table: string },
  rows: readonly RowOutcome[],
): Promise<Set<string>> {
  const answer = await sql<{ id: string }>`
    select w.value as id from json_each(${JSON.stringify(rows.map(({ id }) => id))}) w where exists (
      select 1 from journal j join command c on c.seq = j.seq
      where j.tbl = ${table} and j.row_id = w.value and j.seq < ${seq} and c.batch_id = ${run.batchId})`.execute(command.tx)
  return new Set(answer.rows.map(({ id }) => id))
}

/** After a cancel nothing of the import is left that nobody else has touched, and the counts say so. */
export async function closeCancelled(carrier: Carrier, importId: string): Promise<void> {
  const undo = await undoRun(carrier, importId)
  await saveRun(carrier.technical, importId, { state: 'cancelled', finishedAt: carrier.now(), ...zero, summary: { undo } })
}

/** @throws Refusal when there is nothing to take back, it was taken back already, or the time for it is over. */
export function requireUndoable(run: Run, at: string): void {
  if (run.state === 'undone' || run.undoneAt !== null) throw new Refusal('alreadyUndone')
  if (isStopped(run)) return
  const state = stateOf(run)
  if (['undoing', 'running', 'cancelling', 'paused'].includes(state) && run.startedAt !== null) throw new Refusal('busy')
  if (state !== 'done') throw new Refusal('notRun')
  if (run.undoUntil !== null && run.undoUntil < at) throw new Refusal('tooLate')
}

export async function undoImportRun(carrier: Carrier, importId: string): Promise<UndoCounts> {
  const undo = await undoRun(carrier, importId)
  const run = await loadRun(carrier.technical, carrier.actor(), importId)
  const at = carrier.now()
  await saveRun(carrier.technical, importId, {
    state: 'undone',
    undoneAt: at,
    finishedAt: run.finishedAt ?? at,
    summary: { undo },
  })
  return undo
}
