// Every command of contacts over all three wires: success, each refusal, forbidden, not found, stale, history.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Client } from '../support/backend.ts'
import { failureOf, type Office, openOffice } from '../support/factories.ts'
import { connectOver, wires } from '../support/wires.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(async () => {
  expect(office.running.faults).toEqual([])
  await office.close()
})

describe.each(wires)('contacts over %s', (name) => {
  const connect = connectOver(name, () => office)
  let sales: Client
  let colleague: Client
  let viewer: Client
  beforeAll(async () => {
    sales = await connect(office.sales)
    colleague = await connect(office.colleague)
    viewer = await connect(office.viewer)
  })
  const customer = async () => (await sales.customers.create({ name: `联系人的客户 ${name}` })).id
  const history = async (id: string) => (await sales.history.ofRecord({ entity: 'contact', id })).entries

  it('create cleans the phone and is written into history', async () => {
    const customerId = await customer()
    const row = await sales.contacts.create({ customerId, name: ' 王海峰 ', phone: '139 5751 1128', title: '采购经理' })
    expect(row).toMatchObject({
      name: '王海峰',
      phone: '+8613957511128',
      title: '采购经理',
      isPrimary: false,
      customerName: `联系人的客户 ${name}`,
      version: 1,
    })
    expect(await history(row.id)).toMatchObject([{ action: 'created', procedure: 'contacts.create', recordName: '王海峰' }])
    expect(
      (await sales.customers.list({ search: `联系人的客户 ${name}` })).rows.find(({ id }) => id === customerId)?.contactCount,
    ).toBe(1)
  })

  it('a customer has one main contact: making another one main takes it from the first, undo gives it back', async () => {
    const customerId = await customer()
    const first = await sales.contacts.create({ customerId, name: '甲', isPrimary: true })
    const second = await sales.contacts.create({ customerId, name: '乙' })
    await sales.contacts.edit({ id: second.id, version: 1, values: { isPrimary: true } })
    const main = async () =>
      (await sales.contacts.ofCustomer({ customerId })).filter(({ isPrimary }) => isPrimary).map(({ name: title }) => title)
    expect(await main()).toEqual(['乙'])
    expect((await sales.contacts.get({ id: first.id })).version).toBe(2)
    const [entry] = await history(second.id)
    expect(await sales.history.undo({ seq: entry?.seq ?? 0 })).toMatchObject({ reversed: 2, kept: 0 })
    expect(await main()).toEqual(['甲'])
  })

  it('edit names the field, merges other fields, is STALE on the same, unchanged leaves no trace', async () => {
    const row = await sales.contacts.create({ customerId: await customer(), name: '改', title: '经理' })
    const edited = await sales.contacts.edit({ id: row.id, version: 1, values: { title: '总监' } })
    expect(edited).toMatchObject({ title: '总监', version: 2 })
    expect((await history(row.id))[0]?.changes).toMatchObject([{ field: 'title', before: '经理', after: '总监' }])
    expect(await sales.contacts.edit({ id: row.id, version: 1, values: { wechat: 'wx-1' } })).toMatchObject({
      title: '总监',
      wechat: 'wx-1',
    })
    expect(await failureOf(sales.contacts.edit({ id: row.id, version: 1, values: { title: '助理' } }))).toMatchObject({
      code: 'STALE',
      data: {
        entity: 'contact',
        id: row.id,
        conflict: { fields: [{ field: 'title', original: '经理', current: '总监', mine: '助理' }] },
      },
    })
    const before = (await history(row.id)).length
    await sales.contacts.edit({ id: row.id, version: 3, values: { title: '总监' } })
    expect(await history(row.id)).toHaveLength(before)
  })

  it('taking a step back in the middle leaves one main contact', async () => {
    const customerId = await customer()
    const make = (name: string) => sales.contacts.create({ customerId, name, isPrimary: true })
    const seqOf = async (id: string) => (await history(id)).findLast(({ action }) => action === 'created')?.seq ?? 0
    const mains = async () =>
      (await sales.contacts.ofCustomer({ customerId })).filter(({ isPrimary }) => isPrimary).map(({ name: of }) => of)
    await make('甲')
    const second = await make('乙')
    const third = await make('丙')
    const promote = await sales.contacts.edit({ id: second.id, version: 2, values: { isPrimary: true } })
    expect(await mains()).toEqual(['乙'])
    const step = (await history(promote.id)).find(({ action }) => action === 'edited')?.seq ?? 0
    await sales.contacts.edit({ id: third.id, version: 2, values: { isPrimary: true } })
    await sales.history.undo({ seq: step })
    expect(await mains()).toEqual(['丙'])
    await sales.history.undo({ seq: await seqOf(second.id) })
    expect(await mains()).toEqual(['丙'])
  })

  it('remove and restore, each refused when there is nothing to do', async () => {
    const customerId = await customer()
    const row = await sales.contacts.create({ customerId, name: '来去' })
    await sales.contacts.remove({ id: row.id })
    expect(await sales.contacts.ofCustomer({ customerId })).toEqual([])
    expect(await failureOf(sales.contacts.remove({ id: row.id }))).toEqual({ code: 'REFUSED', data: { reason: 'deleted' } })
    expect(await failureOf(sales.contacts.edit({ id: row.id, version: 2, values: { title: 'x' } }))).toMatchObject({
      data: { reason: 'deleted' },
    })
    expect(await sales.contacts.restore({ id: row.id })).toMatchObject({ id: row.id, deletedAt: null })
    expect(await failureOf(sales.contacts.restore({ id: row.id }))).toEqual({ code: 'REFUSED', data: { reason: 'notDeleted' } })
    expect((await history(row.id)).map(({ action }) => action)).toEqual(['restored', 'deleted', 'created'])
  })

  it('a recycled customer takes no contact, and gives none back alone', async () => {
    const customerId = await customer()
    const row = await sales.contacts.create({ customerId, name: '被带走' })
    await sales.customers.removeMany({ selection: { ids: [customerId] } })
    expect(await failureOf(sales.contacts.create({ customerId, name: '新' }))).toMatchObject({
      code: 'REFUSED',
      data: { reason: 'deleted' },
    })
    expect(await failureOf(sales.contacts.restore({ id: row.id }))).toMatchObject({
      code: 'REFUSED',
      data: { reason: 'deleted' },
    })
  })

  it('what hangs on others’ customers is not there; reading does not allow writing', async () => {
    const customerId = await customer()
    const row = await sales.contacts.create({ customerId, name: '别人看不到' })
    expect(await failureOf(colleague.contacts.get({ id: row.id }))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await failureOf(colleague.contacts.create({ customerId, name: '插一脚' }))).toEqual({
      code: 'NOT_FOUND',
      data: { entity: 'customer', id: customerId },
    })
    expect(await failureOf(colleague.contacts.remove({ id: row.id }))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await colleague.contacts.ofCustomer({ customerId })).toEqual([])
    expect(await failureOf(viewer.contacts.create({ customerId, name: '只读' }))).toEqual({
      code: 'FORBIDDEN',
      data: { needs: 'contacts.write' },
    })
    expect(await failureOf(viewer.contacts.remove({ id: row.id }))).toMatchObject({ code: 'FORBIDDEN' })
    expect(await failureOf(viewer.contacts.restore({ id: row.id }))).toMatchObject({ code: 'FORBIDDEN' })
    const reader = await connect({
      ...office.colleague,
      permissions: { ...office.colleague.permissions, 'customers.read': 'all' },
    })
    expect(await failureOf(reader.contacts.edit({ id: row.id, version: 1, values: { title: 'x' } }))).toEqual({
      code: 'FORBIDDEN',
      data: { needs: 'customers.edit' },
    })
  })

  it('list and count follow the filter', async () => {
    const customerId = await customer()
    for (const title of ['门卫', '门卫', '司机']) await sales.contacts.create({ customerId, name: `${title}先生`, title })
    const rule = (value: string) => ({
      combinator: 'and' as const,
      rules: [
        { field: 'title', operator: '=' as const, value },
        { field: 'customerId', operator: '=' as const, value: customerId as string },
      ],
    })
    expect((await sales.contacts.list({ filter: rule('门卫') })).rows).toHaveLength(2)
    expect(await sales.contacts.count({ filter: rule('司机') })).toEqual({ count: 1, capped: false })
  })
})
