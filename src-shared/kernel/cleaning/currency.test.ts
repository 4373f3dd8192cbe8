import { describe, expect, it } from 'vitest'
import { foreignCurrency, foreignSign } from './currency.ts'

describe('currencies', () => {
  it.each(['CNY', ' rmb ', '人民币', '人民币（CNY）', '¥', '￥', '元', 'ＣＮＹ', ''])('%j is yuan', (cell) => {
    expect(foreignCurrency(cell)).toBeNull()
  })
  it.each(['USD', '美元', 'HK$', '港币 HKD', '€', '日元'])('%j is another', (cell) => {
    expect(foreignCurrency(cell)).toBe(cell)
  })
  it.each([
    ['$1,200', '$'],
    ['US$ 3.5', 'US$'],
    ['1200usd', 'usd'],
    ['金额（美元）', '美元'],
    ['1,200 EUR', 'EUR'],
  ])('%j bears %j', (text, sign) => {
    expect(foreignSign(text)).toBe(sign)
  })
  it.each(['¥1,200', 'RMB 3', '1.2万元', '12k', 'order amount', '人民币壹万元整'])('%j bears none', (text) => {
    expect(foreignSign(text)).toBeNull()
  })
})
