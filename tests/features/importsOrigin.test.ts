import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { type Client, clientAs, startBackend, type TestBackend } from '../support/backend.ts'
import { actorOf, addPerson, administrator } from '../support/factories.ts'
import { csvFile, rowsOf, settled } from './importFixtures.ts'

let backend: TestBackend
let admin: Actor
let sales: Actor
let zhou: { userId: string; employeeId: string }
beforeAll(async () => {
  backend = await startBackend()
  await backend.start()
  admin = { ...administrator(backend), origin: 'http' }
  zhou = await addPerson(backend, { name: '周子昂', roles: ['sales', { permissions: { 'imports.run': 'all' } }] })
  sales = actorOf(backend, zhou.userId)
})
afterAll(() => backend.dispose())

const upload = async (client: Client, rows: readonly (readonly string[])[]) => {
  const path = csvFile(rows)
  return client.imports.upload({ entity: 'customer', file: new File([readFileSync(path)], basename(path)) })
}
const run = async (client: Client, id: string) => {
  await client.imports.prepare({ id })
  const ready = await settled(client, id)
  await client.imports.run({ id })
  expect((await settled(client, id)).state).toBe('done')
  return ready
}
const targets = (detail: Awaited<ReturnType<Client['imports']['get']>>) =>
  detail.columns.map(
    ({ target }) => target && `${target.entity}.${target.field}${target.at === undefined ? '' : `@${target.at}`}`,
  )

describe('when and by whom a customer was made', () => {
  const rows = [
    ['客户名称', '创建时间', '创建人', '电话'],
    ['苏州博远机械有限公司', '2019-05-01 08:30', '周子昂', '13800010001'],
    ['绍兴越纺印染有限公司', '2020/3/15', '早已离开的人', '13800010002'],
    ['杭州云栖软件有限公司', '2099-01-01', '', '13800010003'],
  ]

  it('comes from the file for new customers, and stays as it is for those that are there', async () => {
    const client = clientAs(backend.backend, admin)
    const laid = await upload(client, rows)
    expect(targets(laid)).toEqual(['customer.name', 'customer.createdAt', 'customer.createdBy', 'customer.phone'])
    const ready = await run(client, laid.id)
    expect(ready.plan).toMatchObject({ create: 3, warnings: 1 })
    const made = () => rowsOf(backend, 'select name, created_at as at, created_by as creator from customer order by name')
    const before = made()
    expect(before).toMatchObject([
      { name: '杭州云栖软件有限公司', creator: null },
      { name: '绍兴越纺印染有限公司', at: '2020-03-15T01:00:00.000Z', creator: null },
      { name: '苏州博远机械有限公司', at: '2019-05-01T00:30:00.000Z', creator: zhou.userId },
    ])
    expect(String(before[0]?.['at'])).not.toMatch(/^2099/)
    const again = await upload(client, [
      rows[0] ?? [],
      ['苏州博远机械有限公司', '2001-01-01', '', '13800010001'],
      ['宁波港机有限公司', '', '', '13800010004'],
    ])
    await client.imports.setOptions({ id: again.id, options: { onDuplicate: 'update', empty: 'clear' } })
    await run(client, again.id)
    expect(made().filter(({ name }) => name !== '宁波港机有限公司')).toEqual(before)
  })

  it('is not for everybody to say: the columns are left aside for who does not answer for imports', async () => {
    const client = clientAs(backend.backend, sales)
    const laid = await upload(client, rows)
    expect(targets(laid)).toEqual(['customer.name', null, null, 'customer.phone'])
    expect(laid.targets.some(({ field }) => field === 'createdAt' || field === 'createdBy')).toBe(false)
    await client.imports
      .setMapping({
        id: laid.id,
        columns: [{ index: 1, target: { entity: 'customer', field: 'createdAt' } }],
      })
      .then(
        () => expect.unreachable('it was taken'),
        (error: { data?: { reason?: string } }) => expect(error.data?.reason).toBe('fieldsNotWritable'),
      )
  })
})

