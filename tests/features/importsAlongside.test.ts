// decisions.md "Import": rows become visible as they land, a run goes on after its last committed chunk, and a row has one outcome. The
// command line writes while the rest of the file is still read; what comes of it must not depend on how far the one or the other was.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Bench } from '../../src-main/features/imports/staging.ts'
import { undoImport } from '../../src-main/features/imports/public.ts'
import { loadRun } from '../../src-main/features/imports/store.ts'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { type Client, clientAs, startBackend, type TestBackend } from '../support/backend.ts'
import { bring, csvFile, digestOf, rowsOf, settled } from './importFixtures.ts'

let backend: TestBackend
let admin: Actor
let client: Client
beforeEach(async () => {
  backend = await startBackend()
  await backend.start()
  const user = backend.backend.database.raw.prepare('select id from user_account').get() as { id: string }
  admin = { ...backend.sessions.localAdmin('http'), userId: user.id, origin: 'http' }
  client = clientAs(backend.backend, admin)
})
afterEach(async () => {
  vi.restoreAllMocks()
  await backend.dispose()
})

const HEADER = ['公司', '联系人', '电话', '级别', '备注']
const nameOf = (n: number): string => {
  const signs = '甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥'
  return `海${[n % 22, Math.floor(n / 22) % 22, Math.floor(n / 484) % 22, Math.floor(n / 10_648)].map((at) => signs[at]).join('')}机械有限公司`
}
const rowOf = (n: number, note = ''): string[] => [nameOf(n), '王经理', String(13_900_000_000 + n * 7), 'A', note]

const EACH = 300
const NEW = 6_000
const KNOWN = NEW / EACH
/** Everybody of the base comes with news, and some of the new a second time, far behind the first. */
const file = () =>
  csvFile([
    HEADER,
    ...Array.from({ length: NEW }, (_, at) => (at % EACH === 7 ? rowOf((at - 7) / EACH, '本月来电') : rowOf(KNOWN + at))),
    ...Array.from({ length: KNOWN }, (_, at) => rowOf(KNOWN + at * EACH, '第二次')),
  ])
const base = () => bring(backend, admin, csvFile([HEADER, ...Array.from({ length: KNOWN }, (_, n) => rowOf(n))]))
const customers = () =>
  rowsOf(
    backend,
    'select c.name, c.phone, c.note, (select count(*) from contact t where t.customer_id = c.id) as contacts from customer c order by c.name, c.phone',
  )
const lastRun = () => {
  const [{ id }] = rowsOf(backend, 'select id from import_run order by created_at desc, id desc limit 1') as [{ id: string }]
  return loadRun(backend.backend.database.write, admin, id)
}

describe('an import from the command line', () => {
  it('ends as one whose every row was known before the first was written', async () => {
    await base()
    const path = file()
    const before = digestOf(backend)
    const written = await bring(backend, admin, path, { onDuplicate: 'fill' })
    const after = customers()
    expect(written).toMatchObject({ created: NEW - KNOWN, updated: 2 * KNOWN, skipped: 0, failed: 0 })
    await undoImport(backend.backend, admin, written.importId)
    expect(digestOf(backend)).toBe(before)

    // Step by step, as in the wizard.
    const { id } = await client.imports.upload({ entity: 'customer', file: new File([await bytesOf(path)], 'again.csv') })
    await client.imports.prepare({ id })
    expect((await settled(client, id)).state).toBe('ready')
    await client.imports.run({ id })
    expect(await settled(client, id)).toMatchObject({ state: 'done', counts: { created: NEW - KNOWN, updated: 2 * KNOWN } })
    expect(customers()).toEqual(after)
  }, 120_000)

  it('goes on after it was stopped half way through the file, reading what was not read', async () => {
    await base()
    const before = digestOf(backend)
    await stopAfterFirstGroup(bring(backend, admin, file(), { onDuplicate: 'fill' }))
    const stopped = await lastRun()
    // Else this would try nothing: the file was not read to its end, and something was written.
    expect(stopped.summary.plan).toBeUndefined()
    expect(stopped.created).toBeGreaterThan(0)
    expect(stopped.created).toBeLessThan(NEW - KNOWN)

    await client.imports.resume({ id: stopped.id })
    expect(await settled(client, stopped.id)).toMatchObject({
      state: 'done',
      counts: { rowsRead: NEW + KNOWN, created: NEW - KNOWN, updated: 2 * KNOWN, skipped: 0, failed: 0 },
    })
    expect(customers()).toHaveLength(NEW)
    expect(rowsOf(backend, "select count(*) as n from customer where note = '第二次'")).toEqual([{ n: KNOWN }])
    await client.imports.undo({ id: stopped.id })
    await settled(client, stopped.id)
    expect(digestOf(backend)).toBe(before)
  }, 120_000)

  it('takes back what it wrote when the rest cannot be read', async () => {
    await base()
    const before = digestOf(backend)
    // The last row of the bench is damaged as soon as the reading of it has begun.
    const { workers } = backend.backend
    const run = workers.run
    vi.spyOn(workers, 'run').mockImplementation((task, input, options) => {
      if (task === 'imports.prepare') {
        const bench = Bench.open(backend.folder, (input as { id: string }).id)
        bench.raw.prepare("update raw set cells = '{' where n = (select max(n) from raw)").run()
        bench.close()
      }
      return run(task, input, options)
    })
    await expect(bring(backend, admin, file(), { onDuplicate: 'fill' })).rejects.toThrow(/JSON/)
    expect(digestOf(backend)).toBe(before)
    expect(await lastRun()).toMatchObject({ state: 'cancelled', created: 0, updated: 0 })
    // Something had been written, and was taken back.
    expect(rowsOf(backend, "select count(*) > 0 as written from journal where tbl = 'customer' and op = 'd'")).toEqual([
      { written: 1 },
    ])
  }, 120_000)
})

async function stopAfterFirstGroup(importing: Promise<unknown>): Promise<void> {
  const { searchIndex } = backend.backend.services
  const stop = vi.spyOn(searchIndex, 'breathe').mockRejectedValueOnce(new Error('the program was ended'))
  await expect(importing).rejects.toThrow('the program was ended')
  stop.mockRestore()
}

const bytesOf = async (path: string): Promise<Buffer<ArrayBuffer>> => {
  const { readFileSync } = await import('node:fs')
  return readFileSync(path)
}
