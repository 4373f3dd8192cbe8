import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { type Client, clientAs, startBackend, type TestBackend } from '../support/backend.ts'
import { actorOf, addPerson, administrator } from '../support/factories.ts'
import { csvFile, rowsOf, settled } from './importFixtures.ts'

let backend: TestBackend
let client: Client
let sales: Actor
beforeAll(async () => {
  backend = await startBackend()
  await backend.start()
  client = clientAs(backend.backend, { ...administrator(backend), origin: 'http' })
  const { userId } = await addPerson(backend, { name: '陈思远', roles: ['sales', { permissions: { 'imports.run': 'all' } }] })
  sales = actorOf(backend, userId)
})
afterAll(() => backend.dispose())

const upload = async (rows: readonly (readonly string[])[]) => {
  const path = csvFile(rows)
  return client.imports.upload({ entity: 'customer', file: new File([readFileSync(path)], basename(path)) })
}
const prepared = async (id: string) => {
  await client.imports.prepare({ id })
  return settled(client, id)
}
const HEADER = ['公司名称', '电话', '行业']
const refused = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'taken',
    (error: { data?: { reason?: string } }) => error.data?.reason,
  )

describe('rows that were not imported', () => {
  it('become an import of their own, with the same columns and rules, and go in once mended in the grid', async () => {
    const { id } = await upload([
      ['客户资料'],
      HEADER,
      ['镇江丹徒管业有限公司', '1381 577 04', '管材'],
      ['宁波港机有限公司', '13800010009', '机械'],
    ])
    await client.imports.setOptions({
      id,
      options: {
        ownRules: [{ id: 'a', column: 2, kind: 'suffix', on: true, find: '材', by: '道', values: [], recalled: false }],
      },
    })
    await prepared(id)
    expect(await refused(client.imports.again({ id }))).toBe('nothingFailed')
    await client.imports.run({ id })
    expect((await settled(client, id)).counts).toMatchObject({ created: 1, failed: 1 })
    const again = await client.imports.again({ id })
    expect(again.id).not.toBe(id)
    expect(again.columns.map(({ target }) => target?.field ?? null)).toEqual(['name', 'phone', 'industry', null])
    expect(await prepared(again.id)).toMatchObject({ plan: { rows: 1, fail: 1 } })
    const mended = await client.imports.editCell({ id: again.id, row: 2, column: 1, text: '13815770400' })
    expect(mended.plan).toMatchObject({ create: 1, fail: 0 })
    await client.imports.run({ id: again.id })
    expect((await settled(client, again.id)).counts).toMatchObject({ created: 1, failed: 0 })
    expect(rowsOf(backend, "select phone, industry from customer where name = '镇江丹徒管业有限公司'")).toEqual([
      { phone: '+8613815770400', industry: '管道' },
    ])
  })
})

