// What an import of contacts and follow-ups tells of customers, and to whom.
import { readFileSync } from 'node:fs'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { type Client, clientAs, startBackend, type TestBackend } from '../support/backend.ts'
import { actorOf, addPerson, administrator } from '../support/factories.ts'
import { bring, csvFile, settled } from './importFixtures.ts'

let backend: TestBackend
let admin: Client
let boss: Actor
let sales: Actor
beforeAll(async () => {
  backend = await startBackend()
  await backend.start()
  boss = { ...administrator(backend), origin: 'http' }
  admin = clientAs(backend.backend, boss)
  const { userId } = await addPerson(backend, { name: '陈思远', roles: ['sales', { permissions: { 'imports.run': 'all' } }] })
  sales = actorOf(backend, userId)
  await bring(
    backend,
    boss,
    csvFile([
      ['公司', '电话', '城市'],
      ['深藏不露纺织有限公司', '13700001111', '绍兴'],
      ['守口如瓶印染有限公司', '0575-88001111', '绍兴'],
      ['守口如瓶印染机械有限公司', '0575-88001111', '杭州'],
      ['秘而不宣丝绸有限公司', '13700004444', '湖州'],
      ['明明白白贸易有限公司', '13700005555', '宁波'],
    ]),
  )
  const { rows } = await admin.customers.list({ limit: 50 })
  const gone = rows.find(({ name }) => name === '秘而不宣丝绸有限公司')
  await admin.customers.removeMany({ selection: { ids: [String(gone?.id)] } })
})
afterAll(() => backend.dispose())

async function checked(
  client: Client,
  entity: 'contact' | 'followUp' | 'customer',
  rows: readonly (readonly string[])[],
  file = csvFile(rows),
) {
  const { id } = await client.imports.upload({ entity, file: new File([readFileSync(file)], 'list.csv') })
  await client.imports.prepare({ id })
  expect((await settled(client, id)).state).toBe('ready')
  const { rows: found } = await client.imports.check({ id, filter: 'all', offset: 0, limit: 50 })
  return { id, rows: found, codes: found.map(({ problems }) => problems.map(({ code, detail }) => `${code} ${detail ?? ''}`)) }
}

const people = [
  ['姓名', '公司', '公司电话', '手机'],
  ['甲', '', '13700001111', '13911110001'],
  ['乙', '', '0575-88001111', '13911110002'],
  ['丙', '', '13700004444', '13911110003'],
  ['丁', '深藏不露', '', '13911110004'],
  ['戊', '明明白白贸易有限公司', '', '13911110005'],
]
const talks = [
  ['公司', '公司电话', '跟进内容'],
  ['', '13700001111', '谈过价格'],
  ['', '0575-88001111', '寄过样品'],
  ['', '13700004444', '约好拜访'],
  ['深藏不露', '', '发过报价'],
  ['明明白白贸易有限公司', '', '签过合同'],
]
const NAMES = /深藏不露纺织|守口如瓶|秘而不宣/

describe('a number of a customer out of reach', () => {
  it.each([
    ['contact', people],
    ['followUp', talks],
  ] as const)(
    'does not become his name, in a list of %ss',
    async (entity, rows) => {
      const mine = clientAs(backend.backend, sales)
      const { codes, id } = await checked(mine, entity, rows)
      expect(JSON.stringify(codes)).not.toMatch(NAMES)
      expect(JSON.stringify(await mine.imports.duplicate({ id, at: 0 }))).not.toMatch(NAMES)
      expect(codes[2]).toContain('customer.deleted 秘***')
      // Who may see the customers is told their names.
      const theirs = await checked(admin, entity, rows)
      expect(theirs.codes[2]).toContain('customer.deleted 秘而不宣丝绸有限公司')
      expect(JSON.stringify(theirs.codes)).toMatch(/customer\.maybe (深藏不露|守口如瓶)/)
      // Not so who looks at the import of somebody else, but may not see the customers: neither in the grid nor in the file of failed rows.
      const looking = clientAs(backend.backend, { ...sales, permissions: { ...sales.permissions, 'imports.readAll': 'all' } })
      const seen = await looking.imports.check({ id: theirs.id, filter: 'all', offset: 0, limit: 50 })
      expect(seen.rows).toHaveLength(5)
      expect(JSON.stringify(seen)).not.toMatch(NAMES)
      expect(JSON.stringify(seen)).toContain('秘***')
      const cells = async (client: Client): Promise<string> => {
        const book = new ExcelJS.Workbook()
        await book.xlsx.load(await (await client.imports.failedRows({ id: theirs.id, language: 'zh-CN' })).arrayBuffer())
        return JSON.stringify(book.worksheets[0]?.getSheetValues())
      }
      await admin.imports.run({ id: theirs.id })
      expect((await settled(admin, theirs.id)).counts.failed).toBeGreaterThan(0)
      expect(await cells(looking)).not.toMatch(NAMES)
      expect(await cells(admin)).toMatch(NAMES)
    },
    60_000,
  )
})

