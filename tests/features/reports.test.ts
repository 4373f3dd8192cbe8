// Funnels and forecasts: every number against a model that goes through the opportunities one by one, and against the rows it opens;
// who sees which of them; over all three wires.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Forecast, ForecastAsked, Funnel, FunnelAsked, FunnelCell } from '../../src-shared/features/reports/model.ts'
import { COMMIT_FROM } from '../../src-shared/features/reports/rules.ts'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { monthsIn, quarterOf } from '../../src-shared/kernel/periods.ts'
import type { Client } from '../support/backend.ts'
import { type Invented, inventDeals, storeDeals, ZONE } from '../support/deals.ts'
import { actorOf, addPerson, failureOf, type Office, openOffice } from '../support/factories.ts'
import { counts, cycles, type Deal, median, type NaiveAsked, stays } from '../support/naiveFunnel.ts'
import { connectOver, wires } from '../support/wires.ts'

type Stored = Deal & Invented
let office: Office
let deals: Stored[]
let probability: Map<string, number>
let pipeline: { id: string; stages: readonly { id: string; kind: string; name: string }[] }
let steps: readonly { id: string; name: string }[]
let provinces: Map<string, string>
let departmentOf: Map<string, string>
let parentOf: Map<string, string | null>

beforeAll(async () => {
  office = await openOffice()
  const admin = office.as(office.admin)
  const [standard] = await admin.pipelines.list({})
  if (!standard) throw new Error('no pipeline')
  // One stage is put aside: what went through it counts to the one before.
  const lines = standard.stages.map(({ id, name, probability: share, rotDays, required }) => ({
    id,
    name,
    probability: share,
    rotDays,
    required,
  }))
  const extra = { name: '样品测试', probability: 40, rotDays: null, required: [] }
  const grown = await admin.pipelines.edit({
    id: standard.id,
    version: standard.version,
    values: { name: standard.name, stages: [...lines.slice(0, 2), extra, ...lines.slice(2)] },
    moveTo: [],
  })
  const aside = grown.stages.find(({ name }) => name === extra.name)
  const shrunk = await admin.pipelines.edit({
    id: grown.id,
    version: grown.version,
    values: { name: grown.name, stages: lines },
    moveTo: [],
  })
  const other = await admin.pipelines.create({
    name: '渠道流程',
    stages: ['意向', '签约', '失败'].map((name) => ({ name, probability: 20, rotDays: null, required: [] })),
  })
  const living = shrunk.stages.filter(({ archived }) => !archived)
  steps = living.filter(({ kind }) => kind !== 'lost')
  pipeline = { id: shrunk.id, stages: living }
  const ranked = (id: string, kind: string) => (kind === 'open' ? steps.findIndex((step) => step.id === id) : null)
  const stages = [
    ...living.map(({ id, kind }) => ({ id, kind, pipelineId: shrunk.id, rank: ranked(id, kind) })),
    { id: aside?.id ?? '', kind: 'open' as const, pipelineId: shrunk.id, rank: 1 },
    ...other.stages.slice(0, 1).map(({ id, kind }) => ({ id, kind, pipelineId: other.id, rank: null })),
  ]
  probability = new Map([...shrunk.stages, ...other.stages].map((stage) => [stage.id, stage.probability]))
  const customers: string[] = []
  provinces = new Map()
  for (const [name, province, who] of [
    ['杭州云杉', '浙江省', office.sales],
    ['宁波舟山', '浙江省', office.colleague],
    ['苏州博远', '江苏省', office.manager],
  ] as const) {
    const customer = await office.as(who).customers.create({ name, province } as never)
    customers.push(customer.id)
    provinces.set(customer.id, province)
  }
  const owners = [office.sales, office.colleague, office.manager].map(({ employeeId }) => employeeId)
  const reasons = (await admin.pipelines.reasons({})).map(({ id }) => id)
  const invented = inventDeals(7, 150, { owners: [...owners, null], customers: [...customers, null], stages, reasons })
  deals = await storeDeals(office, invented)
  const raw = office.running.backend.database.raw
  departmentOf = new Map(
    raw.prepare('select employee_id, department_id from employment where department_id is not null').raw().all() as [
      string,
      string,
    ][],
  )
  parentOf = new Map(raw.prepare('select id, parent_id from department').raw().all() as [string, string | null][])
})
afterAll(async () => {
  expect(office.running.faults).toEqual([])
  await office.close()
})

const PERIODS = [
  { from: '2026-03-01', to: '2026-09-30' },
  { from: '2026-05-10', to: '2026-06-20' },
]
const sumOf = (rows: readonly { amount: number | null }[]) => rows.reduce((sum, { amount }) => sum + (amount ?? 0), 0)
const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id).toSorted()

