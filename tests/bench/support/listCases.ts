import type { Filter, ListInput } from '../../../src-shared/kernel/list.ts'
import { keyNumber } from '../../../src-shared/kernel/matching/keyNumber.ts'
import { matchKeys } from '../../../src-shared/kernel/matching/keys.ts'
import type { Who } from './base.ts'
import type { Pair } from './figures.ts'
import { duplicateReader, pageReader, recordReader, type Reference } from './reference.ts'

export type Desk = { who: Who; reference: Reference; customers: number }
export type Case = Pair & { name: string }

const CALLS = 100
/** A far offset walks its index to there, bare or not: fewer calls say as much. */
const FAR_CALLS = 30
const SORTS = {
  createdAt: 'created_at',
  updatedAt: 'updated_at',
  name: 'name_sort',
  level: 'level',
  status: 'status',
  city: 'city',
  ownerId: 'owner_id',
  phone: 'phone',
  lastFollowUpAt: 'last_follow_up_at',
  nextFollowUpAt: 'next_follow_up_at',
} as const
type SortField = keyof typeof SORTS
/** Equal rows of these go by age. */
export const BY_AGE: ReadonlySet<string> = new Set(['ownerId', 'city', 'province', 'industry', 'source'])
const DIRECTIONS = ['desc', 'asc'] as const

/** How the reference reads a page: what its conditions and order are, as somebody who knows the base would write them. */
export type PagePair = {
  name: string
  calls: number
  input: (call: number) => Omit<ListInput, 'offset' | 'limit'>
  where: string
  values: (call: number) => readonly unknown[]
  order: string
}

/** A first page against the bare statement of the same answer. */
export function pagePair({ who, reference }: Desk, { name, calls, input, where, values, order }: PagePair): Case {
  const read = pageReader(reference, { where: `${scopeSql(who, 'name')} ${where}`, order })
  let [last, bare]: (readonly { id: string }[])[] = [[], []]
  return {
    name,
    calls,
    product: async (call) => {
      last = (await who.client.customers.list({ ...input(call), limit: 50, offset: 0 })).rows
    },
    reference: (call) => {
      bare = read([...scopeValues(who), ...values(call)], 0)
    },
    check: () => same(last ?? [], bare ?? [], name),
  }
}

/** The scope as somebody who knows the base would write it: along the order's index, or along the one owner's own. */
export function scopeSql({ owners }: Who, sort: SortField | null): string {
  if (owners === null) return ''
  const along = owners.length === 1 && sort === 'createdAt'
  return `and ${along || sort === null ? '' : '+'}t.owner_id in (${owners.map(() => '?').join(', ')})`
}
export const scopeValues = ({ owners }: Who): readonly string[] => owners ?? []

const same = (mine: readonly { id: string }[], bare: readonly { id: string }[], name: string): void => {
  const [left, right] = [mine.map((row) => row.id), bare.slice(0, 50).map((row) => row.id)]
  if (JSON.stringify(left) !== JSON.stringify(right)) throw new Error(`${name}: the reference answers otherwise`)
}

type PageCase = { name: string; sort: SortField; offsets: (call: number) => number; calls: number; filter?: Chosen }
type Chosen = { filter: (call: number) => Filter; where: string; values: (call: number) => readonly unknown[] }

function pageCase({ who, reference }: Desk, { name, sort, offsets, calls, filter }: PageCase): Case {
  const read = Object.fromEntries(
    DIRECTIONS.map((direction) => [
      direction,
      pageReader(reference, {
        where: `${scopeSql(who, filter ? 'name' : sort)} ${filter?.where ?? ''}`,
        order: `t.${SORTS[sort]} ${direction}${BY_AGE.has(sort) ? `, t.created_at ${direction}` : ''}, t.id ${direction}`,
      }),
    ]),
  )
  let [last, bare]: (readonly { id: string }[])[] = [[], []]
  return {
    name,
    calls,
    product: async (call) => {
      const answer = await who.client.customers.list({
        limit: 50,
        offset: offsets(call),
        sort: [{ field: sort, direction: DIRECTIONS[call % 2] ?? 'desc' }],
        ...(filter ? { filter: filter.filter(call) } : {}),
      })
      last = answer.rows
    },
    reference: (call) => {
      const values = [...scopeValues(who), ...(filter?.values(call) ?? [])]
      bare = read[DIRECTIONS[call % 2] ?? 'desc']?.(values, offsets(call)) ?? []
    },
    check: () => same(last ?? [], bare ?? [], name),
  }
}

