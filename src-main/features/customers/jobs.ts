import type { JobKind } from '../../kernel/jobKinds.ts'
import { purgeChunk } from './bulk.ts'

const KEEP_DAYS = 30
const AT_ONCE = 50

/** Purges customers that have lain in the recycle bin for long enough. Off until somebody switches its schedule on. */
export const purgeRecycleBin: JobKind<unknown, { purged: number }> = {
  resumable: true,
  run: async (context) => {
    const before = new Date(Date.parse(context.now()) - KEEP_DAYS * 86_400_000).toISOString()
    let [purged, after] = [0, '']
    while (true) {
      await context.checkpoint()
      const rows = await context.db
        .selectFrom('customer')
        .select('id')
        .where('deletedAt', '<', before)
        .where('id', '>', after)
        .orderBy('id')
        .limit(AT_ONCE)
        .execute()
      const ids = rows.map((row) => row.id)
      const last = ids.at(-1)
      if (last === undefined) return { purged }
      const outcome = await context.commit((command) => purgeChunk(command, ids), { irreversible: 'a purge removes for good' })
      purged += outcome.changed
      after = last
      context.progress(purged)
    }
  },
}
