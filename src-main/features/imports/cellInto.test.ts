import { expect, test } from 'vitest'
import { isBlank } from './cellInto.ts'

test('a cell is blank when trimming leaves nothing, whatever it begins with', () => {
  for (let code = 0; code < 0x10000; code++) {
    const sign = String.fromCharCode(code)
    for (const text of [sign, `${sign}\u3000`, `${sign}a`]) expect(isBlank(text), code.toString(16)).toBe(text.trim() === '')
  }
  expect(isBlank('')).toBe(true)
})
