import { type RawBuilder, sql, type SqlBool } from 'kysely'
import {
  type Board,
  type BoardInput,
  type ColumnFigures,
  type ColumnInput,
  type ColumnOf,
  type Days,
  type DaysInput,
  type Forecast,
  type ForecastInput,
  monthLater,
  monthsFrom,
} from '../../../src-shared/features/opportunities/board.ts'
import type { Opportunity } from '../../../src-shared/features/opportunities/model.ts'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import type { EntityDescriptor } from '../../../src-shared/kernel/entity.ts'
import type { Which } from '../../../src-shared/kernel/list.ts'
import { plain, type ReadDb } from '../../kernel/database.ts'
import { Forbidden, NotFound } from '../../kernel/errors.ts'
import { mayAskBy } from '../../kernel/policy.ts'
import { askerOf } from '../../kernel/records/pools.ts'
import { daysBy } from '../../kernel/records/days.ts'
import { listRows } from '../../kernel/records/select.ts'
import { whereOf } from '../../kernel/records/where.ts'
import type { TaskContext } from '../../kernel/tasks.ts'

type Condition = RawBuilder<SqlBool>
type Asked<Input> = { actor: Actor; input: Input; zone: string; today: string }
type Looking = { db: ReadDb; actor: Actor; entity: EntityDescriptor; today: string }
type Sums = { key: string; n: number; filled: number; sum: number; weighted: number }
type Cards = { rows: Opportunity[]; hasMore: boolean }

const entityOf = ({ entities }: TaskContext): EntityDescriptor => {
  const entity = entities.get('opportunity')
  if (!entity) throw new Error('no opportunities')
  return entity
}

async function lookingAt(context: TaskContext, { actor, input, today }: Asked<Which>): Promise<Looking> {
  const entity = entityOf(context)
  return { db: context.db, entity, today, actor: await askerOf(context.db, actor, entity, input) }
}

const requireAskable = ({ actor, entity }: Looking, key: string): void => {
  if (!mayAskBy(actor, entity, key)) throw new Forbidden('opportunities.fields', [key])
}

// The same rounding as the field `weighted`, row by row, so that the sum is that of the rows.
const SUMS = sql`count(*) as n, count(t.amount) as filled, coalesce(sum(t.amount), 0) as sum,
  coalesce(sum((t.amount * s.probability + 50) / 100), 0) as weighted`

/** Amounts that the reader must not ask by are not summed for him either. */
function figuresOf({ actor, entity }: Looking, sums: Sums | undefined): ColumnFigures {
  const { n = 0, filled = 0, sum = 0, weighted = 0 } = sums ?? {}
  // Beyond this a number no longer holds every fen.
  if (!Number.isSafeInteger(sum) || !Number.isSafeInteger(weighted))
    throw new Error('the sum of amounts is too large to be exact')
  const tells = mayAskBy(actor, entity, 'amount')
  return {
    count: n,
    filled: tells ? filled : null,
    sum: tells ? sum : null,
    weighted: tells && mayAskBy(actor, entity, 'weighted') ? weighted : null,
  }
}

/** Sums by a key of rows that meet a condition as well. Along the stages' own index, unless words found few rows already. */
async function sumsBy(
  { db, actor, entity }: Looking,
  which: Which,
  { key, and }: { key: RawBuilder<unknown>; and: Condition },
): Promise<{ byKey: Map<string, Sums>; capped: boolean }> {
  const { where, capped, narrow } = await whereOf(db, actor, entity, which, { counted: true })
  const from = narrow
    ? sql`opportunity t cross join stage s on s.id = t.stage_id`
    : sql`stage s cross join opportunity t on t.stage_id = s.id`
  const { rows } = await sql<Sums>`select ${key} as key, ${SUMS} from ${from} where ${where} and ${and} group by 1`.execute(
    plain(db),
  )
  return { byKey: new Map(rows.map((row) => [row.key, row])), capped }
}

const cardsOf = async ({ db, actor, entity }: Looking, input: Omit<ColumnInput, 'of'>, where: Condition): Promise<Cards> => {
  const { rows, hasMore } = await listRows(db, actor, entity, input, { where })
  return { rows: rows as Opportunity[], hasMore }
}

/**
 * The stages of a pipeline with their sums and first cards. One that was put aside is told of while something still stands in it.
 * @throws NotFound for a pipeline that there is not
 */
export async function readBoard(context: TaskContext, asked: Asked<BoardInput>): Promise<Board> {
  const { pipelineId, ...which } = asked.input
  const looking = await lookingAt(context, asked)
  const { rows: stages } = await sql<{ id: string; archived: number }>`
    select id, archived_at is not null as archived from stage where pipeline_id = ${pipelineId}
    order by case kind when 'open' then 0 when 'won' then 1 else 2 end, position, id`.execute(plain(context.db))
  if (stages.length === 0) throw new NotFound('pipeline', pipelineId)
  const ofPipeline = sql<SqlBool>`s.pipeline_id = ${pipelineId}`
  const { byKey, capped } = await sumsBy(looking, which, { key: sql`s.id`, and: ofPipeline })
  const columns: Board['columns'] = []
  for (const { id, archived } of stages) {
    const figures = figuresOf(looking, byKey.get(id))
    if (archived === 1 && figures.count === 0) continue
    const cards =
      figures.count === 0
        ? { rows: [], hasMore: false }
        : await cardsOf(looking, { ...which, offset: 0 }, sql<SqlBool>`t.stage_id = ${id}`)
    columns.push({ stageId: id as Board['columns'][number]['stageId'], ...figures, ...cards })
  }
  return { columns, capped }
}

