import type { Actor } from '../../../src-shared/kernel/actor.ts'
import type { TaskContext, TaskTable } from '../../kernel/tasks.ts'
import { alikeAmong, groupPairs } from './groupTask.ts'
import { countOpen } from './store.ts'
import { walkBase } from './walkTask.ts'

/** What the search for duplicates does on worker threads: everything but writing. */
export const duplicateTasks: TaskTable = {
  'duplicates.walk': walkBase,
  'duplicates.group': groupPairs,
  'duplicates.alike': alikeAmong,
  'duplicates.count': (context: TaskContext, { actor, runId }: { actor: Actor; runId: string }) =>
    countOpen(context.db, actor, runId),
}
