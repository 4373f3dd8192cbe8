import { createHash } from 'node:crypto'
import { createReadStream, existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { Refusal } from '../../src-shared/kernel/refusal.ts'
import { Instant } from '../../src-shared/kernel/time.ts'
import { DATABASE_FILE } from './database.ts'

export const BACKUP_FOLDER = 'backups'
export const FILES_FOLDER = 'files'
export const PART = '.part'
const MANIFEST_FILE = 'manifest.json'
const CHECKED_FILE = 'checked.json'

const REASONS = ['daily', 'manual', 'beforeImport', 'beforeMigration', 'beforeRestore'] as const
export type BackupReason = (typeof REASONS)[number]
export type BackupRefusal = 'notABackup' | 'damaged' | 'newer' | 'missing' | 'diskFull' | 'onlyOne'

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const StoredFile = z.strictObject({ name: z.string().regex(/^[\w-][\w.-]{0,127}$/), size: z.number().int(), sha256: Sha256 })
export type StoredFile = z.infer<typeof StoredFile>

const Manifest = z.strictObject({
  format: z.literal(1),
  at: Instant,
  reason: z.enum(REASONS),
  program: z.string().max(100),
  schema: z.number().int().positive(),
  seq: z.number().int(),
  head: Sha256,
  tables: z.record(z.string().regex(/^[a-z][a-z_]{0,62}$/), z.strictObject({ rows: z.number().int(), digest: z.string() })),
  business: Sha256,
  size: z.number().int(),
  sha256: Sha256,
  files: z.array(StoredFile),
  /** Over everything above: a manifest edited by hand no longer fits. */
  seal: Sha256,
})
export type Manifest = z.infer<typeof Manifest>

export const sealOf = (manifest: Omit<Manifest, 'seal'>): string =>
  createHash('sha256').update(JSON.stringify(manifest)).digest('hex')

export const sealed = (manifest: Omit<Manifest, 'seal'>): Manifest => ({ ...manifest, seal: sealOf(manifest) })

export const manifestText = (manifest: Manifest): string => `${JSON.stringify(manifest, null, 2)}\n`
export const manifestPath = (path: string): string => join(path, MANIFEST_FILE)
export const archivePath = (path: string): string => join(path, DATABASE_FILE)

/** @throws Refusal `notABackup` | `damaged` */
export function readManifest(path: string): Manifest {
  const file = manifestPath(path)
  if (!isPlainFile(file) || !isPlainFile(archivePath(path))) throw new Refusal<BackupRefusal>('notABackup', { path })
  const parsed = Manifest.safeParse(parse(readFileSync(file, 'utf8'), path))
  if (!parsed.success) throw new Refusal<BackupRefusal>('damaged', { path, what: 'manifest' })
  const { seal, ...rest } = parsed.data
  if (sealOf(rest) !== seal) throw new Refusal<BackupRefusal>('damaged', { path, what: 'manifest' })
  return parsed.data
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) throw new Refusal<BackupRefusal>('damaged', { path, what: 'manifest' })
    throw error
  }
}

/** Links and devices are not followed: an archive from elsewhere must not name files outside itself. */
export const isPlainFile = (file: string): boolean => existsSync(file) && lstatSync(file).isFile()

const Checked = z.strictObject({ at: Instant, sound: z.boolean() })
export type Checked = z.infer<typeof Checked>
export const checkedPath = (path: string): string => join(path, CHECKED_FILE)

/** The outcome of the last check after the one at its making; null when there was none. */
export function readChecked(path: string): Checked | null {
  if (!existsSync(checkedPath(path))) return null
  const parsed = Checked.safeParse(parse(readFileSync(checkedPath(path), 'utf8'), path))
  return parsed.success ? parsed.data : null
}

export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

/** The stored files of a folder with their digests; they never change once written, so names decide what is copied. */
export async function describeFiles(folder: string): Promise<StoredFile[]> {
  if (!existsSync(folder)) return []
  const files: StoredFile[] = []
  for (const name of readdirSync(folder).sort()) {
    const file = join(folder, name)
    if (name.endsWith(PART) || !isPlainFile(file)) continue
    files.push({ name, size: lstatSync(file).size, sha256: await sha256Of(file) })
  }
  return files
}
