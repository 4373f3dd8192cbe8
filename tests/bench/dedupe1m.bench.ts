/**
 * The whole base of a million customers searched for duplicates while others page through their lists: seconds, memory, pairs,
 * how long the others' calls take meanwhile beside the same calls with nobody else at work, and what the processor spent on each
 * customer. The reference is one bare walk over the stored keys.
 */
import { openRaw } from '../../src-main/kernel/database.ts'
import type { Client } from '../support/backend.ts'
import { baseFolder, openBase, readers, type Who } from './support/base.ts'
import { percentile, Report, rounded, wholeOption } from './support/figures.ts'

const LIMIT_MS = 50
const MINUTES = 5
const MEMORY_MB = 1536
const SORTS = ['createdAt', 'name', 'status', 'phone'] as const

const report = new Report('dedupe1m')
const customers = wholeOption('customers', 1_000_000)
const folder = await baseFolder(customers, report)

/** Every key read once in its order, as the search has to at least. */
function bareWalk(): { seconds: number; keys: number } {
  const raw = openRaw(folder, { readonly: true })
  const start = performance.now()
  let keys = 0
  for (const _ of raw.prepare('select key, doc from match_key order by key, doc').raw().iterate()) keys++
  raw.close()
  return { seconds: (performance.now() - start) / 1000, keys }
}

async function page(client: Client, call: number): Promise<number> {
  const start = performance.now()
  await client.customers.list({
    limit: 50,
    offset: (call % 10) * 50,
    sort: [{ field: SORTS[call % SORTS.length] ?? 'name', direction: call % 2 ? 'asc' : 'desc' }],
  })
  return performance.now() - start
}

const reference = bareWalk()
const running = await openBase(folder)
const people = readers(running)
const admin = people[0] as Who
try {
  await running.start()
  const alone: number[] = []
  for (let call = 0; call < 400; call++) alone.push(await page((people[call % people.length] as Who).client, call))

  let peak = 0
  let isSearching = true
  const others: number[] = []
  const watching = (async () => {
    for (let call = 0; isSearching; call++) {
      others.push(await page((people[call % people.length] as Who).client, call))
      peak = Math.max(peak, process.memoryUsage().rss)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  })()
  const spent = process.cpuUsage()
  const start = performance.now()
  const { id } = await running.backend.services.jobs.enqueue({ kind: 'duplicates.find', input: null, owner: null })
  const now = running.backend.now()
  await running.backend.database.write
    .insertInto('duplicateRun')
    .values({ id, userId: null, userName: 'bench', state: 'searching', createdAt: now })
    .execute()
  const job = await running.backend.services.jobs.settled(id)
  const seconds = (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage(spent)
  isSearching = false
  await watching
  const { last } = await admin.client.duplicates.state({})
  const counting = performance.now()
  const open = await admin.client.duplicates.counts({ runId: last?.id ?? ('' as never) })
  const countedIn = performance.now() - counting
  const [p99, p99Alone] = [percentile(others, 0.99), percentile(alone, 0.99)]
  const rssMB = Math.round(peak / 1024 / 1024)
  report.line({
    case: `${customers} customers, ${reference.keys} keys`,
    state: job.state,
    seconds: rounded(seconds, 1),
    reference: rounded(reference.seconds, 1),
    ratio: rounded(seconds / reference.seconds, 1),
    // Of the whole process: the others' pages are in it.
    cpuMicrosecondsPerCustomer: Math.round((user + system) / customers),
    rssMB,
    pairsCompared: last?.compared ?? 0,
    sure: last?.sure ?? 0,
    maybe: last?.maybe ?? 0,
    open: open.sure + open.maybe,
    countMs: Math.round(countedIn),
    othersP50: rounded(percentile(others, 0.5)),
    othersP99: rounded(p99),
    othersP99Alone: rounded(p99Alone),
    ok: job.state === 'done' && seconds <= MINUTES * 60 && rssMB <= MEMORY_MB && p99 <= LIMIT_MS,
  })
} finally {
  await running.close()
}
report.end()
