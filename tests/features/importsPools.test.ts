// Rows of a file go straight into a public pool: by default, by a column, and never out of somebody's hands.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { undoImport } from '../../src-main/features/imports/public.ts'
import { problemText } from '../../src-shared/features/imports/text.ts'
import type { PoolId } from '../../src-shared/features/pools/model.ts'
import { CHANGED_IN } from '../../src-shared/kernel/changedIn.ts'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { type Client, clientAs } from '../support/backend.ts'
import { actorOf, addPerson, failureOf, type Office, openOffice } from '../support/factories.ts'
import { bring, csvFile, digestOf, rowsOf, settled } from './importFixtures.ts'

let office: Office
let admin: Client
let east: PoolId
let north: PoolId
beforeAll(async () => {
  office = await openOffice()
  await office.running.start()
  admin = clientAs(office.running.backend, office.admin)
  const pool = (name: string, employees: readonly (string | null)[]) =>
    admin.pools.create({
      name,
      note: null,
      hidden: [],
      dailyClaims: null,
      dailyViews: null,
      coolingDays: 0,
      members: employees.map((id) => ({ employeeId: String(id), departmentId: null, manages: false })),
    })
  east = (await pool('华东公海', [office.sales.employeeId])).id
  north = (await pool('北方公海', [])).id
})
afterAll(async () => {
  expect(office.running.faults).toEqual([])
  await office.close()
})

const fileAt = (path: string) => new File([readFileSync(path)], basename(path))
const upload = (client: Client, rows: readonly (readonly string[])[]) =>
  client.imports.upload({ entity: 'customer', file: fileAt(csvFile(rows)) })
const prepared = async (client: Client, id: string) => {
  await client.imports.prepare({ id })
  return settled(client, id)
}
const run = async (client: Client, id: string) => {
  await client.imports.run({ id })
  const done = await settled(client, id)
  expect(done.state).toBe('done')
  return done
}
const checked = async (client: Client, id: string) =>
  (await client.imports.check({ id, filter: 'all', offset: 0, limit: 100 })).rows
const targets = (detail: Awaited<ReturnType<typeof upload>>) =>
  detail.columns.map(({ target }) => target && `${target.entity}.${target.field}`)
const standing = (name: string) =>
  rowsOf(
    office.running,
    `select e.name as owner, p.name as pool, c.pool_entered_at is not null as entered, c.owner_since is not null as since, c.last_owner_id as last,
       (select group_concat(m.kind || ' ' || coalesce(m.employee_id, '')) from pool_move m where m.customer_id = c.id) as moves
     from customer c left join employee e on e.id = c.owner_id left join pool p on p.id = c.pool_id where c.name = '${name}' and c.deleted_at is null`,
  )[0]
const reason = async (call: Promise<unknown>) => {
  const { data } = await failureOf(call)
  return data['reason']
}

it('rows without an owner go into the pool that stands for them, as if they had been put there by hand', async () => {
  const laid = await upload(admin, [
    ['客户名称', '负责人', '电话'],
    ['无主甲纺织有限公司', '', '13800020001'],
    ['有主乙纺织有限公司', '王海峰', '13800020002'],
    ['无主丙纺织有限公司', '', '13800020003'],
  ])
  const set = await admin.imports.setOptions({ id: laid.id, options: { defaults: { ownerId: null, poolId: east } } })
  expect(set.options.defaults).toEqual({ ownerId: null, poolId: east })
  expect((await prepared(admin, laid.id)).plan).toMatchObject({ create: 3, fail: 0 })
  const done = await run(admin, laid.id)
  expect(done.counts).toMatchObject({ created: 3, failed: 0 })
  expect(standing('有主乙纺织有限公司')).toMatchObject({ owner: '王海峰', pool: null, moves: null })
  expect((await admin.customers.list({ pool: east })).rows.map(({ name }) => name).toSorted()).toEqual([
    '无主丙纺织有限公司',
    '无主甲纺织有限公司',
  ])
  const ofIt = { combinator: 'and' as const, rules: [{ field: CHANGED_IN, operator: '=' as const, value: laid.batchId }] }
  expect((await admin.customers.count({ pool: east, filter: ofIt })).count).toBe(2)
  const { id } = await admin.customers.create({ name: '湖州手放纺织有限公司', ownerId: null })
  await admin.pools.release({ selection: { ids: [id] }, poolId: east, reason: null })
  expect(standing('无主甲纺织有限公司')).toEqual(standing('湖州手放纺织有限公司'))
  // A member finds it there and takes it, as any other of the pool.
  const sales = clientAs(office.running.backend, actorOf(office.running, office.sales.userId))
  const [first] = (await sales.customers.list({ pool: east })).rows
  const claimed = await sales.pools.claim({ ids: first ? [first.id] : [] })
  expect(claimed).toMatchObject({ claimed: 1 })
  await sales.pools.release({ selection: { ids: first ? [first.id] : [] }, poolId: east, reason: null })
})

