import type { Place } from './layout.ts'

// Apart from the schemas: the first page orders its cards by this and checks no calls.

/** Parts of the workbench whose contents one orders and hides: the two columns of cards, the figures, the things to do. */
export const LAID = ['side', 'main', 'figures', 'todos'] as const
export type Laid = (typeof LAID)[number]

/** What exists in one's own order; what is newer than the layout stands behind it, in sight. */
export function placesOf<K extends string>(
  stored: readonly Place[] | undefined,
  known: readonly K[],
): { key: K; shown: boolean }[] {
  const placed = (stored ?? []).flatMap(({ key, shown }) => {
    const found = known.find((one) => one === key)
    return found === undefined ? [] : [{ key: found, shown }]
  })
  return [...placed, ...known.filter((key) => !placed.some((one) => one.key === key)).map((key) => ({ key, shown: true }))]
}
export const shownOf = <K extends string>(stored: readonly Place[] | undefined, known: readonly K[]): K[] =>
  stored === undefined ? [...known] : placesOf(stored, known).flatMap(({ key, shown }) => (shown ? [key] : []))
