import { expect, it, vi } from 'vitest'
import { listed, setLanguage, startText } from './text.ts'

it('lists names as a sentence of the chosen language does', async () => {
  startText('zh-CN')
  expect([listed(['来源', '等级', '备注']), listed(['来源']), listed([])]).toEqual(['来源、等级、备注', '来源', ''])
  // The page around it is not there.
  vi.stubGlobal('document', { documentElement: {} })
  await setLanguage('en-US')
  expect(listed(['Source', 'Level', 3])).toBe('Source, Level, 3')
})
