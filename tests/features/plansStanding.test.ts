// What is planned on an order is late only while the order runs: not on a draft, not once it was called off.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Office, openOffice } from '../support/factories.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())

it('nothing of a draft is late, however old its plan; nothing of what was called off is waited for', async () => {
  const { orders, customers } = office.as(office.sales)
  const customer = await customers.create({ name: '有计划的客户' })
  const draft = await orders.create({
    name: '有计划的',
    customerId: customer.id,
    lines: [{ name: '设备', quantity: '1', priceFen: 500 }],
    plans: [{ dueOn: '2020-01-15', amountFen: 100 }],
  })
  expect(draft).toMatchObject({ overdueFen: 0, nextDueOn: null })
  const running = await orders.confirm({ id: draft.id, version: draft.version })
  expect(running).toMatchObject({ overdueFen: 100, nextDueOn: '2020-01-15' })
  const gone = await orders.cancel({ id: draft.id, version: running.version, reason: '客户改了主意' })
  expect(gone).toMatchObject({ overdueFen: 0, nextDueOn: null })
  const { plans } = await orders.parts({ id: draft.id })
  expect(plans.map(({ state, isVoid }) => [state, isVoid])).toEqual([['void', false]])
})
