// experience.md 6: every number of the workbench is a link to exactly its rows; scope and period apply to all; rights limit both.
import { describe, expect, it } from 'vitest'
import { spansOf } from '../../src-shared/features/workbench/period.ts'
import {
  contactedFilter,
  dealFilter,
  DEALS,
  leadFilter,
  createdFilter,
  overdueFilter,
  plannedFilter,
  todoFilter,
  TODOS,
} from '../../src-shared/features/workbench/todo.ts'
import { quietSince } from '../../src-shared/features/workbench/quiet.ts'
import type { Filter } from '../../src-shared/kernel/list.ts'
import { changeOf, sparkline } from '../../src-renderer/features/workbench/change.ts'
import { daysOf, droppedAt, spanOfView, stepped } from '../../src-renderer/features/workbench/calendarDays.ts'
import { type Client, clientAs } from '../support/backend.ts'
import { admin, customerOf, department, person, root, running } from '../support/company.ts'
import { actorOf, administrator } from '../support/factories.ts'

const DAY = 86_400_000
const zone = 'Asia/Shanghai'
/** The test clock begins on 2026-11-19, 10:00 in Shanghai. */
const day = { today: '2026-11-19', zone }
const month = { key: 'month' as const }

/** Whoever signed in before the clock was moved has to be somebody whose session does not end. */
const boss = () => clientAs(running.backend, administrator(running))

const namesIn = async (client: Client, filter: Filter) =>
  (await client.customers.list({ filter, limit: 200 })).rows.map(({ name }) => name).toSorted()

