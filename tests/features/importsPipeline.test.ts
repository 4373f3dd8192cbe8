// The figures of a real pipeline of 8,800 deals, imported from its files as they are.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import type { TestBackend } from '../support/backend.ts'
import { begun, bringBase } from '../support/pipelineFiles.ts'
import { sharedFile } from '../support/sharedData.ts'
import { undoImport } from '../../src-main/features/imports/public.ts'
import { bring, rowsOf } from './importFixtures.ts'

const real = (name: string) => sharedFile(`crm-sales-opportunities/${name}`)
const isThere = real('sales_pipeline.csv') !== null
describe.skipIf(!isThere)('the real data set', () => {
  let backend: TestBackend
  let admin: Actor
  beforeAll(async () => {
    ;({ backend, admin } = await begun())
  })
  afterAll(() => backend.dispose())

  it('comes in from its files as they are, with all its figures', { timeout: 240_000 }, async () => {
    const base = await bringBase({ backend, admin }, (name) => real(name) ?? '')
    expect(base.people).toMatchObject({ created: 35, failed: 0 })
    expect(base.firms).toMatchObject({ rowsRead: 85, created: 85, failed: 0 })
    expect(base.goods).toMatchObject({ created: 7, failed: 0 })
    const done = await bring(backend, admin, real('sales_pipeline.csv') ?? '', {
      entity: 'opportunity',
      put: { product: { GTXPro: 'GTX Pro' } },
    })
    expect(done).toMatchObject({ rowsRead: 8800, created: 8800, updated: 0, skipped: 0, failed: 0 })
    const one = (query: string) => Object.values(rowsOf(backend, query)[0] ?? {})
    expect(
      rowsOf(
        backend,
        'select s.name, count(*) as n from opportunity o join stage s on s.id = o.stage_id group by 1 order by n desc',
      ),
    ).toEqual([
      { name: '赢单', n: 4238 },
      { name: '输单', n: 2473 },
      { name: '需求确认', n: 1589 },
      { name: '初步接洽', n: 500 },
    ])
    expect(one("select sum(amount) from opportunity where state = 'won'")).toEqual([1_000_553_400])
    expect(one('select count(*) from opportunity where customer_id is null')).toEqual([1425])
    expect(one('select count(*) from opportunity where owner_id is null')).toEqual([0])
    expect(one('select count(*) from opportunity_line where product_id is not null')).toEqual([8800])
    expect(one('select count(*) from opportunity_stage')).toEqual([4238 * 2 + 2473 * 2 + 1589 + 500])
    expect(
      one(`select round(avg(julianday(w.entered_at) - julianday(h.entered_at)), 2) from opportunity_stage h
        join opportunity_stage w on w.opportunity_id = h.opportunity_id and w.left_at is null
        join opportunity o on o.id = h.opportunity_id and o.state = 'won' where h.left_at is not null`),
    ).toEqual([51.78])
    expect(
      rowsOf(
        backend,
        `select m.name, sum(o.amount) / 100 as won from opportunity o join employment p on p.employee_id = o.owner_id join employee m on m.id = p.manager_id
         where o.state = 'won' group by 1 order by won desc`,
      ),
    ).toEqual([
      { name: 'Melvin Marxen', won: 2_251_930 },
      { name: 'Summer Sewald', won: 1_964_750 },
      { name: 'Rocco Neubert', won: 1_960_545 },
      { name: 'Celia Rouche', won: 1_603_897 },
      { name: 'Cara Losch', won: 1_130_049 },
      { name: 'Dustin Brinkmann', won: 1_094_363 },
    ])
    expect(
      rowsOf(
        backend,
        `with recursive region (id, top, name) as (
           select d.id, d.id, d.name from department d where d.name in ('West', 'Central', 'East')
           union all select d.id, r.top, r.name from department d join region r on d.parent_id = r.id)
         select r.name, sum(o.amount) / 100 as won from opportunity o join employment p on p.employee_id = o.owner_id
         join region r on r.id = p.department_id where o.state = 'won' group by 1 order by won desc`,
      ),
    ).toEqual([
      { name: 'West', won: 3_568_647 },
      { name: 'Central', won: 3_346_293 },
      { name: 'East', won: 3_090_594 },
    ])
    expect(
      rowsOf(
        backend,
        `select (cast(strftime('%m', closed_on) as integer) + 2) / 3 as quarter, count(*) as deals, sum(amount) / 100 as won
         from opportunity where state = 'won' and closed_on like '2017-%' group by 1 order by 1`,
      ),
    ).toEqual([
      { quarter: 1, deals: 531, won: 1_134_672 },
      { quarter: 2, deals: 1254, won: 3_086_111 },
      { quarter: 3, deals: 1257, won: 2_982_255 },
      { quarter: 4, deals: 1196, won: 2_802_496 },
    ])
    // What is won has become an order and a payment of its value on its close date.
    expect(
      rowsOf(
        backend,
        `select count(*) as orders, sum(total_fen) as total, sum(received_fen) as received, sum(due_fen) as due, count(distinct number) as numbers,
           sum(issue is not null) as flagged from sales_order where status = 'confirmed'`,
      ),
    ).toEqual([{ orders: 4238, total: 1_000_553_400, received: 1_000_553_400, due: 0, numbers: 4238, flagged: 0 }])
    expect(
      one(`select count(*) from sales_order s join opportunity o on o.id = s.opportunity_id join payment_allocation a on a.order_id = s.id
        join payment p on p.id = a.payment_id where s.signed_on = o.closed_on and p.received_on = o.closed_on and s.total_fen = o.amount
          and p.amount_fen = o.amount and p.allocated_fen = a.amount_fen and s.owner_id = o.owner_id and s.customer_id = o.customer_id`),
    ).toEqual([4238])
    expect(one('select sum(amount_fen) from order_line where product_id is not null')).toEqual([1_000_553_400])
    expect(one('select sum(amount_fen) from payment')).toEqual([1_000_553_400])
    await undoImport(backend.backend, admin, done.importId)
    expect(one('select count(*) from opportunity')).toEqual([0])
    expect(
      one(
        'select (select count(*) from sales_order) + (select count(*) from payment) + (select count(*) from payment_allocation)',
      ),
    ).toEqual([0])
  })
})
