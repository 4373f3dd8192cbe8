/**
 * Orders and payments of a company of some years: 100,000 customers with 300,000 orders and a million payments. Pages by their orders and
 * conditions, counts, sums and records, each beside the bare prepared SQL of the same answer, for who sees all, his own, what four
 * people own, and a few customers alone. `--only name` for some of the cases.
 */
import { createHash } from 'node:crypto'
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { DATABASE_FILE } from '../../src-main/kernel/database.ts'
import { dropTriggers } from '../../src-main/kernel/dialect/triggers.ts'
import { baseFolder, openBase } from './support/base.ts'
import { gateAgainstSql, Report, rounded, textOption, wholeOption } from './support/figures.ts'
import { openReference } from './support/reference.ts'
import { sellers, salesCases } from './support/salesCases.ts'
import { fillSales, leaveFew } from './support/salesFill.ts'
import { gateAimed } from './support/viewCases.ts'

const FILL = join(import.meta.dirname, 'support/salesFill.ts')
const report = new Report('sales')
const customers = wholeOption('customers', 100_000)
const only = textOption('only') ?? ''

/** The customers of the desk with all that was sold to them; made once and kept beside them. */
async function salesFolder(): Promise<string> {
  const base = await baseFolder(customers, report)
  const folder = base.replace(/desk-(\d+)$/, 'sales-$1')
  const made = createHash('sha256')
    .update(readFileSync(join(base, 'made-by')))
    .update(readFileSync(FILL))
    .digest('hex')
  const stamp = join(folder, 'sold-by')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === made) return folder
  const start = performance.now()
  rmSync(folder, { recursive: true, force: true })
  cpSync(base, folder, { recursive: true })
  const raw = new BetterSqlite3(join(folder, DATABASE_FILE))
  raw.pragma('synchronous = off')
  dropTriggers(raw)
  raw.transaction(() => {
    fillSales(raw, { orders: customers * 3, payments: customers * 10 })
    leaveFew(raw)
  })()
  raw.pragma('wal_checkpoint(truncate)')
  raw.close()
  writeFileSync(stamp, made)
  report.note({
    case: 'made',
    orders: customers * 3,
    payments: customers * 10,
    seconds: rounded((performance.now() - start) / 1000),
  })
  return folder
}

const folder = await salesFolder()
const running = await openBase(folder)
const reference = openReference(folder)
try {
  for (const who of sellers(running))
    for (const { name, aim, ...pair } of salesCases(who, reference)) {
      const called = `${who.name}: ${name}`
      if (!called.includes(only)) continue
      await (aim === null ? gateAgainstSql(report, called, pair) : gateAimed(report, called, { name, aim, ...pair }))
    }
} finally {
  reference.close()
  await running.close()
}
report.end()
