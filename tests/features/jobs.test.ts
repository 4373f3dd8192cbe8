import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Actor } from '../../src-shared/kernel/actor.ts'
import { oldParts } from '../../src-main/features/customers/jobs.ts'
import { PARTS } from '../../src-main/features/customers/purgeParts.ts'
import { verifyChain } from '../../src-main/kernel/journal.ts'
import { cronOfTimes, timesOfCron } from '../../src-shared/features/jobs/rules.ts'
import { type Client, clientAs, startBackend, type TestBackend } from '../support/backend.ts'

let test: TestBackend
let admin: Actor
let client: Client
beforeEach(async () => {
  test = await startBackend()
  admin = test.sessions.localAdmin('http')
  client = clientAs(test.backend, admin)
})
afterEach(() => test.dispose())

const salesman = (): Actor => ({
  ...admin,
  userId: '01SALESMAN0000000000000000',
  name: '销售',
  permissions: { 'customers.read': 'own' },
})

describe('jobs and schedules', () => {
  it('lists the plans in the workspace’s zone and sets one by times of day', async () => {
    await test.start()
    const plans = await client.jobs.schedules({})
    expect(plans.map(({ kind, enabled }) => [kind, enabled])).toEqual([
      ['backups.create', true],
      ['customers.purge', false],
      ['files.tidy', true],
      ['imports.tidy', true],
      ['jobs.housekeeping', true],
      ['leads.giveNow', true],
      ['leads.recycle', true],
      ['opportunities.remind', true],
      ['orders.remind', true],
      ['pools.recycle', true],
    ])
    expect(plans[0]).toMatchObject({
      times: ['12:30', '18:30'],
      zone: 'Asia/Shanghai',
      missed: 'once',
      nextRunAt: '2026-11-19T04:30:00.000Z',
    })
    await client.jobs.setSchedule({ kind: 'backups.create', times: ['09:15', '21:15'] })
    await test.backend.services.scheduler.tick()
    expect((await client.jobs.schedules({}))[0]).toMatchObject({
      times: ['09:15', '21:15'],
      nextRunAt: '2026-11-19T13:15:00.000Z',
    })
    await expect(client.jobs.setSchedule({ kind: 'backups.create', cron: 'now and then' })).rejects.toMatchObject({
      code: 'REFUSED',
      data: { reason: 'cronInvalid' },
    })
    await expect(client.jobs.setSchedule({ kind: 'nothing', enabled: true })).rejects.toMatchObject({
      data: { reason: 'unknownSchedule' },
    })
  })

  it('runs housekeeping now: old answers and ended sessions go, others stay', async () => {
    const old = '2026-11-01T00:00:00.000Z'
    const insert = test.backend.database.raw.prepare(
      "insert into idempotency (actor, key, procedure, input_hash, at) values (?, ?, 'p', '', ?)",
    )
    test.backend.database.raw.exec('begin')
    for (let n = 0; n < 4500; n++) insert.run('someone', `key-${n}`, old)
    insert.run('someone', 'fresh', test.clock.now())
    test.backend.database.raw.exec('commit')
    test.backend.database.raw
      .prepare(
        `insert into session (id, token_hash, user_id, origin, device, created_at, last_seen_at, idle_until, expires_at)
        values ('s', 'h', 'u', 'http', 'd', ?, ?, ?, ?)`,
      )
      .run(old, old, old, old)
    await test.start()
    const job = await client.jobs.runNow({ kind: 'jobs.housekeeping' })
    expect(await test.backend.services.jobs.settled(job.id)).toMatchObject({ state: 'done' })
    expect((await client.jobs.get({ id: job.id })).result).toMatchObject({ replies: 4500, sessions: 1 })
    expect(test.backend.database.raw.prepare("select key from idempotency where actor = 'someone'").pluck().all()).toEqual([
      'fresh',
    ])
  })

  it('shows one’s own jobs only, and steers no other’s', async () => {
    const { jobs } = test.backend.services
    const mine = await jobs.enqueue({ kind: 'jobs.housekeeping', input: null, owner: { id: salesman().userId, name: '销售' } })
    await jobs.enqueue({ kind: 'jobs.housekeeping', input: null, owner: null })
    const sales = clientAs(test.backend, salesman())
    expect(
      (await sales.jobs.list({})).rows.map(({ id, mine: own, ownerName, canCancel }) => [id, own, ownerName, canCancel]),
    ).toEqual([[mine.id, true, '销售', true]])
    const all = (await client.jobs.list({})).rows
    expect(all).toHaveLength(2)
    const other = all.find(({ id }) => id !== mine.id)
    await expect(sales.jobs.cancel({ id: other?.id ?? ('' as never) })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(sales.jobs.schedules({})).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(await sales.jobs.cancel({ id: all.find(({ id }) => id === mine.id)?.id as never })).toMatchObject({
      state: 'cancelled',
      canCancel: false,
    })
    await expect(sales.jobs.resume({ id: mine.id as never })).rejects.toMatchObject({ data: { reason: 'alreadyOver' } })
    expect(await client.jobs.pause({ id: other?.id as never })).toMatchObject({ state: 'paused', canResume: true })
  })

  it('purges what has lain in the bin for 30 days, when somebody wants it', async () => {
    const ids = []
    for (const name of ['杭州云杉科技有限公司', '绍兴酒业有限公司', '苏州留园'])
      ids.push((await client.customers.create({ name })).id)
    await client.customers.removeMany({ selection: { ids: ids.slice(0, 2) } })
    test.clock.move(31 * 86_400_000)
    await client.customers.removeMany({ selection: { ids: ids.slice(2) } })
    await test.start()
    const job = await client.jobs.runNow({ kind: 'customers.purge' })
    expect(await test.backend.services.jobs.settled(job.id)).toMatchObject({ state: 'done', result: '{"purged":2}' })
    expect(test.backend.database.raw.prepare('select name from customer').pluck().all()).toEqual(['苏州留园'])
  })

  it('purges what was deleted by itself 30 days ago, and names it in conversations no more', async () => {
    const customerId = (await client.customers.create({ name: '杭州云杉科技有限公司' })).id
    const gone = await client.contacts.create({ customerId, name: '离职的人', phone: '13800001111' })
    const fresh = await client.contacts.create({ customerId, name: '刚删的人' })
    const place = await client.addresses.create({ customerId, label: '旧仓库' })
    const said = await client.followUps.create({ customerId, text: '和他谈过', contactId: gone.id })
    const slip = await client.followUps.create({ customerId, text: '写错的一条' })
    await client.contacts.remove({ id: gone.id })
    await client.addresses.remove({ id: place.id })
    await client.followUps.remove({ id: slip.id })
    test.clock.move(31 * 86_400_000)
    await client.contacts.remove({ id: fresh.id })
    await test.start()
    const job = await client.jobs.runNow({ kind: 'customers.purge' })
    expect(await test.backend.services.jobs.settled(job.id)).toMatchObject({ state: 'done', result: '{"purged":3}' })
    const raw = test.backend.database.raw
    const ids = (table: string) => raw.prepare(`select id from ${table}`).pluck().all()
    expect([ids('contact'), ids('address'), ids('follow_up')]).toEqual([[fresh.id], [], [said.id]])
    expect((await client.followUps.ofCustomer({ customerId })).rows).toMatchObject([{ id: said.id, contactId: null }])
    const images = raw.prepare('select group_concat(before) from journal').pluck().get()
    for (const words of ['离职的人', '旧仓库', '写错的一条']) expect(images).not.toContain(words)
    expect(verifyChain(raw).faults).toEqual([])
    expect((await client.history.recent({ limit: 1, mine: false })).entries[0]).toMatchObject({
      action: 'purgedContacts',
      undoable: false,
    })
    for (const { entity } of PARTS) {
      const { sql, parameters } = oldParts(entity, { before: '2020', after: '' }).compile(test.backend.database.write)
      const plan = JSON.stringify(raw.prepare(`explain query plan ${sql}`).all(...parameters))
      expect(plan).toContain(`USING INDEX ${entity.table}_deleted`)
    }
  })

  it('times and plans say the same', () => {
    expect(cronOfTimes(['18:30', '12:30'])).toBe('30 12,18 * * *')
    expect(timesOfCron('30 12,18 * * *')).toEqual(['12:30', '18:30'])
    for (const times of [['12:30', '18:31'], ['24:00'], [], ['9:00']]) expect(cronOfTimes(times)).toBeNull()
    for (const cron of ['*/5 * * * *', '0 9 * * 1', '0 9-18 * * *', 'x']) expect(timesOfCron(cron)).toBeNull()
  })
})
