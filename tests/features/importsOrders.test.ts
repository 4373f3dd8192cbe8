// Orders out of sheets: one row a line or one row an order, with what they hang on; what no command would make comes in flagged.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportList } from '../../src-main/features/exports/public.ts'
import { undoImport } from '../../src-main/features/imports/public.ts'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { type Client, clientAs, type TestBackend } from '../support/backend.ts'
import { gridOf, saved } from '../support/editedExport.ts'
import { actorOf, addPerson } from '../support/factories.ts'
import { begun } from '../support/pipelineFiles.ts'
import { bring, csvFile, digestOf, outFile, rowsOf, toldRows } from './importFixtures.ts'

const HEAD = ['订单编号', '订单名称', '客户', '状态', '签订日期', '负责人', '产品', '数量', '单价', '折扣', '订单金额']
const ROWS = [
  ['DD-1', '一期设备', '绍兴越纺印染有限公司', '已签约', '2026-03-02', '林晓', '示例法兰', '10', '¥128', '', '1.2万'],
  ['DD-1', '', '', '', '', '', '安装服务', '1', '10,820', '', '1.2万'],
  ['DD-2', '二期设备', '绍兴越纺印染有限公司', '已完成', '2026-03-05', '', 'P-9', '2', '100', '9折', ''],
  ['DD-2', '另一家的', '宁波海工有限公司', '草稿', '2026-03-06', '林晓', '', '', '', '', '5000'],
  ['DD-3', '只有名称', '宁波海工有限公司', '已确认', '2026-03-07', '林晓', '', '', '', '', ''],
]