const OPEN = sql<SqlBool>`t.state = 'open'`
const firstOf = (month: string): string => `${month}-01`

/** The rows of a column as a condition; a month of a forecast has what is expected in it from today on, and what was won in it. */
function whereColumn(looking: Looking, of: ColumnOf): Condition {
  if ('stageId' in of) return sql<SqlBool>`t.stage_id = ${of.stageId}`
  const { today } = looking
  if ('due' in of) {
    if ('after' in of) return sql<SqlBool>`(${OPEN} and t.expected_on >= ${lastDayFrom(monthLater(of.after, 1), today)})`
    if (of.due === 'none') return sql<SqlBool>`(${OPEN} and t.expected_on is null)`
    return sql<SqlBool>`(${OPEN} and t.expected_on < ${today})`
  }
  const [from, to] = [firstOf(of.month), firstOf(monthLater(of.month, 1))]
  const expected = sql<SqlBool>`(${OPEN} and t.expected_on >= ${from < today ? today : from} and t.expected_on < ${to})`
  return knowsClosing(looking)
    ? sql<SqlBool>`(${expected} or (t.state = 'won' and t.closed_on >= ${from} and t.closed_on < ${to}))`
    : expected
}
/** After months that are over, what is expected begins today: before that it is overdue. */
const lastDayFrom = (month: string, today: string): string => (firstOf(month) < today ? today : firstOf(month))
const knowsClosing = ({ actor, entity }: Looking): boolean => mayAskBy(actor, entity, 'closedOn')

/** Further cards of a column. @throws Forbidden for months when the expected day must not be asked by */
export async function readColumn(
  context: TaskContext,
  asked: Asked<ColumnInput>,
): Promise<{ rows: Opportunity[]; hasMore: boolean; capped: boolean }> {
  const { of, ...input } = asked.input
  const looking = await lookingAt(context, asked)
  if (!('stageId' in of)) requireAskable(looking, 'expectedOn')
  return { ...(await cardsOf(looking, input, whereColumn(looking, of))), capped: false }
}

/** Months with what was won in them and what is expected, and beside them what is overdue, later, or on no day. */
export async function readForecast(context: TaskContext, asked: Asked<ForecastInput>): Promise<Forecast> {
  const { from, months: many, ...which } = asked.input
  const looking = await lookingAt(context, asked)
  requireAskable(looking, 'expectedOn')
  const months = monthsFrom(from, many)
  const after = months.at(-1) ?? from
  const end = lastDayFrom(monthLater(after, 1), looking.today)
  const key = sql`case when t.expected_on is null then 'none' when t.expected_on < ${looking.today} then 'overdue'
    when t.expected_on >= ${end} then 'later' else substr(t.expected_on, 1, 7) end`
  const { byKey: open, capped } = await sumsBy(looking, which, { key, and: OPEN })
  const closed = sql<SqlBool>`t.state = 'won' and t.closed_on >= ${firstOf(from)} and t.closed_on < ${firstOf(monthLater(after, 1))}`
  const won = knowsClosing(looking)
    ? (await sumsBy(looking, which, { key: sql`substr(t.closed_on, 1, 7)`, and: closed })).byKey
    : null
  const columns: ColumnOf[] = [
    { due: 'overdue' },
    ...months.map((month) => ({ month })),
    { due: 'later', after },
    { due: 'none' },
  ]
  return {
    columns: await inTurn(columns, async (of) => {
      const name = 'month' in of ? of.month : 'due' in of ? of.due : ''
      return {
        of,
        open: figuresOf(looking, open.get(name)),
        won: won && 'month' in of ? figuresOf(looking, won.get(name)) : null,
        ...(await cardsOf(looking, { ...which, offset: 0 }, whereColumn(looking, of))),
      }
    }),
    capped,
  }
}

async function inTurn<From, To>(all: readonly From[], work: (one: From) => Promise<To>): Promise<To[]> {
  const done: To[] = []
  for (const one of all) done.push(await work(one))
  return done
}

/** Open ones by the day of their next step or expected end, the first of each day as cards. */
export async function readDays(context: TaskContext, { actor, zone, input }: Asked<DaysInput>): Promise<Days> {
  const { from, days: many, by, limit, ...which } = input
  const span = { from, days: many, limit }
  const found = await inTurn([...new Set(by)], async (field) => {
    const { days, capped } = await daysBy(context.db, actor, entityOf(context), which, { field, span, zone, and: OPEN })
    return { capped, days: days.map(({ rows, ...day }) => ({ ...day, by: field, rows: rows as Opportunity[] })) }
  })
  return { days: found.flatMap(({ days }) => days), capped: found.some(({ capped }) => capped) }
}
