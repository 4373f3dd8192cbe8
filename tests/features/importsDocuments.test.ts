// Registers of invoices and of stock: on their orders, to their profiles and into their warehouses; what no command would make comes in flagged or is refused, and every row left out says why.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportList } from '../../src-main/features/exports/public.ts'
import { undoImport } from '../../src-main/features/imports/public.ts'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { type Client, clientAs, type TestBackend } from '../support/backend.ts'
import { actorOf, addPerson } from '../support/factories.ts'
import { begun } from '../support/pipelineFiles.ts'
import { bring, csvFile, digestOf, outFile, rowsOf } from './importFixtures.ts'

const A = '绍兴越纺印染有限公司'
const TAX = '91330600MA2BDQ2K5X'
const HEAD = ['发票号码', '状态', '客户', '发票抬头', '税号', '订单编号', '开票金额', '开票日期', '票种', '申请人', '申请日期']
const ROWS = [
  ['24330001', '已开票', A, '越纺印染', TAX, 'DD-1', '¥600.00', '2026-03-10', '专票', '王海峰', '2026-03-08'],
  // Without a customer: by the title of the row above, which is not his name, nobody is found; by his name he is.
  ['', '已寄出', '', A, '', 'DD-1:300；DD-2:100', '400', '2026-03-11', '', '', ''],
  ['24330003', '作废', '', '', '', 'DD-2', '5,000', '2026-03-12', '', '', ''],
  ['24330004', '', A, '', '', 'DD-2', '0.06万', '2026-03-13', '', '', ''],
  ['', '待开', '', '', '', 'DD-2', '50', '', '', '', '2026-03-14'],
  ['24330006', '已开', A, '', '', '', '20', '2026-03-15', '', '', ''],
  ['24330007', '已开', '', '', '', 'DD-9', '100', '2026-03-15', '', '', ''],
  ['24330008', '红冲', A, '', '', 'DD-1', '-100', '2026-03-15', '', '', ''],
  ['24330009', '已开', A, '', '', 'DD-1:10；DD-2:20', '100', '2026-03-15', '', '', ''],
]

