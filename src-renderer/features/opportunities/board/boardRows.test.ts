import { describe, expect, it } from 'vitest'
import type { Opportunity } from '../../../../src-shared/features/opportunities/model.ts'
import type { Stage } from '../../../../src-shared/features/pipelines/model.ts'
import { type CardMove, figuresWith, placeIn, rowIn, rowsWith } from './boardRows.ts'
import { foldedBy, nextFigure } from './layout.ts'

const stage = (id: string, probability = 50, kind: Stage['kind'] = 'open') => ({ id, name: id, probability, kind }) as Stage
const card = (id: string, amount: number | null, stageEnteredAt: string, stageId = 'a') =>
  ({ id, amount, weighted: amount, probability: 0, stageEnteredAt, stageId, state: 'open' }) as unknown as Opportunity
const ids = (rows: readonly (Opportunity | undefined)[]) => rows.map((row) => row?.id)
const LATEST = [{ field: 'stageEnteredAt', direction: 'desc' as const }]

const one = card('one', 300, '2026-11-03')
const two = card('two', null, '2026-11-02')
const three = card('three', 101, '2026-11-01')

describe('cards on their way', () => {
  const moves: CardMove[] = [{ row: rowIn(one, stage('b'), '2026-11-23'), from: 'a', to: 'b' }]

  it('have left the one stage and stand in the other as the order has them, loaded or not', () => {
    expect(ids(rowsWith([one, two, undefined], 'a', moves, LATEST))).toEqual(['two', undefined])
    expect(ids(rowsWith([three, undefined], 'b', moves, LATEST))).toEqual(['one', 'three', undefined])
    // The answer is there already: it stands there once.
    expect(ids(rowsWith([one, three], 'b', moves, LATEST))).toEqual(['one', 'three'])
    expect(ids(rowsWith([three], 'c', moves, LATEST))).toEqual(['three'])
  })

  it('are taken from the figures of the one stage and added to those of the other', () => {
    const figures = { count: 2, filled: 1, sum: 401, weighted: 200 }
    expect(figuresWith(figures, stage('a', 10), moves)).toEqual({ count: 1, filled: 0, sum: 101, weighted: 170 })
    expect(figuresWith(figures, stage('b', 50), moves)).toEqual({ count: 3, filled: 2, sum: 701, weighted: 350 })
    const untold = { count: 2, filled: null, sum: null, weighted: null }
    expect(figuresWith(untold, stage('b'), moves)).toEqual({ ...untold, count: 3 })
    expect(figuresWith(figures, stage('a'), [{ row: one, from: 'a', to: 'a' }])).toEqual(figures)
  })

  it('look as they will: of their new stage, fresh in it, weighted by it', () => {
    expect(rowIn(one, stage('won', 100, 'won'), 'now')).toMatchObject({
      stageId: 'won',
      state: 'won',
      weighted: 300,
      stageEnteredAt: 'now',
    })
    expect(rowIn({ ...one, stageEnteredAt: null }, stage('b'), 'now').stageEnteredAt).toBeNull()
  })
})

it('finds the place of a card by the first field of an order, nothing before anything', () => {
  const by = (direction: 'asc' | 'desc') => [{ field: 'amount', direction }]
  expect(placeIn([one, three, two], card('x', 200, ''), by('desc'))).toBe(1)
  expect(placeIn([two, three, one], card('x', 200, ''), by('asc'))).toBe(2)
  expect(placeIn([one, three], card('x', null, ''), by('desc'))).toBe(2)
  expect(placeIn([three, one], card('x', null, ''), by('asc'))).toBe(0)
  // What the page cannot compare comes to the top.
  expect(placeIn([one, two], card('x', 1, ''), [{ field: 'name', direction: 'asc' }])).toBe(0)
})

describe('columns', () => {
  const column = (id: string, kind: Stage['kind'], count: number) => ({
    stage: stage(id, 0, kind),
    figures: { count, filled: 0, sum: 0, weighted: 0 },
  })
  const folds = (columns: ReturnType<typeof column>[], folded = {}) => {
    const isFolded = foldedBy(columns, folded)
    return columns.filter((one) => isFolded(one.stage)).map((one) => one.stage.id)
  }
  it('of what is over stand aside while there is something to work on, unless somebody laid them otherwise', () => {
    const all = [column('a', 'open', 3), column('won', 'won', 2), column('lost', 'lost', 0)]
    expect(folds(all)).toEqual(['won', 'lost'])
    expect(folds(all, { won: false, a: true })).toEqual(['a', 'lost'])
    expect(folds([column('a', 'open', 0), column('won', 'won', 2), column('lost', 'lost', 0)])).toEqual([])
    expect(folds([column('a', 'open', 0), column('won', 'won', 0)])).toEqual(['won'])
  })
  it('go round through their figures', () => {
    expect(['sum', 'weighted', 'average', 'count'].map((figure) => nextFigure(figure as 'sum'))).toEqual([
      'weighted',
      'average',
      'count',
      'sum',
    ])
  })
})
