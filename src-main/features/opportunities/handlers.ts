import type { Opportunity } from '../../../src-shared/features/opportunities/model.ts'
import { flatValues } from '../../../src-shared/kernel/custom/values.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { batchOf, onCommand, onQuery, onStagedCommand } from '../../kernel/pipeline.ts'
import { inChunks } from '../../kernel/records/bulk.ts'
import { checkCells, editCells } from '../../kernel/records/editCells.ts'
import { countFor, listPage } from '../../kernel/records/lanes.ts'
import { progressOf } from '../../kernel/records/progress.ts'
import { getRow, rowsById } from '../../kernel/records/select.ts'
import { sumsFor } from '../../kernel/records/sums.ts'
import { loadForWrite, type StoredRow } from '../../kernel/records/write.ts'
import { editChunk, moveChunk, previewMany, removeChunk } from './bulk.ts'
import { boardHandlers } from './boardHandlers.ts'
import { opportunityCells } from './cells.ts'
import { linesFor, readLines, saveLines } from './lines.ts'
import { readRatings, requireScore, writeRatings } from './ratings.ts'
import { idsOfCustomer, mayDo, sorted, stageTimes } from './store.ts'
import { createOpportunity, editOpportunity, moveOpportunity, written } from './write.ts'

async function toChange(context: CommandContext, id: string): Promise<StoredRow> {
  const row = await loadForWrite(context, entityIn(context, 'opportunity'), id, 'edit')
  if (row.deletedAt !== null) throw new Refusal('deleted')
  return row
}

export const opportunitiesHandlers = {
  ...boardHandlers,

  list: onQuery.opportunities.list.handler(({ input, context }) =>
    listPage<Opportunity>(context, entityIn(context, 'opportunity'), input),
  ),
  count: onQuery.opportunities.count.handler(({ input, context }) => countFor(context, entityIn(context, 'opportunity'), input)),
  sums: onQuery.opportunities.sums.handler(({ input, context }) => sumsFor(context, entityIn(context, 'opportunity'), input)),

  get: onQuery.opportunities.get.handler(async ({ input, context }) => {
    const entity = entityIn(context, 'opportunity')
    const row = (await getRow(context.db, context.actor, entity, input.id, { deleted: true })) as Opportunity
    return { ...row, may: await mayDo(context, row.id) }
  }),

  ofCustomer: onQuery.opportunities.ofCustomer.handler(async ({ input, context }) => {
    await getRow(context.db, context.actor, entityIn(context, 'customer'), input.customerId, { deleted: true })
    const ids = await idsOfCustomer(context.db, input.customerId)
    return sorted((await rowsById(context.db, context.actor, entityIn(context, 'opportunity'), ids)) as Opportunity[], ids)
  }),

  stages: onQuery.opportunities.stages.handler(async ({ input, context }) => {
    await getRow(context.db, context.actor, entityIn(context, 'opportunity'), input.id, { deleted: true })
    return stageTimes(context.db, input.id)
  }),

  lines: onQuery.opportunities.lines.handler(async ({ input, context }) => {
    await getRow(context.db, context.actor, entityIn(context, 'opportunity'), input.id, { deleted: true })
    return linesFor(context, await readLines(context.db, input.id))
  }),
  setLines: onCommand.opportunities.setLines.handler(async ({ input, context }) => {
    const row = await toChange(context, input.id)
    if (await saveLines(context, row, { ...input, seenVersion: input.version }))
      context.record({ entity: 'opportunity', id: row.id, action: 'linesSet', detail: { count: input.lines.length } })
    else context.unchanged()
    return written(context, row.id)
  }),

  ratings: onQuery.opportunities.ratings.handler(async ({ input, context }) => {
    const entity = entityIn(context, 'opportunity')
    await getRow(context.db, context.actor, entity, input.id, { deleted: true })
    requireScore(context.actor, entity)
    return readRatings(context.db, input.id)
  }),
  rate: onCommand.opportunities.rate.handler(async ({ input, context }) => {
    const row = await toChange(context, input.id)
    requireScore(context.actor, entityIn(context, 'opportunity'))
    if (await writeRatings(context, row.id, input.choices)) context.record({ entity: 'opportunity', id: row.id, action: 'rated' })
    else context.unchanged()
    return written(context, row.id)
  }),

  create: onCommand.opportunities.create.handler(async ({ input, context }) => {
    const id = await createOpportunity(context, flatValues(entityIn(context, 'opportunity'), input))
    context.record({ entity: 'opportunity', id, action: 'created' })
    return written(context, id)
  }),

  edit: onCommand.opportunities.edit.handler(async ({ input, context }) => {
    const row = await toChange(context, input.id)
    const values = flatValues(entityIn(context, 'opportunity'), input.values)
    const action = await editOpportunity(context, row, values, input.version)
    if (action) context.record({ entity: 'opportunity', id: row.id, action })
    else context.unchanged()
    return written(context, row.id)
  }),

  move: onCommand.opportunities.move.handler(async ({ input, context }) => {
    const row = await toChange(context, input.id)
    const values = flatValues(entityIn(context, 'opportunity'), input.values)
    const action = await moveOpportunity(context, row, { ...input, values })
    context.record({ entity: 'opportunity', id: row.id, action, detail: { stageId: input.stageId } })
    return written(context, row.id)
  }),

  checkCells: onQuery.opportunities.checkCells.handler(({ input, context }) =>
    checkCells(context, opportunityCells(context), input),
  ),
  editCells: onStagedCommand.opportunities.editCells.handler(({ input, context }) =>
    editCells(context, opportunityCells(context), input),
  ),
  editMany: onStagedCommand.opportunities.editMany.handler(({ input, context }) =>
    inChunks(context, { entity: entityIn(context, 'opportunity'), ...input }, (command, ids) =>
      editChunk(command, ids, input.values),
    ),
  ),
  moveMany: onStagedCommand.opportunities.moveMany.handler(({ input, context }) =>
    inChunks(context, { entity: entityIn(context, 'opportunity'), ...input }, (command, ids) => moveChunk(command, ids, input)),
  ),
  previewMany: onQuery.opportunities.previewMany.handler(({ input, context }) => previewMany(context, input)),
  progress: onQuery.opportunities.progress.handler(({ input, context }) => ({
    done: progressOf(batchOf(context.actor, input.key)),
  })),
  removeMany: onStagedCommand.opportunities.removeMany.handler(({ input, context }) =>
    inChunks(context, { entity: entityIn(context, 'opportunity'), ...input }, removeChunk),
  ),
}
