import type { BackupReason } from '../../../src-shared/features/backups/model.ts'
import { text } from '../../../src-shared/features/backups/text.ts'
import type { Tone } from '../../components/marks.tsx'
import { optionWord, registerSlice, sliceWord } from '../../kernel/slices.ts'

registerSlice('backups', text)

export const reasonWord = (reason: BackupReason): string => optionWord('backups', 'reason', reason)
export const backupField = (key: string): string => sliceWord('backups', `fields.${key}`) ?? key
export const backupWord = (
  key: 'damaged' | 'diskLow' | 'retentionNote' | 'restoreNote' | 'restartNeeded' | 'restarting',
): string => sliceWord('backups', key) ?? key

export const restoreRefused = (reason: string): string =>
  sliceWord('backups', 'restoreRefused', { why: sliceWord('backups', `refusals.${reason}`) ?? reason }) ?? reason

/** What was made by hand or stands before something large is told apart from the daily ones. */
export const REASON_TONE: Record<BackupReason, Tone> = {
  daily: 'ink',
  manual: 'brand',
  beforeImport: 'info',
  beforeMigration: 'info',
  beforeRestore: 'lamp',
}
