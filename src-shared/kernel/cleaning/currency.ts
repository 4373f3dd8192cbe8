import { cleanText, toHalfWidth } from './text.ts'

const YUAN = /^(?:cny|rmb|cn|yuan|人民币|元|¥)+$/
const MARKS = /[^a-z\u4e00-\u9fff$€£¥]/g
/**
 * The currency that a cell of a currency column names, as it stands there; null for yuan (CNY, RMB, 人民币, ¥, 人民币（CNY）) and for nothing.
 */
export function foreignCurrency(cell: string): string | null {
  const said = cleanText(cell)
  const plain = toHalfWidth(said).toLowerCase().replaceAll('￥', '¥').replace(MARKS, '')
  return plain === '' || YUAN.test(plain) ? null : said
}

const FOREIGN =
  /(?:us|hk|nt|s|au|ca|a|c)?\$|[€£₩₽₹]|(?<![a-z])(?:usd|eur|gbp|hkd|jpy|krw|aud|cad|sgd|twd|chf|rub|inr|thb|vnd)(?![a-z])|美元|美金|欧元|英镑|港币|港元|日元|韩元|新台币|澳元|加元|新加坡元|瑞士法郎|卢布|卢比/i
/** The sign of another currency in an amount or in the header over amounts ("US$1,200", "金额（美元）"); null where there is none. */
export const foreignSign = (text: string): string | null => FOREIGN.exec(toHalfWidth(text))?.[0] ?? null
