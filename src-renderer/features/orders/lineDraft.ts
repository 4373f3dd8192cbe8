import type { Line, LineInput, ProposedPrice } from '../../../src-shared/features/orders/model.ts'
import { type Figures, figuresOf } from '../../../src-shared/features/orders/rules.ts'
import { attempt, type Refusal } from '../../../src-shared/kernel/refusal.ts'
import { newId } from '../../kernel/ids.ts'

/** A line while somebody writes it; `because` says where its price came from. */
export type Draft = Omit<LineInput, 'priceFen' | 'taxRate'> & {
  readonly key: string
  readonly priceFen: number | null
  readonly taxRate: string
  readonly because: ProposedPrice['because'] | null
}

export const emptyDraft = (): Draft => ({
  key: newId(),
  productId: null,
  name: '',
  unit: null,
  quantity: '1',
  priceFen: null,
  discount: '0',
  taxRate: '',
  note: null,
  because: null,
})

export const draftOf = ({ productId, name, unit, quantity, priceFen, discount, taxRate, note }: Line): Draft => ({
  ...emptyDraft(),
  productId,
  name,
  unit,
  quantity,
  priceFen,
  discount,
  taxRate: taxRate ?? '',
  note,
})

/** Lines that nobody has written anything in are none. */
const isBegun = ({ name, priceFen }: Draft): boolean => name.trim() !== '' || priceFen !== null

/** What is sent; null as long as a line has no name. */
export function inputsOf(drafts: readonly Draft[]): LineInput[] | null {
  const begun = drafts.filter(isBegun)
  if (begun.some(({ name }) => name.trim() === '')) return null
  return begun.map(({ key: _key, because: _because, priceFen, taxRate, discount, ...line }) => ({
    ...line,
    priceFen: priceFen ?? 0,
    discount: discount.trim() || '0',
    taxRate: taxRate.trim() || null,
  }))
}

/** What the lines come to while they are written, or why they cannot be counted. */
export const liveFigures = (lines: readonly LineInput[], discountFen: number): Figures | Refusal =>
  attempt(() =>
    figuresOf(
      lines.map((line) => ({ ...line, listPriceFen: null, costFen: null })),
      discountFen,
    ),
  )
