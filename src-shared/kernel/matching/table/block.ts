import { atomTable, type PreparedTable } from './prepared.ts'

export type RowPairs = { readonly a: Int32Array; readonly b: Int32Array; readonly count: number }

/** A block this large tells nothing; only neighbours in it are compared. */
const LARGE_BLOCK = 40
const NEIGHBOURS = 4
/** Pairs that one combination, and all together, may give for each row: the work stays linear. */
const PAIRS_A_ROW = 12
const ALL_PAIRS_A_ROW = 60
/** So few pairs are compared whatever the row count is. */
const ALWAYS = 40_000
const MOST_SLOTS = 12

type Combination = { readonly one: number; readonly two: number | null; readonly pairs: number }

/**
 * Pairs worth comparing: rows that sound alike in two columns, or in one that few rows share. Which columns those are is counted, not guessed:
 * the rarest combinations go first, until every row has enough company.
 */
export function blockedPairs(table: PreparedTable): RowPairs {
  const slots = slotsOf(table)
  const total = slots.reduce((sum, { distinct }) => sum + distinct, 1)
  const combinations = combinationsOf(table.count, slots, total)
  const seen = new Set<number>()
  const limit = Math.max(ALWAYS, table.count * ALL_PAIRS_A_ROW)
  for (const { one, two } of combinations) {
    if (seen.size >= limit) break
    const blocks = gather(table.count, slots, { one, two }, total)
    for (const block of blocks.values()) pairUp(block, table.count, seen)
  }
  const [a, b] = [new Int32Array(seen.size), new Int32Array(seen.size)]
  let at = 0
  for (const pair of seen) {
    a[at] = Math.floor(pair / table.count)
    b[at++] = pair % table.count
  }
  return { a, b, count: at }
}

/** Atoms by row of one column, or of two that may be exchanged. */
type Slot = { readonly atoms: readonly (readonly number[])[]; readonly distinct: number; readonly double: boolean }

function slotsOf(table: PreparedTable): Slot[] {
  const { ids } = atomTable(table)
  const swapped = new Set(table.swaps.flatMap(({ first, second }) => [first, second]))
  const groups = [
    ...table.swaps.map(({ first, second }) => [first, second]),
    ...table.fields.flatMap((_field, at) => (swapped.has(at) ? [] : [[at]])),
  ]
  return groups
    .map((group) => {
      const atoms = Array.from({ length: table.count }, (_, row) =>
        group.flatMap((at) => {
          const value = table.fields[at]?.ids[row] ?? -1
          return value < 0 ? [] : (ids[at]?.[value] ?? [])
        }),
      )
      return { atoms, distinct: new Set(atoms.flat()).size, double: group.length > 1 }
    })
    .toSorted((x, y) => y.distinct - x.distinct)
    .slice(0, MOST_SLOTS)
}

function combinationsOf(count: number, slots: readonly Slot[], total: number): Combination[] {
  const found: Combination[] = []
  const limit = Math.max(ALWAYS / 4, count * PAIRS_A_ROW)
  for (let one = 0; one < slots.length; one++) {
    for (const two of [null, ...slots.keys()]) {
      if (two !== null && (two < one || (two === one && slots[one]?.double !== true))) continue
      let pairs = 0
      for (const block of gather(count, slots, { one, two }, total).values()) {
        const size = block.length
        pairs += size > LARGE_BLOCK ? size * NEIGHBOURS : (size * (size - 1)) / 2
      }
      if (pairs > 0 && pairs <= limit) found.push({ one, two, pairs })
    }
  }
  return found.toSorted((x, y) => x.pairs - y.pairs)
}

function gather(
  count: number,
  slots: readonly Slot[],
  { one, two }: Pick<Combination, 'one' | 'two'>,
  total: number,
): Map<number, number[]> {
  const blocks = new Map<number, number[]>()
  const put = (key: number, row: number): void => {
    const block = blocks.get(key)
    if (!block) blocks.set(key, [row])
    else if (block[block.length - 1] !== row) block.push(row)
  }
  for (let row = 0; row < count; row++) {
    const left = slots[one]?.atoms[row] ?? []
    if (two === null) for (const atom of left) put(atom, row)
    else if (two === one) {
      if (left.length >= 2)
        put(Math.min(left[0] as number, left[1] as number) * total * 4 + Math.max(left[0] as number, left[1] as number), row)
    } else for (const atom of left) for (const other of slots[two]?.atoms[row] ?? []) put(atom * total * 4 + other, row)
  }
  return blocks
}

function pairUp(block: readonly number[], count: number, seen: Set<number>): void {
  const reach = block.length > LARGE_BLOCK ? NEIGHBOURS : block.length
  for (let first = 0; first < block.length; first++)
    for (let second = first + 1; second < Math.min(block.length, first + 1 + reach); second++)
      seen.add((block[first] as number) * count + (block[second] as number))
}
