import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attempt, Refusal } from '../../kernel/refusal.ts'
import { askedOnWay, entered, missingFor, rotting, type TargetStage, weighted } from './rules.ts'

const AT = '2026-11-23T02:00:00.000Z'
const when = { at: AT, day: '2026-11-23' }
const stage = (values: Partial<TargetStage> = {}): TargetStage => ({
  id: 'to',
  pipelineId: 'p',
  kind: 'open',
  archived: false,
  required: [],
  ...values,
})
const said = (work: () => unknown) => {
  const answer = attempt(work)
  return answer instanceof Refusal ? [answer.reason, answer.detail] : 'fine'
}

describe('a weighted amount', () => {
  it('is whole fen, half of one away from zero', () => {
    expect(weighted(101, 50)).toBe(51)
    expect(weighted(1, 50)).toBe(1)
    expect(weighted(1, 49)).toBe(0)
    expect(weighted(-1, 50)).toBe(-1)
    expect(weighted(null, 50)).toBeNull()
    expect(weighted(999_999_999_999, 75)).toBe(749_999_999_999)
  })
  it('lies within the amount and never off by more than half a fen', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000_000 }), fc.integer({ min: 0, max: 100 }), (amount, share) => {
        const found = BigInt(weighted(amount, share) ?? 0)
        const off = found * 100n - BigInt(amount) * BigInt(share)
        return found >= 0n && found <= BigInt(amount) && off <= 50n && off > -50n
      }),
    )
  })
})

describe('standing too long', () => {
  it('begins when the days of the stage are full', () => {
    expect(rotting('2026-11-13T02:00:00.000Z', 10, AT)).toEqual({ days: 10, rots: true })
    expect(rotting('2026-11-13T02:00:00.001Z', 10, AT)).toEqual({ days: 9, rots: false })
    expect(rotting('2020-01-01T00:00:00.000Z', null, AT).rots).toBe(false)
  })
})

describe('what is asked for on the way into a stage', () => {
  const line = (id: string, kind: 'open' | 'won' | 'lost', ...required: string[]) => ({ id, kind, required, archived: false })
  const stages = [
    line('1', 'open', 'customerId'),
    line('2', 'open', 'amount'),
    { ...line('old', 'open', 'competitor'), archived: true },
    line('3', 'open', 'amount', 'lines'),
    line('4', 'open'),
    line('won', 'won', 'expectedOn'),
    line('lost', 'lost', 'note'),
  ]
  it('counts the open stages that are passed over, forward only', () => {
    expect(askedOnWay(stages, '1', '4')).toEqual(['amount', 'lines'])
    expect(askedOnWay(stages, '2', '3')).toEqual(['amount', 'lines'])
    expect(askedOnWay(stages, '3', '4')).toEqual([])
    expect(askedOnWay(stages, '4', '2')).toEqual(['amount'])
    expect(askedOnWay(stages, '1', 'won')).toEqual(['amount', 'lines', 'expectedOn'])
    expect(askedOnWay(stages, '1', 'lost')).toEqual(['note'])
    expect(askedOnWay(stages, 'won', '2')).toEqual(['amount'])
  })
  it('is all of it for a new one, one of elsewhere and one that was lost', () => {
    for (const from of [null, 'elsewhere', 'old', 'lost'])
      expect(askedOnWay(stages, from, '3')).toEqual(['customerId', 'amount', 'lines'])
    expect(askedOnWay(stages, null, '1')).toEqual(['customerId'])
    expect(askedOnWay(stages, '1', 'old')).toEqual([])
  })
})

describe('entering a stage', () => {
  it('asks for what the stage asks for, with what comes along', () => {
    const asking = stage({ required: ['amount', 'expectedOn'] })
    const standing = { stageId: 'from', amount: null, expectedOn: '2026-12-01' }
    expect(missingFor(asking, standing)).toEqual(['amount'])
    expect(said(() => entered(asking, standing, { values: {} }, when))).toEqual([
      'fieldsMissing',
      { feature: 'opportunities', fields: ['amount'] },
    ])
    expect(entered(asking, standing, { values: { amount: 0 } }, when)).toMatchObject({ stageId: 'to', state: 'open' })
    expect(said(() => entered(asking, { ...standing, amount: 5 }, { values: { expectedOn: '' } }, when))).toEqual([
      'fieldsMissing',
      { feature: 'opportunities', fields: ['expectedOn'] },
    ])
  })
  it('closes by winning and losing, and a loss has a reason', () => {
    expect(entered(stage({ kind: 'won' }), { stageId: 'from' }, { values: {} }, when)).toMatchObject({
      state: 'won',
      closedAt: AT,
      closedOn: '2026-11-23',
      lostReasonId: null,
    })
    expect(said(() => entered(stage({ kind: 'lost' }), {}, { values: {} }, when))).toEqual(['reasonMissing', undefined])
    const lost = { reasonId: 'r', note: 'n' }
    expect(entered(stage({ kind: 'lost' }), {}, { values: {}, lost }, when)).toMatchObject({
      state: 'lost',
      closedOn: '2026-11-23',
      lostReasonId: 'r',
      lostNote: 'n',
    })
  })
  it('opens again what was closed', () => {
    const closed = { stageId: 'lost', closedAt: AT, closedOn: '2026-11-23', lostReasonId: 'r', lostNote: 'n' }
    expect(entered(stage(), closed, { values: {} }, when)).toEqual({
      stageId: 'to',
      pipelineId: 'p',
      state: 'open',
      stageEnteredAt: AT,
      closedAt: null,
      closedOn: null,
      lostReasonId: null,
      lostNote: null,
    })
  })
  it('is refused for a stage that is put aside, and for the one it stands in', () => {
    expect(said(() => entered(stage({ archived: true }), {}, { values: {} }, when))).toEqual(['stageGone', undefined])
    expect(said(() => entered(stage(), { stageId: 'to' }, { values: {} }, when))).toEqual(['sameStage', undefined])
  })
})
