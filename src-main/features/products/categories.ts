import { requireNoCycle } from '../../../src-shared/features/products/rules.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { Stale } from '../../kernel/errors.ts'
import { onCommand, onQuery } from '../../kernel/pipeline.ts'
import {
  type CategoryRow,
  categoryRows,
  countUnder,
  deleteCategory,
  insertCategory,
  nameKey,
  readCategories,
  readCategory,
  updateCategory,
} from './store.ts'

type Wanted = { id: string | null; name: string; parentId: string | null }
/** @throws Refusal nameTaken | parentUnknown | underItself */
function requireSound(rows: readonly CategoryRow[], { id, name, parentId }: Wanted): void {
  if (parentId !== null && !rows.some((one) => one.id === parentId)) throw new Refusal('parentUnknown')
  if (id !== null) requireNoCycle(id, parentId, rows)
  const same = rows.find((one) => one.id !== id && one.parentId === parentId && nameKey(one.name) === nameKey(name))
  if (same) throw new Refusal('nameTaken', { name: same.path })
}

const behind = (rows: readonly CategoryRow[], parentId: string | null): number =>
  1 + Math.max(-1, ...rows.filter((one) => one.parentId === parentId).map(({ position }) => position))

/** The category at the end of a path, with whatever of it is not there yet. */
export async function categoryAt(context: CommandContext, names: readonly string[]): Promise<string | null> {
  let parentId: string | null = null
  for (const name of names) {
    const rows = await categoryRows(context.tx)
    const found = rows.find((one) => one.parentId === parentId && nameKey(one.name) === nameKey(name))
    parentId = found?.id ?? (await insertCategory(context, { name, parentId, position: behind(rows, parentId) })).id
  }
  return parentId
}

export const categoryHandlers = {
  categories: onQuery.products.categories.handler(({ context }) => readCategories(context.db)),

  createCategory: onCommand.products.createCategory.handler(async ({ input, context }) => {
    const rows = await categoryRows(context.tx)
    requireSound(rows, { id: null, ...input })
    const { id } = await insertCategory(context, { ...input, position: behind(rows, input.parentId) })
    context.record({ entity: 'productCategory', id, action: 'categoryCreated' })
    return readCategory(context.tx, id)
  }),

  editCategory: onCommand.products.editCategory.handler(async ({ input, context }) => {
    const row = await readCategory(context.tx, input.id)
    if (row.version !== input.version) throw new Stale('productCategory', row.id)
    const rows = await categoryRows(context.tx)
    const name = input.name ?? row.name
    const parentId = input.parentId === undefined ? row.parentId : input.parentId
    const moved = parentId !== row.parentId
    const position = input.position ?? (moved ? behind(rows, parentId) : row.position)
    requireSound(rows, { id: row.id, name, parentId })
    if (name === row.name && !moved && position === row.position) {
      context.unchanged()
      return row
    }
    await updateCategory(context, row.id, { name, parentId, position })
    context.record({ entity: 'productCategory', id: row.id, action: 'categoryEdited' })
    return readCategory(context.tx, row.id)
  }),

  removeCategory: onCommand.products.removeCategory.handler(async ({ input, context }) => {
    const row = await readCategory(context.tx, input.id)
    const under = await countUnder(context.tx, row.id)
    if (under.products + under.children > 0) throw new Refusal('categoryNotEmpty', { name: row.name, ...under })
    await deleteCategory(context.tx, row.id)
    context.record({ entity: 'productCategory', id: row.id, action: 'categoryRemoved', detail: { name: row.name } })
    return { id: row.id }
  }),
}
