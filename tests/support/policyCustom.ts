import { ofKind, type Run } from './policyAsking.ts'
import { has, isPlain, rightOf, sees } from './policyWorld.ts'

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
