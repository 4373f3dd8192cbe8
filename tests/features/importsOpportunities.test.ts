// Opportunities out of files as they are: agents, accounts and products first, then each deal with its stages, its product and what it came to.
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportList } from '../../src-main/features/exports/public.ts'
import { undoImport } from '../../src-main/features/imports/public.ts'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { clientAs, type TestBackend } from '../support/backend.ts'
import { gridOf, saved } from '../support/editedExport.ts'
import { actorOf, addPerson } from '../support/factories.ts'
import { begun, bringBase } from '../support/pipelineFiles.ts'
import { bring, csvFile, digestOf, outFile, rowsOf } from './importFixtures.ts'

const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/pipeline/${name}`, import.meta.url))
const PUT = { product: { PumpPro: 'Pump Pro' } }

describe('a pipeline of another program', () => {
  let backend: TestBackend
  let admin: Actor
  beforeAll(async () => {
    ;({ backend, admin } = await begun())
    await bringBase({ backend, admin }, fixture)
  })
  afterAll(() => backend.dispose())
  const all = () =>
    rowsOf(
      backend,
      `select o.number, o.name, c.name as customer, e.name as owner, s.name as stage, o.state, o.amount, o.closed_on as closed, l.name as product
       from opportunity o join stage s on s.id = o.stage_id left join customer c on c.id = o.customer_id left join employee e on e.id = o.owner_id
       left join opportunity_line l on l.opportunity_id = o.id where o.number like 'A%' order by o.number`,
    )
  const historyOf = (number: string) =>
    rowsOf(
      backend,
      `select s.name as stage, substr(h.entered_at, 1, 10) as "from", substr(h.left_at, 1, 10) as "to" from opportunity_stage h
       join opportunity o on o.id = h.opportunity_id join stage s on s.id = h.stage_id where o.number = '${number}' order by h.entered_at, h.left_at is null`,
    )

  it('managers whom nobody knows head the departments of their people, or teams where there are several', () => {
    expect(
      rowsOf(
        backend,
        `select d.name, p.name as above, m.name as head, (select count(*) from employment x where x.department_id = d.id) as people
         from department d left join department p on p.id = d.parent_id join employee m on m.id = d.manager_id order by d.name`,
      ),
    ).toEqual([
      { name: 'Mark Oster', above: 'North', head: 'Mark Oster', people: 3 },
      { name: 'Nina Falk', above: 'North', head: 'Nina Falk', people: 2 },
      { name: 'South', above: null, head: 'Otto Brand', people: 2 },
    ])
    expect(
      rowsOf(
        backend,
        `select e.name, m.name as manager from employment p join employee e on e.id = p.employee_id join employee m on m.id = p.manager_id order by e.name`,
      ),
    ).toEqual([
      { name: 'Ada Lindt', manager: 'Mark Oster' },
      { name: 'Ben Kroll', manager: 'Mark Oster' },
      { name: 'Cleo Marsh', manager: 'Nina Falk' },
      { name: 'Dan Weiss', manager: 'Otto Brand' },
    ])
  })

  it('its columns go where they belong, and a slip in a product is shown with what it most likely means', async () => {
    const client = clientAs(backend.backend, admin)
    const { readFileSync } = await import('node:fs')
    const detail = await client.imports.upload({
      entity: 'opportunity',
      file: new File([readFileSync(fixture('sales_pipeline.csv'))], 'sales_pipeline.csv'),
    })
    expect(detail.columns.map(({ header, target }) => [header, target && `${target.entity}.${target.field}`])).toEqual([
      ['opportunity_id', 'opportunity.number'],
      ['sales_agent', 'opportunity.ownerId'],
      ['product', 'opportunity.productId'],
      ['account', 'customer.name'],
      ['deal_stage', 'opportunity.stageId'],
      ['engage_date', 'opportunity.engagedAt'],
      ['close_date', 'opportunity.closedOn'],
      ['close_value', 'opportunity.amount'],
    ])
    const product = detail.columns[2]?.note
    expect(product).toMatchObject({ unknown: ['PumpPro'], likely: { PumpPro: { label: 'Pump Pro' } } })
    expect(detail.columns[4]?.note?.unknown).toEqual([])
    expect(detail.looksLike).toBeNull()
    // Brought in as customers the sheet is known for what it is.
    const other = await client.imports.upload({
      entity: 'customer',
      file: new File([readFileSync(fixture('sales_pipeline.csv'))], 'sales_pipeline.csv'),
    })
    expect(other.looksLike).toBe('opportunity')
  })

  it('makes each deal with its owner, customer, stage, product and amount; a second time nothing doubles, an undo leaves nothing', async () => {
    const before = digestOf(backend)
    const first = await bring(backend, admin, fixture('sales_pipeline.csv'), { entity: 'opportunity', put: PUT })
    expect(first).toMatchObject({ rowsRead: 6, created: 6, failed: 0 })
    const deal = {
      owner: 'Ada Lindt',
      product: 'Pump Basic',
      customer: 'Harbour Textiles',
      name: 'Harbour Textiles · Pump Basic',
    }
    expect(all()).toEqual([
      { ...deal, number: 'A1', stage: '赢单', state: 'won', amount: 105_400, closed: '2026-03-01' },
      {
        number: 'A2',
        name: 'Blue Fjord Foods · Pump Pro',
        customer: 'Blue Fjord Foods',
        owner: 'Ben Kroll',
        stage: '赢单',
        state: 'won',
        amount: 451_400,
        closed: '2026-03-11',
        product: 'Pump Pro',
      },
      { ...deal, number: 'A3', owner: 'Cleo Marsh', stage: '输单', state: 'lost', amount: 0, closed: '2025-10-25' },
      {
        number: 'A4',
        name: 'Pump Pro',
        customer: null,
        owner: 'Dan Weiss',
        stage: '需求确认',
        state: 'open',
        amount: null,
        closed: null,
        product: 'Pump Pro',
      },
      {
        number: 'A5',
        name: 'Pump Basic',
        customer: null,
        owner: 'Ada Lindt',
        stage: '初步接洽',
        state: 'open',
        amount: null,
        closed: null,
        product: 'Pump Basic',
      },
      { ...deal, number: 'A6', stage: '赢单', state: 'won', amount: 105_400, closed: '2026-04-01' },
    ])
    expect(historyOf('A1')).toEqual([
      { stage: '需求确认', from: '2025-10-20', to: '2026-03-01' },
      { stage: '赢单', from: '2026-03-01', to: null },
    ])
    expect(historyOf('A3')).toEqual([
      { stage: '需求确认', from: '2025-10-25', to: '2025-10-25' },
      { stage: '输单', from: '2025-10-25', to: null },
    ])
    expect(historyOf('A4')).toEqual([{ stage: '需求确认', from: '2026-01-25', to: null }])
    expect(historyOf('A5')).toHaveLength(1)
    expect(rowsOf(backend, "select substr(created_at, 1, 10) as day from opportunity where number = 'A2'")).toEqual([
      { day: '2025-11-25' },
    ])
    const stands = digestOf(backend)
    expect(
      await bring(backend, admin, fixture('sales_pipeline.csv'), { entity: 'opportunity', onDuplicate: 'update', put: PUT }),
    ).toMatchObject({ created: 0, updated: 0, skipped: 6 })
    expect(digestOf(backend)).toBe(stands)
    await undoImport(backend.backend, admin, first.importId)
    expect(digestOf(backend)).toBe(before)
  })

  it('a product that nobody confirmed is left out and told', async () => {
    const done = await bring(
      backend,
      admin,
      csvFile([
        ['商机编号', '产品名称', '阶段', '金额'],
        ['A9', 'PumpPro', 'Engaging', '12'],
        ['A8', 'Pump Pro', 'Won', '3'],
      ]),
      { entity: 'opportunity' },
    )
    expect(done).toMatchObject({ created: 2 })
    expect(all()).toMatchObject([
      { number: 'A8', product: 'Pump Pro' },
      { number: 'A9', name: 'A9', product: null },
    ])
    await undoImport(backend.backend, admin, done.importId)
  })
})

describe('a list as a Chinese office keeps it', () => {
  let backend: TestBackend
  let admin: Actor
  beforeAll(async () => {
    ;({ backend, admin } = await begun())
    await addPerson(backend, { name: '王海峰', roles: [] })
    await bring(
      backend,
      admin,
      csvFile([
        ['客户名称', '电话'],
        ['绍兴锦瑞纺织有限公司', '0575-84120001'],
      ]),
      { entity: 'customer' },
    )
  })
  afterAll(() => backend.dispose())
  const HEAD = [
    '商机名称',
    '客户',
    '负责人',
    '阶段',
    '预计成交日期',
    '金额',
    '成交日期',
    '输单原因',
    '创建时间',
    '创建人',
    '备注',
  ]
  const ROWS = [
    [
      '二期织机',
      '绍兴锦瑞纺织有限公司',
      '王海峰',
      '方案报价',
      '2027-01-31',
      '12.8万',
      '',
      '',
      '2026-02-01 10:00',
      '王海峰',
      '要样机',
    ],
    ['年度框架', '绍兴锦瑞纺织有限公司', '王海峰', '赢单', '', '¥50,000', '2026-05-06', '', '2026-02-03', '', ''],
    ['备件采购', '绍兴锦瑞纺织有限公司', '王海峰', '丢单', '', '3000', '2026-06-07', '价格', '2026-03-03', '', ''],
    ['无主商机', '', '没有这人', '商务谈判', '', '', '', '', '', '', ''],
    ['错阶段', '绍兴锦瑞纺织有限公司', '', '天知道', '', '', '', '', '', '', ''],
    ['没有的客户的', '没有的客户有限公司', '', '', '', '', '', '', '', '', ''],
  ]
  const deals = () =>
    rowsOf(
      backend,
      `select o.name, s.name as stage, o.amount, o.expected_on as expected, o.closed_on as closed, r.name as reason, substr(o.created_at, 1, 10) as made, e.name as owner
       from opportunity o join stage s on s.id = o.stage_id left join lost_reason r on r.id = o.lost_reason_id left join employee e on e.id = o.owner_id order by o.created_at, o.name`,
    )

  it('understands its words; what has no customer of the base or no stage is not written', async () => {
    const before = digestOf(backend)
    const done = await bring(backend, admin, csvFile([HEAD, ...ROWS]), { entity: 'opportunity' })
    expect(done).toMatchObject({ rowsRead: 6, created: 4, failed: 2 })
    expect(deals()).toMatchObject([
      { name: '二期织机', stage: '方案报价', amount: 12_800_000, expected: '2027-01-31', made: '2026-02-01', owner: '王海峰' },
      { name: '年度框架', stage: '赢单', amount: 5_000_000, closed: '2026-05-06' },
      { name: '备件采购', stage: '输单', amount: 300_000, closed: '2026-06-07', reason: '价格' },
      { name: '无主商机', stage: '谈判审核', owner: null },
    ])
    await undoImport(backend.backend, admin, done.importId)
    expect(digestOf(backend)).toBe(before)
    const made = await bring(backend, admin, csvFile([HEAD, ...ROWS]), { entity: 'opportunity', missing: 'create' })
    expect(made).toMatchObject({ created: 5, failed: 1 })
    expect(rowsOf(backend, "select 1 from customer where name = '没有的客户有限公司'")).toHaveLength(1)
  })

  it('an exported file that nobody edited changes nothing; an edited one changes exactly the edited cells', async () => {
    const out = outFile()
    await exportList(backend.backend, admin, { entity: 'opportunity', out, format: 'xlsx' })
    const before = digestOf(backend)
    const untouched = await bring(backend, admin, out, { entity: 'opportunity', onDuplicate: 'update' })
    expect(untouched).toMatchObject({ created: 0, updated: 0, failed: 0 })
    expect(digestOf(backend)).toBe(before)
    const grid = await gridOf(out)
    const at = (header: string) => (grid[0] ?? []).indexOf(header)
    const cell = (name: string) => grid.find((cells) => cells[at('商机名称')] === name) ?? []
    const stood = deals()
    cell('二期织机')[at('金额')] = 99.5
    cell('二期织机')[at('阶段')] = '谈判审核'
    cell('备件采购')[at('输单原因')] = '无预算'
    cell('年度框架')[at('结束日期')] = '2026-05-09'
    const edited = await saved(backend, grid, 'xlsx')
    const done = await bring(backend, admin, edited, { entity: 'opportunity', onDuplicate: 'update' })
    expect(done).toMatchObject({ created: 0, updated: 3, failed: 0 })
    const changed: Record<string, object> = {
      二期织机: { amount: 9_950, stage: '谈判审核' },
      备件采购: { reason: '无预算' },
      年度框架: { closed: '2026-05-09' },
    }
    expect(deals()).toEqual(stood.map((one) => ({ ...one, ...changed[String(one['name'])] })))
    await undoImport(backend.backend, admin, done.importId)
    expect(digestOf(backend)).toBe(before)
  })

  it('is for who makes opportunities; others’ are not changed by it', async () => {
    const { userId } = await addPerson(backend, {
      name: '小赵',
      roles: [
        {
          permissions: {
            'imports.run': 'all',
            'customers.read': 'own',
            'opportunities.read': 'own',
            'opportunities.edit': 'own',
            'opportunities.create': 'all',
          },
        },
      ],
    })
    const clerk = actorOf(backend, userId)
    const sheet = csvFile([
      ['商机名称', '客户', '金额'],
      ['年度框架', '绍兴锦瑞纺织有限公司', '1'],
      ['自己的', '', '5'],
    ])
    const before = deals().filter(({ name }) => name !== '自己的')
    expect(await bring(backend, clerk, sheet, { entity: 'opportunity', onDuplicate: 'update' })).toMatchObject({
      created: 1,
      failed: 1,
    })
    expect(deals().filter(({ name }) => name !== '自己的')).toEqual(before)
    const { 'opportunities.create': _gone, ...permissions } = admin.permissions
    await expect(bring(backend, { ...admin, permissions }, sheet, { entity: 'opportunity' })).rejects.toMatchObject({
      needs: 'opportunities.create',
    })
  })
})
