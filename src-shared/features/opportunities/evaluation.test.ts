import fc from 'fast-check'
import { expect, it } from 'vitest'
import { scoreOf } from './evaluation.ts'

const dimension = (id: string, weight: number, points: readonly number[], archived = false) => ({
  id,
  name: id,
  weight,
  archived,
  levels: points.map((one, at) => ({ id: `${id}${at}`, points: one })),
})
const SIX = [dimension('need', 20, [100, 50, 0]), dimension('budget', 20, [100, 33, 0]), dimension('rival', 10, [100, 0])]

it('is the weighted mean of what was chosen, a half goes up', () => {
  expect(scoreOf(SIX, { need: 'need0', budget: 'budget1', rival: 'rival1' })).toEqual({
    // (20·100 + 20·33 + 10·0) / 50 = 53.2
    score: 53,
    rated: 3,
    of: 3,
    best: 'need',
    weakest: 'rival',
  })
  expect(scoreOf([dimension('a', 1, [100]), dimension('b', 1, [1])], { a: 'a0', b: 'b0' }).score).toBe(51)
})

it('what is not chosen is not known, and counts for nothing', () => {
  expect(scoreOf(SIX, {})).toEqual({ score: null, rated: 0, of: 3, best: null, weakest: null })
  expect(scoreOf(SIX, { need: 'need1' }).score).toBe(50)
  expect(scoreOf(SIX, { need: 'budget0', rival: null }).score).toBeNull()
  expect(scoreOf([...SIX, dimension('old', 50, [0], true)], { need: 'need0', old: 'old0' })).toMatchObject({ score: 100, of: 3 })
})

it('lies between the fewest and the most points that were chosen', () => {
  const one = fc.tuple(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 0, max: 100 }))
  fc.assert(
    fc.property(fc.array(one, { minLength: 1, maxLength: 12 }), (given) => {
      const dimensions = given.map(([weight, points], at) => dimension(`d${at}`, weight, [points]))
      const { score } = scoreOf(dimensions, Object.fromEntries(given.map((_, at) => [`d${at}`, `d${at}0`])))
      const points = given.map(([, point]) => point)
      expect(score).toBeGreaterThanOrEqual(Math.min(...points))
      expect(score).toBeLessThanOrEqual(Math.max(...points))
    }),
  )
})
