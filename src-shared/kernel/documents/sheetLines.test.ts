import { describe, expect, it } from 'vitest'
import { lineAmount } from './lines.ts'
import { settleRows, sheetDiscount, sheetLine, sheetRate, type SheetLine } from './sheetLines.ts'

const line = (said: Record<string, unknown>): SheetLine => sheetLine({ lineName: '法兰', ...said }, '')
const sum = (lines: readonly (SheetLine & { priceFen: number })[]): number =>
  lines.reduce((total, one) => total + lineAmount(one), 0)

describe('lines of documents in sheets', () => {
  it.each([
    ['9折', '10'],
    ['95折', '5'],
    ['8.5折', '15'],
    ['10%', '10'],
    ['10', '10'],
    ['0.1', '10'],
    ['１０％', '10'],
    ['很多', null],
    ['120', null],
  ])('%s is taken off as %s percent', (given, off) => {
    expect(sheetDiscount(given)).toBe(off)
  })
  it('reads rates with and without their sign', () => {
    expect([sheetRate('13%'), sheetRate('0.13'), sheetRate('6'), sheetRate('')]).toEqual(['13', '13', '6', null])
  })

  it('a sum decides the price, or the discount, or stands as it is', () => {
    expect(line({ quantity: 4, amountFen: 40_000 })).toMatchObject({ quantity: '4', priceFen: 10_000, discount: '0' })
    expect(line({ quantity: 4, priceFen: 10_000, amountFen: 36_000 })).toMatchObject({ priceFen: 10_000, discount: '10' })
    expect(line({ quantity: 3, unit: '件', amountFen: 10_000 })).toMatchObject({ quantity: '1', priceFen: 10_000, note: '3 件' })
    expect(line({ amountFen: -5_000 })).toMatchObject({ quantity: '-1', priceFen: 5_000 })
  })

  it('one row with a sum and no line is one line of that sum', () => {
    const { lines, agrees } = settleRows([{ lines: [], totalFen: 12_300 }], null, '二期设备')
    expect(lines).toMatchObject([{ name: '二期设备', quantity: '1', priceFen: 12_300 }])
    expect(agrees).toBe(true)
  })

  it('the same sum in every row is that of the document, and what the lines are above it its discount', () => {
    const rows = [line({ priceFen: 6_000 }), line({ priceFen: 5_000 })].map((one) => ({ lines: [one], totalFen: 10_000 }))
    const { lines, discountFen } = settleRows(rows, null, '')
    expect([sum(lines), discountFen]).toEqual([11_000, 1_000])
  })

  it('different sums are those of the rows', () => {
    const rows = [
      { lines: [line({ quantity: 2 })], totalFen: 6_000 },
      { lines: [line({ quantity: 1, priceFen: 5_000 })], totalFen: 4_500 },
    ]
    const { lines, discountFen, agrees } = settleRows(rows, null, '')
    expect(lines).toMatchObject([{ quantity: '2', priceFen: 3_000 }, { discount: '10' }])
    expect([sum(lines), discountFen, agrees]).toEqual([10_500, 0, true])
  })

  it('a sum above the lines is told, and a discount that stands there is kept', () => {
    expect(settleRows([{ lines: [line({ priceFen: 6_000 })], totalFen: 7_000 }], null, '')).toMatchObject({
      discountFen: 0,
      agrees: false,
    })
    expect(settleRows([{ lines: [line({ priceFen: 6_000 })], totalFen: 5_500 }], 500, '')).toMatchObject({
      discountFen: 500,
      agrees: true,
    })
  })
})
