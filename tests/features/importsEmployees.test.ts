// A list of employees becomes people without accounts, in departments that are there or made, with managers of the same list.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { undoImport } from '../../src-main/features/imports/public.ts'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { clientAs, startBackend, type TestBackend } from '../support/backend.ts'
import { actorOf, addDepartment, addPerson, administrator } from '../support/factories.ts'
import { bring, csvFile, digestOf, rowsOf, settled } from './importFixtures.ts'

let backend: TestBackend
let admin: Actor
beforeAll(async () => {
  backend = await startBackend()
  await backend.start()
  admin = administrator(backend)
  await addDepartment(backend, '华东区')
})
afterAll(() => backend.dispose())

const HEAD = ['姓名', '手机', '部门', '直属上级', '职级', '小组', '入职日期', '离职日期']
const SHEET = [
  HEAD,
  ['王海峰', '13700010001', '华东区/杭州组', '孙总监', 'P5', '一组', '2024-03-01', ''],
  ['孙总监', '13700010002', '华东区', '', 'M2', '', '2020/1/15', ''],
  ['李离', '13700010003', '华东区 > 杭州组', '孙总监', '', '', '2021-05-01', '2025-06-30'],
]
const staff = () =>
  rowsOf(
    backend,
    `select e.name, e.phone, e.hired_on as hired, e.left_on as "left", d.name as department, p.name as above, b.name as manager, m.rank, m.team, m.valid_from as since
     from employee e join employment m on m.employee_id = e.id left join department d on d.id = m.department_id left join department p on p.id = d.parent_id
     left join employee b on b.id = m.manager_id where e.phone is not null order by e.phone`,
  )
const bringStaff = (rows: readonly (readonly string[])[], options: Parameters<typeof bring>[3] = {}) =>
  bring(backend, admin, csvFile(rows), { entity: 'employee', ...options })

it('makes people without accounts, whose periods begin when they were hired', async () => {
  expect(await bringStaff(SHEET)).toMatchObject({ rowsRead: 3, created: 3, failed: 0 })
  expect(staff()).toEqual([
    {
      name: '王海峰',
      phone: '+8613700010001',
      hired: '2024-03-01',
      left: null,
      department: '杭州组',
      above: '华东区',
      manager: '孙总监',
      rank: 'P5',
      team: '一组',
      since: '2024-03-01',
    },
    {
      name: '孙总监',
      phone: '+8613700010002',
      hired: '2020-01-15',
      left: null,
      department: '华东区',
      above: null,
      manager: null,
      rank: 'M2',
      team: null,
      since: '2020-01-15',
    },
    {
      name: '李离',
      phone: '+8613700010003',
      hired: '2021-05-01',
      left: '2025-06-30',
      department: '杭州组',
      above: '华东区',
      manager: '孙总监',
      rank: null,
      team: null,
      since: '2021-05-01',
    },
  ])
  expect(rowsOf(backend, "select name from department where name = '杭州组'")).toHaveLength(1)
  expect(rowsOf(backend, 'select 1 from user_account')).toHaveLength(1)
})

it('imported twice changes nothing; another rank begins a new period today', async () => {
  const before = digestOf(backend)
  expect(await bringStaff(SHEET)).toMatchObject({ created: 0, updated: 0, skipped: 3 })
  expect(digestOf(backend)).toBe(before)
  const { importId, ...done } = await bringStaff([HEAD, ['王海峰', '13700010001', '', '', 'P6', '', '', '']], {
    onDuplicate: 'update',
  })
  expect(done).toMatchObject({ created: 0, updated: 1 })
  expect(
    rowsOf(
      backend,
      "select m.rank, m.valid_to is null as open from employment m join employee e on e.id = m.employee_id where e.name = '王海峰' order by m.valid_from",
    ),
  ).toEqual([
    { rank: 'P5', open: 0 },
    { rank: 'P6', open: 1 },
  ])
  expect((await undoImport(backend.backend, admin, importId)).records).toMatchObject({ reversed: 1 })
  expect(digestOf(backend)).toBe(before)
})

