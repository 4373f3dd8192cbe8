// Random sequences of what people do to orders and money: whatever is refused, what is written always adds up, an undo in between too.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { openOffice, randomFrom, rounds } from '../support/factories.ts'
import { invoiceOps } from '../support/walkInvoices.ts'
import { moneyFaults, orderOps } from '../support/walkOrders.ts'
import { raw, type Scene, type User } from '../support/walkScene.ts'

const EXPECTED = new Set(['BAD_REQUEST', 'FORBIDDEN', 'NOT_FOUND', 'STALE', 'REFUSED'])
type Tried = (scene: Scene, user: User) => Promise<unknown>

/** One of the last ten commands, whoever gave it: what would not add up is refused. */
const undo: Tried = (scene, { client }) => {
  const last = raw(scene).prepare('select max(seq) from command').pluck().get() as number
  return client.history.undo({ seq: last - scene.random.below(10) })
}
const restore: Tried = (scene, { client }) => {
  const id = raw(scene).prepare('select id from payment where deleted_at is not null order by id').pluck().get() as
    | string
    | undefined
  return id ? client.recycleBin.restorePayments({ selection: { ids: [id] } }) : Promise.resolve(null)
}
const merge: Tried = async (_scene, { client }) => {
  const [keep, drop] = (await client.customers.list({ limit: 2, sort: [{ field: 'updatedAt', direction: 'asc' }] })).rows
  if (!keep || !drop) return
  const customers = [keep, drop].map(({ id, version }) => ({ id, version }))
  await client.merges.merge({ survivorId: keep.id, customers, choices: [], joins: [] })
}
const ways: readonly (readonly [string, Tried])[] = [
  ...[...orderOps, ...invoiceOps].flatMap(([name, weight, run]) => Array.from({ length: weight }, () => [name, run] as const)),
  ...Array.from({ length: 6 }, () => ['history.undo', undo] as const),
  ['recycleBin.restorePayments', restore],
  ['merges.merge', merge],
]

it('orders, plans, payments and invoices add up after every command of random sequences', { timeout: 600_000 }, async () => {
  let written = 0
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1 }), async (seed) => {
      const office = await openOffice()
      try {
        const users = [office.admin, office.finance, office.sales].map((actor) => ({ actor, client: office.as(actor) }))
        const scene: Scene = { office, random: randomFrom(seed), users, steps: [] }
        for (let n = 0; n < 4; n++) await office.as(office.sales).customers.create({ name: `买家${n}` })
        for (let n = 0; n < rounds(150, 700); n++) {
          const [name, run] = scene.random.pick(ways)
          const failed = await run(scene, scene.random.pick(users)).then(
            () => null,
            (error: { code?: string }) => error,
          )
          if (failed && !EXPECTED.has(failed.code ?? '')) throw failed
          if (!failed) written++
          expect(moneyFaults(raw(scene)), `seed ${seed}, step ${n}, ${name}`).toEqual([])
        }
        expect(office.running.faults).toEqual([])
      } finally {
        await office.close()
      }
    }),
    { numRuns: rounds(2, 3), seed: 20261123, endOnFailure: true },
  )
  expect(written).toBeGreaterThan(rounds(80, 600))
})
