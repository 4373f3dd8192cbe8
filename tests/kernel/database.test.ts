// Bad input of the issue: newer, corrupt, missing or unreachable data are refused with a sentence and with nothing changed;
// a migration is whole or nothing and comes after a verified backup; a full disk leaves no half command.
import { createHash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createBackend } from '../../src-main/backend.ts'
import { listBackups } from '../../src-main/kernel/backup.ts'
import { BACKUP_FOLDER } from '../../src-main/kernel/backupManifest.ts'
import { assertSqliteVersion, DATABASE_FILE, isNetworkPath, openRaw } from '../../src-main/kernel/database.ts'
import { tableDigests, wholeDigest } from '../../src-main/kernel/digest.ts'
import { triggerFaults } from '../../src-main/kernel/dialect/triggers.ts'
import { verifyChain } from '../../src-main/kernel/journal.ts'
import { loadMigrations, type Migration, migrate } from '../../src-main/kernel/migrate.ts'
import { schemaSnapshot } from '../../src-main/kernel/schema.ts'
import { StartRefusal } from '../../src-main/kernel/startRefusal.ts'
import { clientAs, startBackend, testLog } from '../support/backend.ts'
import { administrator, failureOf } from '../support/factories.ts'

const AT = '2026-11-19T02:00:00.000Z'
let folder: string
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kezhan-database-'))
  const running = await startBackend({ folder })
  await clientAs(running.backend, administrator(running)).customers.create({ name: '要留住的客户' })
  await running.close()
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const file = () => join(folder, DATABASE_FILE)
const sha = () => createHash('sha256').update(readFileSync(file())).digest('hex')
const open = (where = folder, create = false) => createBackend({ folder: where, create, now: () => AT, log: testLog() })
async function refusalOf(start: Promise<unknown>): Promise<StartRefusal> {
  const outcome = await start.then(
    () => null,
    (error: unknown) => error,
  )
  if (outcome instanceof StartRefusal) return outcome
  throw outcome ?? new Error('it opened')
}
/** Changes the file with the program closed. */
function withRaw<Output>(work: (raw: BetterSqlite3.Database) => Output): Output {
  const raw = new BetterSqlite3(file())
  try {
    const output = work(raw)
    raw.pragma('wal_checkpoint(truncate)')
    return output
  } finally {
    raw.close()
  }
}

describe('a file that cannot be used', () => {
  it('newer: refused in both languages, its bytes unchanged, however often it is tried', async () => {
    withRaw((raw) => raw.pragma('user_version = 9999'))
    const before = sha()
    for (let n = 0; n < 2; n++) {
      const refusal = await refusalOf(open(folder, n === 1))
      expect(refusal.reason).toBe('newer')
      expect(refusal.message).toMatch(/newer Kezhan.*9999/)
      expect(refusal.inLanguage('zh-CN')).toMatch(/更新版本.*文件没有动/)
    }
    expect(sha()).toBe(before)
    expect(listBackups(folder)).toEqual([])
  })

  it.each([
    ['not a database at all', () => writeFileSync(file(), 'dear diary '.repeat(5000))],
    [
      'a torn head',
      () => {
        const handle = openSync(file(), 'r+')
        writeSync(handle, Buffer.alloc(100, 7), 0, 100, 0)
        closeSync(handle)
      },
    ],
    [
      'pages of zeros',
      () => {
        const handle = openSync(file(), 'r+')
        writeSync(handle, Buffer.alloc(40_960), 0, 40_960, 4096)
        closeSync(handle)
      },
    ],
    ['cut in the middle', () => truncateSync(file(), 20_000)],
  ])('%s: refused as damaged, left as it is', async (_what, damage) => {
    damage()
    const before = sha()
    const refusal = await refusalOf(open())
    expect(refusal.reason).toBe('corrupt')
    expect(refusal.inLanguage('zh-CN')).toContain('原文件没有动')
    expect(sha()).toBe(before)
  })

  it('an empty file is no company; a first start that was cut off may be made again', async () => {
    writeFileSync(file(), '')
    expect((await refusalOf(open())).reason).toBe('noDatabase')
    expect(readFileSync(file())).toHaveLength(0)
    const running = await open(folder, true)
    expect(running.migrated.from).toBe(0)
    await running.close()
  })

  it("another program's database: refused, not migrated", async () => {
    rmSync(file())
    withRaw((raw) => raw.exec("create table diary (day text); insert into diary values ('today')"))
    const before = sha()
    expect((await refusalOf(open(folder, true))).reason).toBe('corrupt')
    expect(sha()).toBe(before)
  })

  it('no folder, or one without data: refused, nothing is made', async () => {
    const nowhere = join(folder, 'nowhere')
    expect((await refusalOf(open(nowhere))).reason).toBe('noDatabase')
    expect(existsSync(nowhere)).toBe(false)
    const empty = join(folder, 'empty')
    mkdirSync(empty)
    expect((await refusalOf(open(empty))).reason).toBe('noDatabase')
    expect(readdirSync(empty)).toEqual([])
  })

  it('a folder that has lost its database: refused as such, nothing is made', async () => {
    rmSync(file())
    const before = readdirSync(folder)
    expect((await refusalOf(open())).reason).toBe('databaseGone')
    expect((await refusalOf(open(folder, true))).reason).toBe('databaseGone')
    expect(readdirSync(folder)).toEqual(before)
  })

  it('a folder on the network: refused before it is touched', async () => {
    for (const path of ['\\\\server\\share\\kezhan', '//server/share/kezhan', 'smb://server/share', 'nfs://x/y']) {
      expect(isNetworkPath(path), path).toBe(true)
      expect((await refusalOf(open(path))).reason, path).toBe('networkPath')
    }
    for (const path of ['/home/me/kezhan', 'C:\\Users\\me\\kezhan', '\\\\?\\C:\\kezhan', './data'])
      expect(isNetworkPath(path), path).toBe(false)
  })

  it('an SQLite that could lose commits: refused', () => {
    const engine = (v: string) => ({ prepare: () => ({ get: () => ({ v }) }) }) as unknown as BetterSqlite3.Database
    for (const old of ['3.51.2', '3.50.9', '3.9.0', '2.99.99'])
      expect(() => assertSqliteVersion(engine(old)), old).toThrow(/3\.51\.3/)
    for (const good of ['3.51.3', '3.52.0', '4.0.0']) expect(assertSqliteVersion(engine(good))).toBe(good)
  })
})