it('tells namesakes, the nameless, and who left before he came', async () => {
  const done = await bringStaff([
    HEAD,
    ['王海峰', '13900009999', '', '', '', '', '', ''],
    ['', '13900008888', '', '', '', '', '', ''],
    ['倒着走', '', '', '', '', '', '2025-01-01', '2024-01-01'],
  ])
  // Another number: most likely a colleague of the same name, so a second person, with a warning.
  expect(done).toMatchObject({ created: 1, failed: 2 })
})

it('does not note the leaving of somebody with an account, nor of an owner of customers', async () => {
  await addPerson(backend, { name: '账号在', roles: ['sales'] })
  await bring(
    backend,
    admin,
    csvFile([
      ['公司', '负责人'],
      ['归王海峰有限公司', '孙总监'],
    ]),
  )
  const before = digestOf(backend)
  const rows = [
    HEAD,
    ['账号在', '', '', '', '', '', '', '2026-01-31'],
    ['孙总监', '13700010002', '', '', '', '', '', '2026-01-31'],
  ]
  const done = await bringStaff(rows, { onDuplicate: 'update' })
  expect(done).toMatchObject({ updated: 0, failed: 2 })
  expect(digestOf(backend)).toBe(before)
})

/** Through the wizard, so that what the check foretells stands beside what the run did. */
async function checkedAndRun(rows: readonly (readonly string[])[]) {
  const client = clientAs(backend.backend, { ...admin, origin: 'http' })
  const { id } = await client.imports.upload({ entity: 'employee', file: new File([readFileSync(csvFile(rows))], 'staff.csv') })
  await client.imports.setOptions({ id, options: { onDuplicate: 'update' } })
  await client.imports.prepare({ id })
  const { plan } = await settled(client, id)
  const { rows: warned } = await client.imports.check({ id, filter: 'warning', offset: 0, limit: 10 })
  await client.imports.run({ id })
  const { state, counts } = await settled(client, id)
  const { rows: done } = await client.imports.check({ id, filter: 'all', offset: 0, limit: 10 })
  const outcomes = done.filter(({ kind }) => kind === 'data').map(({ outcome, reason }) => [outcome, reason])
  return { plan, warned: warned.flatMap(({ problems }) => problems.map(({ code }) => code)), state, counts, outcomes }
}

it('takes who is listed under himself as having nobody above', async () => {
  const [employees, periods] = ['employee', 'employment'].map((table) => rowsOf(backend, `select 1 from ${table}`).length)
  const done = await checkedAndRun([HEAD, ['张总裁', '13700020001', '', '张总裁', 'M9', '', '', '']])
  expect(done).toMatchObject({ state: 'done', plan: { create: 1, fail: 0 }, counts: { created: 1, failed: 0 } })
  expect(done).toMatchObject({ warned: ['managerOfHimself'], outcomes: [['created', 'managerOfHimself']] })
  expect(rowsOf(backend, 'select 1 from employee')).toHaveLength((employees ?? 0) + 1)
  expect(rowsOf(backend, 'select 1 from employment')).toHaveLength((periods ?? 0) + 1)
  expect(staff()).toContainEqual(expect.objectContaining({ name: '张总裁', rank: 'M9', manager: null }))
  const again = await bringStaff([
    HEAD,
    ['张总裁', '13700020001', '', '张总裁', 'M9', '', '', ''],
    ['刘助理', '13700020002', '', '张总裁', '', '', '', ''],
  ])
  expect(again).toMatchObject({ created: 1, skipped: 1, failed: 0 })
  expect(staff()).toContainEqual(expect.objectContaining({ name: '刘助理', manager: '张总裁' }))
})

it('tells of a manager who is nobody and of departments that will be made', async () => {
  const done = await checkedAndRun([
    HEAD,
    ['周新人', '13700030001', '华东区', '不知道是谁', '', '', '', ''],
    ['吴新人', '13700030002', '外贸部/欧洲组', '郑后来', '', '', '', ''],
    ['郑后来', '13700030003', '', '', '', '', '', ''],
  ])
  expect(done).toMatchObject({ state: 'done', counts: { created: 3, failed: 0 } })
  expect(done.warned).toEqual(['manager.unknown', 'department.unknown'])
})

