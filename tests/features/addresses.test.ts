// Every command of addresses over all three wires.
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

describe.each(wires)('addresses over %s', (name) => {
  const connect = connectOver(name, () => office)
  let sales: Client
  let viewer: Client
  beforeAll(async () => {
    sales = await connect(office.sales)
    viewer = await connect(office.viewer)
  })
  const customer = async () => (await sales.customers.create({ name: '有地址' })).id

  it('create, edit, remove, each in history and undone', async () => {
    const customerId = await customer()
    const row = await sales.addresses.create({ customerId, label: '收货', phone: '13800001111', detail: '人民路 1 号' })
    expect(row).toMatchObject({ label: '收货', phone: '+8613800001111', version: 1 })
    expect(await sales.addresses.edit({ id: row.id, version: 1, values: { detail: '人民路 2 号' } })).toMatchObject({
      detail: '人民路 2 号',
      version: 2,
    })
    expect(await failureOf(sales.addresses.edit({ id: row.id, version: 1, values: { detail: '3 号' } }))).toMatchObject({
      code: 'STALE',
    })
    expect(await sales.addresses.remove({ id: row.id })).toEqual({ id: row.id })
    expect(await sales.addresses.ofCustomer({ customerId })).toEqual([])
    const { entries } = await sales.history.ofRecord({ entity: 'address', id: row.id })
    expect(entries.map(({ action }) => action)).toEqual(['deleted', 'edited', 'created'])
    await sales.history.undo({ seq: entries[0]?.seq ?? 0 })
    expect(await sales.addresses.ofCustomer({ customerId })).toMatchObject([{ id: row.id, detail: '人民路 2 号' }])
  })

  it('what is deleted is refused, with the address and with its customer', async () => {
    const customerId = await customer()
    const row = await sales.addresses.create({ customerId, label: '仓库' })
    await sales.addresses.remove({ id: row.id })
    const refused = { code: 'REFUSED', data: { reason: 'deleted' } }
    expect(await failureOf(sales.addresses.remove({ id: row.id }))).toEqual(refused)
    expect(await failureOf(sales.addresses.edit({ id: row.id, version: 2, values: { label: '新' } }))).toEqual(refused)
    await sales.customers.removeMany({ selection: { ids: [customerId] } })
    expect(await failureOf(sales.addresses.create({ customerId, label: '新' }))).toEqual(refused)
  })

  it('restore brings back what was removed by itself, not what went with its customer', async () => {
    const customerId = await customer()
    const row = await sales.addresses.create({ customerId, label: '仓库' })
    expect(await failureOf(sales.addresses.restore({ id: row.id }))).toEqual({ code: 'REFUSED', data: { reason: 'notDeleted' } })
    await sales.addresses.remove({ id: row.id })
    expect(await failureOf(viewer.addresses.restore({ id: row.id }))).toMatchObject({ code: 'FORBIDDEN' })
    const colleague = await connect(office.colleague)
    expect(await failureOf(colleague.addresses.restore({ id: row.id }))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await sales.addresses.restore({ id: row.id })).toMatchObject({ id: row.id, deletedAt: null })
    expect(await sales.addresses.ofCustomer({ customerId })).toMatchObject([{ id: row.id }])
    const { entries } = await sales.history.ofRecord({ entity: 'address', id: row.id })
    expect(entries.map(({ action }) => action)).toEqual(['restored', 'deleted', 'created'])
    await sales.customers.removeMany({ selection: { ids: [customerId] } })
    expect(await failureOf(sales.addresses.restore({ id: row.id }))).toEqual({ code: 'REFUSED', data: { reason: 'deleted' } })
  })

  it('forbidden without the right, not there for others', async () => {
    const customerId = await customer()
    const row = await sales.addresses.create({ customerId, label: '仓库' })
    expect(await failureOf(viewer.addresses.create({ customerId, label: '新' }))).toEqual({
      code: 'FORBIDDEN',
      data: { needs: 'addresses.write' },
    })
    const colleague = await connect(office.colleague)
    expect(await failureOf(colleague.addresses.edit({ id: row.id, version: 1, values: { label: '新' } }))).toMatchObject({
      code: 'NOT_FOUND',
    })
    expect(await failureOf(colleague.addresses.remove({ id: row.id }))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await colleague.addresses.ofCustomer({ customerId })).toEqual([])
  })

  it('a pasted address is split by today’s divisions and stored nowhere', async () => {
    const count = () => office.running.backend.database.raw.prepare('select count(*) from command').pluck().get()
    const before = count()
    expect(await sales.addresses.read({ text: '浙江省杭州市西湖区文三路 90 号' })).toEqual({
      province: '浙江省',
      city: '杭州市',
      district: '西湖区',
      detail: expect.stringContaining('文三路'),
      name: null,
      phones: [],
    })
    expect(await sales.addresses.read({ text: '浙江省杭州市西湖区文三路478号 林晓 15070059494' })).toMatchObject({
      detail: '文三路478号',
      name: '林晓',
      phones: ['+8615070059494'],
    })
    expect(count()).toBe(before)
  })
})
