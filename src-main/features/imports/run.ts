import { sql } from 'kysely'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import type { ImportCounts } from '../../../src-shared/features/imports/model.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { Database, ReadDb } from '../../kernel/database.ts'
import type { RowResult } from '../../kernel/importer.ts'
import type { Commit, JobContext } from '../../kernel/jobKinds.ts'
import type { Services } from '../../kernel/services.ts'
import { importerOf } from './registry.ts'
import { Bench } from './staging.ts'
import type { Which } from './stagingSchema.ts'
import { loadRun, type Run, saveDone, saveRun } from './store.ts'
import { closeCancelled } from './takeBack.ts'
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

/** Rows that are still being read; without it all of them are there. */
export type Supply = {
  /** Whether the last row of the file is staged. */
  readonly ended: () => boolean
  /** Resolves when more is staged, or all. @throws what the reading failed with. */
  readonly more: () => Promise<void>
}
const ALL_THERE: Supply = { ended: () => true, more: () => Promise.resolve() }

/**
 * Writes everything after the last committed chunk. Called anew after a pause, a kill or a failure it goes on where it was. What is
 * written while it is read goes in twice over the rows: first those that resemble nobody, then, when all are known, the others, so
 * that no record of the base changes while rows are still compared with it.
 */
export async function runImport(carrier: Carrier, importId: string, supply: Supply = ALL_THERE): Promise<void> {
  const run = await loadRun(carrier.technical, carrier.actor(), importId)
  const bench = Bench.open(carrier.folder, importId)
  const letGo = await carrier.services.searchIndex.hold()
  const { alongside, news = -1, cursor = -1 } = run.summary
  let now: Standing = { run, cursor: alongside ? news : cursor, which: alongside ? 'new' : 'all', size: FIRST_CHUNK, done: false }
  try {
    const total = run.summary.plan?.rows ?? run.summary.facts?.rows ?? bench.plan().rows
    if (supply.ended()) bench.freeze()
    while (!now.done) {
      await carrier.checkpoint()
      now = await goOn(carrier, bench, now, supply)
      carrier.progress(now.run.summary.done ?? 0, total)
      await carrier.services.searchIndex.breathe()
      if (now.done && now.which === 'new') {
        bench.freeze()
        now = { ...now, cursor: now.run.summary.cursor ?? -1, which: 'rest', done: false }
      }
    }
    const at = carrier.now()
    const undoUntil = new Date(Date.parse(at) + UNDO_DAYS * 86_400_000).toISOString()
    if (await saveDone(carrier.technical, importId, { finishedAt: at, undoUntil })) return
  } finally {
    letGo()
    if ((now.run.summary.done ?? 0) === 0) bench.thaw()
    bench.close()
  }
  // Cancelled behind the last row, which was promised: the job ends as cancelled; without one, or before it was told, here.
  await carrier.checkpoint()
  await closeCancelled(carrier, importId)
}

/** `aloneTo`: rows up to here are written chunk by chunk, because the database refused one among them. */
type Standing = { run: Run; cursor: number; which: Which; size: number; done: boolean; aloneTo?: number }

/** Customers are told apart before anything is written; what else is imported asks, chunk by chunk, for what the one before has made. */
async function goOn(carrier: Carrier, bench: Bench, from: Standing, supply: Supply): Promise<Standing> {
  const { aloneTo = -1 } = from
  await supplied(bench, from, supply)
  const look = looks.get(bench)
  if (look) look.isFirst = true
  if (from.run.entity !== 'customer' || from.cursor < aloneTo) {
    const next = await oneChunk(bench, from, AIM_MS.alone, (run, rows) =>
      writeOne(carrier, run, bench, { rows, which: from.which }),
    )
    return { ...next, aloneTo }
  }
  let reached = from.cursor
  try {
    return await carrier.group(async ({ commit, mayGoOn }) => {
      let now = from
      do {
        now = await oneChunk(bench, now, AIM_MS.inGroup, (run, rows) => {
          reached = rows.at(-1)?.row ?? reached
          return commitRows(commit, run, bench, { rows, which: now.which })
        })
        // Waiting for rows with the transaction open would hold up everybody else.
      } while (!now.done && (supply.ended() || bench.has(now)) && (await mayGoOn()))
      return now
    })
  } catch (error) {
    if (!isConstraint(error)) throw error
    return { ...from, aloneTo: reached }
  }
}

/** Until a whole chunk is staged, or all that will be. */
async function supplied(bench: Bench, from: Standing, supply: Supply): Promise<void> {
  while (!supply.ended() && !bench.has(from)) await supply.more()
}

async function oneChunk(
  bench: Bench,
  from: Standing,
  aimMs: number,
  write: (run: Run, rows: ChunkRows) => Promise<Run>,
): Promise<Standing> {
  const started = performance.now()
  const first = bench.after(from.cursor, from.size, from.which)
  const rows = importerOf(from.run.entity).gathers ? withTheirRest(bench, first, from.which) : first
  const last = rows.at(-1)
  if (!last) return { ...from, done: true }
  const run = await write(from.run, rows)
  return { ...from, run, cursor: last.row, size: nextSize(from.size, performance.now() - started, aimMs), done: false }
}

const nextSize = (size: number, tookMs: number, aimMs: number): number =>
  Math.round(Math.min(LARGEST, Math.max(SMALLEST, size * Math.min(2, Math.max(0.5, aimMs / Math.max(tookMs, 0.5))))))

/** One record's rows that stand together are written together, however long the chunk becomes. */
const ROWS_OF_ONE = 1000
function withTheirRest(bench: Bench, rows: ChunkRows, which: Which): ChunkRows {
  const last = rows.at(-1)
  if (!last || last.keys.length === 0) return rows
  const keys = new Set(last.keys.map(({ kind, key }) => `${kind} ${key}`))
  const rest = bench.after(last.row, ROWS_OF_ONE, which)
  const end = rest.findIndex((row) => !row.keys.some(({ kind, key }) => keys.has(`${kind} ${key}`)))
  return [...rows, ...(end < 0 ? rest : rest.slice(0, end))]
}

type ChunkRows = ReturnType<Bench['after']>
type Chunk = { rows: ChunkRows; which: Which }

/** One chunk; a row that the database itself refuses is found by writing the chunk's rows one by one, and fails alone. */
async function writeOne(carrier: Carrier, run: Run, bench: Bench, { rows, which }: Chunk): Promise<Run> {
  try {
    return await commitRows(carrier.commit, run, bench, { rows, which })
  } catch (error) {
    if (!isConstraint(error)) throw error
    let now = run
    for (const row of rows) {
      try {
        now = await commitRows(carrier.commit, now, bench, { rows: [row], which })
      } catch (single) {
        if (!isConstraint(single)) throw single
        now = await commitRows(carrier.commit, now, bench, { rows: [row], which }, [
          { row: row.row, outcome: 'failed', reason: 'refusedByDatabase' },
        ])
      }
    }
    return now
  }
}

const isConstraint = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_CONSTRAINT')

function commitRows(commit: Commit, run: Run, bench: Bench, { rows, which }: Chunk, given?: RowResult[]): Promise<Run> {
  const done = (run.summary.done ?? 0) + rows.length
  const cursor = rows.at(-1)?.row ?? -1
  const reached = which === 'new' ? { news: cursor } : { cursor }
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
        summary: { ...run.summary, ...reached, done, skips: addSkips(run.summary.skips, results) },
      }
      await saveRun(command.tx, run.id, {
        ...counts,
        rowsRead: done,
        summary: { ...reached, done, skips: after.summary.skips ?? {} },
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
