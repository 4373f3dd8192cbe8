// How soon leads are answered: the report against the calendar by hand, its rows, whose leads count, and the workbooks of reports.
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readAnswers } from '../../src-main/features/reports/public.ts'
import { RESPONSE_CELLS, type ResponseAsked } from '../../src-shared/features/reports/response.ts'
import type { Client } from '../support/backend.ts'
import { administrator, failureOf, type Office, openOffice } from '../support/factories.ts'

let office: Office
let source: string
/** Arrived on Thursday the 19th at 10:00 in Shanghai or as said, and answered then; office hours are 9 to 12 and 13:30 to 18. */
const NOW = '2026-11-27T02:00:00.000Z'
const at = (day: number, hour: number, minute = 0): string => new Date(Date.UTC(2026, 10, day, hour - 8, minute)).toISOString()
const asked = { from: '2026-11-01', to: '2026-11-30' }

beforeAll(async () => {
  office = await openOffice()
  office.running.clock.set(NOW)
  const admin = office.as(office.admin)
  const [sales, colleague] = [office.as(office.sales), office.as(office.colleague)]
  source = String((await admin.leadSettings.words({ list: 'source' }))[0]?.id)
  const lead = async (client: Client, name: string, arrivedAt: string, answeredAt: string | null, more: object = {}) => {
    const made = await client.leads.create({ name, arrivedAt, ...more })
    if (answeredAt !== null) await client.leads.followUp({ leadId: made.id, text: '谈过', happenedAt: answeredAt })
    return made
  }
  const mine = { ownerId: office.sales.employeeId, sourceId: source as never }
  await lead(sales, '半小时', at(19, 10), at(19, 10, 30), mine)
  // Over lunch: half an hour before it and half an hour after.
  await lead(sales, '午休', at(19, 11, 30), at(19, 14), mine)
  // From Friday evening to Monday morning: an hour of work, not three days.
  await lead(sales, '周末', at(20, 17, 30), at(23, 9, 30), { ownerId: office.sales.employeeId })
  await lead(sales, '没人理', at(24, 9), null, mine)
  const spoilt = await lead(sales, '废了', at(24, 9), null, mine)
  const [reason] = await admin.leadSettings.words({ list: 'reason' })
  await sales.leads.invalidate({ id: spoilt.id, version: spoilt.version, reasonId: reason?.id as never })
  await lead(colleague, '同事的', at(25, 9), at(25, 9, 5), { ownerId: office.colleague.employeeId })
  await lead(sales, '早先的', '2026-10-20T02:00:00.000Z', null, mine)
})
afterAll(async () => {
  expect(office.running.faults).toEqual([])
  await office.close()
})

describe('the answers to leads', () => {
  it('are counted in working time, lunch and weekends left out', async () => {
    const found = await office.as(office.admin).reports.response({ ...asked, group: 'owner' })
    expect(found.total).toEqual({ arrived: 6, answered: 4, waiting: 1, closed: 1, median: 30, p90: 60 })
    expect(found.groups.map(({ name, arrived, answered, median, p90 }) => [name, arrived, answered, median, p90])).toEqual([
      ['王海峰', 5, 3, 60, 60],
      ['李婷', 1, 1, 5, 5],
    ])
    const bySource = await office.as(office.admin).reports.response({ ...asked, group: 'source' })
    expect(bySource.groups.map(({ key, arrived }) => [key, arrived])).toEqual([
      [source, 4],
      [null, 2],
    ])
    const byPool = await office.as(office.admin).reports.response({ ...asked, group: 'pool' })
    expect(byPool.groups).toMatchObject([{ key: null, name: null, ...byPool.total }])
  })

  it('open exactly the leads that each number counts', async () => {
    const client = office.as(office.admin)
    for (const group of ['owner', 'source', 'pool'] as const) {
      const report: ResponseAsked = { ...asked, whose: null, group }
      const found = await client.reports.response(report)
      for (const line of [{ key: undefined, ...found.total }, ...found.groups])
        for (const what of RESPONSE_CELLS) {
          const cell = { what, ...(line.key !== undefined && { group: line.key }) }
          const rows = await client.reports.responseRows({ asked: report, cell })
          expect(rows.rows).toHaveLength(rows.count)
          if (what !== 'slow') expect(rows.count).toBe(line[what])
          else expect(rows.rows.every(({ minutes }) => minutes !== null && minutes >= (line.p90 ?? 0))).toBe(true)
        }
    }
    const slow = await client.reports.responseRows({ asked, cell: { what: 'answered' }, limit: 2 })
    expect(slow.rows.map(({ name, minutes }) => [name, minutes])).toEqual([
      ['午休', 60],
      ['周末', 60],
    ])
    expect(slow).toMatchObject({ count: 4, hasMore: true })
  })

  it('are of whom one reaches and asks for; the command line prints the same', async () => {
    expect((await office.as(office.sales).reports.response(asked)).total.arrived).toBe(5)
    const whose = [office.colleague.employeeId ?? '']
    expect((await office.as(office.manager).reports.response({ ...asked, whose })).total.arrived).toBe(1)
    expect((await office.as(office.sales).reports.response({ ...asked, whose })).total.arrived).toBe(0)
    const printed = await readAnswers(office.running.backend, administrator(office.running), { ...asked, group: 'owner' })
    expect(printed).toEqual(await office.as(office.admin).reports.response({ ...asked, group: 'owner' }))
  })
})

