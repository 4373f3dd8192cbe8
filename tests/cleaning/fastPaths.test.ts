import fc from 'fast-check'
import { pinyin } from 'pinyin-pro'
import { describe, expect, test } from 'vitest'
import { BRAND_FIRST, BRAND_SECOND, CITIES, FORMS, GIVEN, SURNAMES, TRADES } from '../../src-main/features/setup/seedWords.ts'
import { nameTokens } from '../../src-main/kernel/searchTerms.ts'
import { DIVISIONS } from '../../src-shared/kernel/cleaning/divisions.gen.ts'
import { beginsName, loadPlaces, pairAt } from '../../src-shared/kernel/cleaning/divisions.ts'
import { isNothing } from '../../src-shared/kernel/cleaning/text.ts'
import { SIMPLIFIED, TRADITIONAL } from '../../src-shared/kernel/matching/simplified.gen.ts'
import { toSimplified } from '../../src-shared/kernel/matching/simplified.ts'
import { pinyinOf } from '../../src-shared/kernel/pinyin/pinyin.ts'
import { READ_OTHERWISE } from '../../src-shared/kernel/pinyin/wordReadings.gen.ts'

const words = [
  ...CITIES.flat(),
  ...BRAND_FIRST,
  ...BRAND_SECOND,
  ...TRADES,
  ...FORMS,
  ...READ_OTHERWISE.split(' ').filter((_, at) => at % 7 === 0),
  ...(DIVISIONS.match(/[\u4e00-\u9fff]+/g) ?? []).filter((_, at) => at % 9 === 0),
]
const run = fc.oneof(
  fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 6 }).map((parts) => parts.join('')),
  fc
    .array(
      fc.integer({ min: 0x4e00, max: 0x9fa5 }).map((code) => String.fromCharCode(code)),
      { minLength: 1, maxLength: 8 },
    )
    .map((signs) => signs.join('')),
)
const name = fc
  .tuple(
    fc.constantFrom(...SURNAMES, '欧阳', '尉迟', '万俟', '单于', '长孙', '单', '曾', '仇', '区', '解'),
    fc.array(fc.constantFrom(...GIVEN), { maxLength: 2 }),
  )
  .map(([surname, given]) => surname + given.join(''))
const longestFirst = <Name extends { readonly text: string }>(names: readonly Name[]): Name[] =>
  names.toSorted((a, b) => b.text.length - a.text.length)
const LIBRARY = { toneType: 'none', type: 'array', v: true } as const

describe('what is read the short way is read as the long way reads it', () => {
  test('sounds of any text', () => {
    const same = (text: string): void => {
      expect(pinyinOf(text).full).toEqual(pinyin(text, LIBRARY))
    }
    fc.assert(
      fc.property(run, (text) => same(text.slice(0, 60))),
      { numRuns: 4000 },
    )
    for (const word of READ_OTHERWISE.split(' ')) same(`苏州${word}公司`)
  })

  test('sounds of people', () => {
    const same = (text: string): void => {
      expect(pinyinOf(text, { person: true }).full).toEqual(pinyin(text, { ...LIBRARY, surname: 'head' }))
    }
    const short = run.map((text) => text.slice(0, 5))
    fc.assert(
      fc.property(fc.oneof(name, short), (text) => same(text)),
      { numRuns: 4000 },
    )
  })

  test('simplified characters', () => {
    const pairs = new Map([...TRADITIONAL].map((character, at) => [character, SIMPLIFIED[at] ?? '']))
    const any = fc.array(fc.oneof(fc.constantFrom(...TRADITIONAL), fc.constantFrom(...words), fc.string({ unit: 'grapheme' })), {
      maxLength: 12,
    })
    fc.assert(
      fc.property(any, (parts) => {
        const text = parts.join('')
        expect(toSimplified(text)).toBe([...text].map((character) => pairs.get(character) ?? character).join(''))
      }),
    )
  })

  test('search tokens of a name', () => {
    const long = (text: string): string[] =>
      text
        .normalize('NFKC')
        .toLowerCase()
        .match(/[\p{Script=Han}]|[^\s\p{Script=Han}\p{P}\p{S}\p{C}]+/gu) ?? []
    const same = (text: string): void => {
      expect(nameTokens(text)).toEqual(long(text))
    }
    fc.assert(fc.property(fc.oneof(run, fc.string({ unit: 'grapheme' })), (text) => same(text)))
  })

  test('every name of the register is found by its first two characters, the longest first', () => {
    const places = loadPlaces()
    for (const level of ['province', 'city', 'district'] as const) {
      for (const [place, all] of places[level]) {
        const noted = places.written[level].get(pairAt(place, 0))?.find(({ text }) => text === place)
        expect(noted?.all, place).toBe(all)
        expect(places.starting.get(pairAt(place, 0))?.find(({ text }) => text === place)?.named[level], place).toBe(all)
        expect(beginsName(places, `在${place}`, 1), place).toBe(true)
      }
      for (const list of places.written[level].values()) expect(list).toEqual(longestFirst(list))
    }
    for (const list of places.starting.values()) expect(list).toEqual(longestFirst(list))
    // A second sign of which only the lower half is that of 州.
    expect(beginsName(places, '苏\uddde', 0)).toBe(false)
  })

  test('words for nothing', () => {
    for (const word of [
      '无',
      ' 未提供 ',
      'undefined',
      'ＵＮＤＥＦＩＮＥＤ',
      '(blank)',
      '——————————————',
      '無\u200b',
      '＃Ｎ／Ａ',
      '————。。。。————',
      ' ',
      '',
    ])
      expect(isNothing(word), word).toBe(!word.startsWith('無'))
    for (const word of [
      '无锡市滨湖区某某路',
      'undefined behaviour',
      '苏州达科物流有限公司',
      '0512-66218800转801',
      '-----------1',
    ])
      expect(isNothing(word), word).toBe(false)
  })
})
