import type { Actor } from '../../../src-shared/kernel/actor.ts'
import type { HeaderRow } from '../../../src-shared/features/imports/headerRow.ts'
import type {
  CheckRow,
  CleaningRule,
  ImportableEntity,
  ImportOptions,
  OwnReport,
  PlanCounts,
  RuleReport,
} from '../../../src-shared/features/imports/model.ts'
import type { Matching } from '../../../src-shared/kernel/matching/language.ts'
import type { CellProblem, Importer, Parts, Read } from '../../kernel/importer.ts'
import { matchingOn } from '../../kernel/matchingSetting.ts'
import type { TaskContext } from '../../kernel/tasks.ts'
import { type CellValue, cellText } from '../../kernel/workbook/sheet.ts'
import { baseKeys } from './baseKeys.ts'
import { type ChoiceColumn, withOptions } from './chosen.ts'
import { type Cleaner, cleanerFor } from './clean.ts'
import { type Looked, Matcher } from './match.ts'
import { headerAt } from './readTask.ts'
import { settlePlan } from './rehearse.ts'
import { type Returned, Returning } from './returned.ts'
import { rowsAlike } from './rowsAlike.ts'
import { RuleCounter } from './ruleCounter.ts'
import { cleanSettings, type StoredMapping } from './settings.ts'
import { stageReturned } from './stageReturned.ts'
import { Bench, type StagedRow } from './staging.ts'
import { keepWithin } from './within.ts'

export type PrepareInput = {
  id: string
  entity: ImportableEntity
  mapping: StoredMapping
  options: ImportOptions
  actor: Actor
  width: number
  now: string
  /** What the commands of its run will carry. */
  batchId: string | null
  /** A file of a kind whose cells a spreadsheet retypes by merely saving it. */
  retyped: boolean
  /** Present: the rows that come first are written while the later ones are still read. */
  alongside?: Alongside
}
/**
 * How the base stood before the first row was written: the last command and the last document of the search. What came later is not
 * looked at, so that a row is taken for the same record however far the writing has come.
 */
export type Alongside = { asOf: number; until: number }
export type Progress = { done: number; total: number }
export type Prepared = { rules: RuleReport[]; own: OwnReport[]; plan: PlanCounts; asOf: number }

/** So few that what they leave behind is swept away while it is young. */
const BATCH = 200

/** Cleans and matches every row and lays the outcome out for looking at; the business tables are only read. */
export async function prepareRows(context: TaskContext, input: PrepareInput): Promise<Prepared> {
  const bench = Bench.open(context.folder, input.id)
  try {
    const { alongside } = input
    if (!alongside) bench.clearStaged()
    const staged = bench.lastStaged()
    const asOf = alongside?.asOf ?? (context.raw.prepare('select coalesce(max(seq), 0) from command').pluck().get() as number)
    const total = bench.rawCount()
    const { totals } = headerAt(bench, input.mapping.headerRow, input.mapping.groupsRow)
    const headers = new Map(input.mapping.columns.map(({ index, header }) => [index, header]))
    const report = new RuleCounter(input.options, headers)
    const pass = passOver(context, bench, input, { report, rows: total })
    let last = -1
    let done = 0
    while (done < total) {
      context.signal.throwIfAborted()
      const rows = [...bench.rawAfter(last, BATCH)]
      if (rows.length === 0) break
      const returned = (await pass.returning?.look(rows.filter(({ n }) => n > input.mapping.headerRow))) ?? null
      const laid = layAll(bench, rows, { input, totals, returned, pass, staged })
      bench.inTurn(() => {
        for (const row of laid) bench.stage(row, input.options.onDuplicate)
      })
      last = rows.at(-1)?.n ?? last
      done += rows.length
      context.report({ done, total } satisfies Progress)
      // A turn of the loop, so that a cancel gets through.
      await new Promise((resolve) => setImmediate(resolve))
    }
    bench.index()
    // Nobody is going to look at the plan of rows that are written already.
    if (!alongside) {
      bench.replan(input.options.onDuplicate)
      await settlePlan(context, bench, { ...input, asOf })
    }
    const prepared: Prepared = { rules: report.reports(), own: report.own(), plan: bench.plan(), asOf }
    return prepared
  } finally {
    bench.close()
  }
}

const asideRow = (row: number, kind: 'title' | 'total', cells: readonly CellValue[], width: number): StagedRow => ({
  row,
  kind,
  parts: {},
  shown: Array.from({ length: width }, (_, index) => cellText(cells[index])),
  problems: [],
  keys: [],
  match: null,
  seen: [],
})