describe('rows that were mended', () => {
  const bad = (name: string) => [name, '1381 577 04', '']
  const run = async (id: string) => {
    await client.imports.run({ id })
    return (await settled(client, id)).counts
  }
  it('are followed from import to import: how many are left, and where they are', async () => {
    const { id } = await upload([
      HEADER,
      bad('绍兴柯桥绣品有限公司'),
      bad('嵊州领带有限公司'),
      ['诸暨袜业有限公司', '13800010031', ''],
    ])
    await prepared(id)
    expect(await run(id)).toMatchObject({ created: 1, failed: 2 })
    expect(await client.imports.leftovers({ id })).toEqual({ failed: 2, left: 2, last: null })
    const first = await client.imports.again({ id })
    await prepared(first.id)
    expect(await client.imports.leftovers({ id })).toEqual({ failed: 2, left: 2, last: { id: first.id, state: 'ready' } })
    await client.imports.editCell({ id: first.id, row: 2, column: 1, text: '13815770401' })
    expect(await run(first.id)).toMatchObject({ created: 1, failed: 1 })
    expect(await client.imports.leftovers({ id })).toEqual({ failed: 2, left: 1, last: { id: first.id, state: 'done' } })
    const second = await client.imports.again({ id: first.id })
    await prepared(second.id)
    await client.imports.editCell({ id: second.id, row: 2, column: 1, text: '13815770402' })
    expect(await run(second.id)).toMatchObject({ created: 1, failed: 0 })
    expect(await client.imports.leftovers({ id })).toEqual({ failed: 2, left: 0, last: { id: second.id, state: 'done' } })
    // What was taken back is left again.
    await client.imports.undo({ id: second.id })
    await settled(client, second.id)
    expect(await client.imports.leftovers({ id })).toEqual({ failed: 2, left: 1, last: { id: first.id, state: 'done' } })
    await expect(clientAs(backend.backend, sales).imports.leftovers({ id })).rejects.toBeDefined()
  }, 60_000)

  it('come as whole workbooks to all who ask at once', async () => {
    const rows = Array.from({ length: 400 }, (_, at) => bad(`同时下载${at}号有限公司`))
    const { id } = await upload([HEADER, ...rows])
    await prepared(id)
    const languages = ['zh-CN', 'en-US', 'zh-CN', 'en-US', 'zh-CN', 'en-US'] as const
    const files = await Promise.all(languages.map((language) => client.imports.failedRows({ id, language })))
    for (const [at, file] of files.entries()) {
      const book = new ExcelJS.Workbook()
      await book.xlsx.load(await file.arrayBuffer())
      expect(book.worksheets[0]?.name).toBe(languages[at] === 'zh-CN' ? '没有导入的行' : 'Rows not imported')
      expect(book.worksheets[0]?.rowCount).toBe(401)
    }
    expect(readdirSync(join(backend.backend.folder, 'imports', id)).filter((name) => name.startsWith('failed'))).toEqual([])
  }, 60_000)
})

