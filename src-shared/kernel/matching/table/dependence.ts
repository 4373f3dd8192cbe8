import type { FieldKind } from './columns.ts'
import type { PreparedField } from './prepared.ts'

/** Where somebody lives: who shares the town shares the postcode, whatever the file says. */
const PLACE: ReadonlySet<FieldKind> = new Set(['place', 'postcode', 'region'])
const PAIRS_ASKED = 3000
const ENOUGH_PAIRS = 60
/** How much oftener than other columns one must agree with another to be its shadow. */
const SHADOW = 0.35
const SHADOWED = 0.1
const UNKNOWN = 0.5

export type Groups = {
  /** For each column the number of its group; alone: its own number. */
  readonly of: readonly number[]
  /** What the further columns of a group still count, by group: nearly nothing for a shadow, half where nobody can tell. */
  readonly further: readonly number[]
}

/**
 * Columns that say the same thing twice (town and postcode, product and its number): the evidence of a group counts once. Found by looking at rows
 * that agree in one column: its shadow agrees nearly always, the others as rarely as they do. Places belong together unless the rows deny it.
 */
export function dependentGroups(fields: readonly PreparedField[]): Groups {
  const of = fields.map((_, at) => at)
  const further = fields.map(() => 1)
  const join = (a: number, b: number, counts: number): void => {
    const [low, high] = [Math.min(of[a] as number, of[b] as number), Math.max(of[a] as number, of[b] as number)]
    further[low] = Math.min(further[low] as number, further[high] as number, counts)
    for (let at = 0; at < of.length; at++) if (of[at] === high) of[at] = low
  }
  for (let one = 0; one < fields.length; one++) {
    const rates = agreementWhere(fields, one)
    const usual = rates === null ? 0 : median(rates.filter((_, at) => at !== one))
    for (let two = 0; two < fields.length; two++) {
      if (two === one) continue
      const places = PLACE.has(fields[one]?.kind ?? 'text') && PLACE.has(fields[two]?.kind ?? 'text')
      if (rates === null) {
        if (places && two > one) join(one, two, UNKNOWN)
        continue
      }
      const rate = rates[two] ?? 0
      if (rate >= 0.7 && rate - usual >= SHADOW) join(one, two, SHADOWED)
    }
  }
  return { of, further }
}

/** Of rows that agree in column `one`, how many agree in each column; null where too few do. */
function agreementWhere(fields: readonly PreparedField[], one: number): number[] | null {
  const { ids, counts } = fields[one] as PreparedField
  const last = new Int32Array(counts.length).fill(-1)
  const agreed = new Float64Array(fields.length)
  const asked = new Float64Array(fields.length)
  let pairs = 0
  for (let row = 0; row < ids.length && pairs < PAIRS_ASKED; row++) {
    const value = ids[row] as number
    if (value < 0) continue
    const before = last[value] as number
    last[value] = row
    if (before < 0) continue
    pairs++
    for (let at = 0; at < fields.length; at++) {
      const field = fields[at] as PreparedField
      const [a, b] = [field.ids[before] as number, field.ids[row] as number]
      if (a < 0 || b < 0) continue
      asked[at] = (asked[at] as number) + 1
      if (a === b) agreed[at] = (agreed[at] as number) + 1
    }
  }
  return pairs < ENOUGH_PAIRS
    ? null
    : fields.map((_, at) => ((asked[at] as number) < ENOUGH_PAIRS / 2 ? 0 : (agreed[at] as number) / (asked[at] as number)))
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? 0
}

/** Bits of several columns of one group: the strongest counts whole, the others by their group's share, for and against apart. */
export class GroupSum {
  readonly #groups: Groups
  readonly #most: Float64Array
  readonly #least: Float64Array
  #total = 0

  constructor(groups: Groups) {
    this.#groups = groups
    this.#most = new Float64Array(groups.of.length)
    this.#least = new Float64Array(groups.of.length)
  }

  start(bits: number): void {
    this.#total = bits
    this.#most.fill(0)
    this.#least.fill(0)
  }

  /** @param at the column; one beyond the columns belongs to no group. */
  add(at: number, bits: number): void {
    const group = this.#groups.of[at]
    if (group === undefined) {
      this.#total += bits
      return
    }
    const strongest = bits > 0 ? this.#most : this.#least
    const further = this.#groups.further[group] as number
    const before = strongest[group] as number
    if (Math.abs(bits) > Math.abs(before)) {
      this.#total += bits - before + before * further
      strongest[group] = bits
    } else this.#total += bits * further
  }

  get total(): number {
    return this.#total
  }
}
