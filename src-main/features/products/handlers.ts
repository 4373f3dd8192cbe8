import type { Product } from '../../../src-shared/features/products/model.ts'
import { flatValues } from '../../../src-shared/kernel/custom/values.ts'
import type { BulkPreview } from '../../../src-shared/kernel/list.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { onCommand, onQuery, onStagedCommand } from '../../kernel/pipeline.ts'
import { requireWritable } from '../../kernel/policy.ts'
import { inChunks } from '../../kernel/records/bulk.ts'
import { checkCells, editCells } from '../../kernel/records/editCells.ts'
import { countFor, listPage } from '../../kernel/records/lanes.ts'
import type { PreviewInput } from '../../kernel/records/preview.ts'
import { getRow } from '../../kernel/records/select.ts'
import { sumsFor } from '../../kernel/records/sums.ts'
import { loadForWrite, updateRow } from '../../kernel/records/write.ts'
import { editChunk, removeChunk, restoreChunk } from './bulk.ts'
import { categoryHandlers } from './categories.ts'
import { productCells } from './cells.ts'
import { cleanProduct, derivedOf } from './clean.ts'
import { costHandlers } from './costs.ts'
import { createProduct } from './create.ts'
import { priceHandlers } from './prices.ts'
import { requireCategory, requireStockFree } from './store.ts'

export const productsHandlers = {
  ...categoryHandlers,
  ...costHandlers,
  ...priceHandlers,

  list: onQuery.products.list.handler(({ input, context }) => listPage<Product>(context, entityIn(context, 'product'), input)),
  count: onQuery.products.count.handler(({ input, context }) => countFor(context, entityIn(context, 'product'), input)),
  sums: onQuery.products.sums.handler(({ input, context }) => sumsFor(context, entityIn(context, 'product'), input)),
  get: onQuery.products.get.handler(
    async ({ input, context }) =>
      (await getRow(context.db, context.actor, entityIn(context, 'product'), input.id, { deleted: true })) as Product,
  ),

  create: onCommand.products.create.handler(async ({ input, context }) => {
    const entity = entityIn(context, 'product')
    const id = await createProduct(context, cleanProduct(flatValues(entity, input)))
    context.record({ entity: 'product', id, action: 'created' })
    return (await getRow(context.tx, context.actor, entity, id)) as Product
  }),

  edit: onCommand.products.edit.handler(async ({ input, context }) => {
    const entity = entityIn(context, 'product')
    const row = await loadForWrite(context, entity, input.id, 'edit')
    if (row.deletedAt !== null) throw new Refusal('deleted')
    const values = cleanProduct(flatValues(entity, input.values))
    await requireCategory(context.tx, values.categoryId)
    await requireStockFree(context.tx, row.id, values)
    const change = { values, derived: derivedOf(values), seenVersion: input.version }
    if (await updateRow(context, entity, row, change)) context.record({ entity: 'product', id: row.id, action: 'edited' })
    else context.unchanged()
    return (await getRow(context.tx, context.actor, entity, row.id)) as Product
  }),

  editMany: onStagedCommand.products.editMany.handler(({ input, context }) =>
    inChunks(context, { entity: entityIn(context, 'product'), selection: input.selection }, (command, ids) =>
      editChunk(command, ids, input.values),
    ),
  ),

  previewMany: onQuery.products.previewMany.handler(({ input, context }) => {
    const entity = entityIn(context, 'product')
    const values = input.act === 'edit' ? cleanProduct(flatValues(entity, input.values ?? {})) : {}
    requireWritable(context.actor, entity, Object.keys(values))
    const asked: PreviewInput = {
      actor: context.actor,
      entity: 'product',
      selection: input.selection,
      verbs: ['edit'],
      values,
      addTags: [],
      removeTags: [],
    }
    return context.scan<BulkPreview>('records.preview', asked)
  }),

  checkCells: onQuery.products.checkCells.handler(({ input, context }) => checkCells(context, productCells(context), input)),
  editCells: onStagedCommand.products.editCells.handler(({ input, context }) => editCells(context, productCells(context), input)),

  removeMany: onStagedCommand.products.removeMany.handler(({ input, context }) =>
    inChunks(context, { entity: entityIn(context, 'product'), ...input }, (command, ids) =>
      removeChunk(command, ids, 'ids' in input.selection && new Set(input.selection.ids).size === 1),
    ),
  ),
  restoreMany: onStagedCommand.products.restoreMany.handler(({ input, context }) =>
    inChunks(context, { entity: entityIn(context, 'product'), ...input }, (command, ids) =>
      restoreChunk(command, ids, 'ids' in input.selection && new Set(input.selection.ids).size === 1),
    ),
  ),
}