it('an import into a pool is taken back whole', async () => {
  const before = digestOf(office.running)
  const result = await bring(
    office.running,
    office.admin,
    csvFile([
      ['客户名称', '联系人', '公司电话', '所属公海'],
      ['撤回甲机械有限公司', '周慧', '0512-67458800', ''],
      ['撤回乙机械有限公司', '沈立', '0512-67458811', '北方公海'],
      ['撤回甲机械有限公司', '周敏敏', '0512-67458800', ''],
    ]),
    { pool: '华东公海' },
  )
  expect(result.mapping.map(({ target }) => target)).toEqual([
    'customer.name',
    'contact.name',
    'customer.phone',
    'customer.poolId',
  ])
  expect(result).toMatchObject({ rowsRead: 3, created: 2, updated: 1, failed: 0 })
  expect(standing('撤回甲机械有限公司')).toMatchObject({ owner: null, pool: '华东公海', entered: 1, moves: 'release ' })
  expect(standing('撤回乙机械有限公司')).toMatchObject({ owner: null, pool: '北方公海' })
  expect(await undoImport(office.running.backend, office.admin, result.importId)).toMatchObject({ kept: 0, failed: 0 })
  expect(digestOf(office.running)).toBe(before)
  await expect(
    bring(office.running, office.admin, csvFile([['客户名称'], ['某某有限公司']]), { pool: '没有的公海' }),
  ).rejects.toMatchObject({ reason: 'poolUnknown' })
})

it('a column names pools by their names; one that is unknown is refused in its cell until somebody says which is meant', async () => {
  const laid = await upload(admin, [
    ['客户名称', '公海', '负责人'],
    ['列名甲贸易有限公司', '北方公海', ''],
    ['列名乙贸易有限公司', '西部公海', ''],
    ['列名丙贸易有限公司', '', ''],
    ['列名丁贸易有限公司', '华东公海', '王海峰'],
  ])
  expect(targets(laid)).toEqual(['customer.name', 'customer.poolId', 'customer.ownerId'])
  expect(laid.columns[1]?.note).toMatchObject({ code: 'pools', level: 'error', unknown: ['西部公海'] })
  expect((await prepared(admin, laid.id)).plan).toMatchObject({ create: 2, fail: 2 })
  const [, second, , fourth] = await checked(admin, laid.id)
  expect(second).toMatchObject({ row: 3, plan: 'fail', problems: [{ column: 1, level: 'error', code: 'pool.unknown' }] })
  expect(second?.problems.map((one) => problemText('zh-CN', one))).toEqual(['没有叫「西部公海」的公海'])
  expect(fourth).toMatchObject({ row: 5, plan: 'fail', problems: [{ column: 1, level: 'error', code: 'pool.owned' }] })
  await admin.imports.setOptions({ id: laid.id, options: { values: { 'customer.poolId': { 西部公海: east } } } })
  expect((await prepared(admin, laid.id)).plan).toMatchObject({ create: 3, fail: 1 })
  await admin.imports.editCell({ id: laid.id, row: 5, column: 1, text: '' })
  await run(admin, laid.id)
  expect(standing('列名甲贸易有限公司')).toMatchObject({ owner: null, pool: '北方公海' })
  expect(standing('列名乙贸易有限公司')).toMatchObject({ owner: null, pool: '华东公海' })
  expect(standing('列名丙贸易有限公司')).toMatchObject({ pool: null, moves: null })
  expect(standing('列名丁贸易有限公司')).toMatchObject({ owner: '王海峰', pool: null })
  // A pool that is none, said past the page, is no more than an unknown word.
  const lie = await admin.imports.setOptions({
    id: (
      await upload(admin, [
        ['客户名称', '公海'],
        ['列名戊贸易有限公司', '甲'],
      ])
    ).id,
    options: { values: { 'customer.poolId': { 甲: '01JZZZZZZZZZZZZZZZZZZZZZZZ' } } },
  })
  expect((await prepared(admin, lie.id)).plan).toMatchObject({ create: 0, fail: 1 })
})

