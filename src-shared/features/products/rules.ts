import { Refusal } from '../../kernel/refusal.ts'

export type CostFrom = { readonly costFen: number; readonly validFrom: string }
/** What one piece cost on a day: the last cost that was valid by then, or null before the first. */
export function costOn<Cost extends CostFrom>(costs: readonly Cost[], day: string): Cost | null {
  const begun = costs.filter(({ validFrom }) => validFrom <= day)
  return begun.reduce<Cost | null>((last, cost) => (last === null || cost.validFrom > last.validFrom ? cost : last), null)
}

export type RuledList = {
  readonly id: string
  readonly name: string
  readonly level: string | null
  readonly validFrom: string
  readonly validTo: string | null
  readonly enabled: boolean
  readonly position: number
}
export type ListedPrice = { readonly listId: string; readonly productId: string; readonly priceFen: number }
/** `because`: the sentence that says why, as a word of the slice and what is filled into it. */
export type Price = {
  readonly priceFen: number | null
  readonly from: 'standard' | { readonly id: string; readonly name: string }
  readonly because: {
    readonly key: 'levelList' | 'everyList' | 'standard' | 'noPrice'
    readonly list?: string
    readonly level?: string
  }
}
type Asked = {
  readonly product: { readonly id: string; readonly priceFen: number | null }
  readonly lists: readonly RuledList[]
  readonly items: readonly ListedPrice[]
  /** Of the customer who asks. */
  readonly level: string | null
  readonly day: string
}

/** Whether prices of a list are asked on a day at all. */
export const isValidOn = ({ enabled, validFrom, validTo }: RuledList, day: string): boolean =>
  enabled && validFrom <= day && (validTo === null || day <= validTo)

/** The more specific list first, then the one that stands higher, then the younger; ids decide the rest, so that the order is one. */
function before(a: RuledList, b: RuledList): number {
  if ((a.level === null) !== (b.level === null)) return a.level === null ? 1 : -1
  if (a.position !== b.position) return a.position - b.position
  if (a.validFrom !== b.validFrom) return a.validFrom < b.validFrom ? 1 : -1
  return a.id < b.id ? -1 : 1
}

/**
 * What a customer of a level pays for one piece on a day: by a list for his level, else by one for everybody, else the standard price.
 * A list that does not name the product says nothing about it.
 */
export function priceFor({ product, lists, items, level, day }: Asked): Price {
  const named = new Map(items.filter(({ productId }) => productId === product.id).map((item) => [item.listId, item.priceFen]))
  const [first] = lists
    .filter((list) => named.has(list.id) && isValidOn(list, day) && (list.level === null || list.level === level))
    .toSorted(before)
  if (!first)
    return { priceFen: product.priceFen, from: 'standard', because: { key: product.priceFen === null ? 'noPrice' : 'standard' } }
  return {
    priceFen: named.get(first.id) ?? null,
    from: { id: first.id, name: first.name },
    because:
      first.level === null ? { key: 'everyList', list: first.name } : { key: 'levelList', list: first.name, level: first.level },
  }
}

type Placed = { readonly id: string; readonly name: string; readonly parentId: string | null }
export const PATH_SIGN = '/'

/** The names from the top down to a category. */
export function pathOf(id: string, categories: ReadonlyMap<string, Placed>): string {
  const names: string[] = []
  for (let at = categories.get(id); at; at = at.parentId === null ? undefined : categories.get(at.parentId))
    names.unshift(at.name)
  return names.join(PATH_SIGN)
}

/** A category and all that lie under it. */
export function withBelow(id: string, categories: readonly Pick<Placed, 'id' | 'parentId'>[]): string[] {
  const found = [id]
  for (const above of found) for (const one of categories) if (one.parentId === above) found.push(one.id)
  return found
}

/**
 * A category may not come to lie under itself.
 * @throws Refusal underItself
 */
export function requireNoCycle(id: string, parentId: string | null, categories: readonly Placed[]): void {
  if (parentId === null || !withBelow(id, categories).includes(parentId)) return
  throw new Refusal('underItself', { name: categories.find((one) => one.id === id)?.name ?? '' })
}

/** @throws Refusal endsBeforeItBegins */
export function requireSoundPeriod({ validFrom, validTo }: { validFrom: string; validTo: string | null }): void {
  if (validTo !== null && validTo < validFrom) throw new Refusal('endsBeforeItBegins', { from: validFrom, to: validTo })
}
