import type { ToldOf } from '../../src-shared/kernel/notices.ts'
import { bySystem } from './factories.ts'
import type { Run } from './policyAsking.ts'
import { sees, type World } from './policyWorld.ts'

/** Everybody is told of every record, whether he may see it or not: reading decides. */
export async function tellEverybody(world: World): Promise<void> {
  const employeeIds = world.people.map(({ employeeId }) => employeeId)
  for (const record of world.records)
    await bySystem(world.running, async (context) => {
      context.notify({ employeeIds, kind: 'mention', entity: record.kind as ToldOf, recordId: record.id })
      await context.tx.updateTable('workspace').set({ updatedAt: context.now() }).execute()
    })
}

/** A notice is shown to who sees its record today, under the name of the customer it belongs to. */
export async function checkNotices({ world, person, client, checks, about }: Run): Promise<void> {
  const rows: { entity: string; recordId: string | null; title: string | null; opens: { id: string } | null; id: string }[] = []
  for (let hasMore = true; hasMore; ) {
    const last = rows.at(-1)?.id
    const page = await client.notifications.list({ limit: 100, ...(last && { before: last as never }) })
    rows.push(...page.rows)
    hasMore = page.hasMore
  }
  checks.scan(world, person, 'notices', rows)
  for (const record of world.records) {
    const row = rows.find(({ entity, recordId }) => entity === record.kind && recordId === record.id)
    checks.same('notices', row !== undefined, sees(world, person, record), `${about} ${record.kind} ${record.id}`)
    const customer = record.customer ?? record
    if (row) checks.same('notices', row.title, customer.values['name'], `${about} ${record.id} title`)
    if (row) checks.same('notices', row.opens?.id ?? null, record.deleted ? null : customer.id, `${about} ${record.id} opens`)
  }
  const { count } = await client.notifications.unread({})
  checks.same('notices', count, Math.min(100, rows.length), about)
}

/** Anything may be kept and opened by its id; by name it is shown to who sees it. */
export async function checkFavourites({ world, person, client, checks, about }: Run): Promise<void> {
  const kept = world.records.filter(({ kind }) => kind === 'customer' || kind === 'contact').slice(0, 60)
  for (const { kind, id } of kept) {
    await client.favourites.set({ entity: kind as 'customer', id, on: true })
    await client.favourites.opened({ entity: kind as 'customer', id })
  }
  const rows = await client.favourites.list({})
  const recent = await client.favourites.recent({ limit: 20 })
  checks.scan(world, person, 'favourites', [rows, recent])
  const seen = kept.filter((record) => !record.deleted && sees(world, person, record)).map(({ id }) => id)
  checks.same(
    'favourites',
    rows.map(({ id }) => id),
    seen,
    about,
  )
  checks.same(
    'favourites',
    recent.map(({ id }) => id).every((id) => seen.includes(id)),
    true,
    about,
  )
}
