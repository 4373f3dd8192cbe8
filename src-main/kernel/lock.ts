import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join, resolve, sep } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { isNetworkPath } from './database.ts'
import { StartRefusal } from './startRefusal.ts'

export type LockHolder = { pid: number; host: string; since: string; program: string }
export type Lock = { readonly folder: string; readonly holder: LockHolder; release(): void }

const LOCK_FILE = 'lock.db'
const HOLDER_FILE = 'lock.json'
/** A holder that has just won the lock may not have signed yet; this is how long the loser waits for the signature. */
const SIGNATURE_WAIT_MS = 500
const NETWORK_FILE_SYSTEMS = new Set([
  'nfs',
  'nfs4',
  'cifs',
  'smb',
  'smb2',
  'smb3',
  'smbfs',
  'afs',
  'ncpfs',
  'fuse.sshfs',
  'fuse.davfs',
  'davfs',
  'ceph',
])

/**
 * Takes the folder for this process: an exclusive transaction on a file of its own, which the system drops with the
 * process however it ends, so there is no stale lock to clear away.
 * @throws StartRefusal `networkPath` | `noDatabase` | `readOnly` | `locked`
 */
export function lockFolder(
  folder: string,
  options: { now: () => string; program: string; create?: boolean; mounts?: string },
): Lock {
  refuseNetworkPath(folder, options.mounts)
  if (options.create) mkdirSync(folder, { recursive: true, mode: 0o700 })
  else if (!existsSync(folder)) throw new StartRefusal('noDatabase', { folder })
  const database = take(folder)
  const holder: LockHolder = { pid: process.pid, host: hostname(), since: options.now(), program: options.program }
  writeFileSync(join(folder, HOLDER_FILE), JSON.stringify(holder), { mode: 0o600 })
  return {
    folder,
    holder,
    release() {
      if (!database.open) return
      database.exec('rollback')
      database.close()
    },
  }
}

function take(folder: string): BetterSqlite3.Database {
  let database: BetterSqlite3.Database | undefined
  try {
    database = new BetterSqlite3(join(folder, LOCK_FILE), { timeout: 0 })
    database.pragma('journal_mode = delete')
    database.exec('begin exclusive')
    return database
  } catch (error) {
    database?.close()
    throw whyNot(error, folder)
  }
}

function whyNot(error: unknown, folder: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'))
    return new StartRefusal('locked', { ...holderOf(folder, SIGNATURE_WAIT_MS) })
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN') || code === 'EACCES' || code === 'EROFS')
    return new StartRefusal('readOnly', { folder })
  if (code.startsWith('SQLITE_FULL')) return new StartRefusal('diskFull', { folder })
  return error
}

/** Who signed for the folder; the signature outlives its owner, so it says something only while the lock is held. */
export function holderOf(folder: string, waitMs = 0): Partial<LockHolder> {
  const until = performance.now() + waitMs
  do {
    const holder = readHolder(folder)
    if (holder && isAlive(holder)) return holder
    if (waitMs > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
  } while (performance.now() < until)
  return readHolder(folder) ?? {}
}

function readHolder(folder: string): LockHolder | null {
  const file = join(folder, HOLDER_FILE)
  if (!existsSync(file)) return null
  try {
    const { pid, host, since, program } = JSON.parse(readFileSync(file, 'utf8')) as LockHolder
    return { pid, host, since, program }
  } catch (error) {
    // Half written at this very moment: the caller looks again.
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function isAlive({ pid, host }: LockHolder): boolean {
  if (host !== hostname()) return true
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** @throws StartRefusal `networkPath`, with the reason, before anything is created there. */
export function refuseNetworkPath(folder: string, mounts?: string): void {
  if (isNetworkPath(folder)) throw new StartRefusal('networkPath', { folder })
  const type = fileSystemOf(folder, mounts)
  if (type && NETWORK_FILE_SYSTEMS.has(type)) throw new StartRefusal('networkPath', { folder, fileSystem: type })
}

/** The type of the file system under a folder, by the longest mount point that contains it; Linux only. */
export function fileSystemOf(
  folder: string,
  mounts = existsSync('/proc/self/mounts') ? readFileSync('/proc/self/mounts', 'utf8') : '',
): string | null {
  const path = existingPart(resolve(folder))
  let best: { point: string; type: string } | null = null
  for (const line of mounts.split('\n')) {
    const [, rawPoint, type] = line.split(' ')
    if (!rawPoint || !type) continue
    const point = rawPoint.replace(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))
    const inside = path === point || path.startsWith(point.endsWith(sep) ? point : point + sep)
    // Of two mounts on one point the later one is on top.
    if (inside && (!best || point.length >= best.point.length)) best = { point, type }
  }
  return best?.type ?? null
}

function existingPart(path: string): string {
  let part = path
  while (!existsSync(part) && part !== resolve(part, '..')) part = resolve(part, '..')
  return existsSync(part) ? realpathSync(part) : part
}
