import { daysOfPeriod } from '../../kernel/periods.ts'
import { share } from '../../kernel/rational.ts'
import type { Aim, Attained } from './model.ts'

/** The periods that make up another: quarters of a year, months of a quarter. */
export function partsOf(period: string): string[] {
  const [year = '', part] = period.split('-')
  if (part === undefined) return [1, 2, 3, 4].map((quarter) => `${year}-Q${quarter}`)
  if (!part.startsWith('Q')) return []
  return [2, 1, 0].map((back) => `${year}-${String(Number(part.slice(1)) * 3 - back).padStart(2, '0')}`)
}

/**
 * What is to be reached in a period: its own target, or without one the sum of those of its parts. Null where nothing is set.
 * @param set by period, in fen
 */
export function targetFor(set: ReadonlyMap<string, number>, period: string): number | null {
  const own = set.get(period)
  if (own !== undefined) return own
  const parts = partsOf(period).flatMap((part) => targetFor(set, part) ?? [])
  return parts.length === 0 ? null : parts.reduce((sum, amount) => sum + amount, 0)
}

export const sameAim = (a: Aim, b: Aim): boolean => a.of === b.of && a.id === b.id

/** Exactly to six decimals; null without a target. A target of nothing is reached by anything above nothing. */
export const attainmentOf = (achieved: number, target: number | null): number | null =>
  target === null ? null : target === 0 ? (achieved > 0 ? 1 : 0) : share(achieved, target)

/** The furthest first, who has no target behind by what he achieved; level ones share a rank. */
export function ranked(people: readonly Omit<Attained, 'rank' | 'attainment'>[]): Attained[] {
  const exact = ({ achieved, target }: { achieved: number; target: number | null }): readonly [bigint, bigint] | null =>
    target === null ? null : target === 0 ? [achieved > 0 ? 1n : 0n, 1n] : [BigInt(achieved), BigInt(target)]
  const further = (a: (typeof people)[number], b: (typeof people)[number]): number => {
    const [mine, other] = [exact(a), exact(b)]
    if (mine === null || other === null) return mine === other ? b.achieved - a.achieved : mine === null ? 1 : -1
    const difference = other[0] * mine[1] - mine[0] * other[1]
    return difference < 0n ? -1 : difference > 0n ? 1 : 0
  }
  const sorted = people.toSorted((a, b) => further(a, b) || b.achieved - a.achieved || (a.aim.id < b.aim.id ? -1 : 1))
  const result: Attained[] = []
  for (const [at, one] of sorted.entries()) {
    const before = sorted[at - 1]
    const rank = one.target === null ? null : before && further(before, one) === 0 ? (result[at - 1]?.rank ?? null) : at + 1
    result.push({ ...one, attainment: attainmentOf(one.achieved, one.target), rank })
  }
  return result
}

/** How much of a period has passed by the end of a day, 0 to 1. */
export function elapsedOf(period: string, today: string): number {
  const days = daysOfPeriod(period)
  if (!days || today < days.from) return 0
  if (today >= days.to) return 1
  const count = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1
  return share(count(days.from, today), count(days.from, days.to)) ?? 0
}
