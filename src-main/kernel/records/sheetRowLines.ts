import { sheetDiscount, sheetRate } from '../../../src-shared/kernel/documents/sheetLines.ts'
import type { CleanRow, Placing, Values } from '../importer.ts'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** A cell that says what its field cannot hold is left out and told. */
export function leave(row: CleanRow, values: Values, key: string, code: string): void {
  row.problems.push({ column: null, level: 'warning', code, detail: String(values[key]).slice(0, 80) })
  delete values[key]
}

/** What a cell of a line says that no line can hold is left out and told. */
export function tidyLines(row: CleanRow, list: readonly Values[]): void {
  for (const line of list) {
    for (const key of ['priceFen', 'listPriceFen', 'unitCostFen'] as const)
      if (typeof line[key] === 'number' && line[key] < 0) leave(row, line, key, 'amount.negative')
    if (text(line['discount']) !== '' && sheetDiscount(text(line['discount'])) === null)
      leave(row, line, 'discount', 'discount.unread')
    if (text(line['taxRate']) !== '' && sheetRate(text(line['taxRate'])) === null) leave(row, line, 'taxRate', 'rate.unread')
  }
}

const PRODUCT = 'select p.name from product p where p.id = ?'
/** A line is called by its product; an order without a name by its customer and what was sold. */
export function callLines(list: readonly Values[], { read }: Pick<Placing, 'read'>): string {
  for (const line of list)
    if (text(line['productId']) !== '') line['lineName'] = text(read(PRODUCT, text(line['productId']))[0]?.['name'])
  return text(list[0]?.['lineName'])
}
