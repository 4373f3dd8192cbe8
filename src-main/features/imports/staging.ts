import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import type { CheckFilter, CheckRow, ImportCounts, OnDuplicate, PlanCounts } from '../../../src-shared/features/imports/model.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CellProblem, Parts, RowResult } from '../../kernel/importer.ts'
import { insertStatements } from '../../kernel/manyRows.ts'
import type { CellValue } from '../../kernel/workbook/sheet.ts'
import {
  checkRow,
  namesText,
  type Stored,
  staged,
  type StagedMatch,
  type StagedRow,
  type WrittenRow,
  writtenRow,
} from './stagedRow.ts'
import { firstPlan, INDEXES, PLAN, SCHEMA, surenessOf, WHERE, WHICH, type Which } from './stagingSchema.ts'

/**
 * One import's own bench beside the data: the file as it came and a small database of its rows. Hundreds of thousands of
 * staged rows stay out of the business file, its backups and its journal; what an import did is told by the journal alone.
 */
export const folderOf = (dataFolder: string, id: string): string => join(dataFolder, 'imports', id)
export const sourceOf = (dataFolder: string, id: string): string => join(folderOf(dataFolder, id), 'source')
const benchOf = (dataFolder: string, id: string): string => join(folderOf(dataFolder, id), 'rows.db')
const outcomesOf = (dataFolder: string, id: string): string => join(folderOf(dataFolder, id), 'outcomes.db')

export type { StagedMatch, StagedRow }

/** Of a row to be looked at, and of one to be written. */
const LOOKED =
  'shown, null as names, o.outcome, coalesce(o.reason, staged.reason) as reason, o.record_id as recordId from staged left join outcome o on o.n = staged.n'
const WRITTEN = 'null as shown, names, null as outcome, null as reason, null as recordId from staged'
const COLUMNS =
  'staged.n, kind, parts, problems, keys, match, seen, plan, (select decision from decision d where d.n = staged.n) as decision'

/** What JavaScript trims beyond the space. */
const BLANKS = "' ' || char(9, 10, 11, 12, 13, 160, 12288, 65279)"

const OUTCOMES = {
  table: 'outcome',
  columns: ['n', 'outcome', 'reason', 'record_id'],
  tail: 'on conflict (n) do update set outcome = excluded.outcome, reason = excluded.reason, record_id = excluded.record_id',
}

export class Bench {
  readonly raw: BetterSqlite3.Database
  readonly #known = new Map<string, BetterSqlite3.Statement>()

  private constructor(raw: BetterSqlite3.Database) {
    this.raw = raw
  }

  /** For the first step only: every later one works on what that laid there. */
  static make(dataFolder: string, id: string): Bench {
    mkdirSync(folderOf(dataFolder, id), { recursive: true, mode: 0o700 })
    return Bench.#over(dataFolder, id)
  }

  /** @throws Refusal `fileGone` when the rows were cleared away: an empty bench would look like a file without rows. */
  static open(dataFolder: string, id: string): Bench {
    if (!existsSync(benchOf(dataFolder, id))) throw new Refusal('fileGone')
    return Bench.#over(dataFolder, id)
  }

