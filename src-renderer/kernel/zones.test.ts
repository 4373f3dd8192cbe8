import { expect, it } from 'vitest'
import { startText } from './text.ts'
import { zoneLabel, zoneOptions } from './zones.ts'

startText('zh-CN')

it('names a zone in the language of the page', () => {
  expect(zoneLabel('Asia/Shanghai')).toBe('北京时间（Asia/Shanghai）')
  expect(zoneLabel('Asia/Tokyo')).toMatch(/^日本.*时间（Asia\/Tokyo）$/)
})

it('finds a zone by a city that is not in its name', () => {
  const found = (words: string) =>
    zoneOptions()
      .filter(({ search }) => search.includes(words))
      .map(({ value }) => value)
  for (const city of ['上海', '北京', '深圳', 'shanghai']) expect(found(city)).toContain('Asia/Shanghai')
  expect(found('纽约')).toEqual(['America/New_York'])
  expect(zoneOptions()[0]?.value).toBe('Asia/Shanghai')
  expect(new Set(zoneOptions().map(({ value }) => value)).size).toBe(Intl.supportedValuesOf('timeZone').length)
})
