import { dateIn } from '../../src-shared/kernel/time.ts'
import { type BackupEntry, removeBackup } from './backup.ts'

export type Retention = { hourly: number; daily: number; weekly: number; monthly: number }
export const RETENTION: Retention = { hourly: 24, daily: 14, weekly: 8, monthly: 12 }

/** Those taken before something dangerous are wanted soon or never; the newest few of each kind stay beside the rhythm. */
const KEEP_OF_KIND = 3

type Dated = Pick<BackupEntry, 'id' | 'sound'> & { manifest: Pick<BackupEntry['manifest'], 'at' | 'reason'> }

/**
 * Which backups go: of each hour, day, week and month the newest stays, as far back as wanted. What a person made by hand
 * stays until a person removes it, and the newest sound one always stays.
 */
export function expired<Entry extends Dated>(entries: readonly Entry[], zone: string, retention: Retention = RETENTION): Entry[] {
  const newestFirst = [...entries].sort((a, b) => (a.manifest.at < b.manifest.at ? 1 : -1))
  const sound = newestFirst.filter((entry) => entry.sound)
  const keep = new Set<string>([
    ...(sound[0] ? [sound[0].id] : []),
    ...newestFirst.filter(({ manifest }) => manifest.reason === 'manual').map(({ id }) => id),
  ])
  keepNewestOf(sound, keep, retention.hourly, ({ manifest }) => manifest.at.slice(0, 13))
  keepNewestOf(sound, keep, retention.daily, ({ manifest }) => dateIn(manifest.at, zone))
  keepNewestOf(sound, keep, retention.weekly, ({ manifest }) => mondayOf(dateIn(manifest.at, zone)))
  keepNewestOf(sound, keep, retention.monthly, ({ manifest }) => dateIn(manifest.at, zone).slice(0, 7))
  for (const reason of ['beforeRestore', 'beforeMigration', 'beforeImport'])
    for (const { id } of sound.filter(({ manifest }) => manifest.reason === reason).slice(0, KEEP_OF_KIND)) keep.add(id)
  return newestFirst.filter(({ id }) => !keep.has(id))
}

function keepNewestOf(
  newestFirst: readonly Dated[],
  keep: Set<string>,
  periods: number,
  periodOf: (entry: Dated) => string,
): void {
  const seen = new Set<string>()
  for (const entry of newestFirst) {
    const period = periodOf(entry)
    if (seen.has(period)) continue
    if (seen.size === periods) return
    seen.add(period)
    keep.add(entry.id)
  }
}

function mondayOf(date: string): string {
  const day = new Date(`${date}T00:00:00Z`)
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7))
  return day.toISOString().slice(0, 10)
}

/** Removes what has expired; answers the names that went. */
export function applyRetention(entries: readonly BackupEntry[], zone: string): string[] {
  const gone = expired(entries, zone)
  for (const entry of gone) removeBackup(entry)
  return gone.map(({ id }) => id)
}
