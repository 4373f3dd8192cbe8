// What the check says becomes of the rows is what the run then does with them, row by row, whatever the switches, while nobody else writes.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CheckRow, type ImportOptions, ON_DUPLICATE, type OnDuplicate } from '../../src-shared/features/imports/model.ts'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { clientAs } from '../support/backend.ts'
import { type Office, openOffice } from '../support/factories.ts'
import { csvFile, settled } from './importFixtures.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
  await office.running.start()
})
afterAll(async () => {
  expect(office.running.faults).toEqual([])
  await office.close()
})

/** Park and Miller: the same numbers on every machine. */
function dice(seed: number) {
  let state = seed
  const next = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
  return {
    below: (n: number): number => Math.floor(next() * n),
    one: <T>(of: readonly T[]): T => of[Math.floor(next() * of.length)] as T,
    maybe: (text: string, share = 0.5): string => (next() < share ? text : ''),
  }
}
type Dice = ReturnType<typeof dice>

const FIRMS = [
  '宁波海帆电器',
  '温州恒达鞋业',
  '绍兴越兰纺织',
  '台州亿丰模具',
  '嘉兴南湖食品',
  '金华双龙五金',
  '湖州莫干竹业',
  '衢州巨石化工',
]
const PEOPLE = ['王海峰', '王总', '李静', '陈建国', '']
const PLACES = ['浙江省杭州市西湖区文三路90号', '江苏省苏州市姑苏区干将路1号', '']
const HEADER = ['客户名称', '客户等级', '行业', '地址', '电话', '标签', '联系人', '手机', '跟进内容', '跟进时间', '负责人']

const customerRow = (d: Dice): string[] => {
  const firm = d.below(FIRMS.length)
  return [
    d.maybe(`${FIRMS[firm]}有限公司`, 0.95),
    d.maybe(d.one(['A', 'B', '重点'])),
    d.maybe(d.one(['纺织', '五金'])),
    d.one(PLACES),
    d.maybe(`1390000${1000 + firm * 7 + d.below(2)}`, 0.8),
    d.maybe(d.one(['老客户', 'VIP、展会', 'vip'])),
    d.one(PEOPLE),
    d.maybe(`1370000${2000 + firm * 5 + d.below(3)}`),
    d.maybe(d.one(['寄了样品', '未接电话']), 0.3),
    d.maybe(d.one(['2026-05-06', '2026-05-07']), 0.6),
    d.maybe('顾建国', 0.2),
  ]
}

type Kind = {
  entity: 'customer' | 'contact' | 'followUp' | 'tag' | 'employee'
  header: readonly string[]
  row: (d: Dice) => string[]
}
const KINDS: readonly Kind[] = [
  { entity: 'customer', header: HEADER, row: customerRow },
  {
    entity: 'contact',
    header: ['所属客户', '姓名', '职务', '手机', '备注'],
    row: (d) => [
      `${d.one(FIRMS)}有限公司`,
      d.one(PEOPLE),
      d.maybe(d.one(['采购', '厂长'])),
      d.maybe(`1370000${2000 + d.below(12)}`, 0.8),
      d.maybe(d.one(['周三在', '出差'])),
    ],
  },
  {
    entity: 'followUp',
    header: ['客户', '跟进内容', '跟进方式', '跟进时间', '下次跟进'],
    row: (d) => [
      `${d.one(FIRMS)}有限公司`,
      d.one(['寄了样品', '未接电话', '报了价']),
      d.maybe(d.one(['电话', '拜访'])),
      d.maybe(d.one(['2026-05-06 10:00', '2026-05-07 11:30']), 0.8),
      d.maybe('2026-12-01'),
    ],
  },
  {
    entity: 'tag',
    header: ['标签名称', '颜色'],
    row: (d) => [d.one(['老客户', 'VIP', 'vip', '展会', '常来', '']), d.maybe(d.one(['绿', '红', '黄']))],
  },
  {
    entity: 'employee',
    header: ['姓名', '手机', '部门', '职级'],
    row: (d) => [
      d.one(['赵一', '钱二', '孙三', '周四', '']),
      d.maybe(`1350000${3000 + d.below(4)}`),
      d.maybe(d.one(['华东区', '华东区/杭州组'])),
      d.maybe(d.one(['P5', 'P6'])),
    ],
  },
]

type Brought = { planned: CheckRow[]; done: CheckRow[] }

/** Brings a file in as the wizard does, some rows decided one by one, some of them twice; every row as planned and as it went. */
async function brought(
  actor: Actor,
  kind: Kind,
  rows: readonly string[][],
  options: Partial<ImportOptions>,
  d: Dice,
): Promise<Brought> {
  const as = clientAs(office.running.backend, actor)
  const file = new File([readFileSync(csvFile([kind.header, ...rows] as string[][]))], 'rows.csv')
  const { id } = await as.imports.upload({ entity: kind.entity, file })
  if (options.missing) await as.imports.setOptions({ id, options: { missing: options.missing } })
  // Prepared under other switches than those it runs under: a change of the switches plans anew.
  await as.imports.prepare({ id })
  await settled(as, id)
  await as.imports.setOptions({ id, options })
  const matched = (await as.imports.check({ id, filter: 'duplicate', offset: 0, limit: 200 })).rows.map(({ row }) => row)
  for (const row of matched)
    if (d.below(4) === 0)
      await as.imports.decide({ id, rows: [row], decision: d.one<OnDuplicate | null>([...ON_DUPLICATE, null]) })
  const planned = await as.imports.check({ id, filter: 'all', offset: 0, limit: 200 })
  const { plan } = planned
  const count = (of: CheckRow['plan']): number => planned.rows.filter((row) => row.kind === 'data' && row.plan === of).length
  expect({ create: count('create'), update: count('update'), fail: count('fail') }).toEqual({
    create: plan.create,
    update: plan.update,
    fail: plan.fail,
  })
  if (plan.create + plan.update === 0) return { planned: planned.rows, done: [] }
  await as.imports.run({ id })
  const { state, counts } = await settled(as, id)
  expect(state).toBe('done')
  expect(counts).toEqual({
    rowsRead: plan.rows,
    created: plan.create,
    updated: plan.update,
    skipped: plan.skip,
    failed: plan.fail,
  })
  return { planned: planned.rows, done: (await as.imports.check({ id, filter: 'all', offset: 0, limit: 200 })).rows }
}

