import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { CamelCasePlugin, Kysely, type Transaction } from 'kysely'
import { registerFormulas } from './dialect/formulaFunction.ts'
import { LAST_RESORT_PAGES } from './dialect/logKeeper.ts'
import { CachedSqliteDialect, type Watch } from './dialect/sqliteDialect.ts'
import { type ChainEnd, lastCommand } from './journal.ts'
import { StartRefusal } from './startRefusal.ts'
import type { Tables } from './tables.gen.ts'

declare const mayWrite: unique symbol
/** Reads; opened read-only, so the type is backed by the file handle. */
export type ReadDb = Kysely<Tables>
/** The transaction of the running command: the only thing that can write. */
export type WriteTx = Transaction<Tables> & { readonly [mayWrite]: true }

export type Database = {
  readonly file: string
  /** The one writer; calls queue. Only the pipeline and the kernel's own jobs touch it. */
  readonly write: Kysely<Tables>
  readonly read: ReadDb
  /** The writer's raw handle, for what kysely has no words for: pragmas, backup, triggers. */
  readonly raw: BetterSqlite3.Database
  /** Every connection of this thread. */
  readonly connections: readonly BetterSqlite3.Database[]
  /** Told after each COMMIT of the writer; one listener. */
  onCommit(listener: () => void): void
  /** Told how long somebody stood in line for the writer; one listener. */
  onWaited(listener: (ms: number) => void): void
  /** The last committed command; what a group of commands is still writing does not count. */
  lastCommand(): ChainEnd
  /** Whether somebody stands in line for the writer. */
  isAwaited(): boolean
  close(): Promise<void>
}

export const DATABASE_FILE = 'kezhan.db'
/** Readers, one in each thread, have the file mapped anyway; the writer changes the same pages of some twenty trees again and again. */
export const READER_CACHE_KB = 16_384
/** Pages in the map count as the program's own memory, once for each connection that has seen them. */
export const READER_MAP_BYTES = 134_217_728
const WRITER_CACHE_KB = 65_536
const OLDEST_SQLITE = [3, 51, 3] as const

/** Versions before 3.51.3 can lose commits when a checkpoint meets a WAL reset. */
export function assertSqliteVersion(raw: BetterSqlite3.Database): string {
  const { v } = raw.prepare('select sqlite_version() as v').get() as { v: string }
  const parts = v.split('.').map(Number)
  for (const [index, least] of OLDEST_SQLITE.entries()) {
    const part = parts[index] ?? 0
    if (part > least) break
    if (part < least) throw new StartRefusal('sqliteTooOld', { found: v, needed: OLDEST_SQLITE.join('.') })
  }
  return v
}

export const isNetworkPath = (folder: string): boolean =>
  /^(\\\\|\/\/)[^\\/?.]/.test(folder) || /^(smb|nfs|afp|https?|ftp):/i.test(folder)

/** Opens the file of a data folder with the pragmas the durability rests on. Creates it only when asked to. */
export function openRaw(folder: string, options: { create?: boolean; readonly?: boolean } = {}): BetterSqlite3.Database {
  const file = join(folder, DATABASE_FILE)
  if (options.create) mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (!options.create && !existsSync(file)) throw new StartRefusal('noDatabase', { folder })
  if (options.readonly) rollBackInterrupted(file)
  const raw = new BetterSqlite3(file, { readonly: options.readonly ?? false, timeout: 5000 })
  try {
    assertSqliteVersion(raw)
    if (!options.readonly) {
      raw.pragma('journal_mode = wal')
      raw.pragma('synchronous = full')
      raw.pragma(`wal_autocheckpoint = ${LAST_RESORT_PAGES}`)
      raw.pragma('journal_size_limit = 67108864')
    }
    raw.pragma('foreign_keys = on')
    raw.pragma('temp_store = memory')
    raw.pragma(`cache_size = -${options.readonly ? READER_CACHE_KB : WRITER_CACHE_KB}`)
    raw.pragma(`mmap_size = ${options.readonly ? READER_MAP_BYTES : 0}`)
    raw.pragma('trusted_schema = off')
    registerFormulas(raw)
  } catch (error) {
    raw.close()
    throw asCorrupt(error, file)
  }
  return raw
}

