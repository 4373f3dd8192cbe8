import { sourceKey } from '../../src-shared/features/source-costs/rules.ts'
import { ofKind, type Run } from './policyAsking.ts'
import { has, isPlain, rightOf, sees } from './policyWorld.ts'

const asked = { from: '2026-01-01', to: '2026-12-31', compare: null }

/** The report on sources counts what its lists show, and says of a source only what one may read of whom one sees. */
export async function checkRoi({ world, person, client, checks, about }: Run): Promise<void> {
  const found = await client.reports.roi(asked).catch((error: { code: string }) => error.code)
  if (typeof found === 'string') {
    checks.same('sources', found, has(person, 'sourceCosts.read') ? 'answered' : 'FORBIDDEN', about)
    return
  }
  const { total, groups } = found
  const reads = isPlain(rightOf(person, 'customer', 'source'))
  const customers = ofKind(world, 'customer').filter((one) => !one.deleted && sees(world, person, one))
  checks.same('sources', total.customers, has(person, 'customers.read') && reads ? customers.length : null, `${about} customers`)
  if (!has(person, 'opportunities.read')) {
    checks.same('sources', [total.opportunities, total.won], [null, null], about)
    return
  }
  const { rows } = await client.opportunities.list({ limit: 200 })
  const wordOf = new Map(customers.map(({ id, values }) => [id, values['source']]))
  const keys = rows.map(({ customerId }) => {
    const word = reads && customerId !== null ? wordOf.get(customerId) : null
    return sourceKey(typeof word === 'string' ? word : null) || null
  })
  checks.same('sources', total.opportunities, rows.length, `${about} opportunities`)
  for (const { key, opportunities } of groups)
    checks.same('sources', opportunities, keys.filter((one) => one === key).length, `${about} ${key ?? 'without'}`)
  const behind = await client.reports.roiRows({ asked, cell: { what: 'opportunities' }, limit: 200 })
  checks.scan(world, person, 'source rows', behind)
  const ids = (some: readonly { id: string }[]) => some.map(({ id }) => id).toSorted()
  checks.same('source rows', ids(behind.rows), ids(rows), about)
}
