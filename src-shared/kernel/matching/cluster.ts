import type { MatchKey } from './keys.ts'

export type CandidatePair = { readonly a: number; readonly b: number }
export type ScoredPair = CandidatePair & { readonly score: number }

/** A key that so many records share tells nothing (a placeholder number, a name of the trade); such a block is compared with its neighbours only. */
const LARGE_BLOCK = 60
const NEIGHBOURS = 12

/** All pairs of records that share a key, each once. Blocks above LARGE_BLOCK are walked by a window, so that the work stays linear. */
export function candidatePairs(keys: readonly (readonly MatchKey[])[]): CandidatePair[] {
  const blocks = new Map<string, number[]>()
  for (const [at, own] of keys.entries()) {
    for (const { kind, key } of own) {
      const name = `${kind} ${key}`
      const block = blocks.get(name)
      if (block) block.push(at)
      else blocks.set(name, [at])
    }
  }
  const seen = new Set<number>()
  const pairs: CandidatePair[] = []
  const size = keys.length
  for (const block of blocks.values()) {
    const reach = block.length > LARGE_BLOCK ? NEIGHBOURS : block.length
    for (let first = 0; first < block.length; first++) {
      for (let second = first + 1; second < Math.min(block.length, first + 1 + reach); second++) {
        const a = block[first] ?? 0
        const b = block[second] ?? 0
        const id = a * size + b
        if (a === b || seen.has(id)) continue
        seen.add(id)
        pairs.push({ a, b })
      }
    }
  }
  return pairs
}

/**
 * Joins pairs into clusters, the surest first. Two clusters whose members rule each other out (`conflicts`) are not joined, so that one doubtful
 * pair never ties a branch to its house through a third row. Returns for each record the lowest index of its cluster.
 */
export function clusterPairs(
  count: number,
  pairs: readonly ScoredPair[],
  conflicts: (a: number, b: number) => boolean = () => false,
): number[] {
  const parent = Array.from({ length: count }, (_, at) => at)
  const members = new Map<number, number[]>()
  const root = (at: number): number => {
    let top = at
    while (parent[top] !== top) top = parent[top] ?? top
    for (let walk = at; walk !== top; ) {
      const next = parent[walk] ?? top
      parent[walk] = top
      walk = next
    }
    return top
  }
  const of = (at: number): number[] => members.get(at) ?? [at]
  for (const { a, b } of pairs.toSorted((x, y) => y.score - x.score || x.a - y.a || x.b - y.b)) {
    const left = root(a)
    const right = root(b)
    if (left === right) continue
    const ours = of(left)
    const theirs = of(right)
    if (
      ours.length * theirs.length <= 400 &&
      ours.length * theirs.length > 1 &&
      ours.some((one) => theirs.some((other) => conflicts(one, other)))
    )
      continue
    const [low, high] = left < right ? [left, right] : [right, left]
    parent[high] = low
    members.set(low, [...of(low), ...of(high)])
    members.delete(high)
  }
  return parent.map((_, at) => root(at))
}

/** Clusters larger than this are compared by a sample of their members. */
const MEMBERS_ASKED = 12

/**
 * Joins pairs into clusters, the surest first, but two clusters only where their members resemble each other on the whole: the mean of `compare`
 * over the pairs across must not be negative. One chance likeness ties nobody together, and nothing chains.
 */
export function clusterByMean(count: number, pairs: readonly ScoredPair[], compare: (a: number, b: number) => number): number[] {
  const parent = Array.from({ length: count }, (_, at) => at)
  const members = new Map<number, number[]>()
  const root = (at: number): number => {
    let top = at
    while (parent[top] !== top) top = parent[top] ?? top
    parent[at] = top
    return top
  }
  const of = (at: number): readonly number[] => members.get(at) ?? [at]
  for (const { a, b } of pairs.toSorted((x, y) => y.score - x.score || x.a - y.a || x.b - y.b)) {
    const [left, right] = [root(a), root(b)]
    if (left === right) continue
    const [ours, theirs] = [of(left), of(right)]
    if (ours.length * theirs.length > 1 && meanOf(ours.slice(0, MEMBERS_ASKED), theirs.slice(0, MEMBERS_ASKED), compare) < 0)
      continue
    const [low, high] = left < right ? [left, right] : [right, left]
    parent[high] = low
    members.set(low, [...of(low), ...of(high)])
    members.delete(high)
  }
  return parent.map((_, at) => root(at))
}

function meanOf(ours: readonly number[], theirs: readonly number[], compare: (a: number, b: number) => number): number {
  let total = 0
  for (const one of ours) for (const other of theirs) total += compare(one, other)
  return total / (ours.length * theirs.length)
}
