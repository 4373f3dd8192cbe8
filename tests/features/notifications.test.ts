// experience.md 1 "notifications": told in person with the change, by today's rights, live, once for a batch, kept for 90 days.
import { describe, expect, it } from 'vitest'
import { runCommand } from '../../src-main/kernel/commands.ts'
import { notificationsContract } from '../../src-shared/features/notifications/contract.ts'
import { NOTICE_KINDS } from '../../src-shared/kernel/notices.ts'
import type { LiveChange } from '../../src-shared/kernel/live.ts'
import type { ProcedureMeta } from '../../src-shared/kernel/procedure.ts'
import { text } from '../../src-renderer/features/notifications/text.ts'
import { admin, customerOf, department, person, raw, running } from '../support/company.ts'
import { administrator, bySystem } from '../support/factories.ts'
import { type Client, clientAs } from '../support/backend.ts'

const kindsOf = async (client: Client) => (await client.notifications.list({})).rows.map(({ kind }) => kind)

const lastSeq = (): number => raw().prepare('select max(seq) from command').pluck().get() as number
/** Whether a window that shows the answer of this query asks anew after the change. */
const asksAgain = ({ '~orpc': { meta } }: { '~orpc': { meta: ProcedureMeta } }, { changes }: LiveChange): boolean =>
  meta.kind === 'query' && changes.some(({ entity }) => meta.shows.includes(entity))

describe('somebody is told', () => {
  it('of a customer who was made for him or given to him, by name and who did it; not whoever does it himself', async () => {
    const wang = await person('wang', { roles: ['sales'] })
    await customerOf(wang.employeeId, '海宁纺织')
    const own = await admin.customers.create({ name: '自己的' })
    await admin.customers.edit({ id: own.id, version: 1, values: { ownerId: wang.employeeId } })
    const { rows } = await wang.client.notifications.list({})
    expect(rows.map(({ kind, title, byName, many }) => ({ kind, title, byName, many }))).toEqual([
      { kind: 'transferred', title: '自己的', byName: '顾建国', many: 1 },
      { kind: 'assigned', title: '海宁纺织', byName: '顾建国', many: 1 },
    ])
    expect(rows[0]?.opens).toEqual({ entity: 'customer', id: own.id })
    expect(await kindsOf(admin)).toEqual([])
  })

  it('once of many customers in one step, with their number', async () => {
    const wang = await person('wang', { roles: ['sales'] })
    const ids: string[] = []
    for (let n = 0; n < 5; n++) ids.push((await customerOf(null, `客户${n}`)).id)
    await admin.customers.editMany({ selection: { ids }, values: { ownerId: wang.employeeId } })
    const { rows } = await wang.client.notifications.list({})
    expect(rows.map(({ kind, many, recordId }) => ({ kind, many, recordId }))).toEqual([
      { kind: 'transferred', many: 5, recordId: null },
    ])
  })

  it('once of a batch in several commands, unread again when more of it comes', async () => {
    const wang = await person('wang', { roles: ['sales'] })
    const { id } = await customerOf(null, '成批')
    const part = (n: number) =>
      runCommand(
        running.backend,
        { procedure: 'test.batch', actor: administrator(running), key: null, input: null, options: { batchId: 'b'.repeat(26) } },
        (context) => {
          context.notify({ employeeIds: [wang.employeeId], kind: 'recycled', entity: 'customer', recordId: id, many: n })
          context.unchanged()
          return Promise.resolve(null)
        },
      )
    await part(1)
    await wang.client.notifications.markRead({})
    await part(3)
    await part(4)
    const { rows } = await wang.client.notifications.list({ only: 'unread' })
    expect(rows.map(({ kind, many, recordId }) => ({ kind, many, recordId }))).toEqual([
      { kind: 'recycled', many: 8, recordId: null },
    ])
  })

  it('nothing when the command fails', async () => {
    const wang = await person('wang', { roles: ['sales'] })
    const failing = bySystem(running, (context) => {
      context.notify({ employeeIds: [wang.employeeId], kind: 'mention', entity: 'customer', recordId: null })
      throw new Error('after it was said')
    })
    await expect(failing).rejects.toThrow('after it was said')
    expect(raw().prepare('select count(*) from notification').pluck().get()).toBe(0)
  })
})