it('who is there already stays where he is: an owner is not taken away, a pool not changed; who is nobody’s may go in', async () => {
  const owned = await admin.customers.create({ name: '绍兴有主纺织有限公司', ownerId: office.sales.employeeId })
  const pooled = await admin.customers.create({ name: '苏州在海机械有限公司', ownerId: null })
  await admin.pools.release({ selection: { ids: [pooled.id] }, poolId: east, reason: null })
  await admin.customers.create({ name: '宁波无主贸易有限公司', ownerId: null })
  const again = async (onDuplicate: 'update' | 'fill', rows: readonly (readonly string[])[]) => {
    const laid = await upload(admin, rows)
    await admin.imports.setOptions({ id: laid.id, options: { onDuplicate, defaults: { ownerId: null, poolId: north } } })
    const ready = await prepared(admin, laid.id)
    return { id: laid.id, plan: ready.plan }
  }
  const silent = await again('update', [
    ['客户名称', '负责人', '公海', '来源'],
    ['绍兴有主纺织有限公司', '', '', '展会'],
    ['苏州在海机械有限公司', '', '', '展会'],
    ['宁波无主贸易有限公司', '', '', '展会'],
  ])
  expect(silent.plan).toMatchObject({ update: 3 })
  await run(admin, silent.id)
  expect(standing('绍兴有主纺织有限公司')).toMatchObject({ owner: '王海峰', pool: null })
  expect(standing('苏州在海机械有限公司')).toMatchObject({ owner: null, pool: '华东公海' })
  expect(standing('宁波无主贸易有限公司')).toMatchObject({ owner: null, pool: null })
  for (const onDuplicate of ['update', 'fill'] as const) {
    const before = digestOf(office.running)
    const loud = await again(onDuplicate, [
      ['客户名称', '公海', '备注'],
      ['绍兴有主纺织有限公司', '北方公海', '新的备注'],
      ['苏州在海机械有限公司', '北方公海', '新的备注'],
    ])
    expect(loud.plan).toMatchObject({ fail: 2, update: 0 })
    const rows = await checked(admin, loud.id)
    expect(rows.map(({ problems }) => problems.map(({ column, code }) => `${column} ${code}`))).toEqual([
      ['1 poolOwned'],
      ['1 poolElsewhere'],
    ])
    expect(rows.flatMap(({ problems }) => problems.map((one) => problemText('zh-CN', one)))).toEqual([
      '这个客户有负责人，不能靠导入放进公海',
      '这个客户已在另一个公海，不能靠导入换公海',
    ])
    expect(digestOf(office.running)).toBe(before)
  }
  const goes = await again('fill', [
    ['客户名称', '公海'],
    ['宁波无主贸易有限公司', '北方公海'],
    ['苏州在海机械有限公司', '华东公海'],
    ['绍兴有主纺织有限公司', '北方公海'],
  ])
  expect(goes.plan).toMatchObject({ update: 1, skip: 1, fail: 1 })
  const done = await run(admin, goes.id)
  expect(done.counts).toMatchObject({ updated: 1, skipped: 1, failed: 1 })
  expect(standing('宁波无主贸易有限公司')).toMatchObject({ owner: null, pool: '北方公海', moves: 'release ' })
  expect(standing('绍兴有主纺织有限公司')).toMatchObject({ owner: '王海峰', pool: null, moves: null })
  expect((await admin.customers.get({ id: owned.id })).note).toBeNull()
})

