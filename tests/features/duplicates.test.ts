import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { seedCustomers } from '../../src-main/features/setup/seed.ts'
import { storePairs } from '../../src-main/features/duplicates/results.ts'
import { type Walked, walkBase } from '../../src-main/features/duplicates/walkTask.ts'
import { readCompared } from '../../src-main/features/customers/public.ts'
import { doctor } from '../../src-main/kernel/doctor.ts'
import { tableDigests } from '../../src-main/kernel/digest.ts'
import type { TaskContext } from '../../src-main/kernel/tasks.ts'
import type { NewCustomer } from '../../src-shared/features/customers/model.ts'
import type { DuplicateGroup } from '../../src-shared/features/duplicates/model.ts'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { scorePair } from '../../src-shared/kernel/matching/score.ts'
import type { Client } from '../support/backend.ts'
import { actorOf, addPerson, failureOf, type Office, openOffice } from '../support/factories.ts'

let office: Office
let admin: Client
beforeEach(async () => {
  office = await openOffice()
  admin = office.as(office.admin)
  await office.running.start()
})
afterEach(async () => {
  // Whatever was searched, stopped, decided and purged: the result is whole.
  const { raw } = office.running.backend.database
  const newestSchema = raw.pragma('user_version', { simple: true }) as number
  expect(doctor(office.running.folder, { version: 'test', newestSchema }).duplicatesConsistent).toBe(true)
  await office.close()
})

const add = async (values: NewCustomer): Promise<string> => (await admin.customers.create(values)).id
const planted = async (): Promise<[string, string]> => [
  await add({ name: '苏州博远精密机械有限公司', phone: '13805126621', city: '苏州市', address: '中山路 8 号', industry: '机械' }),
  await add({ name: '苏州博远精密机械', phone: '138 0512 6621' }),
]

async function search(client = admin): Promise<string> {
  const { id } = await client.duplicates.find({})
  const job = await office.running.backend.services.jobs.settled(id)
  expect(job).toMatchObject({ state: 'done', error: null })
  const { last } = await client.duplicates.state({})
  expect(last?.id).toBe(id)
  return id
}

async function groups(client = admin, filter: 'all' | 'sure' | 'maybe' = 'all'): Promise<DuplicateGroup[]> {
  const { last } = await client.duplicates.state({})
  if (!last) throw new Error('no search has ended')
  const input = { runId: last.id, filter }
  const { rows } = await client.duplicates.groups(input)
  const counted = await client.duplicates.counts({ runId: last.id })
  if (filter === 'all') expect(counted.sure + counted.maybe).toBe(rows.length)
  else expect(counted[filter]).toBe(rows.length)
  return rows
}
const idsOf = (found: readonly DuplicateGroup[]): (string | null)[][] =>
  found.map(({ members }) => members.map(({ id }) => id).sort())

