import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { type RawBuilder, sql } from 'kysely'
import { Ulid } from '../../src-shared/kernel/ids.ts'
import { Refusal } from '../../src-shared/kernel/refusal.ts'
import { sync } from './backup.ts'
import { BACKUP_FOLDER, FILES_FOLDER, PART } from './backupManifest.ts'
import type { CommandContext } from './context.ts'
import type { ReadDb } from './database.ts'
import { diskSpace } from './diskSpace.ts'

/** So much of the beginning is kept to see what the bytes are. */
const HEAD_BYTES = 4096
/** Left free beside what is stored, so that people can go on working. */
const RESERVE_BYTES = 256 * 1024 * 1024
const DAY_MS = 86_400_000

export type Stored = { size: number; sha256: string; head: Uint8Array }
type Incoming = { folder: string; id: string; body: AsyncIterable<Uint8Array>; most: number; declared: number | null }

/** Where the bytes of a file lie: under its number, never under a name that people gave. */
export function pathOfFile(folder: string, id: string): string {
  if (!Ulid.safeParse(id).success) throw new Error('not the number of a file')
  return join(folder, FILES_FOLDER, id)
}

/**
 * Takes a stream to the disk under a name of its own: written beside, forced to the disk, renamed. A kill at any moment leaves
 * nothing or a whole file that nobody names yet, and that is tidied away.
 * @throws Refusal `empty` | `tooLarge` | `diskFull` | `cutOff`
 */
export async function storeBytes({ folder, id, body, most, declared }: Incoming): Promise<Stored> {
  if (declared !== null && declared > most) throw new Refusal('tooLarge', { max: wordOf(most) })
  if (declared === 0) throw new Refusal('empty')
  if (diskSpace(folder).free < RESERVE_BYTES + (declared ?? 0)) throw new Refusal('diskFull')
  mkdirSync(join(folder, FILES_FOLDER), { recursive: true, mode: 0o700 })
  const final = pathOfFile(folder, id)
  const part = `${final}${PART}`
  try {
    const stored = await written(part, body, most)
    if (stored.size === 0) throw new Refusal('empty')
    if (declared !== null && stored.size !== declared) throw new Refusal('cutOff')
    await rename(part, final)
    await sync(join(folder, FILES_FOLDER))
    return stored
  } catch (error) {
    rmSync(part, { force: true })
    throw asRefusal(error)
  }
}

function asRefusal(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'ENOSPC') return new Refusal('diskFull')
  // Whoever sent it went away in the middle.
  return code === 'ECONNRESET' ? new Refusal('cutOff') : error
}

async function written(part: string, body: AsyncIterable<Uint8Array>, most: number): Promise<Stored> {
  const hash = createHash('sha256')
  const file = await open(part, 'wx', 0o600)
  const head: Uint8Array[] = []
  let [size, kept] = [0, 0]
  try {
    for await (const chunk of body) {
      size += chunk.length
      if (size > most) throw new Refusal('tooLarge', { max: wordOf(most) })
      hash.update(chunk)
      if (kept < HEAD_BYTES) {
        head.push(chunk.slice(0, HEAD_BYTES - kept))
        kept += Math.min(chunk.length, HEAD_BYTES - kept)
      }
      for (let at = 0; at < chunk.length; ) at += (await file.write(chunk, at)).bytesWritten
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return { size, sha256: hash.digest('hex'), head: Buffer.concat(head) }
}

const wordOf = (bytes: number): string => `${Math.round(bytes / 1_048_576)} MB`

/** Bytes that nobody was told of are taken away at once. */
export const dropBytes = (folder: string, id: string): void => rmSync(pathOfFile(folder, id), { force: true })

/** Rows that are being purged let their bytes go: noted with the purge, removed once it is committed, or by the housekeeping. */
export async function letBytesGo(context: CommandContext, ids: RawBuilder<unknown>): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    insert into file_gone (id, created_at) select id, ${context.now()} from file where id in (${ids}) on conflict do nothing returning id`.execute(
    context.tx,
  )
  const { folder } = context.services
  context.afterCommit(() => {
    if (!isBackingUp(folder)) for (const { id } of rows) dropBytes(folder, id)
  })
}

/** A backup names the files after the rows: what its rows still name must not go in between. */
const isBackingUp = (folder: string): boolean => {
  const home = join(folder, BACKUP_FOLDER)
  return existsSync(home) && readdirSync(home).some((name) => name.endsWith(PART))
}

/**
 * Bytes without a row: purged ones that a kill left, and what nobody ever named. What a command once brought stays although it
 * was taken back: taking that back brings the row again. Young ones may be on their way.
 */
export async function orphans(folder: string, db: ReadDb, now: string): Promise<string[]> {
  const home = join(folder, FILES_FOLDER)
  if (!existsSync(home) || isBackingUp(folder)) return []
  // Whatever else somebody laid into the folder is not ours to take away.
  const names = readdirSync(home).filter((name) => Ulid.safeParse(idIn(name)).success)
  const { rows } = await sql<{ id: string; gone: number }>`
    select w.value as id, exists (select 1 from file_gone g where g.id = w.value) as gone from json_each(${JSON.stringify(names.map(idIn))}) w
    where not exists (select 1 from file f where f.id = w.value) and (exists (select 1 from file_gone g where g.id = w.value)
      or not exists (select 1 from file_upload u where u.id = w.value)
      and not exists (select 1 from journal j where j.tbl = 'file' and j.row_id = w.value))`.execute(db)
  const nameless = new Map(rows.map(({ id, gone }) => [id, gone === 1]))
  const young = Date.parse(now) - DAY_MS
  return names.filter((name) => {
    const gone = nameless.get(idIn(name))
    if (gone === true) return true
    return (name.endsWith(PART) || gone === false) && statSync(join(home, name)).mtimeMs < young
  })
}
const idIn = (name: string): string => (name.endsWith(PART) ? name.slice(0, -PART.length) : name)

export function removeOrphans(folder: string, names: readonly string[]): void {
  for (const name of names) rmSync(join(folder, FILES_FOLDER, name), { force: true })
}
