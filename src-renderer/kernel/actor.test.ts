import { expect, it } from 'vitest'
import { text as history } from '../../src-shared/features/history/text.ts'
import { actorWord, programWord } from './actor.ts'
import { registerSlice } from './slices.ts'
import { startText } from './text.ts'

startText('zh-CN')
registerSlice('history', history)

it('calls the program by a word, and a person by the name', () => {
  expect(actorWord('system', 'system')).toBe('系统')
  expect(actorWord('system', 'job')).toBe('系统')
  expect(actorWord('', 'http')).toBe('系统')
  expect(actorWord('seed', 'cli')).toBe('示例数据')
  expect(actorWord('何佳怡', 'http')).toBe('何佳怡')
  expect(programWord('system', 'http')).toBeNull()
})
