import { expect, it } from 'vitest'
import { SYSTEM_VIEWS } from '../customers/systemViews.ts'
import { text as customers } from '../customers/text.ts'
import { text } from './text.ts'

it('calls every view of the program as its list does', () => {
  for (const language of ['zh-CN', 'en-US'] as const) {
    const names: Readonly<Record<string, string>> = text[language]
    for (const { key, word } of SYSTEM_VIEWS) expect(names[`customer:${key}`], key).toBe(customers[language][word])
  }
})
