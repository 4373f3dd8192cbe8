import type { Run } from './policyAsking.ts'
import { ofKind } from './policyAsking.ts'
import { has, isPlain, rightOf, sees } from './policyWorld.ts'

const YEAR = { key: 'custom' as const, from: '2026-01-01', to: '2026-12-31' }

/** The figures of the workbench count what one may see, and the rows behind them are those. */
export async function checkWorkbench({ world, person, client, checks, about }: Run): Promise<void> {
  if (!has(person, 'customers.read')) return
  const living = (kind: 'contact' | 'followUp') =>
    ofKind(world, kind).filter((record) => !record.deleted && sees(world, person, record))
  const asked = { whose: null, period: YEAR }
  const { figures } = await client.workbench.figures(asked)
  for (const [key, kind] of [
    ['followUps', 'followUp'],
    ['contacts', 'contact'],
  ] as const) {
    const { rows } = await client.workbench.drill({ ...asked, key, limit: 200 })
    checks.scan(world, person, 'workbench', rows)
    // Contacts of this world were all made today; follow-ups happened at some time of the year.
    checks.same(
      'workbench',
      rows.map(({ id }) => id).sort(),
      living(kind)
        .map(({ id }) => id)
        .sort(),
      `${about} ${key}`,
    )
    checks.same('workbench', figures.find((one) => one.key === key)?.value ?? 0, rows.length, `${about} figure ${key}`)
    const names = kind === 'followUp' && isPlain(rightOf(person, 'followUp', 'authorId'))
    if (!names)
      checks.same(
        'workbench',
        rows.filter(({ personName }) => personName !== null),
        [],
        `${about} names`,
      )
  }
  const mine = ofKind(world, 'customer').filter((record) => !record.deleted && sees(world, person, record))
  checks.same('workbench', figures.find(({ key }) => key === 'customers')?.value, mine.length, `${about} customers`)
  const ids = ofKind(world, 'customer').map(({ id }) => id)
  const words = await client.workbench.lastWords({ customerIds: ids.slice(0, 50) })
  checks.scan(world, person, 'workbench', words)
  const ranked = await client.workbench.ranking({ ...asked, by: 'customers', limit: 50 })
  const owned = mine.filter((record) => record.values['ownerId'] !== null).length
  const asks = isPlain(rightOf(person, 'customer', 'ownerId'))
  checks.same(
    'workbench',
    ranked.reduce((sum, { value }) => sum + value, 0),
    asks ? owned : 0,
    `${about} ranking`,
  )
}
