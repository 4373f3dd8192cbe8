import type { SourceCostValues } from '../../../src-shared/features/source-costs/model.ts'
import { daysOfPeriod } from '../../../src-shared/kernel/periods.ts'
import { addDays } from '../../../src-shared/kernel/zoned.ts'
import { todayOf } from '../../kernel/clock.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { insertCost } from './store.ts'

/** What is spent on a source: every month, over a year, or on days of its own twice a year; in yuan, from the least to the most. */
export type Spending = {
  readonly source: string
  readonly every: 'month' | 'year' | 'event'
  readonly least: number
  readonly most: number
  readonly note: string | null
}
const MONTHS_BACK = 12
const EVENT_MONTHS: ReadonlySet<string> = new Set(['04', '10'])
const EVENT_DAYS = 4

type Roll = () => number
/** Whole hundreds of yuan, in fen. */
const sumOf = ({ least, most }: Spending, roll: Roll, times: number): number =>
  Math.max(1, Math.round(((least + roll() * (most - least)) * times) / 100)) * 10_000

function spansOf({ every }: Spending, today: string): { from: string; to: string }[] {
  const year = daysOfPeriod(today.slice(0, 4))
  if (every === 'year') return year ? [year] : []
  const months = Array.from({ length: MONTHS_BACK }, (_, back) => {
    const at = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1 - back
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`
  })
  if (every === 'month') return months.flatMap((month) => daysOfPeriod(month) ?? [])
  return months
    .filter((month) => EVENT_MONTHS.has(month.slice(5)))
    .map((month) => ({ from: `${month}-15`, to: addDays(`${month}-15`, EVENT_DAYS - 1) }))
}

/** Invented costs of the year before today, so many times what is said; nothing where there are costs already. @returns how many */
export async function seedSourceCosts(
  context: CommandContext,
  { spending, times, roll }: { spending: readonly Spending[]; times: number; roll: Roll },
): Promise<number> {
  if (await context.tx.selectFrom('sourceCost').select('id').limit(1).executeTakeFirst()) {
    context.unchanged()
    return 0
  }
  const costs = spending.flatMap((one) =>
    spansOf(one, todayOf(context)).map(
      (span): SourceCostValues => ({ source: one.source, ...span, amountFen: sumOf(one, roll, times), note: one.note }),
    ),
  )
  for (const cost of costs) await insertCost(context, cost)
  if (costs.length === 0) context.unchanged()
  else context.record({ entity: 'sourceCost', id: '', action: 'seeded', detail: { count: costs.length } })
  return costs.length
}
