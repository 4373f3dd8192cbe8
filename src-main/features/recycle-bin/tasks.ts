import type { BinKind } from '../../../src-shared/features/recycle-bin/model.ts'
import { BIN_KINDS } from '../../../src-shared/features/recycle-bin/model.ts'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import type { TaskTable } from '../../kernel/tasks.ts'
import { type Asked, countLying, idsLying, keepDaysOf, pageLying } from './store.ts'

/** Whatever looks through the recycle bin, beside everybody's work. */
export const recycleBinTasks: TaskTable = {
  'recycleBin.counts': async ({ db, entities }, { actor }: { actor: Actor }) => {
    const counts: Partial<Record<BinKind, number | null>> = {}
    for (const kind of BIN_KINDS) counts[kind] = await countLying({ db, actor, entities }, { kind })
    return { ...counts, keepDays: await keepDaysOf(db) }
  },
  'recycleBin.page': async (
    { db, entities },
    { actor, ...asked }: Asked & { actor: Actor; offset: number; limit: number; now: string },
  ) => pageLying({ db, actor, entities }, { ...asked, keepDays: await keepDaysOf(db) }),
  'recycleBin.ids': ({ db, entities }, { actor, ...asked }: Asked & { actor: Actor }) => idsLying({ db, actor, entities }, asked),
}