/** A kill while the file changed its journal mode leaves a journal that only a writer may roll back; readers come first at a start. */
function rollBackInterrupted(file: string): void {
  if (!existsSync(`${file}-journal`)) return
  const writer = new BetterSqlite3(file, { timeout: 5000 })
  try {
    writer.prepare('select count(*) from sqlite_master').get()
  } catch (error) {
    throw asCorrupt(error, file)
  } finally {
    writer.close()
  }
}

/**
 * A glance at the first page of every table: a file of another program, or one with pages gone, is refused before anything is
 * written into it. The whole file is read by the doctor and by every backup, not by a start.
 * @throws StartRefusal `corrupt`, or SQLite's own word for a damaged page.
 */
export function requireOurs(raw: BetterSqlite3.Database, file: string): void {
  const tables = raw
    .prepare("select name from sqlite_master where type = 'table' and sql not like 'create virtual%'")
    .pluck()
    .all() as string[]
  if (!tables.includes('command') || !tables.includes('journal'))
    throw new StartRefusal('corrupt', { file, detail: 'the tables of Kezhan are not in it' })
  for (const table of tables) raw.prepare(`select 1 from "${table}" limit 1`).get()
}

export function asCorrupt(error: unknown, file: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code.startsWith('SQLITE_NOTADB') || code.startsWith('SQLITE_CORRUPT'))
    return new StartRefusal('corrupt', { file, detail: String(error) })
  if (code.startsWith('SQLITE_CANTOPEN')) return new StartRefusal('cannotOpen', { file, detail: String(error) })
  if (code.startsWith('SQLITE_FULL')) return new StartRefusal('diskFull', { file })
  return error
}

export const kyselyOver = (raw: BetterSqlite3.Database, exclusive: boolean, watch?: Watch): Kysely<Tables> =>
  new Kysely<Tables>({
    dialect: new CachedSqliteDialect(raw, { exclusive, watch }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })

type AnyDb = ReadDb | WriteTx
const plainOnes = new WeakMap<AnyDb, AnyDb>()
/** The same connection without the renaming of keys, for statements that name columns and keys themselves. */
export function plain(db: AnyDb): AnyDb {
  let one = plainOnes.get(db)
  if (!one) {
    one = db.withoutPlugins() as AnyDb
    plainOnes.set(db, one)
  }
  return one
}

/** Wraps an opened and migrated file: one writer, one reader on this thread; scans go to worker threads (workers.ts). */
export function databaseOver(raw: BetterSqlite3.Database, folder: string): Database {
  const watch: Watch = { committed: () => undefined, waited: () => undefined, waiting: 0 }
  const write = kyselyOver(raw, true, watch)
  const reader = openRaw(folder, { readonly: true })
  const read = kyselyOver(reader, false)
  return {
    file: join(folder, DATABASE_FILE),
    write,
    read,
    raw,
    connections: [raw, reader],
    onCommit: (listener) => {
      watch.committed = listener
    },
    onWaited: (listener) => {
      watch.waited = listener
    },
    lastCommand: () => lastCommand(reader),
    isAwaited: () => watch.waiting > 0,
    async close() {
      await read.destroy()
      if (raw.open) foldLog(raw)
      await write.destroy()
      // kysely closes only what it has used; a handle left open would keep the file locked for whoever restores it.
      for (const handle of [reader, raw]) if (handle.open) handle.close()
    },
  }
}

/** Writes the log back into the file. On a disk that takes no more it stays beside it: the next start reads both. */
function foldLog(raw: BetterSqlite3.Database): void {
  try {
    raw.pragma('optimize')
    raw.pragma('wal_checkpoint(truncate)')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (!/^SQLITE_(FULL|READONLY|IOERR|BUSY)/.test(code)) throw error
  }
}
