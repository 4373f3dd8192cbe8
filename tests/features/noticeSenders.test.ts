// experience.md 1: each kind of notice is really sent, to those it is for and to nobody else, once, and taking something back sends none.
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import { recycling } from '../../src-main/features/pools/jobs.ts'
import { createJobs } from '../../src-main/kernel/jobs.ts'
import { type Client, clientAs } from '../support/backend.ts'
import { admin, customerOf, department, person, raw, running } from '../support/company.ts'
import { actorOf, addPerson, administrator, bySystem } from '../support/factories.ts'
import { NOTICE_KINDS, type NoticeKind } from '../../src-shared/kernel/notices.ts'
import { csvFile, settled } from './importFixtures.ts'

type Who = { client: Client; employeeId: string; userId: string }
const told = async ({ client }: Who) =>
  (await client.notifications.list({})).rows.map(({ kind, many, title, byName }) => ({ kind, many, title, byName }))
const sent = () => raw().prepare('select count(*) from notification').pluck().get()
const undoLast = async () => {
  const seq = raw().prepare('select max(seq) from command').pluck().get() as number
  await admin.history.undo({ seq })
}
const covered = new Set<NoticeKind>()
const expectOnly = async (who: Who, kind: NoticeKind, more: object = {}) => {
  covered.add(kind)
  expect(await told(who)).toMatchObject([{ kind, byName: '顾建国', ...more }])
}
const AUDIENCE = { everyone: false, departments: [] as string[], roles: [] as string[], people: [] as string[] }
const DEFINITION = { filter: null, sorts: [], sums: [], layout: null, density: null }
const POOL = { note: null, hidden: [], dailyClaims: null, dailyViews: null, coolingDays: 0 }
const member = (employeeId: string, manages = false) => ({ employeeId, departmentId: null, manages })

