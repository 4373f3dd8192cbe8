import { describe, expect, it } from 'vitest'
import { Filter } from '../../../src-shared/kernel/list.ts'
import { countRules } from './count.ts'
import {
  addGroup,
  addRule,
  type Draft,
  type DraftRule,
  draftOf,
  filterOf,
  removeAt,
  ruleFor,
  setMode,
  setRule,
  waitingIn,
} from './draft.ts'
import type { FilterField } from './filterField.ts'
import { quickValues, withoutQuick, withQuick } from './quick.ts'
import { refusedFields, refusedRules, withoutRefused } from './refused.ts'
import { inWay, isComplete, valueOf, wayOf, waysOf, written } from './ways.ts'

const name: FilterField = { key: 'name', label: '名称', type: 'text', group: 'own' }
const level: FilterField = { key: 'level', label: '级别', type: 'select', group: 'own', options: [{ value: 'A', label: 'A' }] }
const next: FilterField = { key: 'nextFollowUpAt', label: '下次', type: 'instant', group: 'own' }
const contact: FilterField = { key: 'related.contact', label: '联系人', type: 'related', group: 'related', fields: [name] }
const fields = [name, level, next, contact]

describe('a draft', () => {
  const filled = (draft: Draft, at: number[], value: unknown) => {
    const part = at.reduce<unknown>((group, index) => (group as Draft).rules[index], draft)
    return setRule(draft, at, { ...(part as ReturnType<typeof ruleFor>), value: value as string })
  }

  it('grows by conditions and groups, says nothing until a value stands, and shrinks again', () => {
    let draft = addRule(draftOf(null), [], name)
    expect(filterOf(draft, fields)).toBeNull()
    draft = filled(draft, [0], '海')
    draft = addGroup(draft, [], level)
    expect(filterOf(draft, fields)).toEqual({ combinator: 'and', rules: [{ field: 'name', operator: 'contains', value: '海' }] })
    draft = filled(draft, [1, 0], ['A'])
    expect(filterOf(draft, fields)?.rules[1]).toEqual({
      combinator: 'or',
      rules: [{ field: 'level', operator: 'in', value: ['A'] }],
    })
    draft = setMode(draft, [1], 'none')
    expect(filterOf(draft, fields)?.rules[1]).toMatchObject({ combinator: 'or', not: true })
    expect(countRules(filterOf(draft, fields))).toBe(2)
    draft = setMode(removeAt(draft, [0]), [], 'any')
    const left = filterOf(draft, fields)
    expect(left).toMatchObject({ combinator: 'or', rules: [{ not: true }] })
    expect(Filter.safeParse(left).success).toBe(true)
    expect(filterOf(removeAt(draft, [0]), fields)).toBeNull()
  })

  it('is the filter it was made of, every part with an id that stays', () => {
    const filter: Filter = {
      combinator: 'and',
      rules: [
        { field: 'name', operator: '=', value: 'x' },
        { combinator: 'or', not: true, rules: [{ field: 'level', operator: 'null' }] },
      ],
    }
    const draft = draftOf(filter)
    expect(filterOf(draft, fields)).toEqual(filter)
    const [, group] = draft.rules
    expect((addRule(draft, [], name).rules[1] as Draft).id).toBe((group as Draft).id)
  })

  it('a condition on related records holds without its unfinished inner ones', () => {
    const unfinished = { combinator: 'and' as const, rules: [{ field: 'name', operator: 'contains' as const }] }
    const has = { field: 'related.contact', operator: 'notNull' as const }
    const draft = draftOf({ combinator: 'and', rules: [{ ...has, of: unfinished }, has] })
    expect(filterOf(draft, fields)).toEqual({ combinator: 'and', rules: [has, has] })
    expect(waitingIn(draft, fields)).toBe(1)
    expect(waitingIn(addRule(addGroup(draft, [], name), [], level), fields)).toBe(3)
    const [first] = draft.rules as DraftRule[]
    const inner = filled(first?.inner as Draft, [0], '王')
    const finished = setRule(draft, [0], { ...(first as DraftRule), inner })
    expect(waitingIn(finished, fields)).toBe(0)
    expect(filterOf(finished, fields)?.rules[0]).toEqual({
      ...has,
      of: { combinator: 'and', rules: [{ field: 'name', operator: 'contains', value: '王' }] },
    })
  })
})

