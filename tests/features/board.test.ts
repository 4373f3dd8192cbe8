// Opportunities as a board, a forecast and a calendar, over all three wires: sums equal the rows, rights and filters are those of the list.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { monthLater } from '../../src-shared/features/opportunities/board.ts'
import type { Opportunity } from '../../src-shared/features/opportunities/model.ts'
import type { Filter } from '../../src-shared/kernel/list.ts'
import { dateIn } from '../../src-shared/kernel/time.ts'
import { addDays } from '../../src-shared/kernel/zoned.ts'
import type { Client } from '../support/backend.ts'
import { actorOf, addPerson, failureOf, type Office, openOffice } from '../support/factories.ts'
import { connectOver, wires } from '../support/wires.ts'

const ZONE = 'Asia/Shanghai'
let office: Office
let today: string
beforeAll(async () => {
  office = await openOffice()
  today = dateIn(office.running.clock.now(), ZONE)
})
afterAll(async () => {
  expect(office.running.faults).toEqual([])
  await office.close()
})

const total = (rows: readonly Opportunity[], key: 'amount' | 'weighted') => rows.reduce((sum, row) => sum + (row[key] ?? 0), 0)
const expectFigures = (
  figures: { count: number; filled: number | null; sum: number | null; weighted: number | null },
  rows: Opportunity[],
) =>
  expect(figures).toMatchObject({
    count: rows.length,
    filled: rows.filter(({ amount }) => amount !== null).length,
    sum: total(rows, 'amount'),
    weighted: total(rows, 'weighted'),
  })
const named = (word: string): Filter => ({ combinator: 'and', rules: [{ field: 'source', operator: '=', value: word }] })

