import { sql } from 'kysely'
import { BIN_DAYS } from '../../../src-shared/features/recycle-bin/model.ts'
import type { EntityDescriptor } from '../../../src-shared/kernel/entity.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { ReadDb } from '../../kernel/database.ts'
import type { JobKind } from '../../kernel/jobKinds.ts'
import type { ChunkOutcome } from '../../kernel/records/bulk.ts'
import { purgeChunk } from './bulk.ts'
import { PARTS, purgeParts } from './purgeParts.ts'

const AT_ONCE = 50

const IRREVERSIBLE = { irreversible: 'a purge removes for good' }

/** Purges customers, and parts deleted by themselves, that have lain in the recycle bin for long enough. Off until somebody switches its schedule on. */
export const purgeRecycleBin: JobKind<unknown, { purged: number }> = {
  resumable: true,
  run: async (context) => {
    const before = new Date(Date.parse(context.now()) - BIN_DAYS * 86_400_000).toISOString()
    let purged = 0
    const purgeAll = async (
      find: (after: string) => Promise<{ id: string }[]>,
      purge: (command: CommandContext, ids: readonly string[]) => Promise<ChunkOutcome>,
    ): Promise<void> => {
      let after: string | undefined = ''
      while (after !== undefined) {
        await context.checkpoint()
        const ids: string[] = (await find(after)).map((row) => row.id)
        after = ids.at(-1)
        if (after === undefined) return
        const outcome = await context.commit((command) => purge(command, ids), IRREVERSIBLE)
        purged += outcome.changed
        context.progress(purged)
      }
    }
    for (const part of PARTS)
      await purgeAll(
        async (after) => (await oldParts(part.entity, { before, after }).execute(context.db)).rows,
        (command, ids) => purgeParts(command, part, ids),
      )
    await purgeAll((after) => oldCustomers(context.db, { before, after }), purgeChunk)
    return { purged }
  },
}

type Reach = { before: string; after: string }

const oldCustomers = (db: ReadDb, { before, after }: Reach): Promise<{ id: string }[]> =>
  db
    .selectFrom('customer')
    .select('id')
    .where('deletedAt', '<', before)
    .where('mergedIntoId', 'is', null)
    .where('id', '>', after)
    .orderBy('id')
    .limit(AT_ONCE)
    .execute()

/** By the index of what was deleted by itself; the bare id would draw SQLite to the primary key and through the whole table. */
export const oldParts = (entity: EntityDescriptor, { before, after }: Reach) => sql<{ id: string }>`
  select id from ${sql.table(entity.table)} where deleted_at < ${before} and deleted_with is null and +id > ${after}
  order by +id limit ${AT_ONCE}`
