import { afterAll, expect, it } from 'vitest'
import { startText } from '../../kernel/text.ts'
import { roleName } from './roleName.ts'

startText('zh-CN')
afterAll(() => startText('zh-CN'))

it('a seeded role that kept its name is called in the language of the reader; one that was renamed, or made, as it was', () => {
  expect(roleName({ name: 'Sales manager', builtin: 'salesManager' })).toBe('销售主管')
  startText('en-US')
  expect(roleName({ name: '管理员', builtin: 'admin' })).toBe('Administrator')
  expect(roleName({ name: '大区经理', builtin: 'salesManager' })).toBe('大区经理')
  expect(roleName({ name: '管理员', builtin: null })).toBe('管理员')
})
