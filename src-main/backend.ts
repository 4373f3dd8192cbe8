import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { entities } from '../src-shared/entities.ts'
import type { Actor, Origin } from '../src-shared/kernel/actor.ts'
import { Refusal } from '../src-shared/kernel/refusal.ts'
import { dateIn } from '../src-shared/kernel/time.ts'
import { VERSION } from './version.ts'
import { noticesOfJob } from './features/notifications/public.ts'
import { orderChronicle } from './features/orders/public.ts'
import { RENEW } from './features/search/public.ts'
import { buildActor, createSessions, type SessionService } from './features/session/public.ts'
import { jobKinds, scheduleSeeds } from './jobs.ts'
import { type BackupEntry, clearLeftovers, createBackup } from './kernel/backup.ts'
import type { BackupReason } from './kernel/backupManifest.ts'
import { createShelf } from './kernel/backupShelf.ts'
import { systemId, systemNow } from './kernel/clock.ts'
import { CommitBus } from './kernel/commitBus.ts'
import type { Backend } from './kernel/context.ts'
import { asCorrupt, DATABASE_FILE, type Database, databaseOver, openRaw, requireOurs } from './kernel/database.ts'
import { IndexKeeper } from './kernel/dialect/indexKeeper.ts'
import { keepUniqueIndexes } from './kernel/dialect/uniqueIndexes.ts'
import { LogKeeper } from './kernel/dialect/logKeeper.ts'
import { createJobs, type Jobs } from './kernel/jobs.ts'
import { Presence } from './kernel/presence.ts'
import { prepared } from './kernel/journal.ts'
import { followCommits } from './kernel/liveFeed.ts'
import { tellOutside } from './kernel/notices.ts'
import { announceNotices } from './kernel/touched.ts'
import { LivingEntities } from './kernel/livingEntities.ts'
import { heldWorkspace, rememberWorkspace } from './kernel/heldWorkspace.ts'
import { refuseNetworkPath } from './kernel/lock.ts'
import { type Logger, stderrLogger } from './kernel/logger.ts'
import { loadMigrations, type Migration, migrate, planMigration } from './kernel/migrate.ts'
import { carryOutRestore, type Outcome, rememberOutcome } from './kernel/pendingRestore.ts'
import { createScheduler, type Scheduler } from './kernel/scheduler.ts'
import { SearchDocs } from './kernel/searchDocs.ts'
import { noteRules, noteRulesOfNone, outdatedKinds } from './kernel/searchRules.ts'
import type { SearchRenewal } from './kernel/services.ts'
import { StartRefusal } from './kernel/startRefusal.ts'
import { TaskPool } from './kernel/workers.ts'

export type BackendConfig = {
  /** The data folder; made when it does not exist and `create` is set. */
  folder: string
  create?: boolean
  /** Injected by tests: the clock (ISO UTC) and the ids (ULID). */
  now?: () => string
  newId?: () => string
  log?: Logger
  /** How whoever runs the program ends it and starts it anew; without it, a restore waits for the next start. */
  restart?: () => void
}
export type RunningBackend = {
  readonly backend: Backend
  readonly sessions: SessionService
  /** What opening did to the schema; `from` = `to` when nothing was pending. */
  readonly migrated: { from: number; to: number }
  /** The restore that was asked for before this start, and how it went. */
  readonly restored: Outcome
  actorOf(token: string | null, origin: Origin): Actor | null
  /** Starts what runs by itself: schedules and jobs left over from before. The short-lived command line does not. */
  start(): Promise<void>
  backup(reason: BackupReason): Promise<BackupEntry>
  close(): Promise<void>
}

/**
 * Opens, migrates and starts the program on one data folder. Imports no electron: the desktop, the headless host, the command
 * line and the tests all run this.
 * @throws StartRefusal when the folder cannot be used; nothing was changed then.
 */