describe('what he may see decides', () => {
  it('a customer who went to somebody else is not named any more, nor counted', async () => {
    const one = await department('一组')
    const wang = await person('wang', { roles: ['sales'], departmentId: one.id })
    const li = await person('li', { roles: ['sales'] })
    const { id } = await customerOf(wang.employeeId, '先给王')
    expect(await wang.client.notifications.unread({})).toMatchObject({ count: 1, newest: [{ title: '先给王' }] })
    await admin.customers.edit({ id, version: 1, values: { ownerId: li.employeeId } })
    expect(await wang.client.notifications.unread({})).toEqual({ count: 0, newest: [] })
    expect(await kindsOf(wang.client)).toEqual([])
    expect(await kindsOf(li.client)).toEqual(['transferred'])
  })

  it('a deleted customer is still named to who sees him, and does not open', async () => {
    const wang = await person('wang', { roles: ['sales'] })
    const { id } = await customerOf(wang.employeeId, '删掉的')
    await admin.customers.removeMany({ selection: { ids: [id] } })
    const { rows } = await wang.client.notifications.list({})
    expect(rows.map(({ title, opens }) => ({ title, opens }))).toEqual([{ title: '删掉的', opens: null }])
  })

  it('a follow-up is called by its customer and hidden from a role without follow-ups', async () => {
    const wang = await person('wang', { roles: ['sales'] })
    const qian = await person('qian', { roles: ['finance'] })
    const { id } = await customerOf(wang.employeeId, '谈过的')
    const followUp = await admin.followUps.create({ customerId: id, text: '机密' })
    await bySystem(running, async (context) => {
      context.notify({
        employeeIds: [wang.employeeId, qian.employeeId],
        kind: 'mention',
        entity: 'followUp',
        recordId: followUp.id,
      })
      await context.tx.updateTable('customer').set({ level: 'A' }).where('id', '=', id).execute()
    })
    const { rows } = await wang.client.notifications.list({ limit: 1 })
    expect(rows[0]).toMatchObject({ kind: 'mention', title: '谈过的', opens: { entity: 'customer', id } })
    expect(await kindsOf(qian.client)).toEqual([])
  })
})

describe('what is taken back', () => {
  it('takes what was told of it along, from the list and the count, which are both asked again; done again, it brings it back', async () => {
    const wang = await person('wang', { roles: ['sales'] })
    const { id: customerId } = await customerOf(wang.employeeId, '海宁纺织')
    await admin.followUps.create({ customerId, text: '请看', mentions: [wang.employeeId] })
    const stop = new AbortController()
    const stream = await wang.client.live.changes({}, { signal: stop.signal })
    await stream.next()
    for (const count of [1, 2]) {
      await admin.history.undo({ seq: lastSeq() })
      const { value } = (await stream.next()) as { value: LiveChange }
      expect(asksAgain(notificationsContract.list, value)).toBe(true)
      expect(asksAgain(notificationsContract.unread, value)).toBe(true)
      expect((await wang.client.notifications.unread({})).count).toBe(count)
      expect(await kindsOf(wang.client)).toHaveLength(count)
    }
    stop.abort()
  })
})

