// Recycle rules: who is due by which day, seen before it is saved, on the record, in the list, and taken in the night or by hand.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Client } from '../support/backend.ts'
import { bySystem, failureOf, type Office, openOffice } from '../support/factories.ts'

let office: Office
let admin: Client
let poolId: never
beforeAll(async () => {
  office = await openOffice()
  await office.running.start()
  admin = office.as(office.admin)
  poolId = (await admin.pools.create({ ...POOL, name: '规则公海', members: [] })).id as never
})
afterAll(async () => {
  expect(office.running.faults).toEqual([])
  await office.close()
})

const POOL = { note: null, hidden: [], dailyClaims: null, dailyViews: null, coolingDays: 0 }
const TODAY = '2026-11-19'
const rule = (more: object = {}) => ({
  poolId,
  name: '30 天没有跟进',
  basis: 'followUp' as const,
  field: null,
  days: 30,
  levelDays: {},
  without: {},
  dayKind: 'calendar' as const,
  remindDays: 0,
  enabled: true,
  ...more,
})
/** How many customers each reminder was about, in their order. */
const reminders = (): unknown[] =>
  raw().prepare("select many from notification where kind = 'poolSoon' order by at, id").pluck().all()
const raw = () => office.running.backend.database.raw
const refusal = async (call: Promise<unknown>) => {
  const { code, data } = await failureOf(call)
  return { why: data['reason'] ?? code, ...(data['detail'] as object | undefined) }
}
const daysAgo = (days: number) => new Date(Date.parse(`${TODAY}T04:00:00.000Z`) - days * 86_400_000).toISOString()
type Owned = {
  name: string
  ago: number
  followedAgo?: number
  level?: 'A' | 'B' | 'C'
  status?: string
  custom?: string
  owner?: string | null
}
/** Customers as they stand after so many days in somebody's hands. */
const put = (rows: readonly Owned[]) =>
  bySystem(office.running, async ({ tx, newId }) => {
    const ids: string[] = []
    for (const { name, ago, followedAgo, level, status, custom, owner } of rows) {
      const id = newId()
      const ownerId = owner === undefined ? office.sales.employeeId : owner
      await tx
        .insertInto('customer')
        .values({
          id,
          name,
          nameSort: name,
          nameCore: name,
          level: level ?? null,
          status: status ?? 'potential',
          ownerId,
          ownerSince: daysAgo(ago),
          lastFollowUpAt: followedAgo === undefined ? null : daysAgo(followedAgo),
          createdAt: daysAgo(ago),
          updatedAt: daysAgo(ago),
          ...(custom ? { custom } : {}),
        })
        .execute()
      ids.push(id)
    }
    return ids
  })
const clear = () =>
  bySystem(office.running, async ({ tx }) => {
    await tx.deleteFrom('poolMove').execute()
    await tx.deleteFrom('followUp').execute()
    await tx.deleteFrom('recordTag').execute()
    await tx.deleteFrom('recordMember').execute()
    await tx.deleteFrom('poolRule').execute()
    await tx.deleteFrom('customer').execute()
    await tx
      .insertInto('customer')
      .values({
        id: '01J00000000000000000000000',
        name: '底',
        nameSort: '',
        nameCore: '',
        createdAt: daysAgo(0),
        updatedAt: daysAgo(0),
      })
      .execute()
  })
const names = async (values: object) =>
  (await admin.pools.preview(rule(values))).rows.map(({ name, dueOn }) => `${name} ${dueOn}`)

