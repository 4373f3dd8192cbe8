import type { Lead } from '../../../src-shared/features/leads/model.ts'
import { requireOpen } from '../../../src-shared/features/leads/rules.ts'
import { may } from '../../../src-shared/kernel/actor.ts'
import { typedValues } from '../../../src-shared/kernel/custom/phones.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { batchOf, onCommand, onQuery, onStagedCommand } from '../../kernel/pipeline.ts'
import { inChunks } from '../../kernel/records/bulk.ts'
import { checkCells, editCells } from '../../kernel/records/editCells.ts'
import { countFor, listPage } from '../../kernel/records/lanes.ts'
import { progressOf } from '../../kernel/records/progress.ts'
import { getRow } from '../../kernel/records/select.ts'
import { sumsFor } from '../../kernel/records/sums.ts'
import { loadForWrite, type StoredRow, updateRow } from '../../kernel/records/write.ts'
import { assignChunk, claimLeads, editChunk, invalidateChunk, previewMany, releaseChunk, removeChunk } from './bulk.ts'
import { leadCells } from './cells.ts'
import { convertLead } from './convert.ts'
import { giveNow, recycleNow } from './run.ts'
import { leadLookalikes } from './lookalikes.ts'
import { becameOf, followUpsOf, mayDo, movesOf, reasonIsKnown } from './store.ts'
import { createLead, editLead, followUpLead, invalidated, written } from './write.ts'

const toChange = (context: CommandContext, id: string): Promise<StoredRow> =>
  loadForWrite(context, entityIn(context, 'lead'), id, 'edit')

export const leadsHandlers = {
  list: onQuery.leads.list.handler(({ input, context }) => listPage<Lead>(context, entityIn(context, 'lead'), input)),
  count: onQuery.leads.count.handler(({ input, context }) => countFor(context, entityIn(context, 'lead'), input)),
  sums: onQuery.leads.sums.handler(({ input, context }) => sumsFor(context, entityIn(context, 'lead'), input)),

  get: onQuery.leads.get.handler(async ({ input, context }) => {
    const row = (await getRow(context.db, context.actor, entityIn(context, 'lead'), input.id, { deleted: true })) as Lead
    return { ...row, may: await mayDo(context, row.id), became: await becameOf(context, row.id) }
  }),
  followUps: onQuery.leads.followUps.handler(async ({ input, context }) => {
    await getRow(context.db, context.actor, entityIn(context, 'lead'), input.id, { deleted: true })
    return may(context.actor, 'followUps.read') ? followUpsOf(context.db, input.id) : []
  }),
  moves: onQuery.leads.moves.handler(async ({ input, context }) => {
    await getRow(context.db, context.actor, entityIn(context, 'lead'), input.id, { deleted: true })
    return movesOf(context.db, input.id)
  }),
  lookalikes: onQuery.leads.lookalikes.handler(({ input, context }) => leadLookalikes(context, input)),

  create: onCommand.leads.create.handler(async ({ input, context }) => {
    const id = await createLead(context, typedValues(entityIn(context, 'lead'), input, null))
    context.record({ entity: 'lead', id, action: 'created' })
    return written(context, id)
  }),
  edit: onCommand.leads.edit.handler(async ({ input, context }) => {
    const row = await toChange(context, input.id)
    const values = typedValues(entityIn(context, 'lead'), input.values, row)
    const action = await editLead(context, row, values, input.version)
    if (action) context.record({ entity: 'lead', id: row.id, action })
    else context.unchanged()
    return written(context, row.id)
  }),
  setStatus: onCommand.leads.setStatus.handler(async ({ input: { id, version, status }, context }) => {
    const row = await toChange(context, id)
    requireOpen(row)
    if (row['status'] === status) throw new Refusal('sameStatus')
    const wasInvalid = row['status'] === 'invalid'
    await updateRow(context, entityIn(context, 'lead'), row, {
      values: { status },
      derived: wasInvalid ? { invalidReasonId: null, invalidNote: null, invalidAt: null } : {},
      seenVersion: version,
    })
    context.record({ entity: 'lead', id, action: wasInvalid ? 'validated' : 'statusSet', detail: { status } })
    return written(context, id)
  }),
  invalidate: onCommand.leads.invalidate.handler(async ({ input: { id, version, reasonId, note }, context }) => {
    const row = await toChange(context, id)
    requireOpen(row)
    if (row['status'] === 'invalid') throw new Refusal('alreadyInvalid')
    if (!(await reasonIsKnown(context.tx, reasonId))) throw new Refusal('reasonUnknown')
    await updateRow(context, entityIn(context, 'lead'), row, {
      values: { status: 'invalid' },
      derived: invalidated(context, reasonId, note),
      seenVersion: version,
    })
    context.record({ entity: 'lead', id, action: 'invalidated' })
    return written(context, id)
  }),
  followUp: onCommand.leads.followUp.handler(async ({ input, context }) => {
    const row = await toChange(context, input.leadId)
    await followUpLead(context, row, input)
    context.record({ entity: 'lead', id: row.id, action: 'followedUp' })
    return written(context, row.id)
  }),
  claim: onCommand.leads.claim.handler(({ input, context }) => claimLeads(context, input.ids)),
  assign: onStagedCommand.leads.assign.handler(({ input, context }) =>
    inChunks(context, { entity: entityIn(context, 'lead'), ...input }, (command, ids) =>
      assignChunk(command, ids, input.ownerId),
    ),
  ),
  giveNow: onStagedCommand.leads.giveNow.handler(({ context }) => giveNow(context)),
  recycle: onStagedCommand.leads.recycle.handler(({ context }) => recycleNow(context)),
  release: onStagedCommand.leads.release.handler(({ input, context }) =>
    inChunks(context, { entity: entityIn(context, 'lead'), ...input }, (command, ids) =>
      releaseChunk(command, ids, input.poolId),
    ),
  ),
  convert: onCommand.leads.convert.handler(async ({ input, context }) => {
    const row = await toChange(context, input.id)
    const { customerId } = await convertLead(context, row, input)
    context.record({ entity: 'lead', id: row.id, action: 'converted', detail: { customerId } })
    return { ...(await written(context, row.id)), became: await becameOf({ ...context, db: context.tx as never }, row.id) }
  }),

  checkCells: onQuery.leads.checkCells.handler(({ input, context }) => checkCells(context, leadCells(context), input)),
  editCells: onStagedCommand.leads.editCells.handler(({ input, context }) => editCells(context, leadCells(context), input)),
  editMany: onStagedCommand.leads.editMany.handler(({ input, context }) =>
    inChunks(context, { entity: entityIn(context, 'lead'), ...input }, (command, ids) => editChunk(command, ids, input.values)),
  ),
  invalidateMany: onStagedCommand.leads.invalidateMany.handler(({ input, context }) =>
    inChunks(context, { entity: entityIn(context, 'lead'), ...input }, (command, ids) => invalidateChunk(command, ids, input)),
  ),
  previewMany: onQuery.leads.previewMany.handler(({ input, context }) => previewMany(context, input)),
  progress: onQuery.leads.progress.handler(({ input, context }) => ({ done: progressOf(batchOf(context.actor, input.key)) })),
  removeMany: onStagedCommand.leads.removeMany.handler(({ input, context }) =>
    inChunks(context, { entity: entityIn(context, 'lead'), ...input }, removeChunk),
  ),
}
