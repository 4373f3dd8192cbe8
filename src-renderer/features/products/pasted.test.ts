import { expect, it } from 'vitest'
import type { Product } from '../../../src-shared/features/products/model.ts'
import { linesOf, pricesOf } from './pasted.ts'

const product = (id: string, name: string, number: string | null) => ({ id: id as Product['id'], name, number })
const products = [product('a', 'flange', 'P-1'), product('b', 'screw', null), product('c', 'screw', 'P-3')]

it('reads what a sheet copies: the name or number first, the price last', () => {
  expect(linesOf('P-1\tflange\t¥1,280.5\r\nscrew\tmany\n\nP-3\t-1\nalone')).toEqual([
    { line: 1, named: 'P-1', priceFen: 128_050 },
    { line: 2, named: 'screw', priceFen: null },
    { line: 4, named: 'P-3', priceFen: null },
    { line: 5, named: 'alone', priceFen: null },
  ])
})

it('finds products by number or by a name that only one has; the last line counts', () => {
  expect(pricesOf(linesOf('P-1\t1\nflange\t2\nscrew\t3\nP-3\t4\nnone\t5'), products)).toEqual({
    prices: [
      { productId: 'a', priceFen: 200 },
      { productId: 'c', priceFen: 400 },
    ],
    unknown: [3, 5],
  })
})
