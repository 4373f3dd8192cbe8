import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { Refusal } from '../../src-shared/kernel/refusal.ts'
import { type BackupEntry, createBackup, isDiskFull, sync } from './backup.ts'
import { archivePath, BACKUP_FOLDER, type BackupRefusal, FILES_FOLDER, type Manifest, PART, sha256Of } from './backupManifest.ts'
import { findBackup, verifyBackup } from './backupVerify.ts'
import { DATABASE_FILE, openRaw } from './database.ts'
import { dropTriggers, installTriggers } from './dialect/triggers.ts'
import { ulid } from './ids.ts'
import { appendCommand, lastCommand } from './journal.ts'
import { StartRefusal } from './startRefusal.ts'

export type RestoreRequest = {
  backup: string
  at: string
  program: string
  newestSchema: number
  actor?: { id: string; name: string }
  /** Names the wish, so that it is not carried out twice. */
  request?: string
}
/** `wayBack`: the backup of what was there before, or null when there was nothing, or the folder where a damaged file was set aside. */
export type Restored = { from: string; wayBack: string | null; setAside: string | null; seq: number; business: string }

/**
 * Puts a backup in the place of the data. Nobody may have the database open, and the caller holds the folder's lock.
 * Order: verify, copy beside, keep what is there, write the log of the old file back into it, one rename. A kill at any
 * moment leaves the old file or the new one, whole.
 * @throws Refusal `missing` | `notABackup` | `damaged` | `newer` | `diskFull`
 */
export async function restore(folder: string, request: RestoreRequest): Promise<Restored> {
  const path = findBackup(folder, request.backup)
  const manifest = await verifyBackup(path, request)
  const part = join(folder, `${DATABASE_FILE}.restore${PART}`)
  try {
    await copyBeside(path, part, manifest)
    await restoreFiles(path, folder, manifest)
    const kept = await keepPresent(folder, request)
    const head = recordRestore(part, manifest, { ...request, wayBack: kept.wayBack?.id ?? null })
    await sync(part)
    foldLog(folder)
    await rename(part, join(folder, DATABASE_FILE))
    await sync(folder)
    return { from: path, wayBack: kept.wayBack?.id ?? null, setAside: kept.setAside, seq: head, business: manifest.business }
  } catch (error) {
    throw isDiskFull(error) ? new Refusal<BackupRefusal>('diskFull') : error
  } finally {
    removePart(part)
  }
}

/** With its rollback journal: one left from a killed run would be played into the next copy. */
function removePart(part: string): void {
  for (const file of [part, `${part}-journal`]) rmSync(file, { force: true })
}

async function copyBeside(path: string, part: string, manifest: Manifest): Promise<void> {
  removePart(part)
  copyFileSync(archivePath(path), part)
  if ((await sha256Of(part)) !== manifest.sha256) throw new Refusal<BackupRefusal>('damaged', { path, what: 'copy' })
}

/** Files never change and are never taken away here: what the restored rows name is there before the rows are. */
async function restoreFiles(path: string, folder: string, manifest: Manifest): Promise<void> {
  if (manifest.files.length === 0) return
  const home = join(folder, FILES_FOLDER)
  mkdirSync(home, { recursive: true, mode: 0o700 })
  for (const { name, sha256 } of manifest.files) {
    const target = join(home, name)
    if (existsSync(target) && (await sha256Of(target)) === sha256) continue
    copyFileSync(join(path, FILES_FOLDER, name), `${target}${PART}`)
    await sync(`${target}${PART}`)
    await rename(`${target}${PART}`, target)
  }
}