it('a pool that is gone before the import begins is told, and nothing is written', async () => {
  const none = { note: null, hidden: [], dailyClaims: null, dailyViews: null, coolingDays: 0, members: [] }
  const pool = await admin.pools.create({ ...none, name: '将要撤掉的公海' })
  const laid = await upload(admin, [['客户名称'], ['来不及的有限公司']])
  const defaults = { ownerId: null, poolId: pool.id }
  await admin.imports.setOptions({ id: laid.id, options: { defaults } })
  await prepared(admin, laid.id)
  await admin.pools.remove({ id: pool.id })
  expect(await reason(admin.imports.run({ id: laid.id }))).toBe('poolUnknown')
  expect(standing('来不及的有限公司')).toBeUndefined()
})

it('who may not put customers into pools is not offered it, and refused when he asks', async () => {
  const importing = { 'imports.run': 'all', 'customers.create': 'all', 'customers.read': 'own', 'customers.edit': 'own' } as const
  const clerk = await addPerson(office.running, { name: '录单员', roles: [{ permissions: importing }] })
  const releasing = { permissions: { ...importing, 'customers.release': 'own' } } as const
  const seller = await addPerson(office.running, { name: '放单员', roles: [releasing] })
  const as = (userId: string): Actor => actorOf(office.running, userId)
  const rows = [
    ['客户名称', '公海'],
    ['无权甲有限公司', '北方公海'],
  ]
  const client = clientAs(office.running.backend, as(clerk.userId))
  const laid = await upload(client, rows)
  expect(targets(laid)).toEqual(['customer.name', null])
  expect(laid.targets.some(({ field }) => field === 'poolId')).toBe(false)
  const target = { entity: 'customer', field: 'poolId' }
  expect(await reason(client.imports.setMapping({ id: laid.id, columns: [{ index: 1, target }] }))).toBe('fieldsNotWritable')
  const defaults = { ownerId: null, poolId: east }
  expect(await reason(client.imports.setOptions({ id: laid.id, options: { defaults } }))).toBe('fieldsNotWritable')
  const allowed = clientAs(office.running.backend, as(seller.userId))
  const theirs = await upload(allowed, rows)
  expect(targets(theirs)).toEqual(['customer.name', 'customer.poolId'])
  const gone = { ownerId: null, poolId: '01JZZZZZZZZZZZZZZZZZZZZZZZ' }
  expect(await reason(allowed.imports.setOptions({ id: theirs.id, options: { defaults: gone } }))).toBe('poolUnknown')
  await prepared(allowed, theirs.id)
  await run(allowed, theirs.id)
  expect(standing('无权甲有限公司')).toMatchObject({ owner: null, pool: '北方公海' })
  // What he brought he takes back, although it is nobody's now and out of his sight.
  await allowed.imports.undo({ id: theirs.id })
  expect(await settled(allowed, theirs.id)).toMatchObject({ state: 'undone', undo: { kept: 0, failed: 0 } })
  expect(standing('无权甲有限公司')).toBeUndefined()
  // Once told, the write asks again.
  await expect(
    bring(office.running, as(clerk.userId), csvFile([['客户名称'], ['无权乙有限公司']]), { pool: '华东公海' }),
  ).rejects.toMatchObject({ reason: 'fieldsNotWritable' })
})

