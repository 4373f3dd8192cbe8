import type { Filter, Rule, Sum } from '../../../src-shared/kernel/list.ts'
import { SYSTEM_ZONE } from './base.ts'
import type { Who } from './base.ts'
import { inTurn, percentile, type Report, rounded, within } from './figures.ts'
import { BY_AGE, type Case, type Desk, pagePair, scopeSql, scopeValues } from './listCases.ts'

/** What the issue asks of a case: where an index serves the order or hardly a row is kept, or where everything has to be looked at. */
export type Aimed = Case & { aim: 'quick' | 'scan' }
const CALLS = 40
const SLOW_CALLS = 10

const all = (...rules: (Rule | Filter)[]): Filter => ({ combinator: 'and', rules })
const DAY = 86_400_000
const iso = (days: number): string => new Date(Date.parse('2026-01-01T00:00:00.000Z') + days * DAY).toISOString()

/** Ten conditions of every kind, in three mixtures: a narrow one leads, a wide one leads, none has an index. */
export function tenCases(desk: Desk): Aimed[] {
  const cities = ['苏州市', '上海市', '重庆市', '长沙市', '宁波市']
  const mixtures: {
    name: string
    aim: Aimed['aim']
    rules: (call: number) => Rule[]
    where: string
    values: (call: number) => unknown[]
  }[] = [
    {
      name: '10 conditions, one city among them',
      aim: 'quick',
      rules: (call) => [
        { field: 'city', operator: '=', value: cities[call % cities.length] ?? '' },
        { field: 'level', operator: 'in', value: ['A', 'B'] },
        { field: 'status', operator: 'notIn', value: ['lost'] },
        ...COMMON,
      ],
      where: `and t.city = ? and +t.level in ('A', 'B') and coalesce(t.status not in ('lost'), 1) ${COMMON_SQL}`,
      values: (call) => [cities[call % cities.length] ?? ''],
    },
    {
      name: '10 conditions that every tenth row meets',
      aim: 'quick',
      rules: () => [
        { field: 'status', operator: 'in', value: ['active', 'won'] },
        { field: 'level', operator: '!=', value: 'C' },
        { field: 'city', operator: 'notNull' },
        ...COMMON,
      ],
      where: `and +t.status in ('active', 'won') and t.level is not 'C' and t.city is not null and t.city <> '' ${COMMON_SQL}`,
      values: () => [],
    },
    {
      name: '10 conditions that hardly a row meets, none with an index',
      aim: 'scan',
      rules: (call) => [
        { field: 'email', operator: 'contains', value: `info${String(10_000 + ((call * 7919) % 90_000)).slice(0, 4)}` },
        { field: 'district', operator: 'notNull' },
        { field: 'kind', operator: '=', value: 'company' },
        ...COMMON,
      ],
      where: `and t.email like ? and t.district is not null and t.district <> '' and t.kind = 'company' ${COMMON_SQL}`,
      values: (call) => [`%info${String(10_000 + ((call * 7919) % 90_000)).slice(0, 4)}%`],
    },
  ]
  return mixtures.map(({ name, aim, rules, where, values }) => ({
    aim,
    ...pagePair(desk, {
      name,
      calls: aim === 'quick' ? CALLS : SLOW_CALLS,
      input: (call) => ({ filter: all(...rules(call)) }),
      where,
      values,
      order: aim === 'quick' ? 't.created_at desc, t.id desc' : '+t.created_at desc, +t.id desc',
    }),
  }))
}

const COMMON: readonly Rule[] = [
  { field: 'name', operator: 'contains', value: '公司' },
  { field: 'phone', operator: 'beginsWith', value: '+861' },
  { field: 'createdAt', operator: '>=', value: iso(-3000) },
  { field: 'updatedAt', operator: '>=', value: iso(-3000) },
  { field: 'industry', operator: 'notNull' },
  { field: 'source', operator: '!=', value: '没有这个来源' },
  { field: 'province', operator: 'notNull' },
]
const COMMON_SQL = `and t.name like '%公司%' and t.phone like '+861%' and +t.created_at >= '${iso(-3000)}' and +t.updated_at >= '${iso(-3000)}'
  and t.industry is not null and t.industry <> '' and t.source is not '没有这个来源' and t.province is not null and t.province <> ''`

/** Orders that no index of the first schema served, and orders within orders. */
export function sortCases(desk: Desk): Aimed[] {
  const single = {
    industry: 'industry',
    source: 'source',
    province: 'province',
    email: 'email',
    phone2: 'phone2',
    creditCode: 'credit_code',
    district: 'district',
    kind: 'kind',
    website: 'website',
  } as const
  const indexed = ['industry', 'source', 'province']
  const one = Object.entries(single).map(([field, column]): Aimed => {
    const aim = indexed.includes(field) ? 'quick' : 'scan'
    return {
      aim,
      ...pagePair(desk, {
        name: `page by ${field}`,
        calls: aim === 'quick' ? CALLS : SLOW_CALLS,
        input: () => ({ sort: [{ field, direction: 'desc' }] }),
        where: '',
        values: () => [],
        order: `t.${column} desc, ${BY_AGE.has(field) ? 't.created_at desc, ' : ''}t.id desc`,
      }),
    }
  })
  const several = pagePair(desk, {
    name: 'page by city, then level, then name',
    calls: SLOW_CALLS,
    input: () => ({
      sort: [
        { field: 'city', direction: 'asc' },
        { field: 'status', direction: 'desc' },
        { field: 'name', direction: 'asc' },
      ],
    }),
    where: '',
    values: () => [],
    order: '+t.city asc, +t.status desc, +t.name_sort asc, +t.id asc',
  })
  return [...one, { aim: 'scan', ...several }]
}