describe('one’s own list', () => {
  it('is paged, marked as read one by one and as a whole; other people’s notices stay unread', async () => {
    const wang = await person('wang', { roles: ['sales'] })
    const li = await person('li', { roles: ['sales'] })
    for (let n = 0; n < 5; n++) await customerOf(wang.employeeId, `客户${n}`)
    await customerOf(li.employeeId, '李的')
    const first = await wang.client.notifications.list({ limit: 2 })
    expect([first.rows.length, first.hasMore]).toEqual([2, true])
    const rest = await wang.client.notifications.list({ limit: 10, before: first.rows[1]?.id })
    expect([rest.rows.map(({ title }) => title), rest.hasMore]).toEqual([['客户2', '客户1', '客户0'], false])
    const theirs = (await li.client.notifications.list({})).rows.map(({ id }) => id)
    expect(await wang.client.notifications.markRead({ ids: [...first.rows.map(({ id }) => id), ...theirs] })).toEqual({
      marked: 2,
    })
    expect((await wang.client.notifications.unread({})).count).toBe(3)
    expect(await wang.client.notifications.markRead({})).toEqual({ marked: 3 })
    expect((await li.client.notifications.unread({})).count).toBe(1)
  })

  it('leaves out a kind that is switched off', async () => {
    const wang = await person('wang', { roles: ['sales'] })
    await customerOf(wang.employeeId, '甲')
    await wang.client.notifications.set({ kind: 'assigned', way: 'off' })
    expect(await wang.client.notifications.unread({})).toEqual({ count: 0, newest: [] })
    expect(await wang.client.notifications.settings({})).toEqual({ assigned: 'off' })
    await wang.client.notifications.set({ kind: 'assigned', way: 'page' })
    expect((await wang.client.notifications.unread({})).count).toBe(1)
  })

  it('is told live to him and to nobody else, and after a cut', async () => {
    const wang = await person('wang', { roles: ['viewer'] })
    const li = await person('li', { roles: ['viewer'] })
    const since = raw().prepare('select max(seq) from command').pluck().get() as number
    const stop = new AbortController()
    const stream = await wang.client.live.changes({}, { signal: stop.signal })
    await stream.next()
    await bySystem(running, async (context) => {
      context.notify({ employeeIds: [wang.employeeId], kind: 'mention', entity: 'customer', recordId: null })
      await context.tx.updateTable('workspace').set({ company: '新名' }).execute()
    })
    const told: string[] = []
    while (!told.includes('notification')) {
      const { value } = (await stream.next()) as { value: LiveChange }
      told.push(...value.changes.map(({ entity }) => entity))
    }
    stop.abort()
    const entitiesSince = async (client: Client) => {
      const again = new AbortController()
      const first = (await (await client.live.changes({ since }, { signal: again.signal })).next()).value as LiveChange
      again.abort()
      return first.changes.map(({ entity }) => entity)
    }
    expect(await entitiesSince(wang.client)).toContain('notification')
    expect(await entitiesSince(li.client)).not.toContain('notification')
  })

  it('is kept for 90 days', async () => {
    const wang = await person('wang', { roles: ['sales'] })
    await customerOf(wang.employeeId, '旧的')
    running.clock.move(91 * 86_400_000)
    // His session has ended long since.
    const boss = clientAs(running.backend, administrator(running))
    await boss.customers.create({ name: '新的', ownerId: wang.employeeId })
    await running.start()
    const { id } = await boss.jobs.runNow({ kind: 'jobs.housekeeping' })
    expect((await running.backend.services.jobs.settled(id)).state).toBe('done')
    expect(raw().prepare('select count(*) from notification').pluck().get()).toBe(1)
  })
})

describe('jobs', () => {
  it('a job that fails is told to who started it; one of the program to who steers jobs', async () => {
    const wang = await person('wang', { roles: ['sales'] })
    await running.start()
    const { jobs } = running.backend.services
    const fails = { kind: 'imports.run', input: { importId: 'gone', fileName: '客户.xlsx' } }
    const { id } = await jobs.enqueue({ ...fails, owner: { id: wang.userId, name: '王' } })
    expect((await jobs.settled(id)).state).toBe('failed')
    const own = await jobs.enqueue({ ...fails, owner: null })
    expect((await jobs.settled(own.id)).state).toBe('failed')
    expect((await wang.client.notifications.list({})).rows).toMatchObject([
      { kind: 'jobFailed', detail: { kind: 'imports.run', title: '客户.xlsx' }, opens: { entity: 'job', id } },
    ])
    expect((await admin.notifications.list({})).rows.map(({ opens }) => opens?.id)).toEqual([own.id])
  })
})

it('every kind has its words, for one and for many, in both languages', () => {
  for (const words of Object.values(text))
    for (const kind of NOTICE_KINDS)
      for (const key of [`one.${kind}`, `name.${kind}`]) expect((words as Record<string, string>)[key], key).toBeTruthy()
})