describe('ways to compare', () => {
  it.each([
    ['instant', { operator: 'within', value: 'last:30' }, 'lastDays', 30],
    ['instant', { operator: 'within', value: 'next:7' }, 'nextDays', 7],
    ['instant', { operator: 'within', value: 'thisWeek' }, 'inPeriod', 'thisWeek'],
    ['instant', { operator: '<', value: '@today-7' }, 'olderThan', 7],
    ['instant', { operator: '<', value: '2026-01-01' }, 'before', '2026-01-01'],
    ['instant', { operator: '<=', value: '@today' }, 'upTo', '@today'],
    ['instant', { operator: 'notWithin', value: 'last:7' }, 'noneFor', 7],
    ['instant', { operator: 'notWithin', value: 'next:3' }, 'noneAhead', 3],
    ['select', { operator: '=', value: 'A' }, 'isIn', ['A']],
    ['people', { operator: '!=', value: '@me' }, 'isNotIn', ['@me']],
    ['boolean', { operator: '=', value: false }, 'isNo', false],
    ['related', { operator: '>=', value: 2 }, 'hasAtLeast', 2],
  ] as const)('%s: %j reads as %s', (type, given, key, value) => {
    const rule = { field: 'x', ...given } as Parameters<typeof wayOf>[1]
    const way = wayOf(type, rule)
    expect(way?.key).toBe(key)
    if (!way) return
    expect(valueOf(way, rule)).toEqual(value)
    expect(isComplete(rule, way)).toBe(true)
    if (way.write) expect(written(way, valueOf(way, rule))).toEqual(given.value)
  })

  it('every way of every kind begins as a rule that reads as that way again', () => {
    for (const field of fields)
      for (const way of waysOf(field.type)) {
        const rule = inWay({ field: field.key, operator: '=' }, null, way)
        if (way.first !== undefined || way.asks === 'nothing') expect(wayOf(field.type, rule)?.key, way.key).toBe(way.key)
      }
  })

  it('what was filled in stays where both ask for the same', () => {
    const [contains, , equals] = waysOf('text')
    const rule = { field: 'name', operator: 'contains' as const, value: '海' }
    expect(contains && equals && inWay(rule, contains, equals)).toEqual({ field: 'name', operator: '=', value: '海' })
  })
})

describe('a quick filter', () => {
  it('is the one condition on its field that everything must meet', () => {
    const filter = withQuick(null, 'level', ['A', '-'])
    expect(filter).toEqual({ combinator: 'and', rules: [{ field: 'level', operator: 'in', value: ['A', null] }] })
    expect(quickValues(filter, 'level')).toEqual(['A', '-'])
    expect(withQuick(filter, 'level', ['B'])?.rules).toHaveLength(1)
    expect(withoutQuick(filter, 'level')).toBeNull()
    expect(withoutQuick(null, 'level')).toBeNull()
  })

  it('stands beside a filter that is none of its kind', () => {
    const any: Filter = { combinator: 'or', rules: [{ field: 'level', operator: 'in', value: ['A'] }] }
    expect(quickValues(any, 'level')).toEqual([])
    expect(withQuick(any, 'level', ['B'])).toEqual({
      combinator: 'and',
      rules: [any, { field: 'level', operator: 'in', value: ['B'] }],
    })
    expect(withoutQuick(any, 'level')).toBe(any)
  })
})

describe('what may not be asked', () => {
  const filter: Filter = {
    combinator: 'and',
    rules: [
      { field: 'level', operator: 'in', value: ['A'] },
      { combinator: 'or', rules: [{ field: 'phone', operator: 'notNull' }] },
      {
        field: 'related.contact',
        operator: 'notNull',
        of: { combinator: 'and', rules: [{ field: 'wechat', operator: 'notNull' }] },
      },
    ],
  }
  it('is found however deep it stands, named, and taken out', () => {
    const refused = refusedRules(filter, fields)
    expect(refused.map(({ field }) => field)).toEqual(['phone', 'related.contact'])
    expect(refusedFields(refused, fields).map(({ key }) => key)).toEqual(['phone', 'wechat'])
    expect(withoutRefused(filter, fields)).toEqual({ combinator: 'and', rules: [filter.rules[0]] })
    expect(refusedRules({ combinator: 'and', rules: [{ field: 'changedIn', operator: '=', value: 'x' }] }, fields)).toEqual([])
  })
})
