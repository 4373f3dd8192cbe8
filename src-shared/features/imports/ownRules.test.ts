import { describe, expect, it } from 'vitest'
import { headerKey } from './mapping.ts'
import { isComplete, keptRules, type OwnRule, ownChanges, recalledRules } from './ownRules.ts'

const rule = (given: Partial<OwnRule>): OwnRule => ({
  id: 'r',
  column: 0,
  kind: 'replace',
  on: true,
  find: '',
  by: '',
  values: [],
  recalled: false,
  ...given,
})
const change = (text: string, ...rules: OwnRule[]): string => ownChanges(rules).get(0)?.(text, () => undefined) ?? text

describe('own rules of an import', () => {
  it('change a text as they say, plain text and not patterns', () => {
    expect(change('机戒', rule({ kind: 'unify', by: '机械', values: ['机戒', '机械行业'] }))).toBe('机械')
    expect(change('机戒厂', rule({ kind: 'unify', by: '机械', values: ['机戒'] }))).toBe('机戒厂')
    expect(change('a.b.c', rule({ find: '.', by: '$&' }))).toBe('a$&b$&c')
    expect(change('客户：博远', rule({ kind: 'prefix', find: '客户：' }))).toBe('博远')
    expect(change('博远（老客户）', rule({ kind: 'suffix', find: '（老客户）' }))).toBe('博远')
    expect(change('张三-采购', rule({ kind: 'before', find: '-' }))).toBe('张三')
    expect(change('张三- 采购', rule({ kind: 'after', find: '-' }))).toBe('采购')
    expect(change('abc', rule({ kind: 'upper' }))).toBe('ABC')
  })

  it('apply one after the other and tell what each did', () => {
    const told: string[] = []
    const changes = ownChanges([
      rule({ id: 'one', find: '戒', by: '械' }),
      rule({ id: 'off', on: false, find: '机', by: 'x' }),
      rule({ id: 'two', kind: 'unify', by: '机械制造', values: ['机械'] }),
    ])
    expect(changes.get(0)?.('机戒', ({ id, before, after }) => told.push(`${id} ${before} ${after}`))).toBe('机械制造')
    expect(told).toEqual(['one 机戒 机械', 'two 机械 机械制造'])
    expect(changes.get(1)).toBeUndefined()
  })

  it('that could change nothing are not complete', () => {
    expect(isComplete(rule({ find: '' }))).toBe(false)
    expect(isComplete(rule({ find: 'a', by: 'a' }))).toBe(false)
    expect(isComplete(rule({ kind: 'unify', by: 'a', values: ['a'] }))).toBe(false)
    expect(isComplete(rule({ kind: 'unify', by: '', values: ['a'] }))).toBe(false)
    expect(isComplete(rule({ kind: 'lower' }))).toBe(true)
  })

  it('find their column in the next file by its name, wherever it stands', () => {
    const kept = keptRules(
      [rule({ column: 1, find: 'a', by: 'b' }), rule({ column: 2, find: 'x' }), rule({ column: 0 })],
      ['公司', '行业 *', ''],
      headerKey,
    )
    expect(kept).toEqual([{ id: 'r', kind: 'replace', on: true, find: 'a', by: 'b', values: [], header: '行业' }])
    expect(recalledRules(kept, ['行业', '公司'], headerKey)).toEqual([rule({ column: 0, find: 'a', by: 'b', recalled: true })])
    expect(recalledRules(kept, ['公司'], headerKey)).toEqual([])
  })
})
