import { sql } from 'kysely'
import type { FunnelAsked, FunnelDays } from '../../../src-shared/features/reports/model.ts'
import { type DayCount, dayFigures } from '../../../src-shared/features/reports/rules.ts'
import { type Days, daysBefore, instantsOf } from '../../../src-shared/kernel/periods.ts'
import { plain } from '../../kernel/database.ts'
import { mayAskBy } from '../../kernel/policy.ts'
import { countBy } from './countBy.ts'
import { funnelGround } from './funnel.ts'
import { closedIn, cycleSql, type Expression, type Ground, madeIn, rankSql, type Reading } from './ground.ts'
import { byLine, linesOf } from './groups.ts'

type Cycle = DayCount & { readonly g: string | null }

/** Days from the making to the winning, of those won that the funnel counts. */
async function cyclesOf(ground: Ground, { by }: FunnelAsked, g: Expression, days: Days): Promise<Cycle[]> {
  if (!mayAskBy(ground.actor, ground.opportunity, 'closedOn')) return []
  const counted = by === 'cohort' ? madeIn(days, ground.zone) : closedIn(days)
  const rows = sql`from opportunity t where ${counted} and t.state = 'won' and ${ground.where}`
  const found = await countBy({ db: ground.db, seesAmount: false }, [await cycleSql(ground)], g, rows)
  return found.map(({ keys, g: own, count }) => ({ days: Number(keys[0]), g: own, count }))
}

/** More than any time in a stage lasts: the year 9999 is nearer. */
const MOST_DAYS = 10_000_000

/** Whole days of 24 hours, to the second, of every time in a step that has ended. */
async function staysOf(ground: Ground, { by }: FunnelAsked, days: Days): Promise<(DayCount & { rank: number })[]> {
  const { pipe, zone, where, db } = ground
  if (!pipe || !mayAskBy(ground.actor, ground.opportunity, 'stageEnteredAt')) return []
  const { from, until } = instantsOf(days, zone)
  const stages = sql`h.stage_id in (select value from json_each(${JSON.stringify([...pipe.rankOf.keys()])}))`
  const rows =
    by === 'cohort'
      ? sql`opportunity t cross join opportunity_stage h on h.opportunity_id = t.id where ${madeIn(days, zone)}`
      : sql`opportunity_stage h cross join opportunity t on t.id = h.opportunity_id where ${stages} and h.entered_at >= ${from} and h.entered_at < ${until}`
  // Step and days as one number, which SQLite sorts by more easily. A stage of another pipeline is no step.
  const stay = sql`${rankSql(pipe, sql`h.stage_id`)} * ${sql.raw(String(MOST_DAYS))} + (unixepoch(h.left_at) - unixepoch(h.entered_at)) / 86400`
  const { rows: found } = await sql<{ stay: number | null; count: number }>`
    select stay, count(*) as count from (select ${stay} as stay from ${rows} and h.left_at is not null and ${where}) group by 1`.execute(
    plain(db),
  )
  return found.flatMap(({ stay: at, count }) =>
    at === null ? [] : [{ rank: Math.floor(at / MOST_DAYS), days: at % MOST_DAYS, count }],
  )
}

/** How long it took: in each step, from the making to the winning in all and by group, and in the period before. */
export async function readFunnelDays(reading: Reading, asked: FunnelAsked): Promise<FunnelDays> {
  const { ground, g } = await funnelGround(reading, asked)
  const days = { from: asked.from, to: asked.to }
  const stays = await staysOf(ground, asked, days)
  const cycles = await cyclesOf(ground, asked, g, days)
  const lines = asked.group === null ? [] : await linesOf(ground, asked.group, [...new Set(cycles.map((one) => one.g))])
  const own = byLine(lines, cycles)
  const earlier = asked.compare && daysBefore(days, ground.today, asked.compare)
  return {
    steps: (ground.pipe?.steps ?? []).map(({ id }, rank) => ({
      stageId: id,
      days: dayFigures(stays.filter((one) => one.rank === rank)),
    })),
    cycle: dayFigures(cycles),
    groups: lines.map(({ key }, at) => ({ key, cycle: dayFigures(own[at] ?? []) })),
    before: earlier && dayFigures(await cyclesOf(ground, asked, sql`null`, earlier)),
  }
}