/** The groups a deal counts to, said anew. */
function keysOf(deal: Stored, group: FunnelAsked['group']): (string | null)[] {
  switch (group) {
    case 'person':
      return [deal.ownerId]
    case 'source':
      return [deal.source]
    case 'province':
      return [deal.customerId === null ? null : (provinces.get(deal.customerId) ?? null)]
    case 'pipeline':
      return [deal.pipelineId]
    case 'month':
      return [deal.closedOn?.slice(0, 7) ?? null]
    case 'quarter':
      return [deal.closedOn === null ? null : quarterOf(deal.closedOn)]
    case 'department': {
      const found: string[] = []
      for (let at = deal.ownerId === null ? null : (departmentOf.get(deal.ownerId) ?? null); at; at = parentOf.get(at) ?? null)
        found.push(at)
      return found.length > 0 ? found : [null]
    }
    default:
      return [null]
  }
}

/** Every number of a funnel with the cell that opens it. */
function* numbersOf(funnel: Funnel): Generator<[cell: FunnelCell & { rank?: number }, count: number, amount: number | null]> {
  const { figures, reasons, groups } = funnel
  for (const [rank, step] of funnel.steps.entries()) {
    yield [{ what: 'step', stageId: step.stageId, rank }, step.count, step.amount]
    if (step.kind === 'won') continue
    for (const outcome of ['onward', 'lost', 'open'] as const)
      yield [{ what: 'step', stageId: step.stageId, rank, outcome }, step[outcome].count, step[outcome].amount]
  }
  for (const what of ['entered', 'won', 'lost', 'open'] as const)
    if (figures[what]) yield [{ what }, figures[what].count, figures[what].amount]
  for (const { id, count, amount } of reasons ?? []) yield [{ what: 'lost', reason: id }, count, amount]
  for (const { key, steps: cells, figures: own } of groups) {
    for (const [rank, cell] of cells.entries())
      yield [{ what: 'step', stageId: funnel.steps[rank]?.stageId, rank, group: key } as FunnelCell, cell.count, cell.amount]
    for (const what of ['entered', 'won', 'lost', 'open'] as const)
      if (own[what]) yield [{ what, group: key }, own[what].count, own[what].amount]
  }
}

async function checkFunnel(client: Client, asked: FunnelAsked, mine: readonly Stored[]): Promise<Funnel> {
  const funnel = await client.reports.funnel(asked)
  const naive: NaiveAsked = { by: asked.by, from: asked.from, to: asked.to, last: steps.length - 1, zone: ZONE }
  const inPipe = mine.filter(({ pipelineId }) => funnel.pipeline === null || pipelineId === funnel.pipeline.id)
  for (const [{ rank, ...cell }, count, amount] of numbersOf(funnel)) {
    const where = JSON.stringify({ ...asked, ...cell })
    const wanted = inPipe.filter(
      (deal) =>
        counts(deal, { ...cell, ...(rank !== undefined && { rank }) }, naive) &&
        (cell.group === undefined || keysOf(deal, asked.group).includes(cell.group)),
    )
    expect({ count, amount }, where).toEqual({ count: wanted.length, amount: sumOf(wanted) })
    const behind = await client.reports.funnelRows({ asked, cell, limit: 200 })
    expect(idsOf(behind.rows), where).toEqual(idsOf(wanted))
    expect({ count: behind.count, amount: behind.amount }, where).toEqual({ count, amount })
    expect(sumOf(behind.rows), where).toBe(amount)
  }
  const days = await client.reports.funnelDays(asked)
  const same = (told: { count: number; median: number } | null, wanted: readonly number[], about: string) =>
    expect([told?.count ?? 0, told?.median ?? null], about).toEqual([wanted.length, median(wanted)])
  for (const [rank, { kind, name }] of funnel.steps.entries())
    same(days.steps[rank]?.days ?? null, kind === 'won' ? [] : stays(inPipe, rank, naive), `${asked.by} ${name}`)
  same(days.cycle, cycles(inPipe, naive), `${asked.by} cycle`)
  for (const { key, cycle } of days.groups) {
    const own = inPipe.filter((deal) => keysOf(deal, asked.group).includes(key))
    same(cycle, cycles(own, naive), `${asked.by} cycle of ${key}`)
  }
  return funnel
}

const asked = (values: Partial<FunnelAsked>): FunnelAsked => ({
  by: 'cohort',
  from: '2026-03-01',
  to: '2026-09-30',
  whose: null,
  group: null,
  compare: null,
  ...values,
})

