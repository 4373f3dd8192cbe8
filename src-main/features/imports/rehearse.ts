import type BetterSqlite3 from 'better-sqlite3'
import type { CheckRow, ImportableEntity, ImportOptions } from '../../../src-shared/features/imports/model.ts'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { kyselyOver, openRaw, type ReadDb, type WriteTx } from '../../kernel/database.ts'
import { Forbidden } from '../../kernel/errors.ts'
import { ulid } from '../../kernel/ids.ts'
import type { Fault, RowResult } from '../../kernel/importer.ts'
import type { Services } from '../../kernel/services.ts'
import type { TaskContext } from '../../kernel/tasks.ts'
import { foretell, forget, tellFaults } from './foretell.ts'
import { broughtOnce } from './once.ts'
import { Copies } from './rehearsalCopies.ts'
import { importerIn } from './registry.ts'
import { Rivals } from './rivals.ts'
import type { StoredMapping } from './settings.ts'
import type { Bench } from './staging.ts'
import { dataRows, matchedRows, setPlans, tellManagers, type Tried } from './tried.ts'
import { othersWrote as haveOthersWritten, writeChunk, writeRulesOf } from './writeChunk.ts'

/** What the write is told, so that it can be tried without being done. */
export type Trial = {
  entity: ImportableEntity
  mapping: StoredMapping
  options: ImportOptions
  actor: Actor
  now: string
  batchId: string | null
  asOf: number | null
}
/** Rows whose groups are tried anew, and records whose groups are; absent: all. */
export type Only = { rows: readonly number[]; records?: readonly string[] }
type Group = { rows: number[]; asks: boolean; record: string | null }

const BATCH = 400

/**
 * What becomes of rows that were taken for a record, or for an earlier row, is found out by the write itself: it runs over copies of
 * the records concerned that nobody else sees, and what it did is forgotten. So the numbers of the check are those of the run as long
 * as nobody changes the records in between; rows that resemble nobody are judged by what the company asks of new records.
 */
export async function settlePlan(context: TaskContext, bench: Bench, trial: Trial, only?: Only): Promise<void> {
  const rivals = rivalsIn(context, bench, trial)
  if (!only) await rivals?.keepAll(context)
  const wanted = only && rivals ? { ...only, rows: rivals.keepSome(only.rows) } : only
  const groups = groupsOf(bench, trial, wanted)
  const anew = wanted ? [...new Set([...wanted.rows, ...groups.flatMap(({ rows }) => rows)])] : null
  if (anew) bench.replan(trial.options.onDuplicate, anew)
  forget(bench, anew)
  await rehearse(context, bench, trial, groups)
  await foretell(context, bench, trial, anew ?? undefined)
  if (rivals) await settleRivals(context, bench, trial, { rivals, anew })
}

function rivalsIn({ entities }: TaskContext, bench: Bench, trial: Trial): Rivals | null {
  const brought = broughtOnce(importerIn(entities, trial.entity), writeRulesOf(trial, entities).mapped)
  return brought && new Rivals(bench, brought)
}

/** Rows in each other's way are tried together, new ones too, in the order of the file, as they are going to be written. */
async function settleRivals(
  context: TaskContext,
  bench: Bench,
  trial: Trial,
  { rivals, anew }: { rivals: Rivals; anew: readonly number[] | null },
): Promise<void> {
  const found = rivals.groups(anew)
  if (found.length === 0) return
  const whole = found.map((rows) => new Set(rows))
  const setOf = new Map(found.flatMap((rows, at) => rows.map((n) => [n, whole[at]] as const)))
  // What ends in the same records belongs to them, whatever it brings.
  for (const { rows } of groupsOf(bench, trial, { rows: found.flat() })) {
    const set = setOf.get(rows.find((n) => setOf.has(n)) ?? -1)
    for (const n of rows) set?.add(n)
  }
  const groups = whole.map((rows): Group => ({ rows: [...rows], asks: true, record: null }))
  const rows = groups.flatMap((group) => group.rows)
  bench.replan(trial.options.onDuplicate, rows)
  forget(bench, rows)
  await rehearse(context, bench, trial, groups, (row, fault) => rivals.withRow(row, fault))
}

type Telling = (row: number, fault: Fault) => Fault
const asItIs: Telling = (_row, fault) => fault

async function rehearse(
  context: TaskContext,
  bench: Bench,
  trial: Trial,
  groups: readonly Group[],
  told: Telling = asItIs,
): Promise<void> {
  if (groups.length === 0) return
  const naming = { importer: importerIn(context.entities, trial.entity), mapping: trial.mapping }
  const stage = new RehearsalStage(context, trial)
  try {
    for (const batch of batchesOf(groups, trial.entity === 'employee')) {
      context.signal.throwIfAborted()
      const results = await stage.tryOut(bench, batch)
      setPlans(bench, results)
      tellFaults(bench, new Map(results.flatMap(({ row, fault }) => (fault ? [[row, told(row, fault)]] : []))), naming)
      if (trial.entity === 'employee') tellManagers(bench, stage.withoutManager)
      // A turn of the loop, so that a cancel gets through.
      await new Promise((resolve) => setImmediate(resolve))
    }
  } finally {
    await stage.close()
  }
}

