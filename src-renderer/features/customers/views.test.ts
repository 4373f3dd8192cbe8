import { describe, expect, it } from 'vitest'
import { Which } from '../../../src-shared/kernel/list.ts'
import { conditionsOf, readState, VIEWS, whichOf, writeState } from './views.ts'

const clock = { nowMs: Date.parse('2026-11-19T17:30:00.000Z'), zone: 'Asia/Shanghai' }

describe('the address of the list', () => {
  it('comes back as it was written, and only carries what differs', () => {
    const state = {
      ...readState({}),
      view: 'mine' as const,
      level: ['A', '-'],
      sort: { field: 'name', direction: 'desc' as const },
    }
    expect(readState(writeState(state))).toEqual(state)
    expect(writeState(readState({}))).toEqual({})
  })
  it('survives nonsense', () => {
    expect(readState({ view: 'x', q: 7, level: 'A', sort: 'name', owner: [1, 'e'] })).toMatchObject({
      view: 'all',
      q: '',
      level: [],
      sort: null,
      owner: ['e'],
    })
  })
})

describe('what a view means', () => {
  it('makes sound filters for every view', () => {
    for (const view of VIEWS) expect(Which.safeParse(whichOf({ ...readState({}), view }, 'me', clock)).success).toBe(true)
  })
  it('counts days in the zone of the workspace', () => {
    expect(whichOf({ ...readState({}), view: 'dueToday' }, 'me', clock).filter?.rules).toEqual([
      { field: 'nextFollowUpAt', operator: '<', value: '2026-11-20T16:00:00.000Z' },
    ])
    expect(whichOf({ ...readState({}), view: 'newThisMonth' }, 'me', clock).filter?.rules).toEqual([
      { field: 'createdAt', operator: '>=', value: '2026-10-31T16:00:00.000Z' },
    ])
  })
  it('lets "not filled in" stand beside values', () => {
    expect(whichOf({ ...readState({}), level: ['A', '-'] }, null, clock).filter?.rules[0]).toEqual({
      combinator: 'or',
      rules: [
        { field: 'level', operator: 'in', value: ['A'] },
        { field: 'level', operator: 'null' },
      ],
    })
    expect(conditionsOf({ ...readState({ q: ' x ' }), level: ['A'], owner: ['e'] })).toBe(3)
  })
})
