import { copyFileSync, existsSync, linkSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { Refusal } from '../../src-shared/kernel/refusal.ts'
import {
  archivePath,
  BACKUP_FOLDER,
  type BackupReason,
  type BackupRefusal,
  checkedPath,
  describeFiles,
  FILES_FOLDER,
  type Manifest,
  manifestPath,
  manifestText,
  PART,
  readChecked,
  readManifest,
  sealed,
  sha256Of,
  type StoredFile,
} from './backupManifest.ts'
import { contentFault } from './backupVerify.ts'
import { DATABASE_FILE, openRaw } from './database.ts'
import { tableDigests, wholeDigest } from './digest.ts'
import { diskSpace } from './diskSpace.ts'
import { lastCommand } from './journal.ts'
import { schemaVersion } from './migrate.ts'

export type BackupEntry = { id: string; path: string; manifest: Manifest; checkedAt: string; sound: boolean }
export type BackupRequest = { reason: BackupReason; at: string; program: string; zone?: string }
type Watch = { onProgress?: (share: number) => void; signal?: AbortSignal }

const PAGES_AT_ONCE = 2000
/** Left free beside the copy, so that a backup never takes the last of the disk from the people who work. */
const RESERVE_BYTES = 64 * 1024 * 1024

/**
 * Copies the database while others write: one read transaction is held on an own connection, so the copy is of one moment
 * and never starts over. It gets its name, by one rename of its folder, only after it was opened and compared.
 * @throws Refusal `diskFull` | `damaged`
 */
export async function createBackup(folder: string, request: BackupRequest, watch: Watch = {}): Promise<BackupEntry> {
  const home = join(folder, BACKUP_FOLDER)
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const source = openRaw(folder, { readonly: true })
  const id = freeName(home, request)
  const part = join(home, `${id}${PART}`)
  try {
    requireSpace(folder, source)
    mkdirSync(part, { mode: 0o700 })
    const manifest = await fill(folder, part, source, request, watch)
    await settle(part, join(home, id))
    return { id, path: join(home, id), manifest, checkedAt: manifest.at, sound: true }
  } catch (error) {
    rmSync(part, { recursive: true, force: true })
    throw isDiskFull(error) ? new Refusal<BackupRefusal>('diskFull') : error
  } finally {
    source.close()
  }
}

function freeName(home: string, { at, reason }: BackupRequest): string {
  const name = `${at.replace(/[:.]/g, '-')}-${reason}`
  let free = name
  for (let n = 2; existsSync(join(home, free)) || existsSync(join(home, free + PART)); n++) free = `${name}-${n}`
  return free
}

function requireSpace(folder: string, source: BetterSqlite3.Database): void {
  const bytes =
    (source.pragma('page_count', { simple: true }) as number) * (source.pragma('page_size', { simple: true }) as number)
  const { free } = diskSpace(folder)
  if (free < bytes + RESERVE_BYTES) throw new Refusal<BackupRefusal>('diskFull', { free, needed: bytes + RESERVE_BYTES })
}

export const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || String(error.code).startsWith('SQLITE_FULL'))

async function fill(
  folder: string,
  part: string,
  source: BetterSqlite3.Database,
  request: BackupRequest,
  watch: Watch,
): Promise<Manifest> {
  source.exec('begin')
  // A deferred transaction begins with its first read.
  const head = lastCommand(source)
  await source.backup(archivePath(part), {
    progress: ({ totalPages, remainingPages }) => {
      watch.signal?.throwIfAborted()
      watch.onProgress?.(totalPages === 0 ? 0 : 0.6 * (1 - remainingPages / totalPages))
      return PAGES_AT_ONCE
    },
  })
  const tables = tableDigests(source)
  source.exec('commit')
  watch.signal?.throwIfAborted()
  watch.onProgress?.(0.75)
  const schema = schemaVersion(source)
  makeWhole(archivePath(part))
  const content = { schema, seq: head.seq, head: head.hash, tables, business: wholeDigest(tables) }
  const fault = contentFault(archivePath(part), content)
  if (fault) throw new Refusal<BackupRefusal>('damaged', { path: part, what: fault })
  watch.onProgress?.(0.95)
  const files = await copyFiles(join(folder, FILES_FOLDER), join(part, FILES_FOLDER))
  const manifest = sealed({
    format: 1,
    at: request.at,
    reason: request.reason,
    program: request.program,
    ...content,
    size: statSync(archivePath(part)).size,
    sha256: await sha256Of(archivePath(part)),
    files,
  })
  writeFileSync(manifestPath(part), manifestText(manifest), { mode: 0o600 })
  return manifest
}

