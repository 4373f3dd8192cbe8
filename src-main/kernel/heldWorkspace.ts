import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BACKUP_FOLDER, FILES_FOLDER } from './backupManifest.ts'
import { DATABASE_FILE } from './database.ts'

const MARK = 'workspace.json'

/** Written beside the data once there are some: a folder that lost its database is then no empty folder. */
export function rememberWorkspace(folder: string, at: string): void {
  const file = join(folder, MARK)
  if (!existsSync(file)) writeFileSync(file, JSON.stringify({ since: at }), { mode: 0o600 })
}

/** Whether a workspace stood here: its mark, or what only a workspace leaves. */
export function heldWorkspace(folder: string): boolean {
  if (!existsSync(folder)) return false
  const left = [MARK, `${DATABASE_FILE}-wal`].some((name) => existsSync(join(folder, name)))
  return left || [BACKUP_FOLDER, FILES_FOLDER, 'imports'].some((name) => holdsAny(join(folder, name)))
}

const holdsAny = (folder: string): boolean => existsSync(folder) && readdirSync(folder).length > 0