/** First pages by every indexed order, and far ones by two. */
export function pageCases(desk: Desk): Case[] {
  const near = (Object.keys(SORTS) as SortField[]).map((sort) =>
    pageCase(desk, { name: `page by ${sort}`, sort, offsets: (call) => (call % 10) * 50, calls: CALLS }),
  )
  const far = ([5000, 500_000] as const)
    .filter((offset) => offset < desk.customers)
    .flatMap((offset) =>
      (['createdAt', 'name'] as const).map((sort) =>
        pageCase(desk, {
          name: `page by ${sort} at ${offset}`,
          sort,
          offsets: (call) => offset + call * 50,
          calls: offset > 5000 ? FAR_CALLS : CALLS,
        }),
      ),
    )
  return [...near, ...far]
}

type Simple = Readonly<Record<string, readonly string[]>>
const rules = (chosen: readonly (readonly [string, string])[]): Filter => ({
  combinator: 'and',
  rules: chosen.map(([field, value]) => ({ field, operator: '=', value })),
})

function simpleValues({ reference }: Desk): Simple {
  return {
    level: ['A', 'B', 'C'],
    status: ['potential', 'active', 'won', 'lost'],
    city: ['苏州市', '上海市', '重庆市', '长沙市', '宁波市'],
    ownerId: reference.prepare("select id from employee where id like '01SEED%' order by id").pluck().all() as string[],
  }
}
const FILTERS: readonly (readonly string[])[] = [
  ['level'],
  ['status'],
  ['city'],
  ['ownerId'],
  ['level', 'city'],
  ['level', 'status', 'city', 'ownerId'],
]
const COLUMNS: Readonly<Record<string, string>> = { level: 'level', status: 'status', city: 'city', ownerId: 'owner_id' }

function chosenOf(desk: Desk, fields: readonly string[], { walk }: { walk: boolean }): Chosen {
  const simple = simpleValues(desk)
  const picked = (call: number) =>
    fields.map((field) => {
      const values = simple[field] ?? []
      return [field, values[call % values.length] ?? ''] as const
    })
  return {
    filter: (call) => rules(picked(call)),
    where: fields.map((field) => `and ${walk ? '+' : ''}t.${COLUMNS[field]} = ?`).join(' '),
    values: (call) => picked(call).map(([, value]) => value),
  }
}

export const filterCases = (desk: Desk): Case[] =>
  FILTERS.map((fields) =>
    pageCase(desk, {
      name: `page with ${fields.join(' + ')}`,
      sort: 'createdAt',
      offsets: (call) => (call % 4) * 50,
      calls: CALLS,
      filter: chosenOf(desk, fields, { walk: true }),
    }),
  )

const COUNT_CALLS = 20

export function countCases(desk: Desk): Case[] {
  const { who, reference } = desk
  const scope = scopeSql(who, null)
  return [[], ['level'], ['city'], ['level', 'city']].map((fields) => {
    const { filter, where, values } = chosenOf(desk, fields, { walk: false })
    const count = reference
      .prepare(`select count(*) from customer t where t.deleted_at is null and t.pool_id is null ${scope} ${where}`)
      .pluck()
    let [last, bare] = [-1, -1]
    const name = fields.length === 0 ? 'count' : `count with ${fields.join(' + ')}`
    return {
      name,
      calls: COUNT_CALLS,
      product: async (call) => {
        last = (await who.client.customers.count(fields.length === 0 ? {} : { filter: filter(call) })).count
      },
      reference: (call) => {
        bare = count.get(...scopeValues(who), ...values(call)) as number
      },
      check: () => {
        if (bare !== last) throw new Error(`${name}: the reference counts otherwise`)
      },
    }
  })
}

type Sample = { id: string; name: string; phone: string; email: string }

/** Records and duplicate checks of customers from all over the base that the reader sees. */
export function recordCases(desk: Desk): Case[] {
  const { who, reference, customers } = desk
  const scope = scopeSql(who, null)
  const pick = reference.prepare(
    `select id, name, phone, email from customer t where rowid >= ? ${scope.replace('t.', '+t.')} order by rowid limit 1`,
  )
  const samples = Array.from(
    { length: CALLS },
    (_, call) => pick.get(BigInt(1 + Math.floor((call * (customers - 1000)) / CALLS)), ...scopeValues(who)) as Sample,
  )
  const sample = (call: number): Sample => samples[call] as Sample
  const record = recordReader(reference, scope)
  const duplicates = duplicateReader(reference)
  return [
    {
      name: 'record',
      calls: CALLS,
      product: (call) => who.client.customers.get({ id: sample(call).id as never }),
      reference: (call) => record([sample(call).id, ...scopeValues(who)]),
    },
    {
      name: 'duplicate check',
      calls: CALLS,
      product: (call) =>
        who.client.customers.lookalikes({ name: sample(call).name, phones: [sample(call).phone], email: sample(call).email }),
      reference: (call) =>
        duplicates(
          matchKeys({ name: sample(call).name, phones: [sample(call).phone], email: sample(call).email }).map(keyNumber),
        ),
    },
  ]
}
