// Plans of payment and people of orders out of files: each to its order; what an order does not allow fails its row, shares that are not whole flag their order until they are.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportList } from '../../src-main/features/exports/public.ts'
import { undoImport } from '../../src-main/features/imports/public.ts'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { type Client, clientAs, type TestBackend } from '../support/backend.ts'
import { actorOf, addPerson } from '../support/factories.ts'
import { begun } from '../support/pipelineFiles.ts'
import { bring, csvFile, digestOf, outFile, rowsOf } from './importFixtures.ts'

const A = '绍兴越纺印染有限公司'

describe('parts of orders in a sheet', () => {
  let backend: TestBackend
  let admin: Actor
  let client: Client
  const orderOf = async (number: string) => {
    const [found] = (await client.orders.list({ search: number, offset: 0, limit: 1 })).rows
    if (!found) throw new Error(number)
    return found
  }
  beforeAll(async () => {
    ;({ backend, admin } = await begun())
    client = clientAs(backend.backend, admin)
    await bring(backend, admin, csvFile([['公司'], [A]]))
    for (const name of ['王海峰', '钱丽华', '陈思远']) await addPerson(backend, { name, roles: ['sales'] })
    const orders = [
      ['订单编号', '订单名称', '客户', '签订日期', '订单金额', '状态', '负责人'],
      ['DD-1', '一期', A, '2026-03-02', '1000', '已确认', '王海峰'],
      ['DD-2', '二期', A, '2026-03-02', '500', '已确认', '王海峰'],
      ['DD-3', '三期', A, '2026-03-02', '500', '已取消', '王海峰'],
    ]
    await bring(backend, admin, csvFile(orders), { entity: 'order' })
  })
  afterAll(() => backend.dispose())
  const reasons = async (id: string) =>
    (await client.imports.check({ id, filter: 'all', offset: 0, limit: 20 })).rows.map(
      ({ reason, problems: [one] }) => reason ?? one?.code ?? null,
    )

  const plans = () =>
    rowsOf(
      backend,
      `select o.number as no, group_concat(p.position || ' ' || p.due_on || ' ' || p.amount_fen || iif(p.void, ' void', '') || coalesce(' ' || p.note, ''), '; ' order by p.position) as said
       from payment_plan p join sales_order o on o.id = p.order_id group by o.id order by 1`,
    )

  it('plans stand under their order by which one they are, else by their day; a second time nothing doubles, an undo leaves nothing', async () => {
    const before = digestOf(backend)
    const rows = [
      ['订单号', '期次', '计划回款日期', '计划回款金额', '状态', '款项性质'],
      ['DD-1', '第二期', '2026-05-31', '￥700', '', '尾款'],
      ['DD-1', '1', '2026-03-31', '300', '已回款', ''],
      ['DD-2', '首付', '2026-04-01', '0.02万', '', ''],
      ['DD-2', '', '2026-06-01', '200', '作废', ''],
      ['DD-2', '', '2026-06-01', '100', '', ''],
      ['DD-3', '', '2026-06-01', '100', '', ''],
      ['DD-9', '', '2026-06-01', '100', '', ''],
      ['DD-1;DD-2', '', '2026-06-01', '100', '', ''],
      ['DD-2', '', '', '100', '', ''],
      ['DD-2', '', '2026-06-01', '0', '', ''],
    ]
    const first = await bring(backend, admin, csvFile(rows), { entity: 'paymentPlan' })
    expect(first).toMatchObject({ rowsRead: 10, created: 5, failed: 5 })
    expect(await reasons(first.importId)).toEqual([
      null,
      'plan.stateFollows',
      null,
      null,
      null,
      'order.cancelled',
      'order.unknown',
      'order.oneOnly',
      'plan.dayless',
      'plan.amountless',
    ])
    expect(plans()).toEqual([
      { no: 'DD-1', said: '0 2026-03-31 30000; 1 2026-05-31 70000 尾款' },
      { no: 'DD-2', said: '0 2026-04-01 20000 首付; 1 2026-06-01 20000 void; 2 2026-06-01 10000' },
    ])
    const after = digestOf(backend)
    const out = outFile()
    expect(await exportList(backend.backend, admin, { entity: 'paymentPlan', out, format: 'xlsx' })).toMatchObject({ rows: 5 })
    const back = await bring(backend, admin, out, { entity: 'paymentPlan', onDuplicate: 'update' })
    expect(back).toMatchObject({ created: 0, updated: 0, skipped: 5, failed: 0 })
    for (const onDuplicate of ['skip', 'fill', 'update'] as const) {
      const again = await bring(backend, admin, csvFile(rows), { entity: 'paymentPlan', onDuplicate })
      expect(again).toMatchObject({ created: 0, updated: 0, skipped: 5, failed: 5 })
      expect(digestOf(backend)).toBe(after)
    }
    await undoImport(backend.backend, admin, first.importId)
    expect(digestOf(backend)).toBe(before)
    // Money comes for the first: it is neither void nor less than that.
    await bring(backend, admin, csvFile(rows), { entity: 'paymentPlan' })
    const { id, customerId } = await orderOf('DD-1')
    const [plan] = (await client.orders.parts({ id })).plans
    await client.payments.add({
      customerId: customerId ?? ('' as NonNullable<typeof customerId>),
      receivedOn: '2026-04-01',
      amountFen: 20_000,
      method: 'transfer',
      allocations: [{ orderId: id, planId: plan?.id ?? null, amountFen: 20_000 }],
    })
    const changes = [
      ['订单号', '期次', '计划回款日期', '计划回款金额', '状态'],
      ['DD-1', '1', '2026-03-31', '100', ''],
      ['DD-1', '1', '2026-03-31', '300', '作废'],
      ['DD-1', '2', '2026-06-15', '750', ''],
    ]
    const changed = await bring(backend, admin, csvFile(changes), { entity: 'paymentPlan', onDuplicate: 'update' })
    expect(changed).toMatchObject({ created: 0, updated: 1, failed: 2 })
    expect(await reasons(changed.importId)).toEqual(['plan.belowReceived', 'plan.received', null])
    expect(plans()[0]).toEqual({ no: 'DD-1', said: '0 2026-03-31 30000; 1 2026-06-15 75000 尾款' })
    await undoImport(backend.backend, admin, changed.importId)
    expect(plans()[0]).toEqual({ no: 'DD-1', said: '0 2026-03-31 30000; 1 2026-05-31 70000 尾款' })
  })

  const split = (number: string) =>
    rowsOf(
      backend,
      `select o.issue, group_concat(p.role || ' ' || e.name || ' ' || p.share, '; ' order by p.position) as said from sales_order o
       left join order_person p on p.order_id = o.id left join employee e on e.id = p.employee_id where o.number = '${number}'`,
    )[0]

  it('people share a role as a whole: what is not whole flags its order, a whole split takes the place of another', async () => {
    const before = digestOf(backend)
    const rows = [
      ['订单编号', '业务员', '角色', '分成比例'],
      ['DD-1', '王海峰', '', '60%'],
      ['DD-2', '王海峰', '销售', '0.7'],
      ['DD-1', '钱丽华', '', '40'],
      ['DD-1', '陈思远', '售前', '100'],
      ['DD-2', '钱丽华', '销售', '20'],
      ['DD-2', '钱丽华', '销售', '10'],
      ['DD-3', '王海峰', '', '100'],
      ['DD-2', '没有这人', '', '10'],
      ['DD-2', '陈思远', '', '120'],
    ]
    const first = await bring(backend, admin, csvFile(rows), { entity: 'orderPerson' })
    expect(first).toMatchObject({ rowsRead: 9, created: 3, updated: 2, failed: 4 })
    expect(await reasons(first.importId)).toEqual([
      null,
      'order.shareNotWhole',
      null,
      null,
      'order.shareNotWhole',
      'share.personTwice',
      'order.cancelled',
      'share.personless',
      'share.unread',
    ])
    expect(split('DD-1')).toEqual({ issue: null, said: '销售 王海峰 60; 销售 钱丽华 40; 售前 陈思远 100' })
    expect(split('DD-2')).toEqual({ issue: 'shareNotWhole', said: '销售 王海峰 70; 销售 钱丽华 20' })
    const after = digestOf(backend)
    const out = outFile()
    expect(await exportList(backend.backend, admin, { entity: 'orderPerson', out, format: 'xlsx' })).toMatchObject({ rows: 5 })
    const back = await bring(backend, admin, out, { entity: 'orderPerson', onDuplicate: 'update' })
    expect(back).toMatchObject({ created: 0, updated: 0, skipped: 5, failed: 0 })
    for (const onDuplicate of ['skip', 'update'] as const) {
      const again = await bring(backend, admin, csvFile(rows), { entity: 'orderPerson', onDuplicate })
      expect(again).toMatchObject({ created: 0, updated: 0 })
      expect(digestOf(backend)).toBe(after)
    }
    const mends = [
      ['订单编号', '姓名', '角色', '比例'],
      ['DD-1', '陈思远', '销售', '100%'],
      ['DD-2', '钱丽华', '销售', '30%'],
    ]
    const mended = await bring(backend, admin, csvFile(mends), { entity: 'orderPerson', onDuplicate: 'update' })
    expect(mended).toMatchObject({ created: 0, updated: 2, failed: 0 })
    expect(split('DD-1')).toEqual({ issue: null, said: '售前 陈思远 100; 销售 陈思远 100' })
    expect(split('DD-2')).toEqual({ issue: null, said: '销售 王海峰 70; 销售 钱丽华 30' })
    for (const { importId } of [mended, first]) await undoImport(backend.backend, admin, importId)
    expect(digestOf(backend)).toBe(before)
    // By hand what is flagged is mended as well, and only to the whole.
    await bring(backend, admin, csvFile(rows.slice(0, 3)), { entity: 'orderPerson' })
    const { id, version, issue } = await orderOf('DD-2')
    expect(issue).toBe('shareNotWhole')
    const employeeId = String(rowsOf(backend, "select id from employee where name = '王海峰'")[0]?.['id'])
    const people = [{ employeeId, role: '销售', share: '100' }]
    expect(await client.orders.setPeople({ id, version, people })).toMatchObject({ issue: null })
  })

  it('is brought by who may change the order and say that of it', async () => {
    const row = [
      ['订单编号', '参与人', '比例'],
      ['DD-2', '王海峰', '100'],
    ]
    const permissions = { 'imports.run': 'all', 'orders.read': 'all', 'orders.edit': 'own' } as const
    const reader = actorOf(backend, (await addPerson(backend, { name: '看客', roles: [{ permissions }] })).userId)
    expect(await bring(backend, reader, csvFile(row), { entity: 'orderPerson', onDuplicate: 'update' })).toMatchObject({
      updated: 0,
      skipped: 1,
    })
    const closed = {
      permissions: { ...permissions, 'orders.edit': 'all' as const },
      fieldRights: { 'order.ownerId': 'read' as const },
    }
    const teller = actorOf(backend, (await addPerson(backend, { name: '文员', roles: [closed] })).userId)
    const told = await bring(backend, teller, csvFile(row), { entity: 'orderPerson', onDuplicate: 'update' })
    expect(told).toMatchObject({ updated: 0, failed: 1 })
    // What a role keeps from somebody leaves in no file of his.
    const blind = {
      permissions: { 'customers.export': 'all', 'orders.read': 'all', 'orders.export': 'all' } as const,
      fieldRights: { 'order.ownerId': 'hidden' as const },
    }
    const outsider = actorOf(backend, (await addPerson(backend, { name: '外勤', roles: [blind] })).userId)
    const part = (entity: string) => exportList(backend.backend, outsider, { entity, out: outFile(), format: 'xlsx' })
    await expect(part('orderPerson')).rejects.toMatchObject({ reason: 'columnHidden' })
    expect(await part('paymentPlan')).toMatchObject({ rows: 5 })
  })
})
