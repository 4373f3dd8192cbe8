import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashOfNumber, keyHash, keyNumber, numberOf, numbersOfKind } from './keyNumber.ts'

const KINDS = ['phone', 'core', 'code', 'email', 'pinyin'] as const
const key = fc.record({ kind: fc.constantFrom(...KINDS), key: fc.string({ unit: 'binary', maxLength: 30 }) })

test('a number is whole, lies among those of its kind, and is the same hash again', () => {
  fc.assert(
    fc.property(key, (one) => {
      const number = keyNumber(one)
      const [from, below] = numbersOfKind(one.kind)
      expect(Number.isSafeInteger(number)).toBe(true)
      expect(number >= from && number < below).toBe(true)
      expect(hashOfNumber(number)).toEqual(keyHash(one))
      expect(numberOf(hashOfNumber(number))).toBe(number)
    }),
  )
})

test('stored numbers stay what they are', () => {
  expect([
    keyNumber({ kind: 'phone', key: '8613805126621' }),
    keyNumber({ kind: 'core', key: '达科' }),
    keyNumber({ kind: 'code', key: '91320500MA1X2Y3Z4A' }),
    keyNumber({ kind: 'email', key: 'a@b.cn' }),
    keyNumber({ kind: 'pinyin', key: 'dake' }),
  ]).toEqual([804086067434530, 1737018311471092, 2304656716818796, 3944010649190313, 5115786097802160])
})

test('keys as companies have them are told apart: numbers one after another, tails with names, short names, mails', () => {
  const seen = new Set<number>()
  let keys = 0
  const add = (kind: string, text: string): void => {
    keys++
    seen.add(keyNumber({ kind, key: text }))
  }
  for (let at = 0; at < 150_000; at++) {
    add('phone', `86138${String(at).padStart(8, '0')}`)
    add('email', `sales${at}@kehu.cn`)
  }
  for (let at = 0; at < 10_000; at++)
    for (const name of ['wangwei', 'lina', 'zhangmin']) add('phone', `${String(at).padStart(4, '0')}~${name}`)
  for (let a = 0; a < 300; a++) for (let b = 0; b < 300; b++) add('core', String.fromCharCode(0x4e00 + a * 37, 0x4e00 + b * 41))
  expect(keys - seen.size).toBe(0)
})

test('importers with keys of their own get numbers as well, which no stored kind has', () => {
  const number = keyNumber({ kind: 'login', key: '王伟' })
  expect(number).not.toBe(keyNumber({ kind: 'name', key: '王伟' }))
  expect(number).toBeGreaterThanOrEqual(numbersOfKind('pinyin')[1])
})
