import { expect, it } from 'vitest'
import { FOCUS_KEYS } from './keyTable.ts'
import { text } from './text.ts'

it('every key is told once in its group, in words of both languages', () => {
  for (const { group, lines } of FOCUS_KEYS) {
    expect(new Set(lines.map(({ keys }) => keys)).size, group).toBe(lines.length)
    for (const words of Object.values(text)) for (const { word } of lines) expect(words[word]).toBeTruthy()
  }
})
