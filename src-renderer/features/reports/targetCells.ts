import type { Aimed, TargetCell } from '../../../src-shared/features/targets/model.ts'

/** Each quarter behind its months, the year last. */
export const periodsOf = (year: number): string[] => [
  ...[1, 2, 3, 4].flatMap((quarter) => [
    ...[2, 1, 0].map((back) => `${year}-${String(quarter * 3 - back).padStart(2, '0')}`),
    `${year}-Q${quarter}`,
  ]),
  String(year),
]

const AMOUNT = /^¥?\d{1,12}(\.\d{1,2})?$/
/** Yuan as they are typed or stand in a sheet, in fen; null for nothing, undefined for what is no amount. */
export function fenOf(typed: string): number | null | undefined {
  const text = typed.normalize('NFKC').replace(/[\s,]/g, '')
  if (text === '') return null
  if (!AMOUNT.test(text)) return undefined
  const [yuan = '0', cents = ''] = text.replace('¥', '').split('.')
  return Number(yuan) * 100 + Number(cents.padEnd(2, '0'))
}

type Pasted = {
  readonly aims: readonly Aimed[]
  readonly periods: readonly string[]
  readonly block: readonly (readonly string[])[]
  readonly row: number
  readonly column: number
}
/**
 * The cells that a pasted block lands on. `wrong`: the first that is no amount, then nothing is to be written; `outside` and
 * `refused`: how many lie beyond the grid, and how many one may not change.
 */
export function blockCells({ aims, periods, block, row, column }: Pasted): {
  cells: TargetCell[]
  wrong: string | null
  outside: number
  refused: number
} {
  const found = { cells: [] as TargetCell[], wrong: null as string | null, outside: 0, refused: 0 }
  for (const [down, line] of block.entries())
    for (const [right, value] of line.entries()) {
      const at = aims[row + down]
      const period = periods[column + right]
      const amount = fenOf(value)
      if (amount === undefined) found.wrong ??= value
      else if (!at || period === undefined) found.outside++
      else if (!at.mayEdit) found.refused++
      else found.cells.push({ period, aim: at.aim, amount })
    }
  return found
}