it('a second row of a firm that has just gone into a pool brings its second contact, by whoever brings the file', async () => {
  const manager = clientAs(office.running.backend, actorOf(office.running, office.manager.userId))
  const laid = await upload(manager, [
    ['客户名称', '联系人', '公司电话', '公海'],
    ['绍兴双联纺织有限公司', '周慧', '0575-88001234', '北方公海'],
    ['绍兴双联纺织有限公司', '沈立', '0575-88001234', '北方公海'],
  ])
  expect((await prepared(manager, laid.id)).plan).toMatchObject({ create: 1, update: 1 })
  expect((await run(manager, laid.id)).counts).toMatchObject({ created: 1, updated: 1, skipped: 0 })
  const contacts = `select t.name from contact t join customer c on c.id = t.customer_id where c.name = '绍兴双联纺织有限公司' order by t.name`
  expect(rowsOf(office.running, contacts).map(({ name }) => name)).toEqual(['周慧', '沈立'])
  // The next file finds a customer that is not his to change.
  const again = await upload(manager, [
    ['客户名称', '联系人', '公司电话'],
    ['绍兴双联纺织有限公司', '陈思', '0575-88001234'],
  ])
  expect((await prepared(manager, again.id)).plan).toMatchObject({ create: 0, update: 0, skip: 1 })
})

it('the check knows who works on a customer beside his owner', async () => {
  const { id } = await admin.customers.create({ name: '嘉兴协作印染有限公司', ownerId: office.sales.employeeId })
  const importing = { 'imports.run': 'all', 'customers.create': 'all', 'customers.read': 'own', 'customers.edit': 'own' } as const
  const helper = await addPerson(office.running, { name: '协作人', roles: [{ permissions: importing }] })
  await admin.members.add({ customerId: id, employeeIds: [helper.employeeId], access: 'edit' })
  const client = clientAs(office.running.backend, actorOf(office.running, helper.userId))
  const laid = await upload(client, [
    ['客户名称', '来源'],
    ['嘉兴协作印染有限公司', '展会'],
  ])
  expect((await prepared(client, laid.id)).plan).toMatchObject({ update: 1 })
})

it('the exported list of a pool, brought back, changes nothing; an edited cell of it changes that', async () => {
  const rows = (await admin.customers.list({ pool: east })).rows
  expect(rows.length).toBeGreaterThan(1)
  const request = {
    entity: 'customer' as const,
    selection: { which: { pool: east }, except: [] },
    language: 'zh-CN' as const,
    format: 'csv' as const,
  }
  const made = await admin.exports.start(request)
  const path = join(mkdtempSync(join(tmpdir(), 'kezhan-pool-')), 'pool.csv')
  const text = await (await admin.exports.download({ id: made.id })).text()
  expect(text).toContain('所在公海')
  expect(text.split('华东公海').length - 1).toBe(rows.length)
  writeFileSync(path, text)
  const before = digestOf(office.running)
  const back = await bring(office.running, office.admin, path, { onDuplicate: 'update', empty: null, pool: '北方公海' })
  expect(back.mapping.find(({ header }) => header === '所在公海')?.target).toBe('customer.poolId')
  expect(back).toMatchObject({ created: 0, updated: 0, failed: 0, skipped: rows.length })
  expect(digestOf(office.running)).toBe(before)
  writeFileSync(path, text.replace('华东公海', '北方公海'))
  const moved = await bring(office.running, office.admin, path, { onDuplicate: 'update', empty: null })
  expect(moved).toMatchObject({ updated: 0, failed: 1, skipped: rows.length - 1 })
  expect(digestOf(office.running)).toBe(before)
})

it('the template asks for the pool where there are pools and the reader may put customers into them, and is understood', async () => {
  const columns = async (client: Client) => {
    const file = await client.imports.template({ entity: 'customer' })
    const { id, columns: laid } = await client.imports.upload({ entity: 'customer', file })
    await client.imports.discard({ id })
    return laid.map(({ target }) => target && `${target.entity}.${target.field}`)
  }
  const understood = await columns(admin)
  expect(understood).toContain('customer.poolId')
  expect(understood).not.toContain(null)
})