describe('to-do counters', () => {
  it('hold the leads whose turn it is: nobody has answered, or the next date has come', async () => {
    const me = String((await admin.session.me({})).employeeId)
    const lead = (name: string, more: object = {}) => admin.leads.create({ name, ownerId: me as never, ...more })
    await lead('刚到')
    await lead('约在今天', { nextFollowUpAt: '2026-11-19T15:59:00.000Z' })
    await lead('约在明天', { nextFollowUpAt: '2026-11-19T16:00:00.000Z' })
    const answered = await lead('答过')
    await admin.leads.followUp({ leadId: answered.id, text: '谈过' })
    const again = await lead('答过再约')
    await admin.leads.followUp({ leadId: again.id, text: '谈过', nextAt: '2026-11-19T09:00:00.000Z' })
    await lead('别人的', { ownerId: null })
    const filter = leadFilter([me], day)
    const { rows } = await admin.leads.list({ filter, limit: 200 })
    expect(rows.map(({ name }) => name).toSorted()).toEqual(['刚到', '约在今天', '答过再约'].toSorted())
    expect((await admin.leads.count({ filter })).count).toBe(3)
    expect((await admin.leads.count({ filter: leadFilter(null, day) })).count).toBe(4)
  })

  it('hold who is meant, and the list behind a counter has as many rows as it says', async () => {
    const me = (await admin.session.me({})).employeeId
    const at = (days: number) => new Date(Date.parse('2026-11-19T02:00:00.000Z') + days * DAY).toISOString()
    const made: Record<string, string> = {}
    running.clock.set(at(-40))
    for (const name of ['久未联系', '两周前', '计划过期', '计划今天', '计划以后']) made[name] = (await customerOf(me, name)).id
    await admin.followUps.create({ customerId: made['久未联系'] as never, text: '第一次' })
    for (const [name, days] of [
      ['两周前', -16],
      ['计划过期', -1],
      ['计划今天', -1],
      ['计划以后', -1],
    ] as const) {
      running.clock.set(at(days))
      await admin.followUps.create({ customerId: made[name] as never, text: '谈过' })
    }
    running.clock.set(at(0))
    await customerOf(me, '今天新来')
    const plan = async (name: string, when: string) => {
      const { version } = await admin.customers.get({ id: made[name] as never })
      await admin.customers.edit({ id: made[name] as never, version, values: { nextFollowUpAt: when } })
    }
    await plan('计划过期', at(-1))
    await plan('计划今天', '2026-11-19T15:59:00.000Z')
    await plan('计划以后', '2026-11-19T16:00:00.000Z')
    const whose = [String(me)]
    const expected: Record<(typeof TODOS)[number], string[]> = {
      dueToday: ['计划今天', '计划过期'],
      assigned: ['今天新来'],
      poolSoon: [],
      newToday: ['今天新来'],
      never: ['今天新来'],
      quiet7: ['两周前', '久未联系'],
      quiet15: ['两周前', '久未联系'],
      quiet30: ['久未联系'],
      noPlan: ['两周前', '久未联系', '今天新来'],
    }
    for (const todo of TODOS) {
      const filter = todoFilter(todo, whose, day)
      expect(await namesIn(admin, filter), todo).toEqual(expected[todo].toSorted())
      expect((await admin.customers.count({ filter })).count, todo).toBe(expected[todo].length)
    }
    expect(await namesIn(admin, overdueFilter(whose, day))).toEqual(['计划过期'])
    expect(await namesIn(admin, plannedFilter(null, { from: '2026-11-20', to: '2026-11-21' }, zone))).toEqual(['计划以后'])
  })

  it('a full day is counted whole and takes nothing from the days after it', async () => {
    const admin = boss()
    for (const [n, at] of [
      '2026-12-01T01:00',
      '2026-12-01T02:00',
      '2026-12-01T15:59',
      '2026-12-01T16:00',
      '2026-12-03T01:00',
    ].entries())
      await admin.customers.create({ name: `计划${n}`, nextFollowUpAt: `${at}:00.000Z` } as never)
    const december = { from: '2026-12-01', days: 5, limit: 2 }
    const { days } = await admin.customers.days(december)
    expect(days.map(({ day, count, rows }) => [day, count, ...rows.map(({ name }) => name)])).toEqual([
      ['2026-12-01', 3, '计划0', '计划1'],
      ['2026-12-02', 1, '计划3'],
      ['2026-12-03', 1, '计划4'],
    ])
    const nobodys = plannedFilter(['nobody'], { from: '2026-12-01', to: '2026-12-06' }, zone)
    expect(await admin.customers.days({ ...december, filter: nobodys })).toEqual({ days: [], capped: false })
    await expect(admin.customers.days({ ...december, days: 43 })).rejects.toThrow('Input validation failed')
  })

  it('of opportunities hold those whose step, end or patience has come, open ones only', async () => {
    const [pipeline] = await boss().pipelines.list({})
    const [first] = pipeline?.stages ?? []
    expect(first?.rotDays).toBe(14)
    const me = (await boss().session.me({})).employeeId
    const deal = (name: string, values: object) => boss().opportunities.create({ name, ...values })
    running.clock.set('2026-11-05T15:30:00.000Z')
    await deal('今天停滞', {})
    running.clock.set('2026-11-05T16:30:00.000Z')
    await deal('明天停滞', { nextAt: '2026-11-19T15:59:00.000Z' })
    running.clock.set('2026-11-19T02:00:00.000Z')
    await deal('明天再做', { nextAt: '2026-11-19T16:00:00.000Z', expectedOn: '2026-11-19' })
    await deal('该成交了', { expectedOn: '2026-11-18', nextAt: '2026-11-01T01:00:00.000Z' })
    const won = pipeline?.stages.find(({ kind }) => kind === 'won')
    const over = await deal('已经赢了', { expectedOn: '2026-11-01', nextAt: '2026-11-02T01:00:00.000Z' })
    await boss().opportunities.move({ id: over.id, version: over.version, stageId: won?.id as never })
    const expected: Record<(typeof DEALS)[number], string[]> = {
      dealSteps: ['明天停滞', '该成交了'],
      dealsLate: ['该成交了'],
      dealsStalled: ['今天停滞'],
    }
    for (const of of DEALS) {
      const filter = dealFilter(of, [String(me)], day)
      const { rows } = await boss().opportunities.list({ filter, limit: 200 })
      expect(rows.map(({ name }) => name).toSorted(), of).toEqual(expected[of].toSorted())
      expect((await boss().opportunities.count({ filter })).count, of).toBe(expected[of].length)
      expect((await boss().opportunities.count({ filter: dealFilter(of, ['nobody'], day) })).count).toBe(0)
    }
    expect((await boss().opportunities.count({ filter: dealFilter('dealsLate', null, day) })).count).toBe(1)
  })

  it('a new customer is not forgotten before he has been there for so long', async () => {
    await customerOf(null, '昨天来的')
    expect(await namesIn(admin, todoFilter('quiet7', null, day))).toEqual([])
    expect(await namesIn(admin, quietSince('@today-7'))).toEqual([])
    running.clock.move(8 * DAY)
    expect(await namesIn(boss(), todoFilter('quiet7', null, { ...day, today: '2026-11-27' }))).toEqual(['昨天来的'])
    // The view of the list asks the same.
    expect(await namesIn(boss(), quietSince('@today-7'))).toEqual(['昨天来的'])
  })
})

