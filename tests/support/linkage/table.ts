/** A table made for judging duplicate search: `truth[i]` names the one whom row i is about. */
export type LabelledTable = {
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly truth: readonly string[]
}

export type Dice = {
  readonly next: () => number
  readonly below: (limit: number) => number
  readonly chance: (probability: number) => boolean
  readonly pick: <Item>(items: readonly Item[]) => Item
  /** As names are spread in life: the first of the list is met far more often than the last. */
  readonly skewed: <Item>(items: readonly Item[]) => Item
  readonly shuffle: <Item>(items: readonly Item[]) => Item[]
}

/** The same seed, the same table, on every machine. */
export function dice(seed: number): Dice {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  const pick = <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item
  return {
    next,
    below,
    chance: (probability) => next() < probability,
    pick,
    skewed: (items) =>
      items[Math.min(items.length - 1, Math.floor(items.length ** next() - 1 + next() * 0.5))] as (typeof items)[number],
    shuffle: (items) => {
      const out = [...items]
      for (let at = out.length - 1; at > 0; at--) {
        const other = below(at + 1)
        const kept = out[at] as (typeof out)[number]
        out[at] = out[other] as (typeof out)[number]
        out[other] = kept
      }
      return out
    },
  }
}

/** Pairwise precision and recall of a clustering against the truth. */
export function pairFigures(
  clusters: readonly (string | number)[],
  truth: readonly string[],
): { precision: number; recall: number; found: number; real: number } {
  const found = pairsIn(clusters.map(String))
  const real = pairsIn(truth)
  const right = pairsIn(clusters.map((cluster, at) => `${cluster} ${truth[at] ?? ''}`))
  return { precision: found === 0 ? 1 : right / found, recall: real === 0 ? 1 : right / real, found, real }
}

function pairsIn(labels: readonly string[]): number {
  const sizes = new Map<string, number>()
  for (const label of labels) sizes.set(label, (sizes.get(label) ?? 0) + 1)
  return [...sizes.values()].reduce((sum, size) => sum + (size * (size - 1)) / 2, 0)
}

/** As a spreadsheet would write it. */
export const csvOf = ({ header, rows }: LabelledTable): string =>
  [header, ...rows]
    .map((row) => row.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(','))
    .join('\n')
