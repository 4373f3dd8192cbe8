import { join } from 'node:path'
import { Refusal } from '../../src-shared/kernel/refusal.ts'
import { applyRetention } from './backupRetention.ts'
import { type BackupEntry, type BackupRequest, listBackups, recordCheck, removeBackup } from './backup.ts'
import { BACKUP_FOLDER, type BackupReason, type BackupRefusal } from './backupManifest.ts'
import type { Backend } from './context.ts'
import { type DiskSpace, diskSpace } from './diskSpace.ts'
import { refusalIn } from './jobFailure.ts'
import { askForRestore } from './pendingRestore.ts'
import type { RunOptions } from './workers.ts'

/** The backups of the folder that is open, for the features; everything slow happens on a worker thread. */
export type BackupShelf = {
  readonly folder: string
  list(): BackupEntry[]
  space(): DiskSpace
  /** Makes one, then lets go of those whose time is over. @throws Refusal `diskFull` | `damaged` */
  make(reason: BackupReason, options?: RunOptions): Promise<BackupEntry>
  /** Makes one unless the newest sound one already holds everything. */
  ensure(reason: BackupReason, options?: RunOptions): Promise<BackupEntry>
  /** Reads one whole again and remembers the outcome. @throws Refusal `missing` */
  check(id: string, options?: RunOptions): Promise<boolean>
  /** Finds the one that may go; the answer deletes it. @throws Refusal `missing` | `onlyOne` */
  toRemove(id: string): () => void
  /** Verifies one and writes down that it is to take the place of the data at the next start. @throws Refusal */
  prepareRestore(id: string, asked: { request: string; actor: { id: string; name: string } }): Promise<void>
}

export const BACKUP_TASKS = { make: 'backups.make', verify: 'backups.verify' } as const

export function createShelf(
  backend: Pick<Backend, 'folder' | 'workers' | 'version' | 'now'> & { zone: () => string; head: () => string },
): BackupShelf {
  const { folder, workers } = backend
  const find = (id: string): BackupEntry => {
    const found = listBackups(folder).find((entry) => entry.id === id)
    if (!found) throw new Refusal<BackupRefusal>('missing', { id })
    return found
  }
  const verify = (entry: BackupEntry, options: RunOptions) =>
    refusing(workers.run<null>(BACKUP_TASKS.verify, { path: entry.path }, { lane: 'long', ...options }))
  const make = async (reason: BackupReason, options: RunOptions = {}): Promise<BackupEntry> => {
    const request: BackupRequest = { reason, at: backend.now(), program: backend.version, zone: backend.zone() }
    const entry = await refusing(workers.run<BackupEntry>(BACKUP_TASKS.make, request, { lane: 'long', ...options }))
    applyRetention(listBackups(folder), backend.zone())
    return entry
  }
  return {
    folder: join(folder, BACKUP_FOLDER),
    list: () => listBackups(folder),
    space: () => diskSpace(folder),
    make,
    ensure: async (reason, options) => {
      const newest = listBackups(folder).find((entry) => entry.sound)
      return newest?.manifest.head === backend.head() ? newest : make(reason, options)
    },
    check: async (id, options = {}) => {
      const entry = find(id)
      const sound = await verify(entry, options).then(
        () => true,
        (error: unknown) => {
          if (error instanceof Refusal && error.reason === 'damaged') return false
          throw error
        },
      )
      recordCheck(entry.path, { at: backend.now(), sound })
      return sound
    },
    toRemove: (id) => {
      const entry = find(id)
      const others = listBackups(folder).filter((other) => other.sound && other.id !== id)
      if (entry.sound && others.length === 0) throw new Refusal<BackupRefusal>('onlyOne')
      return () => removeBackup(entry)
    },
    prepareRestore: async (id, { request, actor }) => {
      const entry = find(id)
      await verify(entry, {})
      await askForRestore(folder, { request, backup: id, at: backend.now(), actor })
    },
  }
}

/** A refusal keeps its reason on the way out of the worker. */
async function refusing<Output>(work: Promise<Output>): Promise<Output> {
  try {
    return await work
  } catch (error) {
    throw refusalIn(error) ?? error
  }
}
