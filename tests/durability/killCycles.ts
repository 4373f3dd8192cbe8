import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type BetterSqlite3 from 'better-sqlite3'
import { createBackend } from '../../src-main/backend.ts'
import { setUpWorkspace } from '../../src-main/features/setup/public.ts'
import { clearLeftovers } from '../../src-main/kernel/backup.ts'
import { openRaw } from '../../src-main/kernel/database.ts'
import { doctor } from '../../src-main/kernel/doctor.ts'
import { loadMigrations } from '../../src-main/kernel/migrate.ts'
import { ADMIN } from '../support/backend.ts'

export type Tally = {
  cycles: number
  killedBeforeReady: number
  acknowledged: number
  imports: number
  importedRows: number
  lost: string[]
  half: string[]
  problems: string[]
}

/** Lets real work run and kills it at random moments, over and over in one folder; looks the folder over after each kill. */
export async function killCycles(cycles: number, longestMs = 2500): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'kezhan-kill-'))
  const tally: Tally = {
    cycles: 0,
    killedBeforeReady: 0,
    acknowledged: 0,
    imports: 0,
    importedRows: 0,
    lost: [],
    half: [],
    problems: [],
  }
  try {
    const first = await createBackend({ folder, create: true })
    await setUpWorkspace(first.backend, ADMIN)
    await first.close()
    const newestSchema = (await loadMigrations()).length
    let checked = 0
    for (let round = 1; round <= cycles; round++) {
      if (!(await oneKill(folder, round, longestMs))) tally.killedBeforeReady++
      tally.cycles++
      // What the next start clears away is no fault of the data.
      clearLeftovers(folder)
      const found = doctor(folder, { version: '0', newestSchema })
      tally.problems.push(...found.problems.map((problem) => `round ${round}: ${problem}`))
      checked = compare(folder, checked, tally)
    }
    return tally
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @returns whether the work had begun when it was killed. */
async function oneKill(folder: string, round: number, longestMs: number): Promise<boolean> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'work.ts'), folder, String(round)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  let ready = false
  child.stderr.on('data', (chunk: Buffer) => void (said += String(chunk)))
  child.stdout.on('data', () => {
    ready = true
  })
  const ended = once(child, 'exit') as Promise<[number | null, string | null]>
  // Every sixth dies while it still opens the folder: migrating, recovering, planning.
  if (round % 6 !== 0) await Promise.race([once(child.stdout, 'data'), ended])
  // Rows of an import land within a second or two.
  await Promise.race([wait(Math.random() * (round % 3 === 1 ? longestMs / 3 : longestMs)), ended])
  child.kill('SIGKILL')
  const [code, signal] = await ended
  if (signal !== 'SIGKILL') throw new Error(`the work ended by itself (${code}): ${said.slice(-2000)}`)
  return ready
}

type Line = { what: string; key?: string; id?: string; name?: string; note?: string; importId?: string; created?: number }

/** Everything acknowledged since the last look must be there; every import must hold exactly the rows it counts. */
function compare(folder: string, from: number, tally: Tally): number {
  const file = join(folder, 'acknowledged.txt')
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  // The last line may have been cut by the kill; then nobody had been told.
  const lines = text.split('\n').slice(0, -1)
  const raw = openRaw(folder, { readonly: true })
  try {
    for (const line of lines.slice(from)) {
      const said = JSON.parse(line) as Line
      tally.acknowledged++
      if (!isThere(raw, said)) tally.lost.push(line)
      if (said.what === 'import') tally.imports++
    }
    tally.half.push(...halfImports(raw))
    tally.importedRows = raw.prepare('select coalesce(sum(created), 0) from import_run').pluck().get() as number
    return lines.length
  } finally {
    raw.close()
  }
}

function isThere(raw: BetterSqlite3.Database, said: Line): boolean {
  if (said.what === 'import')
    return (
      raw.prepare("select 1 from import_run where id = ? and state = 'done' and created = ?").get(said.importId, said.created) !==
      undefined
    )
  if (raw.prepare("select 1 from idempotency where key = ? or key like ? || '/%'").get(said.key, said.key) === undefined)
    return false
  const row = raw.prepare('select name, note, deleted_at from customer where id = ?').get(said.id) as
    | { name: string; note: string | null; deleted_at: string | null }
    | undefined
  if (!row) return false
  if (said.what === 'create') return row.name === said.name
  if (said.what === 'edit') return row.note === said.note
  return row.deleted_at !== null
}

/** Counts of an import and its rows are written in one transaction, so they agree after any kill. */
function halfImports(raw: BetterSqlite3.Database): string[] {
  const runs = raw.prepare('select id, batch_id as batchId, created from import_run').all() as {
    id: string
    batchId: string
    created: number
  }[]
  return runs.flatMap(({ id, batchId, created }) => {
    const rows = raw
      .prepare(
        "select count(*) from journal j join command c on c.seq = j.seq where c.batch_id = ? and j.tbl = 'customer' and j.op = 'i'",
      )
      .pluck()
      .get(batchId) as number
    return rows === created ? [] : [`import ${id} counts ${created} created and holds ${rows}`]
  })
}
