import { type RawBuilder, sql } from 'kysely'
import type { Cell, Figures, Funnel, FunnelAsked, Group, Step } from '../../../src-shared/features/reports/model.ts'
import {
  cohortSteps,
  type DayCount,
  dayFigures,
  passageSteps,
  type Passed,
  type State,
  type StepTally,
  type Tally,
  tallied,
  winRate,
} from '../../../src-shared/features/reports/rules.ts'
import { daysBefore, type Days, instantsOf } from '../../../src-shared/kernel/periods.ts'
import { share } from '../../../src-shared/kernel/rational.ts'
import { plain } from '../../kernel/database.ts'
import { mayAskBy } from '../../kernel/policy.ts'
import {
  closedIn,
  type Condition,
  cycleSql,
  type Expression,
  type Ground,
  groundOf,
  groupSql,
  madeIn,
  type Pipe,
  rankSql,
  type Reading,
  requireAsking,
} from './ground.ts'
import { type Line, linesOf } from './groups.ts'

type Key = string | null
/** So many opportunities that are alike in what a funnel tells apart. `part`: how this counts in it. */
type Part = Tally & {
  readonly g: Key
  readonly part: 'made' | 'closed' | 'passed'
  readonly rank: number
  readonly state: State | 'onward'
  readonly reason: Key
}
type Cycle = DayCount & { readonly g: Key }
/** Everything of one period, to be put together by group and in all. */
type Counted = { readonly parts: readonly Part[]; readonly cycles: readonly Cycle[] | null }

export const lastOf = (pipe: Pipe | null): number => (pipe ? pipe.steps.length - 1 : 0)

/** The furthest step of an opportunity. Who was won before and is open again stands where the history of open stages says. */
export function furthestSql(pipe: Pipe | null): Expression {
  if (!pipe) return sql`0`
  const reached = sql`select max(${rankSql(pipe, sql`h.stage_id`)}) from opportunity_stage h where h.opportunity_id = t.id`
  return sql`case t.state when 'won' then ${sql.raw(String(lastOf(pipe)))} else coalesce((${reached}), 0) end`
}

/** Entries into steps within the period, each opportunity once a step, by its first. */
export function entriesSql(pipe: Pipe, days: Days, zone: string): RawBuilder<unknown> {
  const { from, until } = instantsOf(days, zone)
  return sql`(select s.opportunity_id, ${rankSql(pipe, sql`s.stage_id`)} as rank, min(s.entered_at) as first from opportunity_stage s
    where s.stage_id in (select value from json_each(${JSON.stringify([...pipe.rankOf.keys()])})) and s.entered_at >= ${from} and s.entered_at < ${until}
    group by 1, 2)`
}

/** What became of an entry: on to a later step since then, won included, or lost, or open still. */
export const outcomeSql = (pipe: Pipe): Expression => sql`case when t.state = 'won' or exists (
    select 1 from opportunity_stage n where n.opportunity_id = t.id and n.entered_at >= h.first and ${rankSql(pipe, sql`n.stage_id`)} > h.rank)
  then 'onward' else t.state end`

const sums = ({ seesAmount }: Ground) => sql`count(*) as count, ${seesAmount ? sql`coalesce(sum(amount), 0)` : sql`0`} as amount`

async function cohortParts(ground: Ground, g: Expression, days: Days): Promise<Part[]> {
  const { rows } = await sql<Omit<Part, 'part'>>`
    select g, rank, state, reason, ${sums(ground)} from (
      select ${g} as g, t.state, t.lost_reason_id as reason, t.amount, ${furthestSql(ground.pipe)} as rank
      from opportunity t where ${madeIn(days, ground.zone)} and ${ground.where}) group by 1, 2, 3, 4`.execute(plain(ground.db))
  return rows.map((row) => ({ ...row, part: 'made' }))
}

