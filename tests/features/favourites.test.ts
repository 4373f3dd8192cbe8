// experience.md 1: favourites per user in his own order, the last opened on every device; by today's rights and names.
import { describe, expect, it } from 'vitest'
import { FAVOURITES_AT_MOST } from '../../src-shared/features/favourites/contract.ts'
import { admin, customerOf, person, raw, running } from '../support/company.ts'
import { why } from '../support/guest.ts'
import { withOrigin } from '../support/backend.ts'
import { clientAs } from '../support/backend.ts'
import { actorOf } from '../support/factories.ts'

const titles = (rows: readonly { title: string | null }[]) => rows.map(({ title }) => title)

describe('favourites', () => {
  it('are one’s own, in one’s own order, under today’s name', async () => {
    const wang = await person('wang', { roles: ['sales'] })
    const [a, b, c] = [
      await customerOf(wang.employeeId, '甲'),
      await customerOf(wang.employeeId, '乙'),
      await customerOf(wang.employeeId, '丙'),
    ]
    for (const { id } of [a, b, c]) await wang.client.favourites.set({ entity: 'customer', id, on: true })
    await wang.client.favourites.set({ entity: 'customer', id: a.id, on: true })
    expect(titles(await wang.client.favourites.list({}))).toEqual(['甲', '乙', '丙'])
    await wang.client.favourites.arrange({ order: [{ entity: 'customer', id: c.id }] })
    expect(titles(await wang.client.favourites.list({}))).toEqual(['丙', '甲', '乙'])
    await admin.customers.edit({ id: c.id, version: 1, values: { name: '丙改名' } })
    await wang.client.favourites.set({ entity: 'customer', id: a.id, on: false })
    expect(titles(await wang.client.favourites.list({}))).toEqual(['丙改名', '乙'])
    expect(await admin.favourites.list({})).toEqual([])
  })

  it('leave out what one may not see, what lies in the recycle bin, and show it again afterwards', async () => {
    const wang = await person('wang', { roles: ['sales'] })
    const { id } = await customerOf(wang.employeeId, '来去')
    const contact = await admin.contacts.create({ customerId: id, name: '孙经理' })
    await wang.client.favourites.set({ entity: 'customer', id, on: true })
    await wang.client.favourites.set({ entity: 'contact', id: contact.id, on: true })
    await wang.client.favourites.set({ entity: 'view', id: 'customer:mine', on: true })
    expect((await wang.client.favourites.list({})).map(({ title, opensId }) => [title, opensId])).toEqual([
      ['来去', id],
      ['孙经理', id],
      [null, 'customer:mine'],
    ])
    await admin.customers.edit({ id, version: 1, values: { ownerId: null } })
    expect(titles(await wang.client.favourites.list({}))).toEqual([null])
    await admin.customers.edit({ id, version: 2, values: { ownerId: wang.employeeId } })
    await admin.customers.removeMany({ selection: { ids: [id] } })
    expect(titles(await wang.client.favourites.list({}))).toEqual([null])
    await admin.customers.restoreMany({ selection: { ids: [id] } })
    expect(await wang.client.favourites.list({})).toHaveLength(3)
  })

  it('are at most so many, and leave no history', async () => {
    const before = raw().prepare('select count(*) from command').pluck().get()
    for (let n = 0; n < FAVOURITES_AT_MOST; n++) await admin.favourites.set({ entity: 'view', id: `v${n}`, on: true })
    expect(await why(admin.favourites.set({ entity: 'view', id: 'one-more', on: true }))).toBe('REFUSED:tooMany')
    expect(raw().prepare('select count(*) from command').pluck().get()).toBe(before)
  })
})

it('the last opened are remembered for every device, the newest first, fifty of them', async () => {
  const wang = await person('wang', { roles: ['sales'] })
  const ids: string[] = []
  for (let n = 0; n < 53; n++) ids.push((await customerOf(wang.employeeId, `客户${n}`)).id)
  for (const id of ids) await wang.client.favourites.opened({ entity: 'customer', id })
  await wang.client.favourites.opened({ entity: 'customer', id: String(ids[50]) })
  const phone = clientAs(running.backend, withOrigin(actorOf(running, wang.userId), 'http'))
  expect(titles(await phone.favourites.recent({}))).toEqual(['客户50', '客户52', '客户51', '客户49', '客户48'])
  expect(raw().prepare('select count(*) from recent_record').pluck().get()).toBe(50)
  await admin.customers.edit({ id: ids[52] as never, version: 1, values: { ownerId: null } })
  expect(titles(await phone.favourites.recent({}))[1]).toBe('客户51')
})

describe('favourites of merged customers', () => {
  it('follow to who took the place, once, through a chain, and come back when the merge is taken back', async () => {
    const wang = await person('wang', { roles: ['salesManager'] })
    const made = []
    for (const name of ['甲', '乙', '丙']) made.push(await customerOf(wang.employeeId, name))
    const [a, b, c] = made as [(typeof made)[0], (typeof made)[0], (typeof made)[0]]
    const { client } = wang
    for (const { id } of [a, b]) {
      await client.favourites.set({ entity: 'customer', id, on: true })
      await client.favourites.opened({ entity: 'customer', id })
    }
    const kept = async () => (await client.favourites.list({})).map(({ id, title }) => [id, title])
    const now = async ({ id }: { id: string }) => ({ id, version: (await admin.customers.get({ id: id as never })).version })
    const merge = async (survivor: { id: string }, absorbed: { id: string }) =>
      admin.merges.merge({
        survivorId: survivor.id as never,
        customers: [await now(survivor), await now(absorbed)] as never,
        choices: [],
        joins: [],
      })
    await merge(b, a)
    expect(await kept()).toEqual([[b.id, '乙']])
    await merge(c, b)
    expect(await kept()).toEqual([[c.id, '丙']])
    expect((await client.favourites.recent({})).map(({ id }) => id)).toEqual([c.id])
    const [last, first] = await admin.merges.ofCustomer({ id: c.id })
    await admin.merges.unmerge({ seq: last?.seq ?? 0 })
    expect(await kept()).toEqual([[b.id, '乙']])
    await admin.merges.unmerge({ seq: first?.seq ?? 0 })
    expect(await kept()).toEqual([
      [a.id, '甲'],
      [b.id, '乙'],
    ])
    // Taken off the one who stands there it is off for all of them.
    await merge(b, a)
    await client.favourites.set({ entity: 'customer', id: b.id, on: false })
    expect(await kept()).toEqual([])
  })
})
