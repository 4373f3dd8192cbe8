/**
 * The desk on a million customers: list pages, views, filters of ten conditions, orders by any column, sums, search, record, duplicates
 * and counts, each beside the bare prepared SQL of the same answer. `--customers 50000` for a first look,
 * `--only name` for some of the cases.
 */
import { baseFolder, openBase, readers } from './support/base.ts'
import { gateAgainstSql, Report, textOption, wholeOption } from './support/figures.ts'
import { countCases, filterCases, pageCases, recordCases } from './support/listCases.ts'
import { openReference } from './support/reference.ts'
import { searchCases } from './support/searchCases.ts'
import { gateAimed, gateOthers, relativeCases, sortCases, sumCases, tenCases } from './support/viewCases.ts'

const report = new Report('desk1m')
const customers = wholeOption('customers', 1_000_000)
const only = textOption('only') ?? ''
const folder = await baseFolder(customers, report)
const running = await openBase(folder)
const reference = openReference(folder)
try {
  for (const who of readers(running)) {
    const desk = { who, reference, customers }
    const cases = [...pageCases(desk), ...filterCases(desk), ...countCases(desk), ...recordCases(desk), ...searchCases(desk)]
    for (const { name, ...pair } of cases)
      if (`${who.name}: ${name}`.includes(only)) await gateAgainstSql(report, `${who.name}: ${name}`, pair)
    for (const aimed of [...tenCases(desk), ...sortCases(desk), ...relativeCases(desk), ...sumCases(desk)])
      if (`${who.name}: ${aimed.name}`.includes(only)) await gateAimed(report, `${who.name}: ${aimed.name}`, aimed)
    if (`${who.name}: others`.includes(only)) {
      const ids = (await who.client.customers.list({ limit: 50 })).rows.map(({ id }) => id)
      await gateOthers(report, who, ids)
    }
  }
} finally {
  reference.close()
  await running.close()
}
report.end()