describe.each(['cohort', 'passage'] as const)('a funnel by %s', (by) => {
  it.each(['person', 'department', 'source', 'province', 'pipeline', 'month', 'quarter'] as const)(
    'by %s counts what the model counts, and every number opens its rows',
    async (group) => {
      const client = office.as(office.admin)
      for (const period of PERIODS) {
        const funnel = await checkFunnel(client, asked({ by, ...period, group }), deals)
        const roots = funnel.groups.filter(({ parent }) => parent === null)
        for (const what of ['entered', 'won', 'lost'] as const) {
          expect(sumOf(roots.map(({ figures }) => figures[what]))).toBe(funnel.figures[what].amount)
          expect(roots.reduce((sum, { figures }) => sum + figures[what].count, 0)).toBe(funnel.figures[what].count)
        }
      }
    },
  )

  it('is held against the period before, which is a funnel of its own', async () => {
    const client = office.as(office.admin)
    const funnel = await client.reports.funnel(asked({ by, from: '2026-05-01', to: '2026-05-31', compare: 'before' }))
    expect(funnel.before).toMatchObject({ from: '2026-04-01', to: '2026-04-30' })
    const april = await client.reports.funnel(asked({ by, from: '2026-04-01', to: '2026-04-30' }))
    expect(funnel.before?.figures).toEqual(april.figures)
    expect(funnel.before?.steps).toEqual(april.steps.map(({ count, amount }) => ({ count, amount })))
  })

  it('of some people, and under conditions, is that of their opportunities', async () => {
    const client = office.as(office.admin)
    const whose = [office.sales.employeeId ?? '']
    const filter = { combinator: 'and' as const, rules: [{ field: 'amount', operator: '>=' as const, value: 1_000_000 }] }
    const mine = deals.filter(({ ownerId, amount }) => ownerId === whose[0] && (amount ?? 0) >= 1_000_000)
    expect(mine.length).toBeGreaterThan(5)
    await checkFunnel(client, asked({ by, whose, filter, group: 'source' }), mine)
  })

  it('tells everybody of what he reaches, by the rule of the list', async () => {
    for (const actor of [office.manager, office.sales, office.colleague, office.viewer] as Actor[]) {
      const client = office.as(actor)
      const list = await client.opportunities.list({ limit: 200 })
      const mine = deals.filter(({ id }) => list.rows.some((row) => row.id === id))
      if (actor === office.sales) expect(mine.length).toBeGreaterThan(10)
      expect(mine.length).toBeLessThan(deals.length)
      await checkFunnel(client, asked({ by, group: 'person' }), mine)
    }
  })
})

describe('a forecast', () => {
  const months = monthsIn({ from: '2026-08-01', to: '2026-10-31' })
  const weight = ({ amount, stage }: Stored) =>
    amount === null ? 0 : Math.floor((amount * (probability.get(stage.id) ?? 0) + 50) / 100)
  const placeOf = (day: string | null) => {
    if (day === null) return 'undated'
    const month = day.slice(0, 7)
    return month < '2026-08' ? 'earlier' : month > '2026-10' ? 'later' : month
  }
  it('is what was won and what is expected, month by month; every number opens its rows', async () => {
    const client = office.as(office.admin)
    const input: ForecastAsked = { from: '2026-08-01', to: '2026-10-31', whose: null, group: 'person' }
    const forecast: Forecast = await client.reports.forecast(input)
    const check = async (line: Forecast['total'] | Forecast['earlier'], cell: { place?: string; group?: string | null }) => {
      const here = (deal: Stored, place: string) =>
        (cell.place === undefined ? months.includes(place) : place === cell.place) &&
        (cell.group === undefined || deal.ownerId === cell.group)
      const open = deals.filter((deal) => deal.state === 'open' && here(deal, placeOf(deal.expectedOn)))
      const sets = {
        open,
        commit: open.filter(({ stage }) => (probability.get(stage.id) ?? 0) >= COMMIT_FROM),
        won: deals.filter(
          (deal) => deal.state === 'won' && here(deal, placeOf(deal.closedOn)) && months.includes(placeOf(deal.closedOn)),
        ),
      }
      expect(line.weighted).toBe(open.reduce((sum, deal) => sum + weight(deal), 0))
      for (const what of ['won', 'open', 'commit'] as const) {
        expect(line[what], JSON.stringify({ ...cell, what })).toEqual({ count: sets[what].length, amount: sumOf(sets[what]) })
        const behind = await client.reports.forecastRows({ asked: input, cell: { what, ...cell }, limit: 200 })
        expect(idsOf(behind.rows)).toEqual(idsOf(sets[what]))
        expect({ count: behind.count, amount: behind.amount }).toEqual(line[what])
      }
    }
    for (const line of forecast.months) await check(line, { place: line.month })
    for (const place of ['earlier', 'later', 'undated'] as const) await check(forecast[place], { place })
    await check(forecast.total, {})
    for (const group of forecast.groups) await check(group, { group: group.key })
    expect(forecast.months.map(({ month }) => month)).toEqual(months)
  })
})

