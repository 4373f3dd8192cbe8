import { backupTasks } from './kernel/backupTasks.ts'
import { customerTasks } from './features/customers/tasks.ts'
import { duplicateTasks } from './features/duplicates/tasks.ts'
import { exportTasks } from './features/exports/tasks.ts'
import { fieldTasks } from './features/fields/tasks.ts'
import { logTasks } from './kernel/dialect/logKeeper.ts'
import { opportunityTasks } from './features/opportunities/tasks.ts'
import { orderTasks } from './features/orders/jobs.ts'
import { peopleTasks } from './features/people/preview.ts'
import { recordTasks } from './kernel/records/tasks.ts'
import { poolTasks } from './features/pools/tasks.ts'
import { recycleBinTasks } from './features/recycle-bin/tasks.ts'
import { reportTasks } from './features/reports/tasks.ts'
import { tagTasks } from './features/tags/tasks.ts'
import { targetTasks } from './features/targets/tasks.ts'
import { importTasks } from './features/imports/tasks.ts'
import { workbenchTasks } from './features/workbench/tasks.ts'
import type { TaskTable } from './kernel/tasks.ts'

/** What worker threads can do, one line per feature. */
export const tasks: TaskTable = {
  ...backupTasks,
  ...logTasks,
  ...importTasks,
  ...customerTasks,
  ...duplicateTasks,
  ...exportTasks,
  ...fieldTasks,
  ...opportunityTasks,
  ...orderTasks,
  ...poolTasks,
  ...peopleTasks,
  ...recordTasks,
  ...recycleBinTasks,
  ...reportTasks,
  ...tagTasks,
  ...targetTasks,
  ...workbenchTasks,
}
