import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { undoImport } from '../../src-main/features/imports/public.ts'
import { type Carrier, runImport } from '../../src-main/features/imports/run.ts'
import { Bench } from '../../src-main/features/imports/staging.ts'
import { saveRun } from '../../src-main/features/imports/store.ts'
import { runCommand } from '../../src-main/kernel/commands.ts'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { type Client, clientAs, startBackend, type TestBackend } from '../support/backend.ts'
import { csvFile, digestOf, rowsOf, settled } from './importFixtures.ts'

let backend: TestBackend
let admin: Actor
let client: Client
beforeAll(async () => {
  backend = await startBackend()
  await backend.start()
  const user = backend.backend.database.raw.prepare('select id from user_account').get() as { id: string }
  admin = { ...backend.sessions.localAdmin('http'), userId: user.id, origin: 'http' }
  client = clientAs(backend.backend, admin)
})
afterAll(() => backend.dispose())

const fileOf = (path: string): File => new File([readFileSync(path)], basename(path))
const upload = async (path: string) => client.imports.upload({ entity: 'customer', file: fileOf(path) })
const HEADER = ['公司', '联系人', '电话', '级别', '地址']
const many = (n: number, from = 0) =>
  Array.from({ length: n }, (_, i) => [
    `测试${'甲乙丙丁戊己庚辛壬癸'[(i + from) % 10]}${(i + from).toString(36)}机械有限公司`,
    '王经理',
    `139${String(10_000_000 + i + from)}`,
    'A',
    '江苏省苏州市工业园区星湖街1号',
  ])

describe('a call that is repeated under its key', () => {
  const keyed = (key: string): Client => clientAs(backend.backend, admin, () => key)
  const folders = () => readdirSync(join(backend.folder, 'imports')).length

  it('answers as the first time, whatever has changed since', async () => {
    const file = fileOf(csvFile([HEADER, ...many(3, 60_000)]))
    const laying = keyed('repeat-upload-1')
    const laid = await laying.imports.upload({ entity: 'customer', file })
    const there = folders()
    expect(await laying.imports.upload({ entity: 'customer', file })).toEqual(laid)
    expect(folders()).toBe(there)
    await expect(
      laying.imports.upload({ entity: 'customer', file: new File(['公司\n别的公司'], file.name) }),
    ).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    const { id } = laid
    const preparing = keyed('repeat-prepare-1')
    const prepared = await preparing.imports.prepare({ id })
    await settled(client, id)
    expect(await preparing.imports.prepare({ id })).toEqual(prepared)
    expect((await client.imports.get({ id })).state).toBe('ready')
    const running = keyed('repeat-run-1')
    const started = await running.imports.run({ id })
    expect(await settled(client, id)).toMatchObject({ state: 'done', counts: { created: 3 } })
    expect(await running.imports.run({ id })).toEqual(started)
    const undoing = keyed('repeat-undo-1')
    const undone = await undoing.imports.undo({ id })
    await settled(client, id)
    expect(await undoing.imports.undo({ id })).toEqual(undone)
    expect(rowsOf(backend, `select count(*) as n from job where input like '%${id}%'`)).toEqual([{ n: 3 }])
  }, 60_000)

  it('of two who press at once only one begins, and what is being written does not change', async () => {
    const { id } = await upload(csvFile([HEADER, ...many(300, 61_000)]))
    await client.imports.prepare({ id })
    await settled(client, id)
    const both = await Promise.allSettled([client.imports.run({ id }), client.imports.run({ id })])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const late = client.imports.editCell({ id, row: 2, column: 0, text: '改晚了的公司' })
    await expect(late).rejects.toMatchObject({ data: { reason: expect.stringMatching(/alreadyRun|busy/) as string } })
    expect(await settled(client, id)).toMatchObject({ state: 'done', counts: { created: 300 } })
    const bench = Bench.open(backend.folder, id)
    expect(() => bench.saveEdit(2, 0, '改晚了的公司')).toThrow('alreadyRun')
    bench.close()
  }, 60_000)
})

