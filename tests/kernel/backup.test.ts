import { existsSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type BackupEntry, clearLeftovers, createBackup, leftovers, listBackups } from '../../src-main/kernel/backup.ts'
import { archivePath, manifestPath, manifestText, readManifest, sealed, sha256Of } from '../../src-main/kernel/backupManifest.ts'
import { expired } from '../../src-main/kernel/backupRetention.ts'
import { verifyBackup } from '../../src-main/kernel/backupVerify.ts'
import { openRaw } from '../../src-main/kernel/database.ts'
import { tableDigests, wholeDigest } from '../../src-main/kernel/digest.ts'
import { verifyChain } from '../../src-main/kernel/journal.ts'
import { restore } from '../../src-main/kernel/restore.ts'
import { Refusal } from '../../src-shared/kernel/refusal.ts'
import { addCustomers, AT, makeDataFolder } from '../support/dataFolder.ts'

let data: Awaited<ReturnType<typeof makeDataFolder>>
beforeEach(async () => {
  data = await makeDataFolder()
})
afterEach(() => data.remove())

const request = { reason: 'manual', at: AT, program: '0.1.0' } as const
const later = { at: '2026-03-02T02:00:00.000Z', program: '0.1.0' }
const digestOf = (folder: string): string => {
  const raw = openRaw(folder, { readonly: true })
  try {
    return wholeDigest(tableDigests(raw))
  } finally {
    raw.close()
  }
}
const verify = (entry: BackupEntry) => verifyBackup(entry.path, { newestSchema: data.newestSchema })

async function reasonOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (caught: unknown) => caught,
  )
  if (error instanceof Refusal) return error.reason
  throw new Error(`not refused: ${String(error)}`)
}