async function passageParts(ground: Ground, g: Expression, days: Days): Promise<Part[]> {
  const { db, pipe, where, zone } = ground
  const { rows: made } = await sql<{ g: Key } & Tally>`
    select g, ${sums(ground)} from (select ${g} as g, t.amount from opportunity t where ${madeIn(days, zone)} and ${where}) group by 1`.execute(
    plain(db),
  )
  const { rows: closed } = await sql<{ g: Key; state: State; reason: Key } & Tally>`
    select g, state, reason, ${sums(ground)} from (
      select ${g} as g, t.state, t.lost_reason_id as reason, t.amount from opportunity t where ${closedIn(days)} and ${where}) group by 1, 2, 3`.execute(
    plain(db),
  )
  const passed = pipe ? await entered(ground, pipe, g, days) : []
  return [
    ...made.map((row): Part => ({ ...row, part: 'made', rank: 0, state: 'open', reason: null })),
    ...closed.map((row): Part => ({ ...row, part: 'closed', rank: lastOf(pipe) })),
    ...passed,
  ]
}

async function entered(ground: Ground, pipe: Pipe, g: Expression, days: Days): Promise<Part[]> {
  const { rows } = await sql<{ g: Key; rank: number; state: Part['state'] } & Tally>`
    select g, rank, state, ${sums(ground)} from (
      select ${g} as g, h.rank, ${outcomeSql(pipe)} as state, t.amount
      from ${entriesSql(pipe, days, ground.zone)} h cross join opportunity t on t.id = h.opportunity_id where ${ground.where}) group by 1, 2, 3`.execute(
    plain(ground.db),
  )
  return rows.map((row) => ({ ...row, part: 'passed', reason: null }))
}

const inPeriod = ({ by }: FunnelAsked, ground: Ground, days: Days): Condition =>
  by === 'cohort' ? madeIn(days, ground.zone) : closedIn(days)

async function cyclesOf(ground: Ground, g: Expression, asked: FunnelAsked, days: Days): Promise<Cycle[] | null> {
  if (!mayAskBy(ground.actor, ground.opportunity, 'closedOn')) return null
  const { rows } = await sql<Cycle>`
    select g, days, count(*) as count from (select ${g} as g, ${await cycleSql(ground)} as days from opportunity t
      where ${inPeriod(asked, ground, days)} and t.state = 'won' and ${ground.where}) group by 1, 2`.execute(plain(ground.db))
  return rows
}

/** Whole days of 24 hours, to the second, of every time in a step that has ended. */
async function staysOf(ground: Ground, { by }: FunnelAsked, days: Days): Promise<(DayCount & { rank: number })[] | null> {
  const { pipe, zone, where, db } = ground
  if (!pipe || !mayAskBy(ground.actor, ground.opportunity, 'stageEnteredAt')) return null
  const { from, until } = instantsOf(days, zone)
  const stages = sql`(select value from json_each(${JSON.stringify([...pipe.rankOf.keys()])}))`
  const rows =
    by === 'cohort'
      ? sql`opportunity t cross join opportunity_stage h on h.opportunity_id = t.id where ${madeIn(days, zone)} and h.stage_id in ${stages}`
      : sql`opportunity_stage h cross join opportunity t on t.id = h.opportunity_id where h.stage_id in ${stages} and h.entered_at >= ${from} and h.entered_at < ${until}`
  const { rows: found } = await sql<DayCount & { rank: number }>`
    select ${rankSql(pipe, sql`h.stage_id`)} as rank, (unixepoch(h.left_at) - unixepoch(h.entered_at)) / 86400 as days, count(*) as count
    from ${rows} and h.left_at is not null and ${where} group by 1, 2`.execute(plain(db))
  return found
}

async function countedIn(ground: Ground, asked: FunnelAsked, g: Expression, days: Days): Promise<Counted> {
  const parts = asked.by === 'cohort' ? await cohortParts(ground, g, days) : await passageParts(ground, g, days)
  return { parts, cycles: await cyclesOf(ground, g, asked, days) }
}

