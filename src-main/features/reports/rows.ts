import { type RawBuilder, sql } from 'kysely'
import type { Behind } from '../../../src-shared/features/reports/contract.ts'
import type { ForecastAsked, ForecastCell, FunnelAsked, FunnelCell } from '../../../src-shared/features/reports/model.ts'
import { monthsIn } from '../../../src-shared/kernel/periods.ts'
import type { Opportunity } from '../../../src-shared/features/opportunities/model.ts'
import { plain } from '../../kernel/database.ts'
import { BadInput } from '../../kernel/errors.ts'
import { rowsById } from '../../kernel/records/select.ts'
import { commitSql, forecastGround, placeSql, wholeMonths } from './forecast.ts'
import { entriesSql, funnelGround, furthestSql, lastOf, outcomeSql } from './funnel.ts'
import { closedIn, type Condition, type Ground, isOneOf, madeIn, type Reading, requireAsking } from './ground.ts'
import { ofGroup } from './groups.ts'

export type Page = { readonly offset: number; readonly limit: number }

/** The opportunities behind one number of a funnel, by the conditions that counted it. */
export async function funnelRows(reading: Reading, asked: FunnelAsked, cell: FunnelCell, page: Page): Promise<Behind> {
  const { ground } = await funnelGround(reading, asked)
  const parts = [ground.where]
  if (cell.group !== undefined) parts.push(await ofGroup(ground, asked.group, cell.group))
  if (cell.reason !== undefined) {
    requireAsking(ground, ground.opportunity, ['lostReasonId'])
    parts.push(sql`t.lost_reason_id is ${cell.reason}`)
  }
  const from = asked.by === 'cohort' ? cohortCell(ground, asked, cell, parts) : passageCell(ground, asked, cell, parts)
  return behind(ground, from, parts, page)
}

function rankOf({ pipe }: Ground, { stageId }: FunnelCell): number {
  const rank = pipe?.steps.findIndex(({ id }) => id === stageId) ?? -1
  if (rank < 0) throw new BadInput('unknownStage', ['cell', 'stageId'])
  return rank
}

function cohortCell(ground: Ground, asked: FunnelAsked, cell: FunnelCell, parts: Condition[]): RawBuilder<unknown> {
  parts.unshift(madeIn(asked, ground.zone))
  if (cell.what === 'step') {
    const rank = BigInt(rankOf(ground, cell))
    const furthest = furthestSql(ground.pipe)
    if (cell.outcome === undefined) parts.push(sql`${furthest} >= ${rank}`)
    else if (cell.outcome === 'onward') parts.push(sql`${furthest} > ${rank}`)
    else parts.push(sql`${furthest} = ${rank} and t.state = ${cell.outcome}`)
  } else if (cell.what !== 'entered') parts.push(sql`t.state = ${cell.what}`)
  return sql`opportunity t`
}

function passageCell(ground: Ground, asked: FunnelAsked, cell: FunnelCell, parts: Condition[]): RawBuilder<unknown> {
  const { pipe } = ground
  const step = cell.what === 'step' ? rankOf(ground, cell) : null
  if (step !== null && pipe && step < lastOf(pipe)) {
    parts.unshift(sql`h.rank = ${BigInt(step)}`)
    if (cell.outcome) parts.push(sql`${outcomeSql(pipe)} = ${cell.outcome}`)
    return sql`${entriesSql(pipe, asked, ground.zone)} h cross join opportunity t on t.id = h.opportunity_id`
  }
  if (cell.what === 'entered') parts.unshift(madeIn(asked, ground.zone))
  else parts.unshift(closedIn(asked), sql`t.state = ${cell.what === 'lost' ? 'lost' : cell.what === 'open' ? 'open' : 'won'}`)
  return sql`opportunity t`
}

/** The opportunities behind one number of a forecast. */
export async function forecastRows(reading: Reading, asked: ForecastAsked, cell: ForecastCell, page: Page): Promise<Behind> {
  const { ground } = await forecastGround(reading, asked)
  const parts = [ground.where]
  if (cell.group !== undefined) parts.push(await ofGroup(ground, asked.group, cell.group))
  if (cell.what === 'won') parts.unshift(closedIn(wholeMonths(asked)), sql`t.state = 'won'`)
  else parts.unshift(sql`t.state = 'open'`)
  if (cell.what === 'commit') parts.push(commitSql())
  const place = placeSql(asked, cell.what === 'won' ? 't.closed_on' : 't.expected_on')
  const places = cell.place === undefined ? monthsIn(asked) : [cell.place]
  parts.push(isOneOf(place, places))
  return behind(ground, sql`opportunity t`, parts, page)
}

/** The dearest first; for who may not read amounts, the newest. */
async function behind(ground: Ground, from: RawBuilder<unknown>, parts: readonly Condition[], page: Page): Promise<Behind> {
  const { db, actor, opportunity, seesAmount } = ground
  const where = sql.join(parts, sql` and `)
  const amount = seesAmount ? sql`coalesce(sum(t.amount), 0)` : sql`null`
  const { rows: sums } = await sql<{ count: number; amount: number | null }>`
    select count(*) as count, ${amount} as amount from ${from} where ${where}`.execute(plain(db))
  const order = seesAmount ? sql`t.amount is null, t.amount desc, t.id desc` : sql`t.created_at desc, t.id desc`
  const { rows: found } = await sql<{ id: string }>`
    select t.id from ${from} where ${where} order by ${order} limit ${BigInt(page.limit + 1)} offset ${BigInt(page.offset)}`.execute(
    plain(db),
  )
  const ids = found.slice(0, page.limit).map(({ id }) => id)
  const rows = (await rowsById(db, actor, opportunity, ids, { listed: true })) as Opportunity[]
  return {
    rows: rows.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id)),
    count: sums[0]?.count ?? 0,
    amount: sums[0]?.amount ?? null,
    hasMore: found.length > page.limit,
  }
}