describe('backup', () => {
  it('copies one moment while others write, and says which', async () => {
    addCustomers(data.raw, 3000)
    const before = digestOf(data.folder)
    const seqs: number[] = []
    const entry = await createBackup(data.folder, request, { onProgress: () => void seqs.push(addCustomers(data.raw, 5)) })
    expect(seqs.length).toBeGreaterThan(2)
    expect(entry.manifest.business).toBe(before)
    expect(entry.manifest.tables['customer']?.rows).toBe(3020)
    expect(digestOf(data.folder)).not.toBe(before)
    await verify(entry)
    expect(readdirSync(entry.path).sort()).toEqual(['kezhan.db', 'manifest.json'])
  })

  it('holds nobody’s session', async () => {
    data.raw
      .prepare(
        `insert into session (id, token_hash, user_id, origin, device, created_at, last_seen_at, idle_until, expires_at)
        values ('s', 'h', 'u', 'http', 'd', ?, ?, ?, ?)`,
      )
      .run(AT, AT, AT, AT)
    const entry = await createBackup(data.folder, request)
    const copy = new BetterSqlite3(archivePath(entry.path), { readonly: true })
    expect(copy.prepare('select count(*) from session').pluck().get()).toBe(0)
    copy.close()
  })

  it('leaves no finished-looking folder when it is stopped', async () => {
    const stop = new AbortController()
    await expect(createBackup(data.folder, request, { signal: stop.signal, onProgress: () => stop.abort() })).rejects.toThrow(
      'abort',
    )
    expect(listBackups(data.folder)).toEqual([])
    expect(leftovers(data.folder)).toEqual([])
  })

  it('refuses every damaged archive: bytes, length, manifest, foreign code', async () => {
    const entry = await createBackup(data.folder, request)
    const archive = archivePath(entry.path)
    const bytes = readFileSync(archive)
    for (let n = 0; n < 40; n++) {
      const broken = Buffer.from(bytes)
      const at = Math.floor((bytes.length * n) / 40)
      broken[at] = (broken[at] ?? 0) ^ (1 << (n % 8))
      writeFileSync(archive, broken)
      expect(await reasonOf(verify(entry))).toBe('damaged')
      truncateSync(archive, at)
      expect(await reasonOf(verify(entry))).toBe('damaged')
    }
    writeFileSync(archive, bytes)
    const text = readFileSync(manifestPath(entry.path), 'utf8')
    for (const edited of [text.replace('"seq": 2', '"seq": 3'), text.replace('manual', 'daily'), text.slice(0, -20), '{}', '']) {
      writeFileSync(manifestPath(entry.path), edited)
      expect(await reasonOf(verify(entry))).toBe('damaged')
    }
    writeFileSync(manifestPath(entry.path), text)
    await verify(entry)
  })

  it('refuses an archive prepared with a fitting manifest', async () => {
    const entry = await createBackup(data.folder, request)
    const reseal = async () => {
      const { seal: _old, ...rest } = readManifest(entry.path)
      const archive = archivePath(entry.path)
      writeFileSync(
        manifestPath(entry.path),
        manifestText(sealed({ ...rest, size: statSync(archive).size, sha256: await sha256Of(archive) })),
      )
    }
    const change = (sql: string) => {
      const copy = new BetterSqlite3(archivePath(entry.path))
      copy.exec(sql)
      copy.close()
    }
    change("create trigger planted after insert on command begin update credential set password_hash = 'mine'; end")
    await reseal()
    expect(await reasonOf(verify(entry))).toBe('damaged')
    change('drop trigger planted; create view seen as select * from credential')
    await reseal()
    expect(await reasonOf(verify(entry))).toBe('damaged')
    change('drop view seen')
    await reseal()
    await verify(entry)
    change('pragma user_version = 999')
    const { seal: _old, ...rest } = readManifest(entry.path)
    writeFileSync(manifestPath(entry.path), manifestText(sealed({ ...rest, schema: 999 })))
    expect(await reasonOf(verify(entry))).toBe('newer')
  })

  it('of a version with one table less is checked over the tables it sealed, and so is one more', async () => {
    const entry = await createBackup(data.folder, request)
    const resealed = async (change: (tables: Record<string, { rows: number; digest: string }>) => void) => {
      const { seal: _old, ...rest } = entry.manifest
      const tables = structuredClone(rest.tables)
      change(tables)
      const manifest = sealed({ ...rest, tables, business: wholeDigest(tables) })
      writeFileSync(manifestPath(entry.path), manifestText(manifest))
      return verify(entry)
    }
    expect(Object.keys(entry.manifest.tables)).toContain('calendar_hours')
    await expect(
      resealed((tables) => {
        delete tables['calendar_hours']
      }),
    ).resolves.toMatchObject({ seq: entry.manifest.seq })
    const absent = resealed((tables) => {
      tables['contract'] = { rows: 1, digest: 'a'.repeat(64) }
    })
    expect(await reasonOf(absent)).toBe('damaged')
    const changed = resealed((tables) => {
      tables['customer'] = { rows: 1, digest: 'a'.repeat(64) }
    })
    expect(await reasonOf(changed)).toBe('damaged')
  })

  it('a file of an earlier schema is sealed over the tables it has', async () => {
    const file = join(data.folder, 'earlier.db')
    const copy = new BetterSqlite3(file)
    copy.exec('create table customer (id text primary key not null, name text not null, version integer) strict')
    copy.exec("insert into customer values ('a', '绍兴客栈', 1)")
    expect(Object.keys(tableDigests(copy))).toEqual(['customer'])
    copy.close()
  })

  it('keeps by hours, days, weeks and months, what people made, and always the newest sound one', () => {
    const hours = Array.from({ length: 24 * 400 }, (_, n) =>
      new Date(Date.parse('2025-01-01T00:30:00Z') + n * 3_600_000).toISOString(),
    )
    const entries = hours.map((at) => ({ id: at, sound: true, manifest: { at, reason: 'daily' as const } }))
    const kept = entries.length - expired(entries, 'Asia/Shanghai').length
    expect(kept).toBeGreaterThanOrEqual(24 + 12 + 5 + 9)
    expect(kept).toBeLessThanOrEqual(24 + 14 + 8 + 12)
    const byHand = { id: 'hand', sound: true, manifest: { at: '2020-01-01T00:00:00.000Z', reason: 'manual' as const } }
    expect(expired([...entries, byHand], 'Asia/Shanghai')).not.toContain(byHand)
    const damaged = entries.slice(-3).map((entry) => ({ ...entry, sound: false }))
    const onlySound = { id: 'sound', sound: true, manifest: { at: '2019-01-01T00:00:00.000Z', reason: 'daily' as const } }
    expect(expired([...damaged, onlySound], 'Asia/Shanghai').map(({ id }) => id)).not.toContain('sound')
  })
})

