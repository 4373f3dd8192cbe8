import { FORETOLD, isForetold } from '../../../src-shared/features/imports/foretold.ts'
import { type Language, problemText, reasonText, text } from '../../../src-shared/features/imports/text.ts'
import type { CheckFilter, CheckRow, OnDuplicate, PlanCounts } from '../../../src-shared/features/imports/model.ts'
import type { Parts } from '../../kernel/importer.ts'
import type { TaskContext, TaskTable } from '../../kernel/tasks.ts'
import { type CellValue, cellText, columnName } from '../../kernel/workbook/sheet.ts'
import { writeXlsx } from '../../kernel/workbook/write.ts'
import { headerOf } from '../exports/public.ts'
import { type ChoiceColumn, withOptions } from './chosen.ts'
import { describe } from './describeTask.ts'
import { clusters, facet, facets, holdsValue } from './facets.ts'
import { editRow, prepareRows } from './prepareTask.ts'
import { headerAt, readSheet } from './readTask.ts'
import { settlePlan, type Trial } from './rehearse.ts'
import { withoutName } from './sight.ts'
import { Bench } from './staging.ts'

async function onBench<T>(context: TaskContext, id: string, work: (bench: Bench) => T | Promise<T>): Promise<T> {
  const bench = Bench.open(context.folder, id)
  try {
    return await work(bench)
  } finally {
    bench.close()
  }
}

/** `row`: that one alone; `value`: those that hold it in a column, `type` being that of its field. */
export type CheckInput = {
  id: string
  filter: CheckFilter
  offset: number
  limit: number
  row?: number
  value?: { column: number; text: string; type: string | null } | undefined
  choices: readonly ChoiceColumn[]
  /** Also what the rows say, as it would be stored. */
  withParts?: boolean
}
export type Checked = { rows: CheckRow[]; total: number; plan: PlanCounts; parts?: Parts[] }
export type DecideInput = {
  id: string
  rows: number[] | 'undecided' | { atLeast: number } | null
  decision: OnDuplicate | null
  trial: Trial
}

const check = (
  context: TaskContext,
  { id, filter, offset, limit, row, value, choices, withParts }: CheckInput,
): Promise<Checked> =>
  onBench(context, id, (bench) => {
    const one = row === undefined ? null : bench.row(row)
    const { rows, total } =
      row === undefined
        ? bench.page(filter, offset, limit, value && holdsValue(bench, value))
        : { rows: one ? [one.check] : [], total: one ? 1 : 0 }
    const parts = withParts ? { parts: rows.map((one) => bench.partsOf(one.row) ?? {}) } : {}
    return { rows: withOptions(bench, rows, choices), total, plan: bench.plan(), ...parts }
  })

/** With `rows` null nothing is decided, only planned anew under other switches. */
const decide = (context: TaskContext, { id, rows, decision, trial }: DecideInput): Promise<PlanCounts> =>
  onBench(context, id, async (bench) => {
    const some = Array.isArray(rows) ? rows : undefined
    bench.inOne(() => {
      if (rows !== null) bench.decide(rows, decision)
      bench.replan(trial.options.onDuplicate, some)
    })
    await settlePlan(context, bench, trial, some && { rows: some })
    return bench.plan()
  })

export type RawInput = { id: string; offset: number; limit: number; headerRow: number; groupsRow: number | null }
export type RawRow = { row: number; kind: 'title' | 'header' | 'data' | 'total'; cells: string[] }

/** Rows as they stand in the file, and what each is taken for. */
const rawRows = (
  context: TaskContext,
  { id, offset, limit, headerRow, groupsRow }: RawInput,
): Promise<{ rows: RawRow[]; total: number }> =>
  onBench(context, id, (bench) => {
    const { totals } = headerAt(bench, headerRow, groupsRow)
    const kindOf = (n: number, cells: readonly string[]): RawRow['kind'] => {
      if (n === headerRow || n === groupsRow) return 'header'
      if (n < headerRow) return 'title'
      return totals(cells) ? 'total' : 'data'
    }
    return {
      rows: bench.rawPage(offset, limit).map(({ n, cells }) => {
        const texts = cells.map((cell) => cellText(cell))
        return { row: n, kind: kindOf(n, texts), cells: texts }
      }),
      total: bench.rawCount(),
    }
  })

export type FailedInput = {
  id: string
  out: string
  headerRow: number
  groupsRow: number | null
  width: number
  language: Language
  /** Problems of which the detail is not shown. */
  hidden: readonly string[]
}
const BATCH = 500

/** All rows that were not taken, in the file's own columns, the reason behind: mended there, the same file can be imported again. */
async function writeFailed(context: TaskContext, input: FailedInput): Promise<{ rows: number }> {
  const bench = Bench.open(context.folder, input.id)
  try {
    const { names } = headerAt(bench, input.headerRow, input.groupsRow)
    const columns = Array.from({ length: input.width }, (_, index) => ({
      header: names[index] || columnName(index),
      type: 'text' as const,
    }))
    return await writeXlsx(input.out, {
      sheetName: text[input.language]['failed.sheet'],
      columns: [...columns, { header: text[input.language]['failed.why'], type: 'text', width: 48 }],
      rows: failedRows(bench, input, (feature, key) => fieldWord(context, input.language, feature, key)),
    })
  } finally {
    bench.close()
  }
}

function fieldWord({ entities }: TaskContext, language: Language, feature: string, key: string): string {
  const entity = [...entities.values()].find((one) => one.feature === feature)
  const field = entity?.fields.find((one) => one.key === key)
  return entity && field ? headerOf(entity, field, language) : key
}

async function* failedRows(
  bench: Bench,
  { width, language, hidden }: Pick<FailedInput, 'width' | 'language' | 'hidden'>,
  wordOf: (feature: string, key: string) => string,
): AsyncGenerator<CellValue[][]> {
  let last = -1
  while (true) {
    const rows = bench.failed(last, BATCH)
    const end = rows.at(-1)
    if (!end) return
    last = end.row
    yield rows.map(({ cells, problems, reason }) => {
      const errors = problems.filter(({ level, code }) => level === 'error' && (!isForetold(code) || FORETOLD[code] === reason))
      const why =
        errors.length > 0
          ? errors
              .map((problem) => problemText(language, hidden.includes(problem.code) ? withoutName(problem) : problem, wordOf))
              .join('；')
          : reason
            ? reasonText(language, reason)
            : ''
      return [...Array.from({ length: width }, (_, index) => cells[index] ?? null), why]
    })
  }
}

/** What the importer does on worker threads: everything but writing records. */
export const importTasks: TaskTable = {
  'imports.read': readSheet,
  'imports.describe': describe,
  'imports.prepare': prepareRows,
  'imports.edit': editRow,
  'imports.check': check,
  'imports.decide': decide,
  'imports.facets': facets,
  'imports.facet': facet,
  'imports.clusters': clusters,
  'imports.rawRows': rawRows,
  'imports.writeFailed': writeFailed,
}
