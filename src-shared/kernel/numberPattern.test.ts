import { expect, it } from 'vitest'
import { numberAs, patternProblem, periodOf } from './numberPattern.ts'

it('writes the day and the running number into the pattern', () => {
  expect(numberAs('KH-{YYYY}{MM}-{0000}', '2026-11-22', 7)).toBe('KH-202611-0007')
  expect(numberAs('{YY}{MM}{DD}{00}', '2026-01-02', 123)).toBe('260102123')
  expect(numberAs('客{0}户', '2026-01-02', 5)).toBe('客5户')
})

it('says what is wrong with a pattern', () => {
  expect(patternProblem('KH-{0000}', 'never')).toBe(null)
  expect(patternProblem('KH-{YYYY}', 'never')).toBe('patternWithoutNumber')
  expect(patternProblem('{00}-{00}', 'never')).toBe('patternTwoNumbers')
  expect(patternProblem('{HH}-{00}', 'never')).toBe('patternUnknown')
  expect(patternProblem('KH-{0000', 'never')).toBe('patternUnknown')
  expect(patternProblem('', 'never')).toBe('patternWithoutNumber')
  expect(patternProblem(`${'K'.repeat(60)}{0}`, 'never')).toBe('patternTooLong')
  expect(patternProblem('KH-{0000}', 'yearly')).toBe('resetNeedsDate')
  expect(patternProblem('KH-{YYYY}-{0000}', 'monthly')).toBe('resetNeedsDate')
  expect(patternProblem('KH-{YY}{MM}-{0000}', 'monthly')).toBe(null)
})

it('begins anew by year, by month or never', () => {
  expect(['never', 'yearly', 'monthly'].map((reset) => periodOf(reset as 'never', '2026-11-22'))).toEqual([
    'all',
    '2026',
    '2026-11',
  ])
})
