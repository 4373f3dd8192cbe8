// Payments and refunds out of sheets: over one order or several, to the plans that are due, and back; what no command would make comes in flagged.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { undoImport } from '../../src-main/features/imports/public.ts'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { type Client, clientAs, type TestBackend } from '../support/backend.ts'
import { begun } from '../support/pipelineFiles.ts'
import { bring, csvFile, digestOf, rowsOf, toldRows } from './importFixtures.ts'

const HEAD = ['回款编号', '类型', '客户', '订单编号', '回款金额', '回款日期', '计划日期', '回款方式', '流水号', '原回款编号']
const A = '绍兴越纺印染有限公司'
const ROWS = [
  ['HK-1', '回款', A, 'DD-1', '600', '2026-03-10', '2026-05-01', '对公转账', 'L1', ''],
  ['HK-2', '', '', 'DD-1；DD-2', '900', '2026-03-11', '', '微信', '', ''],
  ['', '', '', 'DD-2', '-150', '2026-03-20', '', '', 'L3', 'HK-2'],
  ['HK-4', '退款', '', 'DD-1', '5,000', '2026-03-21', '', '', '', ''],
  ['HK-5', '', A, '', '0.01万', '2026-03-22', '', '现金', '', ''],
  ['HK-6', '', '', 'DD-9', '100', '2026-03-22', '', '', '', ''],
]