describe.each(wires)('boards over %s', (name) => {
  const connect = connectOver(name, () => office)
  let admin: Client
  let sales: Client
  let colleague: Client
  const source = `来源 ${name}`
  const filter = named(source)
  beforeAll(async () => {
    admin = await connect(office.admin)
    sales = await connect(office.sales)
    colleague = await connect(office.colleague)
    const { stages } = await pipeline()
    for (let n = 0; n < 25; n++) {
      const made = await (n % 3 === 0 ? colleague : sales).opportunities.create({
        name: `卡片 ${n} ${name}`,
        source,
        amount: n % 5 === 0 ? null : 101 * n + 1,
        expectedOn: n % 4 === 0 ? null : addDays(today, (n - 8) * 6),
        nextAt: n % 2 === 0 ? `${addDays(today, n % 6)}T09:00:00.000Z` : null,
      })
      const stage = stages[n % stages.length]
      if (!stage || stage.id === made.stageId) continue
      const [reason] = await admin.pipelines.reasons({})
      await admin.opportunities.move({
        id: made.id,
        version: made.version,
        stageId: stage.id,
        ...(stage.kind === 'lost' && reason && { lost: { reasonId: reason.id, note: null } }),
      })
    }
  })
  const pipeline = async () => {
    const [first] = await sales.pipelines.list({})
    if (!first) throw new Error('no pipeline')
    return first
  }
  const board = async (client: Client, more: Partial<Parameters<Client['opportunities']['board']>[0]> = {}) =>
    client.opportunities.board({ pipelineId: (await pipeline()).id, filter, ...more })
  const listed = async (client: Client) => (await client.opportunities.list({ filter, limit: 200 })).rows

  it('have the stages in their order, with figures that are those of the rows, and the first cards of each', async () => {
    const rows = await listed(admin)
    expect(rows).toHaveLength(25)
    const { columns } = await board(admin, { limit: 2 })
    expect(columns.map(({ stageId }) => stageId)).toEqual((await pipeline()).stages.map(({ id }) => id))
    for (const { stageId, rows: cards, hasMore, ...figures } of columns) {
      const here = rows.filter((row) => row.stageId === stageId)
      expectFigures(figures, here)
      expect(cards).toHaveLength(Math.min(2, here.length))
      expect(hasMore).toBe(here.length > 2)
    }
  })

  it('go on within a column in the order asked for', async () => {
    const { columns } = await board(admin, { limit: 2, sort: [{ field: 'stageEnteredAt', direction: 'desc' }] })
    const [first] = columns
    if (!first) throw new Error('no column')
    const more = await admin.opportunities.column({
      of: { stageId: first.stageId },
      filter,
      sort: [{ field: 'stageEnteredAt', direction: 'desc' }],
      offset: 2,
    })
    const all = [...first.rows, ...more.rows]
    expect(all).toHaveLength(first.count)
    expect(new Set(all.map(({ id }) => id)).size).toBe(first.count)
    const times = all.map(({ stageEnteredAt }) => stageEnteredAt ?? '')
    expect(times).toEqual(times.toSorted().toReversed())
  })

  it('show each what the list shows him, and words find what they find there', async () => {
    const mine = await listed(sales)
    expect(mine.length).toBeLessThan(25)
    const { columns } = await board(sales, { limit: 200 })
    expect(columns.flatMap(({ rows }) => rows.map(({ id }) => id)).toSorted()).toEqual(mine.map(({ id }) => id).toSorted())
    expect(columns.reduce((sum, { sum: fen }) => sum + (fen ?? 0), 0)).toBe(total(mine, 'amount'))
    const found = await board(sales, { search: `卡片 1 ${name}` })
    const same = await sales.opportunities.list({ filter, search: `卡片 1 ${name}`, limit: 200 })
    expect(found.columns.reduce((sum, { count }) => sum + count, 0)).toBe(same.rows.length)
    expect(same.rows.length).toBeGreaterThan(0)
    const { code } = await failureOf(board(sales, { pipelineId: '01KASAZZZZZZZZZZZZZZZZZZZZ' as never }))
    expect(code).toBe('NOT_FOUND')
  })

  it('tell no sums to who must not see amounts, and no months to who must not see when they are expected', async () => {
    const blind = await addPerson(office.running, {
      name: `不看金额 ${name}`,
      roles: [
        {
          permissions: { 'opportunities.read': 'all' },
          fieldRights: { 'opportunity.amount': 'hidden', 'opportunity.expectedOn': 'hidden' },
        },
      ],
    })
    const client = await connect(actorOf(office.running, blind.userId))
    const { columns } = await board(client)
    expect(columns.reduce((sum, { count }) => sum + count, 0)).toBe(25)
    for (const { filled, sum, weighted, rows } of columns) {
      expect({ filled, sum, weighted }).toEqual({ filled: null, sum: null, weighted: null })
      expect(rows.every(({ amount }) => amount === null)).toBe(true)
    }
    expect((await failureOf(client.opportunities.forecast({ from: today.slice(0, 7), filter }))).code).toBe('FORBIDDEN')
    const asked = { from: today, days: 7, by: ['expectedOn' as const], filter }
    expect((await failureOf(client.opportunities.days(asked))).code).toBe('FORBIDDEN')
  })

  it('lay every open one in a month, or before, after or beside them, and what was won in its month', async () => {
    const rows = await listed(admin)
    const month = today.slice(0, 7)
    const { columns } = await admin.opportunities.forecast({ from: month, months: 3, filter, limit: 200 })
    expect(columns.map(({ of }) => ('month' in of ? of.month : 'due' in of ? of.due : ''))).toEqual([
      'overdue',
      month,
      monthLater(month, 1),
      monthLater(month, 2),
      'later',
      'none',
    ])
    const open = rows.filter(({ state }) => state === 'open')
    const end = `${monthLater(month, 3)}-01`
    const placed: Record<string, (row: Opportunity) => boolean> = {
      overdue: ({ expectedOn }) => expectedOn !== null && expectedOn < today,
      later: ({ expectedOn }) => expectedOn !== null && expectedOn >= end,
      none: ({ expectedOn }) => expectedOn === null,
    }
    for (const { of, open: figures, won, rows: cards } of columns) {
      const at = 'month' in of ? of.month : 'due' in of ? of.due : ''
      const is = placed[at] ?? (({ expectedOn }: Opportunity) => expectedOn?.startsWith(at) === true && expectedOn >= today)
      const here = open.filter(is)
      expectFigures(figures, here)
      const closed = rows.filter(({ state, closedOn }) => 'month' in of && state === 'won' && closedOn?.startsWith(at))
      if (won) expectFigures(won, closed)
      expect(cards.map(({ id }) => id).toSorted()).toEqual([...here, ...closed].map(({ id }) => id).toSorted())
      const more = await admin.opportunities.column({ of, filter, limit: 200 })
      expect(more.rows.map(({ id }) => id).toSorted()).toEqual(cards.map(({ id }) => id).toSorted())
    }
    expect(columns.reduce((sum, { open: { count } }) => sum + count, 0)).toBe(open.length)
  })

  it('lay next steps and expected ends on their days as the company counts days', async () => {
    const open = (await listed(admin)).filter(({ state }) => state === 'open')
    const { days } = await admin.opportunities.days({ from: today, days: 14, by: ['nextAt', 'expectedOn'], filter, limit: 1 })
    const until = addDays(today, 14)
    const dayOf = {
      nextAt: (row: Opportunity) => row.nextAt && dateIn(row.nextAt, ZONE),
      expectedOn: (row: Opportunity) => row.expectedOn,
    }
    for (const by of ['nextAt', 'expectedOn'] as const) {
      const wanted = open.filter((row) => (dayOf[by](row) ?? '') >= today && (dayOf[by](row) ?? '') < until)
      const told = days.filter((day) => day.by === by)
      expect(told.reduce((sum, { count }) => sum + count, 0)).toBe(wanted.length)
      expect(wanted.length).toBeGreaterThan(0)
      for (const { day, count, rows } of told) {
        expect(count).toBe(wanted.filter((row) => dayOf[by](row) === day).length)
        expect(rows.map(dayOf[by])).toEqual([day])
      }
    }
  })

  it('are kinds of views of opportunities, and of nothing else', async () => {
    const definition = { filter: null, sorts: [], layout: null, density: null, sums: [] }
    const audience = { everyone: false, departments: [], roles: [], people: [] }
    const board = { pipeline: null, figure: 'weighted' as const, compact: true, hideEmpty: false, folded: {} }
    const view = await sales.views.create({ entity: 'opportunity', kind: 'forecast', name: `预测 ${name}`, definition, audience })
    expect(view.kind).toBe('forecast')
    const edited = await sales.views.edit({
      id: view.id,
      version: view.version,
      kind: 'board',
      definition: { ...definition, board },
    })
    expect(edited).toMatchObject({ kind: 'board', definition: { board } })
    const refused = await failureOf(
      sales.views.create({ entity: 'customer', kind: 'board', name: '客户看板', definition, audience }),
    )
    expect(refused.code).toBe('BAD_REQUEST')
  })
})
