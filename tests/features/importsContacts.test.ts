// A list of people finds the companies that are there; nobody is doubled, nobody lands under the wrong customer.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { undoImport } from '../../src-main/features/imports/public.ts'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { clientAs, startBackend, type TestBackend } from '../support/backend.ts'
import { actorOf, addPerson, administrator } from '../support/factories.ts'
import { bring, csvFile, digestOf, rowsOf, settled } from './importFixtures.ts'
import { readFileSync } from 'node:fs'

let backend: TestBackend
let admin: Actor
beforeAll(async () => {
  backend = await startBackend()
  await backend.start()
  admin = administrator(backend)
  await bring(
    backend,
    admin,
    csvFile([
      ['公司', '电话', '税号'],
      ['绍兴越纺印染有限公司', '0575-88001234', '91330600MA2BXXXX1K'],
      ['苏州恒通纺织科技有限公司', '13805126621', ''],
      ['宁波北仑港机制造有限公司', '', ''],
      ['宁波甬江港机制造有限公司', '', ''],
    ]),
  )
})
afterAll(() => backend.dispose())

const people = (where = '1 = 1'): Record<string, unknown>[] =>
  rowsOf(
    backend,
    `select t.name, t.phone, t.title, c.name as customer from contact t join customer c on c.id = t.customer_id where t.deleted_at is null and ${where} order by t.name`,
  )
const contacts = (rows: readonly (readonly string[])[], options: Parameters<typeof bring>[3] = {}) =>
  bring(backend, admin, csvFile(rows), { entity: 'contact', ...options })

describe('a sheet of people', () => {
  it('finds the company by its core, its number and its code', async () => {
    const done = await contacts([
      ['姓名', '公司', '公司电话', '税号', '职务', '手机'],
      ['钱丽华', '绍兴越纺印染', '', '', '采购', '13700010001'],
      ['王海峰', '', '13805126621', '', '总经理', '13700010002'],
      ['周敏', '', '', '91330600MA2BXXXX1K', '会计', '13700010003'],
    ])
    expect(done).toMatchObject({ rowsRead: 3, created: 3, failed: 0 })
    expect(people()).toEqual([
      { name: '周敏', phone: '+8613700010003', title: '会计', customer: '绍兴越纺印染有限公司' },
      { name: '王海峰', phone: '+8613700010002', title: '总经理', customer: '苏州恒通纺织科技有限公司' },
      { name: '钱丽华', phone: '+8613700010001', title: '采购', customer: '绍兴越纺印染有限公司' },
    ])
    const [main] = rowsOf(backend, 'select count(*) as n from contact where is_primary = 1 group by customer_id having n > 1')
    expect(main).toBeUndefined()
  })

  it('imported twice changes nothing, and fills in what was missing', async () => {
    const before = digestOf(backend)
    const rows = [
      ['姓名', '公司', '职务', '手机'],
      ['钱丽华', '绍兴越纺印染有限公司', '采购', '13700010001'],
    ]
    expect(await contacts(rows)).toMatchObject({ created: 0, updated: 0, skipped: 1 })
    expect(digestOf(backend)).toBe(before)
    const more = [
      ['姓名', '公司', '手机', '微信'],
      ['钱丽华', '绍兴越纺印染有限公司', '13700010001', 'qianlihua'],
    ]
    expect(await contacts(more)).toMatchObject({ created: 0, updated: 1 })
  })

  it('names a company nobody knows, or only one that is alike, and writes nothing for it', async () => {
    const before = digestOf(backend)
    const done = await contacts([
      ['姓名', '公司', '手机'],
      ['孙无', '没有这家贸易有限公司', '13700020001'],
      ['李无', '', '13700020002'],
    ])
    expect(done).toMatchObject({ created: 0, failed: 2 })
    expect(digestOf(backend)).toBe(before)
  })

  it('makes an unknown company once where that is asked for, and the undo takes it back', async () => {
    const before = digestOf(backend)
    const mine = clientAs(backend.backend, { ...admin, origin: 'http' })
    const file = csvFile([
      ['姓名', '公司', '手机'],
      ['陈一', '湖州新开张丝绸有限公司', '13700030001'],
      ['陈二', '湖州新开张丝绸有限公司', '13700030002'],
    ])
    const { id } = await mine.imports.upload({ entity: 'contact', file: new File([readFileSync(file)], 'people.csv') })
    await mine.imports.setOptions({ id, options: { missing: 'create' } })
    await mine.imports.prepare({ id })
    expect((await settled(mine, id)).plan).toMatchObject({ create: 2, warnings: 2 })
    await mine.imports.run({ id })
    expect((await settled(mine, id)).counts).toMatchObject({ created: 2, failed: 0 })
    expect(rowsOf(backend, "select name from customer where name like '湖州新开张%'")).toHaveLength(1)
    await mine.imports.undo({ id })
    const undone = await settled(mine, id)
    expect(undone.undo?.records).toMatchObject({ reversed: 2, kept: 0 })
    expect(digestOf(backend)).toBe(before)
  })

  it('keeps colleagues who share a switchboard apart and says so', async () => {
    await contacts([
      ['姓名', '公司', '手机'],
      ['甲工', '宁波北仑港机制造有限公司', '0574-86001234'],
    ])
    const mine = clientAs(backend.backend, { ...admin, origin: 'http' })
    const file = csvFile([
      ['姓名', '公司', '手机'],
      ['乙工', '宁波北仑港机制造有限公司', '0574-86001234'],
    ])
    const { id } = await mine.imports.upload({ entity: 'contact', file: new File([readFileSync(file)], 'people.csv') })
    await mine.imports.prepare({ id })
    await settled(mine, id)
    const [row] = (await mine.imports.check({ id, filter: 'all', offset: 0, limit: 10 })).rows
    expect(row).toMatchObject({ plan: 'create', match: { sure: false, name: '甲工' } })
  })
})

describe('rights', () => {
  it('a customer of somebody else takes no contact', async () => {
    const { userId } = await addPerson(backend, { name: '外人', roles: ['sales', { permissions: { 'imports.run': 'all' } }] })
    const done = await bring(
      backend,
      actorOf(backend, userId),
      csvFile([
        ['姓名', '公司', '手机'],
        ['外来', '绍兴越纺印染有限公司', '13700040001'],
      ]),
      { entity: 'contact' },
    )
    expect(done).toMatchObject({ created: 0, failed: 1 })
    expect(people("t.name = '外来'")).toEqual([])
  })

  it('who may not write contacts imports none', async () => {
    const { 'contacts.write': _gone, ...permissions } = admin.permissions
    await expect(
      bring(
        backend,
        { ...admin, permissions },
        csvFile([
          ['姓名', '公司'],
          ['某人', '绍兴越纺印染有限公司'],
        ]),
        { entity: 'contact' },
      ),
    ).rejects.toMatchObject({ needs: 'contacts.write' })
  })
})

it('history says contacts, and counts them', async () => {
  const { importId } = await contacts([
    ['姓名', '公司', '手机'],
    ['史一', '绍兴越纺印染有限公司', '13700050001'],
    ['史二', '绍兴越纺印染有限公司', '13700050002'],
  ])
  expect(rowsOf(backend, `select action from command where record_id = '${importId}'`)).toEqual([{ action: 'importedContacts' }])
  const undone = await undoImport(backend.backend, admin, importId)
  expect(undone.records).toMatchObject({ reversed: 2, kept: 0, stayed: [] })
})
