import { sql } from 'kysely'
import type { Calendar } from '../../../src-shared/features/calendar/model.ts'
import { workingMinutesBetween } from '../../../src-shared/features/calendar/rules.ts'
import type { ResponseGroupKey } from '../../../src-shared/features/reports/keys.ts'
import {
  type Response,
  type ResponseAsked,
  type ResponseCell,
  responseLine,
  type ResponseRow,
} from '../../../src-shared/features/reports/response.ts'
import { instantsOf } from '../../../src-shared/kernel/periods.ts'
import { plain } from '../../kernel/database.ts'
import { mayAskBy, rowsFor } from '../../kernel/policy.ts'
import { hasShared, onTheWay } from '../../kernel/records/path.ts'
import { loadCalendar } from '../calendar/public.ts'
import { entityOf, isOneOf, type Reading, requireAsking } from './ground.ts'
import type { Page } from './rows.ts'

type Row = {
  id: string
  name: string
  ownerId: string | null
  key: string | null
  status: string
  arrivedAt: string
  firstAt: string | null
}
type Answered = Row & { readonly minutes: number | null; readonly isOpen: boolean }
const OPEN: ReadonlySet<string> = new Set(['new', 'contacted', 'qualified'])
const KEYS = {
  owner: sql`t.owner_id`,
  source: sql`t.source_id`,
  pool: sql`coalesce(t.pool_id, t.home_pool_id)`,
} as const
const FIELD = { owner: 'ownerId', source: 'sourceId', pool: 'poolId' } as const

/** Working minutes, whole ones; a lead of another clock was answered at once. */
const minutesFor = (calendar: Calendar, { arrivedAt, firstAt }: Row): number | null =>
  firstAt === null ? null : Math.max(0, Math.round(workingMinutesBetween(calendar, arrivedAt, firstAt)))

/**
 * Living leads in reach that arrived within the days, each with how long it waited.
 * @throws Forbidden where when somebody answered, or by what it is put together, must not be learned by asking
 */
async function leadsOf(reading: Reading, asked: ResponseAsked): Promise<Answered[]> {
  const { db, actor, verb } = reading
  const lead = entityOf(reading, 'lead')
  const by = asked.group
  const asks = ['firstFollowUpAt', ...(asked.whose === null ? [] : ['ownerId']), ...(by === null ? [] : [FIELD[by]])]
  requireAsking(reading, lead, asks)
  const { from, until } = instantsOf(asked, reading.zone)
  const whose = asked.whose === null ? sql`1 = 1` : isOneOf(sql`+t.owner_id`, asked.whose)
  const shared = await hasShared(db, actor, lead)
  const { rows } = await sql<Row>`
    select t.id, t.name, t.owner_id as "ownerId", ${by === null ? sql`null` : KEYS[by]} as key, t.status, t.arrived_at as "arrivedAt",
      t.first_follow_up_at as "firstAt"
    from lead t where t.arrived_at >= ${from} and t.arrived_at < ${until} and t.deleted_at is null and ${whose}
      and ${onTheWay(rowsFor(actor, lead, 't', 'read', { shared }))} and ${verb === undefined ? sql`1 = 1` : rowsFor(actor, lead, 't', verb)}`.execute(
    plain(db),
  )
  const calendar = await loadCalendar(db, reading.zone)
  return rows.map((row) => ({ ...row, minutes: minutesFor(calendar, row), isOpen: OPEN.has(row.status) }))
}

const TABLES = { owner: 'employee', source: 'lead_source', pool: 'lead_pool' } as const
async function namesOf({ db }: Reading, group: ResponseGroupKey, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from ${sql.table(TABLES[group])} where id in (select value from json_each(${JSON.stringify(ids)}))`.execute(
    plain(db),
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** 线索响应: from the arrival to the first words, in working time; all of them and by group, those with most leads first. */
export async function readResponse(reading: Reading, asked: ResponseAsked): Promise<Response> {
  const leads = await leadsOf(reading, asked)
  const byKey = asked.group === null ? new Map<string | null, Answered[]>() : Map.groupBy(leads, ({ key }) => key)
  const names =
    asked.group === null
      ? new Map<string, string>()
      : await namesOf(
          reading,
          asked.group,
          [...byKey.keys()].flatMap((key) => key ?? []),
        )
  const groups = [...byKey].map(([key, ones]) => ({ key, name: names.get(key ?? '') ?? null, ...responseLine(ones) }))
  return {
    from: asked.from,
    to: asked.to,
    total: responseLine(leads),
    groups: groups.toSorted((a, b) => b.arrived - a.arrived || ((a.key ?? '') < (b.key ?? '') ? -1 : 1)),
  }
}

function among(leads: readonly Answered[], what: ResponseCell['what']): readonly Answered[] {
  if (what === 'arrived') return leads
  if (what === 'waiting') return leads.filter(({ minutes, isOpen }) => minutes === null && isOpen)
  if (what === 'closed') return leads.filter(({ minutes, isOpen }) => minutes === null && !isOpen)
  const answered = leads.filter(({ minutes }) => minutes !== null)
  const { p90 } = responseLine(leads)
  return what === 'answered' ? answered : answered.filter(({ minutes }) => (minutes ?? 0) >= (p90 ?? 0))
}

export type ResponseRows = { rows: ResponseRow[]; count: number; hasMore: boolean }
/** The leads behind one number: who still waits longest first, then the slowest. */
export async function responseRows(
  reading: Reading,
  asked: ResponseAsked,
  cell: ResponseCell,
  page: Page,
): Promise<ResponseRows> {
  const all = await leadsOf(reading, asked)
  const found = among(cell.group === undefined ? all : all.filter(({ key }) => key === cell.group), cell.what)
  const waited = ({ minutes }: Answered): number => minutes ?? Number.POSITIVE_INFINITY
  const sorted = found.toSorted((a, b) => {
    const [mine, other] = [waited(a), waited(b)]
    return mine === other ? (a.arrivedAt < b.arrivedAt ? -1 : 1) : other - mine
  })
  const shown = sorted.slice(page.offset, page.offset + page.limit)
  const seesOwner = mayAskBy(reading.actor, entityOf(reading, 'lead'), 'ownerId')
  const names = seesOwner
    ? await namesOf(
        reading,
        'owner',
        shown.flatMap(({ ownerId }) => ownerId ?? []),
      )
    : new Map<string, string>()
  return {
    rows: shown.map(({ id, name, ownerId, arrivedAt, firstAt, minutes }) => ({
      id,
      name,
      ownerName: names.get(ownerId ?? '') ?? null,
      arrivedAt,
      answeredAt: firstAt,
      minutes,
    })),
    count: found.length,
    hasMore: found.length > page.offset + page.limit,
  }
}
