// Pools over all wires: who sees, claims, gives and releases, and that each refusal says its figures.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Client } from '../support/backend.ts'
import { actorOf, addPerson, failureOf, type Office, openOffice } from '../support/factories.ts'
import { connectOver, wires } from '../support/wires.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(async () => {
  expect(office.running.faults).toEqual([])
  await office.close()
})

const OPEN = {
  note: null,
  hidden: [] as string[],
  dailyClaims: null as number | null,
  dailyViews: null as number | null,
  coolingDays: 0,
}
const member = (employeeId: string | null, manages = false) => ({ employeeId: String(employeeId), departmentId: null, manages })
const refusal = async (call: Promise<unknown>) => {
  const { code, data } = await failureOf(call)
  return { why: data['reason'] ?? code, ...(data['detail'] as object | undefined) }
}
let pools = 0
const namePool = () => `公海${++pools}`

describe.each(wires)('pools over %s', (name) => {
  const connect = connectOver(name, () => office)
  const mark = '甲乙丙'.charAt(wires.indexOf(name))
  let admin: Client
  /** A pool whose members are the two salesmen, and customers of nobody in it. */
  async function poolWith(count: number, more: Partial<typeof OPEN> & { manager?: string } = {}) {
    const { manager, ...values } = more
    const members = [
      member(office.sales.employeeId),
      member(office.colleague.employeeId),
      ...(manager ? [member(manager, true)] : []),
    ]
    const pool = await admin.pools.create({ ...OPEN, ...values, name: namePool(), members })
    const ids = []
    for (let n = 0; n < count; n++)
      ids.push((await admin.customers.create({ name: `${pool.name}客户${n}${mark}`, ownerId: null, phone: '13805126621' })).id)
    if (count > 0) await admin.pools.release({ selection: { ids }, poolId: pool.id, reason: null })
    // Rights are read anew: who belongs to a pool is part of them.
    const as = (actor: { userId: string }) => connect(actorOf(office.running, actor.userId))
    return {
      pool,
      ids,
      first: ids[0] as (typeof ids)[number],
      sales: await as(office.sales),
      colleague: await as(office.colleague),
    }
  }
  beforeAll(async () => {
    admin = await connect(office.admin)
  })

  it('a member sees its customers in the pool and by words, not in the list; who is no member sees none', async () => {
    const { pool, first, sales } = await poolWith(2)
    const service = await connect(office.viewer)
    expect((await sales.pools.mine({})).find(({ id }) => id === pool.id)).toMatchObject({
      customers: 2,
      isMember: true,
      mayClaim: true,
    })
    expect((await sales.customers.list({ pool: pool.id })).rows).toHaveLength(2)
    expect((await sales.customers.count({ pool: pool.id })).count).toBe(2)
    expect((await sales.customers.list({ limit: 200 })).rows.map(({ id }) => id)).not.toContain(first)
    expect((await admin.customers.list({ limit: 200 })).rows.map(({ id }) => id)).not.toContain(first)
    expect((await sales.search.records({ text: `${pool.name}客户0${mark}` })).hits.map(({ id }) => id)).toEqual([first])
    // Claimed before anything is changed or written down: no page offers it.
    expect(await sales.customers.get({ id: first })).toMatchObject({
      poolId: pool.id,
      poolName: pool.name,
      ownerId: null,
      may: { edit: false, remove: false, release: false, say: false },
    })
    expect((await admin.customers.get({ id: first })).may).toMatchObject({ edit: true, say: true })
    expect((await service.customers.list({ pool: pool.id })).rows).toEqual([])
    expect((await refusal(service.customers.get({ id: first }))).why).toBe('NOT_FOUND')
    expect((await service.search.records({ text: `${pool.name}客户0${mark}` })).hits).toEqual([])
  })

  it('what the pool hides its members neither read, nor find, nor ask by; who administers it sees it', async () => {
    const boss = await addPerson(office.running, { name: '海管', roles: ['sales'] })
    const { pool, first, sales } = await poolWith(1, { hidden: ['customer.phone', 'contact.phone'], manager: boss.employeeId })
    await admin.contacts.create({ customerId: first, name: `隐号${mark}`, phone: '13905126622' })
    expect((await sales.customers.get({ id: first })).phone).toBeNull()
    expect((await sales.customers.list({ pool: pool.id })).rows).toMatchObject([{ phone: null }])
    expect((await sales.contacts.ofCustomer({ customerId: first })).map(({ phone }) => phone)).toEqual([null])
    expect((await sales.customers.list({ pool: pool.id, search: '13805126621' })).rows).toEqual([])
    const found = (await sales.search.records({ text: '13805126621', limit: 50 })).hits
    expect(found.filter(({ id }) => id === first)).toEqual([])
    const sort = [{ field: 'phone', direction: 'asc' as const }]
    expect((await refusal(sales.customers.list({ pool: pool.id, sort }))).why).toBe('FORBIDDEN')
    const { entries } = await sales.history.ofRecord({ entity: 'customer', id: first })
    expect(JSON.stringify(entries)).not.toContain('13805126621')
    const manager = await connect(actorOf(office.running, boss.userId))
    expect((await manager.customers.get({ id: first })).phone).toBe('+8613805126621')
  })

  it('of several chosen those that are gone meanwhile are told, and the others taken', async () => {
    const { ids, sales } = await poolWith(2)
    const elsewhere = await admin.pools.create({ ...OPEN, name: namePool(), members: [] })
    await admin.pools.assign({ selection: { ids: ids.slice(1) }, ownerId: String(office.colleague.employeeId) } as never)
    await admin.pools.release({ selection: { ids: ids.slice(1) }, poolId: elsewhere.id, reason: null })
    expect(await sales.pools.claim({ ids })).toMatchObject({ claimed: 1, refused: [{ reason: 'notInPool' }] })
  })

  it('a claim makes the customer his, leaves the pool, and one undo puts him back', async () => {
    const { pool, first, sales } = await poolWith(1)
    expect(await sales.pools.claim({ ids: [first] })).toEqual({ claimed: 1, refused: [] })
    expect(await sales.customers.get({ id: first })).toMatchObject({
      ownerId: office.sales.employeeId,
      poolId: null,
      poolEnteredAt: null,
    })
    expect((await sales.pools.mine({})).find(({ id }) => id === pool.id)).toMatchObject({ customers: 0, claimedToday: 1 })
    const { entries } = await sales.history.ofRecord({ entity: 'customer', id: first })
    expect(entries[0]).toMatchObject({ action: 'claimed', undoable: true })
    // Counted in customers: the line about his move is none.
    expect(await sales.history.undo({ seq: entries[0]?.seq ?? 0 })).toMatchObject({
      kept: 0,
      failed: 0,
      records: { entity: 'customer', reversed: 1, kept: 0 },
    })
    expect(await sales.customers.get({ id: first })).toMatchObject({
      createdByName: office.admin.name,
      ownerId: null,
      poolId: pool.id,
    })
    // It was a claim of the day all the same.
    expect((await sales.pools.mine({})).find(({ id }) => id === pool.id)?.claimedToday).toBe(1)
  })

  it('of two who claim the last one at once exactly one gets him, and the other reads who did', async () => {
    const { first, sales, colleague } = await poolWith(1)
    const outcomes = await Promise.allSettled([sales.pools.claim({ ids: [first] }), colleague.pools.claim({ ids: [first] })])
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const winner = outcomes[0]?.status === 'fulfilled' ? '王海峰' : '李婷'
    const lost = outcomes.find((one) => one.status === 'rejected')
    expect(await refusal(Promise.reject(lost?.reason as Error))).toEqual({ why: 'takenBy', name: winner })
  })

  it('a daily cap stops at its figure; several at once are taken as far as it goes', async () => {
    const { ids, sales } = await poolWith(3, { dailyClaims: 2 })
    expect(await sales.pools.claim({ ids })).toEqual({
      claimed: 2,
      refused: [{ reason: 'dailyClaims', count: 1, detail: { used: 2, most: 2 } }],
    })
    const left = ids.at(-1) as (typeof ids)[number]
    expect(await refusal(sales.pools.claim({ ids: [left] }))).toEqual({ why: 'dailyClaims', used: 2, most: 2 })
  })

  it('who let a customer go waits until he has cooled down; another may take him at once', async () => {
    const { pool, first, sales, colleague } = await poolWith(1, { coolingDays: 7 })
    await sales.pools.claim({ ids: [first] })
    await sales.pools.release({ selection: { ids: [first] }, poolId: pool.id, reason: '联系不上' })
    expect(await refusal(sales.pools.claim({ ids: [first] }))).toMatchObject({ why: 'cooling', days: 7, until: '2026-11-26' })
    expect((await colleague.pools.claim({ ids: [first] })).claimed).toBe(1)
  })

  it('releasing is for his own, says the reason in history, takes the team off, and is undone whole', async () => {
    const { pool, sales, colleague } = await poolWith(0)
    const mine = await sales.customers.create({ name: `要放走${mark}` })
    const theirs = await colleague.customers.create({ name: `别人的${mark}` })
    await sales.members.add({ customerId: mine.id, employeeIds: [String(office.colleague.employeeId)], access: 'edit' })
    await colleague.members.add({ customerId: theirs.id, employeeIds: [String(office.sales.employeeId)], access: 'edit' })
    const done = await sales.pools.release({ selection: { ids: [mine.id, theirs.id] }, poolId: pool.id, reason: '不做了' })
    expect(done).toMatchObject({ changed: 1, refused: 1, unchanged: 0 })
    expect(await sales.customers.get({ id: mine.id })).toMatchObject({ ownerId: null, poolId: pool.id })
    expect((await sales.members.list({ customerId: mine.id })).rows).toEqual([])
    expect((await refusal(sales.followUps.create({ customerId: mine.id, text: '没领就写' }))).why).toBe('inPool')
    const { version } = await sales.customers.get({ id: mine.id })
    expect((await refusal(sales.customers.edit({ id: mine.id, version, values: { level: 'A' } }))).why).toBe('FORBIDDEN')
    const undone = await sales.history.undoBatch({ batchId: String(done.batchId) })
    expect(undone).toMatchObject({ kept: 0, failed: 0, remaining: 0 })
    expect(await sales.customers.get({ id: mine.id })).toMatchObject({ ownerId: office.sales.employeeId, poolId: null })
    expect((await sales.members.list({ customerId: mine.id })).rows).toHaveLength(1)
  })

  it('an administrator of the pool assigns, a member may not; who gets them is told', async () => {
    const boss = await addPerson(office.running, { name: `海主管${mark}`, roles: ['salesManager'] })
    const { pool, ids, sales } = await poolWith(2, { manager: boss.employeeId })
    const manager = await connect(actorOf(office.running, boss.userId))
    const ownerId = String(office.colleague.employeeId)
    expect((await refusal(sales.pools.assign({ selection: { ids }, ownerId }))).why).toBe('FORBIDDEN')
    const done = await manager.pools.assign({ selection: { which: { pool: pool.id }, except: [] }, ownerId })
    expect(done).toMatchObject({ changed: 2, refused: 0 })
    const told = office.running.backend.database.raw
      .prepare("select many from notification where employee_id = ? and kind = 'assigned' order by at desc, id desc limit 1")
      .pluck()
      .get(ownerId)
    expect(told).toBe(2)
    expect((await refusal(manager.pools.assign({ selection: { ids }, ownerId: '01JJJJJJJJJJJJJJJJJJJJJJJJ' }))).why).toBe(
      'employeeUnknown',
    )
  })

  it('a daily view cap opens so many a day in full; each again costs nothing', async () => {
    const { pool, ids, sales } = await poolWith(3, { dailyViews: 2 })
    const [a, b, c] = ids as [never, never, never]
    expect((await sales.customers.list({ pool: pool.id })).rows).toHaveLength(3)
    expect((await refusal(sales.customers.get({ id: a }))).why).toBe('NOT_FOUND')
    expect(await sales.pools.open({ id: a })).toEqual({ used: 1, most: 2 })
    expect((await sales.customers.get({ id: a })).id).toBe(a)
    expect(await sales.pools.open({ id: a })).toEqual({ used: 1, most: 2 })
    await sales.pools.open({ id: b })
    expect(await refusal(sales.pools.open({ id: c }))).toEqual({ why: 'dailyViews', used: 2, most: 2 })
    expect(
      (
        await refusal(
          sales.contacts
            .ofCustomer({ customerId: c })
            .then((rows) => Promise.reject(Object.assign(new Error(), { code: String(rows.length) }))),
        )
      ).why,
    ).toBe('0')
  })
})