/** Rows that end in one record, each group with the row that becomes it where there is no record yet. */
function groupsOf(bench: Bench, { entity }: Trial, only?: Only): Group[] {
  // Managers stand above or below their people, so a list of employees is one thing.
  if (entity === 'employee') return [{ rows: dataRows(bench), asks: true, record: null }].filter(({ rows }) => rows.length > 0)
  const keyOfRow = new Map<number, string>()
  const groups = new Map<string, Group>()
  for (const { n, record, row, plan } of matchedRows(bench)) {
    const key = record === null ? (keyOfRow.get(row) ?? `row ${row}`) : `record ${record}`
    keyOfRow.set(n, key)
    const known = groups.get(key)
    const group = known ?? { rows: record === null ? [row] : [], asks: entity === 'tag', record }
    group.rows.push(n)
    // What is left out whatever stands there need not be tried; a row of the file may itself be left out, and then the next is the first.
    group.asks ||= plan === 'update' || (record === null && plan === 'skip')
    if (!known) groups.set(key, group)
  }
  if (!only) return [...groups.values()].filter(({ asks }) => asks)
  const wanted = new Set([
    ...only.rows.flatMap((n) => [keyOfRow.get(n) ?? '', `row ${n}`]),
    ...(only.records ?? []).map((id) => `record ${id}`),
  ])
  return [...groups].filter(([key]) => wanted.has(key)).map(([, group]) => group)
}

function* batchesOf(groups: readonly Group[], whole: boolean): Generator<number[]> {
  let batch: number[] = []
  for (const { rows } of groups) {
    batch.push(...rows)
    if (whole || batch.length < BATCH) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

const PLAN_OF: Readonly<Record<RowResult['outcome'], CheckRow['plan']>> = {
  created: 'create',
  updated: 'update',
  skipped: 'skip',
  failed: 'fail',
}

type Rows = ReturnType<Bench['among']>

/** A connection that cannot write into the base; tables of its own stand before those of the base and are emptied after every batch. */
class RehearsalStage {
  readonly #raw: BetterSqlite3.Database
  readonly #db: ReadDb
  readonly #trial: Trial
  readonly #context: CommandContext
  readonly #copies: Copies
  /** Rows of the last batch whose manager is nobody. */
  withoutManager: readonly number[] = []

  constructor({ folder, entities }: TaskContext, trial: Trial) {
    this.#trial = trial
    this.#raw = openRaw(folder, { readonly: true })
    this.#raw.pragma('foreign_keys = off')
    this.#raw.pragma('cache_size = -8192')
    this.#copies = new Copies(this.#raw, entities, trial.entity)
    this.#db = kyselyOver(this.#raw, false)
    const zone = (this.#raw.prepare('select time_zone from workspace').pluck().get() as string | undefined) ?? 'Asia/Shanghai'
    const nothing = (): void => undefined
    this.#context = {
      tx: this.#db as unknown as WriteTx,
      actor: trial.actor,
      now: () => trial.now,
      newId: () => ulid(Date.parse(trial.now)),
      entities,
      seq: Number.MAX_SAFE_INTEGER,
      record: nothing,
      notify: nothing,
      unchanged: nothing,
      afterCommit: nothing,
      services: { timeZone: () => zone } as Partial<Services> as Services,
      makeReady: nothing,
      reverse: () => {
        throw new Error('a rehearsal takes nothing back')
      },
    }
  }

  async tryOut(bench: Bench, batch: readonly number[]): Promise<Tried[]> {
    const rows = bench.among(batch)
    this.#raw.exec('begin')
    try {
      this.#copies.take(rows)
      const results = await this.#write(rows)
      this.withoutManager = results.flatMap(({ row, reason }) => (reason === 'managerUnknown' ? [row] : []))
      return results.map(({ row, outcome, reason, fault }) => ({
        row,
        plan: PLAN_OF[outcome],
        reason: outcome === 'skipped' || outcome === 'failed' ? (reason ?? null) : null,
        fault,
      }))
    } catch (error) {
      // A right that somebody lacks is told when he begins; until then the plan stands as it was.
      if (error instanceof Forbidden) return []
      throw error
    } finally {
      this.#raw.exec('rollback')
    }
  }

  async close(): Promise<void> {
    await this.#db.destroy()
    if (this.#raw.open) this.#raw.close()
  }

  /** As the run writes a chunk: what the database refuses is found row by row and fails alone. */
  async #write(rows: Rows): Promise<RowResult[]> {
    const { entity, mapping, options, batchId, asOf } = this.#trial
    const run = { entity, mapping, options, batchId: batchId ?? '', summary: asOf === null ? {} : { asOf } }
    const became = new Map<number, string>()
    const made = new Set<string>()
    const othersWrote = (): Promise<boolean> =>
      asOf === null ? Promise.resolve(true) : haveOthersWritten(this.#context, run, asOf)
    const before = { recordOf: (n: number) => became.get(n) ?? null, oursAmong: () => Promise.resolve(made), othersWrote }
    const attempt = async (some: Rows): Promise<RowResult[] | null> => {
      this.#raw.exec('savepoint attempt')
      try {
        const results = await writeChunk(this.#context, run, before, some)
        this.#raw.exec('release attempt')
        return results
      } catch (error) {
        this.#raw.exec('rollback to attempt; release attempt')
        if (!(error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_CONSTRAINT'))) throw error
        return null
      }
    }
    const all = await attempt(rows)
    if (all) return all
    const results: RowResult[] = []
    for (const row of rows) {
      const [result] = (await attempt([row])) ?? []
      results.push(result ?? { row: row.row, outcome: 'failed', reason: 'refusedByDatabase' })
      if (result?.recordId !== undefined && result.outcome !== 'failed') became.set(row.row, result.recordId)
      if (result?.recordId !== undefined && result.outcome === 'created') made.add(result.recordId)
    }
    return results
  }
}