describe('search of the whole base', () => {
  it('finds notations of one house, by name, by phone and by the phone of a contact', async () => {
    const [first, second] = await planted()
    const other = await add({ name: '绍兴越纺印染有限公司', city: '绍兴市' })
    await admin.contacts.create({ customerId: other, name: '王海峰', phone: '13957511128' })
    const homophone = await add({ name: '绍兴粤纺印染有限公司', phone: '139-5751-1128', city: '绍兴市' })
    await add({ name: '宁波海天重工有限公司', phone: '13700000001', city: '宁波市' })
    await search()
    const found = await groups()
    expect(idsOf(found)).toEqual(expect.arrayContaining([[first, second].sort(), [other, homophone].sort()]))
    expect(found).toHaveLength(2)
    const sure = found.find(({ members }) => members.some(({ id }) => id === first))
    expect(sure).toMatchObject({ sure: true, because: expect.arrayContaining(['mobileSame', 'coreSame']) })
    const { last, job } = await admin.duplicates.state({})
    expect(job).toBeNull()
    expect(last).toMatchObject({ customers: 5, userName: '顾建国' })
  })

  it('keeps branches, namesakes and the houses behind one switchboard apart', async () => {
    await add({ name: '途畅科技有限公司合肥分公司', phone: '0571-88886666' })
    await add({ name: '途畅科技有限公司南京分公司', phone: '0571-88886666' })
    await add({ name: '杭州云栖软件有限公司', phone: '0571-88886666', city: '杭州市' })
    await add({ name: '杭州大江食品有限公司', phone: '0571-88886666', city: '杭州市' })
    await add({ name: '王伟', kind: 'person', phone: '13800000001', city: '杭州市' })
    await add({ name: '王伟', kind: 'person', phone: '13900000002', city: '上海市' })
    await search()
    expect(await groups(admin, 'sure')).toEqual([])
    for (const { members } of await groups()) expect(members.map(({ name }) => name)).not.toContain('途畅科技有限公司合肥分公司')
  })

  it('finds two of one house among very many who share a placeholder number', async () => {
    for (let n = 0; n < 90; n++)
      await add({
        name: `${'甲乙丙丁戊己庚辛壬癸'[n % 10]}${'山水风云雷电星月日'[Math.floor(n / 10)]}禾${n}号商行`,
        phone: '13800000000',
      })
    const [first, second] = [
      await add({ name: '温州赛驰阀门有限公司', phone: '13800000000', city: '温州市' }),
      await add({ name: '温州市赛驰阀门', phone: '13800000000' }),
    ]
    await search()
    expect(idsOf(await groups(admin, 'sure'))).toContainEqual([first, second].sort())
  }, 60_000)

  it('shows who is in the recycle bin beside two living ones, and is no group with one alone', async () => {
    const [first, second] = await planted()
    const third = await add({ name: '苏州博远精密机械公司', phone: '13805126621' })
    await admin.customers.removeMany({ selection: { ids: [third] } })
    await search()
    const [group] = await groups()
    expect(group?.members.map(({ id, deleted }) => [id, deleted])).toEqual(
      [
        [first, false],
        [second, false],
        [third, true],
      ].sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
    )
    await admin.customers.removeMany({ selection: { ids: [second] } })
    expect(await groups()).toEqual([])
    const restored = await admin.customers.restoreMany({ selection: { ids: [second] } })
    expect(restored.changed).toBe(1)
    expect(await groups()).toHaveLength(1)
    await search()
    expect(await groups()).toHaveLength(1)
  })

  it('finds what comparing all who share a key finds, page by page', async () => {
    await planted()
    await seedCustomers(office.running.backend, { customers: 3500, seed: 7 })
    const steps: Walked[] = []
    await walkBase(
      taskContext((step) => void steps.push(step)),
      { after: null, done: 0 },
    )
    expect(steps.length).toBeGreaterThan(4)
    expect(steps.at(-1)).toMatchObject({ done: steps[0]?.total })
    const walked = new Set(steps.flatMap(({ pairs }) => pairs.map(({ first, second, sure }) => `${first} ${second} ${sure}`)))
    expect([...walked].sort()).toEqual([...bruteForce()].sort())
    expect(walked.size).toBeGreaterThan(0)
  }, 60_000)
})

const taskContext = (report: (step: Walked) => void): TaskContext =>
  ({ raw: office.running.backend.database.raw, signal: new AbortController().signal, report }) as unknown as TaskContext

function bruteForce(): Set<string> {
  const { raw } = office.running.backend.database
  const rows = raw
    .prepare(
      `select distinct coalesce(d.customer_id, d.record_id) as a, coalesce(e.customer_id, e.record_id) as b
      from match_key k join match_key l on l.key = k.key and l.doc <> k.doc join search_doc d on d.id = k.doc join search_doc e on e.id = l.doc`,
    )
    .all() as { a: string; b: string }[]
  const pairs = rows.filter(({ a, b }) => a < b)
  const known = readCompared(raw, [...new Set(pairs.flatMap(({ a, b }) => [a, b]))])
  const found = new Set<string>()
  for (const { a, b } of pairs) {
    const [first, second] = [known.get(a), known.get(b)]
    if (!first || !second) continue
    const { verdict } = scorePair(first.record, second.record)
    if (verdict !== 'different') found.add(`${a} ${b} ${verdict === 'same'}`)
  }
  return found
}

