// What sources cost over all three wires, and what came of it: every number against a plain count, its rows, and who is told of what.
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readReturns } from '../../src-main/features/reports/public.ts'
import { ROI_CELLS, type RoiCell } from '../../src-shared/features/reports/roi.ts'
import type { Client } from '../support/backend.ts'
import { actorOf, addPerson, administrator, failureOf, type Office, openOffice } from '../support/factories.ts'
import { connectOver, wires } from '../support/wires.ts'

let office: Office
const november = { from: '2026-11-01', to: '2026-11-30' }
const EXPO = '展会'

beforeAll(async () => {
  office = await openOffice()
  office.running.clock.set('2026-11-20T02:00:00.000Z')
  const [admin, sales, colleague] = [office.as(office.admin), office.as(office.sales), office.as(office.colleague)]
  const words = await admin.leadSettings.words({ list: 'source' })
  const expo = words.find(({ name }) => name === EXPO)?.id as never
  const lead = (client: Client, name: string, more: object) => client.leads.create({ name, ...more })
  const mine = { ownerId: office.sales.employeeId }
  await lead(sales, '展会来的', { ...mine, sourceId: expo })
  await lead(sales, '早先的', { ...mine, sourceId: expo, arrivedAt: '2026-10-20T02:00:00.000Z' })
  await lead(colleague, '同事的', { ownerId: office.colleague.employeeId, sourceId: expo })
  await lead(sales, '不知来源', mine)
  const customer = await sales.customers.create({ name: '展会上认识的', source: ' 展会' })
  await sales.customers.create({ name: '扫街来的', source: '扫街' })
  const [pipeline] = await admin.pipelines.list({})
  const won = pipeline?.stages.find(({ kind }) => kind === 'won')?.id as never
  const win = async (client: Client, values: object) => {
    const { id, version } = await client.opportunities.create({ name: '项目', ...values })
    await client.opportunities.move({ id, version, stageId: won })
    return id
  }
  // One says its source itself, one is of a customer that says it, one of nobody.
  await win(sales, { name: '自己写了来源', amount: 90_000, source: '官网' })
  const opportunityId = await win(sales, { name: '客户写了来源', amount: 60_000, customerId: customer.id })
  await win(colleague, { name: '没有来源', amount: 10_000 })
  await sales.opportunities.create({ name: '还开着', amount: 5_000, customerId: customer.id })
  const order = await sales.orders.fromOpportunity({ opportunityId })
  const { version } = await sales.orders.confirm({ id: order.id, version: order.version })
  expect(version).toBeGreaterThan(0)
  await admin.payments.add({
    receivedOn: '2026-11-19',
    amountFen: 45_000,
    method: 'transfer',
    customerId: customer.id,
    allocations: [{ orderId: order.id, amountFen: 45_000 }],
  })
})
afterAll(async () => {
  expect(office.running.faults).toEqual([])
  await office.close()
})

const noOf = async (call: Promise<unknown>) => {
  const { code, data } = await failureOf(call)
  return (data as { reason?: string } | undefined)?.reason ?? code
}
const costs = () =>
  office.running.backend.database.raw.prepare('select source, from_on, to_on, amount_fen, note from source_cost').all()