async function sheetOf(client: Client, report: Parameters<Client['exports']['report']>[0]['report']): Promise<unknown[][]> {
  const done = await client.exports.report({ report })
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(await (await client.exports.download({ id: done.id })).arrayBuffer())
  const rows: unknown[][] = []
  book.worksheets[0]?.eachRow((row) => rows.push((row.values as unknown[]).slice(1)))
  return rows
}

describe('workbooks of reports', () => {
  it('hold the lines of the page with one of all, for who may take them out', async () => {
    const admin = office.as(office.admin)
    const answers = await sheetOf(admin, { name: 'response', asked: { ...asked, group: 'owner' } })
    expect(answers.map(([name]) => name)).toEqual(['负责人', '王海峰', '李婷', '合计'])
    expect(answers.at(-1)).toEqual(['合计', 6, 4, 1, 1, 30, 60])

    const [pipeline] = await admin.pipelines.list({})
    const product = await admin.products.create({ name: '主机' })
    for (const [name, amount, kind] of [
      ['赢的', 120_000, 'won'],
      ['开着', 80_000, null],
    ] as const) {
      const { id, version } = await admin.opportunities.create({ name, amount })
      const line = { productId: product.id, name: '主机', unit: null, quantity: '1', priceFen: amount, discount: '0' }
      const after = name === '赢的' ? await admin.opportunities.setLines({ id, version, lines: [line] }) : { version }
      const stage = pipeline?.stages.find((one) => one.kind === kind)
      if (stage) await admin.opportunities.move({ id, version: after.version, stageId: stage.id })
    }
    const funnel = await admin.reports.funnel({ ...asked, group: 'product' })
    expect(funnel.groups.map(({ name, figures }) => [name, figures.entered.count])).toEqual([
      ['主机', 1],
      [null, 1],
    ])
    const rows = await admin.reports.funnelRows({
      asked: { ...asked, by: 'cohort', group: 'product', compare: null, whose: null },
      cell: { what: 'won', group: product.id },
    })
    expect(rows).toMatchObject({ count: 1, amount: 120_000 })
    const sheet = await sheetOf(admin, {
      name: 'funnel',
      asked: { ...asked, by: 'cohort', group: 'product', compare: null, whose: null },
    })
    const open = funnel.steps.filter(({ kind }) => kind === 'open')
    expect(sheet[0]).toEqual([
      '产品',
      '新建商机',
      ...open.map(({ name }) => name),
      '赢单',
      '赢单金额',
      '输单',
      '赢率 %',
      '成交周期中位（天）',
    ])
    expect(sheet.at(-1)).toEqual(['合计', 2, ...open.map(({ count }) => count), 1, 1200, 0, 100, 0])
    const forecast = await sheetOf(admin, { name: 'forecast', asked: { ...asked, group: null, whose: null } })
    expect(forecast.map(([name]) => name)).toEqual(['月份', '2026-11', '早于这段时间', '晚于这段时间', '没有预计日期', '合计'])
    expect(forecast[1]?.slice(1, 3)).toEqual([1, 1200])

    const report = { name: 'response' as const, asked }
    expect((await failureOf(office.as(office.viewer).exports.report({ report }))).code).toBe('FORBIDDEN')
    const nothing = { name: 'response' as const, asked: { from: '2020-01-01', to: '2020-01-31' } }
    expect((await failureOf(admin.exports.report({ report: nothing }))).data).toMatchObject({ reason: 'nothingToExport' })
  })
})
