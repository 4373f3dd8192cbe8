import { z } from 'zod'
import { type Dimension, DimensionId, LevelId } from '../pipelines/model.ts'

/** The level that was chosen in each dimension. */
export const Chosen = z.record(DimensionId, LevelId)
export type Chosen = z.infer<typeof Chosen>
/** What is chosen anew: the level of a dimension, or null to take it away; dimensions that are not named stay as they are. */
export const Choices = z.partialRecord(DimensionId, LevelId.nullable())
export type Choices = z.infer<typeof Choices>

type Weighed = Pick<Dimension, 'name' | 'weight' | 'archived'> & {
  readonly id: string
  readonly levels: readonly { readonly id: string; readonly points: number }[]
}
export type Score = {
  /** From 0 to 100; null while nothing is chosen. */
  readonly score: number | null
  readonly rated: number
  readonly of: number
  /** Names of the dimensions with the most and with the fewest points; the same name in both only where one is rated. */
  readonly best: string | null
  readonly weakest: string | null
}

/**
 * The mean of the chosen levels by the weights of their dimensions, in whole numbers, a half goes up. What is not chosen does not count: it
 * is not known. Dimensions put aside do not count either. The list's column says the same in SQL.
 * @param chosen by the dimension, the level
 */
export function scoreOf(dimensions: readonly Weighed[], chosen: Readonly<Record<string, string | null | undefined>>): Score {
  const living = dimensions.filter(({ archived }) => !archived)
  const rated = living.flatMap(({ id, name, weight, levels }) => {
    const level = levels.find((one) => one.id === chosen[id])
    return level ? [{ name, weight, points: level.points }] : []
  })
  const weights = rated.reduce((sum, { weight }) => sum + weight, 0)
  const points = rated.reduce((sum, one) => sum + one.weight * one.points, 0)
  const ranked = rated.toSorted((a, b) => b.points - a.points)
  return {
    score: weights === 0 ? null : Math.floor((2 * points + weights) / (2 * weights)),
    rated: rated.length,
    of: living.length,
    best: ranked[0]?.name ?? null,
    weakest: ranked.at(-1)?.name ?? null,
  }
}