describe('a field that the one who asks does not see', () => {
  const planted = '知无不言五金有限公司'
  const file = [
    ['公司', '联系人', '公司电话'],
    ['完全不同电子厂', '马六', '13700006666'],
  ]
  // A job asks for the rights of its owner anew: they must be those of a person.
  const limited = async (fieldRights: Actor['fieldRights']): Promise<Client> => {
    const { userId } = await addPerson(backend, { name: '顾盼', roles: [{ permissions: boss.permissions, fieldRights }] })
    return clientAs(backend.backend, actorOf(backend, userId))
  }
  const reasonsOf = async (fieldRights: Actor['fieldRights']): Promise<unknown> => {
    const { rows } = await checked(await limited(fieldRights), 'customer', file)
    return rows[0]?.match?.because ?? null
  }
  beforeAll(async () => {
    const { id } = await admin.customers.create({ name: planted, ownerId: boss.employeeId })
    await admin.contacts.create({ customerId: id, name: '吕七', phone: '13700006666' })
    await admin.customers.create({ name: '言无不尽五金有限公司', phone: '13700007777', ownerId: boss.employeeId })
  })

  it('makes no row of an import the same as a customer, as it does not in the form', async () => {
    const closed = { 'contact.phone': 'hidden' } as const
    const form = async (fieldRights: Actor['fieldRights']) =>
      (await limited(fieldRights)).customers.lookalikes({ phones: ['13700006666'] })
    expect(await reasonsOf({})).toContain('mobileSame')
    expect(await form({})).toHaveLength(1)
    expect(await form(closed)).toEqual([])
    expect(await reasonsOf(closed)).toBeNull()
    // What the write finds by itself is no other than what the check found.
    const mine = await limited({ 'customer.phone': 'masked' })
    const { codes } = await checked(mine, 'contact', [
      ['姓名', '公司', '公司电话'],
      ['甲', '不叫这名字五金厂', '13700007777'],
    ])
    expect(codes[0]).toContain('customer.unknown 不叫这名字五金厂')
  }, 60_000)

  it('does not say whom a customer is looked after by', async () => {
    const match = async (fieldRights: Actor['fieldRights']) => {
      const { rows } = await checked(await limited(fieldRights), 'customer', [['公司'], [planted]])
      return rows[0]?.match
    }
    expect(await match({})).toMatchObject({ name: planted, ownerName: boss.name })
    expect(await match({ 'customer.ownerId': 'hidden' })).toMatchObject({ name: planted, ownerName: null })
    // Nor to who looks at the import of somebody else.
    const { id } = await checked(admin, 'customer', [['公司'], [planted]])
    const looking = await limited({ 'customer.ownerId': 'hidden' })
    const [row] = (await looking.imports.check({ id, filter: 'all', offset: 0, limit: 5 })).rows
    expect(row?.match).toMatchObject({ name: planted, ownerName: null })
  }, 60_000)
})

describe('a workspace that compares English names', () => {
  it('finds whose a contact or a follow-up is by them', async () => {
    const about = (text: string): string[][] => [
      ['公司', '姓名', '跟进内容'],
      ['Logistics Northwind', '', text],
    ]
    await admin.customers.create({ name: 'Northwind Logistics Inc' })
    expect((await checked(admin, 'followUp', about('called'))).codes[0]).toContain('customer.unknown Logistics Northwind')
    await admin.setup.changeMatching({ matching: 'en' })
    expect((await checked(admin, 'followUp', about('called'))).codes[0]).toEqual(['dateless '])
    await admin.setup.changeMatching({ matching: 'zh' })
  })
})
