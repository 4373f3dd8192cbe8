import { expect, it } from 'vitest'
import { matches } from './actions.ts'

const action = { label: '新建客户', pinyin: 'xin jian ke hu' }

it.each(['新建', '客户', 'xinjian', 'xjkh', 'kh', 'XJ', 'xin jian', ''])('finds 新建客户 by %s', (typed) =>
  expect(matches(action, typed)).toBe(true),
)
it.each(['删除', 'xk', 'zz'])('does not find it by %s', (typed) => expect(matches(action, typed)).toBe(false))
