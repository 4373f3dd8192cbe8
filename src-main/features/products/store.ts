import { sql } from 'kysely'
import type { Category, CategoryId, ProductId } from '../../../src-shared/features/products/model.ts'
import { pathOf, withBelow } from '../../../src-shared/features/products/rules.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'
import { NotFound } from '../../kernel/errors.ts'
import { withStock } from '../stock/public.ts'

type Db = ReadDb | WriteTx
export type CategoryRow = { id: string; name: string; path: string; parentId: string | null; position: number; version: number }

export async function categoryRows(db: Db): Promise<CategoryRow[]> {
  const { rows } = await sql<CategoryRow>`
    select id, name, path, parent_id as "parentId", position, version from product_category order by position, name_key, id`.execute(
    plain(db),
  )
  return rows
}

/** The tree in its order: each category right before what lies under it. */
export async function readCategories(db: Db): Promise<Category[]> {
  const rows = await categoryRows(db)
  const { rows: counted } = await sql<{ id: string; n: number }>`
    select category_id as id, count(*) as n from product where category_id is not null and deleted_at is null group by category_id`.execute(
    plain(db),
  )
  const counts = new Map(counted.map(({ id, n }) => [id, n]))
  const under = Map.groupBy(rows, ({ parentId }) => parentId)
  const inOrder = (parentId: string | null): CategoryRow[] =>
    (under.get(parentId) ?? []).flatMap((row) => [row, ...inOrder(row.id)])
  return inOrder(null).map((row) => ({
    ...row,
    id: row.id as CategoryId,
    parentId: row.parentId as CategoryId | null,
    count: counts.get(row.id) ?? 0,
  }))
}

export async function readCategory(db: Db, id: string): Promise<Category> {
  const found = (await readCategories(db)).find((one) => one.id === id)
  if (!found) throw new NotFound('productCategory', id)
  return found
}

export const nameKey = (name: string): string => name.normalize('NFKC').trim().toLowerCase()

export async function insertCategory(
  context: CommandContext,
  { name, parentId, position }: { name: string; parentId: string | null; position: number },
  id = context.newId(),
): Promise<CategoryRow> {
  const above = parentId === null ? null : (await categoryRows(context.tx)).find((one) => one.id === parentId)
  const path = above ? `${above.path}/${name}` : name
  const at = context.now()
  await context.tx
    .insertInto('productCategory')
    .values({
      id,
      name,
      nameKey: nameKey(name),
      path,
      parentId,
      position,
      createdAt: at,
      createdBy: context.actor.userId || null,
      updatedAt: at,
    })
    .execute()
  return { id, name, path, parentId, position, version: 1 }
}

export async function updateCategory(
  context: CommandContext,
  id: string,
  wanted: Pick<CategoryRow, 'name' | 'parentId' | 'position'>,
): Promise<void> {
  await context.tx
    .updateTable('productCategory')
    .set((eb) => ({ ...wanted, nameKey: nameKey(wanted.name), updatedAt: context.now(), version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
  await renewPaths(context, id)
}

/** The way down to a category, and to all that lie under it, said anew where it changed. */
async function renewPaths(context: CommandContext, id: string): Promise<void> {
  const rows = await categoryRows(context.tx)
  const byId = new Map(rows.map((row) => [row.id, row]))
  for (const one of withBelow(id, rows)) {
    const path = pathOf(one, byId)
    if (path !== byId.get(one)?.path)
      await context.tx.updateTable('productCategory').set({ path }).where('id', '=', one).execute()
  }
}

/** What would be left without a place: products, those of the recycle bin too, and categories. */
export async function countUnder(tx: WriteTx, id: string): Promise<{ products: number; children: number }> {
  const { rows } = await sql<{ products: number; children: number }>`
    select (select count(*) from product where category_id = ${id}) as products,
      (select count(*) from product_category where parent_id = ${id}) as children`.execute(tx)
  return rows[0] ?? { products: 0, children: 0 }
}

export const deleteCategory = (tx: WriteTx, id: string) => tx.deleteFrom('productCategory').where('id', '=', id).execute()

/** @throws Refusal categoryUnknown */
export async function requireCategory(tx: WriteTx, id: unknown): Promise<void> {
  if (typeof id !== 'string') return
  const found = await tx.selectFrom('productCategory').select('id').where('id', '=', id).executeTakeFirst()
  if (!found) throw new Refusal('categoryUnknown', { field: 'categoryId' })
}

/**
 * What must hold of categories after anything, an undo included: no circle, and each named by the way down to it.
 * @throws Refusal categoryUnderItself
 */
export async function requireSoundCategories(context: CommandContext): Promise<void> {
  const rows = await categoryRows(context.tx)
  const tops = rows.filter(({ parentId }) => parentId === null)
  if (tops.flatMap(({ id }) => withBelow(id, rows)).length < rows.length) throw new Refusal('categoryUnderItself')
  for (const { id } of tops) await renewPaths(context, id)
}

/**
 * What lies in a warehouse, is kept for an order or is on its way goes on being kept in stock.
 * @throws Refusal hasStock (name)
 */
export async function requireStockFree(tx: WriteTx, id: string, { stocked }: { stocked?: unknown }): Promise<void> {
  if (stocked !== false) return
  const name = (await withStock(tx, [id])).get(id)
  if (name !== undefined) throw new Refusal('hasStock', { name })
}

/** Into the recycle bin, or back, many at once. */
export async function setProductsDeleted(context: CommandContext, ids: readonly string[], deleted: boolean): Promise<void> {
  const at = context.now()
  await context.tx
    .updateTable('product')
    .set((eb) => ({ deletedAt: deleted ? at : null, deletedWith: null, updatedAt: at, version: eb('version', '+', 1) }))
    .where('id', 'in', [...ids])
    .execute()
}

/** Of these the ones that are there and in no recycle bin. */
export async function livingProducts(db: Db, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: ProductId }>`
    select id from product where deleted_at is null and id in (select value from json_each(${JSON.stringify(ids)}))`.execute(
    plain(db),
  )
  return new Set(rows.map(({ id }) => id))
}
