// The address of a customer written in one piece, over all three wires.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Client } from '../support/backend.ts'
import { type Office, openOffice } from '../support/factories.ts'
import { connectOver, wires } from '../support/wires.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(async () => {
  expect(office.running.faults).toEqual([])
  await office.close()
})

describe.each(wires)('the address of a customer over %s', (name) => {
  const connect = connectOver(name, () => office)
  let sales: Client
  beforeAll(async () => {
    sales = await connect(office.sales)
  })

  it('an address in one piece goes to its four fields, as in the import, and nothing of it is lost', async () => {
    const place = { province: '浙江省', city: '杭州市', district: '西湖区', address: '文三路478号' }
    const whole = await sales.customers.create({ name: '杭州一', address: '中国浙江省杭州市西湖区文三路478号' })
    expect(whole).toMatchObject(place)
    const delivery = await sales.customers.create({
      name: '杭州二',
      note: '月结',
      address: '浙江省杭州市西湖区文三路478号 林晓 15070059494',
    })
    expect(delivery).toMatchObject({ ...place, phone: '+8615070059494', note: '月结\n林晓' })
    const street = await sales.customers.create({ name: '杭州三', address: '文三路478号' })
    expect(street).toMatchObject({ province: null, city: null, district: null, address: '文三路478号' })
    const { id, version } = whole
    const moved = await sales.customers.edit({ id, version, values: { address: '江苏省苏州市虎丘区科技城锦峰路158号' } })
    expect(moved).toMatchObject({ province: '江苏省', city: '苏州市', district: '虎丘区', address: '科技城锦峰路158号' })
    const next = await sales.customers.edit({ id, version: moved.version, values: { address: '南京西路100号' } })
    expect(next).toMatchObject({ city: '苏州市', district: '虎丘区', address: '南京西路100号' })
    const near = await sales.customers.edit({ id, version: next.version, values: { address: '江苏苏州 锦峰路 9 号' } })
    expect(near).toMatchObject({ city: '苏州市', district: '虎丘区' })
  })

  it('who may not write the city keeps the address in one piece', async () => {
    const limited = await connect({ ...office.sales, fieldRights: { ...office.sales.fieldRights, 'customer.city': 'read' } })
    const address = '浙江省杭州市西湖区文三路478号'
    expect(await limited.customers.create({ name: '杭州四', address })).toMatchObject({ address, city: null, province: null })
  })
})
