import type { ProductEdit } from '../../../src-shared/features/products/model.ts'
import { cleanRate } from '../../../src-shared/features/products/rate.ts'
import { cleanLongText, cleanName, cleanText } from '../../../src-shared/kernel/cleaning/text.ts'
import { sortKey } from '../../../src-shared/kernel/pinyin/pinyin.ts'

const CLEANERS: Readonly<Record<string, (text: string) => string | null>> = {
  name: cleanName,
  number: (text) => cleanText(text) || null,
  unit: (text) => cleanText(text) || null,
  spec: (text) => cleanText(text) || null,
  barcode: (text) => cleanText(text).replace(/\s/g, '') || null,
  taxRate: (text) => cleanRate(text) || null,
  description: (text) => cleanLongText(text) || null,
}

/** The one cleaning of product fields, for form, inline edit, pasted cells and import alike. */
export function cleanProduct<Values extends ProductEdit>(values: Values): Values {
  const clean = Object.entries(values).map(([key, value]) => [
    key,
    typeof value === 'string' && CLEANERS[key] ? CLEANERS[key](value) : value,
  ])
  return Object.fromEntries(clean) as Values
}

export const derivedOf = ({ name }: ProductEdit): Record<string, string> =>
  name === undefined ? {} : { nameSort: sortKey(name) }
