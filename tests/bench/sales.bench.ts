/**
 * Orders and payments of a company of some years: 100,000 customers with 300,000 orders and a million payments. Pages by their orders and
 * conditions, counts, sums and records, each beside the bare prepared SQL of the same answer, for who sees all, his own, what four
 * people own, and a few customers alone. `--only name` for some of the cases.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { DATABASE_FILE } from '../../src-main/kernel/database.ts'
import { dropTriggers } from '../../src-main/kernel/dialect/triggers.ts'
import { baseFolder, openBase } from './support/base.ts'
import { gateAgainstSql, Report, rounded, textOption, wholeOption } from './support/figures.ts'
import { openReference } from './support/reference.ts'
import { sellers, salesCases } from './support/salesCases.ts'
import { fillSales } from './support/salesFill.ts'
import { gateAimed } from './support/viewCases.ts'

const report = new Report('sales')
const customers = wholeOption('customers', 100_000)
const only = textOption('only') ?? ''
const base = await baseFolder(customers, report)
const scratch = mkdtempSync(join(tmpdir(), 'kezhan-sales-'))
const folder = join(scratch, 'data')

function fill(): void {
  const start = performance.now()
  cpSync(base, folder, { recursive: true })
  const raw = new BetterSqlite3(join(folder, DATABASE_FILE))
  raw.pragma('synchronous = off')
  dropTriggers(raw)
  raw.transaction(() => fillSales(raw, { orders: customers * 3, payments: customers * 10 }))()
  raw.pragma('wal_checkpoint(truncate)')
  raw.close()
  report.note({
    case: 'made',
    orders: customers * 3,
    payments: customers * 10,
    seconds: rounded((performance.now() - start) / 1000),
  })
}

try {
  fill()
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
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
report.end()
