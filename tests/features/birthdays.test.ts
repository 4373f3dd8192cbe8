// Birthdays of contacts: with or without their year; found by how near they are, across the turn of the year and on the 29th of February.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { birthdayFilter } from '../../src-shared/features/workbench/todo.ts'
import type { Filter, Rule } from '../../src-shared/kernel/list.ts'
import { type Client, clientAs } from '../support/backend.ts'
import { admin, customerOf, person, root, running } from '../support/company.ts'
import { actorOf, administrator, failureOf } from '../support/factories.ts'
import { bring, csvFile, textFile } from './importFixtures.ts'

const boss = () => clientAs(running.backend, administrator(running))
const by = (operator: Rule['operator'], value?: Rule['value']): Filter => ({
  combinator: 'and',
  rules: [{ field: 'birthday', operator, ...(value !== undefined && { value }) }],
})
const found = async (client: Client, filter: Filter) => {
  const { rows } = await client.contacts.list({ filter, sort: [{ field: 'birthday', direction: 'asc' }] })
  expect((await client.contacts.count({ filter })).count).toBe(rows.length)
  return rows.map(({ name }) => name)
}
const BORN = {
  十二月底: '1990-12-30',
  除夕: '--12-31',
  元旦: '1985-01-01',
  一月: '--01-05',
  二八: '1991-02-28',
  闰日: '1992-02-29',
  三一: '--03-01',
  不知道: null,
}
const people = async () => {
  const { id } = await customerOf(null, '生日公司')
  for (const [name, birthday] of Object.entries(BORN)) await admin.contacts.create({ customerId: id, name, birthday })
  return id
}

it('is kept with its year or without, and nothing that is none is taken', async () => {
  const { id: customerId } = await customerOf(null, '甲公司')
  const row = await admin.contacts.create({ customerId, name: '林晓', birthday: '1990-05-01' })
  expect(row.birthday).toBe('1990-05-01')
  const edited = await admin.contacts.edit({ id: row.id, version: row.version, values: { birthday: '--02-29' } })
  expect(edited.birthday).toBe('--02-29')
  for (const birthday of ['5月1日', '1991-02-29', '--02-30', '05-01', ''])
    expect((await failureOf(admin.contacts.create({ customerId, name: '错', birthday }))).code).toBe('BAD_REQUEST')
  const [entry] = (await admin.history.ofRecord({ entity: 'contact', id: row.id })).entries
  expect(await admin.history.undo({ seq: entry?.seq ?? 0 })).toMatchObject({ reversed: 1, kept: 0 })
  expect((await admin.contacts.get({ id: row.id })).birthday).toBe('1990-05-01')
})

it('comes round each year: what is near, over the turn of the year, and the 29th of February on the 28th of common years', async () => {
  await people()
  running.clock.set('2026-12-30T02:00:00.000Z')
  const client = boss()
  expect(await found(client, by('within', 'next:7'))).toEqual(['元旦', '一月', '十二月底', '除夕'])
  expect(await found(client, by('within', 'today'))).toEqual(['十二月底'])
  expect(await found(client, by('within', 'nextMonth'))).toEqual(['元旦', '一月'])
  expect(await found(client, by('within', 'thisYear'))).toHaveLength(7)
  expect(await found(client, by('null'))).toEqual(['不知道'])
  expect(await found(client, by('=', '2000-12-31'))).toEqual(['除夕'])
  expect(await found(client, by('between', ['2026-02-01', '2026-03-01']))).toEqual(['二八', '闰日', '三一'])
  expect((await found(client, by('notWithin', 'next:7'))).toSorted()).toEqual(['三一', '不知道', '二八', '闰日'].toSorted())
  running.clock.set('2027-02-28T02:00:00.000Z')
  expect(await found(boss(), by('within', 'today'))).toEqual(['二八', '闰日'])
  running.clock.set('2028-02-28T02:00:00.000Z')
  expect(await found(boss(), by('within', 'today'))).toEqual(['二八'])
  running.clock.set('2028-02-29T02:00:00.000Z')
  expect(await found(boss(), by('within', 'today'))).toEqual(['闰日'])
  for (const bad of [
    by('<', '2026-01-01'),
    by('contains', '05'),
    by('within', '5月'),
    by('between', ['2026-03-01', '2026-02-01']),
  ])
    expect((await failureOf(boss().contacts.list({ filter: bad }))).code).toBe('BAD_REQUEST')
})

