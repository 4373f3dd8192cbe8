// Orders as contracts: they run from a day to a day, and their owners hear in time that one ends.
import { describe, expect, it } from 'vitest'
import { clientAs } from '../support/backend.ts'
import { person, running } from '../support/company.ts'
import { actorOf, administrator } from '../support/factories.ts'

describe('a contract', () => {
  it('tells of their end once, thirty days before they end, to owners of orders that run', async () => {
    const wang = await person('wang', { roles: ['sales'] })
    running.clock.set('2026-11-20T02:00:00.000Z')
    const boss = clientAs(running.backend, administrator(running))
    const customer = await boss.customers.create({ name: '甲', ownerId: wang.employeeId } as never)
    const lines = [{ name: '服务', quantity: '1', priceFen: 100 }]
    for (const [name, endsOn] of [
      ['一年', '2027-01-01'],
      ['两年', '2028-01-01'],
      ['草稿', '2027-01-01'],
    ] as const) {
      const made = await boss.orders.create({ name, customerId: customer.id, ownerId: wang.employeeId, endsOn, lines } as never)
      if (name !== '草稿') await boss.orders.confirm({ id: made.id, version: made.version })
    }
    await expect(
      boss.orders.create({ name: '倒着', customerId: customer.id, startsOn: '2027-01-02', endsOn: '2027-01-01' } as never),
    ).rejects.toMatchObject({ data: { reason: 'endsBeforeItBegins' } })
    await running.start()
    const { jobs } = running.backend.services
    const ends = async (at: string) => {
      running.clock.set(at)
      const job = await jobs.enqueue({ kind: 'orders.remind', input: null, owner: null })
      jobs.wake()
      expect((await jobs.settled(job.id)).state).toBe('done')
      const own = clientAs(running.backend, actorOf(running, wang.userId))
      return (await own.notifications.list({})).rows.filter(({ kind }) => kind === 'contractEnding')
    }
    expect(await ends('2026-12-01T00:00:00.000Z')).toEqual([])
    expect(await ends('2026-12-02T00:00:00.000Z')).toMatchObject([{ title: '一年' }])
    expect(await ends('2026-12-03T00:00:00.000Z')).toHaveLength(1)
  })
})
