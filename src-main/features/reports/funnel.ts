import { type RawBuilder, sql } from 'kysely'
import type { Cell, Figures, Funnel, FunnelAsked, Group, Step } from '../../../src-shared/features/reports/model.ts'
import {
  cohortSteps,
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
import { countBy, type CountedBy } from './countBy.ts'
import {
  closedIn,
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
import { byLine, linesOf } from './groups.ts'

type Key = string | null
/** So many opportunities that are alike in what a funnel tells apart. `part`: how this counts in it. */
type Part = Tally & {
  readonly g: Key
  readonly part: 'made' | 'closed' | 'passed'
  readonly rank: number
  readonly state: State | 'onward'
  readonly reason: Key
}

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

async function cohortParts(ground: Ground, g: Expression, days: Days): Promise<Part[]> {
  const keys = [sql`t.state`, furthestSql(ground.pipe), sql`t.lost_reason_id`]
  const found = await countBy(ground, keys, g, sql`from opportunity t where ${madeIn(days, ground.zone)} and ${ground.where}`)
  return found.map((one) => ({ ...partOf('made', one), rank: Number(one.keys[1]), reason: one.keys[2] || null }))
}

async function passageParts(ground: Ground, g: Expression, days: Days): Promise<Part[]> {
  const { pipe, where, zone } = ground
  const made = await countBy(ground, [sql`'open'`], g, sql`from opportunity t where ${madeIn(days, zone)} and ${where}`)
  const ended = sql`from opportunity t where ${closedIn(days)} and ${where}`
  const closed = await countBy(ground, [sql`t.state`, sql`t.lost_reason_id`], g, ended)
  return [
    ...made.map((one) => partOf('made', one)),
    ...closed.map((one) => ({ ...partOf('closed', one), rank: lastOf(pipe), reason: one.keys[1] || null })),
    ...(pipe ? await entered(ground, pipe, g, days) : []),
  ]
}

async function entered(ground: Ground, pipe: Pipe, g: Expression, days: Days): Promise<Part[]> {
  const entries = entriesSql(pipe, days, ground.zone)
  const rows = sql`from ${entries} h cross join opportunity t on t.id = h.opportunity_id where ${ground.where}`
  const found = await countBy(ground, [outcomeSql(pipe), sql`h.rank`], g, rows)
  return found.map((one) => ({ ...partOf('passed', one), rank: Number(one.keys[1]) }))
}

/** The state, or what became of it, is always the first key. */
const partOf = (part: Part['part'], { keys, g, count, amount }: CountedBy): Part => ({
  part,
  g,
  count,
  amount,
  state: keys[0] as Part['state'],
  rank: 0,
  reason: null,
})

const countedIn = (ground: Ground, asked: FunnelAsked, g: Expression, days: Days): Promise<Part[]> =>
  asked.by === 'cohort' ? cohortParts(ground, g, days) : passageParts(ground, g, days)

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

function figuresOf(ground: Ground, { by }: FunnelAsked, parts: readonly Part[]): Figures {
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
  }
}

function stepLines(ground: Ground, asked: FunnelAsked, parts: readonly Part[]): Step[] {
  const { pipe } = ground
  const cell = (tally: Tally) => withAmount(ground, tally)
  return tallySteps(ground, asked, parts).map((step, rank): Step => {
    const stage = pipe?.steps[rank]
    if (!stage || stage.kind === 'lost') throw new Error('a step without a stage')
    return {
      stageId: stage.id,
      name: stage.name,
      kind: stage.kind,
      ...cell(step),
      onward: cell(step.onward),
      lost: cell(step.lost),
      open: cell(step.open),
      conversion: rank === lastOf(pipe) ? null : share(step.onward.count, step.count),
    }
  })
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

async function groupsOf(ground: Ground, asked: FunnelAsked, parts: readonly Part[]): Promise<Group[]> {
  if (asked.group === null) return []
  const lines = await linesOf(ground, asked.group, [...new Set(parts.map(({ g }) => g))])
  const own = byLine(lines, parts)
  const groups = lines.map(({ keys: _, ...line }, at): Group => {
    const mine = own[at] ?? []
    const steps = tallySteps(ground, asked, mine).map((step) => withAmount(ground, step))
    return { ...line, steps, figures: figuresOf(ground, asked, mine) }
  })
  return inOrder(asked, groups)
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
  const parts = await countedIn(ground, asked, g, days)
  return {
    by: asked.by,
    ...days,
    pipeline: ground.pipe && { id: ground.pipe.id, name: ground.pipe.name },
    steps: stepLines(ground, asked, parts),
    figures: figuresOf(ground, asked, parts),
    reasons: await reasonsOf(ground, asked, parts),
    groups: await groupsOf(ground, asked, parts),
    before: await beforeOf(ground, asked, days),
  }
}

async function beforeOf(ground: Ground, asked: FunnelAsked, days: Days): Promise<Funnel['before']> {
  if (asked.compare === null) return null
  const before = daysBefore(days, ground.today, asked.compare)
  const parts = await countedIn(ground, asked, sql`null`, before)
  const steps = tallySteps(ground, asked, parts).map((step) => withAmount(ground, step))
  return { ...before, steps, figures: figuresOf(ground, asked, parts) }
}
