import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { insertFieldRights } from '../../src-main/features/people/write.ts'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { type Client, clientAs, startBackend, type TestBackend } from '../support/backend.ts'
import { actorOf, addPerson, administrator, bySystem } from '../support/factories.ts'
import { bring, csvFile, digestOf, rowsOf, settled } from './importFixtures.ts'

let backend: TestBackend
let admin: Actor
let sales: Actor
beforeAll(async () => {
  backend = await startBackend()
  await backend.start()
  admin = { ...administrator(backend), origin: 'http' }
  const { userId } = await addPerson(backend, { name: '陈思远', roles: ['sales', { permissions: { 'imports.run': 'all' } }] })
  sales = actorOf(backend, userId)
})
afterAll(() => backend.dispose())

const without = (actor: Actor, ...gone: string[]): Actor => ({
  ...actor,
  permissions: Object.fromEntries(Object.entries(actor.permissions).filter(([key]) => !gone.includes(key))),
})

async function prepared(client: Client, rows: readonly (readonly string[])[]): Promise<string> {
  const path = csvFile(rows)
  const { id } = await client.imports.upload({ entity: 'customer', file: new File([readFileSync(path)], basename(path)) })
  await client.imports.prepare({ id })
  expect((await settled(client, id)).state).toBe('ready')
  return id
}

describe('a record out of reach', () => {
  it('shows neither its name nor its number, in no place of the wizard', async () => {
    await bring(
      backend,
      admin,
      csvFile([
        ['公司', '联系人', '电话'],
        ['深藏不露纺织有限公司', '王海峰', '13700001111'],
        ['守口如瓶印染有限公司', '钱会计', '13700002222'],
      ]),
    )
    const mine = clientAs(backend.backend, sales)
    const id = await prepared(mine, [
      ['公司', '联系人', '电话'],
      ['深藏不露纺织', '李四', '13700001111'],
      ['别的什么公司', '赵五', '13700002222'],
    ])
    await mine.imports.setOptions({ id, options: { onDuplicate: 'skip' } })
    const text = async () =>
      JSON.stringify([
        (await mine.imports.check({ id, filter: 'all', offset: 0, limit: 50 })).rows,
        await mine.imports.duplicate({ id, at: 0 }),
      ])
    expect(await text()).toContain('深***')
    expect(await text()).not.toMatch(/深藏不露纺织有限公司|守口如瓶/)
    await mine.imports.run({ id })
    expect((await settled(mine, id)).counts.skipped).toBeGreaterThan(0)
    const ids = rowsOf(backend, "select id from customer where name in ('深藏不露纺织有限公司', '守口如瓶印染有限公司')")
    for (const { id: hidden } of ids) expect(await text()).not.toContain(String(hidden))
    // Who may see all imports but not the customers they went into sees no more either.
    const theirs = await prepared(clientAs(backend.backend, admin), [
      ['公司', '联系人', '电话'],
      ['深藏不露纺织', '李四', '13700001111'],
    ])
    const looking = clientAs(backend.backend, { ...sales, permissions: { ...sales.permissions, 'imports.readAll': 'all' } })
    const [row] = (await looking.imports.check({ id: theirs, filter: 'all', offset: 0, limit: 50 })).rows
    expect(row?.match).toMatchObject({ recordId: null, visible: false, name: '深***' })
  }, 60_000)
})