export async function createBackend(config: BackendConfig): Promise<RunningBackend> {
  const { folder } = config
  refuseNetworkPath(folder)
  const now = config.now ?? systemNow
  const newId = config.newId ?? systemId
  if (existsSync(folder)) clearLeftovers(folder)
  const restored = await carryOutRestore(folder, { program: VERSION, newestSchema: (await loadMigrations()).length })
  const { database, migrated } = await openMigrated(folder, { create: config.create ?? false, now })
  rememberOutcome(database.raw, restored, now())
  const log = config.log ?? stderrLogger()
  const workers = new TaskPool(folder)
  const searchDocs = new SearchDocs(database.raw)
  const searchIndex = { ...keepersOf(database, searchDocs, { workers, log }), ...renewalOf(database, searchDocs) }
  const zone = () => backend.services.timeZone()
  const head = () => database.lastCommand().hash
  const backups = createShelf({ folder, workers, version: VERSION, now, zone, head })
  const living = new LivingEntities(database.raw, entities, { now, connections: database.connections })
  const backend: Backend = {
    folder,
    version: VERSION,
    database,
    entities: living.map,
    searchDocs,
    chronicles: [orderChronicle],
    bus: new CommitBus(),
    workers,
    log,
    now,
    newId,
    services: {
      folder,
      version: VERSION,
      actorOf: (userId) => buildActor(database.raw, userId, { origin: 'system', today: today() }),
      rightsChanged: () => sessions.rightsChanged(),
      timeZone: () => zoneOf(database),
      lastSeq: () => database.lastCommand().seq,
      follow: (following) => followCommits(backend, following, () => sessions.stateOf(following.token, following.actor)),
      get jobs(): Jobs {
        return jobs
      },
      get scheduler(): Scheduler {
        return scheduler
      },
      backups,
      presence: new Presence(() => backend),
      searchIndex,
      notify: (notices) => tellOutside(backend, notices),
      noticesChanged: (employeeIds) => announceNotices(backend, employeeIds),
      restart: () => restartSoon(config.restart),
    },
  }
  keepFields(backend, living)
  const sessions = createSessions(backend)
  const today = () => dateIn(now(), zone())
  const jobs = createJobs(backend, {
    kinds: jobKinds,
    actorOf: (userId) => buildActor(database.raw, userId, { origin: 'job', today: today() }),
  })
  tellOfJobs(backend, jobs)
  const scheduler = createScheduler(backend, jobs, scheduleSeeds)
  if (restored) log.warn('a restore was carried out at the start', { ...restored })
  return {
    backend,
    sessions,
    migrated,
    restored,
    start: () => startAll(backend),
    backup: (reason) => backups.make(reason),
    actorOf: (token, origin) => sessions.actorOf(token, origin),
    async close() {
      await searchIndex.close()
      await scheduler.close()
      await jobs.close()
      await workers.close()
      await database.close()
    },
  }
}

const zoneOf = ({ raw }: Database): string =>
  (prepared(raw, 'select time_zone from workspace').pluck().get() as string | undefined) ?? 'Asia/Shanghai'

/** What ends while nobody looks is told to whom it concerns. */
function tellOfJobs(backend: Backend, jobs: Jobs): void {
  jobs.onFinished((job) => {
    tellOutside(backend, noticesOfJob(backend.database.raw, job)).catch(
      (error: unknown) => void backend.log.fault(error, 'notices of a job'),
    )
  })
}

/** Fields as they are defined now, and what must stand once: undo and redo change both without asking for them by name. */
function keepFields({ bus, database, log }: Backend, living: LivingEntities): void {
  living.follow(bus)
  const keep = (): void => {
    const failed = keepUniqueIndexes(database.raw, living.map.values())
    if (failed.length > 0) log.warn('values that should stand once stand several times', { indexes: failed })
  }
  keep()
  bus.listen(({ entities: touched }) => {
    if (!touched.includes('customField')) return
    database.write
      .connection()
      .execute(() => Promise.resolve(database.raw.open && keep()))
      .catch((error: unknown) => log.warn('the indexes of single values were not kept', { error: String(error) }))
  })
}