describe('fields that are hidden', () => {
  const hiding = async (...fields: string[]) => {
    const { userId } = await addPerson(office.running, {
      name: `看不全 ${fields.join(' ')}`,
      roles: [
        {
          permissions: { 'opportunities.read': 'all', 'customers.read': 'all' },
          fieldRights: Object.fromEntries(fields.map((field) => [field, 'hidden' as const])),
        },
      ],
    })
    return office.as(actorOf(office.running, userId))
  }
  it('take their numbers along', async () => {
    const noAmounts = await hiding('opportunity.amount')
    const funnel = await noAmounts.reports.funnel(asked({ group: 'person' }))
    expect(funnel.figures.won.amount).toBeNull()
    expect(funnel.steps.every(({ amount, onward }) => amount === null && onward.amount === null)).toBe(true)
    expect(funnel.groups.every(({ figures }) => figures.entered.amount === null)).toBe(true)
    expect(funnel.figures.entered.count).toBeGreaterThan(0)
    expect((await noAmounts.reports.funnelRows({ asked: asked({}), cell: { what: 'won' } })).amount).toBeNull()
    const noReasons = await hiding('opportunity.lostReasonId')
    expect((await noReasons.reports.funnel(asked({}))).reasons).toBeNull()
  })
  it('are not learned by a grouping, a basis or a choice', async () => {
    const refused = async (call: Promise<unknown>) => (await failureOf(call)).code
    const blind = await hiding(
      'opportunity.ownerId',
      'opportunity.closedOn',
      'opportunity.source',
      'customer.province',
      'opportunity.lostReasonId',
    )
    for (const group of ['person', 'department', 'source', 'province', 'month', 'quarter'] as const)
      expect(await refused(blind.reports.funnel(asked({ group }))), group).toBe('FORBIDDEN')
    expect(await refused(blind.reports.funnel(asked({ by: 'passage' })))).toBe('FORBIDDEN')
    expect(await refused(blind.reports.funnel(asked({ whose: [office.sales.employeeId ?? ''] })))).toBe('FORBIDDEN')
    expect(await refused(blind.reports.funnelRows({ asked: asked({}), cell: { what: 'lost', reason: null } }))).toBe('FORBIDDEN')
    expect(await refused(blind.reports.forecast({ from: '2026-01-01', to: '2026-12-31' }))).toBe('FORBIDDEN')
    expect((await blind.reports.funnelDays(asked({}))).cycle).toBeNull()
  })
  it('of customers out of sight are told as unknown', async () => {
    const { userId } = await addPerson(office.running, {
      name: '只看商机',
      roles: [{ permissions: { 'opportunities.read': 'all', 'customers.read': 'own' } }],
    })
    const client = office.as(actorOf(office.running, userId))
    expect((await client.reports.funnel(asked({ group: 'province' }))).groups.map(({ key }) => key)).toEqual([null])
  })
})

describe.each(wires)('reports over %s', (name) => {
  const connect = connectOver(name, () => office)
  it('answer alike, refuse what does not exist, and are closed to who may not see opportunities', async () => {
    const admin = await connect(office.admin)
    const funnel = await admin.reports.funnel({ from: '2026-03-01', to: '2026-09-30', group: 'person' })
    expect(funnel).toEqual(
      await office.as(office.admin).reports.funnel({ from: '2026-03-01', to: '2026-09-30', group: 'person' }),
    )
    expect(funnel.pipeline?.id).toBe(pipeline.id)
    const nowhere = '01ARZ3NDEKTSV4RRFFQ69G5FAV'
    expect((await failureOf(admin.reports.funnel({ from: '2026-03-01', to: '2026-09-30', pipeline: nowhere }))).code).toBe(
      'NOT_FOUND',
    )
    const step = { asked: asked({}), cell: { what: 'step' as const, stageId: nowhere } }
    expect((await failureOf(admin.reports.funnelRows(step))).code).toBe('BAD_REQUEST')
    const who = await (await connect(office.manager)).reports.who({})
    expect(who.scopes.map(({ key }) => key)).toContain('below')
    const { userId } = await addPerson(office.running, {
      name: `没有商机 ${name}`,
      roles: [{ permissions: { 'customers.read': 'all' } }],
    })
    const stranger = await connect(actorOf(office.running, userId))
    expect((await failureOf(stranger.reports.funnel({ from: '2026-03-01', to: '2026-09-30' }))).code).toBe('FORBIDDEN')
  })
})
