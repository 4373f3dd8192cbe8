import { blockedPairs, type RowPairs } from './block.ts'
import type { FieldKind } from './columns.ts'
import { compareRows, type PreparedTable } from './prepared.ts'
import { ALIKE, CLOSE, EQUAL, MISSING, OTHER } from './compare.ts'
import { GroupSum } from './dependence.ts'
import { estimate, type LinkModel, levelsOf, patternsOf, randomPairs } from './model.ts'
import { clusterByMean } from '../cluster.ts'

/** Above this many bits two rows are taken for one: odds of eight to one. */
export const SAME_BITS = 3
export type Linked = { readonly clusters: number[]; readonly model: LinkModel; readonly candidates: number }

/**
 * Finds rows that are about one and the same, in any table: blocked by what sounds alike, weighed by a model estimated from this very table, rare
 * values above common ones, and joined without chains.
 */
export function linkTable(table: PreparedTable): Linked {
  const pairs = blockedPairs(table)
  const compared = levelsOf(table, pairs)
  const random = randomPairs(table.count)
  const model = estimate(table, patternsOf(compared, pairs.count), patternsOf(levelsOf(table, random), random.count))
  // Two passes: how rare a value is shows only when the copies of one person are counted as one.
  const first = clusterOf(table, pairs, compared, new Scorer(table, model, null))
  const scorer = new Scorer(table, model, bearers(table, first))
  return { clusters: clusterOf(table, pairs, compared, scorer), model, candidates: pairs.count }
}

function clusterOf(
  table: PreparedTable,
  pairs: RowPairs,
  compared: { levels: Uint8Array; width: number },
  scorer: Scorer,
): number[] {
  const links: { a: number; b: number; score: number }[] = []
  for (let at = 0; at < pairs.count; at++) {
    const [a, b] = [pairs.a[at] as number, pairs.b[at] as number]
    const score = scorer.bits(a, b, compared.levels, at * compared.width)
    if (score >= SAME_BITS) links.push({ a, b, score })
  }
  return clusterByMean(table.count, links, (a, b) => scorer.compare(a, b))
}

/** How many different ones bear each value, the copies in one cluster counted once. */
function bearers(
  table: PreparedTable,
  clusters: readonly number[],
): { readonly counts: readonly Float64Array[]; readonly total: number } {
  const sizes = new Map<number, number>()
  for (const cluster of clusters) sizes.set(cluster, (sizes.get(cluster) ?? 0) + 1)
  const counts = table.fields.map(({ values, ids }) => {
    const seen = new Set<number>()
    const out = new Float64Array(values.length)
    for (let row = 0; row < table.count; row++) {
      const value = ids[row] as number
      if (value < 0) continue
      const key = value * table.count + (clusters[row] ?? row)
      if (seen.has(key)) continue
      seen.add(key)
      out[value] = (out[value] ?? 0) + 1
    }
    return out
  })
  return { counts, total: sizes.size }
}

/** What a household has in common. */
const HOUSEHOLD: ReadonlySet<FieldKind> = new Set([
  'surname',
  'address',
  'house',
  'place',
  'postcode',
  'region',
  'phone',
  'email',
])
/** What one person has, and up to which level it speaks for him. */
const PERSONAL: Readonly<Partial<Record<FieldKind, number>>> = { given: ALIKE, birth: CLOSE, code: CLOSE, email: CLOSE }
/** Divisors of the household's evidence by how many personal columns differ. */
const NOBODY = [1.5, 3, 5] as const
const RAREST = 4
const COMMONEST = -6

class Scorer {
  readonly #table: PreparedTable
  readonly #model: LinkModel
  readonly #bearers: { readonly counts: readonly Float64Array[]; readonly total: number } | null
  readonly #levels: Uint8Array
  readonly #sum: GroupSum
  readonly #personal: readonly { readonly at: number; readonly upTo: number }[]

  constructor(
    table: PreparedTable,
    model: LinkModel,
    bearers: { readonly counts: readonly Float64Array[]; readonly total: number } | null,
  ) {
    this.#table = table
    this.#model = model
    this.#bearers = bearers
    this.#levels = new Uint8Array(table.fields.length + table.swaps.length)
    this.#sum = new GroupSum(table.groups)
    // Without a column for given names nobody can tell a household from a person.
    const persons = table.fields.some(({ kind }) => kind === 'given')
    this.#personal = persons
      ? table.fields.flatMap(({ kind }, at) => (PERSONAL[kind] === undefined ? [] : [{ at, upTo: PERSONAL[kind] }]))
      : []
  }

  compare(a: number, b: number): number {
    compareRows(this.#table, a, b, this.#levels, 0)
    return this.bits(a, b, this.#levels, 0)
  }

  bits(a: number, b: number, levels: Uint8Array, from: number): number {
    const { fields, swaps } = this.#table
    const household = this.#household(levels, from)
    const sum = this.#sum
    sum.start(this.#model.priorBits)
    for (let at = 0; at < fields.length + swaps.length; at++) {
      const level = levels[from + at] as number
      if (level === MISSING) continue
      const kind = fields[at]?.kind
      let bits = this.#model.fields[at]?.bits[level] ?? 0
      if (level === EQUAL && kind !== undefined) bits += this.#rarity(at, a, b)
      if (household > 1 && kind !== undefined && HOUSEHOLD.has(kind) && bits > 0) bits /= household
      sum.add(at, bits)
    }
    return sum.total
  }

  /**
   * By how much less what a household shares counts: 1 where the given name, the birthday or a code agrees. Where nothing does that only one person
   * has, who shares a home is not thereby one person, still less with another name or birthday.
   */
  #household(levels: Uint8Array, from: number): number {
    let differ = 0
    for (const { at, upTo } of this.#personal) {
      const level = levels[from + at] as number
      if (level <= upTo) return 1
      if (level === OTHER) differ++
    }
    return this.#personal.length === 0 ? 1 : (NOBODY[Math.min(differ, NOBODY.length - 1)] ?? 1)
  }

  /** Bits more for a value that fewer bear than usual, fewer for one that many bear. */
  #rarity(at: number, a: number, b: number): number {
    const value = this.#table.fields[at]?.ids[a] as number
    if (this.#bearers === null || value < 0 || value !== this.#table.fields[at]?.ids[b]) return 0
    const usual = this.#model.fields[at]?.u[EQUAL] ?? 1
    const share = (this.#bearers.counts[at]?.[value] ?? 1) / this.#bearers.total
    const own = (this.#bearers.counts[at]?.[value] ?? 1) <= 1 ? Math.min(share, usual) : share
    return Math.max(COMMONEST, Math.min(RAREST, Math.log2(usual / own)))
  }
}