describe('invoices of a sheet', () => {
  let backend: TestBackend
  let admin: Actor
  let client: Client
  beforeAll(async () => {
    ;({ backend, admin } = await begun())
    client = clientAs(backend.backend, admin)
    await bring(backend, admin, csvFile([['公司'], [A]]))
    await addPerson(backend, { name: '王海峰', roles: ['sales'] })
    await bring(
      backend,
      admin,
      csvFile([
        ['订单编号', '订单名称', '客户', '签订日期', '订单金额'],
        ['DD-1', '一期', A, '2026-03-02', '1000'],
        ['DD-2', '二期', A, '2026-03-02', '500'],
      ]),
      { entity: 'order' },
    )
  })
  afterAll(() => backend.dispose())
  const invoices = () =>
    rowsOf(
      backend,
      `select i.official_number as no, i.status, i.kind, i.amount_fen as amount, i.buyer, i.tax_number as tax, i.issued_on as issued,
        i.requested_on as asked, e.name as by, i.issue, (select group_concat(o.number || ' ' || l.amount_fen, '; ') from invoice_line l
          join sales_order o on o.id = l.order_id where l.invoice_id = i.id) as of
       from invoice i left join employee e on e.id = i.requester_id order by i.id`,
    )

  it('go to their orders and profiles; a second time nothing doubles, an undo leaves nothing', async () => {
    const before = digestOf(backend)
    const first = await bring(backend, admin, csvFile([HEAD, ...ROWS]), { entity: 'invoice' })
    expect(first.mapping.map(({ target }) => target)).toEqual([
      'invoice.officialNumber',
      'invoice.status',
      'customer.name',
      'invoice.buyer',
      'invoice.taxNumber',
      'invoiceLine.orderNumber',
      'invoice.amountFen',
      'invoice.issuedOn',
      'invoice.kind',
      'invoice.requesterId',
      'invoice.requestedOn',
    ])
    expect(first).toMatchObject({ rowsRead: 9, created: 6, failed: 3 })
    const plain = { buyer: A, tax: null, kind: 'eGeneral', by: null }
    expect(invoices()).toEqual([
      {
        no: '24330001',
        status: 'issued',
        kind: 'eSpecial',
        amount: 60_000,
        buyer: '越纺印染',
        tax: TAX,
        issued: '2026-03-10',
        asked: '2026-03-08',
        by: '王海峰',
        issue: null,
        of: 'DD-1 60000',
      },
      expect.objectContaining({ ...plain, status: 'posted', asked: '2026-03-11', of: 'DD-1 30000; DD-2 10000', issue: null }),
      // What has no value takes nothing of its order.
      expect.objectContaining({ status: 'void', amount: 500_000, of: 'DD-2 500000', issue: null }),
      expect.objectContaining({ no: '24330004', status: 'issued', amount: 60_000, of: 'DD-2 60000', issue: 'aboveOpen' }),
      expect.objectContaining({ no: null, status: 'requested', issued: null, asked: '2026-03-14', issue: 'aboveOpen' }),
      expect.objectContaining({ no: '24330006', of: null, issue: 'orderMissing' }),
    ])
    expect(rowsOf(backend, 'select title, tax_number as tax, is_default as first from billing_profile')).toEqual([
      { title: '越纺印染', tax: TAX, first: 1 },
    ])
    const page = await client.imports.check({ id: first.importId, filter: 'all', offset: 0, limit: 10 })
    expect(page.rows.map(({ reason, problems: [one] }) => reason ?? one?.code ?? null)).toEqual([
      // The check sign of the tax number is wrong: it is taken as it is written, and told.
      'code.checksum',
      'invoice.numberless',
      null,
      null,
      null,
      'invoice.orderMissing',
      'order.unknown',
      'invoice.negative',
      'invoice.partsDiffer',
    ])
    expect(page.rows[6]?.problems).toEqual([{ column: 5, level: 'error', code: 'order.unknown', detail: 'DD-9' }])
    expect(page.rows[7]?.problems).toEqual([{ column: 6, level: 'error', code: 'invoice.negative' }])
    const after = digestOf(backend)
    for (const onDuplicate of ['skip', 'fill', 'update'] as const) {
      const again = await bring(backend, admin, csvFile([HEAD, ...ROWS]), { entity: 'invoice', onDuplicate })
      expect(again).toMatchObject({ created: 0, updated: 0, skipped: 6, failed: 3 })
      expect(digestOf(backend)).toBe(after)
    }
    const out = outFile()
    await exportList(backend.backend, admin, { entity: 'invoice', out, format: 'xlsx' })
    const back = await bring(backend, admin, out, { entity: 'invoice', onDuplicate: 'update' })
    expect(back).toMatchObject({ created: 0, updated: 0, skipped: 6, failed: 0 })
    await undoImport(backend.backend, admin, first.importId)
    expect(digestOf(backend)).toBe(before)
  })

  it('a flagged one is not made out above what is open, and is sound once its parts are; only who may issue brings issued ones', async () => {
    const rows = [
      ['申请编号', '订单编号', '开票金额', '申请日期', '状态', '税号'],
      ['FP-9', 'DD-1', '700', '2026-04-01', '待开票', '91330600MA2BDQ2K53'],
      ['FP-9', 'DD-2', '600', '2026-04-01', '待开票', '91330600MA2BDQ2K53'],
      ['FP-8', 'DD-1', '100', '2026-04-01', '已开具', ''],
    ]
    const { userId } = await addPerson(backend, {
      name: '李秀兰',
      roles: ['sales', { permissions: { 'imports.run': 'all', 'customers.read': 'all', 'orders.read': 'all' } }],
    })
    const done = await bring(backend, actorOf(backend, userId), csvFile(rows), { entity: 'invoice' })
    expect(done).toMatchObject({ created: 1, updated: 1, failed: 1 })
    expect(invoices()).toMatchObject([{ amount: 130_000, of: 'DD-1 70000; DD-2 60000', issue: 'aboveOpen', by: '李秀兰' }])
    const [one] = (await client.invoices.list({ offset: 0, limit: 10 })).rows
    if (!one) throw new Error('no invoice')
    await expect(client.invoices.issue({ id: one.id, version: one.version, officialNumber: '1' })).rejects.toMatchObject({
      data: { reason: 'aboveOpen' },
    })
    const lines = await client.invoices.lines({ id: one.id })
    const values = { lines: lines.map(({ orderId }) => ({ orderId, amountFen: 50_000 })) }
    const mended = await client.invoices.edit({ id: one.id, version: one.version, values })
    expect(mended).toMatchObject({ issue: null, amountFen: 100_000 })
    await client.invoices.issue({ id: one.id, version: mended.version, officialNumber: '1' })
  })
})