describe('who a rule would take', () => {
  beforeAll(clear)
  it('counts from the last follow-up or from when he came to his owner, whichever is later; by level, with exclusions', async () => {
    await put([
      { name: '从未跟进', ago: 40 },
      { name: '刚好到期', ago: 90, followedAgo: 30 },
      { name: '还差一天', ago: 90, followedAgo: 29 },
      { name: '三周内', ago: 15 },
      { name: 'A 级', ago: 40, level: 'A' },
      { name: 'C 级', ago: 12, level: 'C' },
      { name: '已成交', ago: 99, status: 'won' },
      { name: '没人的', ago: 99, owner: null },
    ])
    const found = await admin.pools.preview(rule({ levelDays: { A: null, C: 10 }, without: { statuses: ['won'] } }))
    expect(found).toMatchObject({ owned: 7, today: 3, in7: 4, in30: 5, isMany: false })
    expect(found.rows.map(({ name, dueOn }) => [name, dueOn])).toEqual([
      ['从未跟进', '2026-11-09'],
      ['C 级', '2026-11-17'],
      ['刚好到期', '2026-11-19'],
      ['还差一天', '2026-11-20'],
      ['三周内', '2026-12-04'],
    ])
    expect(found.rows[0]?.ownerName).toBe('王海峰')
  })

  it('without a deal leaves the won alone; tags and collaborators are exceptions', async () => {
    const [tagged, shared] = await put([
      { name: '带标签', ago: 99 },
      { name: '有协作', ago: 99 },
    ])
    const { version } = await admin.customers.get({ id: tagged as never })
    await admin.customers.edit({ id: tagged as never, version, values: { addTags: ['大客户'] } })
    await admin.members.add({ customerId: shared as never, employeeIds: [String(office.colleague.employeeId)], access: 'read' })
    const tagIds = [(await admin.tags.list({})).find(({ name }) => name === '大客户')?.id]
    const deal = await names({ basis: 'deal', days: 60, without: {} })
    expect(deal).toEqual(expect.arrayContaining(['带标签 2026-10-11', '有协作 2026-10-11', '刚好到期 2026-10-20']))
    expect(deal.join()).not.toContain('已成交')
    const less = await names({ basis: 'deal', days: 60, without: { tagIds, shared: true } })
    expect(less.join()).not.toMatch(/带标签|有协作/)
    expect(less).toContain('刚好到期 2026-10-20')
  })

  it('goes by a date of the company, in working days when asked; who has no date is not concerned', async () => {
    const { key } = await admin.fields.create({ entity: 'customer', label: '合同到期', type: 'date' })
    await put([
      { name: '合同到期', ago: 300, custom: JSON.stringify({ [key]: '2026-11-13' }) },
      { name: '合同还早', ago: 300, custom: JSON.stringify({ [key]: '2027-03-01' }) },
    ])
    expect(await names({ basis: 'date', field: key, days: 3 })).toEqual(['合同到期 2026-11-16'])
    // 2026-11-13 is a Friday.
    expect(await names({ basis: 'date', field: key, days: 3, dayKind: 'working' })).toEqual(['合同到期 2026-11-18'])
    await admin.calendar.setDay({ day: '2026-11-17', kind: 'holiday', name: '停工' })
    expect(await names({ basis: 'date', field: key, days: 3, dayKind: 'working' })).toEqual(['合同到期 2026-11-19'])
    expect(await refusal(admin.pools.preview(rule({ basis: 'date', field: 'name' })))).toEqual({ why: 'fieldMissing' })
  })
})

