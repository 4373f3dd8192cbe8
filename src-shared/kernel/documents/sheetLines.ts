import { toHalfWidth } from '../cleaning/text.ts'
import { lineAmount, lineAt, PERCENT, QUANTITY } from './lines.ts'

/** A line as a sheet has it; `priceFen`: null where the sheet says nothing of what it costs. */
export type SheetLine = {
  readonly productId: string | null
  readonly name: string
  readonly spec: string | null
  readonly unit: string | null
  readonly quantity: string
  readonly priceFen: number | null
  readonly discount: string
  readonly taxRate: string | null
  readonly note: string | null
  /** Of one piece by list and to the company, where the sheet says it. */
  readonly listPriceFen?: number
  readonly costFen?: number
}
type Said = Readonly<Record<string, unknown>>

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')
const fen = (value: unknown): number | null => (typeof value === 'number' && Number.isSafeInteger(value) ? value : null)

const SAYS = ['productId', 'lineName', 'priceFen', 'amountFen', 'quantity'] as const
/** Whether anything of a line stands in a row. */
export const saysLine = (said: Said): boolean =>
  SAYS.some((key) => said[key] !== undefined && said[key] !== null && said[key] !== '')

const SHARE = /^(\d(?:\.\d)?|[1-9]\d)折$/u
/** Percent taken off as sheets write it: 9折, 95折, 10%, 10, 0.1; null for what is none of these. */
export function sheetDiscount(given: string): string | null {
  const plain = toHalfWidth(given).replace(/\s/gu, '')
  const found = SHARE.exec(plain)?.[1]
  const kept = found === undefined ? null : Number(found) * (found.length === 2 && !found.includes('.') ? 1 : 10)
  const off = kept === null ? percent(plain) : String(Number((100 - kept).toFixed(2)))
  return off !== null && PERCENT.test(off) ? off : null
}

/** A rate as sheets write it: 13, 13%, 0.13; null for what is none of these. */
export function sheetRate(given: string): string | null {
  const off = percent(toHalfWidth(given).replace(/\s/gu, ''))
  return off !== null && PERCENT.test(off) ? off : null
}

/** Less than one without a sign is a share. */
function percent(plain: string): string | null {
  const found = /^(\d{1,3})?(?:\.(\d{1,6}))?(%)?$/u.exec(plain)
  if (!found || plain === '' || plain === '%') return null
  const [, whole = '0', decimals = '', sign] = found
  const value = Number(`${whole}.${decimals || '0'}`)
  return String(Number((sign === undefined && value > 0 && value < 1 ? value * 100 : value).toFixed(2)))
}

/**
 * What cells make of one line. A sum that quantity, price and discount do not come to stands as it is: one piece at that sum, with the
 * quantity in its note.
 * @param said the cells by field, cleaned: `quantity` a number, `priceFen` and `amountFen` whole fen, the others text
 * @param name what it is called where no cell says it
 */
export function sheetLine(said: Said, name: string): SheetLine {
  const quantity = typeof said['quantity'] === 'number' ? String(said['quantity']) : '1'
  const line = {
    productId: text(said['productId']) || null,
    name: (text(said['lineName']) || name).slice(0, 200),
    spec: text(said['spec']) || null,
    unit: text(said['unit']) || null,
    quantity: QUANTITY.test(quantity) ? quantity : '1',
    discount: sheetDiscount(text(said['discount'])) ?? '0',
    taxRate: sheetRate(text(said['taxRate'])),
    note: text(said['lineNote']) || null,
    ...worthOf(fen(said['listPriceFen']), fen(said['unitCostFen'])),
  }
  const [price, amount] = [fen(said['priceFen']), fen(said['amountFen'])]
  if (amount === null) return { ...line, priceFen: price }
  return withAmount({ ...line, priceFen: price }, amount)
}

const worthOf = (listPriceFen: number | null, costFen: number | null): Pick<SheetLine, 'listPriceFen' | 'costFen'> => ({
  ...(listPriceFen !== null && { listPriceFen }),
  ...(costFen !== null && { costFen }),
})

