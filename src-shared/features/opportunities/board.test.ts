import { describe, expect, it } from 'vitest'
import { ageOf, monthLater, monthsFrom } from './board.ts'

const NOW = Date.parse('2026-11-23T08:00:00.000Z')
const card = (stageEnteredAt: string | null, state: 'open' | 'won' = 'open') => ({ stageEnteredAt, state })

describe('the age of a card', () => {
  it('turns at four fifths of the days of its stage and at all of them', () => {
    expect(ageOf(card('2026-11-23T08:00:00.000Z'), 10, NOW)).toEqual({ days: 0, tone: 'fresh' })
    expect(ageOf(card('2026-11-15T08:00:00.001Z'), 10, NOW)).toEqual({ days: 7, tone: 'fresh' })
    expect(ageOf(card('2026-11-15T08:00:00.000Z'), 10, NOW)).toEqual({ days: 8, tone: 'soon' })
    expect(ageOf(card('2026-11-13T08:00:00.000Z'), 10, NOW)).toEqual({ days: 10, tone: 'late' })
  })
  it('never comes without days, when it is over, or when nobody may know', () => {
    expect(ageOf(card('2026-01-01T00:00:00.000Z'), null, NOW)?.tone).toBe('fresh')
    expect(ageOf(card('2026-01-01T00:00:00.000Z', 'won'), 10, NOW)).toBeNull()
    expect(ageOf(card(null), 10, NOW)).toBeNull()
    // A clock that was set back.
    expect(ageOf(card('2026-12-01T00:00:00.000Z'), 10, NOW)).toEqual({ days: 0, tone: 'fresh' })
  })
})

describe('months', () => {
  it('go over the end of a year in both directions', () => {
    expect(monthsFrom('2026-11', 3)).toEqual(['2026-11', '2026-12', '2027-01'])
    expect(monthLater('2026-01', -1)).toBe('2025-12')
    expect(monthLater('2026-12', 12)).toBe('2027-12')
  })
})
