import { expect, it } from 'vitest'
import { MATCHINGS } from '../../../src-shared/kernel/matching/language.ts'
import { scorePair } from '../../../src-shared/kernel/matching/score.ts'
import { THRESHOLDS, WEIGHTS, WEIGHTS_EN } from '../../../src-shared/kernel/matching/weights.ts'
import { points, thresholds, weightTable } from './weightTable.ts'

const all = (matching: (typeof MATCHINGS)[number]) => weightTable(matching).flatMap(({ agree, differ }) => [...agree, ...differ])

it.each(MATCHINGS)('shows every figure of the model once (%s)', (matching) => {
  const { prior, ...weights } = matching === 'en' ? WEIGHTS_EN : WEIGHTS
  expect(Object.fromEntries(all(matching).map(({ code, weight }) => [code, weight]))).toEqual(weights)
  expect(all(matching)).toHaveLength(Object.keys(weights).length)
  expect(thresholds(matching).start).toBe(prior)
})

it('what agrees speaks for it, what differs against it', () => {
  for (const { agree, differ } of weightTable('zh')) {
    expect(agree.every(({ weight }) => weight >= 0)).toBe(true)
    expect(differ.every(({ weight }) => weight <= 0)).toBe(true)
  }
  expect(
    all('zh')
      .filter(({ rulesOut }) => rulesOut)
      .map(({ code }) => code),
  ).toEqual(['codeDiffers', 'regionDiffers', 'branchDiffers'])
})

it('its points add up to what a pair is judged by', () => {
  const pair = scorePair(
    {
      name: '绍兴越纺印染有限公司',
      contact: '王海峰',
      phones: ['+8613957511128'],
      masked: [],
      email: null,
      creditCode: null,
      city: '绍兴市',
      address: null,
    },
    {
      name: '绍兴越纺印染',
      contact: '王海峰',
      phones: ['+8613957511128'],
      masked: [],
      email: null,
      creditCode: null,
      city: '绍兴市',
      address: null,
    },
  )
  const shown = new Map(all('zh').map(({ code, weight }) => [code, weight]))
  const sum = pair.reasons.reduce((total, { code }) => total + (shown.get(code) ?? Number.NaN), thresholds('zh').start)
  expect(sum).toBe(pair.bits)
  expect(sum).toBeGreaterThan(THRESHOLDS.same)
})

it('points carry their sign', () => {
  expect([11, 4.5, 0, -2.5, -20].map(points)).toEqual(['+11', '+4.5', '0', '−2.5', '−20'])
})
