import { sql } from 'kysely'
import type { LineInput } from '../../../src-shared/features/orders/model.ts'
import type { FiguredLine } from '../../../src-shared/features/orders/rules.ts'
import { cleanText } from '../../../src-shared/kernel/cleaning/text.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import { plain, type WriteTx } from '../../kernel/database.ts'
import { pricedOn, type Shelf, shelfOf } from '../products/public.ts'

/** A line with what one piece of it is by list and what it costs, as the order keeps it. */
export type Placed = Omit<LineInput, 'listPriceFen' | 'costFen'> & FiguredLine
type Kept = FiguredLine & { readonly productId: string | null; readonly name: string }

/**
 * Whose prices on which day. `renew`: also of what was there before; `told`: what a file or a quote says of a product counts; `agreed`: it was
 * sold elsewhere already, on sale or not.
 */
export type Terms = {
  readonly level: string | null
  readonly day: string
  readonly renew?: boolean | undefined
  readonly told?: boolean | undefined
  readonly agreed?: boolean | undefined
}

/** Levels of customers, by id; who has none is null. */
export async function levelsOf(tx: WriteTx, customerIds: readonly string[]): Promise<Map<string, string | null>> {
  const { rows } = await sql<{ id: string; level: string | null }>`
    select id, level from customer where id in (select value from json_each(${JSON.stringify(customerIds)}))`.execute(plain(tx))
  return new Map(rows.map(({ id, level }) => [id, level]))
}

type Worth = Pick<Placed, 'listPriceFen' | 'costFen'>
/**
 * What a product is by list and what it costs. What the order said of it already stays said: a list of today says nothing of what was signed
 * in spring. What no list and no cost says anything of stays as it was told.
 */
function saidOf(shelf: Shelf, productId: string, kept: Kept | undefined, terms: Terms): Worth {
  const now = pricedOn(shelf, productId, terms)
  const [list, cost] = [now.price.priceFen, now.costFen]
  if (kept !== undefined && terms.renew !== true)
    return { listPriceFen: kept.listPriceFen ?? list, costFen: kept.costFen ?? cost }
  return {
    listPriceFen: list ?? kept?.listPriceFen ?? null,
    // Before its first cost it has none.
    costFen: shelf.costs.has(productId) ? cost : (kept?.costFen ?? null),
  }
}

/** The same of a line, which says it itself where it is of no product. @throws Refusal priceOfProduct */
function worthOf(shelf: Shelf, line: LineInput, kept: Kept | undefined, terms: Terms): Worth {
  const { productId } = line
  if (productId === null)
    return {
      listPriceFen: line.listPriceFen === undefined ? (kept?.listPriceFen ?? null) : line.listPriceFen,
      costFen: line.costFen === undefined ? (kept?.costFen ?? null) : line.costFen,
    }
  const said = saidOf(shelf, productId, kept, terms)
  if (terms.told) return { listPriceFen: line.listPriceFen ?? said.listPriceFen, costFen: line.costFen ?? said.costFen }
  if (isOther(line.listPriceFen, said.listPriceFen) || isOther(line.costFen, said.costFen))
    throw new Refusal('priceOfProduct', { name: line.name })
  return said
}
const isOther = (given: number | null | undefined, said: number | null): boolean => given !== undefined && given !== said

/** Which of the lines that stand each one is: that of its product, or of its name, else the one without a product in its place. */
function keptFor(lines: readonly LineInput[], stored: readonly Kept[]): (Kept | undefined)[] {
  const left = new Set(stored)
  const take = (one: Kept | undefined): Kept | undefined => {
    if (one) left.delete(one)
    return one
  }
  const isOf = (line: LineInput) => (one: Kept) =>
    one.productId === line.productId && (line.productId !== null || one.name === cleanText(line.name))
  const found = lines.map((line) => take([...left].find(isOf(line))))
  return lines.map((line, n) => {
    const there = stored[n]
    const mayBe = found[n] === undefined && line.productId === null && there?.productId === null && left.has(there)
    return mayBe ? take(there) : found[n]
  })
}

/** @throws Refusal listBelowPrice: what is asked for a thing of no list is not above it, so that no discount hides behind it */
function requireSoundList({ productId, name, priceFen, listPriceFen }: LineInput): void {
  if (productId === null && typeof listPriceFen === 'number' && listPriceFen < priceFen)
    throw new Refusal('listBelowPrice', { name })
}

/**
 * Lines of one order with what its products are by list for the customer, and what they cost, on the day of signing.
 * @param stored the lines that it has
 * @throws Refusal productUnknown | productOffSale | priceOfProduct | listBelowPrice
 */
export async function placed(tx: WriteTx, lines: readonly LineInput[], stored: readonly Kept[], terms: Terms): Promise<Placed[]> {
  const shelf = await shelfOf(
    tx,
    lines.flatMap(({ productId }) => productId ?? []),
  )
  // What was sold before it was deleted, or taken off sale, stays sold.
  const sold = new Set(stored.map(({ productId }) => productId))
  const kept = keptFor(lines, stored)
  return lines.map((line, n) => {
    const product = line.productId === null ? null : shelf.products.get(line.productId)
    if (product === undefined || (product?.gone === 1 && !sold.has(product.id)))
      throw new Refusal('productUnknown', { name: line.name })
    if (product?.status === 'offSale' && !sold.has(product.id) && !terms.told && !terms.agreed)
      throw new Refusal('productOffSale', { name: product.name })
    if (!terms.told) requireSoundList(line)
    return {
      ...line,
      name: cleanText(line.name),
      unit: line.unit === null ? null : cleanText(line.unit) || null,
      ...worthOf(shelf, line, kept[n], terms),
    }
  })
}

/** Lines of a new order that an import brings; what the sheet leaves open the product says. */
export const placedAsTold = (shelf: Shelf, lines: readonly LineInput[], terms: Omit<Terms, 'renew' | 'told'>): Placed[] =>
  lines.map((given) => {
    const product = given.productId === null ? undefined : shelf.products.get(given.productId)
    const line = { ...given, productId: product === undefined ? null : given.productId }
    return {
      ...line,
      name: cleanText(line.name),
      unit: line.unit ?? product?.unit ?? null,
      taxRate: line.taxRate ?? product?.taxRate ?? null,
      ...worthOf(shelf, line, undefined, { ...terms, told: true }),
    }
  })
