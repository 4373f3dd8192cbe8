import { share } from '../../kernel/rational.ts'

/** From this probability on an open opportunity counts as promised. */
export const COMMIT_FROM = 70

// ── the steps of a pipeline ──
type StageLike = {
  readonly id: string
  readonly kind: 'open' | 'won' | 'lost'
  readonly position: number
  readonly archived: boolean
}
/** `steps`: the living open stages in their order, then won. `rankOf`: open stages by the number of their step. */
export type Steps<Stage extends StageLike> = { readonly steps: readonly Stage[]; readonly rankOf: ReadonlyMap<string, number> }

/** A stage that was put aside counts as the living one before it, or as the first. Lost is no step. */
export function stepsOf<Stage extends StageLike>(stages: readonly Stage[]): Steps<Stage> {
  const byPlace = (a: Stage, b: Stage) => a.position - b.position || (a.id < b.id ? -1 : 1)
  const open = stages.filter(({ kind }) => kind === 'open').toSorted(byPlace)
  const living = open.filter(({ archived }) => !archived)
  const rankOf = new Map(living.map(({ id }, rank) => [id, rank]))
  for (const { id, archived, position } of open)
    if (archived) rankOf.set(id, Math.max(0, living.filter((one) => one.position < position).length - 1))
  return { steps: [...living, ...stages.filter(({ kind }) => kind === 'won')], rankOf }
}

// ── counting ──
/** How many, and the sum of their amounts in fen. */
export type Tally = { count: number; amount: number }
export type State = 'open' | 'won' | 'lost'
/** So many opportunities of a cohort whose furthest step is this one. */
export type Furthest = Tally & { readonly rank: number; readonly state: State }
/** So many opportunities that entered this step in the period, and what became of them. */
export type Passed = Tally & { readonly rank: number; readonly outcome: 'onward' | 'lost' | 'open' }
/** `count` = onward + lost + open, and so the amounts. Of the last step, won, nobody goes on: all three are empty. */
export type StepTally = Tally & { readonly onward: Tally; readonly lost: Tally; readonly open: Tally }

/** @throws Error where the sum is no longer exact to the fen. */
export function tallied(parts: Iterable<Tally>): Tally {
  const sum = { count: 0, amount: 0 }
  for (const { count, amount } of parts) {
    sum.count += count
    sum.amount += amount
  }
  if (!Number.isSafeInteger(sum.amount)) throw new Error('the sum of amounts is too large to be exact')
  return sum
}

/**
 * The steps of a cohort. Who stands further has reached every step before: a step that was skipped counts as passed. `last` is the
 * rank of won.
 */
export function cohortSteps(parts: readonly Furthest[], last: number): StepTally[] {
  return Array.from({ length: last + 1 }, (_, rank) => {
    const stayed = (state: State) => tallied(parts.filter((one) => one.rank === rank && one.state === state))
    return {
      ...tallied(parts.filter((one) => one.rank >= rank)),
      onward: tallied(parts.filter((one) => one.rank > rank)),
      lost: rank === last ? tallied([]) : stayed('lost'),
      open: rank === last ? tallied([]) : stayed('open'),
    }
  })
}

/** The steps of a passage: who entered a step in the period, whatever became of him since. `won`: those won in the period. */
export function passageSteps(parts: readonly Passed[], won: Tally, last: number): StepTally[] {
  return Array.from({ length: last + 1 }, (_, rank) => {
    const here = parts.filter((one) => one.rank === rank)
    const of = (outcome: Passed['outcome']) => tallied(here.filter((one) => one.outcome === outcome))
    if (rank === last) return { ...won, onward: tallied([]), lost: tallied([]), open: tallied([]) }
    return { ...tallied(here), onward: of('onward'), lost: of('lost'), open: of('open') }
  })
}

/** Won of all that were decided; null while none is. */
export const winRate = (won: number, lost: number): number | null => share(won, won + lost)

// ── days ──
/** How often so many whole days occurred. */
export type DayCount = { readonly days: number; readonly count: number }
export type DayFigures = {
  readonly count: number
  readonly mean: number
  readonly lower: number
  readonly median: number
  readonly upper: number
  readonly most: number
}

/** The value at a share of all: the smallest that at least `part` of `whole` do not exceed (nearest rank), so always one that occurred. */
function atRank(sorted: readonly DayCount[], all: number, part: number, whole: number): number {
  const rank = Math.max(1, Math.ceil((all * part) / whole))
  let seen = 0
  for (const { days, count } of sorted) {
    seen += count
    if (seen >= rank) return days
  }
  return sorted.at(-1)?.days ?? 0
}

/** The same days may stand there several times. */
function merged(counts: readonly DayCount[]): DayCount[] {
  const sum = new Map<number, number>()
  for (const { days, count } of counts) sum.set(days, (sum.get(days) ?? 0) + count)
  return [...sum].map(([days, count]) => ({ days, count }))
}

/** Median, quartiles and mean (to two decimals) of whole days; null of nothing. Of two middle values the smaller is the median. */
export function dayFigures(counts: readonly DayCount[]): DayFigures | null {
  const sorted = merged(counts)
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => a.days - b.days)
  const all = sorted.reduce((sum, { count }) => sum + count, 0)
  if (all === 0) return null
  const days = sorted.reduce((sum, one) => sum + one.days * one.count, 0)
  return {
    count: all,
    mean: share(days, all, 2) ?? 0,
    lower: atRank(sorted, all, 1, 4),
    median: atRank(sorted, all, 1, 2),
    upper: atRank(sorted, all, 3, 4),
    most: sorted.at(-1)?.days ?? 0,
  }
}
