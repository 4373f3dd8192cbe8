import { describe, expect, it } from 'vitest'
import { readPhones } from '../../src-shared/kernel/cleaning/phone.ts'
import { inventPhones } from '../support/inventedPhones.ts'

/** Seeds nobody tuned on; the kinds were written before the rules that read them. */
describe.each([20261, 20262])('invented phone cells, seed %i', (seed) => {
  const cells = inventPhones(7000, seed)
  const wrong = cells.filter(({ raw, expected, extension, masked }) => {
    const read = readPhones(raw)
    return (
      read.phones.map(({ e164 }) => e164).join(' ') !== expected ||
      (read.phones.find((one) => one.extension !== null)?.extension ?? '') !== extension ||
      read.masked.join(' ') !== masked
    )
  })

  it('are read exactly in at least 99 %', () => {
    const told = wrong.map(({ kind, raw, expected }) => `${kind}: ${raw} → ${expected}`).slice(0, 20)
    expect(1 - wrong.length / cells.length, told.join('\n')).toBeGreaterThanOrEqual(0.99)
  })

  it('fail in no kind as a whole', () => {
    for (const kind of new Set(cells.map((cell) => cell.kind))) {
      const of = (list: readonly { kind: string }[]) => list.filter((one) => one.kind === kind).length
      expect(of(wrong) / of(cells), kind).toBeLessThan(0.1)
    }
  })
})

describe('what is doubtful', () => {
  it.each([
    ['1.38051E+10', 'digitsLost'],
    ['66218800', 'areaCode'],
    ['95588转2', 'short'],
    ['0571-8888888', 'invalid'],
    ['1380512662', 'invalid'],
    ['320502199001011234', 'invalid'],
  ])('%s is a problem: %s', (cell, code) => {
    const { phones, problems } = readPhones(cell)
    expect([phones, problems.map((problem) => problem.code)]).toEqual([[], [code]])
  })

  it.each(['QQ：123456789', '2024-03-05', 'wang2020@qq.com', '邮编：215000', '3号楼501'])(
    '%s is no number and no doubt',
    (cell) => expect(readPhones(cell)).toEqual({ phones: [], masked: [], problems: [] }),
  )
})
