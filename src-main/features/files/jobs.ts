import type { JobKind } from '../../kernel/jobKinds.ts'
import { dropBytes, orphans, removeOrphans } from '../../kernel/fileStore.ts'

const KEEP_MS = 86_400_000

/** Uploads that nobody hung on anything for a day, and bytes that no row names any more. */
export const tidyFiles: JobKind<unknown, { uploads: number; orphans: number }> = {
  resumable: true,
  run: async (context) => {
    const before = new Date(Date.parse(context.now()) - KEEP_MS).toISOString()
    const old = await context.technical.deleteFrom('fileUpload').where('createdAt', '<', before).returning('id').execute()
    for (const { id } of old) dropBytes(context.folder, id)
    await context.checkpoint()
    const found = await orphans(context.folder, context.db, context.now())
    removeOrphans(context.folder, found)
    return { uploads: old.length, orphans: found.length }
  },
}
