import { existsSync, lstatSync } from 'node:fs'
import { join, resolve } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { Refusal } from '../../src-shared/kernel/refusal.ts'
import {
  archivePath,
  BACKUP_FOLDER,
  type BackupRefusal,
  describeFiles,
  FILES_FOLDER,
  type Manifest,
  readManifest,
  sha256Of,
} from './backupManifest.ts'
import { tableDigests, wholeDigest } from './digest.ts'
import { foreignTriggers } from './dialect/triggers.ts'
import { lastCommand } from './journal.ts'
import { schemaVersion } from './migrate.ts'

/** The folder of a backup: by its name among those of the data folder, or a path to it or to a file inside it. */
export function findBackup(folder: string, nameOrPath: string): string {
  const named = join(folder, BACKUP_FOLDER, nameOrPath)
  if (/^[\w-]+$/.test(nameOrPath) && existsSync(named)) return named
  const path = resolve(nameOrPath)
  if (!existsSync(path)) throw new Refusal<BackupRefusal>('missing', { path: nameOrPath })
  return lstatSync(path).isDirectory() ? path : resolve(path, '..')
}

/**
 * Reads a whole backup and compares it with its manifest; nothing but the backup is opened.
 * @throws Refusal `notABackup` | `damaged` | `newer`
 */
export async function verifyBackup(path: string, options: { newestSchema: number }): Promise<Manifest> {
  const manifest = readManifest(path)
  if (manifest.schema > options.newestSchema)
    throw new Refusal<BackupRefusal>('newer', { path, found: manifest.schema, known: options.newestSchema })
  const damaged = (what: string) => new Refusal<BackupRefusal>('damaged', { path, what })
  const archive = archivePath(path)
  if (lstatSync(archive).size !== manifest.size) throw damaged('size')
  if ((await sha256Of(archive)) !== manifest.sha256) throw damaged('bytes')
  const files = await describeFiles(join(path, FILES_FOLDER))
  if (JSON.stringify(files) !== JSON.stringify(manifest.files)) throw damaged('files')
  const fault = contentFault(archive, manifest)
  if (fault) throw damaged(fault)
  return manifest
}

/** What does not fit inside the archive, or null: structure, references, foreign triggers, rows against the manifest. */
export function contentFault(
  archive: string,
  manifest: Pick<Manifest, 'schema' | 'seq' | 'head' | 'tables' | 'business'>,
): string | null {
  const copy = new BetterSqlite3(archive, { readonly: true })
  try {
    copy.pragma('temp_store = memory')
    copy.pragma('trusted_schema = off')
    const integrity = copy.pragma('integrity_check(1)', { simple: true })
    if (integrity !== 'ok') return 'integrity'
    if ((copy.pragma('foreign_key_check') as unknown[]).length > 0) return 'foreignKeys'
    if (foreignTriggers(copy).length > 0) return 'foreignTriggers'
    if (schemaVersion(copy) !== manifest.schema) return 'schema'
    const head = lastCommand(copy)
    if (head.seq !== manifest.seq || head.hash !== manifest.head) return 'chain'
    const tables = tableDigests(copy, Object.keys(manifest.tables))
    if (wholeDigest(tables) !== manifest.business || wholeDigest(manifest.tables) !== manifest.business) return 'rows'
    return null
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_')) return 'integrity'
    throw error
  } finally {
    copy.close()
  }
}
