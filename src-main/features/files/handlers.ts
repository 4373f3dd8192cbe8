import { fileEntity } from '../../../src-shared/features/files/entity.ts'
import type { StoredFile } from '../../../src-shared/features/files/model.ts'
import { soundFileName } from '../../../src-shared/features/files/rules.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import { sql } from 'kysely'
import type { CommandContext } from '../../kernel/context.ts'
import { eraseImages } from '../../kernel/erase.ts'
import { letBytesGo } from '../../kernel/fileStore.ts'
import { onCommand, onQuery } from '../../kernel/pipeline.ts'
import { getRow } from '../../kernel/records/select.ts'
import { loadForWrite, setDeleted, updateRow } from '../../kernel/records/write.ts'
import { bringBackFile, loadOwn } from './recycle.ts'
import { filesById, filesOfCustomer, hangUploads, hostOf, limitsOf } from './store.ts'

export const filesHandlers = {
  ofCustomer: onQuery.files.ofCustomer.handler(({ input, context }) => filesOfCustomer(context.db, context.actor, input)),

  // Whoever sees the record may add to it, as with what was said.
  add: onCommand.files.add.handler(async ({ input, context }) => {
    const { entity, recordId } = input
    const { customerId } = await hostOf(context, entity, recordId)
    const ids = await hangUploads(context, { entity, recordId, customerId }, input.uploads)
    for (const id of ids) context.record({ entity: 'file', id, action: 'created', detail: { customerId } })
    return filesById(context.tx, context.actor, ids)
  }),

  rename: onCommand.files.rename.handler(async ({ input, context }) => {
    const row = await loadOwn(context, input.id)
    if (row.deletedAt !== null) throw new Refusal('deleted')
    const wrote = await updateRow(context, fileEntity, row, {
      values: { name: soundFileName(input.name) },
      seenVersion: input.version,
    })
    if (wrote) context.record({ entity: 'file', id: row.id, action: 'edited', detail: { customerId: row['customerId'] } })
    else context.unchanged()
    return one(context, row.id)
  }),

  remove: onCommand.files.remove.handler(async ({ input, context }) => {
    const row = await loadOwn(context, input.id)
    if (row.deletedAt !== null) throw new Refusal('deleted')
    await setDeleted(context, fileEntity, row.id, true)
    context.record({ entity: 'file', id: row.id, action: 'deleted', detail: { customerId: row['customerId'] } })
    return { id: input.id }
  }),

  restore: onCommand.files.restore.handler(async ({ input, context }) => {
    const row = await bringBackFile(context, input.id)
    context.record({ entity: 'file', id: row.id, action: 'restored', detail: { customerId: row['customerId'] } })
    return one(context, row.id)
  }),

  purge: onCommand.files.purge.handler(async ({ input, context }) => {
    const row = await loadForWrite(context, fileEntity, input.id, 'purge')
    if (row.deletedAt === null) throw new Refusal('notDeleted')
    await letBytesGo(context, sql`${row.id}`)
    await context.tx.deleteFrom('file').where('id', '=', row.id).execute()
    await eraseImages(context, [row.id])
    context.record({ entity: 'file', id: row.id, action: 'purged', detail: { customerId: row['customerId'] } })
    return { id: input.id }
  }),

  settings: onQuery.files.settings.handler(({ context }) => limitsOf(context.db)),

  setSettings: onCommand.files.setSettings.handler(async ({ input, context }) => {
    const { maxBytes, quotaBytes } = input
    if (quotaBytes < maxBytes) throw new Refusal('quotaBelowFile')
    const workspace = await context.tx.selectFrom('workspace').selectAll().executeTakeFirstOrThrow()
    if (workspace.fileMaxBytes === maxBytes && workspace.fileQuotaBytes === quotaBytes) context.unchanged()
    else {
      await context.tx
        .updateTable('workspace')
        .set((eb) => ({
          fileMaxBytes: maxBytes,
          fileQuotaBytes: quotaBytes,
          updatedAt: context.now(),
          version: eb('version', '+', 1),
        }))
        .where('id', '=', workspace.id)
        .execute()
      context.record({ entity: 'workspace', id: workspace.id, action: 'settingsChanged' })
    }
    return input
  }),
}

const one = async (context: CommandContext, id: string): Promise<StoredFile> =>
  (await getRow(context.tx, context.actor, fileEntity, id)) as StoredFile
