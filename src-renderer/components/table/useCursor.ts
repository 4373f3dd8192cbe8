import { useState } from 'react'
import { type CellIndex, type CellRange, rangeOf } from './cellRange.ts'
import { type Place, placeNow } from './place.ts'
import type { Rows } from './useRows.ts'

type Corner = { readonly place: Place; readonly column: string | null }
type Input<Row> = {
  rows: Rows<Row>
  rowKey: (row: Row) => string
  columns: readonly { readonly key: string }[]
  shownKey: string
}

/** The cell one stands on and the other corner of what is chosen; both by their records, because rows move while others work. */
export function useCursor<Row>({ rows, rowKey, columns, shownKey }: Input<Row>) {
  const [corners, setCorners] = useState<{ at: Corner; head: Corner | null } | null>(null)
  const rowOf = (corner: Corner) => placeNow(corner.place, shownKey, rows, rowKey)
  const columnOf = ({ column }: Corner) =>
    Math.max(
      0,
      columns.findIndex(({ key }) => key === column),
    )
  const indexOf = (corner: Corner): CellIndex => ({ row: rowOf(corner), column: columnOf(corner) })
  const here = corners && rowOf(corners.at) >= 0 ? corners : null
  const at: CellIndex = here ? indexOf(here.at) : { row: -1, column: 0 }
  const head: CellIndex = here?.head ? indexOf(here.head) : at
  const cornerAt = ({ row, column }: CellIndex): Corner => {
    const record = rows.at(row)
    return {
      place: { result: shownKey, index: row, key: record ? rowKey(record) : null },
      column: columns[column]?.key ?? null,
    }
  }
  const within = ({ row, column }: CellIndex): CellIndex => ({
    row: Math.max(0, Math.min(rows.count - 1, row)),
    column: Math.max(0, Math.min(columns.length - 1, column)),
  })
  return {
    at,
    /** The corner that Shift moves. */
    head,
    /** What is chosen, the cell of the cursor at least; null before there is a cursor. */
    range: here ? (rangeOf(at, head) satisfies CellRange) : null,
    isRange: here?.head !== undefined && here?.head !== null,
    /** @returns where it ended */
    goTo: (to: CellIndex): CellIndex => {
      const next = within(to)
      setCorners({ at: cornerAt(next), head: null })
      return next
    },
    extendTo: (to: CellIndex): CellIndex => {
      const next = within(to)
      setCorners((old) => ({ at: old?.at ?? cornerAt(next), head: cornerAt(next) }))
      return next
    },
    choose: (range: CellRange) =>
      setCorners({
        at: cornerAt(within({ row: range.top, column: range.left })),
        head: cornerAt(within({ row: range.bottom, column: range.right })),
      }),
    collapse: () => setCorners((old) => old && { ...old, head: null }),
  }
}
export type Cursor = ReturnType<typeof useCursor>
