import { createBackup, type BackupRequest } from './backup.ts'
import { BACKUP_TASKS } from './backupShelf.ts'
import { verifyBackup } from './backupVerify.ts'
import { loadMigrations } from './migrate.ts'
import type { TaskContext, TaskTable } from './tasks.ts'

/** Copying and reading whole databases, away from the thread that answers. */
export const backupTasks: TaskTable = {
  [BACKUP_TASKS.make]: (context: TaskContext, input: BackupRequest) =>
    createBackup(context.folder, input, { signal: context.signal, onProgress: (share) => context.report({ share }) }),
  [BACKUP_TASKS.verify]: async (_context: TaskContext, input: { path: string }) => {
    await verifyBackup(input.path, { newestSchema: (await loadMigrations()).length })
    return null
  },
}
