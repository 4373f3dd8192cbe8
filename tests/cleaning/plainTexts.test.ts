import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cleanLongText, cleanName, cleanText, isNothing, toHalfWidth } from '../../src-shared/kernel/cleaning/text.ts'
import { nameCore } from '../../src-shared/kernel/matching/nameCore.ts'
import { pinyinOf, sortKey } from '../../src-shared/kernel/pinyin/pinyin.ts'

const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad\u180e\p{Cc}]/gu
const seen = (text: string): string =>
  text.replace(INVISIBLE, (sign) => ('\t\n\r\u0085'.includes(sign) ? sign : '')).replace(/[^\S\t\n\v\f\r ]|\u0085/g, ' ')
const line = (text: string): string => seen(text).replace(/\s+/g, ' ').trim()

/** Every sign near the edges of what is looked at, and the words that mean something. */
const edges = [
  0x00, 0x08, 0x09, 0x0a, 0x0d, 0x1f, 0x20, 0x21, 0x7e, 0x7f, 0x85, 0x9f, 0xa0, 0xad, 0xae, 0x1680, 0x180e, 0x1fff, 0x2000,
  0x200b, 0x200f, 0x2014, 0x2029, 0x202f, 0x205f, 0x2069, 0x206f, 0x2070, 0x3000, 0x3001, 0x33ff, 0x3400, 0x4dff, 0x4e00, 0x9fff,
  0xa000, 0xd83d, 0xde00, 0xfefe, 0xfeff, 0xff00, 0xff01, 0xff08, 0xff5e, 0xff5f,
].map((code) => String.fromCharCode(code))
const words = [
  '无',
  '未知',
  '没有',
  'n/a',
  'ＮＡ',
  'undefined',
  '(blank)',
  '苏州',
  '达科物流',
  'Acme',
  '（',
  '）',
  '(',
  ')',
  '[',
  '【',
  '】',
  '﹙',
  '．',
  '＆',
  '１',
  '8',
  ' ',
  '  ',
]
const text = fc
  .array(fc.oneof(fc.constantFrom(...words), fc.constantFrom(...edges), fc.string({ unit: 'binary', maxLength: 2 })), {
    maxLength: 8,
  })
  .map((parts) => parts.join(''))

describe('texts that need no cleaning are told at a glance', () => {
  test('one line', () => {
    fc.assert(
      fc.property(text, (cell) => {
        expect(cleanText(cell)).toBe(line(cell))
      }),
      { numRuns: 8000 },
    )
    for (const sign of edges)
      for (const cell of [sign, `a${sign}`, `${sign}a`, `a${sign}b`, `中${sign}${sign}文`])
        expect(cleanText(cell)).toBe(line(cell))
  })

  test('several lines', () => {
    const long = (cell: string): string =>
      seen(cell)
        .replace(/\r\n?/g, '\n')
        .replace(/[ \t]+/g, ' ')
        .replace(/ ?\n ?/g, '\n')
        .replace(/\n{3,}/g, '\n\n')
        .trim()
    fc.assert(
      fc.property(text, (cell) => {
        expect(cleanLongText(cell)).toBe(long(cell))
      }),
      { numRuns: 8000 },
    )
  })

  test('names: what stands between the signs of a name changes none of them', () => {
    expect(cleanName('苏州达科]')).toBe('苏州达科]')
    expect(cleanName('苏州达科 ]')).toBe('苏州达科）')
    expect(cleanName('苏州（达科')).toBe('苏州（达科')
    expect(cleanName('（苏州达科')).toBe('苏州达科')
    expect(cleanName('苏 州 达科ＡＢ１（深 圳）')).toBe('苏州达科AB1（深圳）')
    expect(cleanName('㐀 㐁')).toBe('㐀㐁')
    expect(cleanName('Ａｃｍｅ （China） Ltd．')).toBe('Acme (China) Ltd.')
    expect(cleanName('A＆B达科．中')).toBe('A&B达科.中')
    expect(cleanName('达科【VIP】')).toBe('达科（VIP）')
  })

  test('nothing', () => {
    const long = (cell: string): boolean => {
      const bare = toHalfWidth(line(cell)).toLowerCase()
      return (
        bare === '' ||
        ['无', '未知', '没有', 'n/a', 'na', 'undefined', '(blank)'].includes(bare) ||
        /^[-–—_/\\.。,、?？*·~～]+$/.test(bare)
      )
    }
    fc.assert(
      fc.property(text, (cell) => {
        expect(isNothing(cell), JSON.stringify(cell)).toBe(long(cell))
      }),
      { numRuns: 8000 },
    )
  })

  test('the legal form of a name is the whole of it', () => {
    for (const form of [
      '有限公司',
      '股份有限公司',
      '集团有限公司',
      '(集团)有限公司',
      '控股有限公司',
      '投资控股股份有限公司',
      '有限责任公司',
      '公司',
    ])
      expect(nameCore(`苏州达科物流${form}`), form).toEqual({ core: '达科物流', branch: null, form, region: '3205' })
    expect(nameCore('有限公司').core).toBe('有限公司')
  })

  test('sort keys of names that are not Chinese alone', () => {
    const name = fc.array(
      fc.constantFrom(
        '苏州',
        '重庆',
        '长城',
        '银行',
        '单',
        '曾',
        '了',
        '𠮷',
        '〇',
        'ＡＢ',
        'Acme',
        'ſK',
        '24',
        ' ',
        '（',
        '・',
        'é',
        '豈',
      ),
      { maxLength: 30 },
    )
    fc.assert(
      fc.property(name, fc.boolean(), (parts, person) => {
        const cell = parts.join('')
        expect(sortKey(cell, { person })).toBe(pinyinOf(cell, { person }).full.join(' '))
      }),
      { numRuns: 3000 },
    )
  })
})