// ── put together ──
const withAmount = ({ seesAmount }: Ground, { count, amount }: Tally): Cell => ({ count, amount: seesAmount ? amount : null })

function tallySteps(ground: Ground, { by }: FunnelAsked, parts: readonly Part[]): StepTally[] {
  if (!ground.pipe) return []
  const last = lastOf(ground.pipe)
  if (by === 'cohort') return cohortSteps(parts as readonly (Part & { state: State })[], last)
  const passed = parts.flatMap(({ part, state, ...one }) =>
    part === 'passed' ? [{ ...one, outcome: state as Passed['outcome'] }] : [],
  )
  return passageSteps(passed, tallied(parts.filter(({ part, state }) => part === 'closed' && state === 'won')), last)
}

function figuresOf(ground: Ground, { by }: FunnelAsked, { parts, cycles }: Counted): Figures {
  const made = parts.filter(({ part }) => part === 'made')
  const ended = by === 'cohort' ? made : parts.filter(({ part }) => part === 'closed')
  const of = (state: State) => withAmount(ground, tallied(ended.filter((one) => one.state === state)))
  const [won, lost] = [of('won'), of('lost')]
  return {
    entered: withAmount(ground, tallied(made)),
    won,
    lost,
    open: by === 'cohort' ? of('open') : null,
    winRate: winRate(won.count, lost.count),
    cycle: cycles && dayFigures(cycles),
  }
}

async function stepLines(ground: Ground, asked: FunnelAsked, parts: readonly Part[], days: Days): Promise<Step[]> {
  const { pipe } = ground
  if (!pipe) return []
  const stays = await staysOf(ground, asked, days)
  const cell = (tally: Tally) => withAmount(ground, tally)
  return tallySteps(ground, asked, parts).map((step, rank): Step => {
    const stage = pipe.steps[rank]
    if (!stage || stage.kind === 'lost') throw new Error('a step without a stage')
    const isLast = rank === lastOf(pipe)
    return {
      stageId: stage.id,
      name: stage.name,
      kind: stage.kind,
      ...cell(step),
      onward: cell(step.onward),
      lost: cell(step.lost),
      open: cell(step.open),
      conversion: isLast ? null : share(step.onward.count, step.count),
      days: isLast || !stays ? null : dayFigures(merged(stays.filter((one) => one.rank === rank))),
    }
  })
}

/** Stages that were put aside have days of their own beside those of the step they count to. */
function merged(counts: readonly DayCount[]): DayCount[] {
  const sum = new Map<number, number>()
  for (const { days, count } of counts) sum.set(days, (sum.get(days) ?? 0) + count)
  return [...sum].map(([days, count]) => ({ days, count }))
}

async function reasonsOf(ground: Ground, { by }: FunnelAsked, parts: readonly Part[]): Promise<Funnel['reasons']> {
  if (!mayAskBy(ground.actor, ground.opportunity, 'lostReasonId')) return null
  const lost = parts.filter(({ part, state }) => state === 'lost' && part === (by === 'cohort' ? 'made' : 'closed'))
  const { rows } = await sql<{ id: string; name: string }>`select id, name from lost_reason`.execute(plain(ground.db))
  const names = new Map(rows.map(({ id, name }) => [id, name]))
  return [...new Set(lost.map(({ reason }) => reason))]
    .map((id) => ({
      id,
      name: id === null ? null : (names.get(id) ?? null),
      ...withAmount(ground, tallied(lost.filter(({ reason }) => reason === id))),
    }))
    .toSorted((a, b) => b.count - a.count || ((a.id ?? '') < (b.id ?? '') ? -1 : 1))
}

