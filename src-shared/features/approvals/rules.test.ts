import { describe, expect, it } from 'vitest'
import type { Condition, Figures, Step } from './model.ts'
import { askedIn, type Colleague, flowFor, holds, isThrough, requireDelegate, seatOf } from './rules.ts'

const figures = (more: Partial<Figures> = {}): Figures => ({ amountFen: 100_00, discountBp: 0, belowCost: false, ...more })
const flow = (position: number, conditions: Condition[], enabled = true) => ({ position, conditions, enabled })
const person = (id: string, more: Partial<Colleague> = {}): Colleague => ({
  id,
  here: true,
  isAdmin: false,
  roleIds: [],
  managers: [],
  ...more,
})
const company = (...people: Colleague[]) => new Map(people.map((one) => [one.id, one]))
const manager = (level: number): Step => ({ kind: 'manager', level, mode: 'any' })
const by = (employeeId: string): Step => ({ kind: 'employee', employeeId, mode: 'any' })
const role = (roleId: string, mode: 'any' | 'all' = 'any'): Step => ({ kind: 'role', roleId, mode })
const ids = (asked: readonly { employeeId: string }[]) => asked.map(({ employeeId }) => employeeId)
const reason = (work: () => unknown): string => {
  try {
    work()
    return 'nothing'
  } catch (error) {
    return (error as { reason: string }).reason
  }
}

describe('which flow is called for', () => {
  it('compares percent to the hundredth, and the bound itself counts', () => {
    const condition: Condition = { kind: 'discountAtLeast', percent: '12.5' }
    expect(holds(condition, figures({ discountBp: 1249 }))).toBe(false)
    expect(holds(condition, figures({ discountBp: 1250 }))).toBe(true)
    expect(holds({ kind: 'amountAtLeast', fen: 100_00 }, figures())).toBe(true)
    expect(holds({ kind: 'belowCost' }, figures({ belowCost: true }))).toBe(true)
  })

  it('takes the first enabled one of which any condition holds; none at all means always', () => {
    const big = flow(2, [{ kind: 'amountAtLeast', fen: 1 }])
    const off = flow(0, [], false)
    const cost = flow(1, [{ kind: 'belowCost' }])
    expect(flowFor([big, off, cost], figures())?.flow).toBe(big)
    expect(flowFor([big, off, cost], figures({ belowCost: true }))).toEqual({ flow: cost, because: [{ kind: 'belowCost' }] })
    expect(flowFor([off, cost], figures())).toBeNull()
    expect(flowFor([flow(0, [])], figures())?.because).toEqual([])
  })
})

describe('who is asked', () => {
  const boss = person('boss')
  const head = person('head', { managers: ['boss'] })
  const seller = person('seller', { managers: ['head', 'boss'] })
  const admin = person('admin', { isAdmin: true })
  const all = company(seller, head, boss, admin)

  it('is the manager so many levels above', () => {
    expect(askedIn(manager(1), 'seller', all)).toEqual([{ employeeId: 'head', insteadOf: null, because: null }])
    expect(ids(askedIn(manager(2), 'seller', all))).toEqual(['boss'])
  })

  it('is the next level where a manager has left, and the administrators where nobody is left', () => {
    const without = company(seller, { ...head, here: false }, boss, admin)
    expect(askedIn(manager(1), 'seller', without)).toEqual([{ employeeId: 'boss', insteadOf: 'head', because: 'left' }])
    expect(askedIn(manager(3), 'seller', all)).toEqual([{ employeeId: 'admin', insteadOf: null, because: 'noManager' }])
    expect(askedIn(manager(1), 'boss', all)).toEqual([{ employeeId: 'admin', insteadOf: null, because: 'noManager' }])
  })

  it('is everybody with a role but who asks; an empty role is the administrators', () => {
    const finance = [
      person('a', { roleIds: ['f'] }),
      person('b', { roleIds: ['f'] }),
      person('c', { roleIds: ['f'], here: false }),
    ]
    const firm = company(...finance, admin)
    expect(ids(askedIn(role('f'), 'a', firm))).toEqual(['b'])
    expect(askedIn(role('x'), 'a', firm)).toEqual([{ employeeId: 'admin', insteadOf: null, because: 'nobody' }])
  })

  it('is somebody above a named colleague who has left or asks himself', () => {
    expect(askedIn(by('head'), 'head', all)).toEqual([{ employeeId: 'boss', insteadOf: 'head', because: 'ownStep' }])
    const without = company(seller, { ...head, here: false }, { ...boss, here: false }, admin)
    expect(askedIn(by('head'), 'seller', without)).toEqual([{ employeeId: 'admin', insteadOf: null, because: 'left' }])
  })

  it('is the only administrator for his own request, and that is said', () => {
    expect(askedIn(manager(1), 'admin', all)).toEqual([{ employeeId: 'admin', insteadOf: null, because: 'onlyAdmin' }])
    const two = company(admin, person('other', { isAdmin: true }))
    expect(ids(askedIn(manager(1), 'admin', two))).toEqual(['other'])
  })

  it('is whom a place was given to, along the way, until he leaves; never twice the same', () => {
    const passed = [
      { from: 'head', to: 'boss' },
      { from: 'boss', to: 'admin' },
    ]
    expect(askedIn(manager(1), 'seller', all, passed)).toEqual([{ employeeId: 'admin', insteadOf: 'head', because: null }])
    const left = company(seller, head, boss, { ...admin, here: false })
    expect(ids(askedIn(manager(1), 'seller', left, passed))).toEqual(['boss'])
    const back = [...passed.slice(0, 1), { from: 'boss', to: 'head' }]
    expect(ids(askedIn(manager(1), 'seller', all, back))).toHaveLength(1)
  })
})

describe('how a step ends', () => {
  const seat = (employeeId: string) => ({ employeeId, insteadOf: null, because: null })
  it('by one of them, or by all', () => {
    expect(isThrough({ mode: 'any' }, [seat('a'), seat('b')], ['b'])).toBe(true)
    expect(isThrough({ mode: 'all' }, [seat('a'), seat('b')], ['b'])).toBe(false)
    expect(isThrough({ mode: 'all' }, [seat('a'), seat('b')], ['b', 'a'])).toBe(true)
    expect(isThrough({ mode: 'any' }, [seat('a')], [])).toBe(false)
  })

  it('nobody else decides, nobody twice, nothing that has ended', () => {
    expect(reason(() => seatOf('approved', 'a', [seat('a')], []))).toBe('ended')
    expect(reason(() => seatOf('pending', 'x', [seat('a')], []))).toBe('notAsked')
    expect(reason(() => seatOf('pending', 'a', [seat('a')], ['a']))).toBe('alreadyDecided')
    expect(seatOf('pending', 'a', [seat('a')], [])).toEqual(seat('a'))
  })

  it('a place goes to nobody who asks, has left or is asked already', () => {
    const firm = company(person('a'), person('b'), person('c', { here: false }))
    const to = (id: string) => reason(() => requireDelegate(id, 'b', firm, [seat('a')]))
    expect(['a', 'b', 'c', 'nobody'].map(to)).toEqual(['delegateUnfit', 'delegateUnfit', 'delegateUnfit', 'delegateUnfit'])
    expect(reason(() => requireDelegate('b', 'a', firm, []))).toBe('nothing')
  })
})
