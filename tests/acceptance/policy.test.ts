// The long form of tests/kernel/policy.test.ts: at least 1,000,000 comparisons, in companies of other sizes.
import { expect, it } from 'vitest'
import { randomFrom } from '../support/factories.ts'
import { checkWorld } from '../support/policyChannels.ts'
import { Checks } from '../support/policyChecks.ts'
import { makeWorld } from '../support/policyWorld.ts'

const WANTED = 1_000_000

it('policy: 1,000,000 checks of users × records × channels, 0 leaks', async () => {
  const checks = new Checks()
  for (let seed = 101; checks.total < WANTED; seed++) {
    const random = randomFrom(seed)
    const world = await makeWorld(random, { customers: 20 + random.below(60), people: 6 + random.below(12) })
    try {
      await checkWorld(world, checks)
    } finally {
      await world.running.dispose()
    }
  }
  process.stdout.write(`policy: ${checks.total} checks, ${checks.leaks.length} leaks\n`)
  expect(checks.leaks).toEqual([])
  expect(checks.total).toBeGreaterThanOrEqual(WANTED)
})