/** In time for what goes by time, departments as they stand, else who has won most first. */
function inOrder(asked: FunnelAsked, groups: Group[]): Group[] {
  if (asked.group === 'department') return groups
  const worth = ({ figures: { won, entered: made } }: Group) => [won.amount ?? won.count, won.count, made.count] as const
  const byTime = asked.group === 'month' || asked.group === 'quarter'
  return groups.toSorted((a, b) => {
    if (a.key === null || b.key === null) return a.key === null ? 1 : -1
    if (byTime) return a.key < b.key ? -1 : 1
    const [mine, other] = [worth(a), worth(b)]
    const at = mine.findIndex((value, n) => value !== other[n])
    return at >= 0 ? (other[at] ?? 0) - (mine[at] ?? 0) : a.key < b.key ? -1 : 1
  })
}

async function groupsOf(ground: Ground, asked: FunnelAsked, { parts, cycles }: Counted): Promise<Group[]> {
  if (asked.group === null) return []
  const lines = await linesOf(ground, asked.group, [...new Set(parts.map(({ g }) => g))])
  const sharesOf = byLine(lines)
  const own = new Map(lines.map((line) => [line, { parts: [] as Part[], cycles: cycles && ([] as Cycle[]) }]))
  for (const part of parts) for (const line of sharesOf(part.g)) own.get(line)?.parts.push(part)
  for (const cycle of cycles ?? []) for (const line of sharesOf(cycle.g)) own.get(line)?.cycles?.push(cycle)
  const groups = lines.map((line): Group => {
    const counted = own.get(line) ?? { parts: [], cycles: null }
    const { keys: _, ...named } = line
    return {
      ...named,
      steps: tallySteps(ground, asked, counted.parts).map((step) => withAmount(ground, step)),
      figures: figuresOf(ground, asked, { parts: counted.parts, cycles: counted.cycles && merged2(counted.cycles) }),
    }
  })
  return inOrder(asked, groups)
}
const merged2 = (cycles: readonly Cycle[]): Cycle[] => merged(cycles).map((one) => ({ ...one, g: null }))

/** Which lines a value counts to: one, or in a tree all those above it too. */
function byLine(lines: readonly Line[]): (key: Key) => readonly Line[] {
  const known = new Map<Key, Line[]>()
  for (const line of lines) for (const key of line.keys) known.set(key, [...(known.get(key) ?? []), line])
  return (key) => known.get(key) ?? []
}

/** @throws Forbidden for a basis or a grouping that would tell what the caller may not read. */
export async function funnelGround(reading: Reading, asked: FunnelAsked): Promise<{ ground: Ground; g: Expression }> {
  const ground = await groundOf(reading, asked, { all: asked.group === 'pipeline' })
  if (asked.by === 'passage') requireAsking(ground, ground.opportunity, ['closedOn', 'stageEnteredAt'])
  return { ground, g: groupSql(ground, asked.group) }
}

/** A funnel with its groups, and the same of the period before. */
export async function readFunnel(reading: Reading, asked: FunnelAsked): Promise<Funnel> {
  const { ground, g } = await funnelGround(reading, asked)
  const days = { from: asked.from, to: asked.to }
  const counted = await countedIn(ground, asked, g, days)
  const { parts, cycles } = counted
  const all = { parts, cycles: cycles && merged2(cycles) }
  return {
    by: asked.by,
    ...days,
    pipeline: ground.pipe && { id: ground.pipe.id, name: ground.pipe.name },
    steps: await stepLines(ground, asked, parts, days),
    figures: figuresOf(ground, asked, all),
    reasons: await reasonsOf(ground, asked, parts),
    groups: await groupsOf(ground, asked, counted),
    before: await beforeOf(ground, asked, days),
  }
}

async function beforeOf(ground: Ground, asked: FunnelAsked, days: Days): Promise<Funnel['before']> {
  if (asked.compare === null) return null
  const before = daysBefore(days, ground.today, asked.compare)
  const counted = await countedIn(ground, asked, sql`null`, before)
  const steps = tallySteps(ground, asked, counted.parts).map((step) => withAmount(ground, step))
  return { ...before, steps, figures: figuresOf(ground, asked, counted) }
}
