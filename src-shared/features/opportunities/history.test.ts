import { expect, it } from 'vitest'
import { bornAt, historyOf, type SaidTimes } from './history.ts'

const NOW = '2026-11-23T00:00:00.000Z'
const day = (n: number): string => `2026-0${n}-01T00:00:00.000Z`
const SILENT: SaidTimes = { createdAt: null, engagedAt: null, enteredAt: null, closedAt: null }
const stages = (own: string, kind: 'open' | 'won' | 'lost' = 'open') => ({
  own: { id: own, kind },
  first: 'first',
  second: 'second' as string | null,
})
const told = (own: string, kind: 'open' | 'won' | 'lost', said: Partial<SaidTimes>) =>
  historyOf(stages(own, kind), { ...SILENT, ...said }, NOW).map(({ stageId, enteredAt }) => `${stageId} ${enteredAt.slice(5, 7)}`)

it('a sheet that says nothing has it enter its stage now', () => {
  expect(told('first', 'open', {})).toEqual(['first 11'])
  expect(told('won', 'won', {})).toEqual(['won 11'])
})

it('each stage that the sheet tells of has its time, exactly', () => {
  expect(told('won', 'won', { engagedAt: day(2), closedAt: day(5) })).toEqual(['second 02', 'won 05'])
  expect(told('lost', 'lost', { createdAt: day(1), engagedAt: day(2), closedAt: day(5) })).toEqual([
    'first 01',
    'second 02',
    'lost 05',
  ])
  expect(told('second', 'open', { engagedAt: day(3) })).toEqual(['second 03'])
  expect(told('second', 'open', { createdAt: day(1), engagedAt: day(3) })).toEqual(['first 01', 'second 03'])
  expect(told('third', 'open', { createdAt: day(1), engagedAt: day(3), enteredAt: day(4) })).toEqual([
    'first 01',
    'second 03',
    'third 04',
  ])
})

it('won on the day it began it has passed its first stage; what lies behind its end is left out', () => {
  expect(told('won', 'won', { engagedAt: day(5), closedAt: day(5) })).toEqual(['second 05', 'won 05'])
  expect(told('won', 'won', { engagedAt: day(6), closedAt: day(5) })).toEqual(['won 05'])
  expect(told('first', 'open', { createdAt: day(2), engagedAt: day(3) })).toEqual(['first 02'])
})

it('a pipeline of one open stage has it stand there from the first time on', () => {
  const history = historyOf(
    { own: { id: 'won', kind: 'won' }, first: 'first', second: null },
    { ...SILENT, createdAt: day(1), engagedAt: day(2), closedAt: day(5) },
    NOW,
  )
  expect(history.map(({ stageId }) => stageId)).toEqual(['first', 'won'])
  expect(bornAt({ ...SILENT, createdAt: day(1) }, history)).toBe(day(1))
})

it('it was made at the latest when it entered its first stage', () => {
  const said = { ...SILENT, engagedAt: day(2), closedAt: day(5) }
  expect(bornAt(said, historyOf(stages('won', 'won'), said, NOW))).toBe(day(2))
})
