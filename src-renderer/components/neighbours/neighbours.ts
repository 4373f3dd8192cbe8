/** The list is asked for a few rows around the place, in case it has moved since. */
const REACH = 5
export const AROUND = 2 * REACH + 1
export const firstAround = (index: number): number => Math.max(0, index - REACH)

export type Beside<Row> = { readonly index: number | null; readonly previous: Row | undefined; readonly next: Row | undefined }

/**
 * The rows beside a record. One that has left its list (followed up, it is no longer due) still stands between the one that
 * was before it and the one that has moved up to its place.
 */
export function besideOf<Row extends { readonly id: string }>(
  rows: readonly Row[],
  first: number,
  { id, index }: { readonly id: string; readonly index: number },
): Beside<Row> {
  const at = rows.findIndex((row) => row.id === id)
  if (at >= 0) return { index: first + at, previous: rows[at - 1], next: rows[at + 1] }
  const gap = index - first
  return { index: null, previous: rows[gap - 1], next: rows[gap] }
}
