import { sql } from 'kysely'
import type { Forecast, ForecastAsked, ForecastLine } from '../../../src-shared/features/reports/model.ts'
import { COMMIT_FROM, tallied } from '../../../src-shared/features/reports/rules.ts'
import { type Days, monthsIn } from '../../../src-shared/kernel/periods.ts'
import { plain } from '../../kernel/database.ts'
import {
  closedIn,
  type Condition,
  type Expression,
  type Ground,
  groundOf,
  groupSql,
  type Reading,
  requireAsking,
} from './ground.ts'
import { linesOf } from './groups.ts'
import { monthTargets } from '../targets/public.ts'

type Part = {
  readonly g: string | null
  readonly place: string
  readonly kind: 'won' | 'open' | 'commit'
  readonly count: number
  readonly amount: number
  readonly weighted: number
}

const PROBABILITY = '(select s.probability from stage s where s.id = t.stage_id)'
/** In a stage that makes it as good as promised. */
export const commitSql = (): Condition => sql`${sql.raw(PROBABILITY)} >= ${BigInt(COMMIT_FROM)}`

/** Where a day falls in a forecast: its month, or before, behind, nowhere. */
export const placeSql = ({ from, to }: Days, column: string): Expression => {
  const day = sql.ref(column)
  const months = monthsIn({ from, to })
  const [first, last] = [`${months[0] ?? ''}-01`, `${months.at(-1) ?? ''}-99`]
  return sql`case when ${day} is null then 'undated' when ${day} < ${first} then 'earlier' when ${day} > ${last} then 'later' else substr(${day}, 1, 7) end`
}

/** Whole months: a forecast that ended within one would miss what is expected behind. */
export const wholeMonths = (asked: ForecastAsked): ForecastAsked => {
  const months = monthsIn(asked)
  return { ...asked, from: `${months[0] ?? asked.from.slice(0, 7)}-01`, to: `${months.at(-1) ?? asked.to.slice(0, 7)}-31` }
}

/** @throws Forbidden where when they close, or are expected to, must not be learned. */
export async function forecastGround(reading: Reading, asked: ForecastAsked): Promise<{ ground: Ground; g: Expression }> {
  const ground = await groundOf(reading, asked, { all: true })
  requireAsking(ground, ground.opportunity, ['closedOn', 'expectedOn', 'probability'])
  return { ground, g: groupSql(ground, asked.group) }
}

async function partsOf(ground: Ground, asked: ForecastAsked, g: Expression): Promise<Part[]> {
  const { db, where, seesAmount } = ground
  const sum = (column: string) => (seesAmount ? sql`coalesce(sum(${sql.ref(column)}), 0)` : sql`0`)
  const { rows: won } = await sql<Omit<Part, 'kind' | 'weighted'>>`
    select g, place, count(*) as count, ${sum('amount')} as amount from (
      select ${g} as g, ${placeSql(asked, 't.closed_on')} as place, t.amount from opportunity t
      where ${closedIn(wholeMonths(asked))} and t.state = 'won' and ${where}) group by 1, 2`.execute(plain(db))
  const { rows: open } = await sql<Omit<Part, 'kind'> & { kind: 'open' | 'commit' }>`
    select g, place, kind, count(*) as count, ${sum('amount')} as amount, ${sum('weighted')} as weighted from (
      select g, place, amount, (amount * probability + 50) / 100 as weighted, iif(probability >= ${BigInt(COMMIT_FROM)}, 'commit', 'open') as kind from (
        select ${g} as g, ${placeSql(asked, 't.expected_on')} as place, t.amount, ${sql.raw(PROBABILITY)} as probability
        from opportunity t where t.state = 'open' and ${where})) group by 1, 2, 3`.execute(plain(db))
  return [...won.map((row): Part => ({ ...row, kind: 'won', weighted: 0 })), ...open]
}

function lineOf({ seesAmount }: Ground, parts: readonly Part[]): ForecastLine {
  const cell = (...kinds: Part['kind'][]) => {
    const { count, amount } = tallied(parts.filter(({ kind }) => kinds.includes(kind)))
    return { count, amount: seesAmount ? amount : null }
  }
  const weighted = tallied(parts.map(({ count, weighted: amount }) => ({ count, amount }))).amount
  return { won: cell('won'), open: cell('open', 'commit'), commit: cell('commit'), weighted: seesAmount ? weighted : null }
}

/** Month by month what was won, and what is expected: weighted, promised, and all of it; against the targets of its people. */
export async function readForecast(reading: Reading, given: ForecastAsked): Promise<Forecast> {
  const { ground, g } = await forecastGround(reading, given)
  const parts = await partsOf(ground, given, g)
  const months = monthsIn(given)
  const inMonths = parts.filter(({ place }) => months.includes(place))
  const targets = await monthTargets(ground, given.whose, months)
  const at = (place: string) =>
    lineOf(
      ground,
      parts.filter((one) => one.place === place),
    )
  const lines = given.group === null ? [] : await linesOf(ground, given.group, [...new Set(inMonths.map((one) => one.g))])
  const groups = lines.map(({ keys, ...line }) => ({
    ...line,
    ...lineOf(
      ground,
      inMonths.filter((one) => keys.has(one.g)),
    ),
  }))
  const promised = [...targets.values()]
  return {
    from: given.from,
    to: given.to,
    months: months.map((month) => ({ month, ...at(month), target: targets.get(month) ?? null })),
    earlier: at('earlier'),
    later: at('later'),
    undated: at('undated'),
    total: { ...lineOf(ground, inMonths), target: promised.length > 0 ? promised.reduce((sum, one) => sum + one, 0) : null },
    groups: given.group === 'department' ? groups : groups.toSorted((a, b) => worth(b) - worth(a)),
  }
}
const worth = ({ won, weighted, open }: ForecastLine): number => (won.amount ?? won.count) + (weighted ?? open.count)
