import { z } from 'zod'
import { Instant } from '../../kernel/time.ts'

export const BACKUP_REASONS = ['daily', 'manual', 'beforeImport', 'beforeMigration', 'beforeRestore'] as const
export const BackupReason = z.enum(BACKUP_REASONS)
export type BackupReason = z.infer<typeof BackupReason>

/** The name of a backup's folder: its moment and its reason. */
export const BackupId = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z-[a-zA-Z]+(-\d+)?$/, 'notABackup')

/** `soundAt`: when it was last opened and compared with its manifest; null after a check that found it damaged. */
export const Backup = z.strictObject({
  id: BackupId,
  at: Instant,
  reason: BackupReason,
  program: z.string(),
  schema: z.number().int(),
  /** The number of the last command in it. */
  seq: z.number().int(),
  size: z.number().int(),
  customers: z.number().int(),
  soundAt: Instant.nullable(),
  checkedAt: Instant,
})
export type Backup = z.infer<typeof Backup>

export const DiskSpace = z.strictObject({ free: z.number(), total: z.number(), low: z.boolean() })

/** A restore that was asked for and could not be done at the start after: the data stayed as they were. */
export const RefusedRestore = z.strictObject({ at: Instant, reason: z.string() })
export type RefusedRestore = z.infer<typeof RefusedRestore>