describe.each(wires)('costs of sources over %s', (name) => {
  const connect = connectOver(name, () => office)

  it('are entered, corrected and taken out by who may; an undo brings them back', async () => {
    const [manager, sales] = [await connect(office.manager), await connect(office.sales)]
    const values = { source: ' 展会 ', from: '2026-10-31', to: '2026-11-02', amountFen: 1_000, note: '' }
    const made = await manager.sourceCosts.create(values)
    expect(made).toMatchObject({ ...values, source: EXPO, note: null, createdByName: '孙悦' })
    const edit = (more: object, version = made.version) => manager.sourceCosts.edit({ id: made.id, version, values: more })
    expect(await noOf(edit({ to: '2026-10-30' }))).toBe('endsBeforeItBegins')
    expect(await noOf(edit({ to: '2099-01-01' }))).toBe('tooLong')
    expect(await noOf(edit({ amountFen: 0 }))).toBe('BAD_REQUEST')
    expect(await noOf(edit({ note: 'x' }, made.version + 1))).toBe('STALE')
    expect(await noOf(sales.sourceCosts.create(values))).toBe('FORBIDDEN')
    expect(await noOf(sales.sourceCosts.list({}))).toBe('FORBIDDEN')
    const before = costs()
    await manager.sourceCosts.remove({ id: made.id })
    expect(costs()).toEqual([])
    const seq = office.running.backend.database.raw.prepare('select max(seq) from command').pluck().get() as number
    await manager.history.undo({ seq })
    expect(costs()).toEqual(before)
    expect(await manager.sourceCosts.list({})).toMatchObject({ count: 1, hasMore: false, rows: [{ source: EXPO }] })
    await manager.sourceCosts.remove({ id: made.id })
  })
})

