import type BetterSqlite3 from 'better-sqlite3'
import { CamelCasePlugin, Kysely } from 'kysely'
import { tableDigests, wholeDigest } from './digest.ts'
import { CachedSqliteDialect } from './dialect/sqliteDialect.ts'
import { dropTriggers, installTriggers } from './dialect/triggers.ts'
import { ulid } from './ids.ts'
import { appendCommand, lastCommand } from './journal.ts'
import { StartRefusal } from './startRefusal.ts'

export type Migration = { readonly name: string; readonly up: (db: Kysely<unknown>) => Promise<void> }
type MigrationModule = { up: Migration['up'] }

/** The same list for packaging, tests and development: Vite turns the glob into imports; plain Node reads the folder. */
export async function loadMigrations(): Promise<readonly Migration[]> {
  const modules: Record<string, MigrationModule> = import.meta.env
    ? import.meta.glob<MigrationModule>('../../migrations/[0-9]*.ts', { eager: true })
    : await fromFolder(new URL('../../migrations/', import.meta.url))
  return Object.entries(modules)
    .map(([path, module]) => ({ name: (path.split('/').at(-1) ?? path).replace(/\.ts$/, ''), up: module.up }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

async function fromFolder(folder: URL): Promise<Record<string, MigrationModule>> {
  const { readdir } = await import('node:fs/promises')
  const names = (await readdir(folder)).filter((name) => /^\d{4}_\w+\.ts$/.test(name))
  return Object.fromEntries(
    await Promise.all(
      names.map(
        async (name) => [name, (await import(/* @vite-ignore */ new URL(name, folder).href)) as MigrationModule] as const,
      ),
    ),
  )
}

export const schemaVersion = (raw: BetterSqlite3.Database): number => raw.pragma('user_version', { simple: true }) as number

export type MigrationPlan = { from: number; to: number; pending: readonly Migration[] }

/** @throws StartRefusal `newer` when the file was written by a later program. */
export function planMigration(raw: BetterSqlite3.Database, all: readonly Migration[]): MigrationPlan {
  const from = schemaVersion(raw)
  if (from > all.length) throw new StartRefusal('newer', { found: from, known: all.length })
  return { from, to: all.length, pending: all.slice(from) }
}

/**
 * Applies what is pending as one system command, or nothing. Foreign keys are off meanwhile (the pragma is ignored inside a
 * transaction, and a table rebuild would empty its children), so the check runs before COMMIT.
 */
export async function migrate(raw: BetterSqlite3.Database, all: readonly Migration[], at: string): Promise<MigrationPlan> {
  const plan = planMigration(raw, all)
  if (plan.pending.length === 0) {
    installTriggers(raw)
    return plan
  }
  // Not through the connection pool of a Kysely transaction: migrations get a plain one whose BEGIN is ours.
  const db = new Kysely<unknown>({
    dialect: new CachedSqliteDialect(raw, { exclusive: false }),
    plugins: [new CamelCasePlugin()],
  })
  raw.pragma('foreign_keys = off')
  raw.exec('begin immediate')
  try {
    const before = plan.from > 0 ? wholeDigest(tableDigests(raw)) : null
    dropTriggers(raw)
    for (const migration of plan.pending) await migration.up(db)
    const broken = raw.pragma('foreign_key_check') as unknown[]
    if (broken.length > 0) throw new Error(`foreign keys broken by migration: ${JSON.stringify(broken.slice(0, 5))}`)
    raw.pragma(`user_version = ${plan.to}`)
    const after = wholeDigest(tableDigests(raw))
    recordMigration(raw, plan, { before, after }, at)
    installTriggers(raw)
    raw.exec('commit')
  } catch (error) {
    if (raw.inTransaction) raw.exec('rollback')
    throw new StartRefusal('migrationFailed', {
      from: plan.from,
      to: plan.to,
      cause: error instanceof Error ? error.message : String(error),
    })
  } finally {
    raw.pragma('foreign_keys = on')
  }
  return plan
}

function recordMigration(
  raw: BetterSqlite3.Database,
  plan: MigrationPlan,
  digests: { before: string | null; after: string },
  at: string,
): void {
  const previous = lastCommand(raw)
  appendCommand(raw, previous, {
    seq: previous.seq + 1,
    id: ulid(Date.parse(at)),
    at,
    actorId: null,
    actorName: 'system',
    origin: 'system',
    procedure: 'kernel.migrate',
    action: 'migrated',
    entity: null,
    recordId: null,
    detail: JSON.stringify({ from: plan.from, to: plan.to, applied: plan.pending.map((m) => m.name), ...digests }),
    batchId: null,
    undoes: null,
    irreversible: 'a migration is taken back by restoring the backup made before it',
  })
}
