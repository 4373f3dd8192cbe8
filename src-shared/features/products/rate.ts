import { cleanText, toHalfWidth } from '../../kernel/cleaning/text.ts'

const NUMBER = /^(\d{1,3})(?:\.(\d{1,4}))?(%)?$/
const FREE = /^(?:免税|零税率|免征|exempt|zero)$/i

/** 13, 13%, １３％, 13.00 → "13"; 免税 → "0". What is no rate stays as it was given, for the check to say so. */
export function cleanRate(given: string): string {
  const text = toHalfWidth(cleanText(given)).replace(/\s/g, '')
  if (FREE.test(text)) return '0'
  const found = NUMBER.exec(text)
  if (!found) return text
  const decimals = (found[2] ?? '').replace(/0+$/, '')
  return `${Number(found[1])}${decimals === '' ? '' : `.${decimals}`}`
}

/** The same of a cell of a sheet, where 13 % often stands as 0.13: less than one without a sign is a share. */
export function sharedRate(given: string): string {
  const text = toHalfWidth(cleanText(given)).replace(/\s/g, '')
  const found = /^0?\.(\d{1,4})$/.exec(text)
  if (!found) return cleanRate(given)
  const digits = (found[1] ?? '').padEnd(2, '0')
  return cleanRate(`${digits.slice(0, 2)}.${digits.slice(2) || '0'}`)
}