describe('stock of a sheet', () => {
  let backend: TestBackend
  let admin: Actor
  let client: Client
  beforeAll(async () => {
    ;({ backend, admin } = await begun())
    client = clientAs(backend.backend, admin)
    await bring(
      backend,
      admin,
      csvFile([
        ['产品编号', '产品名称', '标准价', '管库存'],
        ['P-1', '示例法兰', '100', '是'],
        ['P-2', '示例阀门', '50', '是'],
        ['P-3', '安装服务', '80', '否'],
      ]),
      { entity: 'product' },
    )
    await client.stock.createWarehouse({ name: '二号库' })
    await addPerson(backend, { name: '王海峰', roles: ['sales'] })
  })
  afterAll(() => backend.dispose())
  const levels = () =>
    rowsOf(
      backend,
      `select p.number as no, w.name as at, l.on_hand / 10000.0 as n, (select group_concat(m.kind || ' ' || (m.units / 10000.0), '; ') from stock_move m where m.level_id = l.id) as moves
       from stock_level l join product p on p.id = l.product_id join warehouse w on w.id = l.warehouse_id order by 1, 2`,
    )
  const HEADS = ['产品编号', '仓库', '类型', '数量', '调入仓库', '原因', '日期', '经办人']

  it('is counted, comes, leaves and goes over, and never falls below nothing', async () => {
    const before = digestOf(backend)
    const balances = [
      ['产品名称', '仓库', '期初数量'],
      ['示例法兰', '二号库', '1,200.5'],
      ['示例阀门', '', '30'],
      ['安装服务', '二号库', '1'],
      ['没有这个', '二号库', '1'],
      ['示例法兰', '三号库', '1'],
      ['示例阀门', '二号库', '-4'],
    ]
    const opening = await bring(backend, admin, csvFile(balances), { entity: 'stockMove' })
    expect(opening).toMatchObject({ rowsRead: 6, created: 2, failed: 4 })
    const refused = await client.imports.check({ id: opening.importId, filter: 'fail', offset: 0, limit: 10 })
    expect(refused.rows.map(({ problems }) => problems.find(({ level }) => level === 'error'))).toEqual([
      { column: 0, level: 'error', code: 'stock.notStocked' },
      { column: 0, level: 'error', code: 'stock.productless' },
      { column: 1, level: 'error', code: 'named.warehouse', detail: '三号库' },
      { column: 2, level: 'error', code: 'stock.negative' },
    ])
    const rows = [
      HEADS,
      ['P-1', '二号库', '入库', '10', '', '补货', '2026-03-02', '王海峰'],
      ['P-1', '二号库', '调拨', '200.5', '默认仓库', '', '2026-03-03', ''],
      ['P-2', '', '出库', '31', '', '领用', '2026-03-04', ''],
      ['P-2', '', '出库', '30', '', '领用', '2026-03-04', ''],
      ['P-1', '二号库', '盘点', '1000', '', '年中盘点', '2026-06-30', ''],
    ]
    const home = rowsOf(backend, 'select name from warehouse where is_default = 1')[0]?.['name']
    const file = csvFile(rows.map((row) => row.map((cell) => (cell === '默认仓库' ? String(home) : cell))))
    const moved = await bring(backend, admin, file, { entity: 'stockMove' })
    expect(moved).toMatchObject({ rowsRead: 5, created: 4, failed: 1 })
    const page = await client.imports.check({ id: moved.importId, filter: 'all', offset: 0, limit: 10 })
    expect(page.rows.map(({ reason }) => reason)).toEqual([null, null, 'stock.notEnough', null, null])
    const after = levels()
    expect(after).toEqual(
      expect.arrayContaining([
        { no: 'P-1', at: home, n: 200.5, moves: 'transfer 200.5' },
        { no: 'P-1', at: '二号库', n: 1000, moves: 'count 1200.5; in 10.0; transfer -200.5; count -10.0' },
        { no: 'P-2', at: home, n: 0, moves: 'count 30.0; out -30.0' },
      ]),
    )
    const [told] = rowsOf(
      backend,
      "select m.created_at as at, e.name as by, m.reason from stock_move m join employee e on e.id = m.by_employee_id where m.kind = 'in'",
    )
    expect(told).toEqual({ at: '2026-03-02T01:00:00.000Z', by: '王海峰', reason: '补货' })
    const digest = digestOf(backend)
    expect(await bring(backend, admin, file, { entity: 'stockMove', onDuplicate: 'skip' })).toMatchObject({
      created: 0,
      skipped: 4,
      failed: 1,
    })
    expect(digestOf(backend)).toBe(digest)
    await undoImport(backend.backend, admin, moved.importId)
    await undoImport(backend.backend, admin, opening.importId)
    expect(digestOf(backend)).toBe(before)
  })

  it('is bought: lines stand under one number, what has arrived is in stock, what is agreed to is asked about where a flow says so', async () => {
    const before = digestOf(backend)
    const home = String(rowsOf(backend, 'select name from warehouse where is_default = 1')[0]?.['name'])
    const rows = [
      ['采购单号', '供应商', '状态', '采购日期', '入库仓库', '产品编号', '采购数量', '单价', '已到货数量', '申请人'],
      ['CG-1', '华东五金', '部分到货', '2026-03-02', '二号库', 'P-1', '100', '￥42.5', '60', '王海峰'],
      ['CG-1', '华东五金', '', '', '', 'P-2', '10', '20', '', ''],
      ['CG-2', '华东五金', '已入库', '2026-03-05', home, 'P-2', '5', '', '', ''],
      ['CG-3', '南方阀门', '待到货', '2026-03-06', '', 'P-2', '7', '18', '', ''],
      ['', '南方阀门', '', '2026-03-07', '', 'P-1', '3', '40', '', ''],
      ['CG-1', '另一家', '已取消', '2026-03-08', '', 'P-1', '1', '40', '', ''],
      ['CG-6', '南方阀门', '', '', '', 'P-3', '1', '40', '', ''],
      ['CG-7', '南方阀门', '', '', '', 'P-1', '2', '40', '3', ''],
    ]
    const file = csvFile(rows)
    const first = await bring(backend, admin, file, { entity: 'purchase' })
    expect(first).toMatchObject({ rowsRead: 8, created: 5, updated: 1, failed: 2 })
    const page = await client.imports.check({ id: first.importId, filter: 'fail', offset: 0, limit: 10 })
    expect(page.rows.map(({ problems }) => problems.find(({ level }) => level === 'error'))).toEqual([
      { column: 5, level: 'error', code: 'stock.notStocked' },
      { column: 8, level: 'error', code: 'purchase.aboveOrdered' },
    ])
    const [one, two, three, four, five] = rowsOf(
      backend,
      `select p.number, p.supplier, p.state, p.amount_fen as amount, p.created_at as at, e.name as by, p.issue,
        (select group_concat(x.number || ' ' || (l.units / 10000.0) || '/' || (l.received / 10000.0), '; ') from purchase_line l join product x on x.id = l.product_id
          where l.purchase_id = p.id) as lines
       from purchase p left join employee e on e.id = p.author_id order by p.id`,
    )
    expect(one).toMatchObject({
      number: 'CG-1',
      state: 'partial',
      amount: 445_000,
      at: '2026-03-02T01:00:00.000Z',
      by: '王海峰',
      issue: 'unapproved',
      lines: 'P-1 100.0/60.0; P-2 10.0/0.0',
    })
    expect([two, three, four, five]).toMatchObject([
      { number: 'CG-2', state: 'received', amount: 0, issue: 'unapproved', lines: 'P-2 5.0/5.0' },
      { number: 'CG-3', state: 'draft', amount: 12_600 },
      { supplier: '南方阀门', state: 'draft', amount: 12_000 },
      { number: 'CG-1', supplier: '另一家', state: 'cancelled', issue: 'numberTwice' },
    ])
    expect(levels().filter(({ n }) => n !== 0)).toEqual(
      expect.arrayContaining([
        { no: 'P-1', at: '二号库', n: 60, moves: 'in 60.0' },
        { no: 'P-2', at: home, n: 5, moves: 'in 5.0' },
      ]),
    )
    const digest = digestOf(backend)
    for (const onDuplicate of ['skip', 'update'] as const) {
      expect(await bring(backend, admin, file, { entity: 'purchase', onDuplicate })).toMatchObject({
        created: 0,
        updated: 0,
        skipped: 6,
        failed: 2,
      })
      expect(digestOf(backend)).toBe(digest)
    }
    const out = outFile()
    await exportList(backend.backend, admin, { entity: 'purchase', out, format: 'xlsx' })
    expect(await bring(backend, admin, out, { entity: 'purchase', onDuplicate: 'update' })).toMatchObject({
      updated: 0,
      skipped: 5,
      failed: 0,
    })
    await undoImport(backend.backend, admin, first.importId)
    expect(digestOf(backend)).toBe(before)
    // Who manages no approvals brings nothing into stock that nobody was asked about.
    const permissions = {
      'imports.run': 'all',
      'products.read': 'all',
      'purchases.read': 'all',
      'purchases.write': 'all',
      'purchases.receive': 'all',
    } as const
    const keeper = actorOf(backend, (await addPerson(backend, { name: '库管', roles: [{ permissions }] })).userId)
    const brought = await bring(backend, keeper, csvFile(rows.slice(0, 5)), { entity: 'purchase' })
    expect(brought).toMatchObject({ created: 1, failed: 3 })
    const why = await clientAs(backend.backend, keeper).imports.check({
      id: brought.importId,
      filter: 'all',
      offset: 0,
      limit: 9,
    })
    expect(why.rows.map(({ reason }) => reason)).toEqual([...Array(3).fill('purchase.mayNotPass'), 'purchase.approval'])
  })
})
