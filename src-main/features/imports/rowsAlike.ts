import type { CellValue } from '../../kernel/workbook/sheet.ts'
import type { Returning } from './returned.ts'
import type { Bench } from './staging.ts'

type RawRow = { n: number; cells: CellValue[] }

/**
 * The rows of the file that carry the number of the edited one, so that the same one of them is that record as when the whole file
 * was looked at. `changing`: those that the edit gives a number like theirs, or takes it from.
 */
export function rowsAlike(
  bench: Bench,
  returning: Returning | null,
  edited: RawRow,
): { looked: RawRow[]; changing: RawRow[]; ids: string[] } {
  if (!returning) return { looked: [edited], changing: [], ids: [] }
  const before = returning.idOf(bench.rawRow(edited.n) ?? [])
  const after = returning.idOf(edited.cells)
  const ids = [...new Set([before, after])].filter((id) => id !== '')
  const others = ids.flatMap((id) =>
    bench
      .rowsSaying(returning.column, id)
      // Found by what the file said; somebody may have typed another number there since.
      .filter(({ n, cells }) => n !== edited.n && returning.idOf(cells) === id),
  )
  // What a row with another's number is told depends on the first of them alone.
  if (before === after) return { looked: inOrder([...others.slice(0, 1), edited]), changing: [], ids }
  return { looked: inOrder([...others, edited]), changing: others, ids }
}

const inOrder = (rows: readonly RawRow[]): RawRow[] => [...rows].sort((a, b) => a.n - b.n)