it('the counter of the workbench is its list, and ends where the rights end', async () => {
  const seller = await person('seller', { roles: ['sales'] })
  const other = await person('other', { roles: ['sales'] })
  const mine = await admin.customers.create({ name: '我的', ownerId: seller.employeeId })
  const theirs = await admin.customers.create({ name: '别人的', ownerId: other.employeeId })
  await admin.contacts.create({ customerId: mine.id, name: '近的', birthday: '1990-11-21' })
  await admin.contacts.create({ customerId: mine.id, name: '远的', birthday: '1990-12-21' })
  await admin.contacts.create({ customerId: theirs.id, name: '别家近的', birthday: '--11-20' })
  expect(await found(seller.client, birthdayFilter([seller.employeeId]))).toEqual(['近的'])
  expect(await found(seller.client, birthdayFilter(null))).toEqual(['近的'])
  expect(await found(seller.client, birthdayFilter([other.employeeId]))).toEqual([])
  expect(await found(admin, birthdayFilter(null))).toEqual(['别家近的', '近的'])
  expect(await found(admin, birthdayFilter([other.employeeId]))).toEqual(['别家近的'])
})

it('whom a role hides birthdays from neither reads them nor asks by them', async () => {
  const role = await admin.people.createRole({
    name: '不看生日',
    description: null,
    permissions: [
      { permission: 'customers.read', scope: 'all' },
      { permission: 'contacts.read', scope: 'all' },
    ] as never,
    fieldRights: [{ entity: 'contact', field: 'birthday', right: 'hidden' }] as never,
  } as never)
  await people()
  const blind = await person('blind', { roles: [role.id] })
  const { rows } = await blind.client.contacts.list({})
  expect(rows.map(({ birthday }) => birthday ?? null)).toEqual(rows.map(() => null))
  expect((await failureOf(blind.client.contacts.list({ filter: by('within', 'next:7') }))).code).toBe('FORBIDDEN')
  const sorted = blind.client.contacts.list({ sort: [{ field: 'birthday', direction: 'asc' }] })
  expect((await failureOf(sorted)).code).toBe('FORBIDDEN')
})

it('is pasted in any notation, and what is no birthday leaves its cell', async () => {
  const { id: customerId } = await customerOf(null, '乙公司')
  const [a, b] = [
    await admin.contacts.create({ customerId, name: '一' }),
    await admin.contacts.create({ customerId, name: '二' }),
  ]
  const report = await admin.contacts.editCells({
    fields: ['birthday'],
    rows: [
      { id: a.id, version: a.version, cells: ['一九九〇年五月一日'] },
      { id: b.id, version: b.version, cells: ['农历五月初一'] },
    ],
  })
  expect(report).toMatchObject({ changed: 1, left: 1, problems: [{ row: 1, field: 'birthday', code: 'birthday' }] })
  expect((await admin.contacts.get({ id: a.id })).birthday).toBe('1990-05-01')
})

it('comes with an import in every notation, and goes out and back in as it stands', async () => {
  const actor = administrator(running)
  const sheet = [
    ['客户名称', '联系人', '手机', '出生日期'],
    ['台州永固标准件有限公司', '林晓', '13957511128', '1990年5月1日'],
    ['台州永固标准件有限公司', '王海峰', '13957511129', '五月二日'],
    ['台州永固标准件有限公司', '陈晨', '13957511130', '农历五月初三'],
  ]
  await bring(running, actor, csvFile(sheet))
  const born = async () =>
    Object.fromEntries(
      (await clientAs(running.backend, actor).contacts.list({})).rows.map(({ name, birthday }) => [name, birthday]),
    )
  const before = { 林晓: '1990-05-01', 王海峰: '--05-02', 陈晨: null }
  expect(await born()).toEqual(before)
  const client = clientAs(running.backend, actor)
  const { id } = await client.exports.start({ entity: 'contact', format: 'csv', selection: { which: {}, except: [] } } as never)
  const file = await client.exports.download({ id })
  const text = await file.text()
  expect(text).toContain('1990-05-01')
  expect(text).toContain(',05-02')
  await bring(running, actor, textFile(text, 'csv'), { entity: 'contact', onDuplicate: 'update' } as never)
  expect(await born()).toEqual(before)
})