async function keepPresent(
  folder: string,
  request: RestoreRequest,
): Promise<{ wayBack: BackupEntry | null; setAside: string | null }> {
  if (!existsSync(join(folder, DATABASE_FILE))) return { wayBack: null, setAside: null }
  try {
    return {
      wayBack: await createBackup(folder, { reason: 'beforeRestore', at: request.at, program: request.program }),
      setAside: null,
    }
  } catch (error) {
    // What cannot be opened cannot be backed up, and is the usual reason to restore: its bytes are kept as they are.
    if (!isDamage(error)) throw error
    return { wayBack: null, setAside: setAside(folder, request.at) }
  }
}

const isDamage = (error: unknown): boolean =>
  (error instanceof Refusal && error.reason === 'damaged') ||
  (error instanceof StartRefusal && error.reason === 'corrupt') ||
  (error instanceof Error && 'code' in error && /^SQLITE_(NOTADB|CORRUPT|ERROR)/.test(String(error.code)))

function setAside(folder: string, at: string): string {
  const home = join(folder, BACKUP_FOLDER, `damaged-${at.replace(/[:.]/g, '-')}`)
  mkdirSync(home, { recursive: true, mode: 0o700 })
  for (const name of companions(folder)) copyFileSync(join(folder, name), join(home, name))
  return home
}

const companions = (folder: string): string[] =>
  readdirSync(folder).filter((name) => [DATABASE_FILE, `${DATABASE_FILE}-wal`, `${DATABASE_FILE}-shm`].includes(name))

/**
 * The old file's log must be gone before another file takes its name, or SQLite would play it into the new one. The last
 * connection to close takes it away; one that stays means that somebody still has the file open.
 */
function foldLog(folder: string): void {
  if (!existsSync(join(folder, DATABASE_FILE))) return
  try {
    const old = openRaw(folder)
    try {
      old.pragma('wal_checkpoint(truncate)')
    } finally {
      old.close()
    }
    const left = companions(folder).filter((name) => name !== DATABASE_FILE)
    if (left.length > 0) throw new StartRefusal('locked', { folder, left: left.join(' ') })
  } catch (error) {
    if (!isDamage(error)) throw error
    for (const name of companions(folder)) if (name !== DATABASE_FILE) rmSync(join(folder, name), { force: true })
  }
}

/**
 * What was being worked on when the backup was made must not go on by itself: the import whose backup this is would write its
 * rows again. The jobs stay where they were, for a person to continue, cancel or take back.
 */
function leaveWorkToPeople(copy: BetterSqlite3.Database, at: string): void {
  copy
    .prepare(
      "update job set state = 'interrupted', wanted = null, finished_at = ?, error = ? where state in ('waiting', 'running', 'paused')",
    )
    .run(at, JSON.stringify({ reason: 'restored' }))
}

/** The restored books begin with who restored them, so history never looks as if nothing had happened. */
function recordRestore(part: string, manifest: Manifest, request: RestoreRequest & { wayBack: string | null }): number {
  const copy = new BetterSqlite3(part)
  try {
    copy.pragma('synchronous = full')
    copy.exec('begin immediate')
    // Whatever the archive's triggers say, only the program's own may run; an older schema gets them when it is migrated.
    dropTriggers(copy)
    leaveWorkToPeople(copy, request.at)
    const previous = lastCommand(copy)
    const { seq } = appendCommand(copy, previous, {
      seq: previous.seq + 1,
      id: ulid(Date.parse(request.at)),
      at: request.at,
      actorId: request.actor?.id ?? null,
      actorName: request.actor?.name ?? 'system',
      origin: 'system',
      procedure: 'backups.restore',
      action: 'restored',
      entity: 'backup',
      recordId: null,
      detail: JSON.stringify({
        takenAt: manifest.at,
        reason: manifest.reason,
        takenSeq: manifest.seq,
        wayBack: request.wayBack,
        request: request.request ?? null,
      }),
      batchId: null,
      undoes: null,
      irreversible: 'a restore is taken back by restoring the backup made before it',
    })
    if (manifest.schema === request.newestSchema) installTriggers(copy)
    copy.exec('commit')
    return seq
  } finally {
    copy.close()
  }
}
