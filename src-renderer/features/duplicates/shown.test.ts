import { beforeAll, describe, expect, it } from 'vitest'
import { text as customers } from '../../../src-shared/features/customers/text.ts'
import { registerSlice } from '../../kernel/slices.ts'
import { differing, percentOf, shownValue } from './shown.ts'

const clock = { nowMs: Date.parse('2026-11-19T02:00:00.000Z'), zone: 'Asia/Shanghai' }
const words = { yes: '是', no: '否', separator: '、' }
beforeAll(() => {
  registerSlice('customers', customers)
})

describe('side by side', () => {
  it('marks what says something else than the first, and no gap', () => {
    expect(differing('phone', ['', '138', '139', '138'])).toEqual([false, false, true, false])
    expect(differing('createdAt', ['1', '2'])).toEqual([false, false])
  })
  it('writes values as people read them', () => {
    const own = (field: string, type: 'phone' | 'select', value: string) =>
      shownValue({ feature: 'customers', field, label: null, type }, value, clock, words)
    expect(own('phone', 'phone', '+8613805126621')).toBe('138 0512 6621')
    expect(own('phone', 'phone', '138****6621')).toBe('138****6621')
    const added = { feature: 'customers', field: 'cf_1', label: '预算' }
    expect(shownValue({ ...added, type: 'money' }, 1234500, clock, words)).toBe('12,345.00')
    expect(shownValue({ ...added, type: 'select' }, '大', clock, words)).toBe('大')
    expect(own('status', 'select', 'won')).toBe(customers['zh-CN']['options.status.won'])
    expect(
      shownValue({ feature: 'duplicates', field: 'contacts', label: null, type: 'text' }, ['王海峰', '曹伟'], clock, words),
    ).toBe('王海峰、曹伟')
  })
  it('never tells of a hundred', () => {
    expect([percentOf(1000), percentOf(926), percentOf(503)]).toEqual(['99%', '92%', '50%'])
  })
})
