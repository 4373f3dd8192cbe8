import { describe, expect, it } from 'vitest'
import { amountOf, type Draft, emptyDraft, faultsOf, fenOf, isBlank, moved, pasted, totalOf, writtenOf, yuanOf } from './model.ts'

const line = (more: Partial<Draft> = {}): Draft => ({ ...emptyDraft('a'), name: '泵', price: '100', ...more })

describe('lines as they are typed', () => {
  it('are read as people write numbers', () => {
    expect(writtenOf(line({ quantity: '1,200.5', price: '¥1,234.56', discount: '5%', taxRate: '13' }))).toMatchObject({
      quantity: '1200.5',
      priceFen: 123_456,
      discount: '5',
      taxRate: '13',
    })
    expect(writtenOf(line({ discount: '', taxRate: ' ' }))).toMatchObject({ discount: '0', taxRate: null })
    expect([fenOf('abc'), fenOf('-5'), fenOf('0')]).toEqual([null, null, 0])
    expect([yuanOf(12_300), yuanOf(12_345), yuanOf(null)]).toEqual(['123', '123.45', ''])
  })

  it('name what is wrong, and an empty one is nothing', () => {
    expect(faultsOf(emptyDraft('a'))).toEqual([])
    expect(isBlank(emptyDraft('a'))).toBe(true)
    expect(faultsOf(line({ quantity: '0', price: 'x', discount: '101', taxRate: 'y', name: ' ' }))).toEqual([
      'name',
      'quantity',
      'price',
      'discount',
      'taxRate',
    ])
    expect(faultsOf(line())).toEqual([])
  })

  it('come to the sums that the backend comes to', () => {
    expect(amountOf(line({ quantity: '3', discount: '12.5' }))).toBe(26_250)
    expect(amountOf(line({ quantity: '' }))).toBeNull()
    expect(totalOf([line({ quantity: '2', taxRate: '13' }), emptyDraft('b')], 1_000)).toEqual({
      linesFen: 20_000,
      discountFen: 1_000,
      totalFen: 19_000,
      taxFen: 2_186,
    })
    expect(totalOf([line()], 10_001)).toBeNull()
  })

  it('take a block from a sheet, longer than they are', () => {
    let n = 0
    const rows = pasted(
      [line({ productId: 'p' }), line()],
      { row: 1, cell: 'name' },
      '阀\tDN50\t个\t2\t35.5\n管\t\t米\t10\t8\r\n',
      () => `k${++n}`,
    )
    expect(rows.map(({ name, unit, quantity, price }) => [name, unit, quantity, price])).toEqual([
      ['泵', '', '1', '100'],
      ['阀', '个', '2', '35.5'],
      ['管', '米', '10', '8'],
    ])
    expect(rows[0]?.productId).toBe('p')
    expect(pasted([line()], { row: 0, cell: 'price' }, '88', () => 'k')[0]).toMatchObject({ price: '88', name: '泵' })
  })

  it('may lack a price or need a product where the document says so, and change places', () => {
    const open = line({ price: '', quantity: '2' })
    expect([faultsOf(open), faultsOf(open, { mayLackPrice: true })]).toEqual([['price'], []])
    expect(faultsOf(line({ price: 'x' }), { mayLackPrice: true })).toEqual(['price'])
    expect([amountOf(open, { mayLackPrice: true }), totalOf([open, line()], 0, { mayLackPrice: true })?.linesFen]).toEqual([
      null,
      10_000,
    ])
    expect([faultsOf(line(), { needsProduct: true }), faultsOf(line({ productId: 'p' }), { needsProduct: true })]).toEqual([
      ['name'],
      [],
    ])
    const three = ['a', 'b', 'c'].map((key) => emptyDraft(key))
    const order = (from: number, by: number) =>
      moved(three, from, by)
        .map(({ key }) => key)
        .join('')
    expect([order(2, -1), order(0, 1), order(0, -1), order(2, 1)]).toEqual(['acb', 'bac', 'abc', 'abc'])
  })
})