/** Periods, whoever asks and what hangs on a customer, as the views that everybody begins with have them. */
export function relativeCases(desk: Desk): Aimed[] {
  const related = pagePair(desk, {
    name: 'page with a contact called purchaser',
    calls: CALLS,
    input: () => ({
      filter: all({
        field: 'related.contact',
        operator: 'notNull',
        of: { combinator: 'and', rules: [{ field: 'title', operator: 'contains', value: '采购' }] },
      }),
    }),
    where: "and exists (select 1 from contact r where r.customer_id = t.id and r.deleted_at is null and r.title like '%采购%')",
    values: () => [],
    order: 't.created_at desc, t.id desc',
  })
  const quiet = pagePair(desk, {
    name: 'page of 7 days without contact',
    calls: CALLS,
    input: () => ({ filter: all({ field: 'lastFollowUpAt', operator: 'notWithin', value: 'last:7' }) }),
    where: 'and coalesce(t.last_follow_up_at < ?, 1)',
    values: () => [startOfDayBack(7)],
    order: 't.created_at desc, t.id desc',
  })
  return [
    { aim: 'quick', ...related },
    { aim: 'quick', ...quiet },
  ]
}

/** The first instant of a day some days ago, as the workspace counts days. */
function startOfDayBack(days: number): string {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: SYSTEM_ZONE }).format(Date.now() - days * DAY)
  return new Date(Date.parse(`${today}T00:00:00+08:00`)).toISOString()
}

/** Figures under the list: of everything, and of what a filter leaves. */
export function sumCases(desk: Desk): Aimed[] {
  const { who, reference } = desk
  const scope = scopeSql(who, null)
  const figure = (
    name: string,
    [field, column]: readonly [string, string],
    sum: Sum,
    filter: Filter | null,
    statement: string,
  ): Aimed => {
    const bare = reference.prepare(
      // The figure stands beside how many rows have a value: both are the answer.
      `select ${statement}, count(t.${column}), count(*) from customer t where t.deleted_at is null and t.pool_id is null ${scope} ${filter ? "and t.level = 'A'" : ''}`,
    )
    return {
      name,
      aim: 'scan',
      calls: SLOW_CALLS,
      product: async () => {
        await who.client.customers.sums({ selection: { which: filter ? { filter } : {}, except: [] }, sums: [{ field, sum }] })
      },
      reference: () => void bare.get(...scopeValues(who)),
    }
  }
  const levelA = all({ field: 'level', operator: '=', value: 'A' })
  return [
    figure('average last follow-up of all', LAST, 'avg', null, 'avg(julianday(t.last_follow_up_at))'),
    figure('latest next follow-up of all', ['nextFollowUpAt', 'next_follow_up_at'], 'max', null, 'max(t.next_follow_up_at)'),
    figure('how many have an e-mail', ['email', 'email'], 'filled', null, "count(nullif(t.email, ''))"),
    figure('average last follow-up of level A', LAST, 'avg', levelA, 'avg(julianday(t.last_follow_up_at))'),
  ]
}

const LAST = ['lastFollowUpAt', 'last_follow_up_at'] as const

const LIMITS = { quick: 30, scan: 500 } as const

/** The gate of the issue: at most four times the bare SQL or two milliseconds, and within the time that its kind may take. */
export async function gateAimed(report: Report, name: string, { aim, ...pair }: Aimed): Promise<void> {
  const { mine, bare } = await inTurn(pair)
  const [p50, p95, bare50, bare95] = [
    percentile(mine, 0.5),
    percentile(mine, 0.95),
    percentile(bare, 0.5),
    percentile(bare, 0.95),
  ]
  const limit = LIMITS[aim]
  report.line({
    case: name,
    p50: rounded(p50),
    p95: rounded(p95),
    reference: rounded(bare50),
    reference95: rounded(bare95),
    ratio: rounded(p50 / bare50),
    limit,
    ok: within(p50, bare50) && within(p95, bare95) && p95 <= limit,
  })
}

const OTHERS_MS = 50
/** What others wait for meanwhile: short calls while one reader sorts and sums everything. */
export async function gateOthers(report: Report, who: Who, ids: readonly string[]): Promise<void> {
  let isDone = false
  const work = (async () => {
    for (let n = 0; n < 6; n++) {
      await who.client.customers.list({ sort: [{ field: 'email', direction: n % 2 === 0 ? 'asc' : 'desc' }], limit: 50 })
      await who.client.customers.sums({ selection: { which: {}, except: [] }, sums: [{ field: 'lastFollowUpAt', sum: 'avg' }] })
    }
    isDone = true
  })()
  const times: number[] = []
  while (!isDone || times.length < 100) {
    const start = performance.now()
    if (times.length % 2 === 0) await who.client.customers.get({ id: ids[times.length % ids.length] as never })
    else await who.client.customers.list({ limit: 50, sort: [{ field: 'name', direction: 'asc' }] })
    times.push(performance.now() - start)
    await new Promise((done) => setTimeout(done, 2))
  }
  await work
  const p99 = percentile(times, 0.99)
  report.line({
    case: `${who.name}: others while everything is looked through`,
    calls: times.length,
    p99: rounded(p99),
    limit: OTHERS_MS,
    ok: p99 <= OTHERS_MS,
  })
}
