import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createBackend } from '../../src-main/backend.ts'
import { archivePath, readManifest } from '../../src-main/kernel/backupManifest.ts'
import { findBackup, verifyBackup } from '../../src-main/kernel/backupVerify.ts'
import { doctor } from '../../src-main/kernel/doctor.ts'
import { loadMigrations } from '../../src-main/kernel/migrate.ts'
import { restore } from '../../src-main/kernel/restore.ts'
import { serveHttp } from '../../src-main/transports/http.ts'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { type Client, clientAs, startBackend, testLog, type TestBackend } from '../support/backend.ts'
import { png, sent } from '../support/bytes.ts'

let test: TestBackend
let admin: Actor
let client: Client
beforeEach(async () => {
  test = await startBackend()
  await test.start()
  admin = test.sessions.localAdmin('http')
  client = clientAs(test.backend, admin)
})
afterEach(() => test.dispose())

const makeBackup = async () => {
  const job = await client.backups.create({})
  const done = await test.backend.services.jobs.settled(job.id)
  expect(done).toMatchObject({ state: 'done', done: 100, total: 100 })
  return (await client.backups.list({})).rows[0] as Awaited<ReturnType<Client['backups']['list']>>['rows'][number]
}

describe('backups', () => {
  it('makes one on a worker while others write, lists it, checks it', async () => {
    await client.customers.create({ name: '杭州云杉科技有限公司' })
    const job = await client.backups.create({})
    await expect(client.backups.create({})).rejects.toMatchObject({ data: { reason: 'alreadyRunning' } })
    await Promise.all(Array.from({ length: 20 }, (_, n) => client.customers.create({ name: `苏州留园${n}` })))
    await test.backend.services.jobs.settled(job.id)
    const { rows, disk } = await client.backups.list({})
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ reason: 'manual', schema: (await loadMigrations()).length })
    expect(rows[0]?.customers).toBeGreaterThanOrEqual(1)
    expect(disk.total).toBeGreaterThan(disk.free)
    const check = await client.backups.verify({ id: rows[0]?.id ?? '' })
    expect(await test.backend.services.jobs.settled(check.id)).toMatchObject({
      state: 'done',
      result: JSON.stringify({ id: rows[0]?.id, sound: true }),
    })
  })

  it('a backup holds the files of its rows; restoring brings back those that were purged since', async () => {
    const server = await serveHttp({ backend: test.backend, actorOf: () => admin }, { port: 0 })
    const upload = await sent(server.url, '合同.png', new Uint8Array(png()))
    await server.close()
    const customer = await client.customers.create({ name: '有合同的客户' })
    await client.files.add({ entity: 'customer', recordId: customer.id, uploads: [upload.id] })
    const backup = await makeBackup()
    const path = findBackup(test.folder, backup.id)
    expect(readManifest(path).files).toMatchObject([{ name: upload.id, size: upload.size }])
    await client.files.remove({ id: upload.id })
    await client.files.purge({ id: upload.id })
    const bytes = join(test.folder, 'files', upload.id)
    expect(existsSync(bytes)).toBe(false)
    await test.close()
    await restore(test.folder, {
      backup: backup.id,
      at: test.clock.now(),
      program: 'test',
      newestSchema: (await loadMigrations()).length,
    })
    expect(readFileSync(bytes)).toEqual(png())
    const again = await createBackend({ folder: test.folder, now: test.clock.now, log: testLog() })
    const reader = clientAs(again.backend, again.sessions.localAdmin('http'))
    expect((await reader.files.ofCustomer({ customerId: customer.id })).rows).toMatchObject([{ id: upload.id }])
    await again.close()
    // A backup whose file was touched is no backup.
    appendFileSync(join(path, 'files', upload.id), 'x')
    await expect(verifyBackup(path, { newestSchema: 99 })).rejects.toMatchObject({ reason: 'damaged' })
    test = await startBackend()
  })

  it('finds a damaged one damaged, refuses to restore it, and keeps the only sound one', async () => {
    const first = await makeBackup()
    test.clock.move(3_600_000)
    const second = await makeBackup()
    appendFileSync(archivePath(findBackup(test.folder, second.id)), 'x')
    await expect(client.backups.restore({ id: second.id, confirm: second.id })).rejects.toMatchObject({
      data: { reason: 'damaged' },
    })
    const check = await client.backups.verify({ id: second.id })
    expect(await test.backend.services.jobs.settled(check.id)).toMatchObject({
      result: JSON.stringify({ id: second.id, sound: false }),
    })
    expect((await client.backups.list({})).rows[0]).toMatchObject({ id: second.id, soundAt: null })
    await expect(client.backups.remove({ id: first.id })).rejects.toMatchObject({ data: { reason: 'onlyOne' } })
    const raw = test.backend.database.raw
    raw.exec("create temp trigger full before insert on command begin select raise(abort, 'full'); end")
    await expect(client.backups.remove({ id: second.id })).rejects.toThrow()
    raw.exec('drop trigger full')
    expect((await client.backups.list({})).rows.map(({ id }) => id)).toContain(second.id)
    expect(await client.backups.remove({ id: second.id })).toEqual({ id: second.id })
    expect((await client.backups.list({})).rows.map(({ id }) => id)).not.toContain(second.id)
    await expect(client.backups.remove({ id: second.id })).rejects.toMatchObject({ data: { reason: 'missing' } })
  })

  it('restores at the next start, once, and back again', { timeout: 120_000 }, async () => {
    await client.customers.create({ name: '杭州云杉科技有限公司' })
    const backup = await makeBackup()
    await client.customers.create({ name: '后来的客户' })
    await expect(client.backups.restore({ id: backup.id, confirm: 'yes' })).rejects.toMatchObject({
      data: { reason: 'notConfirmed' },
    })
    const asking = clientAs(test.backend, admin, () => 'repeat-restore-1')
    for (let n = 0; n < 2; n++)
      expect(await asking.backups.restore({ id: backup.id, confirm: backup.id })).toEqual({ restarting: false })
    expect(test.backend.database.raw.prepare("select count(*) from command where action = 'restoreAsked'").pluck().get()).toBe(1)
    expect(names(test)).toContain('后来的客户')
    await test.close()

    const again = await createBackend({ folder: test.folder, now: test.clock.now, log: testLog() })
    expect(again.restored).toMatchObject({ done: { setAside: null } })
    expect(names(again)).toEqual(['杭州云杉科技有限公司'])
    const wayBack = again.restored && 'done' in again.restored ? (again.restored.done.wayBack ?? '') : ''
    const there = clientAs(again.backend, admin)
    expect((await there.backups.list({})).rows.map(({ reason }) => reason)).toEqual(['beforeRestore', 'manual'])
    await there.backups.restore({ id: wayBack, confirm: wayBack })
    await again.close()

    const back = await createBackend({ folder: test.folder, now: test.clock.now, log: testLog() })
    expect(names(back).sort()).toEqual(['后来的客户', '杭州云杉科技有限公司'].sort())
    await back.close()
    const third = await createBackend({ folder: test.folder, now: test.clock.now, log: testLog() })
    expect(third.restored).toBeNull()
    await third.close()
    expect(doctor(test.folder, { version: '0', newestSchema: (await loadMigrations()).length }).problems).toEqual([])
  })

  it('says on the page of backups that a restore was not done', { timeout: 60_000 }, async () => {
    const backup = await makeBackup()
    expect((await client.backups.list({})).refusedRestore).toBeNull()
    await client.backups.restore({ id: backup.id, confirm: backup.id })
    await test.close()
    appendFileSync(archivePath(findBackup(test.folder, backup.id)), 'x')
    const again = await createBackend({ folder: test.folder, now: test.clock.now, log: testLog() })
    expect((await clientAs(again.backend, admin).backups.list({})).refusedRestore).toMatchObject({ reason: 'damaged' })
    await again.close()
    const third = await createBackend({ folder: test.folder, now: test.clock.now, log: testLog() })
    expect((await clientAs(third.backend, admin).backups.list({})).refusedRestore).toMatchObject({ reason: 'damaged' })
    await third.close()
  })

  it('is for who may manage backups', async () => {
    const sales = clientAs(test.backend, { ...admin, permissions: { 'customers.read': 'all' } })
    await expect(sales.backups.list({})).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(sales.backups.create({})).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })
})

const names = ({ backend }: Pick<TestBackend, 'backend'>) =>
  backend.database.raw.prepare('select name from customer order by id').pluck().all() as string[]
