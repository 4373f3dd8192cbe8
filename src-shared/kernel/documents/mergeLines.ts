/** What tells lines of a document apart, and what they are worth. */
type Line = {
  readonly productId: string | null
  readonly name: string
  readonly quantity: string
  readonly priceFen: number
  readonly discount: string
  readonly taxRate: string | null
  readonly unit: string | null
  readonly note: string | null
  readonly listPriceFen?: number | null | undefined
  readonly costFen?: number | null | undefined
}

const isOf = (a: Line, b: Line): boolean =>
  a.productId !== null || b.productId !== null ? a.productId === b.productId : a.name === b.name
const sameWorth = (a: Line, b: Line): boolean =>
  a.quantity === b.quantity &&
  a.priceFen === b.priceFen &&
  a.discount === b.discount &&
  (b.taxRate === null || a.taxRate === b.taxRate) &&
  (b.listPriceFen === undefined || a.listPriceFen === b.listPriceFen) &&
  (b.costFen === undefined || a.costFen === b.costFen)

/**
 * The lines of a document with what a sheet says of them, and those that it adds; what it does not name stays.
 * @param there the lines as they stand, `said` those of the sheet
 * @returns null where it cannot be told which of several lines is meant
 */
export function mergedLines<One extends Line>(there: readonly One[], said: readonly One[]): One[] | null {
  const merged = [...there]
  const met = new Set<number>()
  const at = (line: One, fits: (one: One) => boolean): number[] =>
    merged.flatMap((one, n) => (!met.has(n) && isOf(one, line) && fits(one) ? [n] : []))
  const open: One[] = []
  for (const line of said) {
    const [same] = at(line, (one) => sameWorth(one, line))
    if (same === undefined) open.push(line)
    else met.add(same)
  }
  const added: One[] = []
  for (const line of open) {
    const [only, ...others] = at(line, () => true)
    if (others.length > 0) return null
    if (only === undefined) added.push(line)
    else {
      const one = merged[only] as One
      merged[only] = {
        ...one,
        ...line,
        unit: line.unit ?? one.unit,
        taxRate: line.taxRate ?? one.taxRate,
        note: line.note ?? one.note,
      }
      met.add(only)
    }
  }
  return [...merged, ...added]
}
