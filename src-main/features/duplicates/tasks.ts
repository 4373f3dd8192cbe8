import type { Actor } from '../../../src-shared/kernel/actor.ts'
import type { TaskContext, TaskTable } from '../../kernel/tasks.ts'
import { alikeAmong, groupPairs } from './groupTask.ts'
import { countGroups, groupSeen, groupsPage } from './page.ts'
import type { PageInput } from './store.ts'
import { walkBase } from './walkTask.ts'

/** What the search for duplicates does on worker threads: everything but writing. */
export const duplicateTasks: TaskTable = {
  'duplicates.walk': walkBase,
  'duplicates.group': groupPairs,
  'duplicates.alike': alikeAmong,
  'duplicates.seen': groupSeen,
  // Beyond many settled groups, or many that the caller may not see, a page is far to find.
  'duplicates.groups': (context: TaskContext, { actor, input }: { actor: Actor; input: PageInput }) =>
    groupsPage(context, actor, input),
  'duplicates.count': (context: TaskContext, { actor, runId }: { actor: Actor; runId: string }) =>
    countGroups(context, actor, runId),
}
