import type { PricedLine } from '../../../src-shared/kernel/documents/lines.ts'
import { lineAmount, PERCENT, QUANTITY, totalsOf, type Totals } from '../../../src-shared/kernel/documents/lines.ts'
import { readMoneyCell } from '../../../src-shared/kernel/cleaning/figures.ts'
import { cleanText } from '../../../src-shared/kernel/cleaning/text.ts'
import { attempt, Refusal } from '../../../src-shared/kernel/refusal.ts'

/** A line as it is being written: every cell is the text that stands in it. Prices in yuan, quantity and percent as decimal text. */
export type Draft = {
  readonly key: string
  readonly productId: string | null
  readonly name: string
  readonly spec: string
  readonly unit: string
  readonly quantity: string
  readonly price: string
  readonly discount: string
  readonly taxRate: string
  /** What one piece costs the company, of a line that is of no product. */
  readonly cost: string
  readonly note: string
  /** Why this price, said under the name. */
  readonly because: string
}

/** What is typed into, in the order of Tab; what one piece costs only where it is asked for. */
export const CELLS = ['name', 'spec', 'unit', 'quantity', 'price', 'discount', 'taxRate'] as const
export type Cell = (typeof CELLS)[number] | 'cost'

export const emptyDraft = (key: string): Draft => ({
  key,
  productId: null,
  name: '',
  spec: '',
  unit: '',
  quantity: '1',
  price: '',
  discount: '',
  taxRate: '',
  cost: '',
  note: '',
  because: '',
})
/** Whether anything was written into it. */
export const isBlank = (draft: Draft): boolean =>
  draft.productId === null && draft.name.trim() === '' && draft.price.trim() === ''

const plainNumber = (text: string): string => text.trim().replaceAll(/[,，%％\s]/g, '')
/** Whole fen of a price as it is typed; null where it is none. */
export function fenOf(text: string): number | null {
  const read = readMoneyCell(text, '')
  return 'value' in read && read.value >= 0 ? read.value : null
}
export const yuanOf = (fen: number | null): string =>
  fen === null ? '' : fen % 100 === 0 ? String(fen / 100) : (fen / 100).toFixed(2)

/** What else the lines of a document may be. */
export type LineRules = {
  /** They may give something back: a quantity of nothing, or below it. */
  readonly mayReturn?: boolean | undefined
  /** Their price need not be known. */
  readonly mayLackPrice?: boolean | undefined
  /** They are of products of the list alone. */
  readonly needsProduct?: boolean | undefined
}
/** Which cells cannot be read as what they should be. */
export function faultsOf(draft: Draft, { mayReturn, mayLackPrice, needsProduct }: LineRules = {}): readonly Cell[] {
  if (isBlank(draft)) return []
  const quantity = plainNumber(draft.quantity)
  const isNamed = needsProduct ? draft.productId !== null : cleanText(draft.name) !== ''
  const isPriced = fenOf(draft.price) !== null || (mayLackPrice === true && draft.price.trim() === '')
  return [
    ...(isNamed ? [] : (['name'] as const)),
    ...(QUANTITY.test(quantity) && (mayReturn || Number(quantity) > 0) ? [] : (['quantity'] as const)),
    ...(isPriced ? [] : (['price'] as const)),
    ...(draft.discount.trim() === '' || PERCENT.test(plainNumber(draft.discount)) ? [] : (['discount'] as const)),
    ...(draft.cost.trim() === '' || fenOf(draft.cost) !== null ? [] : (['cost'] as const)),
    ...(draft.taxRate.trim() === '' || PERCENT.test(plainNumber(draft.taxRate)) ? [] : (['taxRate'] as const)),
  ]
}

export type Written = PricedLine & {
  readonly productId: string | null
  readonly name: string
  readonly spec: string | null
  readonly unit: string | null
  readonly note: string | null
}
/** The line that a draft without faults says; a price that is not known is nothing here. */
export const writtenOf = (draft: Draft): Written => ({
  productId: draft.productId,
  name: cleanText(draft.name),
  spec: cleanText(draft.spec) || null,
  unit: cleanText(draft.unit) || null,
  quantity: plainNumber(draft.quantity),
  priceFen: fenOf(draft.price) ?? 0,
  discount: plainNumber(draft.discount) || '0',
  taxRate: plainNumber(draft.taxRate) || null,
  note: cleanText(draft.note) || null,
})

/** What one line comes to in fen, or null while it cannot be read or has no price. */
export function amountOf(draft: Draft, rules: LineRules = {}): number | null {
  if (isBlank(draft) || faultsOf(draft, rules).length > 0 || draft.price.trim() === '') return null
  const amount = attempt(() => lineAmount(writtenOf(draft)))
  return amount instanceof Refusal ? null : amount
}

/** What all lines that can be read come to; null where the discount is more than they are. */
export function totalOf(drafts: readonly Draft[], discountFen: number, rules: LineRules = {}): Totals | null {
  const lines = drafts.filter((draft) => !isBlank(draft) && faultsOf(draft, rules).length === 0).map(writtenOf)
  const totals = attempt(() => totalsOf(lines, discountFen))
  return totals instanceof Refusal ? null : totals
}

type Place = { readonly row: number; readonly cell: Cell; readonly cells?: readonly Cell[] }
/**
 * A block as a sheet copies it, laid over the lines from a cell on; lines are added where it is longer. A name that is pasted is no
 * product of the list until it is chosen.
 */
export function pasted(drafts: readonly Draft[], at: Place, block: string, newKey: () => string): Draft[] {
  const cells = at.cells ?? CELLS
  const rows = block.replace(/\r?\n$/, '').split(/\r?\n/)
  const first = cells.indexOf(at.cell)
  const filled = [...drafts]
  for (const [n, raw] of rows.entries()) {
    const there = filled[at.row + n] ?? emptyDraft(newKey())
    const written: Record<string, string> = {}
    for (const [m, value] of raw.split('\t').entries()) {
      const cell = cells[first + m]
      if (cell) written[cell] = value.trim()
    }
    const named = 'name' in written && written['name'] !== there.name
    filled[at.row + n] = { ...there, ...written, ...(named && { productId: null, because: '' }) }
  }
  return filled
}

/** A line put before or behind its neighbour, as often as said; where it would leave the lines they stay as they are. */
export function moved(drafts: readonly Draft[], from: number, by: number): readonly Draft[] {
  const line = drafts[from]
  const to = from + by
  return line && to >= 0 && to < drafts.length ? drafts.toSpliced(from, 1).toSpliced(to, 0, line) : drafts
}
