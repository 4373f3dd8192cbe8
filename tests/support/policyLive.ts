import type { Actor } from '../../src-shared/kernel/actor.ts'
import type { LiveChange } from '../../src-shared/kernel/live.ts'
import { clientAs } from './backend.ts'
import type { Checks } from './policyChecks.ts'
import { sees, touch, type World } from './policyWorld.ts'

export type ActorFor = (running: World['running'], userId: string) => Actor

/** Two ways: told while it happens, and caught up on afterwards. */
export async function checkLive(world: World, checks: Checks, actorFor: ActorFor): Promise<void> {
  const raw = world.running.backend.database.raw
  const since = raw.prepare('select max(seq) from command').pluck().get() as number
  const stop = new AbortController()
  const streams = await Promise.all(
    world.people.map(async (person) => {
      const client = clientAs(world.running.backend, actorFor(world.running, person.userId))
      const stream = await client.live.changes({}, { signal: stop.signal })
      await stream.next()
      return { person, client, stream, told: new Map<string, Set<string>>() }
    }),
  )
  let last = since
  for (const record of world.records) last = await touch(world, record)
  for (const { person, client, stream, told } of streams) {
    let seq = since
    while (seq < last) {
      const value = (await stream.next()).value as LiveChange | undefined
      if (!value) throw new Error('the stream ended')
      seq = value.seq
      checks.scan(world, person, 'live', value)
      for (const { entity, ids } of value.changes) told.set(entity, new Set([...(told.get(entity) ?? []), ...(ids ?? [])]))
    }
    const late = new AbortController()
    const again = await client.live.changes({ since }, { signal: late.signal })
    const first = (await again.next()).value as LiveChange | undefined
    late.abort()
    for (const record of world.records) {
      const wanted = sees(world, person, record)
      checks.same('live', told.get(record.kind)?.has(record.id) ?? false, wanted, `${person.userId} ${record.kind} ${record.id}`)
      const caughtUp = first?.changes.find(({ entity }) => entity === record.kind)?.ids?.includes(record.id) ?? false
      checks.same('live catch-up', caughtUp, wanted, `${person.userId} ${record.kind} ${record.id}`)
    }
  }
  stop.abort()
}