/** The line so that it comes to a sum: at its price, at a price or discount that fits, else as one piece. */
export function withAmount(line: SheetLine, amountFen: number): SheetLine {
  const pieces = Number(line.quantity)
  if (line.priceFen !== null) {
    if (lineAmount({ ...line, priceFen: line.priceFen }) === amountFen) return line
    const full = lineAmount({ ...line, priceFen: line.priceFen, discount: '0' })
    const off = full > 0 && amountFen >= 0 && amountFen < full ? Number((100 - (amountFen / full) * 100).toFixed(2)) : null
    const off2 = off === null ? null : { ...line, discount: String(off) }
    if (off2 && lineAmount({ ...off2, priceFen: line.priceFen }) === amountFen) return off2
  } else if (pieces !== 0) {
    const priceFen = Math.round(amountFen / pieces)
    const even = { ...line, priceFen, discount: '0' }
    if (priceFen >= 0 && lineAmount(even) === amountFen) return even
  }
  const many = line.quantity === '1' ? '' : `${line.quantity} ${line.unit ?? ''}`.trim()
  // One piece is all of them now.
  const ofAll = (each: number | undefined): number | null => (each === undefined ? null : Math.abs(lineAt(line.quantity, each)))
  return {
    ...line,
    ...worthOf(ofAll(line.listPriceFen), ofAll(line.costFen)),
    quantity: amountFen < 0 ? '-1' : '1',
    priceFen: Math.abs(amountFen),
    discount: '0',
    note: [line.note, many].filter((word) => word !== null && word !== '').join(' ') || null,
  }
}

/** One row of a sheet of documents: its own lines, and the sum that stands beside them. */
export type SheetRow = { readonly lines: readonly SheetLine[]; readonly totalFen: number | null }
type Settled = {
  readonly lines: (SheetLine & { readonly priceFen: number })[]
  readonly discountFen: number
  readonly agrees: boolean
}

const sumOf = (lines: readonly SheetLine[]): number =>
  lines.reduce((sum, line) => sum + lineAmount({ ...line, priceFen: line.priceFen ?? 0 }), 0)

/**
 * The lines of one document out of its rows. A sum beside them is that of its row's own lines, or that of the whole document: then what it
 * lacks is the discount of the whole. What a line without a price comes to is what is left of that sum.
 * @param rows all rows of one document, in their order
 * @param discountFen what a column says is taken off the whole; null where none does
 * @param name what the whole is called, for a document without lines
 * @returns `agrees`: whether the document comes to the sum that stands beside it, where one does
 */
export function settleRows(rows: readonly SheetRow[], discountFen: number | null, name: string): Settled {
  const totals = rows.flatMap(({ totalFen }) => totalFen ?? [])
  const perRow = rows.length > 1 && !isOneSum(totals, rows.length) ? rows.map(byRow) : null
  const isPerRow = perRow !== null || rows.every(({ lines, totalFen }) => totalFen === null || isOwn(lines, totalFen))
  const lines = (perRow ?? rows.map(({ lines: own }) => own)).flat()
  const whole = isPerRow && rows.length > 1 ? null : (totals.at(-1) ?? null)
  const wanted = whole === null ? null : whole + (discountFen ?? 0)
  const full = lines.length === 0 && wanted !== null ? [bare(name, wanted)] : filled(lines, wanted)
  const settled = full.map((line) => ({ ...line, priceFen: line.priceFen ?? 0 }))
  const sum = sumOf(settled)
  const off = discountFen ?? (whole === null ? 0 : Math.max(0, sum - whole))
  const kept = Math.min(off, Math.max(0, sum))
  return { lines: settled, discountFen: kept, agrees: whole === null || sum - kept === whole }
}

/** The same sum in every row is that of the document. */
const isOneSum = (totals: readonly number[], rows: number): boolean =>
  totals.length < rows || totals.every((total) => total === totals[0])

const isOwn = (lines: readonly SheetLine[], totalFen: number): boolean =>
  lines.length > 0 && lines.every(({ priceFen }) => priceFen !== null) && sumOf(lines) === totalFen

function byRow({ lines, totalFen }: SheetRow): SheetLine[] {
  const [only, ...others] = lines
  if (totalFen === null || !only || others.length > 0) return [...lines]
  return [withAmount(only, totalFen)]
}

const bare = (name: string, priceFen: number): SheetLine =>
  withAmount(
    { productId: null, name, spec: null, unit: null, quantity: '1', priceFen: null, discount: '0', taxRate: null, note: null },
    priceFen,
  )

/** The first line without a price takes what the priced ones leave of the sum. */
function filled(lines: readonly SheetLine[], wanted: number | null): SheetLine[] {
  const at = lines.findIndex(({ priceFen }) => priceFen === null)
  const open = lines[at]
  if (wanted === null || !open) return [...lines]
  const left = wanted - sumOf(lines)
  return left > 0 ? lines.map((line, n) => (n === at ? withAmount(open, left) : line)) : [...lines]
}
