import type { FieldKind } from './columns.ts'
import { compareRows, type PreparedTable } from './prepared.ts'
import type { RowPairs } from './block.ts'
import { LEVELS, MISSING, OTHER } from './compare.ts'
import { GroupSum } from './dependence.ts'

/** What agreement in one column says: the share among pairs of one (m) and among strangers (u) at each level, and log2(m / u) of it. */
export type FieldWeights = {
  readonly header: string
  readonly kind: FieldKind | 'swap'
  readonly m: readonly number[]
  readonly u: readonly number[]
  readonly bits: readonly number[]
}
export type LinkModel = {
  readonly fields: readonly FieldWeights[]
  /** Share of all possible pairs that are one and the same. */
  readonly prior: number
  readonly priorBits: number
  readonly rounds: number
}

/** Levels of pairs, gathered by pattern: as many as there are different ones, not as many as pairs. */
export type Patterns = {
  readonly levels: Uint8Array
  readonly width: number
  readonly counts: Float64Array
  readonly size: number
}

/** What is believed before a file is seen, weighing as much as STRENGTH pairs. The last level is disagreement. */
const BELIEFS: Readonly<Partial<Record<FieldKind | 'swap', readonly number[]>>> = {
  category: [0.7, 0.02, 0.01, 0.27],
  region: [0.88, 0.04, 0.01, 0.07],
  text: [0.65, 0.12, 0.06, 0.17],
  swap: [0.06, 0, 0, 0.94],
  house: [0.78, 0.08, 0.02, 0.12],
}
const USUAL = [0.75, 0.12, 0.05, 0.08] as const
const STRENGTH = 25
/** An exchange costs what it is rarely met; that the exchanged values agree is counted by their own columns. */
const CERTAIN = [1, 1, 1, 1]
const ROUNDS = 30
/** Nothing says more against or for two rows than this; a file of thousands cannot know more. */
const [LEAST_BITS, MOST_BITS] = [-6.5, 16]
const RANDOM_PAIRS = 60_000
const MOST_DIFFER = 0.2
/** Doubtful pairs are very many; each a little true, they would drown the true ones. */
const DOUBTFUL = 0.8

/**
 * Expectation and maximisation over all pairs at once: those that blocking found stand for the true ones, a random draw for the strangers. u comes
 * from the draw without what the model takes for duplicates, m from the blocked pairs by how surely each is one, both again until nothing moves.
 */
export function estimate(table: PreparedTable, blocked: Patterns, random: Patterns): LinkModel {
  const width = table.fields.length + table.swaps.length
  const beliefs = Array.from({ length: width }, (_, at) => BELIEFS[table.fields[at]?.kind ?? 'swap'] ?? USUAL)
  const all = (table.count * (table.count - 1)) / 2
  let m = beliefs.map((one) => [...one])
  const strangers = (weights: Float64Array | null): number[][] =>
    shares(random, weights, width).map((one, at) => (at < table.fields.length ? smooth(one, 1) : CERTAIN))
  let u = strangers(null)
  let prior = Math.min(0.02, (0.2 * table.count) / all)
  let rounds = 0
  for (; rounds < ROUNDS; rounds++) {
    const bits = m.map((one, at) => bitsOf(one, u[at] ?? []))
    const sure = posteriors(table, blocked, bits, prior).map((one) => (one >= DOUBTFUL ? one : 0))
    const strange = posteriors(table, random, bits, prior).map((one) => 1 - one)
    const counted = shares(blocked, sure, width)
    m = counted.map((one, at) => blend(one, beliefs[at] ?? USUAL))
    u = strangers(strange)
    const next = Math.max(1 / all, Math.min(0.05, sum(sure, blocked.counts) / all))
    const moved = Math.abs(Math.log2(next / prior))
    prior = next
    if (rounds > 4 && moved < 0.002) break
  }
  const fields = m.map((one, at) => ({
    header: table.fields[at]?.header ?? 'swap',
    kind: table.fields[at]?.kind ?? ('swap' as const),
    m: one,
    u: u[at] ?? [],
    bits: bitsOf(one, u[at] ?? []),
  }))
  return { fields, prior, priorBits: Math.log2(prior / (1 - prior)), rounds }
}

/** A level that agrees less never counts more than one that agrees more, and disagreement never speaks for a pair. */
function bitsOf(m: readonly number[], u: readonly number[]): number[] {
  const bits = Array.from({ length: LEVELS }, (_, level) =>
    Math.max(LEAST_BITS, Math.min(MOST_BITS, Math.log2((m[level] ?? 1e-9) / (u[level] ?? 1e-9)))),
  )
  bits[OTHER] = Math.min(0, bits[OTHER] ?? 0)
  if (u[OTHER] === 1) return bits
  for (let level = 1; level < OTHER; level++) bits[level] = Math.min(bits[level] ?? 0, bits[level - 1] ?? 0)
  return bits
}