describe('the briefing', () => {
  it('counts the period and as many days of the one before; its lists have exactly these rows', async () => {
    const wang = await person('wang', { roles: ['sales'] })
    const whose = [wang.employeeId]
    running.clock.set('2026-10-05T02:00:00.000Z')
    const old = await customerOf(wang.employeeId, '上月初')
    await admin.followUps.create({ customerId: old.id, text: '主管代写' })
    running.clock.set('2026-10-25T02:00:00.000Z')
    await customerOf(wang.employeeId, '上月底')
    running.clock.set('2026-11-19T02:00:00.000Z')
    const now = await customerOf(wang.employeeId, '本月')
    await customerOf(null, '别人的')
    await admin.contacts.create({ customerId: now.id, name: '孙经理' })
    const again = clientAs(running.backend, actorOf(running, wang.userId))
    await again.followUps.create({ customerId: now.id, text: '打了电话' })
    await again.followUps.create({ customerId: now.id, text: '又打一次' })
    const { figures, now: span, before } = await boss().workbench.figures({ whose, period: month })
    expect([span, before]).toEqual([
      { from: '2026-11-01', to: '2026-12-01' },
      { from: '2026-10-01', to: '2026-10-20' },
    ])
    expect(figures.map(({ key, value, before: then }) => [key, value, then])).toEqual([
      ['customers', 1, 1],
      ['won', 0, 0],
      ['contacted', 1, 1],
      ['followUps', 2, 0],
      ['contacts', 1, 0],
    ])
    expect(figures[0]?.series).toHaveLength(30)
    expect(figures[0]?.series[18]).toBe(1)
    expect(await namesIn(boss(), createdFilter(whose, span, zone))).toEqual(['本月'])
    expect(await namesIn(boss(), contactedFilter(whose, span, zone))).toEqual(['本月'])
    const said = await boss().workbench.drill({ whose, period: month, key: 'followUps' })
    expect(said.rows.map(({ text, customerName }) => [text, customerName])).toEqual([
      ['又打一次', '本月'],
      ['打了电话', '本月'],
    ])
    const met = await boss().workbench.drill({ whose, period: month, key: 'contacts', limit: 1 })
    expect([met.rows.map(({ text }) => text), met.hasMore]).toEqual([['孙经理'], false])
    expect(await boss().workbench.lastWords({ customerIds: [now.id, old.id] })).toEqual(
      expect.arrayContaining([
        { customerId: now.id, text: '又打一次', kind: 'note' },
        { customerId: old.id, text: '主管代写', kind: 'note' },
      ]),
    )
  })

  it('ranks by follow-ups and by new customers', async () => {
    const wang = await person('wang', { roles: ['sales'], name: '王' })
    const li = await person('li', { roles: ['sales'], name: '李' })
    for (const name of ['甲', '乙']) await customerOf(wang.employeeId, name)
    const { id } = await customerOf(li.employeeId, '丙')
    await li.client.followUps.create({ customerId: id, text: '谈' })
    const rank = (by: 'customers' | 'followUps', whose: string[] | null = null) =>
      admin.workbench
        .ranking({ whose, period: { key: 'today' }, by })
        .then((rows) => rows.map(({ name, value }) => [name, value]))
    expect(await rank('customers')).toEqual([
      ['王', 2],
      ['李', 1],
    ])
    expect(await rank('followUps')).toEqual([['李', 1]])
    expect(await rank('customers', [li.employeeId])).toEqual([['李', 1]])
  })
})