  static #over(dataFolder: string, id: string): Bench {
    const raw = new BetterSqlite3(benchOf(dataFolder, id), { timeout: 10_000 })
    // Staged rows are long: on larger pages a third of the bytes goes through the log.
    raw.pragma('page_size = 16384')
    raw.pragma('journal_mode = wal')
    // A process that dies loses nothing; after a power cut the file is read anew, and what was committed stands in the journal.
    raw.pragma('synchronous = normal')
    raw.prepare('attach ? as done').run(outcomesOf(dataFolder, id))
    raw.pragma('done.journal_mode = wal')
    raw.pragma('done.synchronous = normal')
    raw.exec(SCHEMA)
    return new Bench(raw)
  }

  close(): void {
    this.raw.close()
  }

  #sql(text: string): BetterSqlite3.Statement {
    let statement = this.#known.get(text)
    if (!statement) {
      statement = this.raw.prepare(text)
      this.#known.set(text, statement)
    }
    return statement
  }

  /** Waits its turn to write before it reads: what was read while another worker wrote could not be written on, and would be refused. */
  inOne<T>(work: () => T): T {
    return this.raw.transaction(work).immediate()
  }

  /** The same where nobody else writes those tables: only their file is held, not the outcomes beside it. */
  inTurn<T>(work: () => T): T {
    return this.raw.transaction(work).deferred()
  }

  /** While rows are being written, nothing of what they will be may change. */
  freeze(): void {
    this.raw.pragma('user_version = 1')
  }

  /** Nothing was written after all: the import can be prepared anew. */
  thaw(): void {
    this.raw.pragma('user_version = 0')
  }

  /** @throws Refusal `alreadyRun` */
  requireOpen(): void {
    if (this.raw.pragma('user_version', { simple: true }) !== 0) throw new Refusal('alreadyRun')
  }

  clearRaw(): void {
    this.requireOpen()
    for (const name of this.#sql("select name from sqlite_master where name like 'raw_said_%'").pluck().all() as string[])
      this.raw.exec(`drop index ${name}`)
    this.raw.exec('delete from raw; delete from staged; delete from outcome; delete from edit; delete from decision')
  }

  clearStaged(): void {
    this.requireOpen()
    this.raw.exec('drop table if exists staged; drop table if exists outcome')
    this.raw.exec(SCHEMA)
  }

  index(): void {
    this.raw.exec(INDEXES)
  }

  addRaw(n: number, cells: readonly CellValue[]): void {
    this.#sql('insert into raw (n, cells) values (?, ?)').run(n, JSON.stringify(cells))
  }

  /** Rows of the file as read, those typed anew in place. */
  *rawAfter(n: number, limit: number): Generator<{ n: number; cells: CellValue[] }> {
    const rows = this.#sql(
      'select n, cells, exists (select 1 from edit e where e.n = raw.n) as edited from raw where n > ? order by n limit ?',
    ).all(n, limit) as { n: number; cells: string; edited: number }[]
    for (const row of rows) yield { n: row.n, cells: this.#edited(row.n, JSON.parse(row.cells) as CellValue[], row.edited === 1) }
  }

  rawRow(n: number): CellValue[] | null {
    const cells = this.#sql('select cells from raw where n = ?').pluck().get(n) as string | undefined
    return cells === undefined ? null : this.#edited(n, JSON.parse(cells) as CellValue[], true)
  }

  #edited(n: number, cells: CellValue[], edited: boolean): CellValue[] {
    if (!edited) return cells
    const edits = this.#sql('select col, text from edit where n = ?').all(n) as { col: number; text: string }[]
    for (const { col, text } of edits) {
      while (cells.length <= col) cells.push(null)
      cells[col] = text
    }
    return cells
  }

  /** Rows of data whose cell of this column says this, in the order of the file; the first question makes an index, which few imports need. */
  rowsSaying(column: number, text: string): { n: number; cells: CellValue[] }[] {
    const said = (cell: string): string => `upper(trim(${cell}, ${BLANKS}))`
    const cell = said(`json_extract(cells, '$[${column}]')`)
    this.raw.exec(`create index if not exists raw_said_${column} on raw (${cell})`)
    const found = this.#sql(
      `select n from staged where kind = 'data' and n in (
         select n from raw where ${cell} = @text union select n from edit where col = @column and ${said('text')} = @text) order by n`,
    )
    const rows = found.pluck().all({ text, column }) as number[]
    return rows.map((n) => ({ n, cells: this.rawRow(n) ?? [] }))
  }

  rawPage(offset: number, limit: number): { n: number; cells: CellValue[] }[] {
    return (
      this.#sql('select n, cells from raw order by n limit ? offset ?').all(limit, offset) as { n: number; cells: string }[]
    ).map(({ n, cells }) => ({ n, cells: JSON.parse(cells) as CellValue[] }))
  }

  countAfter(n: number): number {
    return this.#sql('select count(*) from raw where n > ?').pluck().get(n) as number
  }

  rawCount(): number {
    return this.#sql('select count(*) from raw').pluck().get() as number
  }

  saveEdit(n: number, column: number, text: string): void {
    this.requireOpen()
    this.#sql('insert into edit (n, col, text) values (?, ?, ?) on conflict (n, col) do update set text = excluded.text').run(
      n,
      column,
      text,
    )
  }

  stage(row: StagedRow, onDuplicate: OnDuplicate): void {
    const hasError = row.problems.some(({ level }) => level === 'error')
    const hasWarning = row.problems.some(({ level }) => level === 'warning')
    const plan = firstPlan(row, hasError, onDuplicate)
    this.#sql(
      `insert into staged (n, kind, parts, shown, problems, keys, names, match, sure, seen, has_error, has_warning, plan) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       on conflict (n) do update set parts = excluded.parts, shown = excluded.shown, problems = excluded.problems, keys = excluded.keys, names = excluded.names, match = excluded.match, sure = excluded.sure, seen = excluded.seen,
         has_error = excluded.has_error, has_warning = excluded.has_warning, plan = excluded.plan`,
    ).run(
      row.row,
      row.kind,
      JSON.stringify(row.parts),
      JSON.stringify(row.shown),
      row.problems.length > 0 ? JSON.stringify(row.problems) : null,
      row.keys.length > 0 ? JSON.stringify(row.keys.map(({ kind, key }) => [kind, key])) : null,
      plan === 'create' ? namesText(row.parts) : null,
      row.match ? JSON.stringify(row.match) : null,
      surenessOf(row.match),
      row.seen.length > 0 ? JSON.stringify(row.seen) : null,
      hasError ? 1 : 0,
      hasWarning ? 1 : 0,
      plan,
    )
  }

  /** Works the plan of every row out anew, after a decision or another default. */
  replan(onDuplicate: OnDuplicate, only?: readonly number[]): void {
    this.requireOpen()
    const set = `update staged set plan = ${PLAN}, reason = null`
    if (only) for (const n of only) this.#sql(`${set} where n = ?`).run(onDuplicate, n)
    else this.#sql(`${set} where match is not null or n in (select n from decision)`).run(onDuplicate)
  }

  decide(rows: readonly number[] | 'undecided' | { atLeast: number }, decision: OnDuplicate | null): void {
    this.requireOpen()
    if (typeof rows === 'object' && 'atLeast' in rows) {
      const alike = `${WHERE.duplicate} and json_extract(match, '$.score') >= ?`
      if (decision === null) this.#sql(`delete from decision where n in (select n from staged where ${alike})`).run(rows.atLeast)
      else
        this.#sql(
          `insert into decision (n, decision) select n, ? from staged where ${alike} and n not in (select n from decision)`,
        ).run(decision, rows.atLeast)
      return
    }
    if (rows === 'undecided') {
      if (decision === null) this.raw.exec('delete from decision')
      else
        this.#sql(
          'insert into decision (n, decision) select n, ? from staged where match is not null and (sure < 2 or sure = 4) and n not in (select n from decision)',
        ).run(decision)
      return
    }
    for (const n of rows) {
      if (decision === null) this.#sql('delete from decision where n = ?').run(n)
      else
        this.#sql(
          'insert into decision (n, decision) values (?, ?) on conflict (n) do update set decision = excluded.decision',
        ).run(n, decision)
    }
  }

  plan(): PlanCounts {
    const counts = new Map(
      (this.#sql('select plan, count(*) as n from staged group by plan').all() as { plan: string; n: number }[]).map(
        ({ plan, n }) => [plan, n],
      ),
    )
    const of = (plan: string) => counts.get(plan) ?? 0
    const one = (where: string) => this.#sql(`select count(*) from staged where ${where}`).pluck().get() as number
    return {
      rows: of('create') + of('update') + of('skip') + of('fail'),
      create: of('create'),
      update: of('update'),
      skip: of('skip'),
      fail: of('fail'),
      duplicates: one(WHERE.duplicate),
      undecided: one(`${WHERE.duplicate} and n not in (select n from decision)`),
      doubtful: one(`${WHERE.duplicate} and sure = 0 and n not in (select n from decision)`),
      warnings: one('has_warning = 1'),
    }
  }

  /** `only`: a further condition with one parameter. */
  page(
    filter: CheckFilter,
    offset: number,
    limit: number,
    only?: { sql: string; parameter: string },
  ): { rows: CheckRow[]; total: number } {
    const where = only ? `${WHERE[filter]} and ${only.sql}` : WHERE[filter]
    const given = only ? [only.parameter] : []
    const total = this.#sql(`select count(*) from staged where ${where}`)
      .pluck()
      .get(...given) as number
    const rows = this.#sql(
      `select ${COLUMNS}, ${LOOKED} where staged.n in (select n from staged where ${where} order by n limit ? offset ?) order by staged.n`,
    ).all(...given, limit, offset) as Stored[]
    return { rows: rows.map(checkRow), total }
  }

  row(n: number): (StagedRow & { decision: OnDuplicate | null; check: CheckRow }) | null {
    const found = this.#sql(`select ${COLUMNS}, ${LOOKED} where staged.n = ?`).get(n) as Stored | undefined
    return found ? { ...staged(found), decision: found.decision, check: checkRow(found) } : null
  }

  partsOf(n: number): Parts | null {
    const parts = this.#sql('select parts from staged where n = ?').pluck().get(n) as string | undefined
    return parts === undefined ? null : (JSON.parse(parts) as Parts)
  }

  /** The rows of the next chunk after a row, decisions included. */
  after(n: number, limit: number, which: Which = 'all'): WrittenRow[] {
    return this.#written(`n > ? and ${WHICH[which]} order by n limit ?`, n, limit)
  }

  /** Whether a whole chunk is staged behind a row. */
  has({ cursor, size, which }: { cursor: number; size: number; which: Which }): boolean {
    return this.#sql(`select 1 from staged where n > ? and ${WHICH[which]} limit 1 offset ?`).get(cursor, size - 1) !== undefined
  }

  /** The last row that is staged; -1 where none is. */
  lastStaged(): number {
    return this.#sql('select coalesce(max(n), -1) from staged').pluck().get() as number
  }

  /** Certain rows, in the order of the file. */
  among(rows: readonly number[]): ReturnType<Bench['after']> {
    return this.#written('n in (select value from json_each(?)) order by n', JSON.stringify(rows))
  }

  #written(where: string, ...given: unknown[]): WrittenRow[] {
    const rows = this.#sql(`select ${COLUMNS}, ${WRITTEN} where ${where}`).all(...given) as Stored[]
    return rows.map(writtenRow)
  }

  /** The rows as they are shown, in their order. */
  shownAfter(n: number, limit: number): { row: number; kind: CheckRow['kind']; shown: string[] }[] {
    const rows = this.#sql('select n, kind, shown from staged where n > ? order by n limit ?').all(n, limit) as Stored[]
    return rows.map((row) => ({ row: row.n, kind: row.kind, shown: JSON.parse(row.shown ?? '[]') as string[] }))
  }

  /** In a table of their own: a staged row is long, and writing it anew for three words costs more than the words. */
  setOutcomes(results: readonly RowResult[]): void {
    const rows = results.map(({ row, outcome, reason, recordId }) => [row, outcome, reason ?? null, recordId ?? null])
    this.inTurn(() => {
      for (const [text, values] of insertStatements(OUTCOMES, rows)) this.#sql(text).run(values)
    })
  }

  /** The record that a row of this file became or went into, once its chunk is written. */
  recordOf(n: number): string | null {
    return (
      (this.#sql("select record_id from outcome where n = ? and outcome <> 'failed'").pluck().get(n) as
        | string
        | null
        | undefined) ?? null
    )
  }

  failed(after: number, limit: number): { row: number; cells: CellValue[]; problems: CellProblem[]; reason: string | null }[] {
    const rows = this.#sql(
      `select staged.n, problems, coalesce(o.reason, staged.reason) as reason from staged left join outcome o on o.n = staged.n
        where staged.n > ? and (o.outcome = 'failed' or (o.outcome is null and plan = 'fail')) order by staged.n limit ?`,
    ).all(after, limit) as { n: number; problems: string | null; reason: string | null }[]
    return rows.map(({ n, problems, reason }) => ({
      row: n,
      cells: this.rawRow(n) ?? [],
      problems: problems ? (JSON.parse(problems) as CellProblem[]) : [],
      reason,
    }))
  }

  outcomes(): Omit<ImportCounts, 'rowsRead'> {
    const counts = new Map(
      (
        this.#sql('select outcome, count(*) as n from outcome group by outcome').all() as {
          outcome: string
          n: number
        }[]
      ).map(({ outcome, n }) => [outcome, n]),
    )
    const of = (outcome: string) => counts.get(outcome) ?? 0
    return { created: of('created'), updated: of('updated'), skipped: of('skipped'), failed: of('failed') }
  }
}