function posteriors(
  { groups }: PreparedTable,
  { levels, width, size }: Patterns,
  bits: readonly (readonly number[])[],
  prior: number,
): Float64Array {
  const out = new Float64Array(size)
  const priorBits = Math.log2(prior / (1 - prior))
  const sum = new GroupSum(groups)
  for (let pattern = 0; pattern < size; pattern++) {
    sum.start(priorBits)
    for (let at = 0; at < width; at++) {
      const level = levels[pattern * width + at] as number
      if (level !== MISSING) sum.add(at, bits[at]?.[level] ?? 0)
    }
    out[pattern] = 1 / (1 + 2 ** -sum.total)
  }
  return out
}

/** How often each level stands in each column, weighed. */
function shares({ levels, counts, size }: Patterns, weights: Float64Array | null, width: number): number[][] {
  const out = Array.from({ length: width }, () => Array.from({ length: LEVELS }, () => 0))
  for (let pattern = 0; pattern < size; pattern++) {
    const weight = (counts[pattern] ?? 0) * (weights === null ? 1 : (weights[pattern] ?? 0))
    for (let at = 0; at < width; at++) {
      const level = levels[pattern * width + at] as number
      const field = out[at]
      if (level !== MISSING && field) field[level] = (field[level] ?? 0) + weight
    }
  }
  return out
}

function smooth(counts: readonly number[], by: number): number[] {
  const total = counts.reduce((sum, one) => sum + one, 0) + by
  return counts.map((one) => (one + by / LEVELS) / total)
}

/** What was counted with what was believed; pairs of one may differ in a column oftener than believed, but not as often as strangers do. */
function blend(counts: readonly number[], belief: readonly number[]): number[] {
  const total = counts.reduce((sum, one) => sum + one, 0) + STRENGTH
  const mixed = counts.map((one, level) => Math.max(1e-4, (one + STRENGTH * (belief[level] ?? 0)) / total))
  const differ = mixed[OTHER] ?? 0
  const most = Math.max(MOST_DIFFER, belief[OTHER] ?? 0)
  if (differ <= most) return mixed
  return mixed.map((one, level) => (level === OTHER ? most : (one * (1 - most)) / (1 - differ)))
}

const sum = (weights: Float64Array, counts: Float64Array): number =>
  weights.reduce((total, one, at) => total + one * (counts[at] ?? 0), 0)

/** Levels of all pairs, one row of `width` bytes each. */
export function levelsOf(table: PreparedTable, pairs: RowPairs): { readonly levels: Uint8Array; readonly width: number } {
  const width = table.fields.length + table.swaps.length
  const levels = new Uint8Array(pairs.count * width)
  for (let at = 0; at < pairs.count; at++) compareRows(table, pairs.a[at] as number, pairs.b[at] as number, levels, at * width)
  return { levels, width }
}

/** Gathers equal rows of levels. */
export function patternsOf({ levels, width }: { readonly levels: Uint8Array; readonly width: number }, count: number): Patterns {
  const known = new Map<string, number>()
  const counts: number[] = []
  const kept: number[] = []
  for (let at = 0; at < count; at++) {
    let key = ''
    for (let field = 0; field < width; field++) key += String.fromCharCode(48 + (levels[at * width + field] as number))
    const pattern = known.get(key)
    if (pattern === undefined) {
      known.set(key, counts.length)
      counts.push(1)
      for (let field = 0; field < width; field++) kept.push(levels[at * width + field] as number)
    } else counts[pattern] = (counts[pattern] ?? 0) + 1
  }
  return { levels: Uint8Array.from(kept), width, counts: Float64Array.from(counts), size: counts.length }
}

/** Pairs drawn evenly, the same for the same table: rows apart by steps that grow. */
export function randomPairs(count: number): RowPairs {
  const all = (count * (count - 1)) / 2
  const wanted = Math.min(RANDOM_PAIRS, all)
  const [a, b] = [new Int32Array(wanted), new Int32Array(wanted)]
  if (all <= RANDOM_PAIRS) {
    let at = 0
    for (let one = 0; one < count; one++) for (let two = one + 1; two < count; two++, at++) [a[at], b[at]] = [one, two]
    return { a, b, count: wanted }
  }
  let state = 12_345
  const below = (limit: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 4_294_967_296) * limit)
  }
  for (let at = 0; at < wanted; ) {
    const [one, two] = [below(count), below(count)]
    if (one !== two) [a[at], b[at++]] = [one, two]
  }
  return { a, b, count: wanted }
}