describe('an opened file', () => {
  it('has the pragmas that durability rests on, and readers cannot write', () => {
    const raw = openRaw(folder)
    const pragma = (name: string) => raw.pragma(name, { simple: true })
    expect([
      pragma('journal_mode'),
      pragma('synchronous'),
      pragma('foreign_keys'),
      pragma('temp_store'),
      pragma('trusted_schema'),
    ]).toEqual(['wal', 2, 1, 2, 0])
    raw.close()
    const reader = openRaw(folder, { readonly: true })
    expect(() => reader.exec("update workspace set company = 'x'")).toThrow(/readonly/)
    reader.close()
  })

  it('a disk that is full refuses the command with its cause, keeps what was acknowledged, and goes on when there is room', async () => {
    process.env['KEZHAN_QUIET_FAULTS'] = '1'
    const running = await startBackend({ folder, setUp: false })
    const { raw } = running.backend.database
    const client = clientAs(running.backend, administrator(running))
    const pages = raw.pragma('page_count', { simple: true }) as number
    raw.pragma(`max_page_count = ${pages + 8}`)
    const note = '很长的备注'.repeat(3000)
    let acknowledged = 0
    let failure: Awaited<ReturnType<typeof failureOf>> | null = null
    while (!failure && acknowledged < 200) {
      const call = client.customers.create({ name: `写满${acknowledged}`, note })
      await call.then(
        () => acknowledged++,
        async () => {
          failure = await failureOf(call)
        },
      )
    }
    expect(failure).toEqual({ code: 'INTERNAL_SERVER_ERROR', data: { incident: 'test-incident', cause: 'diskFull' } })
    const written = () => raw.prepare("select count(*) from customer where name like '写满%'").pluck().get()
    expect(written()).toBe(acknowledged)
    expect(raw.prepare('select seq from current_command').pluck().get()).toBeNull()
    raw.pragma('max_page_count = 1000000')
    await client.customers.create({ name: '写满之后', note })
    expect(written()).toBe(acknowledged + 1)
    expect(verifyChain(raw).faults).toEqual([])
    await running.dispose()
  })
})

