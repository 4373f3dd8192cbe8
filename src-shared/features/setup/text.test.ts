import { expect, it } from 'vitest'
import { SAMPLE_REFUSALS, SETUP_REFUSALS } from './contract.ts'
import { text } from './text.ts'

it('every refusal of the first run has words in both languages', () => {
  const keys = [...SETUP_REFUSALS, ...SAMPLE_REFUSALS].map((name) => `refusals.${name}`)
  for (const language of ['zh-CN', 'en-US'] as const) expect(keys.filter((key) => !(key in text[language]))).toEqual([])
  expect(Object.keys(text['en-US'])).toEqual(Object.keys(text['zh-CN']))
})
