import { expect, it } from 'vitest'
import { LANGUAGES } from '../kernel/text.ts'
import { settingsPages } from './settingsPages.ts'
import { settingsInside } from './settingsInsideText.ts'

it('every page of the settings is found by what can be set on it, in both languages, and nothing else is named', () => {
  expect(Object.keys(settingsInside).toSorted()).toEqual(settingsPages.map(({ path }) => path).toSorted())
  for (const words of Object.values(settingsInside)) {
    const [first, ...others] = LANGUAGES.map((language) => words[language].length)
    expect(first).toBeGreaterThan(0)
    for (const count of others) expect(count).toBe(first)
  }
})

it('whoever looks for phones is led to where they are kept, masked and compared', () => {
  const found = Object.entries(settingsInside).filter(([, words]) => words['zh-CN'].some((word) => word.includes('手机')))
  expect(found.map(([path]) => path)).toEqual(['/settings/people', '/settings/roles', '/settings/matching'])
})
