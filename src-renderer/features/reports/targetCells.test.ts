import { describe, expect, it } from 'vitest'
import { blockCells, fenOf, periodsOf } from './targetCells.ts'

describe('an amount in a cell', () => {
  it.each([
    ['120,000', 12_000_000],
    ['¥ 1234.5', 123_450],
    ['１２．３４', 1234],
    ['0', 0],
    ['  ', null],
    ['12万', undefined],
    ['-5', undefined],
    ['1.234', undefined],
  ])('%s', (typed, fen) => expect(fenOf(typed)).toBe(fen))
})

describe('a pasted block', () => {
  const periods = periodsOf(2026)
  const person = (id: string, mayEdit = true) => ({ aim: { of: 'employee' as const, id }, name: id, depth: 0, mayEdit })
  const aims = [person('a'), person('b', false)]
  it('lands from the cell on, quarters between their months', () => {
    expect(periods.slice(0, 5)).toEqual(['2026-01', '2026-02', '2026-03', '2026-Q1', '2026-04'])
    const found = blockCells({
      aims,
      periods,
      block: [
        ['1', ''],
        ['2', '3'],
        ['4', '5'],
      ],
      row: 0,
      column: 2,
    })
    expect(found.cells.map(({ period, aim, amount }) => [period, aim.id, amount])).toEqual([
      ['2026-03', 'a', 100],
      ['2026-Q1', 'a', null],
    ])
    expect([found.refused, found.outside, found.wrong]).toEqual([2, 2, null])
  })
  it('is refused for one wrong cell', () => {
    expect(blockCells({ aims, periods, block: [['1', 'x']], row: 0, column: 0 }).wrong).toBe('x')
  })
})
