import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import type BetterSqlite3 from 'better-sqlite3'
import { z } from 'zod'
import { Refusal } from '../../src-shared/kernel/refusal.ts'
import { Instant } from '../../src-shared/kernel/time.ts'
import { sync } from './backup.ts'
import { PART } from './backupManifest.ts'
import { DATABASE_FILE, openRaw } from './database.ts'
import { type Restored, restore } from './restore.ts'

const FILE = 'restore.json'
const Asked = z.strictObject({
  request: z.string().max(40),
  backup: z.string().max(100),
  at: Instant,
  actor: z.strictObject({ id: z.string(), name: z.string() }),
})
type Asked = z.infer<typeof Asked>

/**
 * A running program cannot change the file under its own connections, so a restore is written down and done at the next
 * start, before anything is opened. Until then everything is as it was.
 */
export async function askForRestore(folder: string, asked: Asked): Promise<void> {
  const file = join(folder, FILE)
  writeFileSync(`${file}${PART}`, JSON.stringify(asked), { mode: 0o600 })
  await sync(`${file}${PART}`)
  await rename(`${file}${PART}`, file)
  await sync(folder)
}

export type Outcome = { done: Restored } | { refused: string } | null

/** Does what was asked for, once: a kill in the middle leaves the wish, and the wish knows whether it was carried out. */
export async function carryOutRestore(folder: string, options: { program: string; newestSchema: number }): Promise<Outcome> {
  const file = join(folder, FILE)
  if (!existsSync(file)) return null
  const asked = Asked.safeParse(JSON.parse(readFileSync(file, 'utf8')))
  if (!asked.success || wasCarriedOut(folder, asked.data.request)) {
    rmSync(file)
    return asked.success ? null : { refused: 'damaged' }
  }
  try {
    const done = await restore(folder, { ...asked.data, ...options })
    rmSync(file)
    return { done }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    // It cannot be done, and would not be at the next start either: the data stay as they are.
    rmSync(file)
    return { refused: error.reason }
  }
}

export const REFUSED_RESTORE = 'refusedRestore'

/** Whoever asked for it cannot be told at the start, so the outcome waits in the data for the page of backups. */
export function rememberOutcome(raw: BetterSqlite3.Database, outcome: Outcome, at: string): void {
  if (outcome === null) return
  raw.prepare('delete from meta where key = ?').run(REFUSED_RESTORE)
  if ('refused' in outcome)
    raw
      .prepare('insert into meta (key, value) values (?, ?)')
      .run(REFUSED_RESTORE, JSON.stringify({ at, reason: outcome.refused }))
}

function wasCarriedOut(folder: string, request: string): boolean {
  if (!existsSync(join(folder, DATABASE_FILE))) return false
  try {
    const raw = openRaw(folder, { readonly: true })
    try {
      return (
        raw.prepare("select 1 from command where action = 'restored' and detail ->> 'request' = ?").get(request) !== undefined
      )
    } finally {
      raw.close()
    }
  } catch {
    // A file that cannot be read is what the restore is for.
    return false
  }
}
