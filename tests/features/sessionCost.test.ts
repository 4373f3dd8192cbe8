import { afterEach, describe, expect, it, vi } from 'vitest'

vi.hoisted(() => {
  // This file is about the cost itself, so it hashes as the product does.
  process.env['KEZHAN_TEST_HASH'] = 'full'
})
import { ADMIN, startBackend, type TestBackend } from '../support/backend.ts'
import { guest, why } from '../support/guest.ts'

let running: TestBackend
afterEach(() => running.dispose())
const RIGHT = { login: ADMIN.login, password: ADMIN.password }
const hash = () => running.backend.database.raw.prepare('select password_hash from credential').pluck().get() as string
/** The quicker ones: what a busy machine adds to some of them says nothing about the work itself. */
const quarter = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 4)] ?? 0

describe('hashing passwords', () => {
  it('costs 64 MiB and three passes, and a cheaper hash is made anew at the next login', async () => {
    running = await startBackend()
    expect(hash()).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/)
    const cheap = await (await import('@node-rs/argon2')).hash(ADMIN.password, { memoryCost: 1024, timeCost: 1, parallelism: 1 })
    running.backend.database.raw.prepare('update credential set password_hash = ?').run(cheap)
    await guest(running).client.session.login(RIGHT)
    expect(hash()).toMatch(/m=65536,t=3,p=1/)
    await guest(running).client.session.login(RIGHT)
  })

  it('takes as long for a name that does not exist', async () => {
    running = await startBackend()
    await why(guest(running).client.session.login({ login: 'warm up', password: 'wrong password' }))
    const took = async (login: string, address: string) => {
      const g = guest(running, { address })
      const begun = performance.now()
      expect(await why(g.client.session.login({ login, password: 'wrong password' }))).toBe('REFUSED:wrongPassword')
      return performance.now() - begun
    }
    const known: number[] = []
    const unknown: number[] = []
    for (let round = 0; round < 15; round++) {
      known.push(await took(ADMIN.login, `10.1.0.${round}`))
      unknown.push(await took(`nobody-${round}`, `10.2.0.${round}`))
    }
    // Without the decoy a name that does not exist would take a tenth of the time.
    expect(Math.abs(quarter(known) - quarter(unknown))).toBeLessThanOrEqual(Math.max(50, quarter(known) * 0.4))
  })

  it('holds two at a time: sixty logins at once neither fill the memory nor stop others', async () => {
    running = await startBackend()
    const reader = guest(running)
    await reader.client.session.login(RIGHT)
    const before = process.memoryUsage.rss()
    let done = false
    const logins = Promise.all(Array.from({ length: 60 }, () => guest(running).client.session.login(RIGHT))).then(() => {
      done = true
    })
    const waits: number[] = []
    let most = before
    while (!done) {
      const begun = performance.now()
      await reader.client.customers.list({ limit: 10 })
      waits.push(performance.now() - begun)
      most = Math.max(most, process.memoryUsage.rss())
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    await logins
    expect(waits.length).toBeGreaterThan(10)
    expect(waits.toSorted((a, b) => a - b)[Math.floor(waits.length * 0.95)]).toBeLessThanOrEqual(500)
    expect((most - before) / 2 ** 20).toBeLessThanOrEqual(300)
  })
})
