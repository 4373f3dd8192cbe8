/**
 * Others while somebody's full-table count and an unindexed filter run: list pages of an administrator and of a salesman, beside
 * the same pages with nobody else at work.
 */
import type { Client } from '../support/backend.ts'
import { baseFolder, openBase, readers, type Who } from './support/base.ts'
import { percentile, Report, rounded, wholeOption } from './support/figures.ts'

const LIMIT_MS = 50
const CALLS = 200
const SORTS = ['createdAt', 'name', 'status', 'phone'] as const

const report = new Report('others')
const folder = await baseFolder(wholeOption('customers', 1_000_000), report)
const running = await openBase(folder)
const people = readers(running)

let scanning = false
let scans = 0
async function scanOn(scan: (who: Who) => Promise<unknown>, who: Who): Promise<void> {
  while (scanning) {
    await scan(who)
    scans++
  }
}
const unindexed = { combinator: 'and' as const, rules: [{ field: 'note', operator: 'contains' as const, value: 'zzz' }] }
const countAll = ({ client }: Who) => client.customers.countBy({ which: {}, field: 'industry' })
const lookThrough = ({ client }: Who) => client.customers.list({ limit: 50, offset: 0, filter: unindexed })

async function pages(client: Client): Promise<number[]> {
  const times: number[] = []
  for (let call = 0; call < CALLS; call++) {
    const start = performance.now()
    await client.customers.list({
      limit: 50,
      offset: (call % 10) * 50,
      sort: [{ field: SORTS[call % SORTS.length] ?? 'name', direction: call % 2 ? 'asc' : 'desc' }],
    })
    times.push(performance.now() - start)
  }
  return times
}

const busy = people[0] as Who
try {
  await Promise.all([countAll(busy), lookThrough(busy)])
  for (const { name, client } of people) {
    await pages(client)
    const alone = await pages(client)
    scanning = true
    scans = 0
    const work = [scanOn(countAll, busy), scanOn(lookThrough, busy)]
    const meanwhile = await pages(client)
    scanning = false
    await Promise.all(work)
    const [p99, reference] = [percentile(meanwhile, 0.99), percentile(alone, 0.99)]
    report.line({
      case: `${name}: page while two scans run`,
      p50: rounded(percentile(meanwhile, 0.5)),
      p99: rounded(p99),
      reference: rounded(reference),
      ratio: rounded(p99 / reference),
      scansFinished: scans,
      ok: p99 <= LIMIT_MS,
    })
  }
} finally {
  await running.close()
}
report.end()
