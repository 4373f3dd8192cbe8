import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OwnRule } from '../../src-shared/features/imports/ownRules.ts'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { type Client, clientAs, startBackend, type TestBackend } from '../support/backend.ts'
import { csvFile, rowsOf, settled } from './importFixtures.ts'

let backend: TestBackend
let client: Client
beforeAll(async () => {
  backend = await startBackend()
  await backend.start()
  const user = backend.backend.database.raw.prepare('select id from user_account').get() as { id: string }
  const admin: Actor = { ...backend.sessions.localAdmin('http'), userId: user.id, origin: 'http' }
  client = clientAs(backend.backend, admin)
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
const rule = (given: Partial<OwnRule> & Pick<OwnRule, 'id' | 'column' | 'kind'>): OwnRule => ({
  on: true,
  find: '',
  by: '',
  values: [],
  recalled: false,
  ...given,
})
const HEADER = ['公司名称', '行业', '标签', '电话']
const ROWS = [
  ['绍兴越纺印染有限公司', '纺织', '老客户、展会', '13957511128'],
  ['绍兴锦程布业有限公司', '紡織', '展会', '13957511129'],
  ['苏州佳木家具有限公司', '家具', '', '13957511130'],
  ['苏州长青家具有限公司', '家俱', '展 会', '13957511131'],
  ['苏州祥云家具有限公司', '家具', '', '13957511132'],
]

describe('values of columns in an import', () => {
  it('are counted over all rows, found again row by row and put together where they are alike', async () => {
    const { id } = await upload([HEADER, ...ROWS, ['合计', '', '', '']])
    await expect(client.imports.facets({ id })).rejects.toMatchObject({ data: { reason: 'notPrepared' } })
    await prepared(id)
    expect((await client.imports.facets({ id })).columns).toEqual([
      { column: 0, distinct: 5, empty: 0, tooMany: false, words: true },
      { column: 1, distinct: 4, empty: 0, tooMany: false, words: true },
      { column: 2, distinct: 3, empty: 2, tooMany: false, words: true },
      { column: 3, distinct: 5, empty: 0, tooMany: false, words: false },
    ])
    expect(await client.imports.facet({ id, column: 1 })).toEqual({
      total: 4,
      values: [
        { value: '家具', count: 2 },
        { value: '家俱', count: 1 },
        { value: '紡織', count: 1 },
        { value: '纺织', count: 1 },
      ],
    })
    expect((await client.imports.facet({ id, column: 1, sort: 'value', limit: 1, offset: 1 })).values).toEqual([
      { value: '家具', count: 2 },
    ])
    expect(await client.imports.facet({ id, column: 2, search: '展' })).toEqual({
      total: 2,
      values: [
        { value: '展会', count: 2 },
        { value: '展 会', count: 1 },
      ],
    })
    const { clusters } = await client.imports.clusters({ id })
    expect(clusters.map(({ column, kind, to, values }) => [column, kind, to, values.map(({ value }) => value).join()])).toEqual([
      [1, 'writing', '纺织', '纺织,紡織'],
      [1, 'sound', '家具', '家具,家俱'],
      [2, 'writing', '展会', '展会,展 会'],
    ])
    const rows = async (column: number, text: string) =>
      (await client.imports.check({ id, filter: 'all', value: { column, text }, offset: 0, limit: 10 })).rows.map(
        ({ row }) => row,
      )
    expect(await rows(1, '家具')).toEqual([4, 6])
    expect(await rows(2, '展会')).toEqual([2, 3])
    expect(await rows(3, '139 5751 1131')).toEqual([5])
    await client.imports.editCell({ id, row: 5, column: 1, text: '家具' })
    expect((await client.imports.facet({ id, column: 1, search: '家' })).values).toEqual([{ value: '家具', count: 3 }])
  })
})

describe('own rules of an import', () => {
  it('change what is written, are counted, and come back with the next file of these headers', async () => {
    const own = [
      rule({ id: 'one', column: 1, kind: 'unify', by: '家具', values: ['家俱'] }),
      rule({ id: 'tags', column: 2, kind: 'unify', by: '展会', values: ['展 会'] }),
      rule({ id: 'off', column: 1, kind: 'upper', on: false }),
    ]
    const { id } = await upload([HEADER, ...ROWS])
    await prepared(id)
    await client.imports.setOptions({ id, options: { ownRules: own } })
    const ready = await prepared(id)
    expect(ready.own?.map(({ id: of, count }) => [of, count])).toEqual([
      ['one', 1],
      ['tags', 1],
      ['off', 0],
    ])
    const untried = await upload([HEADER, ...ROWS])
    expect([untried.remembered, untried.options.ownRules]).toEqual([false, []])
    expect(ready.own?.[0]?.samples).toEqual([{ row: 5, column: 1, header: '行业', before: '家俱', after: '家具' }])
    await client.imports.run({ id })
    expect((await settled(client, id)).state).toBe('done')
    expect(rowsOf(backend, "select industry from customer where name = '苏州长青家具有限公司'")).toEqual([{ industry: '家具' }])
    expect(
      rowsOf(
        backend,
        "select t.name from record_tag r join tag t on t.id = r.tag_id join customer c on c.id = r.record_id where c.name = '苏州长青家具有限公司'",
      ),
    ).toEqual([{ name: '展会' }])

    const next = await upload([
      ['电话', '标签', '行业', '公司名称'],
      ['13957511199', '', '家俱', '宁波福木家具有限公司'],
    ])
    expect(next.remembered).toBe(true)
    expect(next.options.ownRules).toEqual([
      { ...own[0], column: 2, recalled: true },
      { ...own[1], column: 1, recalled: true },
      { ...own[2], column: 2, recalled: true },
    ])
    const again = await prepared(next.id)
    expect(again.own?.map(({ count }) => count)).toEqual([1, 0, 0])
    await client.imports.setOptions({
      id: next.id,
      options: { ownRules: next.options.ownRules.map((one) => ({ ...one, on: false })) },
    })
    expect((await prepared(next.id)).own?.map(({ count }) => count)).toEqual([0, 0, 0])
  })

  it('are dropped when another row names the columns', async () => {
    const { id } = await upload([['客户资料'], HEADER, ...ROWS])
    await client.imports.setOptions({ id, options: { ownRules: [rule({ id: 'one', column: 1, kind: 'upper' })] } })
    expect((await client.imports.setLayout({ id, headerRow: 3 })).options.ownRules).toEqual([])
  })
})

describe('built-in rules that read one column as several things', () => {
  it('turn traditional characters only when they are asked to, and say how many there are', async () => {
    const { id } = await upload([HEADER, ['臺北長青貿易有限公司', '貿易', '', '13957511133']])
    const asIs = await prepared(id)
    expect(asIs.rules?.find(({ rule: name }) => name === 'simplified')).toMatchObject({ on: false, count: 2 })
    expect((await client.imports.facet({ id, column: 1 })).values).toEqual([{ value: '貿易', count: 1 }])
    await client.imports.setRules({ id, off: [] })
    const turned = await prepared(id)
    expect(turned.rules?.find(({ rule: name }) => name === 'simplified')).toMatchObject({ on: true, count: 2 })
    expect((await client.imports.facet({ id, column: 1 })).values).toEqual([{ value: '贸易', count: 1 }])
  })

  it('take a delivery text apart into who, which number and where', async () => {
    const { id } = await upload([
      ['公司名称', '地址'],
      ['福清石竹贸易有限公司', '福建省福州市福清市石竹街道3号，15070059494，林晓收'],
      ['苏州星湖贸易有限公司', '江苏省苏州市工业园区星湖街328号'],
    ])
    const ready = await prepared(id)
    expect(ready.rules?.find(({ rule: name }) => name === 'pasted')).toMatchObject({ on: true, count: 1 })
    await client.imports.run({ id })
    await settled(client, id)
    expect(
      rowsOf(
        backend,
        "select c.province, c.city, c.district, c.address, t.name, t.phone from customer c left join contact t on t.customer_id = c.id where c.name in ('福清石竹贸易有限公司', '苏州星湖贸易有限公司') order by c.name desc",
      ),
    ).toEqual([
      {
        province: '江苏省',
        city: '苏州市',
        district: null,
        address: expect.stringContaining('星湖街328号'),
        name: null,
        phone: null,
      },
      { province: '福建省', city: '福州市', district: '福清市', address: '石竹街道3号', name: '林晓', phone: '+8615070059494' },
    ])
  })
})

describe('codes and addresses of e-mail in an import', () => {
  it('are read by the readers of the program, and what is doubtful is told', async () => {
    const rows = [
      ['客户名称', '统一社会信用代码', '邮箱'],
      ['甲字号茶业有限公司', ' 9133 0106 MA2CFBXT1K', '王伟<Wei@QQ.con>'],
      ['乙字号茶业有限公司', 'HRB 12345', 'a@kezhan.example；b@kezhan.example'],
      ['丙字号茶业有限公司', '9.13301E+17', 'mailto:ｃ＠kezhan.example'],
      ['丁字号茶业有限公司', '', '没有邮箱'],
      ['戊字号茶业有限公司', '91350100M000100Y43', 'e@kezhan.example, f@'],
    ]
    const { id } = await upload(rows)
    await prepared(id)
    const { rows: checked } = await client.imports.check({ id, filter: 'all', offset: 0, limit: 10 })
    const seen = checked.map(({ cells, problems }) => [cells[1], cells[2], problems.map(({ code }) => code)])
    expect(seen).toEqual([
      ['91330106MA2CFBXT1K', 'wei@qq.con', ['code.checksum', 'email.typo']],
      ['HRB12345', 'a@kezhan.example', ['code.shape', 'email.several']],
      ['9.13301E+17', 'c@kezhan.example', ['digitsLost']],
      ['', '没有邮箱', ['email.invalid']],
      ['91350100M000100Y43', 'e@kezhan.example', ['email.left']],
    ])
    expect(checked.every(({ plan }) => plan === 'create')).toBe(true)
  })
})
