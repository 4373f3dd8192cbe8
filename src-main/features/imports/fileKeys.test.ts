import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keyHash } from '../../../src-shared/kernel/matching/keyNumber.ts'
import { FileKeys } from './fileKeys.ts'

const key = fc.record({ kind: fc.constantFrom('phone', 'core', 'pinyin'), key: fc.string({ maxLength: 3 }) })

test('rows stand under their keys in the order in which they came', () => {
  fc.assert(
    fc.property(fc.array(key, { maxLength: 400 }), (keys) => {
      const held = new FileKeys()
      const map = new Map<string, number[]>()
      for (const [row, one] of keys.entries()) {
        const name = `${one.kind} ${one.key}`
        const list = map.get(name)
        held.add(keyHash(one), row, (rows) => {
          expect(rows).toEqual(list)
          return rows.length < 3
        })
        if (!list) map.set(name, [row])
        else if (list.length < 3) list.push(row)
      }
      for (const one of keys) expect(held.rowsOf(keyHash(one))).toEqual(map.get(`${one.kind} ${one.key}`))
      expect(held.rowsOf(keyHash({ kind: 'email', key: '' }))).toBeNull()
    }),
  )
})

test('a hundred thousand keys are told apart', () => {
  const held = new FileKeys()
  const at = (row: number) => keyHash({ kind: 'phone', key: `86138${String(row * 7).padStart(8, '0')}` })
  for (let row = 0; row < 100_000; row++) held.add(at(row), row, () => true)
  for (let row = 0; row < 100_000; row += 37) expect(held.rowsOf(at(row))).toEqual([row])
  expect(held.rowsOf(keyHash({ kind: 'phone', key: '8613800000001' }))).toBeNull()
})