describe('the notice', () => {
  it('of customers: assigned, transferred, asked to join, mentioned', async () => {
    const wang = await person('wang', { roles: ['sales'] })
    const li = await person('li', { roles: ['sales'] })
    const { id } = await customerOf(wang.employeeId, '海宁纺织')
    await expectOnly(wang, 'assigned', { title: '海宁纺织' })
    await admin.members.add({ customerId: id, employeeIds: [li.employeeId] as never, access: 'read' })
    await expectOnly(li, 'addedToTeam', { title: '海宁纺织' })
    const zhou = await person('zhou', { roles: ['salesManager'] })
    await admin.members.add({ customerId: id, employeeIds: [zhou.employeeId] as never, access: 'edit' })
    const said = await admin.followUps.create({ customerId: id, text: '请看', mentions: [zhou.employeeId] as never })
    covered.add('mention')
    expect((await told(zhou)).map(({ kind }) => kind)).toEqual(['mention', 'addedToTeam'])
    await admin.followUps.edit({
      id: said.id,
      version: said.version,
      values: { text: '请再看', mentions: [zhou.employeeId] as never },
    })
    expect((await told(zhou)).length).toBe(2)
    const moved = await customerOf(null, '转给李')
    await admin.customers.edit({ id: moved.id, version: 1, values: { ownerId: li.employeeId as never } })
    covered.add('transferred')
    expect((await told(li)).map(({ kind }) => kind)).toEqual(['transferred', 'addedToTeam'])
    const before = sent()
    await undoLast()
    expect(sent()).toBe(before)
  })

  it('of a duplicate goes to its owner, and says who asks', async () => {
    const wang = await person('wang', { roles: ['sales'] })
    const li = await person('li', { roles: ['sales'], name: '李婷' })
    const { id } = await customerOf(wang.employeeId, '海宁纺织有限公司')
    const [found] = await li.client.customers.lookalikes({ name: '海宁纺织有限公司' })
    await li.client.customers.askOwner({ name: '海宁纺织有限公司', ref: found?.ref ?? '' })
    covered.add('askedAbout')
    expect(await told(wang)).toMatchObject([{ kind: 'askedAbout', byName: '李婷' }, { kind: 'assigned' }])
    expect(await told(li)).toEqual([])
    expect(id).toHaveLength(26)
  })

  it('of a claim goes to who administers the pool, that of a release by somebody else to who had the customer', async () => {
    const wang = await person('wang', { roles: ['sales'], name: '王海峰' })
    const keeper = await person('keeper', { roles: ['salesManager', 'viewer'] })
    const other = await person('other', { roles: ['salesManager'] })
    const pool = await admin.pools.create({
      ...POOL,
      name: '华东公海',
      members: [member(wang.employeeId), member(keeper.employeeId, true), member(other.employeeId)] as never,
    })
    const rows = [await customerOf(wang.employeeId, '甲'), await customerOf(wang.employeeId, '乙')]
    const ids = rows.map(({ id }) => id)
    await wang.client.notifications.markRead({})
    await admin.pools.release({ selection: { ids }, poolId: pool.id, reason: null })
    covered.add('recycled')
    expect((await wang.client.notifications.list({ only: 'unread' })).rows).toMatchObject([{ kind: 'recycled', many: 2 }])
    const own = clientAs(running.backend, actorOf(running, wang.userId))
    await own.pools.claim({ ids })
    covered.add('claimed')
    expect(await told(keeper)).toMatchObject([{ kind: 'claimed', many: 2, byName: '王海峰' }])
    expect(await told(other)).toEqual([])
    const before = sent()
    await undoLast()
    await own.pools.release({ selection: { ids }, poolId: pool.id, reason: null })
    expect(sent()).toBe(before)
  })

  it('of a shared view goes to those it is for from then on, by its name of today, and goes with the view', async () => {
    const one = await department('一组')
    const wang = await person('wang', { roles: ['sales'], departmentId: one.id })
    const li = await person('li', { roles: ['sales'] })
    const view = await admin.views.create({
      entity: 'customer',
      kind: 'table',
      name: '大客户',
      definition: DEFINITION,
      audience: { ...AUDIENCE, departments: [one.id] },
    } as never)
    await expectOnly(wang, 'viewShared', { title: '大客户' })
    expect(await told(li)).toEqual([])
    const edited = await admin.views.edit({ id: view.id, version: view.version, name: '重点客户' } as never)
    await admin.views.edit({
      id: view.id,
      version: edited.version,
      audience: { ...AUDIENCE, departments: [one.id], people: [li.employeeId] },
    } as never)
    expect((await told(wang)).map(({ title }) => title)).toEqual(['重点客户'])
    await expectOnly(li, 'viewShared', { title: '重点客户' })
    await admin.views.remove({ id: view.id })
    expect([await told(wang), await told(li)]).toEqual([[], []])
  })

  it('of a hand-over is one for each successor, whatever he gets', async () => {
    const wang = await person('wang', { roles: ['sales'], name: '王海峰' })
    const li = await person('li', { roles: ['sales'] })
    for (const name of ['甲', '乙', '丙']) await customerOf(wang.employeeId, name)
    const pool = await admin.pools.create({ ...POOL, name: '公海', members: [member(wang.employeeId)] as never })
    const done = await admin.handover.run({
      plan: {
        employeeId: wang.employeeId,
        customers: { kind: 'one', to: li.employeeId },
        departmentsTo: null,
        reportsTo: null,
        teamsTo: null,
        poolsTo: li.employeeId,
        viewsTo: null,
      } as never,
      leftOn: '2026-11-19',
      overLimit: false,
    })
    await expectOnly(li, 'handedOver', { many: 4 })
    const before = sent()
    await admin.history.undoBatch({ batchId: done.batchId })
    expect([sent(), pool.id.length]).toEqual([before, 26])
  })

  it('of an import goes to who started it, and once to each who got customers by it', async () => {
    await running.start()
    const wang = await person('wang', { roles: ['sales'], name: '王海峰' })
    const path = csvFile([
      ['客户名称', '负责人'],
      ['甲', '王海峰'],
      ['乙', '王海峰'],
      ['丙', ''],
    ])
    const { id } = await admin.imports.upload({ entity: 'customer', file: new File([readFileSync(path)], basename(path)) })
    await admin.imports.prepare({ id })
    await settled(admin, id)
    await admin.imports.run({ id })
    expect((await settled(admin, id)).state).toBe('done')
    covered.add('importDone')
    expect((await admin.notifications.list({})).rows).toMatchObject([{ kind: 'importDone', detail: { created: 3 } }])
    expect(await told(wang)).toMatchObject([{ kind: 'assigned', many: 2, byName: '顾建国' }])
  })

  it('of an approval goes to who is asked, the answer to who asked', async () => {
    const wang = await person('wang', { roles: ['sales'], name: '王海峰' })
    const li = await person('li', { roles: ['sales'] })
    const me = async () => (await admin.notifications.list({})).rows.map(({ kind, byName }) => ({ kind, byName }))
    const customer = await wang.client.customers.create({ name: '要打折的客户' })
    const line = {
      productId: null,
      name: '服务',
      spec: null,
      unit: null,
      quantity: '1',
      priceFen: 100_00,
      taxRate: null,
      note: null,
    }
    const quote = await wang.client.quotes.create({ customerId: customer.id, lines: [{ ...line, discount: '30' }] })
    const ask = async () => {
      const { version } = await wang.client.quotes.get({ id: quote.id })
      await wang.client.quotes.submit({ id: quote.id, version })
      const [asked] = await wang.client.approvals.ofRecord({ subject: 'quote', id: quote.id })
      if (!asked) throw new Error('nothing was asked')
      return { id: asked.id, version: asked.version }
    }
    const first = await ask()
    covered.add('approvalAsked')
    expect(await me()).toEqual([{ kind: 'approvalAsked', byName: '王海峰' }])
    await admin.approvals.reject({ ...first, note: '太低' })
    await expectOnly(wang, 'approvalRefused', { title: null })
    await wang.client.approvals.withdraw(await ask())
    covered.add('approvalWithdrawn')
    expect((await me()).map(({ kind }) => kind)).toEqual(['approvalWithdrawn', 'approvalAsked', 'approvalAsked'])
    await admin.approvals.approve(await ask())
    covered.add('approvalPassed')
    expect((await told(wang)).map(({ kind }) => kind)).toEqual(['approvalPassed', 'approvalRefused'])
    const before = sent()
    await undoLast()
    expect([sent(), await told(li)]).toEqual([before, []])
  })

  it('of the pool rules goes to owners once a day, however often the night begins', async () => {
    await running.start()
    const wang = await person('wang', { roles: ['sales'] })
    const { id } = await customerOf(wang.employeeId, '快到期的')
    const at = '2026-10-27T04:00:00.000Z'
    await bySystem(running, ({ tx }) =>
      tx.updateTable('customer').set({ ownerSince: at, createdAt: at }).where('id', '=', id).execute(),
    )
    const boss = clientAs(running.backend, administrator(running))
    const pool = await boss.pools.create({ ...POOL, name: '规则公海', members: [] })
    await boss.pools.saveRule({
      values: {
        poolId: pool.id,
        name: '30 天没有跟进',
        basis: 'followUp',
        field: null,
        days: 30,
        levelDays: {},
        without: {},
        dayKind: 'calendar',
        remindDays: 2,
        enabled: true,
      },
      confirm: 1,
    } as never)
    const { jobs } = running.backend.services
    const night = async () => {
      const job = await jobs.enqueue({ kind: 'pools.recycle', input: null, owner: null })
      jobs.wake()
      expect((await jobs.settled(job.id)).state).toBe('done')
    }
    const soon = () => raw().prepare("select many from notification where kind = 'poolSoon'").pluck().all()
    for (let day = 19; day < 26 && soon().length === 0; day++) {
      running.clock.set(`2026-11-${day}T17:40:00.000Z`)
      await night()
    }
    covered.add('poolSoon')
    expect(soon()).toEqual([1])
    await night()
    expect(soon()).toEqual([1])
  })

  it('of the pool rules reaches every owner, in short transactions of a few each, and nobody twice after a cut', async () => {
    const owners = []
    for (const login of ['one', 'two', 'three', 'four', 'five']) owners.push(await person(login, { roles: ['sales'] }))
    const boss = clientAs(running.backend, administrator(running))
    const pool = await boss.pools.create({ ...POOL, name: '规则公海', members: [] })
    await boss.pools.saveRule({
      values: {
        poolId: pool.id,
        name: '30 天没有跟进',
        basis: 'followUp',
        field: null,
        days: 30,
        levelDays: {},
        without: {},
        dayKind: 'calendar',
        remindDays: 2,
        enabled: true,
      },
    } as never)
    // Due on the 2nd of December, so told in the night that begins the 30th of November.
    const at = '2026-11-02T04:00:00.000Z'
    for (const [index, { employeeId }] of owners.entries())
      for (let n = 0; n <= index; n++) {
        const { id } = await customerOf(employeeId, `${index} 的第 ${n} 个`)
        await bySystem(running, ({ tx }) =>
          tx.updateTable('customer').set({ ownerSince: at, createdAt: at }).where('id', '=', id).execute(),
        )
      }
    running.clock.set('2026-11-29T17:40:00.000Z')
    const before = raw().prepare("select count(*) from notification where kind = 'poolSoon'").pluck().get()
    let [commits, cutAfter] = [0, 2]
    const kind = recycling({ toldAtOnce: 2 })
    const counted: typeof kind = {
      ...kind,
      run: (context, input) =>
        kind.run(
          {
            ...context,
            commit: async (work, chunk) => {
              if (commits === cutAfter) throw new Error('cut')
              commits++
              return context.commit(work, chunk)
            },
          },
          input,
        ),
    }
    const jobs = createJobs(running.backend, { kinds: { 'pools.recycle': counted }, actorOf: () => null })
    await jobs.start()
    try {
      const night = async () => {
        const { id } = await jobs.enqueue({ kind: 'pools.recycle', input: null, owner: null })
        jobs.wake()
        return (await jobs.settled(id)).state
      }
      expect(await night()).toBe('failed')
      const soon = () =>
        raw().prepare("select employee_id, many, record_id is null from notification where kind = 'poolSoon'").raw().all()
      expect([before, soon().length]).toEqual([0, 4])
      cutAfter = 100
      expect(await night()).toBe('done')
      expect(commits).toBe(2 + 3)
      expect(soon().toSorted()).toEqual(owners.map(({ employeeId }, n) => [employeeId, n + 1, n === 0 ? 0 : 1]).toSorted())
      expect((await boss.pools.runs({}))[0]).toMatchObject({ state: 'done', due: 0, reminded: 15 })
    } finally {
      await jobs.close()
    }
  })

  it('of a lead goes to whom it is given, and to whom it is taken from when he stays silent', async () => {
    const wang = await person('wang', { roles: ['sales'] })
    const li = await person('li', { roles: ['sales'] })
    const pool = await admin.leadSettings.createPool({ name: '展会池', cap: null, recycleDays: 2, memberIds: [] })
    const lead = await admin.leads.create({ name: '海宁来电', poolId: pool.id })
    await admin.leads.assign({ selection: { ids: [lead.id] }, ownerId: wang.employeeId })
    await expectOnly(wang, 'leadAssigned', { title: '海宁来电' })
    await wang.client.notifications.markRead({})
    running.clock.move(3 * 86_400_000)
    // The sessions have ended by then.
    expect(await clientAs(running.backend, administrator(running)).leads.recycle({})).toMatchObject({ recycled: 1 })
    covered.add('leadRecycled')
    const own = clientAs(running.backend, actorOf(running, wang.userId))
    expect((await own.notifications.list({ only: 'unread' })).rows).toMatchObject([{ kind: 'leadRecycled', many: 1 }])
    const others = clientAs(running.backend, actorOf(running, li.userId))
    expect((await others.notifications.list({})).rows).toEqual([])
  })

  it('of opportunities comes once, in the morning after, to owners who may know the day', async () => {
    const wang = await person('wang', { roles: ['sales'] })
    const li = await person('li', { roles: ['sales'] })
    const blind = await addPerson(running, {
      name: '看不到日期的人',
      roles: [{ permissions: { 'opportunities.read': 'own' }, fieldRights: { 'opportunity.expectedOn': 'hidden' } }],
    })
    running.clock.set('2026-11-20T02:00:00.000Z')
    const boss = clientAs(running.backend, administrator(running))
    const deal = (name: string, { employeeId }: Pick<Who, 'employeeId'>, expectedOn: string | null) =>
      boss.opportunities.create({ name, ownerId: employeeId as never, expectedOn })
    await deal('一号', wang, '2026-12-03')
    await deal('二号', wang, '2026-12-03')
    await deal('三号', li, '2026-12-03')
    await deal('看不到日期', blind, '2026-12-03')
    const won = await deal('赢了的', li, '2026-12-03')
    const [pipeline] = await boss.pipelines.list({})
    const goal = pipeline?.stages.find(({ kind }) => kind === 'won')
    await boss.opportunities.move({ id: won.id, version: won.version, stageId: goal?.id as never })
    await running.start()
    const { jobs } = running.backend.services
    const morning = async (at: string) => {
      running.clock.set(at)
      const job = await jobs.enqueue({ kind: 'opportunities.remind', input: null, owner: null })
      jobs.wake()
      expect((await jobs.settled(job.id)).state).toBe('done')
    }
    const given = ({ employeeId }: Pick<Who, 'employeeId'>) =>
      raw()
        .prepare("select kind, many, record_id is null from notification where employee_id = ? and kind like 'deal%' order by id")
        .raw()
        .all(employeeId)
    await morning('2026-12-04T00:00:00.000Z')
    expect(given(wang)).toEqual([['dealLate', 2, 1]])
    expect(given(li)).toEqual([['dealLate', 1, 0]])
    expect(given(blind)).toEqual([])
    expect(await told({ ...li, client: clientAs(running.backend, actorOf(running, li.userId)) })).toMatchObject([
      { kind: 'dealLate', title: '三号' },
    ])
    await morning('2026-12-04T01:00:00.000Z')
    // Fourteen days in the first stage end on the 4th; a computer that was off for two days tells it then.
    await morning('2026-12-07T00:00:00.000Z')
    expect(given(wang)).toEqual([
      ['dealLate', 2, 1],
      ['dealStalled', 2, 1],
    ])
    expect(given(blind)).toEqual([['dealStalled', 1, 0]])
    covered.add('dealLate').add('dealStalled')
  })

  it('is proved for every kind that has words; failing jobs, invoices, contracts, plans and goods are in tests of their own', () => {
    expect(NOTICE_KINDS.filter((k) => !covered.has(k) && !/^(invoice|contract|plan|goods|stock)/.test(k))).toEqual(['jobFailed'])
  })
})

describe('a kind that is switched off', () => {
  it('is not shown, whichever it is, and what came meanwhile is there again afterwards', async () => {
    const wang = await person('wang', { roles: ['sales'] })
    await customerOf(wang.employeeId, '甲')
    for (const kind of NOTICE_KINDS) {
      await wang.client.notifications.set({ kind, way: 'off' })
      expect((await wang.client.notifications.settings({}))[kind]).toBe('off')
    }
    expect(await told(wang)).toEqual([])
    await wang.client.notifications.set({ kind: 'assigned', way: 'desktop' })
    expect((await told(wang)).map(({ kind }) => kind)).toEqual(['assigned'])
  })
})