describe('a rule that is switched on', () => {
  it('stands on the record and in the list, but takes nobody in the night it was saved', async () => {
    await clear()
    const [old, fresh, free] = await put([
      { name: '早就到期', ago: 50 },
      { name: '快到期', ago: 25 },
      { name: '没人管', ago: 50, owner: null },
    ])
    const saved = await admin.pools.saveRule({ values: rule({ remindDays: 3 }) })
    expect(saved).toMatchObject({ enabled: true, startsOn: '2026-11-21', version: 1, poolName: '规则公海' })
    const sales = office.as(office.sales)
    expect(await sales.customers.get({ id: old as never })).toMatchObject({ poolDueOn: '2026-11-21', poolRule: '30 天没有跟进' })
    expect(await sales.customers.get({ id: fresh as never })).toMatchObject({ poolDueOn: '2026-11-24' })
    expect(await admin.customers.get({ id: free as never })).toMatchObject({ poolDueOn: null, poolRule: null })
    const soon = { combinator: 'and' as const, rules: [{ field: 'poolDueOn', operator: '<=' as const, value: '2026-11-22' }] }
    expect((await sales.customers.list({ filter: soon })).rows.map(({ name }) => name)).toEqual(['早就到期'])
    expect((await admin.customers.count({ filter: soon })).count).toBe(1)
    const sorted = await admin.customers.list({ sort: [{ field: 'poolDueOn', direction: 'desc' }], limit: 2 })
    expect(sorted.rows.map(({ name }) => name)).toEqual(['快到期', '早就到期'])
    const customer = await sales.followUps.create({ customerId: old as never, text: '赶紧跟进' })
    expect(await sales.customers.get({ id: customer.customerId as never })).toMatchObject({ poolDueOn: '2026-12-19' })
  })

  it('runs in the night, tells the owners, writes its log, and is taken back as one batch', async () => {
    await clear()
    await put([
      { name: '夜里走', ago: 50 },
      { name: '夜里也走', ago: 45 },
      { name: '要提醒', ago: 25 },
      ...Array.from({ length: 9 }, (_, n) => ({ name: `新的${n}`, ago: 1 })),
    ])
    await admin.pools.saveRule({ values: rule({ name: '夜间规则', remindDays: 2 }) })
    await night('2026-11-20')
    expect((await admin.pools.mine({})).find(({ id }) => id === poolId)?.customers).toBe(0)
    // Whom it takes in its first night has heard of it before.
    expect(reminders()).toEqual([2])
    await night('2026-11-22')
    const [run] = await admin.pools.runs({})
    expect(run).toMatchObject({ ruleName: '夜间规则', byName: null, state: 'done', due: 2, moved: 2, kept: 0, reminded: 1 })
    const { rows } = await admin.customers.list({ pool: poolId })
    expect(rows.map(({ name, ownerId }) => [name, ownerId]).toSorted()).toEqual([
      ['夜里也走', null],
      ['夜里走', null],
    ])
    const told = raw()
      .prepare('select kind, many from notification where employee_id = ? order by kind')
      .all(office.sales.employeeId)
    expect(told).toEqual(
      expect.arrayContaining([
        { kind: 'recycled', many: 2 },
        { kind: 'poolSoon', many: 1 },
      ]),
    )
    expect(await admin.history.undoBatch({ batchId: String(run?.batchId) })).toMatchObject({ kept: 0, failed: 0, remaining: 0 })
    expect((await admin.customers.list({ pool: poolId })).rows).toEqual([])
    expect((await admin.pools.runs({}))[0]?.batchId).toBeNull()
  })

  it('that would take many asks for their number when it is saved, and when it is run by hand', async () => {
    office.running.clock.set('2026-11-19T04:00:00.000Z')
    await clear()
    await put(Array.from({ length: 120 }, (_, n) => ({ name: `全要走${n}`, ago: 50 + n })))
    const before = { count: 120, owned: 120 }
    expect(await refusal(admin.pools.saveRule({ values: rule({ name: '一锅端' }) }))).toEqual({ why: 'confirmMany', ...before })
    expect(await refusal(admin.pools.saveRule({ values: rule({ name: '一锅端' }), confirm: 119 }))).toMatchObject({
      why: 'confirmMany',
    })
    expect((await admin.pools.rules({})).map(({ name }) => name)).toEqual([])
    const off = await admin.pools.saveRule({ values: rule({ name: '一锅端', enabled: false }) })
    expect(await refusal(admin.pools.recycle({ id: off.id }))).toEqual({ why: 'confirmMany', ...before })
    const run = await admin.pools.recycle({ id: off.id, confirm: 120 })
    expect(run).toMatchObject({ moved: 120, kept: 0, state: 'done', byName: '顾建国' })
    expect((await admin.customers.count({ pool: poolId })).count).toBe(120)
    expect(await admin.history.undoBatch({ batchId: String(run.batchId) })).toMatchObject({ kept: 0, failed: 0 })
    expect((await admin.customers.count({ pool: poolId })).count).toBe(0)
    // Of what was taken back nothing is left that names the rule.
    expect(await admin.pools.removeRule({ id: off.id })).toEqual({ id: off.id })
  })

  it('whose night would take more than was ever confirmed is held, and says so', async () => {
    await clear()
    office.running.clock.set('2026-11-19T04:00:00.000Z')
    await admin.pools.saveRule({ values: rule({ name: '守门' }) })
    await put(Array.from({ length: 130 }, (_, n) => ({ name: `忽然很多${n}`, ago: 60 })))
    await night('2026-11-23')
    expect((await admin.pools.runs({}))[0]).toMatchObject({ ruleName: '守门', state: 'held', due: 130, moved: 0, kept: 130 })
    expect((await admin.customers.count({ pool: poolId })).count).toBe(0)
  })

  it('keeps whom it leaves alone when the tag is merged into another, and holds on to a tag that it goes by', async () => {
    await clear()
    office.running.clock.set('2026-11-19T04:00:00.000Z')
    const [one, other] = await Promise.all(['不收', '不再收'].map((name) => admin.tags.create({ name, tone: 'ink' })))
    if (!one || !other) throw new Error('no tags')
    const [id] = await put([{ name: '带标签的', ago: 60 }])
    const { version } = await admin.customers.get({ id: id as never })
    await admin.customers.edit({ id: id as never, version, values: { addTags: ['不收'] } })
    const saved = await admin.pools.saveRule({ values: rule({ name: '有例外', without: { tagIds: [one.id] } }) })
    expect(await refusal(admin.tags.remove({ id: one.id }))).toEqual({ why: 'inRule', name: '不收', rules: '有例外' })
    const { batchId } = await admin.tags.merge({ from: [one.id], into: other.id })
    const rules = async () => (await admin.pools.rules({})).find((one) => one.id === saved.id)?.without.tagIds
    expect(await rules()).toEqual([other.id])
    expect(await admin.customers.get({ id: id as never })).toMatchObject({ poolDueOn: null })
    expect(await admin.history.undoBatch({ batchId })).toMatchObject({ kept: 0, failed: 0 })
    expect(await rules()).toEqual([one.id])
    expect(await admin.customers.get({ id: id as never })).toMatchObject({ poolDueOn: null })
  })

  it('tells nothing of a field that its reader may not see', async () => {
    const blind = office.as({ ...office.admin, fieldRights: { 'customer.lastFollowUpAt': 'hidden' } })
    const [known] = (
      await admin.customers.list({ filter: { combinator: 'and', rules: [{ field: 'poolDueOn', operator: 'null' }] } })
    ).rows
    expect(known?.poolDueOn).toBeNull()
    const soon = { combinator: 'and' as const, rules: [{ field: 'poolDueOn', operator: '<=' as const, value: '2026-12-31' }] }
    expect((await failureOf(blind.customers.list({ filter: soon }))).code).toBe('FORBIDDEN')
    await admin.customers.list({ filter: soon })
  })

  it('tells of every day that a computer slept through, and of each once', async () => {
    await clear()
    office.running.clock.set('2026-12-01T04:00:00.000Z')
    await put(Array.from({ length: 6 }, (_, n) => ({ name: `轮到${n}`, ago: 11 + n })))
    const saved = await admin.pools.saveRule({ values: rule({ name: '周末规则', remindDays: 3 }) })
    const before = reminders().length
    // Due from 2026-12-03 to 08: up to the 5th it tells on the 2nd, then the machine is off until the 5th.
    await night('2026-12-02')
    await night('2026-12-05')
    await night('2026-12-05')
    await night('2026-12-06')
    expect(reminders().slice(before)).toEqual([3, 3])
    await admin.pools.saveRule({ id: saved.id, version: saved.version, values: rule({ enabled: false }) })
  })

  it('is no business of who may not manage pools', async () => {
    const manager = office.as(office.manager)
    expect((await refusal(manager.pools.preview(rule()))).why).toBe('FORBIDDEN')
    expect((await refusal(manager.pools.saveRule({ values: rule() }))).why).toBe('FORBIDDEN')
  })
})

/** The run of the night that begins a day, at 01:40. */
async function night(day: string): Promise<void> {
  office.running.clock.set(new Date(`${day}T01:40:00+08:00`).toISOString())
  const { jobs } = office.running.backend.services
  const { id } = await jobs.enqueue({ kind: 'pools.recycle', input: null, owner: null })
  jobs.wake()
  const { state, error } = await jobs.settled(id)
  expect([state, error]).toEqual(['done', null])
}