describe('a migration', () => {
  const adds: Migration = {
    name: '9001_adds',
    up: async (db) => void (await sql.raw('create table extra (id text primary key not null) strict').execute(db)),
  }
  const state = (raw: BetterSqlite3.Database) => ({
    schema: schemaSnapshot(raw),
    version: raw.pragma('user_version', { simple: true }),
    digest: wholeDigest(tableDigests(raw)),
    triggers: triggerFaults(raw),
    commands: raw.prepare('select max(seq) from command').pluck().get(),
    foreignKeys: raw.pragma('foreign_keys', { simple: true }),
  })

  const failing: [string, Migration][] = [
    [
      'throws after it made a table and changed rows',
      {
        name: '9002_throws',
        up: async (db) => {
          await sql.raw('create table half (id text) strict').execute(db)
          await sql.raw("update customer set note = 'half'").execute(db)
          await sql.raw('alter table customer add column half text').execute(db)
          throw new Error('planted')
        },
      },
    ],
    [
      'breaks a reference',
      {
        name: '9002_breaks',
        up: async (db) => void (await sql.raw("update customer set owner_id = 'nobody'").execute(db)),
      },
    ],
    ['has wrong SQL', { name: '9002_wrong', up: async (db) => void (await sql.raw('create tabel x').execute(db)) }],
  ]
  it.each(failing)('that %s leaves the old schema, the old rows, the triggers and the number', async (_what, bad) => {
    const raw = openRaw(folder)
    const before = state(raw)
    const shipped = await loadMigrations()
    const outcome = migrate(raw, [...shipped, adds, bad], AT)
    expect((await refusalOf(outcome)).reason).toBe('migrationFailed')
    expect(state(raw)).toEqual(before)
    expect(before.triggers).toEqual([])
    expect(before.foreignKeys).toBe(1)
    raw.close()
    const running = await open()
    await running.close()
  })

  it('that is sound is one system command with the digests before and after', async () => {
    const raw = openRaw(folder)
    const before = state(raw)
    const shipped = await loadMigrations()
    const moves: Migration = {
      name: '9002_moves',
      up: async (db) => {
        await sql.raw('alter table customer add column size text').execute(db)
        await sql.raw("update customer set size = 'large'").execute(db)
      },
    }
    expect(await migrate(raw, [...shipped, adds, moves], AT)).toMatchObject({ from: shipped.length, to: shipped.length + 2 })
    const command = raw.prepare('select * from command order by seq desc limit 1').get() as Record<string, string>
    const detail = JSON.parse(command['detail'] ?? '') as Record<string, unknown>
    expect(command).toMatchObject({ procedure: 'kernel.migrate', origin: 'system', seq: Number(before.commands) + 1 })
    expect(detail).toEqual({
      from: shipped.length,
      to: shipped.length + 2,
      applied: ['9001_adds', '9002_moves'],
      before: before.digest,
      after: wholeDigest(tableDigests(raw)),
    })
    expect(detail['after']).not.toBe(before.digest)
    expect(verifyChain(raw).faults).toEqual([])
    // The triggers write the new column, too.
    expect(triggerFaults(raw)).toEqual([])
    expect(raw.prepare("select sql from sqlite_master where name = 'kezhan_customer_u'").pluck().get()).toContain('"size"')
    raw.close()
  })

  it('rebuilds a table without emptying its children', async () => {
    const raw = openRaw(folder)
    const shipped = await loadMigrations()
    const rows = raw.prepare('select count(*) from user_role').pluck().get()
    const rebuild: Migration = {
      name: '9001_rebuild',
      up: async (db) => {
        const made = raw.prepare("select sql from sqlite_master where name = 'role'").pluck().get() as string
        await sql.raw(made.replace(/table "?role"?/i, 'table role_new')).execute(db)
        await sql.raw('insert into role_new select * from role').execute(db)
        await sql.raw('drop table role').execute(db)
        await sql.raw('alter table role_new rename to role').execute(db)
      },
    }
    await migrate(raw, [...shipped, rebuild], AT)
    expect(raw.prepare('select count(*) from user_role').pluck().get()).toBe(rows)
    expect(raw.pragma('foreign_key_check')).toEqual([])
    raw.close()
  })

  it('of a file with data comes after a backup that was opened and verified; when it fails, the backup is there', async () => {
    // An older version: its migrations run again and fail on the tables that are there.
    withRaw((raw) => raw.pragma('user_version = 0'))
    const refusal = await refusalOf(open())
    expect(refusal.reason).toBe('migrationFailed')
    expect(refusal.inLanguage('zh-CN')).toContain('升级前的备份还在')
    const made = readdirSync(join(folder, BACKUP_FOLDER))
    expect(made).toHaveLength(1)
    expect(JSON.parse(readFileSync(join(folder, BACKUP_FOLDER, made[0] ?? '', 'manifest.json'), 'utf8'))).toMatchObject({
      reason: 'beforeMigration',
      tables: { customer: { rows: 1 } },
    })
    const copy = new BetterSqlite3(join(folder, BACKUP_FOLDER, made[0] ?? '', DATABASE_FILE), { readonly: true })
    expect(copy.prepare("select count(*) from customer where name = '要留住的客户'").pluck().get()).toBe(1)
    copy.close()
    withRaw((raw) => {
      expect(raw.prepare("select count(*) from customer where name = '要留住的客户'").pluck().get()).toBe(1)
    })
  })
})
