import { sql } from 'kysely'
import { may } from '../../../src-shared/kernel/actor.ts'
import type { UndoCounts } from '../../../src-shared/features/imports/model.ts'
import { columnOf } from '../../../src-shared/kernel/entity.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { Forbidden } from '../../kernel/errors.ts'
import type { Commit } from '../../kernel/jobKinds.ts'
import { type RowOutcome, wrote } from '../../kernel/undo.ts'
import { rightsToReverse } from '../history/public.ts'
import { importerOf } from './registry.ts'
import type { Carrier } from './run.ts'
import { chunksOf, isStopped, loadRun, type Run, saveRun, stateOf } from './store.ts'

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
      const rights = await rightsToReverse(command, seq, { seq, procedure: 'imports.run', actorId: run.userId })
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
    select id, coalesce(${sql.ref(columnOf(part.title))}, id) as name from ${sql.table(part.table)} where id in (select value from json_each(${JSON.stringify(ids)}))`.execute(
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

const NOTHING = { created: 0, updated: 0, skipped: 0, failed: 0 }

/** After a cancel nothing of the import is left that nobody else has touched, and the counts say so. */
export async function closeCancelled(carrier: Carrier, importId: string): Promise<void> {
  const undo = await undoRun(carrier, importId)
  await saveRun(carrier.technical, importId, { state: 'cancelled', finishedAt: carrier.now(), ...NOTHING, summary: { undo } })
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