describe('an import that is cancelled behind its last row', () => {
  it('is cancelled, as was promised, and nothing of it stays; one that was done stays done', async () => {
    const before = digestOf(backend)
    const { id } = await upload(csvFile([HEADER, ...many(40, 51_000)]))
    await client.imports.prepare({ id })
    await settled(client, id)
    const { searchIndex } = backend.backend.services
    const breathe = searchIndex.breathe.bind(searchIndex)
    const promised: string[] = []
    const late = vi.spyOn(searchIndex, 'breathe').mockImplementation(async () => {
      await breathe()
      if (promised.length === 0) promised.push((await client.imports.cancel({ id })).state)
    })
    try {
      await client.imports.run({ id })
      expect(await settled(client, id)).toMatchObject({ state: 'cancelled', counts: { created: 0 } })
    } finally {
      late.mockRestore()
    }
    expect(promised).toEqual(['cancelling'])
    expect(digestOf(backend)).toBe(before)

    const done = await upload(csvFile([HEADER, ...many(3, 52_000)]))
    await client.imports.prepare({ id: done.id })
    await settled(client, done.id)
    await client.imports.run({ id: done.id })
    expect((await settled(client, done.id)).state).toBe('done')
    // Killed between its own last word and the job's, it is carried through once more.
    const { job } = rowsOf(backend, `select job_id as job from import_run where id = '${done.id}'`)[0] as { job: string }
    await backend.backend.services.jobs.settled(job)
    await backend.backend.database.write.updateTable('job').set({ state: 'interrupted' }).where('id', '=', job).execute()
    await backend.backend.services.jobs.resume(job)
    expect(await backend.backend.services.jobs.settled(job)).toMatchObject({ state: 'done' })
    expect(await client.imports.get({ id: done.id })).toMatchObject({ state: 'done', counts: { created: 3 } })
    await client.imports.undo({ id: done.id })
    await settled(client, done.id)
    expect(digestOf(backend)).toBe(before)
  }, 60_000)
})