describe('an import that wrote nothing', () => {
  it('can be thrown away, its file with it; one that wrote cannot', async () => {
    const { id } = await upload([HEADER, ['扔掉的有限公司', '13800010010', '']])
    const folder = join(backend.backend.folder, 'imports', id)
    expect(existsSync(folder)).toBe(true)
    await client.imports.discard({ id })
    expect(existsSync(folder)).toBe(false)
    await expect(client.imports.get({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const kept = await upload([HEADER, ['写入的有限公司', '13800010011', '']])
    await prepared(kept.id)
    await client.imports.run({ id: kept.id })
    await settled(client, kept.id)
    expect(await refused(client.imports.discard({ id: kept.id }))).toBe('alreadyRun')
  })
})

describe('the rows of one import', () => {
  it('are found by its batch, in the reach of who asks, and no longer once they were taken back', async () => {
    const { id, batchId } = await upload([
      HEADER,
      ['甲一批次有限公司', '13800010021', ''],
      ['乙一批次有限公司', '13800010022', ''],
    ])
    await prepared(id)
    await client.imports.run({ id })
    await settled(client, id)
    const filter = { combinator: 'and' as const, rules: [{ field: 'changedIn', operator: '=' as const, value: batchId }] }
    const names = async (who: Client) => (await who.customers.list({ filter })).rows.map(({ name }) => name).toSorted()
    expect(await names(client)).toEqual(['乙一批次有限公司', '甲一批次有限公司'])
    expect(await client.customers.count({ filter })).toMatchObject({ count: 2 })
    expect(await names(clientAs(backend.backend, sales))).toEqual([])
    await expect(
      client.customers.list({ filter: { ...filter, rules: [{ field: 'changedIn', operator: 'contains', value: 'x' }] } }),
    ).rejects.toBeDefined()
    await client.imports.undo({ id })
    await settled(client, id)
    expect(await names(client)).toEqual([])
  })

  it('are the customers too that only got a contact or a follow-up', async () => {
    for (const name of ['只加联系人有限公司', '只加跟进有限公司', '没有动过有限公司']) await client.customers.create({ name })
    const names = async (batchId: string) => {
      const rules = [{ field: 'changedIn', operator: '=' as const, value: batchId }]
      return (await client.customers.list({ filter: { combinator: 'and', rules } })).rows.map(({ name }) => name)
    }
    const bring = async (entity: 'contact' | 'followUp', rows: readonly (readonly string[])[]) => {
      const path = csvFile(rows)
      const { id, batchId } = await client.imports.upload({ entity, file: new File([readFileSync(path)], basename(path)) })
      await prepared(id)
      await client.imports.run({ id })
      expect((await settled(client, id)).counts).toMatchObject({ created: 1 })
      return { id, batchId }
    }
    const contacts = await bring('contact', [
      ['所属客户', '姓名', '手机'],
      ['只加联系人有限公司', '钱丽华', '13700010001'],
    ])
    const said = await bring('followUp', [
      ['客户', '跟进内容', '时间'],
      ['只加跟进有限公司', '问了报价', '2026-02-03 10:20'],
    ])
    expect(await names(contacts.batchId)).toEqual(['只加联系人有限公司'])
    expect(await names(said.batchId)).toEqual(['只加跟进有限公司'])
    await client.imports.undo({ id: contacts.id })
    await settled(client, contacts.id)
    expect(await names(contacts.batchId)).toEqual([])
  })
})

describe('duplicates', () => {
  it('are found by a masked number and the name of the contact, whichever side is masked', async () => {
    const header = ['公司名称', '联系人', '手机']
    const first = await upload([
      header,
      ['绍兴越纺印染有限公司', '王海峰', '13957511128'],
      ['嘉兴禾盛食品有限公司', '吴秋萍', '150****3371'],
      ['湖州竹韵家居有限公司', '潘秀兰', '13905724415'],
    ])
    await prepared(first.id)
    await client.imports.run({ id: first.id })
    expect((await settled(client, first.id)).counts).toMatchObject({ created: 3 })
    const { id } = await upload([
      header,
      ['越纺面料经营部', '王海峰', '139****1128'],
      ['禾盛副食批发部', '吴秋萍', '15067303371'],
      ['安吉竹材加工厂', '潘秀英', '139****4415'],
    ])
    await prepared(id)
    const { rows } = await client.imports.check({ id, filter: 'all', offset: 0, limit: 10 })
    expect(rows.map(({ match }) => match?.name ?? null)).toEqual(['绍兴越纺印染有限公司', '嘉兴禾盛食品有限公司', null])
    expect(rows.slice(0, 2).map(({ match }) => match?.because.includes('maskedFits'))).toEqual([true, true])
  })

  it('are decided for all that are alike enough, and doubtful ones are counted', async () => {
    const first = await upload([
      HEADER,
      ['苏州星湖精密机械有限公司', '13800010031', ''],
      ['无锡太湖纺织有限公司', '13800010032', ''],
    ])
    await prepared(first.id)
    await client.imports.run({ id: first.id })
    await settled(client, first.id)
    const { id } = await upload([
      HEADER,
      ['苏州星湖精密机械有限公司', '13800010031', '机械'],
      ['无锡太胡纺织有限公司', '13700010099', '纺织'],
    ])
    const { plan } = await prepared(id)
    expect(plan).toMatchObject({ rows: 2, undecided: plan?.duplicates })
    const certain = await client.imports.decide({ id, rows: { atLeast: 0.95 }, decision: 'skip' })
    expect(certain).toMatchObject({ skip: 1, undecided: (plan?.duplicates ?? 0) - 1, doubtful: plan?.doubtful })
    expect(await client.imports.decide({ id, rows: { atLeast: 0 }, decision: 'skip' })).toMatchObject({
      undecided: 0,
      doubtful: 0,
    })
    expect(await client.imports.decide({ id, rows: { atLeast: 0 }, decision: null })).toMatchObject({
      undecided: plan?.duplicates,
    })
  })
})