describe('the return on sources', () => {
  beforeAll(async () => {
    const admin = office.as(office.admin)
    const cost = (source: string, from: string, to: string, amountFen: number) =>
      admin.sourceCosts.create({ source, from, to, amountFen, note: null })
    // A third of it and the fen that is left over fall into October.
    await cost(EXPO, '2026-10-31', '2026-11-02', 100_000)
    await cost('官网', '2026-11-01', '2026-11-30', 30_000)
    await cost('报纸', '2026-11-01', '2026-11-30', 700)
    await cost(EXPO, '2026-09-01', '2026-09-30', 5)
  })

  it('is what was won less what was spent, by what was spent; a source is known by its word', async () => {
    const found = await office.as(office.admin).reports.roi({ ...november, compare: 'before' })
    const line = ({
      name,
      spent,
      leads,
      customers,
      opportunities,
      won,
      received,
      perLead,
      perWon,
      roi,
    }: (typeof found.groups)[number]) => [
      [name, spent, leads, customers, opportunities],
      [won?.count, won?.amount, received?.amount],
      [perLead, perWon, roi],
    ]
    expect(found.groups.map(line)).toEqual([
      [
        [EXPO, 66_666, 2, 1, 2],
        [1, 60_000, 45_000],
        [33_333, 66_666, -0.099991],
      ],
      [
        ['官网', 30_000, 0, 0, 1],
        [1, 90_000, 0],
        [null, 30_000, 2],
      ],
      [
        ['报纸', 700, 0, 0, 0],
        [0, 0, 0],
        [null, null, -1],
      ],
      [
        ['扫街', 0, 0, 1, 0],
        [0, 0, 0],
        [null, null, null],
      ],
      [
        [null, 0, 1, 0, 1],
        [1, 10_000, 0],
        [0, 0, null],
      ],
    ])
    expect(found.total).toMatchObject({ spent: 97_366, leads: 3, customers: 2, opportunities: 4, received: { amount: 45_000 } })
    expect(found.total).toMatchObject({ won: { count: 3, amount: 160_000 }, perLead: 32_455, perWon: 32_455, roi: 0.643284 })
    // As many days as have passed, and the costs of the whole month: a third of the fair, and nothing else.
    expect(found.before).toMatchObject({ from: '2026-10-01', to: '2026-10-20', total: { spent: 33_334, leads: 1, roi: -1 } })
  })

  it('opens exactly the rows of each number, with their sum; the command line prints the same', async () => {
    const admin = office.as(office.admin)
    const asked = { ...november, compare: null }
    const found = await admin.reports.roi(asked)
    for (const line of [{ key: undefined, ...found.total }, ...found.groups])
      for (const what of ROI_CELLS) {
        const cell: RoiCell = { what, ...(line.key !== undefined && { group: line.key }) }
        const rows = await admin.reports.roiRows({ asked, cell })
        expect(rows.rows).toHaveLength(rows.count)
        if (what === 'won' || what === 'received') expect(rows).toMatchObject(line[what] ?? {})
        else expect(what === 'spent' ? rows.amount : rows.count).toBe(line[what])
        if (rows.amount !== null) expect(rows.rows.reduce((sum, { amount }) => sum + (amount ?? 0), 0)).toBe(rows.amount)
      }
    const spent = await admin.reports.roiRows({ asked, cell: { what: 'spent', group: EXPO }, limit: 1 })
    expect(spent.rows).toMatchObject([{ amount: 66_666, part: { of: 100_000, from: '2026-10-31', to: '2026-11-02' } }])
    expect(await readReturns(office.running.backend, administrator(office.running), asked)).toEqual(found)
  })

  it('tells nobody more than he may see: rows in reach, and nothing of kinds, fields and amounts that are not his', async () => {
    const admin = office.as(office.admin)
    expect((await failureOf(office.as(office.sales).reports.roi(november))).code).toBe('FORBIDDEN')
    const some = await addPerson(office.running, {
      name: '市场',
      roles: [
        {
          permissions: { 'sourceCosts.read': 'all', 'opportunities.read': 'own', 'leads.read': 'all', 'customers.read': 'all' },
          fieldRights: { 'opportunity.amount': 'hidden', 'customer.source': 'hidden' },
        },
      ],
    })
    const client = office.as(actorOf(office.running, some.userId))
    const { total, groups } = await client.reports.roi(november)
    expect(total).toMatchObject({ spent: 97_366, customers: null, received: null, roi: null })
    expect(total.leads).toBe((await admin.reports.roi(november)).total.leads)
    expect(groups.map(({ name }) => name)).not.toContain('扫街')
    const own = await client.reports.roiRows({ asked: { ...november, compare: null }, cell: { what: 'customers' } })
    expect(own).toEqual({ rows: [], count: 0, amount: null, hasMore: false })
  })

  it('follows a source that is called otherwise, in the words of leads or of customers; taken back, the costs are as they were', async () => {
    const admin = office.as(office.admin)
    const before = costs()
    const spentOn = async () =>
      (await admin.reports.roi(november)).groups.filter(({ spent }) => spent > 0).map(({ name }) => name)
    const lines = (await admin.leadSettings.words({ list: 'source' })).filter(({ archived }) => !archived)
    await admin.leadSettings.saveWords({
      list: 'source',
      lines: lines.map(({ id, name }) => ({ id, name: name === EXPO ? '行业展会' : name })),
    })
    expect(await spentOn()).toEqual(['行业展会', '官网', '报纸'])
    const seq = office.running.backend.database.raw.prepare('select max(seq) from command').pluck().get() as number
    await admin.history.undo({ seq })
    expect(costs()).toEqual(before)
    const replaced = await admin.fields.replaceChoice({ entity: 'customer', field: 'source', from: '报纸', to: '杂志' })
    expect(await spentOn()).toEqual([EXPO, '官网', '杂志'])
    await admin.history.undoBatch({ batchId: replaced.batchId ?? '' })
    expect(costs()).toEqual(before)
  })

  it('leaves as a workbook', async () => {
    const admin = office.as(office.admin)
    const done = await admin.exports.report({ report: { name: 'roi', asked: { ...november, compare: null } } })
    const book = new ExcelJS.Workbook()
    await book.xlsx.load(await (await admin.exports.download({ id: done.id })).arrayBuffer())
    const rows: unknown[][] = []
    book.worksheets[0]?.eachRow((row) => rows.push((row.values as unknown[]).slice(1)))
    expect(rows[1]).toEqual([EXPO, 666.66, 2, 1, 2, 1, 600, -10, 450, 333.33, 666.66])
    expect(rows.at(-1)?.slice(0, 3)).toEqual(['合计', 973.66, 3])
  })
})
