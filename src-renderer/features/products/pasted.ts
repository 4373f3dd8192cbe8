import type { Product } from '../../../src-shared/features/products/model.ts'
import { readMoneyCell } from '../../../src-shared/kernel/cleaning/figures.ts'
import { cleanText } from '../../../src-shared/kernel/cleaning/text.ts'

export type PastedLine = { readonly line: number; readonly named: string; readonly priceFen: number | null }

/** Two columns as a sheet copies them, what a product is called and its price; the price stands last. */
export function linesOf(text: string): PastedLine[] {
  return text.split(/\r?\n/).flatMap((raw, at) => {
    const cells = raw.split('\t').map(cleanText)
    const named = cells[0] ?? ''
    if (named === '') return []
    const price = readMoneyCell(cells.slice(1).at(-1) ?? '', '')
    return [{ line: at + 1, named, priceFen: 'value' in price && price.value >= 0 ? price.value : null }]
  })
}

type Known = Pick<Product, 'id' | 'name' | 'number'>
type Matched = { prices: { productId: Product['id']; priceFen: number }[]; unknown: number[] }

/** By its number, else by its name where only one has it; of a product named twice the last line counts. */
export function pricesOf(lines: readonly PastedLine[], products: readonly Known[]): Matched {
  const byNumber = new Map(products.flatMap((one) => (one.number ? [[one.number, one.id] as const] : [])))
  const byName = Map.groupBy(products, ({ name }) => name)
  const prices = new Map<Product['id'], number>()
  const unknown: number[] = []
  for (const { line, named, priceFen } of lines) {
    const alike = byName.get(named) ?? []
    const id = byNumber.get(named) ?? (alike.length === 1 ? alike[0]?.id : undefined)
    if (id === undefined || priceFen === null) unknown.push(line)
    else prices.set(id, priceFen)
  }
  return { prices: [...prices].map(([productId, priceFen]) => ({ productId, priceFen })), unknown }
}