it('is a condition of a rule only by being there: what a list asks of it goes by its place in the year', async () => {
  const configure = (requiredWhen: Filter) =>
    admin.fields.configure({ entity: 'contact', field: 'wechat', version: 0, values: { requiredWhen } })
  for (const rule of [by('=', '2026-05-01'), by('between', ['2026-05-01', '2026-05-31'])])
    expect(await failureOf(configure(rule))).toMatchObject({ data: { reason: 'ruleNotUsable' } })
  await configure(by('notNull'))
  const { id: customerId } = await customerOf(null, '甲公司')
  expect(await failureOf(admin.contacts.create({ customerId, name: '林晓', birthday: '--05-01' }))).toMatchObject({
    data: { reason: 'requiredMissing' },
  })
})

it('is for who greets people: of the seeded roles 财务 and 只读 neither read it, ask by it, take it out nor bring it', async () => {
  const top = (await root()).id
  const seen = async (role: string) => {
    const { client, userId } = await person(role, { roles: [role], departmentId: top })
    const near = birthdayFilter(null)
    const { rows } = await client.contacts.list({})
    const [first] = rows
    return {
      userId,
      client,
      read: rows.map(({ birthday }) => birthday ?? null).filter((day) => day !== null).length,
      one: first && ((await client.contacts.get({ id: first.id })).birthday ?? null),
      counted: await client.contacts.count({ filter: near }).then(
        ({ count }) => count,
        (error: { code: string }) => error.code,
      ),
      right: (await client.session.me({})).fieldRights['contact.birthday'] ?? 'write',
    }
  }
  const owner = await person('seller', { roles: ['sales'], departmentId: top })
  const { id: customerId } = await customerOf(owner.employeeId, '生日公司')
  await admin.contacts.create({ customerId, name: '林晓', birthday: '1990-11-21' })
  expect(await seen('service')).toMatchObject({ read: 1, one: '1990-11-21', counted: 1, right: 'write' })
  const finance = await seen('finance')
  for (const who of [finance, await seen('viewer')])
    expect(who).toMatchObject({ read: 0, one: null, counted: 'FORBIDDEN', right: 'hidden' })

  const selection = { which: {}, except: [] }
  const { id } = await finance.client.exports.start({ entity: 'contact', format: 'csv', selection } as never)
  const file = await (await finance.client.exports.download({ id })).text()
  expect([file.includes('林晓'), /11-21|生日(?!公司)/.test(file)]).toEqual([true, false])

  // Also who may bring in contacts brings no birthdays while his role hides them.
  const rights = ['imports.run', 'customers.create', 'customers.edit', 'contacts.write'] as const
  const actor = actorOf(running, finance.userId)
  const bringer = { ...actor, permissions: { ...actor.permissions, ...Object.fromEntries(rights.map((one) => [one, 'all'])) } }
  const sheet = csvFile([
    ['客户名称', '联系人', '手机', '出生日期'],
    ['台州永固标准件有限公司', '王海峰', '13957511128', '1990年5月1日'],
  ])
  const wizard = clientAs(running.backend, bringer as typeof actor)
  const upload = await wizard.imports.upload({ entity: 'customer', file: new File([readFileSync(sheet)], 'sheet.csv') })
  const targets = (await wizard.imports.get({ id: upload.id })).targets.map(({ entity, field }) => `${entity}.${field}`)
  expect([targets.includes('contact.name'), targets.includes('contact.birthday')]).toEqual([true, false])
  expect(await failureOf(wizard.imports.prepare({ id: upload.id }))).toMatchObject({
    data: { reason: 'fieldsNotWritable', detail: { fields: ['contact.birthday'] } },
  })
  await bring(running, bringer as typeof actor, sheet)
  const brought = (await admin.contacts.list({})).rows.filter(({ name }) => name === '王海峰')
  expect(brought.map(({ birthday }) => birthday)).toEqual([null])
})
