import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { runCommand } from '../../src-main/kernel/commands.ts'
import type { CommandContext } from '../../src-main/kernel/context.ts'
import { importFile } from '../../src-main/features/imports/public.ts'
import { csvFile } from '../features/importFixtures.ts'
import { clientAs, startBackend, type TestBackend } from '../support/backend.ts'

const folder = mkdtempSync(join(tmpdir(), 'kezhan-index-'))
let backend = await startBackend({ folder })
afterAll(async () => {
  await backend.close()
  rmSync(folder, { recursive: true, force: true })
})

const one = ({ backend: { database } }: TestBackend, sql: string): unknown => database.raw.prepare(sql).pluck().get()
const mergesAt = () => one(backend, "select v from search_index_config where k = 'automerge'")
const segments = () => one(backend, 'select count(*) from (select distinct segid from search_index_idx)') as number
const admin = () => backend.sessions.localAdmin('http')
const create = (name: string) => clientAs(backend.backend, admin()).customers.create({ name })
const found = async (text: string) => (await clientAs(backend.backend, admin()).search.records({ text })).hits.length

async function until(met: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400 && !met(); tries++) await new Promise((resolve) => setTimeout(resolve, 25))
  expect(met()).toBe(true)
}

test('merging waits while somebody writes much, and is made up for afterwards', async () => {
  const { searchIndex } = backend.backend.services
  const [first, second] = [await searchIndex.hold(), await searchIndex.hold()]
  expect(mergesAt()).toBe(0)
  for (let at = 0; at < 24; at++) await create(`苏州柏舟机械${at}`)
  expect(segments()).toBeGreaterThanOrEqual(24)
  first()
  first()
  expect(mergesAt()).toBe(0)
  second()
  await until(() => mergesAt() === 4)
  expect(segments()).toBeLessThan(8)
  expect(await found('柏舟')).toBeGreaterThan(8)
  backend.backend.database.raw.exec("insert into search_index (search_index) values ('integrity-check')")
}, 60_000)

test('what a killed run left is tidied by the next start', async () => {
  await backend.backend.services.searchIndex.hold()
  for (let at = 0; at < 12; at++) await create(`杭州云栖食品${at}`)
  await backend.close()
  backend = await startBackend({ folder, setUp: false })
  await until(() => mergesAt() === 4)
  expect(segments()).toBeLessThan(8)
  expect(await found('云栖')).toBeGreaterThan(0)
}, 60_000)

test('a relaxed commit leaves the next one as strict as ever', async () => {
  const { raw } = backend.backend.database
  const levels: unknown[] = []
  const look = (command: CommandContext) => {
    levels.push(raw.pragma('synchronous', { simple: true }))
    command.unchanged()
    return Promise.resolve()
  }
  const call = { procedure: 'test', actor: admin(), key: null, input: null }
  await Promise.all([
    runCommand(backend.backend, { ...call, options: { relaxed: true } }, look),
    runCommand(backend.backend, call, look),
    runCommand(backend.backend, { ...call, options: { relaxed: true } }, () => Promise.reject(new Error('no'))).catch(
      () => undefined,
    ),
    runCommand(backend.backend, call, look),
  ])
  expect(levels).toEqual([1, 2, 2])
})

test('names made ready by the worker give the documents and keys that a record written by hand has', async () => {
  const rows = [
    ['上海重乐长行餐饮管理有限公司', '单雄', '13812340001'],
    ['ＡＢＣ Trading (苏州)', 'Jim Lee', '0512-66218800转801'],
    ['苏州市达科物流（集团）股份有限公司', '曾晓', '138****8000'],
  ]
  const before = one(backend, 'select coalesce(max(id), 0) from search_doc') as number
  await importFile(backend.backend, admin(), {
    entity: 'customer',
    file: csvFile([['客户名称', '联系人', '手机'], ...rows]),
    onDuplicate: 'create',
    empty: 'keep',
    dryRun: false,
    errorsOut: null,
  })
  await until(() => one(backend, 'select count(*) from search_pending') === 0)
  const { raw } = backend.backend.database
  const keys = raw.prepare('select doc, key from match_key where doc > ? order by doc, key')
  const terms = () => {
    raw.exec("create virtual table if not exists temp.words using fts5vocab(main, search_index, 'instance')")
    return raw.prepare('select doc, col, term from temp.words where doc > ? order by doc, col, term').all(before)
  }
  const written = { keys: keys.all(before), terms: terms() }
  expect(written.keys.length).toBeGreaterThan(6)
  const docs = raw.prepare('select entity, record_id as id from search_doc where id > ?').all(before) as {
    entity: 'customer'
    id: string
  }[]
  expect(docs).toHaveLength(6)
  for (const { entity, id } of docs) backend.backend.searchDocs.index(entity, id)
  expect({ keys: keys.all(before), terms: terms() }).toEqual(written)
}, 60_000)

test('a command that touches many records in any order leaves a segment or two, not one for each', async () => {
  const ids: string[] = []
  for (let at = 0; at < 40; at++) ids.push((await create(`杭州竹海食品${at}`)).id)
  const letGo = await backend.backend.services.searchIndex.hold()
  const before = segments()
  await runCommand(
    backend.backend,
    { procedure: 'test', actor: admin(), key: null, input: null },
    async ({ tx, record }: CommandContext) => {
      // Up and down: each of these documents stands before the one that is written just then.
      for (const id of ids.toReversed()) await tx.updateTable('customer').set({ city: '杭州市' }).where('id', '=', id).execute()
      record({ entity: 'customer', id: ids[0] ?? '', action: 'edited' })
    },
  )
  expect(segments() - before).toBeLessThanOrEqual(2)
  letGo()
})