/** Who looks after the log and the search index while everybody writes. */
function keepersOf(
  database: Database,
  { pending }: SearchDocs,
  { workers, log }: Pick<Backend, 'workers' | 'log'>,
): Pick<IndexKeeper, 'hold' | 'breathe' | 'close'> {
  const keeper = new LogKeeper(database.raw, workers, log)
  database.onCommit(() => keeper.committed())
  database.onWaited((ms) => {
    if (ms > SLOW_WAIT_MS) log.warn('slow write', { procedure: 'waiting', tookMs: Math.round(ms) })
  })
  const searchIndex = new IndexKeeper(database, pending, log)
  return {
    hold: () => searchIndex.hold(),
    breathe: async () => {
      await keeper.breathe()
      await searchIndex.breathe()
    },
    close: () => searchIndex.close(),
  }
}

const renewalOf = ({ raw, write }: Database, docs: SearchDocs): SearchRenewal => {
  noteRulesOfNone(raw)
  const alone = (work: () => void): Promise<void> => write.transaction().execute(() => Promise.resolve(work()))
  return {
    outdated: () => outdatedKinds(raw),
    renew: (kind, ids) => alone(() => docs.renew(kind, ids)),
    renewed: (kind) => alone(() => noteRules(raw, [kind])),
  }
}

/** A base that older rules of search wrote is renewed in the background; one that is at it already goes on. */
async function startAll({ database: { raw }, services: { jobs, scheduler, searchIndex } }: Backend): Promise<void> {
  const isOld = searchIndex.outdated().length > 0
  const going = raw.prepare("select 1 from job where kind = ? and state in ('waiting', 'running', 'paused')").get(RENEW)
  if (isOld && going === undefined) await jobs.enqueue({ kind: RENEW, input: null, owner: null })
  await jobs.start()
  await scheduler.start()
}

/** The answer to whoever asked still has to leave. */
/** The ceiling of a write transaction is what the next in line waits for. */
const SLOW_WAIT_MS = 25
const RESTART_AFTER_MS = 300

function restartSoon(restart: (() => void) | undefined): boolean {
  if (!restart) return false
  setTimeout(restart, RESTART_AFTER_MS)
  return true
}

/** A file with pending migrations is backed up and verified first; a newer one is refused with its bytes unchanged. */
async function openMigrated(
  folder: string,
  options: { create: boolean; now: () => string },
): Promise<{ database: Database; migrated: { from: number; to: number } }> {
  const fresh = isFresh(folder, options.create)
  const migrations = await loadMigrations()
  if (!fresh) await backUpBeforeMigrating(folder, migrations, options.now())
  const raw = openRaw(folder, { create: options.create && fresh })
  try {
    const { from, to } = await migrate(raw, migrations, options.now())
    rememberWorkspace(folder, options.now())
    return { database: databaseOver(raw, folder), migrated: { from, to } }
  } catch (error) {
    raw.close()
    throw asCorrupt(error, folder)
  }
}

/** No file, or the empty one of a first start that ended before its first write. */
function isFresh(folder: string, create: boolean): boolean {
  const file = join(folder, DATABASE_FILE)
  if (!existsSync(file)) {
    if (heldWorkspace(folder)) throw new StartRefusal('databaseGone', { folder })
    return true
  }
  if (statSync(file).size > 0) return false
  if (!create) throw new StartRefusal('noDatabase', { folder })
  return true
}

async function backUpBeforeMigrating(folder: string, migrations: readonly Migration[], at: string): Promise<void> {
  const look = openRaw(folder, { readonly: true })
  let pending: number
  try {
    pending = planMigration(look, migrations).pending.length
    requireOurs(look, join(folder, DATABASE_FILE))
  } catch (error) {
    throw asCorrupt(error, folder)
  } finally {
    look.close()
  }
  if (pending === 0) return
  try {
    await createBackup(folder, { reason: 'beforeMigration', at, program: VERSION })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw new StartRefusal(error.reason === 'diskFull' ? 'diskFull' : 'corrupt', { file: folder })
  }
}