describe('a decision', () => {
  it('that two are not one settles the group, holds in the next search, and can be taken back', async () => {
    await planted()
    const runId = await search()
    const [group] = await groups()
    const before = tableDigests(office.running.backend.database.raw)
    expect(await admin.duplicates.notDuplicates({ runId: runId as never, n: group?.n ?? 0, at: null })).toMatchObject({
      pairs: 1,
    })
    expect(await groups()).toEqual([])
    expect(tableDigests(office.running.backend.database.raw)).not.toEqual(before)
    expect((await failureOf(admin.duplicates.notDuplicates({ runId: runId as never, n: 0, at: null }))).data).toMatchObject({
      reason: 'groupGone',
    })
    const [decided] = (await admin.history.recent({ limit: 1 })).entries
    expect(decided).toMatchObject({ action: 'notDuplicates', undoable: true })
    await search()
    expect(await groups()).toEqual([])
    await admin.history.undo({ seq: decided?.seq ?? 0 })
    expect(tableDigests(office.running.backend.database.raw)).toEqual(before)
    await search()
    expect(await groups()).toHaveLength(1)
  })

  it('takes one out of three and leaves the other two', async () => {
    const [first, second] = await planted()
    const third = await add({ name: '苏州博远精密机械公司', phone: '13805126621' })
    const runId = await search()
    const [group] = await groups()
    const at = group?.members.find(({ id }) => id === third)?.at ?? -1
    expect(await admin.duplicates.notDuplicates({ runId: runId as never, n: group?.n ?? 0, at })).toMatchObject({ pairs: 2 })
    expect(idsOf(await groups())).toEqual([[first, second].sort()])
    await search()
    expect(idsOf(await groups())).toEqual([[first, second].sort()])
  })

  it('goes with a customer who is purged', async () => {
    const [first, second] = await planted()
    const runId = await search()
    await admin.duplicates.notDuplicates({ runId: runId as never, n: 0, at: null })
    await admin.customers.removeMany({ selection: { ids: [second] } })
    await admin.customers.purgeMany({ selection: { ids: [second] }, confirmCount: 1 })
    expect(office.running.backend.database.raw.prepare('select count(*) from not_duplicate').pluck().get()).toBe(0)
    expect(await admin.customers.get({ id: first as never })).toMatchObject({ id: first })
  })
})

describe('rights', () => {
  it('are asked for: neither salesmen nor viewers search', async () => {
    for (const actor of [office.sales, office.viewer, office.service]) {
      const client = office.as(actor)
      expect(await failureOf(client.duplicates.find({}))).toMatchObject({ code: 'FORBIDDEN', data: { needs: 'duplicates.find' } })
      expect(await failureOf(client.duplicates.state({}))).toMatchObject({ code: 'FORBIDDEN' })
    }
  })

  it('of a manager show his people’s records and mask the others; a group out of his sight is none', async () => {
    const seller = office.sales.employeeId
    const [first, second] = await planted()
    await admin.customers.edit({ id: first as never, version: 1, values: { ownerId: seller } })
    const [stranger] = [
      await add({ name: '温州赛驰阀门有限公司', phone: '13700000000' }),
      await add({ name: '温州市赛驰阀门', phone: '13700000000' }),
    ]
    const manager = office.as(office.manager)
    const runId = await search(manager)
    const [group, ...more] = await groups(manager)
    expect(more).toEqual([])
    expect(await groups(admin)).toHaveLength(2)
    const hidden = group?.members.find(({ visible }) => !visible)
    expect(hidden).toMatchObject({ id: null, name: '苏***', ownerName: '顾建国' })
    expect(JSON.stringify(await groups(manager))).not.toContain(second)
    const detail = await manager.duplicates.group({ runId: runId as never, n: group?.n ?? 0 })
    expect(detail?.columns.map(({ id }) => id)).toEqual([first, null])
    expect(detail?.columns[1]?.alike).toMatchObject({ sure: true, because: expect.arrayContaining(['mobileSame']) })
    const text = JSON.stringify(detail)
    for (const secret of [second, stranger ?? '', '赛驰']) expect(text).not.toContain(secret)
    expect(detail?.rows.every(({ values }) => values[1] === null)).toBe(true)
    const foreign = (await groups(admin)).find(({ n }) => n !== group?.n)
    expect(await manager.duplicates.group({ runId: runId as never, n: foreign?.n ?? 0 })).toBeNull()
    const refused = await failureOf(manager.duplicates.notDuplicates({ runId: runId as never, n: foreign?.n ?? 0, at: null }))
    expect(refused.data).toMatchObject({ reason: 'groupGone' })
  })

  it('of fields hold side by side', async () => {
    await planted()
    const { userId } = await addPerson(office.running, {
      name: '陈思远',
      roles: [
        {
          permissions: { 'customers.read': 'all', 'duplicates.find': 'all' },
          fieldRights: { 'customer.phone': 'masked', 'customer.address': 'hidden' },
        },
      ],
    })
    const client = office.as(actorOf(office.running, userId))
    const runId = await search(client)
    const detail = await client.duplicates.group({ runId: runId as never, n: 0 })
    expect(detail?.rows.find(({ field }) => field === 'phone')?.values).toEqual(['138****6621', '138****6621'])
    expect(JSON.stringify(detail)).not.toContain('中山路')
    expect(detail?.rows.some(({ field }) => field === 'contacts' || field === 'followUps')).toBe(false)
  })
})

