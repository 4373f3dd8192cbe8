import { describe, expect, it } from 'vitest'
import {
  choose,
  giveLead,
  type GivenLead,
  type GivingRule,
  isFor,
  isOpen,
  isSameRegion,
  type Moment,
  type Standing,
} from './rules.ts'

const rule = (more: Partial<GivingRule> = {}): GivingRule => ({
  id: 'r',
  name: 'East',
  sources: [],
  places: [],
  method: 'roundRobin',
  members: ['a', 'b', 'c'].map((employeeId) => ({ employeeId, regions: [] })),
  hours: null,
  poolId: null,
  ...more,
})
const lead: GivenLead = { sourceId: 'web', province: '浙江省', city: '杭州市' }
const standing = (last: Record<string, string> = {}, open: Record<string, number> = {}): Standing => ({
  lastAt: (id) => last[id] ?? null,
  open: (id) => open[id] ?? 0,
})
// A Monday, ten in the morning in Shanghai.
const moment = (at = '2026-11-23T02:00:00.000Z', days: Moment['days'] = new Map()): Moment => ({
  at,
  zone: 'Asia/Shanghai',
  days,
})
const office = { weekdays: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' }

describe('a rule', () => {
  it('is for any lead until it names sources or places', () => {
    expect(isFor(rule(), { sourceId: null, province: null, city: null })).toBe(true)
    expect(isFor(rule({ sources: ['web'] }), lead)).toBe(true)
    expect(isFor(rule({ sources: ['fair'] }), lead)).toBe(false)
    expect(isFor(rule({ sources: ['web'] }), { ...lead, sourceId: null })).toBe(false)
    expect(isFor(rule({ places: ['浙江'] }), lead)).toBe(true)
    expect(isFor(rule({ places: ['杭州市'] }), lead)).toBe(true)
    expect(isFor(rule({ places: ['上海市'] }), lead)).toBe(false)
  })

  it('takes a short name of a region for the long one, but no single character', () => {
    expect(isSameRegion('浙江', '浙江省')).toBe(true)
    expect(isSameRegion('浙', '浙江省')).toBe(false)
  })

  it('gives in turn: to whoever never had one first, then to whoever waited longest', () => {
    expect(choose(rule(), lead, standing())).toBe('a')
    expect(choose(rule(), lead, standing({ a: '2026-11-01' }))).toBe('b')
    expect(choose(rule(), lead, standing({ a: '2026-11-03', b: '2026-11-01', c: '2026-11-02' }))).toBe('b')
  })

  it('gives to who has the fewest open leads, of equals in turn', () => {
    const byLoad = rule({ method: 'byLoad' })
    expect(choose(byLoad, lead, standing({}, { a: 3, b: 1, c: 2 }))).toBe('b')
    expect(choose(byLoad, lead, standing({ a: '2026-11-02', b: '2026-11-01' }, { a: 1, b: 1, c: 2 }))).toBe('b')
  })

  it('gives by region, the city before the province, and to nobody where the region is nobody’s', () => {
    const members = [
      { employeeId: 'a', regions: ['浙江省'] },
      { employeeId: 'b', regions: ['杭州'] },
    ]
    const byRegion = rule({ method: 'byRegion', members })
    expect(choose(byRegion, lead, standing())).toBe('b')
    expect(choose(byRegion, { ...lead, city: '宁波市' }, standing())).toBe('a')
    expect(choose(byRegion, { ...lead, province: '四川省', city: null }, standing())).toBeNull()
  })

  it('keeps hours in the zone of the workspace, with holidays off and days worked instead on', () => {
    expect(isOpen(office, moment())).toBe(true)
    expect(isOpen(office, moment('2026-11-23T00:59:00.000Z'))).toBe(false)
    expect(isOpen(office, moment('2026-11-23T10:00:00.000Z'))).toBe(false)
    expect(isOpen(office, moment('2026-11-22T02:00:00.000Z'))).toBe(false)
    expect(isOpen(office, moment(undefined, new Map([['2026-11-23', 'holiday']])))).toBe(false)
    expect(isOpen(office, moment('2026-11-22T02:00:00.000Z', new Map([['2026-11-22', 'workday']])))).toBe(true)
  })
})

describe('a lead that is nobody’s', () => {
  it('goes to the first rule that is for it and knows somebody', () => {
    const rules = [
      rule({ id: '1', sources: ['fair'] }),
      rule({ id: '2', members: [] }),
      rule({ id: '3', method: 'byRegion' }),
      rule({ id: '4' }),
    ]
    expect(giveLead(rules, lead, moment(), () => standing())).toMatchObject({ kind: 'given', employeeId: 'a', rule: { id: '4' } })
  })

  it('waits for the hours of its rule rather than fall to the next', () => {
    const rules = [rule({ id: '1', hours: office }), rule({ id: '2' })]
    expect(giveLead(rules, lead, moment('2026-11-23T15:00:00.000Z'), () => standing())).toMatchObject({
      kind: 'waits',
      rule: { id: '1' },
    })
  })

  it('stays nobody’s where no rule is for it', () => {
    expect(giveLead([rule({ sources: ['fair'] })], lead, moment(), () => standing())).toEqual({ kind: 'none' })
  })
})