describe('several contacts of a row', () => {
  it('each get what their own columns say, also where one has a column that another lacks', async () => {
    const client = clientAs(backend.backend, admin)
    const laid = await upload(client, [
      ['客户名称', '联系人1姓名', '联系人1手机', '联系人2姓名', '联系人2手机', '联系人2邮箱', '第三联系人', '第三联系人电话'],
      ['南通叠石桥家纺有限公司', '施蕾', '15105132086', '黄建平', '13912900001', 'hjp@dsq.example', '孙会计', '0513-82001234'],
    ])
    expect(targets(laid)).toEqual([
      'customer.name',
      'contact.name',
      'contact.phone',
      'contact.name@1',
      'contact.phone@1',
      'contact.email@1',
      'contact.name@2',
      'contact.phone@2',
    ])
    await run(client, laid.id)
    expect(
      rowsOf(
        backend,
        "select t.name, t.phone, t.email, t.is_primary as main from contact t join customer c on c.id = t.customer_id where c.name = '南通叠石桥家纺有限公司' order by t.id",
      ),
    ).toEqual([
      { name: '施蕾', phone: '+8615105132086', email: null, main: 1 },
      { name: '黄建平', phone: '+8613912900001', email: 'hjp@dsq.example', main: 0 },
      { name: '孙会计', phone: '+8651382001234', email: null, main: 0 },
    ])
    const again = await upload(client, [
      ['客户名称', '联系人1姓名', '联系人1手机', '联系人2姓名', '联系人2手机'],
      ['南通叠石桥家纺有限公司', '施蕾', '15105132086', '黄建平', '13912900001'],
      ['南通叠石桥家纺有限公司', '施蕾', '15105132086', '新来的人', '13912900002'],
    ])
    await client.imports.prepare({ id: again.id })
    await settled(client, again.id)
    const beside = await client.imports.duplicate({ id: again.id, at: 0 })
    expect(beside.fields.slice(1).map(({ file, there }) => `${file} | ${there}`)).toEqual([
      '施蕾 | 施蕾',
      '151 0513 2086 | 151 0513 2086',
      '黄建平 | 黄建平',
      '139 1290 0001 | 139 1290 0001',
    ])
    const stranger = await client.imports.duplicate({ id: again.id, at: 1 })
    expect(stranger.fields.slice(3).map(({ there }) => there)).toEqual(['', ''])
  })

  it('a name in two columns is one name', async () => {
    const client = clientAs(backend.backend, admin)
    const laid = await upload(client, [
      ['单位', '姓', '名', '电子邮件地址'],
      ['泰州医药城有限公司', '王', '海峰', 'whf@example.cn'],
      ['Schmidt GmbH', 'Anna', 'Schmidt', 'anna@example.com'],
    ])
    expect(targets(laid).slice(0, 3)).toEqual(['customer.name', 'contact.name', 'contact.name@0'])
    await run(client, laid.id)
    const names = rowsOf(
      backend,
      "select t.name from contact t join customer c on c.id = t.customer_id where c.name in ('泰州医药城有限公司', 'Schmidt GmbH')",
    )
    expect(names.map(({ name }) => name).sort()).toEqual(['Anna Schmidt', '王海峰'])
  })

  it('a list of delivery texts alone names its customers', async () => {
    const client = clientAs(backend.backend, admin)
    const laid = await upload(client, [
      ['收货信息'],
      ['福建省福州市福清市石竹街道3号，15070059494，林晓收'],
      ['广东省深圳市南山区科苑路6号 13800138000 陈小明'],
    ])
    expect(targets(laid)).toEqual(['customer.address'])
    await run(client, laid.id)
    expect(rowsOf(backend, "select name, phone, kind from customer where name in ('林晓', '陈小明') order by phone")).toEqual([
      { name: '陈小明', phone: '+8613800138000', kind: 'person' },
      { name: '林晓', phone: '+8615070059494', kind: 'person' },
    ])
  })
})
