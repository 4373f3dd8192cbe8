// What can be done with one that is already there: his owner asked, claimed from his pool, or entered again for a reason.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { actorOf, bySystem, failureOf, type Office, openOffice } from '../support/factories.ts'

let office: Office
beforeEach(async () => {
  office = await openOffice()
})
afterEach(() => office.close())
const PHONE = '13805126621'
const last = () =>
  office.running.backend.database.raw.prepare('select action, detail from command order by seq desc limit 1').get() as {
    action: string
    detail: string | null
  }

it('the owner is told who asks, although the asker may not see the customer; nobody else can use the sign', async () => {
  const { id } = await office.as(office.colleague).customers.create({ name: '绍兴越纺印染', phone: PHONE })
  const sales = office.as(office.sales)
  const [found] = await sales.customers.lookalikes({ phones: [PHONE] })
  expect(found).toMatchObject({ id: null, visible: false, claimable: false })
  expect(found?.ref).not.toContain(id)
  await sales.customers.askOwner({ phones: [PHONE], ref: found?.ref ?? '' })
  const notices = JSON.stringify(await office.as(office.colleague).notifications.list({}))
  expect(notices).toContain('askedAbout')
  expect(notices).toContain('王海峰')
  const reason = async (call: Promise<unknown>) => (await failureOf(call)).data['reason']
  const manager = office.as(office.manager)
  expect(await reason(manager.customers.askOwner({ phones: [PHONE], ref: found?.ref ?? '' }))).toBe('foundNoMore')
  expect(await reason(sales.customers.askOwner({ phones: ['13900000000'], ref: found?.ref ?? '' }))).toBe('foundNoMore')
  const own = office.as(office.colleague)
  const [mine] = await own.customers.lookalikes({ phones: [PHONE] })
  expect(await reason(own.customers.askOwner({ phones: [PHONE], ref: mine?.ref ?? '' }))).toBe('yoursAlready')
})

it('one in a pool is named with the pool, and may be claimed by its members only', async () => {
  const { id } = await office.as(office.admin).customers.create({ name: '绍兴越纺印染', phone: PHONE })
  await bySystem(office.running, async ({ tx, newId, now }) => {
    const [pool, at] = [newId(), now()]
    await tx
      .insertInto('pool')
      .values({ id: pool, name: '华东公海', nameKey: '华东公海', createdAt: at, updatedAt: at })
      .execute()
    const member = { id: newId(), poolId: pool, employeeId: office.sales.employeeId, createdAt: at }
    await tx.insertInto('poolMember').values(member).execute()
    await tx.updateTable('customer').set({ ownerId: null, poolId: pool, poolEnteredAt: at }).where('id', '=', id).execute()
  })
  const member = office.as(actorOf(office.running, office.sales.userId))
  expect(await member.customers.lookalikes({ phones: [PHONE] })).toMatchObject([
    { id, poolName: '华东公海', ownerName: null, visible: true, claimable: true },
  ])
  expect(await office.as(office.colleague).customers.lookalikes({ phones: [PHONE] })).toMatchObject([
    { id: null, poolName: '华东公海', visible: false, claimable: false },
  ])
  expect((await member.pools.claim({ ids: [id] })).claimed).toBe(1)
})

it('who is merged is found no more, only who stands in his place; why one is entered again stands in the history', async () => {
  const admin = office.as(office.admin)
  const one = await admin.customers.create({ name: '绍兴越纺印染有限公司', phone: PHONE })
  const other = await admin.customers.create({ name: '绍兴越纺印染', phone: PHONE, despite: '另一个厂区' })
  expect(last()).toEqual({ action: 'created', detail: JSON.stringify({ despite: '另一个厂区' }) })
  await admin.merges.merge({
    survivorId: one.id,
    customers: [one, other].map(({ id, version }) => ({ id, version })),
  })
  expect((await admin.customers.lookalikes({ phones: [PHONE] })).map(({ id, deleted }) => [id, deleted])).toEqual([
    [one.id, false],
  ])
})

it('what came in after the last look is found by the write itself; who was seen may be entered again', async () => {
  const colleague = office.as(office.colleague)
  const sales = office.as(office.sales)
  const values = { name: '绍兴越纺印染有限公司', phone: PHONE }
  expect(await sales.customers.lookalikes({ name: values.name, phones: [PHONE] })).toEqual([])
  await colleague.customers.create({ name: '绍兴越纺印染', phone: PHONE, seen: [] })
  const count = () => office.running.backend.database.raw.prepare('select count(*) from customer').pluck().get()
  const before = count()
  expect(await failureOf(sales.customers.create({ ...values, seen: [] }))).toMatchObject({
    code: 'REFUSED',
    data: { reason: 'alikeThere', detail: { name: expect.stringContaining('*') } },
  })
  expect(count()).toBe(before)
  const seen = (await sales.customers.lookalikes({ name: values.name, phones: [PHONE] })).map(({ ref }) => ref)
  expect(await sales.customers.create({ ...values, seen, despite: '另一家' })).toMatchObject({ name: values.name })
})
