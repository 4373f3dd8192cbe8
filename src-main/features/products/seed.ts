import { sortKey } from '../../../src-shared/kernel/pinyin/pinyin.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { insertInto } from '../../kernel/records/write.ts'
import { categoryAt } from './categories.ts'
import { namesIn } from './importWrite.ts'
import { insertPriceList, writePrices } from './prices.ts'

type Level = 'A' | 'B' | 'C' | null
export type InventedGoods = {
  /** Units of work: what is measured by them lies in no warehouse. */
  readonly work: readonly string[]
  readonly goods: readonly (readonly [
    category: string,
    unit: string,
    tax: string,
    names: readonly (readonly [string, string, number])[],
  ])[]
  readonly lists: readonly { name: string; level: Level; off: number }[]
}
const COST_SHARE = 62
const FIRST_DAY = '2026-01-01'

/** Invented products with their categories, two costs each and price lists; nothing where there are products already. @returns how many */
export async function seedProducts(context: CommandContext, { work, goods, lists }: InventedGoods): Promise<number> {
  if (await context.tx.selectFrom('product').select('id').limit(1).executeTakeFirst()) {
    context.unchanged()
    return 0
  }
  const made: { id: string; priceFen: number }[] = []
  const at = context.now()
  for (const [path, unit, tax, names] of goods) {
    const categoryId = await categoryAt(context, namesIn(path))
    for (const [name, specs, price] of names)
      for (const [step, spec] of specs.split(' ').entries()) {
        const id = context.newId()
        const priceFen = Math.round(price * 100 * (1 + step * 0.35))
        made.push({ id, priceFen })
        const number = `P-${String(made.length).padStart(4, '0')}`
        const stocked = work.includes(unit) ? 0 : 1
        const rates = { taxRate: tax, status: made.length % 17 === 0 ? 'offSale' : 'onSale' }
        const values = { number, name, nameSort: sortKey(name), categoryId, unit, spec, priceFen, stocked, ...rates }
        await insertInto(context.tx, 'product', { ...values, id, createdAt: at, updatedAt: at })
        for (const [validFrom, share] of [
          [FIRST_DAY, COST_SHARE],
          ['2026-07-01', COST_SHARE + 4],
        ] as const)
          await insertInto(context.tx, 'product_cost', {
            id: context.newId(),
            productId: id,
            costFen: Math.round((priceFen * share) / 100),
            validFrom,
            createdAt: at,
            updatedAt: at,
          })
      }
  }
  for (const [position, { name, level, off }] of lists.entries()) {
    const list = await insertPriceList(context, { name, level, validFrom: FIRST_DAY, validTo: null, enabled: true }, position)
    const some = made.filter((_, n) => n % (position + 2) === 0)
    await writePrices(
      context,
      list,
      some.map(({ id, priceFen }) => ({ productId: id, priceFen: Math.round((priceFen * (100 - off)) / 100) })),
    )
  }
  context.record({ entity: 'product', id: '', action: 'seeded', detail: { count: made.length } })
  return made.length
}
