import { recordTasks } from './kernel/records/tasks.ts'
import type { TaskTable } from './kernel/tasks.ts'

/** What worker threads can do, one line per feature. */
export const tasks: TaskTable = {
  ...recordTasks,
}
