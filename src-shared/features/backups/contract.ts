import { z } from 'zod'
import { command, query } from '../../kernel/procedure.ts'
import { Job } from '../jobs/model.ts'
import { Backup, BackupId, DiskSpace, RefusedRestore } from './model.ts'

export const BACKUP_REFUSALS = ['missing', 'onlyOne', 'alreadyRunning'] as const
export const RESTORE_REFUSALS = ['missing', 'damaged', 'newer', 'notABackup', 'diskFull', 'notConfirmed'] as const

const NO_DATA = { irreversible: 'a backup changes no data' }
const One = z.strictObject({ id: BackupId })

export const backupsContract = {
  /** Newest first. `folder` is where they lie on the computer that holds the data. */
  list: query('backups.manage', ['backup', 'job'])
    .input(z.strictObject({}))
    .output(
      z.strictObject({ rows: z.array(Backup), folder: z.string(), disk: DiskSpace, refusedRestore: RefusedRestore.nullable() }),
    ),
  /** Starts a job; the backup is in the list when the job is done. */
  create: command('backups.manage', BACKUP_REFUSALS, NO_DATA).input(z.strictObject({})).output(Job),
  /** Reads one whole again, as a job. */
  verify: command('backups.manage', BACKUP_REFUSALS, NO_DATA).input(One).output(Job),
  remove: command('backups.manage', BACKUP_REFUSALS, { irreversible: 'a removed backup is gone' }).input(One).output(One),
  /**
   * Verifies the backup, then the program starts anew with it; what is there now becomes a backup of its own first. `confirm`
   * is the backup's id once more. `restarting` false: this program cannot start itself anew, and does it when it is started.
   */
  restore: command('backups.manage', RESTORE_REFUSALS, {
    irreversible: 'taken back by restoring the backup that is made before it',
  })
    .input(One.extend({ confirm: z.string().max(100) }))
    .output(z.strictObject({ restarting: z.boolean() })),
}