describe('a number', () => {
  it('never becomes a name that everybody may read', async () => {
    await bring(
      backend,
      admin,
      csvFile([
        ['公司', '联系人手机', '联系人职务'],
        ['无名氏贸易有限公司', '13811112222', ''],
        ['无名氏贸易有限公司', '13811113333', ''],
        ['有职务贸易有限公司', '13811114444', '采购经理'],
      ]),
    )
    expect(
      rowsOf(
        backend,
        "select t.name, t.phone from contact t join customer c on c.id = t.customer_id where c.name in ('无名氏贸易有限公司', '有职务贸易有限公司') order by t.phone",
      ),
    ).toEqual([
      { name: '联系人', phone: '+8613811112222' },
      { name: '联系人', phone: '+8613811113333' },
      { name: '采购经理', phone: '+8613811114444' },
    ])
    // Who is known later gets his name.
    await bring(
      backend,
      admin,
      csvFile([
        ['公司', '联系人', '联系人手机'],
        ['无名氏贸易有限公司', '尹超', '13811112222'],
      ]),
    )
    expect(rowsOf(backend, "select name from contact where phone = '+8613811112222'")).toEqual([{ name: '尹超' }])
  })

  it('of which there are too many goes nowhere for who may not write contacts, and the row says so', async () => {
    const { 'contacts.write': _contacts, ...permissions } = admin.permissions
    const { userId } = await addPerson(backend, { name: '乐海波', roles: [{ permissions }] })
    const mine = clientAs(backend.backend, actorOf(backend, userId))
    const id = await prepared(mine, [
      ['公司', '电话'],
      ['号码太多有限公司', '13955550001 / 13955550002 / 13955550003'],
    ])
    const [row] = (await mine.imports.check({ id, filter: 'all', offset: 0, limit: 10 })).rows
    expect(row?.problems.map(({ code }) => code)).toContain('notAllowed')
    expect(row?.plan).toBe('create')
  })
})

describe('who may not create customers', () => {
  const rows = [
    ['公司', '电话'],
    ['不许新建有限公司', '13922220000'],
  ]
  it('imports none', async () => {
    const mine = clientAs(backend.backend, without(admin, 'customers.create'))
    const id = await prepared(mine, rows)
    await expect(mine.imports.run({ id })).rejects.toMatchObject({ code: 'FORBIDDEN', data: { needs: 'customers.create' } })
  })
  it('also when the right goes while the import runs', async () => {
    const before = digestOf(backend)
    await expect(bring(backend, without(admin, 'customers.create'), csvFile(rows))).rejects.toMatchObject({
      needs: 'customers.create',
    })
    expect(digestOf(backend)).toBe(before)
  })
  it('adds no tags by default that he may not write', async () => {
    const limited: Actor = { ...admin, fieldRights: { 'customer.tags': 'read' } }
    const mine = clientAs(backend.backend, limited)
    const id = await prepared(mine, rows)
    await mine.imports.setOptions({ id, options: { defaults: { tags: ['展会'] } } })
    await expect(mine.imports.run({ id })).rejects.toMatchObject({
      data: { reason: 'fieldsNotWritable', detail: { fields: ['customer.tags'] } },
    })
  })
})

describe('who may not make customers', () => {
  const rows = [
    ['姓名', '公司', '公司电话', '手机'],
    ['陈一', '湖州新开张丝绸有限公司', '13700030009', '13700030001'],
  ]
  const laid = async (client: Client): Promise<string> => {
    const file = new File([readFileSync(csvFile(rows))], 'people.csv')
    return (await client.imports.upload({ entity: 'contact', file })).id
  }
  const shy: [string, Actor][] = []
  beforeAll(() => {
    shy.push(['customers.create', without(admin, 'customers.create')])
    shy.push(['customer.name', { ...admin, fieldRights: { 'customer.name': 'read' } }])
    shy.push(['customer.phone', { ...admin, fieldRights: { 'customer.phone': 'masked' } }])
  })

  it('learns so where he asks for it, not when half of the rows are written', async () => {
    for (const [needs, actor] of shy) {
      const mine = clientAs(backend.backend, actor)
      const refused =
        needs === 'customers.create' ? { code: 'FORBIDDEN', data: { needs } } : { data: { detail: { fields: [needs] } } }
      const id = await laid(mine)
      expect((await mine.imports.get({ id })).makesMissing).toBe(false)
      await expect(mine.imports.setOptions({ id, options: { missing: 'create' } })).rejects.toMatchObject(refused)
      await mine.imports.setOptions({ id, options: { missing: 'fail' } })
      // Who had the right when he asked for it, and has it no more.
      const before = clientAs(backend.backend, admin)
      const asked = await laid(before)
      expect((await before.imports.setOptions({ id: asked, options: { missing: 'create' } })).makesMissing).toBe(true)
      await expect(mine.imports.prepare({ id: asked })).rejects.toMatchObject(refused)
      await before.imports.prepare({ id: asked })
      await settled(before, asked)
      await expect(mine.imports.run({ id: asked })).rejects.toMatchObject(refused)
      expect((await mine.imports.get({ id: asked })).state).toBe('ready')
    }
  }, 60_000)
})