describe('the job', () => {
  const settled = (id: string) => office.running.backend.services.jobs.settled(id)

  it('can be paused and goes on; a second one waits its turn', async () => {
    const [first, second] = await planted()
    await seedCustomers(office.running.backend, { customers: 1500, seed: 7 })
    const { id } = await admin.duplicates.find({})
    expect((await failureOf(admin.duplicates.find({}))).data).toMatchObject({ reason: 'alreadyRunning' })
    await admin.jobs.pause({ id })
    expect(await settled(id)).toMatchObject({ state: 'paused' })
    expect(await admin.duplicates.state({})).toMatchObject({ last: null, job: { state: 'paused', canResume: true } })
    await admin.jobs.resume({ id })
    expect(await settled(id)).toMatchObject({ state: 'done' })
    expect(idsOf(await groups())).toContainEqual([first, second].sort())
    expect(leftOver()).toEqual([0, 1])
  }, 60_000)

  it('leaves nothing when it is cancelled, and the result before it stands', async () => {
    await planted()
    const before = await search()
    await seedCustomers(office.running.backend, { customers: 1500, seed: 7 })
    const { id } = await admin.duplicates.find({})
    await admin.jobs.cancel({ id })
    expect(await settled(id)).toMatchObject({ state: 'cancelled' })
    expect(await admin.duplicates.state({})).toMatchObject({ last: { id: before }, job: null })
    expect(await groups()).toHaveLength(1)
    expect(leftOver()).toEqual([0, 1])
  }, 60_000)

  it('goes on after a kill from the key it had reached, and finds the same', async () => {
    await planted()
    await seedCustomers(office.running.backend, { customers: 1500, seed: 7 })
    await search()
    const wanted = idsOf(await groups())
    const { raw } = office.running.backend.database
    const steps: Walked[] = []
    await walkBase(
      taskContext((step) => void steps.push(step)),
      { after: null, done: 0 },
    )
    const middle = Math.floor(steps.length / 2)
    const id = '01K0DD00000000000000000000'
    const step = steps[middle] as Walked
    const cursor = { n: 3, at: { at: step.at, done: step.done, compared: 5, walked: false } }
    raw
      .prepare(
        "insert into job (id, kind, title, owner_id, owner_name, state, input, cursor, attempt, created_at) values (?, 'duplicates.find', '', ?, '顾建国', 'running', 'null', ?, 1, ?)",
      )
      .run(id, office.admin.userId, JSON.stringify(cursor), office.running.clock.now())
    raw
      .prepare("insert into duplicate_run (id, user_id, user_name, state, created_at) values (?, ?, '顾建国', 'searching', ?)")
      .run(id, office.admin.userId, office.running.clock.now())
    // What the step after the last one written down had found is there already: it is done again.
    await storePairs(
      office.running.backend.database.write,
      id,
      steps.slice(0, middle + 2).flatMap(({ pairs }) => pairs),
    )
    await office.running.backend.services.jobs.start()
    expect(await settled(id)).toMatchObject({ state: 'done' })
    expect((await admin.duplicates.state({})).last?.id).toBe(id)
    expect(idsOf(await groups())).toEqual(wanted)
  }, 60_000)

  it('stops when the right is taken away', async () => {
    await planted()
    const manager: Actor = office.manager
    const { id } = await office.as(manager).duplicates.find({})
    await admin.jobs.pause({ id })
    await settled(id)
    await office.running.backend.database.write
      .transaction()
      .execute((tx) => tx.updateTable('job').set({ ownerId: office.sales.userId }).where('id', '=', id).execute())
    await admin.jobs.resume({ id })
    expect(await settled(id)).toMatchObject({
      state: 'failed',
      error: JSON.stringify({ reason: 'forbidden', needs: 'duplicates.find' }),
    })
  })

  /** Pairs still stored, and runs. */
  const leftOver = (): number[] =>
    ['duplicate_pair', 'duplicate_run'].map((table) =>
      Number(office.running.backend.database.raw.prepare(`select count(*) from ${table}`).pluck().get()),
    )
})