const OUTCOME = { create: 'created', update: 'updated', skip: 'skipped', fail: 'failed' } as const
const asTold = ({ planned, done }: Brought): void => {
  if (done.length === 0) return
  expect(done.map(({ row, outcome }) => [row, outcome])).toEqual(planned.map(({ row, plan }) => [row, OUTCOME[plan]]))
}

const SWITCHES: readonly Partial<ImportOptions>[] = [
  { onDuplicate: 'skip' },
  { onDuplicate: 'fill' },
  { onDuplicate: 'create' },
  { onDuplicate: 'update', empty: 'keep', multi: 'add' },
  { onDuplicate: 'update', empty: 'clear', multi: 'add' },
  { onDuplicate: 'update', empty: 'keep', multi: 'replace' },
  { onDuplicate: 'update', empty: 'clear', multi: 'replace' },
]

describe.each(KINDS)('rows of $entity', (kind) => {
  it('become what the check said, under every switch', async () => {
    for (const [at, options] of SWITCHES.entries()) {
      const d = dice(7 + at)
      const missing = at % 2 === 0 ? ('create' as const) : ('fail' as const)
      const rows = Array.from({ length: 40 }, () => kind.row(d))
      asTold(await brought(office.admin, kind, rows, { ...options, missing }, d))
      // Most of it again: much of it is there now.
      asTold(await brought(office.admin, kind, [...rows.slice(10), ...Array.from({ length: 8 }, () => kind.row(d))], options, d))
    }
  })
})

describe('an identical file', () => {
  const rows = [
    HEADER,
    ['丽水青田石雕有限公司', 'B', '工艺', PLACES[0] ?? '', '13900009999', '老客户', '周琴', '13700009999', '', '', ''],
  ]
  const planOf = async (options: Partial<ImportOptions>) => {
    const as = office.as(office.admin)
    const { id } = await as.imports.upload({ entity: 'customer', file: new File([readFileSync(csvFile(rows))], 'same.csv') })
    await as.imports.setOptions({ id, options })
    await as.imports.prepare({ id })
    await settled(as, id)
    const { rows: checked, plan } = await as.imports.check({ id, filter: 'all', offset: 0, limit: 10 })
    if (plan.create > 0) {
      await as.imports.run({ id })
      await settled(as, id)
    }
    return { plan, first: checked[0] }
  }

  it('is left out in the check already, with the reason', async () => {
    expect((await planOf({})).plan).toMatchObject({ create: 1 })
    for (const onDuplicate of ['fill', 'update'] as const) {
      const { plan, first } = await planOf({ onDuplicate })
      expect(plan).toMatchObject({ create: 0, update: 0, skip: 1 })
      expect(first).toMatchObject({ plan: 'skip', reason: 'unchanged' })
    }
    rows[1]![1] = 'A'
    expect((await planOf({ onDuplicate: 'fill' })).first).toMatchObject({ plan: 'skip', reason: 'nothingToFill' })
    expect((await planOf({ onDuplicate: 'update' })).first).toMatchObject({ plan: 'update', reason: null })
  })
})

it('what somebody may not change is left out in the check already', async () => {
  const kind = KINDS[0] as Kind
  for (const seed of [3, 4]) {
    const d = dice(seed)
    const rows = Array.from({ length: 30 }, () => kind.row(d))
    asTold(await brought(office.manager, kind, rows, { onDuplicate: 'update' }, d))
  }
})

it("what the file's words were put to stands beside them, in the check and side by side", async () => {
  const as = office.as(office.admin)
  await as.customers.create({ name: '湖州南浔木业有限公司', phone: '13900008888', level: 'B' })
  const rows = [
    ['客户名称', '电话', '客户等级'],
    ['湖州南浔木业有限公司', '13900008888', '重点'],
    ['安吉白茶有限公司', '', ''],
  ]
  const { id } = await as.imports.upload({ entity: 'customer', file: new File([readFileSync(csvFile(rows))], 'levels.csv') })
  await as.imports.prepare({ id })
  await settled(as, id)
  const { rows: checked } = await as.imports.check({ id, filter: 'all', offset: 0, limit: 10 })
  expect(checked.map(({ cells, options }) => [cells[2], options])).toEqual([
    ['重点', { 2: 'A' }],
    ['', undefined],
  ])
  const { fields } = await as.imports.duplicate({ id, at: 0 })
  expect(fields.find(({ field }) => field === 'level')).toMatchObject({ file: 'A', said: '重点', there: 'B' })
  const { row } = await as.imports.editCell({ id, row: 2, column: 2, text: '一般' })
  expect(row).toMatchObject({ options: { 2: 'B' }, plan: 'skip', reason: 'unchanged' })
})
