import type { Actor } from '../../../src-shared/kernel/actor.ts'
import type { TaskContext, TaskTable } from '../../kernel/tasks.ts'
import { countedTags } from './store.ts'

export const tagTasks: TaskTable = {
  'tags.counted': (context: TaskContext, { actor }: { actor: Actor }) => countedTags(context.db, actor),
}