export type Pass = {
  input: PrepareInput
  importer: Importer
  cleaner: Cleaner
  /** For rows that came back: each cell as itself, nothing made of several. */
  exact: Cleaner
  matcher: Matcher
  report: RuleCounter | null
  read: Read
  today: string
  matching: Matching
  returning: Returning | null
  /** Rows of this stretch, which are not staged yet. */
  laid: Map<number, Parts>
}

/** The importer as it finds nobody who came after the writing began. */
function upTo(importer: Importer, alongside: Alongside | undefined): Importer {
  if (!alongside) return importer
  const { candidates } = importer
  return { ...importer, candidates: { ...candidates, parameter: (keys) => candidates.parameter(keys, alongside.until) } }
}

const AS_TYPED: readonly CleaningRule[] = ['address', 'severalPhones', 'pasted']

function passOver(
  context: TaskContext,
  bench: Bench,
  input: PrepareInput,
  { report, rows }: { report: RuleCounter | null; rows: number },
): Pass {
  const settings = cleanSettings(context, input)
  const importer = upTo(settings.importer, input.alongside)
  const read = reader(context.raw)
  const matching = matchingOn(context.raw)
  const finish = importer.finishEdited
  const laid = new Map<number, Parts>()
  return {
    laid,
    input,
    importer,
    report,
    read,
    today: settings.today,
    matching,
    cleaner: cleanerFor(settings),
    exact: cleanerFor({
      ...settings,
      importer: { ...importer, finish: (row) => finish?.(row) },
      options: { ...input.options, rulesOff: [...input.options.rulesOff, ...AS_TYPED] },
    }),
    matcher: new Matcher({
      importer,
      read,
      actor: input.actor,
      identity: input.options.identity,
      matching,
      base: importer.keys ? null : baseKeys(context.raw, rows),
      staged: (row) => laid.get(row) ?? bench.partsOf(row),
    }),
    returning: finish
      ? Returning.of(context, {
          importer,
          actor: input.actor,
          columns: settings.columns,
          headers: input.mapping.columns,
          zone: settings.zone,
          loose: input.retyped,
        })
      : null,
  }
}

type RawRow = { n: number; cells: CellValue[] }
type Staging = {
  input: PrepareInput
  totals: HeaderRow['totals']
  returned: ReadonlyMap<number, Returned> | null
  pass: Pass
  /** The last row that stands there already: those up to it are only taken in again, for the ones behind them. */
  staged: number
}

/** Cleans all of them, asks the base once whom any of them may be; in their order. */
function layAll(bench: Bench, rows: readonly RawRow[], { input, totals, returned, pass, staged }: Staging): StagedRow[] {
  const { headerRow, groupsRow } = input.mapping
  const laid: (StagedRow | Draft)[] = []
  for (const { n, cells } of rows) {
    if (n === headerRow || n === groupsRow) continue
    if (n < headerRow) laid.push(asideRow(n, 'title', cells, input.width))
    else if (totals(cells.map((cell) => cellText(cell)))) laid.push(asideRow(n, 'total', cells, input.width))
    else {
      const back = returned?.get(n)
      laid.push(back ? stageReturned(n, cells, back, pass) : draftOf(n, cells, pass))
    }
  }
  const fresh = laid.filter(({ row }) => row > staged)
  if (fresh.length < laid.length)
    for (const one of laid)
      if (one.row <= staged && 'looked' in one && one.looked) pass.matcher.recall(one.looked, bench.row(one.row)?.match ?? null)
  const carried = pass.matcher.carried(fresh.flatMap((one) => ('looked' in one && one.looked ? [one.looked] : [])))
  // A row is compared with earlier ones of the same stretch, too: each is known as soon as it is laid.
  pass.laid.clear()
  return fresh.map((one) => {
    const row = 'looked' in one ? stagedRow(one, one.looked !== null && carried.has(one.looked), pass) : one
    pass.laid.set(row.row, row.parts)
    return row
  })
}

/** A cleaned row; `looked`: null for one that is not going to be written, which nobody is taken for. */
type Draft = { row: number; parts: Parts; shown: string[]; problems: CellProblem[]; looked: Looked | null }

