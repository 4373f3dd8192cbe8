// Who looks at a customer now: told to those who look themselves and may see it, forgotten when they leave or fall silent.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { STAYS_MS } from '../../src-main/kernel/presence.ts'
import type { Commit } from '../../src-main/kernel/commitBus.ts'
import { failureOf, type Office, openOffice } from '../support/factories.ts'

let office: Office
beforeEach(async () => {
  office = await openOffice()
})
afterEach(() => office.close())

it('who looks at the same customer is named, with what he does, until he leaves', async () => {
  const [admin, sales, manager] = [office.as(office.admin), office.as(office.sales), office.as(office.manager)]
  const { id: customerId } = await sales.customers.create({ name: '苏州博远机械' })
  expect(await sales.presence.here({ customerId, doing: 'viewing' })).toEqual([])
  expect(await admin.presence.here({ customerId, doing: 'viewing' })).toEqual([
    { userId: office.sales.userId, name: '王海峰', doing: 'viewing' },
  ])
  await sales.presence.here({ customerId, doing: 'editing' })
  expect(
    (await manager.presence.here({ customerId, doing: 'viewing' })).map(({ name, doing }) => [name, doing]).toSorted(),
  ).toEqual(
    [
      [office.admin.name, 'viewing'],
      ['王海峰', 'editing'],
    ].toSorted(),
  )
  await sales.presence.leave({ customerId })
  expect((await manager.presence.here({ customerId, doing: 'viewing' })).map(({ name }) => name)).toEqual([office.admin.name])
})

it('who falls silent is forgotten', async () => {
  const [admin, sales] = [office.as(office.admin), office.as(office.sales)]
  const { id: customerId } = await sales.customers.create({ name: '苏州博远机械' })
  await sales.presence.here({ customerId, doing: 'viewing' })
  office.running.clock.move(STAYS_MS + 1000)
  expect(await admin.presence.here({ customerId, doing: 'viewing' })).toEqual([])
})

it('who may not see the customer neither hears who is there nor counts as there', async () => {
  const sales = office.as(office.sales)
  const { id: customerId } = await sales.customers.create({ name: '苏州博远机械' })
  await sales.presence.here({ customerId, doing: 'viewing' })
  const stranger = office.as(office.colleague).presence.here({ customerId, doing: 'viewing' })
  expect((await failureOf(stranger)).code).toBe('NOT_FOUND')
  expect(await sales.presence.here({ customerId, doing: 'viewing' })).toEqual([])
})

it('a change is told to those who look at the same record, and to nobody else; a heartbeat is told to nobody', async () => {
  const [admin, sales] = [office.as(office.admin), office.as(office.sales)]
  const { id: customerId } = await sales.customers.create({ name: '苏州博远机械' })
  const told: Commit[] = []
  const stop = office.running.backend.bus.listen((commit) => void told.push(commit))
  await sales.presence.here({ customerId, doing: 'viewing' })
  await admin.presence.here({ customerId, doing: 'viewing' })
  await sales.presence.here({ customerId, doing: 'viewing' })
  await admin.presence.here({ customerId, doing: 'editing' })
  await admin.presence.leave({ customerId })
  stop()
  expect(told.map(({ entities, told: who }) => [entities, who])).toEqual(
    Array.from({ length: 3 }, () => [['presence'], [office.sales.employeeId]]),
  )
})
