// History of an old system comes in with who said it and when; the importer is never its author, and a second time nothing doubles.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { undoImport } from '../../src-main/features/imports/public.ts'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { startBackend, type TestBackend } from '../support/backend.ts'
import { addPerson, administrator, bySystem } from '../support/factories.ts'
import { bring, csvFile, digestOf, rowsOf } from './importFixtures.ts'

let backend: TestBackend
let admin: Actor
beforeAll(async () => {
  backend = await startBackend()
  await backend.start()
  admin = administrator(backend)
  await addPerson(backend, { name: '陈思远', roles: ['sales'] })
  const { employeeId } = await addPerson(backend, { name: '老李', roles: ['sales'] })
  await bySystem(backend, ({ tx }) =>
    tx.updateTable('employee').set({ leftOn: '2026-03-01' }).where('id', '=', employeeId).execute(),
  )
  await bring(
    backend,
    admin,
    csvFile([
      ['公司', '联系人', '联系人手机'],
      ['绍兴越纺印染有限公司', '钱丽华', '13700010001'],
      ['苏州恒通纺织科技有限公司', '', ''],
    ]),
  )
})
afterAll(() => backend.dispose())

const SHEET = [
  ['客户名称', '联系人', '跟进方式', '跟进内容', '跟进时间', '跟进人', '下次跟进'],
  ['绍兴越纺印染', '钱丽华', '电话', '问了三色提花的报价', '2026-02-03 10:20', '老李', ''],
  ['绍兴越纺印染有限公司', '', '电话', '未接电话', '2026-02-04 10:00', '陈思远', ''],
  ['绍兴越纺印染有限公司', '', '电话', '未接电话', '2026-02-04 15:00', '陈思远', ''],
  ['苏州恒通纺织科技有限公司', '没有此人', '拜访', '看了车间', '2026/2/5', '', '2026-02-20 09:30'],
]
const said = () =>
  rowsOf(
    backend,
    `select f.text, f.kind, f.happened_at as at, e.name as author, t.name as contact, f.next_at as next from follow_up f
     left join employee e on e.id = f.author_id left join contact t on t.id = f.contact_id where f.deleted_at is null order by f.happened_at`,
  )
const bringThem = (rows: readonly (readonly string[])[], options: Parameters<typeof bring>[3] = {}) =>
  bring(backend, admin, csvFile(rows), { entity: 'followUp', ...options })

describe('follow-ups of an old system', () => {
  it('keep their author, also one who has left, and their time', async () => {
    expect(await bringThem(SHEET)).toMatchObject({ rowsRead: 4, created: 4, failed: 0 })
    expect(said()).toEqual([
      { text: '问了三色提花的报价', kind: 'call', at: '2026-02-03T02:20:00.000Z', author: '老李', contact: '钱丽华', next: null },
      { text: '未接电话', kind: 'call', at: '2026-02-04T02:00:00.000Z', author: '陈思远', contact: null, next: null },
      { text: '未接电话', kind: 'call', at: '2026-02-04T07:00:00.000Z', author: '陈思远', contact: null, next: null },
      {
        text: '看了车间',
        kind: 'visit',
        at: '2026-02-05T01:00:00.000Z',
        author: null,
        contact: null,
        next: '2026-02-20T01:30:00.000Z',
      },
    ])
    expect(rowsOf(backend, 'select last_follow_up_at as last, next_follow_up_at as next from customer order by name')).toEqual([
      { last: '2026-02-04T07:00:00.000Z', next: null },
      { last: '2026-02-05T01:00:00.000Z', next: null },
    ])
  })

  it('imported twice, or twice in one file, do not double', async () => {
    const before = digestOf(backend)
    expect(await bringThem(SHEET)).toMatchObject({ created: 0, updated: 0, skipped: 4 })
    expect(digestOf(backend)).toBe(before)
    const twice = await bringThem([
      SHEET[0] ?? [],
      ['绍兴越纺印染有限公司', '', '微信', '发了样品照片', '2026-02-06 09:00', '', ''],
      ['绍兴越纺印染有限公司', '', '微信', '发了样品照片', '2026-02-06 09:00', '', ''],
    ])
    expect(twice).toMatchObject({ created: 1, skipped: 1 })
  })

  it('of an unknown customer, without words or from the future are told, row by row', async () => {
    const before = digestOf(backend)
    const done = await bringThem([
      SHEET[0] ?? [],
      ['没有这家公司', '', '', '说了什么', '2026-02-06', '', ''],
      ['绍兴越纺印染有限公司', '', '', '', '2026-02-06', '', ''],
      ['绍兴越纺印染有限公司', '', '', '还没发生', '2199-01-01', '', ''],
    ])
    expect(done).toMatchObject({ created: 0, failed: 3 })
    expect(digestOf(backend)).toBe(before)
  })

  it('are taken back as a whole, counted as follow-ups', async () => {
    const before = digestOf(backend)
    const { importId } = await bringThem([
      SHEET[0] ?? [],
      ['苏州恒通纺织科技有限公司', '', '电话', '要撤回的', '2026-02-09 10:00', '陈思远', '2199-02-01'],
    ])
    expect(rowsOf(backend, "select next_follow_up_at is not null as planned from customer where name like '苏州恒通%'")).toEqual([
      { planned: 1 },
    ])
    expect((await undoImport(backend.backend, admin, importId)).records).toMatchObject({ reversed: 1, kept: 0 })
    expect(digestOf(backend)).toBe(before)
  })
})