/** One self-contained file without a log beside it; nobody is signed in in a backup, so restoring revives no session. */
function makeWhole(archive: string): void {
  const copy = new BetterSqlite3(archive)
  try {
    copy.pragma('journal_mode = delete')
    copy.pragma('synchronous = full')
    copy.exec('delete from session')
  } finally {
    copy.close()
  }
}

/** Stored files never change, so a second name for the same bytes is enough; another disk gets a copy. */
async function copyFiles(from: string, to: string): Promise<StoredFile[]> {
  const files = await describeFiles(from)
  if (files.length > 0) mkdirSync(to, { mode: 0o700 })
  for (const { name } of files) {
    try {
      linkSync(join(from, name), join(to, name))
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && ['EXDEV', 'EPERM', 'EMLINK', 'ENOTSUP'].includes(String(error.code))))
        throw error
      copyFileSync(join(from, name), join(to, name))
    }
  }
  return files
}

async function settle(part: string, final: string): Promise<void> {
  for (const file of [archivePath(part), manifestPath(part), part]) await sync(file)
  await rename(part, final)
  await sync(join(final, '..'))
}

/** Forces what was written to the disk; Windows cannot open a folder for it, and its rename is durable by itself. */
export async function sync(path: string): Promise<void> {
  const isFolder = statSync(path).isDirectory()
  if (isFolder && process.platform === 'win32') return
  const handle = await open(path, isFolder ? 'r' : 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Finished backups, newest first. Folders without a readable manifest are not backups and are not listed. */
export function listBackups(folder: string): BackupEntry[] {
  const home = join(folder, BACKUP_FOLDER)
  if (!existsSync(home)) return []
  return readdirSync(home)
    .filter((id) => !id.endsWith(PART))
    .flatMap((id) => entryOf(home, id))
    .sort((a, b) => (a.manifest.at < b.manifest.at ? 1 : a.manifest.at > b.manifest.at ? -1 : a.id < b.id ? 1 : -1))
}

function entryOf(home: string, id: string): BackupEntry[] {
  const path = join(home, id)
  try {
    const manifest = readManifest(path)
    const checked = readChecked(path)
    return [{ id, path, manifest, checkedAt: checked?.at ?? manifest.at, sound: checked?.sound ?? true }]
  } catch (error) {
    if (error instanceof Refusal) return []
    throw error
  }
}

export function recordCheck(path: string, outcome: { at: string; sound: boolean }): void {
  writeFileSync(checkedPath(path), JSON.stringify(outcome), { mode: 0o600 })
}

/** Renamed first, so that a kill in the middle leaves what the next start clears away, never half a backup under its own name. */
export function removeBackup(entry: BackupEntry): void {
  const going = `${entry.path}${PART}`
  renameSync(entry.path, going)
  rmSync(going, { recursive: true, force: true })
}

/** What an interrupted run left behind: half copies, and nothing else. */
export function leftovers(folder: string): string[] {
  const home = join(folder, BACKUP_FOLDER)
  const parts = existsSync(home) ? readdirSync(home).filter((name) => name.endsWith(PART)) : []
  const here = existsSync(folder)
    ? readdirSync(folder).filter((name) => name.startsWith(DATABASE_FILE) && /\.part(-journal)?$/.test(name))
    : []
  return [...parts.map((name) => join(home, name)), ...here.map((name) => join(folder, name))]
}

export function clearLeftovers(folder: string): string[] {
  const found = leftovers(folder)
  for (const path of found) rmSync(path, { recursive: true, force: true })
  return found
}