describe('restore', () => {
  it('brings the state back, keeps a way back, and both are whole', async () => {
    const entry = await createBackup(data.folder, request)
    addCustomers(data.raw, 30, '绍兴客栈')
    const lost = digestOf(data.folder)
    data.raw.close()
    const done = await restore(data.folder, {
      ...later,
      backup: entry.id,
      newestSchema: data.newestSchema,
      actor: { id: 'u', name: '王' },
    })
    expect(digestOf(data.folder)).toBe(entry.manifest.business)
    expect(done.seq).toBe(entry.manifest.seq + 1)
    const raw = openRaw(data.folder, { readonly: true })
    expect(verifyChain(raw).faults).toEqual([])
    expect(raw.prepare('select actor_name, action from command order by seq desc limit 1').get()).toEqual({
      actor_name: '王',
      action: 'restored',
    })
    raw.close()
    expect(leftovers(data.folder)).toEqual([])
    expect(done.wayBack).not.toBeNull()
    await restore(data.folder, {
      at: '2026-03-02T03:00:00.000Z',
      program: '0.1.0',
      backup: done.wayBack ?? '',
      newestSchema: data.newestSchema,
    })
    expect(digestOf(data.folder)).toBe(lost)
  })

  it('touches nothing when the archive is damaged', async () => {
    const entry = await createBackup(data.folder, request)
    truncateSync(archivePath(entry.path), 8192)
    data.raw.close()
    const before = await sha256Of(join(data.folder, 'kezhan.db'))
    expect(await reasonOf(restore(data.folder, { ...later, backup: entry.id, newestSchema: data.newestSchema }))).toBe('damaged')
    expect(await reasonOf(restore(data.folder, { ...later, backup: '/nowhere/at/all', newestSchema: data.newestSchema }))).toBe(
      'missing',
    )
    expect(await sha256Of(join(data.folder, 'kezhan.db'))).toBe(before)
    expect(listBackups(data.folder)).toHaveLength(1)
  })

  it('replaces a destroyed file and sets its bytes aside', async () => {
    const entry = await createBackup(data.folder, request)
    data.raw.close()
    for (const name of ['kezhan.db-wal', 'kezhan.db-shm']) rmSync(join(data.folder, name), { force: true })
    writeFileSync(join(data.folder, 'kezhan.db'), 'this was a database once')
    const done = await restore(data.folder, { ...later, backup: entry.path, newestSchema: data.newestSchema })
    expect(readFileSync(join(done.setAside ?? '', 'kezhan.db'), 'utf8')).toBe('this was a database once')
    expect(digestOf(data.folder)).toBe(entry.manifest.business)
  })

  it('clears what a killed run left', () => {
    for (const name of ['kezhan.db.restore.part', 'kezhan.db.restore.part-journal'])
      writeFileSync(join(data.folder, name), 'half')
    expect(clearLeftovers(data.folder)).toHaveLength(2)
    expect(existsSync(join(data.folder, 'kezhan.db'))).toBe(true)
    expect(leftovers(data.folder)).toEqual([])
  })
})
