import type { CheckRow, ImportColumn } from '../../../src-shared/features/imports/model.ts'
import { problemText, reasonText } from '../../../src-shared/features/imports/text.ts'
import { fieldWord } from '../../kernel/slices.ts'
import type { Language } from '../../kernel/text.ts'

type Level = CheckRow['problems'][number]['level']
type Row = Pick<CheckRow, 'problems' | 'plan' | 'reason' | 'kind'>

/** What is wrong with the row as a whole, and with fields that have no column: the worse before the rest. */
function ofRow(row: Row) {
  const whole = row.problems.filter(({ column }) => column === null)
  const errors = whole.filter(({ level }) => level === 'error')
  return errors.length > 0 ? errors : whole.slice(0, 1)
}

const worstOf = (row: Row, column: ImportColumn) => {
  const ofCell = row.problems.filter((problem) => problem.column === column.index)
  return ofCell.find(({ level }) => level === 'error') ?? ofCell[0]
}

const inWords = (language: Language, problems: Row['problems']): string =>
  problems.map((one) => problemText(language, one, fieldWord)).join('；')

/** What is wrong with a cell; what is wrong with the row as a whole stands in its first cell. */
export function problemOf(language: Language, row: Row, column: ImportColumn, isFirst: boolean) {
  const worst = worstOf(row, column)
  const told = worst ? [worst] : isFirst ? ofRow(row) : []
  return { said: inWords(language, told), level: told[0]?.level ?? null }
}

export type Line = { key: string; level: Level | null; head: string; said: string }

/** Everything wrong with a row as lines below it, the worse first: where cells lie beyond the edge nobody reads what stands in them. */
export function linesOf(
  language: Language,
  row: Row,
  columns: readonly ImportColumn[],
  headOf: (column: ImportColumn) => string,
): Line[] {
  const whole = ofRow(row)
  const lines: Line[] = columns.flatMap((column) => {
    const worst = worstOf(row, column)
    return worst
      ? [{ key: String(column.index), level: worst.level, head: headOf(column), said: inWords(language, [worst]) }]
      : []
  })
  if (whole[0]) lines.push({ key: 'row', level: whole[0].level, head: '', said: inWords(language, whole) })
  // Unchanged is said by the mark of the row itself.
  if (lines.length === 0 && row.kind === 'data' && row.reason !== null && row.reason !== 'unchanged')
    lines.push({ key: 'reason', level: null, head: '', said: reasonText(language, row.reason) })
  return lines.sort((a, b) => Number(b.level === 'error') - Number(a.level === 'error'))
}