describe('rights', () => {
  it('say whose work may be looked at, and steps that add nobody are left out', async () => {
    const east = await department('华东区')
    const first = await department('杭州组', east.id)
    const boss = await person('boss', { roles: ['salesManager'], departmentId: east.id, name: '主管' })
    const wang = await person('wang', { roles: ['sales'], departmentId: first.id, name: '王' })
    const other = await person('other', { roles: ['sales'], departmentId: (await root()).id, name: '外人' })
    const whoOf = async (client: Client) =>
      (await client.workbench.who({})).scopes.map(({ key, whose }) => [key, whose?.length ?? null])
    expect(await whoOf(boss.client)).toEqual([
      ['own', 1],
      ['below', 2],
    ])
    expect(await whoOf(wang.client)).toEqual([['own', 1]])
    expect((await whoOf(admin)).at(-1)).toEqual(['all', null])
    expect((await boss.client.workbench.who({})).people.map(({ name }) => name).toSorted()).toEqual(['主管', '王'])
    const { id } = await customerOf(other.employeeId, '外人的')
    await admin.followUps.create({ customerId: id, text: '机密' })
    const asked = { whose: [other.employeeId], period: month }
    const { figures } = await boss.client.workbench.figures(asked)
    expect(figures.every(({ value, before, series }) => value + before + Math.max(...series) === 0)).toBe(true)
    expect((await boss.client.workbench.drill({ ...asked, whose: null, key: 'followUps' })).rows).toEqual([])
    expect(await boss.client.workbench.lastWords({ customerIds: [id] })).toEqual([])
    expect(await boss.client.workbench.ranking({ ...asked, by: 'customers' })).toEqual([])
  })

  it('finance, who reads no conversations, has no figure of them and no last words', async () => {
    const qian = await person('qian', { roles: ['finance'] })
    const { id } = await customerOf(null, '谈过')
    await admin.followUps.create({ customerId: id, text: '机密' })
    const { figures } = await qian.client.workbench.figures({ whose: null, period: month })
    expect(figures.map(({ key }) => key)).not.toContain('followUps')
    expect((await qian.client.workbench.drill({ whose: null, period: month, key: 'followUps' })).rows).toEqual([])
    expect(await qian.client.workbench.lastWords({ customerIds: [id] })).toEqual([])
  })

  it('people who report to somebody are looked at together, also through others', async () => {
    const lead = await person('lead', { roles: ['admin'], name: '组长' })
    const vice = await admin.people.createEmployee({ name: '副手', managerId: lead.employeeId as never })
    await admin.people.createEmployee({ name: '新人', managerId: vice.id })
    const { scopes } = await lead.client.workbench.who({})
    expect(scopes.find(({ key }) => key === 'reports')?.whose).toHaveLength(3)
  })
})