describe('taking an import back', () => {
  const seesAll = {
    'imports.run': 'all',
    'customers.create': 'all',
    'customers.read': 'all',
    'customers.edit': 'own',
    'customers.transfer': 'own',
    'contacts.read': 'all',
    'contacts.write': 'all',
  } as const
  async function updated(name: string) {
    const person = await addPerson(backend, { name: '韩导入', roles: [{ permissions: seesAll }] })
    const mine = clientAs(backend.backend, actorOf(backend, person.userId))
    const { id } = await mine.customers.create({ name, phone: '13766660001', industry: '纺织' })
    const result = await bring(
      backend,
      actorOf(backend, person.userId),
      csvFile([
        ['公司', '电话', '行业'],
        [name, '13766660001', '印染'],
      ]),
      { onDuplicate: 'update' },
    )
    expect(result).toMatchObject({ updated: 1 })
    return { ...person, id, importId: result.importId ?? '', mine }
  }
  const industryOf = (id: string) => rowsOf(backend, `select industry from customer where id = '${id}'`)[0]?.['industry']

  it('asks for the same reach as changing the record does', async () => {
    const { id, importId, mine } = await updated('交出去的客户有限公司')
    const boss = clientAs(backend.backend, admin)
    const { version } = await boss.customers.get({ id })
    const other = await addPerson(backend, { name: '接手人', roles: ['sales'] })
    await boss.customers.edit({ id, version, values: { ownerId: other.employeeId } })
    await mine.imports.undo({ id: importId })
    expect(await settled(mine, importId)).toMatchObject({ undo: { reversed: 0, kept: 1, failed: 0 } })
    expect(industryOf(id)).toBe('印染')
  })

  it('lets a colleague who may edit the record take back what he wrote on it', async () => {
    const { id, importId, mine, employeeId } = await updated('一起做的客户有限公司')
    const boss = clientAs(backend.backend, admin)
    const { version } = await boss.customers.get({ id })
    const other = await addPerson(backend, { name: '接手人乙', roles: ['sales'] })
    await boss.customers.edit({ id, version, values: { ownerId: other.employeeId } })
    await boss.members.add({ customerId: id, employeeIds: [employeeId], access: 'edit' })
    await mine.imports.undo({ id: importId })
    expect(await settled(mine, importId)).toMatchObject({ undo: { reversed: 1, kept: 0, failed: 0 } })
    expect(industryOf(id)).toBe('纺织')
  })

  it('asks for the right to each field it wrote', async () => {
    const { id, importId, userId } = await updated('字段收回的客户有限公司')
    const roleId = String(rowsOf(backend, `select role_id as id from user_role where user_id = '${userId}'`)[0]?.['id'])
    await bySystem(backend, (context) =>
      insertFieldRights(context, roleId, [{ entity: 'customer', field: 'industry', right: 'read' }]),
    )
    const mine = clientAs(backend.backend, actorOf(backend, userId))
    await mine.imports.undo({ id: importId })
    expect(await settled(mine, importId)).toMatchObject({ undo: { reversed: 0, kept: 1 } })
    expect(industryOf(id)).toBe('印染')
  })
})
