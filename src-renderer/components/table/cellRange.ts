/** Cells between two corners, both included; rows by index, columns by place. */
export type CellRange = { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number }
export type CellIndex = { readonly row: number; readonly column: number }

export const rangeOf = (a: CellIndex, b: CellIndex): CellRange => ({
  top: Math.min(a.row, b.row),
  bottom: Math.max(a.row, b.row),
  left: Math.min(a.column, b.column),
  right: Math.max(a.column, b.column),
})

export const rowsIn = ({ top, bottom }: CellRange): number => bottom - top + 1
export const columnsIn = ({ left, right }: CellRange): number => right - left + 1
export const isOneCell = (range: CellRange): boolean => rowsIn(range) === 1 && columnsIn(range) === 1

/** What one row has of a range, as the text that its view carries; null outside. */
export const rangeInRow = (range: CellRange | null, row: number): string | null =>
  range === null || row < range.top || row > range.bottom
    ? null
    : `${range.left}-${range.right}${row === range.top ? 't' : ''}${row === range.bottom ? 'b' : ''}`

/** The classes of a cell in that row. */
export function rangeClass(range: string | null, column: number): string {
  const found = range === null ? null : /^(\d+)-(\d+)(t?)(b?)$/.exec(range)
  if (!found) return ''
  const [left, right] = [Number(found[1]), Number(found[2])]
  if (column < left || column > right) return ''
  const edges = [found[3] && 'top', found[4] && 'bottom', column === left && 'left', column === right && 'right']
  return [' in-range', ...edges.filter(Boolean).map((edge) => `range-${String(edge)}`)].join(' ')
}

/** Where a block of so many rows and columns lands: repeated over a range that it fills evenly, once otherwise. */
export function landing(range: CellRange, block: { rows: number; columns: number }): CellRange {
  const fits = rowsIn(range) % block.rows === 0 && columnsIn(range) % block.columns === 0
  if (fits) return range
  return { top: range.top, left: range.left, bottom: range.top + block.rows - 1, right: range.left + block.columns - 1 }
}

/** How far the corner of a range that is dragged to a cell reaches: down or to the right, whichever is further; null over the range itself. */
export function filledTo(source: CellRange, { row, column }: CellIndex): CellRange | null {
  const [down, right] = [row - source.bottom, column - source.right]
  if (down <= 0 && right <= 0) return null
  return down >= right ? { ...source, bottom: row } : { ...source, right: column }
}

/** The cell of the source that a cell of the filled range repeats. */
export const repeatedFrom = (first: number, last: number, at: number): number => first + ((at - first) % (last - first + 1))