describe('periods', () => {
  it('are held against as many days of the one before', () => {
    expect(spansOf({ key: 'today' }, '2026-03-01')).toEqual({
      now: { from: '2026-03-01', to: '2026-03-02' },
      before: { from: '2026-02-28', to: '2026-03-01' },
    })
    expect(spansOf({ key: 'week' }, '2026-11-19')).toEqual({
      now: { from: '2026-11-16', to: '2026-11-23' },
      before: { from: '2026-11-09', to: '2026-11-13' },
    })
    expect(spansOf({ key: 'month' }, '2026-03-31').before, 'February is over before the 31st').toEqual({
      from: '2026-02-01',
      to: '2026-03-01',
    })
    expect(spansOf({ key: 'quarter' }, '2026-01-02')).toEqual({
      now: { from: '2026-01-01', to: '2026-04-01' },
      before: { from: '2025-10-01', to: '2025-10-03' },
    })
    expect(spansOf({ key: 'custom', from: '2026-11-10', to: '2026-11-12' }, '2026-11-19')).toEqual({
      now: { from: '2026-11-10', to: '2026-11-13' },
      before: { from: '2026-11-07', to: '2026-11-10' },
    })
    expect(spansOf({ key: 'custom', from: '2026-11-10', to: '2026-11-01' }, '2026-11-19').now, 'the wrong way round').toEqual({
      from: '2026-11-10',
      to: '2026-11-11',
    })
  })
  it('good and bad decide the colour; from nothing there is no share', () => {
    expect(changeOf(3, 2)).toEqual({ direction: 'up', share: 0.5, tone: 'ok' })
    expect(changeOf(1, 2)).toEqual({ direction: 'down', share: 0.5, tone: 'bad' })
    expect(changeOf(2, 2)).toEqual({ direction: 'same', share: 0, tone: 'ink' })
    expect(changeOf(2, 0)).toEqual({ direction: 'up', share: null, tone: 'ok' })
    expect(sparkline([0, 4, 2], { width: 10, height: 8 })).toEqual({ path: 'M0 8L5 0L10 4', last: [10, 4] })
    expect(sparkline([7], { width: 10, height: 8 })).toBe(null)
  })
})

describe('the calendar', () => {
  it('shows whole weeks, steps by what it shows, and a drop keeps what it does not change', () => {
    expect(daysOf(spanOfView('month', '2026-11-19')).length % 7).toBe(0)
    expect(spanOfView('month', '2026-11-19')).toEqual({ from: '2026-10-26', to: '2026-12-07' })
    expect(spanOfView('week', '2026-11-22')).toEqual({ from: '2026-11-16', to: '2026-11-23' })
    expect([stepped('month', '2026-12-31', 1), stepped('week', '2026-11-19', -1), stepped('day', '2026-11-30', 1)]).toEqual([
      '2027-01-01',
      '2026-11-12',
      '2026-12-01',
    ])
    expect(droppedAt('2026-11-19T14:30', { day: '2026-11-21' })).toBe('2026-11-21T14:30')
    expect(droppedAt('2026-11-19T14:30', { day: '2026-11-21', hour: 9 })).toBe('2026-11-21T09:30')
  })
})

describe('the layout of the workbench', () => {
  it('is one\u2019s own, kept with the account, without history, and goes back to the standard', async () => {
    const who = await person('bench', { roles: ['sales'] })
    const [one, other] = [clientAs(running.backend, actorOf(running, who.userId)), boss()]
    expect(await one.workbench.layout({})).toEqual({})
    const seq = running.backend.database.lastCommand().seq
    const wanted = {
      main: [
        { key: 'ranking', shown: true },
        { key: 'figures', shown: false },
      ],
    }
    await one.workbench.arrange(wanted)
    expect(await one.workbench.layout({})).toEqual(wanted)
    expect(await other.workbench.layout({})).toEqual({})
    expect(running.backend.database.lastCommand().seq).toBe(seq)
    await one.workbench.arrange({})
    expect(await one.workbench.layout({})).toEqual({})
    await expect(one.workbench.arrange({ main: [{ key: '<script>', shown: true }] })).rejects.toThrow()
  })
})
