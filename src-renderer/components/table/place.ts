import type { Rows } from './useRows.ts'

/** A row one stood on: by its record, because rows move while others work; by its index where the record is not known. */
export type Place = { readonly result: string; readonly index: number; readonly key: string | null }

type Drawn<Row> = Pick<Rows<Row>, 'first' | 'last' | 'count' | 'at'>

/** Where a record stands among the drawn rows. */
export function indexOfKey<Row>(rows: Drawn<Row>, rowKey: (row: Row) => string, key: string): number | null {
  for (let index = rows.first; index <= rows.last; index++) {
    const row = rows.at(index)
    if (row && rowKey(row) === key) return index
  }
  return null
}

/** The index of a place today; -1 when it was a place among the rows of another filter. */
export function placeNow<Row>(place: Place | null, result: string, rows: Drawn<Row>, rowKey: (row: Row) => string): number {
  if (!place || place.result !== result) return -1
  const { key } = place
  const index = Math.min(place.index, rows.count - 1)
  const row = rows.at(index)
  if (key === null || (row && rowKey(row) === key)) return index
  return indexOfKey(rows, rowKey, key) ?? index
}
