import { ofKind, type Run } from './policyAsking.ts'
import { has, isPlain, type Rec, rightOf, sees } from './policyWorld.ts'

/** Fields that the company added go by the same rights: in a list, in one record, and asked by. */
export async function checkCustom({ world, person, client, checks, about }: Run): Promise<void> {
  if (!has(person, 'customers.read')) return
  const key = world.customKey
  const right = rightOf(person, 'customer', key)
  const mine = ofKind(world, 'customer').filter((record) => !record.deleted && sees(world, person, record))
  const { rows } = await client.customers.list({ limit: 200 })
  checks.scan(world, person, 'custom', rows)
  const got = new Map(rows.map((row) => [row.id as string, row]))
  for (const record of mine) {
    const value = record.custom
    const one = await client.customers.get({ id: record.id as never })
    checks.scan(world, person, 'custom', one)
    const wanted = isPlain(right) ? value : right === 'masked' ? `${value.slice(0, 1)}***` : undefined
    for (const row of [got.get(record.id), one]) {
      const shown = (row?.custom as Record<string, unknown> | undefined)?.[key]
      checks.same('custom', shown, wanted, `${about} ${record.id}`)
    }
    const found = await client.customers
      .list({ limit: 5, filter: { combinator: 'and', rules: [{ field: key, operator: '=', value }] } })
      .then(
        (answer) => answer.rows.map(({ id }) => id as string),
        (error: { code: string }) => error.code,
      )
    checks.same('custom asked', found, isPlain(right) ? [record.id] : 'FORBIDDEN', `${about} ${record.id}`)
  }
  const sorted = await client.customers.list({ limit: 1, sort: [{ field: key, direction: 'asc' }] }).then(
    () => 'answered',
    (error: { code: string }) => error.code,
  )
  checks.same('custom asked', sorted, isPlain(right) ? 'answered' : 'FORBIDDEN', about)
}

/** A rule of numbers that is tried counts everybody's records, and names those in sight. */
export async function checkNumbers({ world, person, client, checks, about }: Run): Promise<void> {
  const tried = await client.numbers.tryRule({ entity: 'customer', pattern: 'SY-{000}', reset: 'never', start: 1 })
  checks.scan(world, person, 'number trial', tried)
  const living = ofKind(world, 'customer').filter(({ deleted }) => !deleted)
  checks.same('number trial', [tried.missing, tried.rows.length], [living.length, Math.min(5, living.length)], about)
  const byId = new Map(living.map((record) => [record.id, record]))
  const named = tried.rows.flatMap(({ seen }) => seen ?? [])
  for (const { id, name } of named) {
    const record = byId.get(id) as Rec
    checks.same('number trial', [sees(world, person, record), name], [true, record.values['name']], `${about} ${id}`)
  }
  const hidden = living.filter((record) => !sees(world, person, record)).map(({ id }) => id)
  const answer = JSON.stringify(tried)
  checks.same(
    'number trial',
    hidden.filter((id) => answer.includes(id)),
    [],
    about,
  )
}