describe('payments of a sheet', () => {
  let backend: TestBackend
  let admin: Actor
  let client: Client
  beforeAll(async () => {
    ;({ backend, admin } = await begun())
    client = clientAs(backend.backend, admin)
    await bring(backend, admin, csvFile([['公司'], [A]]))
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
    const { id } = rowsOf(backend, "select id from sales_order where number = 'DD-1'")[0] as { id: never }
    const { version } = await client.orders.get({ id })
    await client.orders.setPlans({
      id,
      version,
      plans: [
        { dueOn: '2026-04-01', amountFen: 40_000 },
        { dueOn: '2026-05-01', amountFen: 60_000 },
      ] as never,
    })
  })
  afterAll(() => backend.dispose())
  const payments = () =>
    rowsOf(
      backend,
      `select p.number, p.kind, p.amount_fen as amount, p.allocated_fen as placed, p.method, p.issue,
        (select group_concat(o.number || ' ' || coalesce(l.due_on, '-') || ' ' || a.amount_fen, '; ') from payment_allocation a
          join sales_order o on o.id = a.order_id left join payment_plan l on l.id = a.plan_id where a.payment_id = p.id) as of
       from payment p order by p.received_on, p.id`,
    )
  const due = () =>
    rowsOf(backend, 'select number, due_fen as due, received_fen as received, refunded_fen as back from sales_order order by 1')

  it('go to their orders and plans, and back; a second time nothing doubles, an undo leaves nothing', async () => {
    const before = digestOf(backend)
    const first = await bring(backend, admin, csvFile([HEAD, ...ROWS]), { entity: 'payment' })
    expect(first.mapping.map(({ target }) => target)).toEqual([
      'payment.number',
      'payment.kind',
      'customer.name',
      'allocation.orderNumber',
      'payment.amountFen',
      'payment.receivedOn',
      'allocation.planOn',
      'payment.method',
      'payment.reference',
      'allocation.refundNumber',
    ])
    expect(first).toMatchObject({ rowsRead: 6, created: 5, failed: 1 })
    expect(payments()).toEqual([
      {
        number: 'HK-1',
        kind: 'payment',
        amount: 60_000,
        placed: 60_000,
        method: 'transfer',
        issue: null,
        of: 'DD-1 2026-05-01 60000',
      },
      {
        number: 'HK-2',
        kind: 'payment',
        amount: 90_000,
        placed: 90_000,
        method: 'wechat',
        issue: null,
        of: 'DD-1 2026-04-01 40000; DD-2 - 50000',
      },
      {
        number: expect.stringMatching(/^HK-/),
        kind: 'refund',
        amount: 15_000,
        placed: -15_000,
        method: 'transfer',
        issue: null,
        of: 'DD-2 - -15000',
      },
      expect.objectContaining({ number: 'HK-4', kind: 'refund', amount: 500_000, placed: -60_000, issue: 'refundAbove' }),
      expect.objectContaining({ number: 'HK-5', amount: 10_000, placed: 0, method: 'cash', of: null }),
    ])
    expect(due()).toEqual([
      { number: 'DD-1', due: 60_000, received: 100_000, back: 60_000 },
      { number: 'DD-2', due: 15_000, received: 50_000, back: 15_000 },
    ])
    const after = digestOf(backend)
    for (const onDuplicate of ['skip', 'fill', 'update'] as const) {
      expect(await bring(backend, admin, csvFile([HEAD, ...ROWS]), { entity: 'payment', onDuplicate })).toMatchObject({
        created: 0,
        updated: 0,
        skipped: 5,
        failed: 1,
      })
      expect(digestOf(backend)).toBe(after)
    }
    await undoImport(backend.backend, admin, first.importId)
    expect(digestOf(backend)).toBe(before)
  })

  it('one payment stands in a row for each of its orders; what is above them stays as credit and is told', async () => {
    const done = await bring(
      backend,
      admin,
      csvFile([
        ['收款单号', '合同编号', '金额', '收款日期'],
        ['S-1', 'DD-1', '300', '2026-04-01'],
        ['S-1', 'DD-2', '500', '2026-04-01'],
        ['S-2', 'DD-2', '70', '2026-04-02'],
      ]),
      { entity: 'payment' },
    )
    expect(done).toMatchObject({ created: 2, updated: 1, failed: 0 })
    expect(payments()).toMatchObject([
      { number: 'S-1', amount: 80_000, of: 'DD-1 2026-04-01 30000; DD-2 - 50000' },
      { number: 'S-2', amount: 7_000, placed: 0, of: null },
    ])
    const page = await client.imports.check({ id: done.importId, filter: 'all', offset: 0, limit: 10 })
    expect(page.rows.map(({ reason }) => reason)).toEqual([null, null, 'restKept'])
    // What came in stays what it was, and the file is told so; a reference that stands twice is flagged.
    const other = csvFile([
      ['收款单号', '类型', '金额', '收款日期', '客户'],
      ['S-2', '回款', '71', '2026-04-02', A],
      ['S-1', '退款', '800', '2026-04-01', A],
    ])
    expect((await toldRows(backend, admin, { entity: 'payment', file: other, onDuplicate: 'update' })).rows).toEqual([
      { outcome: 'skipped', reason: 'payment.amountKept' },
      { outcome: 'skipped', reason: 'payment.kindKept' },
    ])
    const twice = csvFile([
      ['收款单号', '金额', '收款日期', '客户', '流水号'],
      ['S-8', '1', '2026-04-08', A, 'L9'],
      ['S-9', '2', '2026-04-09', A, 'L9'],
    ])
    const flagged = await bring(backend, admin, twice, { entity: 'payment' })
    expect(payments().slice(-2)).toMatchObject([
      { number: 'S-8', issue: null },
      { number: 'S-9', issue: 'referenceTwice' },
    ])
    await undoImport(backend.backend, admin, flagged.importId)
    // Refunds by command take off what an import brought, and no more than came.
    const { id } = rowsOf(backend, "select id from payment where number = 'S-1'")[0] as { id: never }
    const refund = { paymentId: id, receivedOn: '2026-04-05' as never, method: 'transfer' as const }
    await expect(client.payments.refund({ ...refund, amountFen: 80_001 })).rejects.toMatchObject({
      data: { reason: 'aboveReceived' },
    })
    await client.payments.refund({ ...refund, amountFen: 80_000 })
    expect(due()).toMatchObject([{ due: 100_000 }, { due: 50_000 }])
  })
})