describe('orders of a sheet', () => {
  let backend: TestBackend
  let admin: Actor
  let client: Client
  beforeAll(async () => {
    ;({ backend, admin } = await begun())
    client = clientAs(backend.backend, admin)
    await addPerson(backend, { name: '林晓', roles: ['sales'] })
    await bring(backend, admin, csvFile([['公司'], ['绍兴越纺印染有限公司'], ['宁波海工有限公司']]))
    await bring(
      backend,
      admin,
      csvFile([
        ['产品编号', '产品名称', '标准价', '单位', '税率', '成本', '成本生效日'],
        ['P-1', '示例法兰', '130', '个', '13', '80', '2026-01-01'],
        ['P-9', '示例阀门', '110', '个', '13', '', ''],
      ]),
      { entity: 'product' },
    )
  })
  afterAll(() => backend.dispose())
  const lastSeq = () => Number(rowsOf(backend, 'select max(seq) as seq from command')[0]?.['seq'])
  const orders = () =>
    rowsOf(
      backend,
      `select o.number, o.name, c.name as customer, e.name as owner, o.status, o.signed_on as signed, o.total_fen as total, o.discount_fen as off, o.issue,
        (select group_concat(l.name || ' ' || l.quantity || '×' || l.price_fen || ' ' || l.discount, '; ') from order_line l where l.order_id = o.id) as lines
       from sales_order o left join customer c on c.id = o.customer_id left join employee e on e.id = o.owner_id order by o.number, o.created_at, o.id`,
    )

  it('come in with their lines, sums and flags; a second time nothing doubles, an undo leaves nothing', async () => {
    const before = digestOf(backend)
    const first = await bring(backend, admin, csvFile([HEAD, ...ROWS]), { entity: 'order' })
    expect(first.mapping.map(({ target }) => target)).toEqual([
      'order.number',
      'order.name',
      'customer.name',
      'order.status',
      'order.signedOn',
      'order.ownerId',
      'orderLine.productId',
      'orderLine.quantity',
      'orderLine.priceFen',
      'orderLine.discount',
      'order.totalFen',
    ])
    expect(first).toMatchObject({ rowsRead: 5, created: 4, updated: 1, failed: 0 })
    const [A, B] = ['绍兴越纺印染有限公司', '宁波海工有限公司']
    expect(orders()).toEqual([
      {
        number: 'DD-1',
        name: '一期设备',
        customer: A,
        owner: '林晓',
        status: 'confirmed',
        signed: '2026-03-02',
        total: 1_200_000,
        off: 10_000,
        issue: null,
        lines: '示例法兰 10×12800 0; 安装服务 1×1082000 0',
      },
      expect.objectContaining({
        number: 'DD-2',
        customer: A,
        owner: null,
        status: 'delivered',
        total: 18_000,
        issue: 'ownerMissing',
        lines: '示例阀门 2×10000 10',
      }),
      expect.objectContaining({
        number: 'DD-2',
        customer: B,
        status: 'draft',
        total: 500_000,
        issue: 'numberTwice',
        lines: '另一家的 1×500000 0',
      }),
      expect.objectContaining({ number: 'DD-3', total: 0, issue: 'linesMissing', lines: null }),
    ])
    expect(
      rowsOf(
        backend,
        'select distinct list_price_fen as list, cost_fen as cost from order_line where product_id is not null order by 1',
      ),
    ).toEqual([
      { list: 11_000, cost: null },
      { list: 13_000, cost: 8_000 },
    ])
    expect(rowsOf(backend, 'select count(*) as n from order_revision')).toEqual([{ n: 4 }])
    // What is mended is flagged no more.
    const orphan = rowsOf(backend, "select id, version from sales_order where issue = 'ownerMissing'")[0] as {
      id: never
      version: number
    }
    const mended = await client.orders.edit({
      ...orphan,
      values: { ownerId: admin.employeeId },
    })
    expect(mended.issue).toBeNull()
    await client.history.undo({ seq: lastSeq() })
    const after = digestOf(backend)
    for (const onDuplicate of ['skip', 'fill', 'update'] as const) {
      expect(await bring(backend, admin, csvFile([HEAD, ...ROWS]), { entity: 'order', onDuplicate })).toMatchObject({
        created: 0,
        updated: 0,
        skipped: 5,
        failed: 0,
      })
      expect(digestOf(backend)).toBe(after)
    }
    await undoImport(backend.backend, admin, first.importId)
    expect(digestOf(backend)).toBe(before)
  })

  it('of one customer a number comes in twice only on demand, and is flagged; a sheet changes the lines it means', async () => {
    await bring(backend, admin, csvFile([HEAD, ...ROWS.slice(0, 2)]), { entity: 'order' })
    const again = await bring(backend, admin, csvFile([HEAD, ...ROWS.slice(0, 2)]), { entity: 'order', onDuplicate: 'create' })
    expect(again).toMatchObject({ created: 1, updated: 1, failed: 0 })
    expect(orders().map(({ issue }) => issue)).toEqual([null, 'numberTwice'])
    await undoImport(backend.backend, admin, again.importId)
    const changed = await bring(
      backend,
      admin,
      csvFile([
        ['订单号', '产品名称', '数量', '单价', '目录价', '成本单价'],
        ['DD-1', '安装服务', '2', '5000', '5500', '3000'],
        ['DD-1', '示例阀门', '1', '110', '', '70'],
      ]),
      { entity: 'order', onDuplicate: 'update' },
    )
    expect(changed).toMatchObject({ updated: 2, failed: 0 })
    expect(orders()).toMatchObject([
      { lines: '示例法兰 10×12800 0; 安装服务 2×500000 0; 示例阀门 1×11000 0', total: 128_000 + 1_000_000 + 11_000 - 10_000 },
    ])
    expect(rowsOf(backend, 'select list_price_fen as list, cost_fen as cost from order_line order by position')).toEqual([
      { list: 13_000, cost: 8_000 },
      { list: 550_000, cost: 300_000 },
      { list: 11_000, cost: 7_000 },
    ])
  })

  it('are not taken to another status or sum by a file, and the file is told so', async () => {
    const before = digestOf(backend)
    const told = async (head: string[], row: string[]) => {
      const { importId } = await bring(backend, admin, csvFile([head, row]), { entity: 'order', onDuplicate: 'update' })
      return (await client.imports.get({ id: importId as never })).skips
    }
    expect(await told(['订单号', '订单名称', '状态'], ['DD-1', '一期设备', '已取消'])).toEqual({ statusKept: 1 })
    expect(await told(['订单号', '订单名称', '状态'], ['DD-1', '一期设备', '已签约'])).toEqual({ unchanged: 1 })
    expect(digestOf(backend)).toBe(before)
  })

  it.each([
    ['order', ['订单名称', '客户', '订单金额', '币种']],
    ['quote', ['报价名称', '客户', '报价金额', '币种']],
    ['opportunity', ['商机名称', '客户', '预计金额', 'Currency']],
    ['payment', ['流水号', '客户', '金额', '币种', '回款日期']],
  ] as const)(
    'and other documents (%s) are counted in yuan alone: another currency is refused for its row',
    async (entity, head) => {
      const row = (what: string, sum: string, currency: string) =>
        [`外币 ${what}`, '绍兴越纺印染有限公司', sum, currency, '2026-03-02'].slice(0, head.length)
      const done = await bring(
        backend,
        admin,
        csvFile([[...head], row('一', '100', 'CNY'), row('二', '200', 'USD'), row('三', '$300', '人民币'), row('四', '400', '')]),
        { entity },
      )
      expect(done.mapping.map(({ target }) => target)).toContain(`${entity}.currency`)
      expect(done).toMatchObject({ created: 2, failed: 2 })
      await undoImport(backend.backend, admin, done.importId)
    },
  )

  it('come back from an export with exactly the edited cells changed', async () => {
    const out = outFile()
    await exportList(backend.backend, admin, { entity: 'order', out, format: 'xlsx' })
    const untouched = await bring(backend, admin, out, { entity: 'order', onDuplicate: 'update' })
    expect(untouched).toMatchObject({ updated: 0, skipped: 1, failed: 0 })
    const { id } = rowsOf(backend, 'select id from sales_order')[0] as { id: never }
    const before = await client.orders.get({ id })
    const grid = await gridOf(out)
    const at = (header: string): number => (grid[0] ?? []).indexOf(header)
    const row = [...(grid[1] ?? [])]
    row[at('订单名称')] = '一期设备（改）'
    row[at('备注')] = '按新图纸'
    const done = await bring(backend, admin, await saved(backend, [grid[0] ?? [], row], 'xlsx'), {
      entity: 'order',
      onDuplicate: 'update',
    })
    expect(done).toMatchObject({ updated: 1, failed: 0 })
    const { version: _v, updatedAt: _u, ...now } = await client.orders.get({ id })
    const { version: _w, updatedAt: _t, ...was } = before
    expect(now).toEqual({ ...was, name: '一期设备（改）', note: '按新图纸' })
  })

  it('take no effect and change nothing that an approval is wanted for, but for who manages approvals', async () => {
    const { userId } = await addPerson(backend, {
      name: '孙悦',
      roles: ['salesManager', { permissions: { 'imports.readAll': 'all' } }],
    })
    const lead = actorOf(backend, userId)
    const leader = clientAs(backend.backend, lead)
    const { id: customerId } = await leader.customers.create({ name: '审批的客户' })
    const big = [{ name: '大单', quantity: '1', priceFen: 100_00 }]
    const [kept, agreed, runs] = [
      await leader.orders.create({ name: '有日期的', customerId, lines: big }),
      await leader.orders.create({ name: '已批的', customerId, lines: big }),
      await leader.orders.create({ name: '在执行的', customerId, lines: big }),
    ]
    for (const { id, version } of [kept, runs]) await leader.orders.confirm({ id, version, signedOn: '2026-11-02' })
    const steps = [{ kind: 'employee' as const, employeeId: admin.employeeId ?? '', mode: 'any' as const }]
    const conditions = [{ kind: 'amountAtLeast' as const, fen: 100_00 }]
    await client.approvals.createFlow({ subject: 'order', name: '大单审批', conditions, enabled: true, steps })
    await leader.orders.submit({ id: agreed.id, version: agreed.version })
    const [asked] = (await client.approvals.list({ which: 'mine' })).rows
    const file = (...rows: string[][]) =>
      csvFile([['订单号', '订单名称', '客户', '状态', '品名', '数量', '单价', '签订日期', '交付日期'], ...rows])
    const at = async (actor: Actor, ...rows: string[][]) =>
      (await toldRows(backend, actor, { entity: 'order', onDuplicate: 'update', empty: 'clear', file: file(...rows) })).rows
    const changed = (number: string | null, name: string, price: string) => [number ?? '', name, '', '', '大单', '1', price]
    const cheaper = changed(agreed.number, '已批的', '90')
    const grown = changed(runs.number, '在执行的', '200')
    const fresh = (number: string, status: string) => [
      number,
      `新单${number}`,
      '审批的客户',
      status,
      '大单',
      '1',
      '500',
      '2026-03-02',
    ]
    const small = ['XD-3', '小单', '审批的客户', '已确认', '小', '1', '9']
    const now = (id: string) => leader.orders.get({ id: id as never })
    const before = await now(runs.id)
    expect(await at(lead, cheaper, grown, fresh('XD-1', '已确认'), fresh('XD-2', '已取消'), small)).toEqual([
      { outcome: 'failed', reason: 'order.pendingApproval' },
      { outcome: 'failed', reason: 'order.approvalOfChange' },
      { outcome: 'created', reason: 'order.approval' },
      { outcome: 'created', reason: null },
      { outcome: 'created', reason: null },
    ])
    expect(await now(runs.id)).toEqual(before)
    await client.approvals.approve({ id: asked?.id as never, version: asked?.version ?? 0 })
    expect((await now(agreed.id)).approval).toBe('approved')
    // Who agreed did not agree to this, whoever brings it.
    // Nor is it changed that it was signed, and on which day; what is not delivered has no day of it.
    const undated = [kept.number ?? '', '有日期的', '', '', '', '', '', '', '2026-11-20']
    expect(await at(admin, cheaper, undated, grown, fresh('XD-4', '已完成'))).toEqual([
      { outcome: 'updated', reason: null },
      { outcome: 'skipped', reason: 'order.notDelivered' },
      { outcome: 'updated', reason: 'order.unapproved' },
      { outcome: 'created', reason: 'order.unapproved' },
    ])
    expect(await now(agreed.id)).toMatchObject({ totalFen: 90_00, approval: null })
    expect(await now(runs.id)).toMatchObject({ totalFen: 200_00, issue: 'unapproved', signedOn: '2026-11-02' })
    expect(await now(kept.id)).toMatchObject({ signedOn: '2026-11-02', deliveredOn: null })
    expect(rowsOf(backend, "select status, issue from sales_order where number like 'XD-%' order by number")).toEqual([
      { status: 'draft', issue: null },
      { status: 'cancelled', issue: null },
      { status: 'confirmed', issue: 'signedMissing' },
      { status: 'delivered', issue: 'unapproved' },
    ])
  })
})