function draftOf(
  row: number,
  cells: readonly CellValue[],
  { input, importer, cleaner, matcher, report, read, today, matching }: Pass,
): Draft {
  const cleaned = cleaner.clean(cells, input.width)
  for (const applied of cleaned.applied) report?.add(row, applied)
  keepWithin(importer, input.actor, cleaned)
  importer.place?.(cleaned, { read, matching, actor: input.actor, missing: input.options.missing, now: input.now, today })
  const { parts, shown } = cleaned
  const problems = cleaner.aim(cleaned.problems)
  const written = !problems.some(({ level }) => level === 'error')
  return { row, parts, shown, problems, looked: written ? matcher.look(row, parts) : null }
}

function stagedRow({ row, parts, shown, problems, looked }: Draft, mayStand: boolean, { matcher, importer }: Pass): StagedRow {
  const laid = { row, kind: 'data', parts, shown, problems } as const
  if (!looked) return { ...laid, keys: [], match: null, seen: [] }
  const { match, seen } = matcher.match(looked, mayStand)
  if (match?.sure && 'row' in match.target && importer.gathers?.(parts)) match.follows = true
  if (match && !match.sure)
    problems.push({ column: null, level: 'warning', code: 'maybeDuplicate', detail: match.name.slice(0, 80) })
  if (match?.deleted) problems.push({ column: null, level: 'warning', code: 'inRecycleBin', detail: match.name.slice(0, 80) })
  return { ...laid, keys: [...looked.keys], match, seen }
}

function stageRow(row: number, cells: readonly CellValue[], pass: Pass): StagedRow {
  const draft = draftOf(row, cells, pass)
  return stagedRow(draft, true, pass)
}

export type EditInput = PrepareInput & {
  asOf: number | null
  choices: readonly ChoiceColumn[]
  edit: { row: number; column: number; text: string }
}

/** A cell typed anew: its row is cleaned and matched again, against the base; a match within the file stays while a key is shared. */
export async function editRow(context: TaskContext, input: EditInput): Promise<{ row: CheckRow; plan: PlanCounts } | null> {
  const bench = Bench.open(context.folder, input.id)
  try {
    const { row, column, text } = input.edit
    const before = bench.row(row)
    if (!before || before.kind !== 'data') return null
    const pass = passOver(context, bench, input, { report: null, rows: 1 })
    const cells = [...(bench.rawRow(row) ?? [])]
    while (cells.length <= column) cells.push(null)
    cells[column] = text
    const alike = rowsAlike(bench, pass.returning, { n: row, cells })
    const returned = await pass.returning?.look(alike.looked)
    const back = returned?.get(row)
    const change = (): void => {
      bench.saveEdit(row, column, text)
      for (const twin of alike.changing) {
        const there = returned?.get(twin.n)
        if (there) bench.stage(stageReturned(twin.n, twin.cells, there, pass), input.options.onDuplicate)
      }
      const staged = back ? stageReturned(row, cells, back, pass) : stageRow(row, cells, pass)
      const inFile =
        before.match && 'row' in before.match.target && staged.match === null && sameKeys(before.keys, staged.keys)
          ? before.match
          : null
      bench.stage({ ...staged, match: staged.match ?? inFile }, input.options.onDuplicate)
      bench.replan(input.options.onDuplicate, [row, ...alike.changing.map(({ n }) => n)])
    }
    // One change of the bench: a run that begins meanwhile finds the row as it was or as it is.
    bench.inOne(change)
    // Whoever it was taken for before may become something else now, too.
    const { target } = before.match ?? {}
    await settlePlan(context, bench, input, {
      rows: [row, ...alike.changing.map(({ n }) => n), ...(target && 'row' in target ? [target.row] : [])],
      records: [...alike.ids, ...(target && 'record' in target ? [target.record] : [])],
    })
    const after = bench.row(row)
    const [seen] = withOptions(bench, after ? [after.check] : [], input.choices)
    return seen ? { row: seen, plan: bench.plan() } : null
  } finally {
    bench.close()
  }
}

const sameKeys = (a: StagedRow['keys'], b: StagedRow['keys']): boolean =>
  a.some((one) => b.some((other) => one.kind === other.kind && one.key === other.key))

const statements = new Map<string, ReturnType<TaskContext['raw']['prepare']>>()
const reader =
  (raw: TaskContext['raw']): Read =>
  (sql, parameter) => {
    let statement = statements.get(sql)
    if (!statement) {
      statement = raw.prepare(sql)
      statements.set(sql, statement)
    }
    return statement.all(parameter) as Record<string, unknown>[]
  }