describe('holding limits', () => {
  it('count for create, transfer, claim and import; what is excluded does not count', async () => {
    const admin = office.as(office.admin)
    const person = await addPerson(office.running, { name: '小容', roles: ['salesManager'] })
    const ownerId = person.employeeId
    const limit = await admin.pools.createLimit({
      employeeId: ownerId,
      departmentId: null,
      most: 2,
      without: { statuses: ['won'] },
    })
    await admin.customers.create({ name: '第一个', ownerId })
    await admin.customers.create({ name: '已成交不算', ownerId, status: 'won' })
    await admin.customers.create({ name: '第二个', ownerId })
    const full = { name: '小容', held: 2, most: 2 }
    expect(await refusal(admin.customers.create({ name: '第三个', ownerId }))).toEqual({ why: 'holdingFull', ...full })
    const free = await admin.customers.create({ name: '要转给他', ownerId: null })
    const transfer = admin.customers.edit({ id: free.id, version: free.version, values: { ownerId } })
    expect(await refusal(transfer)).toEqual({ why: 'holdingFull', ...full })
    expect(await refusal(admin.customers.editMany({ selection: { ids: [free.id] }, values: { ownerId } }))).toEqual({
      why: 'holdingFull',
      ...full,
    })
    expect((await admin.customers.get({ id: free.id })).ownerId).toBeNull()
    const pool = await admin.pools.create({ ...OPEN, name: namePool(), members: [member(ownerId)] })
    await admin.pools.release({ selection: { ids: [free.id] }, poolId: pool.id, reason: null })
    const own = office.as(actorOf(office.running, person.userId))
    expect(await refusal(own.pools.claim({ ids: [free.id] }))).toMatchObject({ why: 'holdingFull', held: 2, most: 2 })
    expect(await own.pools.holding({})).toMatchObject({ held: 2, most: 2 })
    await admin.pools.editLimit({
      id: limit.id,
      version: limit.version,
      values: { employeeId: ownerId, departmentId: null, most: 3, without: { statuses: ['won'] } },
    })
    expect((await own.pools.claim({ ids: [free.id] })).claimed).toBe(1)
  })

  it('of a bulk transfer or assignment take as many as fit, say so before and after, and one undo takes it back', async () => {
    const admin = office.as(office.admin)
    const { employeeId: ownerId } = await addPerson(office.running, { name: '只剩三个', roles: ['salesManager'] })
    await admin.pools.createLimit({ employeeId: ownerId, departmentId: null, most: 103, without: { statuses: ['won'] } })
    const ids: string[] = []
    for (let n = 0; n < 130; n++)
      ids.push((await admin.customers.create({ name: `多的${n}`, ownerId: null, status: n < 5 ? 'won' : 'potential' })).id)
    const asked = { selection: { ids }, values: { ownerId: ownerId as never } }
    // Five of the 130 do not count, so 108 fit, although the first chunk alone would have filled most of it.
    expect(await admin.customers.previewMany({ act: 'edit', ...asked })).toEqual({
      changed: 108,
      refused: 22,
      unchanged: 0,
      because: { holdingFull: 22 },
    })
    const done = await admin.customers.editMany(asked)
    expect(done).toMatchObject({ changed: 108, refused: 22, unchanged: 0, because: { holdingFull: 22 } })
    expect((await admin.pools.limits({})).length).toBeGreaterThan(0)
    const held = () =>
      office.running.backend.database.raw.prepare('select count(*) from customer where owner_id = ?').pluck().get(ownerId)
    expect(held()).toBe(108)
    expect(await refusal(admin.customers.editMany({ ...asked, selection: { ids: ids.slice(-5) } }))).toEqual({
      why: 'holdingFull',
      name: '只剩三个',
      held: 103,
      most: 103,
    })
    let before: number | undefined
    for (let remaining = 1; remaining > 0; ) {
      const part = await admin.history.undoBatch({ batchId: String(done.batchId), ...(before === undefined ? {} : { before }) })
      remaining = part.remaining
      before = part.before ?? undefined
    }
    expect(held()).toBe(0)
    const pool = await admin.pools.create({ ...OPEN, name: namePool(), members: [] })
    await admin.pools.release({ selection: { ids }, poolId: pool.id, reason: null })
    expect(await admin.pools.assign({ selection: { ids }, ownerId: ownerId as never })).toMatchObject({
      changed: 108,
      refused: 22,
      because: { holdingFull: 22 },
    })
    expect((await admin.customers.count({ pool: pool.id })).count).toBe(22)
  })

  it('the own limit goes before that of the department, and that before everybody’s', async () => {
    const admin = office.as(office.admin)
    const { employeeId, userId } = await addPerson(office.running, {
      name: '层层',
      roles: ['sales'],
      departmentId: departmentOf(office.sales.employeeId),
    })
    const own = office.as(actorOf(office.running, userId))
    await admin.pools.createLimit({ employeeId: null, departmentId: null, most: 900, without: {} })
    expect((await own.pools.holding({})).most).toBe(900)
    const [region] = (await admin.people.departments({})).filter(({ name }) => name === '华东区')
    await admin.pools.createLimit({ employeeId: null, departmentId: String(region?.id), most: 90, without: {} })
    expect((await own.pools.holding({})).most).toBe(90)
    await admin.pools.createLimit({ employeeId, departmentId: null, most: 9, without: {} })
    expect((await own.pools.holding({})).most).toBe(9)
    expect((await refusal(admin.pools.createLimit({ employeeId, departmentId: null, most: 8, without: {} }))).why).toBe(
      'limitTaken',
    )
  })
})