describe('an import whose process ended', () => {
  it('shows as interrupted, goes on after the last committed chunk, and adds up', async () => {
    const before = digestOf(backend)
    const { id } = await upload(csvFile([HEADER, ...many(1200, 40_000)]))
    await client.imports.prepare({ id })
    await settled(client, id)
    const { technical, carrier } = endingAfter(3)
    await saveRun(technical, id, { state: 'running', jobId: null, startedAt: backend.backend.now(), rowsRead: 0 })
    await expect(runImport(carrier, id)).rejects.toThrow('the process ended')
    const cut = await client.imports.get({ id })
    expect(cut.state).toBe('interrupted')
    expect(cut.counts.created).toBeGreaterThan(0)
    expect(cut.counts.created).toBeLessThan(1200)
    await client.imports.resume({ id })
    expect(await settled(client, id)).toMatchObject({
      state: 'done',
      counts: { rowsRead: 1200, created: 1200, updated: 0, skipped: 0, failed: 0 },
    })
    await client.imports.undo({ id })
    expect(await settled(client, id)).toMatchObject({ state: 'undone', undo: { kept: 0, failed: 0 } })
    expect(digestOf(backend)).toBe(before)
  }, 120_000)

  const cutOff = async (from: number): Promise<string> => {
    const { id } = await upload(csvFile([HEADER, ...many(600, from)]))
    await client.imports.prepare({ id })
    await settled(client, id)
    const { technical, carrier } = endingAfter(3)
    await saveRun(technical, id, { state: 'running', jobId: null, startedAt: backend.backend.now(), rowsRead: 0 })
    await expect(runImport(carrier, id)).rejects.toThrow('the process ended')
    return id
  }

  it('can be taken back or cancelled as it stands', async () => {
    const before = digestOf(backend)
    const undone = await cutOff(42_000)
    expect(digestOf(backend)).not.toBe(before)
    await client.imports.undo({ id: undone })
    expect(await settled(client, undone)).toMatchObject({ state: 'undone', undo: { kept: 0, failed: 0 } })
    expect(digestOf(backend)).toBe(before)
    const cancelled = await cutOff(44_000)
    await client.imports.cancel({ id: cancelled })
    expect(await settled(client, cancelled)).toMatchObject({ state: 'cancelled', counts: { created: 0 } })
    expect(digestOf(backend)).toBe(before)
    await expect(client.imports.undo({ id: cancelled })).rejects.toMatchObject({ data: { reason: 'notRun' } })
    const byCommandLine = await cutOff(46_000)
    expect(await undoImport(backend.backend, admin, byCommandLine)).toMatchObject({ kept: 0, failed: 0 })
    expect(digestOf(backend)).toBe(before)
  }, 120_000)

  it('whose check was cancelled from the list of jobs is simply checked again', async () => {
    const { id } = await upload(csvFile([HEADER, ...many(400, 48_000)]))
    await client.imports.prepare({ id })
    const { job } = rowsOf(backend, `select job_id as job from import_run where id = '${id}'`)[0] as { job: string }
    await backend.backend.services.jobs.cancel(job)
    await backend.backend.services.jobs.settled(job)
    expect(['uploaded', 'ready']).toContain((await client.imports.get({ id })).state)
    await client.imports.prepare({ id })
    expect((await settled(client, id)).state).toBe('ready')
  }, 120_000)

  it('taking back cannot be cancelled half way, and a job that was left behind writes nothing', async () => {
    const before = digestOf(backend)
    const id = await cutOff(49_000)
    await client.imports.resume({ id })
    await settled(client, id)
    const { job } = rowsOf(backend, `select job_id as job from import_run where id = '${id}'`)[0] as { job: string }
    const { jobs } = backend.backend.services
    await client.imports.undo({ id })
    const { undo } = rowsOf(backend, `select job_id as undo from import_run where id = '${id}'`)[0] as { undo: string }
    await expect(jobs.cancel(undo)).rejects.toMatchObject({
      reason: expect.stringMatching(/notCancellable|alreadyOver/) as string,
    })
    expect((await settled(client, id)).state).toBe('undone')
    await backend.backend.database.write.updateTable('job').set({ state: 'interrupted' }).where('id', '=', job).execute()
    await jobs.resume(job)
    expect(await jobs.settled(job)).toMatchObject({ state: 'failed' })
    expect((await client.imports.get({ id })).state).toBe('undone')
    expect(digestOf(backend)).toBe(before)
  }, 120_000)

  it('a row that the database itself refuses fails alone, wherever in a transaction of many it stood', async () => {
    const before = digestOf(backend)
    const rows = many(600, 20_000)
    const { raw } = backend.backend.database
    const refused = [7, 300, 301].map((at) => rows[at]?.[0] ?? '')
    raw.exec(
      `create temp trigger refuse_some before insert on main.customer when new.name in (${refused.map((name) => `'${name}'`).join(', ')}) begin select raise(abort, 'not this one'); end`,
    )
    try {
      const { id } = await upload(csvFile([HEADER, ...rows]))
      await client.imports.prepare({ id })
      await settled(client, id)
      await client.imports.run({ id })
      const run = await settled(client, id)
      expect(run.counts).toEqual({ rowsRead: 600, created: 597, updated: 0, skipped: 0, failed: 3 })
      const failed = Bench.open(backend.folder, id).failed(-1, 10)
      expect(failed.map(({ reason }) => reason)).toEqual(['refusedByDatabase', 'refusedByDatabase', 'refusedByDatabase'])
      await client.imports.undo({ id })
      expect((await settled(client, id)).state).toBe('undone')
      expect(digestOf(backend)).toBe(before)
    } finally {
      raw.exec('drop trigger refuse_some')
    }
  }, 120_000)

  /** Carries the work like the command line does, until the process is gone. */
  function endingAfter(chunks: number): { technical: Carrier['technical']; carrier: Carrier } {
    const { database, folder, now, services } = backend.backend
    let done = 0
    const commit: Carrier['commit'] = (work, chunk = {}) =>
      runCommand(
        backend.backend,
        {
          procedure: 'imports.run',
          actor: admin,
          key: null,
          input: null,
          options: chunk.batchId ? { batchId: chunk.batchId } : {},
        },
        work,
      )
    const carrier: Carrier = {
      actor: () => admin,
      commit,
      // One chunk at a time, so that the end comes after a certain one.
      group: (work) => work({ commit, mayGoOn: () => Promise.resolve(false) }),
      checkpoint: () => (done++ < chunks ? Promise.resolve() : Promise.reject(new Error('the process ended'))),
      progress: () => undefined,
      db: database.read,
      technical: database.write,
      services,
      folder,
      now,
    }
    return { technical: database.write, carrier }
  }
})
