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
      return (await own.notifications.list({})).rows.filter(({ kind }) => kind === 'contractEnding' || kind.startsWith('plan'))
    }
    expect(await ends('2026-12-01T00:00:00.000Z')).toEqual([])
    expect(await ends('2026-12-02T00:00:00.000Z')).toMatchObject([{ title: '一年' }])
    expect(await ends('2026-12-03T00:00:00.000Z')).toHaveLength(1)

    // Two payments of one order and one of a draft: heard of before their day, and after it while they are open.
    const { rows } = await boss.orders.list({ search: '两年' })
    const order = rows[0] ?? { id: '' as never, version: 0 }
    const plans = ['2026-12-08', '2026-12-20'].map((dueOn) => ({ dueOn, amountFen: 50 }))
    await boss.orders.setPlans({ id: order.id, version: order.version, plans } as never)
    const kinds = async (day: string) => (await ends(`${day}T00:00:00.000Z`)).map(({ kind, title }) => [kind, title])
    expect(await kinds('2026-12-04')).toEqual([['contractEnding', '一年']])
    expect(await kinds('2026-12-05')).toEqual([
      ['planDue', '两年'],
      ['contractEnding', '一年'],
    ])
    expect(await kinds('2026-12-08')).toHaveLength(2)
    expect((await kinds('2026-12-09'))[0]).toEqual(['planLate', '两年'])
    expect(await kinds('2026-12-10')).toHaveLength(3)
  })
})