const departmentOf = (employeeId: string | null) =>
  office.running.backend.database.raw
    .prepare('select department_id from employment where employee_id = ?')
    .pluck()
    .get(employeeId) as string

describe('the settings of pools', () => {
  it('refuse a name twice, a field that cannot be hidden, and removing what is in use', async () => {
    const admin = office.as(office.admin)
    const pool = await admin.pools.create({ ...OPEN, name: namePool(), members: [] })
    expect((await refusal(admin.pools.create({ ...OPEN, name: pool.name, members: [] }))).why).toBe('nameTaken')
    expect((await refusal(admin.pools.create({ ...OPEN, name: namePool(), hidden: ['customer.name'], members: [] }))).why).toBe(
      'fieldUnknown',
    )
    const { id } = await admin.customers.create({ name: '占着公海', ownerId: null })
    await admin.pools.release({ selection: { ids: [id] }, poolId: pool.id, reason: null })
    expect(await refusal(admin.pools.remove({ id: pool.id }))).toEqual({ why: 'notEmpty', count: 1 })
    const edited = await admin.pools.edit({
      id: pool.id,
      version: pool.version,
      values: { ...OPEN, name: pool.name, dailyClaims: 5, members: [member(office.sales.employeeId, true)] },
    })
    expect(edited).toMatchObject({ dailyClaims: 5, customers: 1, members: [{ name: '王海峰', manages: true }] })
    expect(
      (await refusal(admin.pools.edit({ id: pool.id, version: pool.version, values: { ...OPEN, name: pool.name, members: [] } })))
        .why,
    ).toBe('STALE')
    expect((await refusal(office.as(office.manager).pools.list({}))).why).toBe('FORBIDDEN')
  })
})