it('leaves nothing of a refused row behind, not even its department', async () => {
  const before = digestOf(backend)
  const alone = [HEAD, ['账号在', '', '无人部/新小组', '', '', '', '', '2026-02-28']]
  expect(await bringStaff(alone, { onDuplicate: 'update' })).toMatchObject({ updated: 0, failed: 1 })
  expect(digestOf(backend)).toBe(before)
  // The department that went with the refused row is made by the next that names it.
  const both = await checkedAndRun([
    HEAD,
    ['账号在', '', '无人部/新小组', '', '', '', '', '2026-02-28'],
    ['赵新人', '13700020003', '无人部/新小组', '', '', '', '', ''],
  ])
  expect(both).toMatchObject({ plan: { create: 1, fail: 1 }, counts: { created: 1, failed: 1 } })
  expect(staff()).toContainEqual(expect.objectContaining({ name: '赵新人', department: '新小组', above: '无人部' }))
  expect(rowsOf(backend, "select 1 from department where name in ('无人部', '新小组')")).toHaveLength(2)
})

it('counts a row as what was written of it when its manager is refused', async () => {
  await bringStaff([HEAD, ['钱未来', '13700020004', '', '', '', '', '2099-01-01', '']])
  const above = [HEAD, ['钱未来', '13700020004', '', '孙总监', '', '', '', '']]
  const before = digestOf(backend)
  expect(await bringStaff(above, { onDuplicate: 'update' })).toMatchObject({ updated: 0, failed: 1 })
  expect(digestOf(backend)).toBe(before)
  const mail = [
    [...HEAD, '邮箱'],
    [...(above[1] ?? []), 'qian@example.com'],
  ]
  expect(await checkedAndRun(mail)).toMatchObject({
    plan: { update: 1, fail: 0 },
    counts: { updated: 1, failed: 0 },
    outcomes: [['updated', 'beforeLastChange']],
  })
})

it('is taken back by nobody who may not touch the account that one of them has got since', async () => {
  const first = [HEAD, ['后来当家', '13700010077', '华东区', '', '', '', '2024-03-01', '']]
  await bringStaff(first)
  const clerk = await addPerson(backend, {
    name: '人事小王',
    roles: [{ permissions: { 'people.manage': 'all', 'people.read': 'all', 'imports.run': 'all' } }],
  })
  const theirs = actorOf(backend, clerk.userId)
  const leaving = [HEAD, ['后来当家', '13700010077', '华东区', '', '', '', '2024-03-01', '2099-12-31']]
  const { importId } = await bring(backend, theirs, csvFile(leaving), { entity: 'employee', onDuplicate: 'update' })
  const [{ id }] = rowsOf(backend, "select id from employee where name = '后来当家'") as [{ id: string }]
  const client = clientAs(backend.backend, { ...admin, origin: 'http' })
  const roles = await client.people.roles({})
  const role = roles.find(({ builtin }) => builtin === 'admin')?.id ?? ''
  await client.people.createUser({ employeeId: id, login: 'dangjia', password: 'seven cranes over water', roleIds: [role] })
  const before = digestOf(backend)
  await expect(clientAs(backend.backend, { ...theirs, origin: 'http' }).imports.undo({ id: importId })).rejects.toMatchObject({
    data: { reason: 'beyondYours' },
  })
  await expect(undoImport(backend.backend, theirs, importId)).rejects.toMatchObject({ reason: 'beyondYours' })
  expect(digestOf(backend)).toBe(before)
  expect((await undoImport(backend.backend, admin, importId)).records).toMatchObject({ reversed: 1 })
})

it('is for who manages people', async () => {
  const { 'people.manage': _gone, ...permissions } = admin.permissions
  await expect(bring(backend, { ...admin, permissions }, csvFile(SHEET), { entity: 'employee' })).rejects.toMatchObject({
    needs: 'people.manage',
  })
})
