// records/filter.ts against a plain evaluator of the same filter, through every way that a list may take to its rows.
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { kyselyOver, type ReadDb } from '../../src-main/kernel/database.ts'
import { nobody } from '../../src-main/kernel/pipeline.ts'
import { filterSql } from '../../src-main/kernel/records/filter.ts'
import { countRows, idsAfter, listRows, nearPage } from '../../src-main/kernel/records/select.ts'
import { contactEntity } from '../../src-shared/features/contacts/entity.ts'
import { customerEntity } from '../../src-shared/features/customers/entity.ts'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { columnOf } from '../../src-shared/kernel/entity.ts'
import { type Filter, Filter as FilterShape, type Rule } from '../../src-shared/kernel/list.ts'
import { makeDataFolder } from '../support/dataFolder.ts'
import { randomFrom, rounds } from '../support/factories.ts'

const OWNERS = ['01EMPLOYEE00000000000000A1', '01EMPLOYEE00000000000000B2']
const COLUMNS = ['name', 'level', 'city', 'note', 'phone', 'next_follow_up_at', 'owner_id'] as const
const TAGS = ['重点', 'Vip', '老']

let data: Awaited<ReturnType<typeof makeDataFolder>>
let db: ReadDb
const rows: (Record<string, string | null> & { id: string })[] = []
const tagsOf = new Map<string, string[]>()
const everybody: Actor = { ...nobody('http'), permissions: { 'customers.read': 'all', 'contacts.read': 'all' } }
const owner: Actor = {
  ...everybody,
  permissions: { 'customers.read': 'own' },
  owners: { own: [OWNERS[0] ?? ''], department: [], below: [] },
}

const WORDS = ['A', 'a', '苏州', '50%', 'x_y', 'back\\slash', 'ABC贸易', 'é', '', ' ', 'b', 'ba']
beforeAll(async () => {
  data = await makeDataFolder(0)
  const { raw } = data
  const random = randomFrom(11)
  raw.exec('begin immediate; update current_command set seq = 2')
  for (const id of OWNERS) raw.prepare("insert into employee (id, name, created_at, updated_at) values (?, 'x', '', '')").run(id)
  for (const [n, name] of TAGS.entries())
    raw
      .prepare("insert into tag (id, name, name_key, created_at, updated_at) values (?, ?, ?, '', '')")
      .run(`01TAG${n}`, name, name.toLowerCase())
  // More rows than the planner calls few, so that both ways to the rows are taken.
  for (let n = 0; n < 2600; n++) {
    const text = () => (random.chance(0.25) ? null : random.pick(WORDS) + (random.chance(0.3) ? random.pick(WORDS) : ''))
    const row = {
      id: `01CUSTOMER${String(n).padStart(16, '0')}`,
      name: `${random.pick(WORDS)}${random.pick(WORDS)}n`,
      level: random.pick(['A', 'B', 'C', null]),
      city: n < 2300 ? '杭州市' : text(),
      note: text(),
      phone: text(),
      next_follow_up_at: random.chance(0.5) ? null : `2026-0${1 + random.below(9)}-01T00:00:00.000Z`,
      owner_id: random.pick([...OWNERS, null]),
    }
    rows.push(row)
    raw
      .prepare(
        "insert into customer (id, name, level, city, note, phone, next_follow_up_at, owner_id, created_at, updated_at) values (?, ?, ?, ?, ?, ?, ?, ?, '', '')",
      )
      .run(row.id, ...COLUMNS.map((column) => row[column]))
    const tagged = TAGS.filter(() => random.chance(0.3))
    tagsOf.set(row.id, tagged)
    for (const name of tagged)
      raw
        .prepare("insert into record_tag (id, tag_id, entity, record_id, created_at) values (?, ?, 'customer', ?, '')")
        .run(`${row.id}-${name}`, `01TAG${TAGS.indexOf(name)}`, row.id)
  }
  raw.exec('update current_command set seq = null; commit')
  db = kyselyOver(raw, false)
})
afterAll(() => data.remove())

// ── the plain evaluator: null is not equal, does not contain and is in no range; contains goes without the case of a–z ──
const lower = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
const compare = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b))
type Test = (row: (typeof rows)[number]) => boolean

function evaluator(filter: Filter): Test {
  const tests = filter.rules.map((rule) => ('rules' in rule ? evaluator(rule) : ofRule(rule)))
  return (row) => {
    const all = filter.combinator === 'and' || tests.length === 0
    const outcome = all ? tests.every((test) => test(row)) : tests.some((test) => test(row))
    return filter.not ? !outcome : outcome
  }
}

function ofRule(rule: Rule): Test {
  if (rule.field === 'tags') return ofTags(rule)
  const at = (row: (typeof rows)[number]) => row[columnOf(rule.field)] ?? null
  const value = rule.value as string | null
  const list = (Array.isArray(rule.value) ? rule.value : []) as (string | null)[]
  const known =
    (test: (stored: string) => boolean): Test =>
    (row) => {
      const stored = at(row)
      return stored !== null && test(stored)
    }
  const tests: Partial<Record<Rule['operator'], Test>> = {
    null: (row) => at(row) === null || at(row) === '',
    notNull: known((stored) => stored !== ''),
    contains: known((stored) => lower(stored).includes(lower(value ?? ''))),
    doesNotContain: (row) => !known((stored) => lower(stored).includes(lower(value ?? '')))(row),
    beginsWith: known((stored) => lower(stored).startsWith(lower(value ?? ''))),
    in: (row) => list.includes(at(row)),
    notIn: (row) => !list.includes(at(row)),
    between: known(
      (stored) =>
        typeof list[0] === 'string' &&
        typeof list[1] === 'string' &&
        compare(stored, list[0]) >= 0 &&
        compare(stored, list[1]) <= 0,
    ),
    '=': (row) => at(row) === value,
    '!=': (row) => at(row) !== value,
    '<': known((stored) => compare(stored, value ?? '') < 0),
    '<=': known((stored) => compare(stored, value ?? '') <= 0),
    '>': known((stored) => compare(stored, value ?? '') > 0),
    '>=': known((stored) => compare(stored, value ?? '') >= 0),
  }
  return tests[rule.operator] ?? (() => expect.fail(`no plain meaning of ${rule.operator}`))
}

function ofTags({ operator, value }: Rule): Test {
  const wanted = (Array.isArray(value) ? value : [value]).map((name) => lower(String(name)))
  const has: Test = (row) => (tagsOf.get(row.id) ?? []).some((name) => wanted.includes(lower(name)))
  if (operator === 'null') return (row) => tagsOf.get(row.id)?.length === 0
  if (operator === 'notNull') return (row) => tagsOf.get(row.id)?.length !== 0
  return operator === 'notIn' || operator === '!=' ? (row) => !has(row) : has
}

// ── random filters ──
const word = fc.constantFrom(...WORDS, '杭州市', '%', '_', '\\', "'", '"')
const filled = word.filter((text) => text !== '')
const field = fc.constantFrom('name', 'level', 'city', 'note', 'phone', 'nextFollowUpAt', 'ownerId')
const value = fc.oneof(word, fc.constantFrom('A', 'B', ...OWNERS, '2026-05-01T00:00:00.000Z'))
const maybe = fc.option(value, { nil: null })
const rule: fc.Arbitrary<Rule> = fc.oneof(
  fc.record({ field, operator: fc.constantFrom('null', 'notNull') }),
  fc.record({ field, operator: fc.constantFrom('contains', 'doesNotContain', 'beginsWith'), value: filled }),
  fc.record({ field, operator: fc.constantFrom('=', '!='), value: maybe }),
  fc.record({ field, operator: fc.constantFrom('<', '<=', '>', '>='), value }),
  fc.record({ field, operator: fc.constantFrom('in', 'notIn'), value: fc.array(maybe, { maxLength: 4 }) }),
  fc.record({ field, operator: fc.constant('between'), value: fc.tuple(maybe, maybe).map(([a, b]) => [a, b]) }),
  fc.record({ field: fc.constant('tags'), operator: fc.constantFrom('null', 'notNull') }),
  fc.record({
    field: fc.constant('tags'),
    operator: fc.constantFrom('in', 'notIn'),
    value: fc.subarray([...TAGS, 'vip', '没有'], { minLength: 1 }),
  }),
  fc.record({
    field: fc.constant('tags'),
    operator: fc.constantFrom('=', '!=', 'contains'),
    value: fc.constantFrom('VIP', '老', 'x'),
  }),
) as fc.Arbitrary<Rule>
const { filter } = fc.letrec<{ filter: Filter; part: Rule | Filter }>((tie) => ({
  part: fc.oneof({ maxDepth: 3 }, { weight: 4, arbitrary: rule }, { weight: 1, arbitrary: tie('filter') }),
  filter: fc.record(
    {
      combinator: fc.constantFrom('and' as const, 'or' as const),
      not: fc.boolean(),
      rules: fc.array(tie('part'), { maxLength: 4 }),
    },
    { requiredKeys: ['combinator', 'rules'] },
  ) as fc.Arbitrary<Filter>,
}))

const expected = (asked: Filter, actor: Actor): string[] => {
  const test = evaluator(asked)
  return rows.filter((row) => (actor === everybody || row['owner_id'] === OWNERS[0]) && test(row)).map(({ id }) => id)
}

describe('a random filter', () => {
  it('finds the same rows as the evaluator, bare, listed, counted and walked, for who sees all and who sees his own', {
    timeout: 300_000,
  }, async () => {
    let found = 0
    let nearFound = 0
    await fc.assert(
      fc.asyncProperty(filter, fc.boolean(), async (asked, all) => {
        const actor = all ? everybody : owner
        const wanted = expected(asked, actor)
        expect(FilterShape.safeParse(asked).success).toBe(true)
        const bare = await sql<{
          id: string
        }>`select t.id from customer t where ${filterSql(actor, customerEntity, asked, 't')} order by t.id`.execute(db)
        expect(bare.rows.map(({ id }) => id)).toEqual(expected(asked, everybody))
        const listed = await listRows(db, actor, customerEntity, {
          filter: asked,
          sort: [{ field: 'createdAt', direction: 'asc' }],
          offset: 0,
          limit: 200,
        })
        expect(listed.rows.map((row) => row['id'])).toEqual(wanted.slice(0, 200))
        expect(listed.hasMore).toBe(wanted.length > 200)
        // What is answered from the first stretch of an order is the same page, or is not answered.
        for (const field of ['createdAt', 'name'])
          for (const direction of ['asc', 'desc'] as const) {
            const page = { filter: asked, sort: [{ field, direction }], offset: 3, limit: 50 }
            for (const how of [{}, { way: 1 }, { window: 2400 }]) {
              const near = await nearPage(db, actor, customerEntity, page, how)
              if (near === null || 'found' in near) continue
              expect(near).toEqual(await listRows(db, actor, customerEntity, page))
              nearFound++
            }
          }
        expect((await countRows(db, actor, customerEntity, { filter: asked })).count).toBe(wanted.length)
        const half = wanted[Math.floor(wanted.length / 2)] ?? ''
        expect(await idsAfter(db, actor, customerEntity, { filter: asked }, half, 50, 'read')).toEqual(
          wanted.filter((id) => id > half).slice(0, 50),
        )
        found += wanted.length > 0 && wanted.length < rows.length ? 1 : 0
      }),
      { numRuns: rounds(250, 5000), seed: 20261122 },
    )
    // Most of the filters really tell rows apart.
    expect(found).toBeGreaterThan(60)
    expect(nearFound).toBeGreaterThan(60)
  })
})

describe('a page that the first stretch of an order does not fill', () => {
  // One city alone has a stretch of its own.
  const page = (city: string, offset: number, how: { window?: number } = {}) =>
    nearPage(
      db,
      everybody,
      customerEntity,
      {
        filter: { combinator: 'and', rules: [{ field: 'city', operator: 'in', value: [city] }] },
        sort: [{ field: 'createdAt', direction: 'asc' }],
        offset,
        limit: 50,
      },
      how,
    )

  it('tells how many rows the stretch holds, wherever the page begins', async () => {
    expect(await page('杭州市', 1990)).toEqual({ found: 2000 })
    expect(await page('杭州市', 2200)).toEqual({ found: 2000 })
    expect(await page('苏州', 0)).toEqual({ found: 0 })
    expect(await page('苏州', 400)).toEqual({ found: 0 })
    expect(await page('杭州市', 2280, { window: 2590 })).toEqual({ found: 2300 })
    const full = await page('杭州市', 1900)
    expect(full && 'rows' in full ? full.rows.length : full).toBe(50)
  })
})

describe('records that are older than their ids', () => {
  it('stand on the page where their age puts them, however it is answered', async () => {
    const { raw } = data
    raw.exec('begin immediate; update current_command set seq = 2')
    // Every other one was imported late, with the date it had elsewhere.
    raw.exec(`update customer set created_at = iif(rowid % 2, '2026-01-01', '2020-01-01') || id`)
    raw.exec('update current_command set seq = null; commit')
    const filter: Filter = { combinator: 'and', rules: [{ field: 'city', operator: '=', value: '杭州市' }] }
    const answered = new Set<string>()
    for (const field of ['city', 'createdAt', 'ownerId'])
      for (const direction of ['asc', 'desc'] as const)
        for (const [who, actor] of Object.entries({ owner, everybody }))
          for (const how of [{}, { way: 1 }]) {
            const page = { filter, sort: [{ field, direction }], offset: 1000, limit: 50 }
            const near = await nearPage(db, actor, customerEntity, page, how)
            if (near === null || 'found' in near) continue
            expect(near).toEqual(await listRows(db, actor, customerEntity, page))
            answered.add(`${who} ${field} ${direction}`)
          }
    expect([...answered].toSorted()).toEqual(expect.arrayContaining(['everybody city asc', 'everybody city desc']))
    expect(answered.size).toBeGreaterThan(2)
  })
})

describe('a wrong filter', () => {
  const ask =
    (asked: Filter, actor = everybody) =>
    () =>
      filterSql(actor, customerEntity, asked, 't')
  const one = (part: Rule): Filter => ({ combinator: 'and', rules: [part] })

  it.each([
    ['an unknown field', one({ field: 'nothing', operator: '=', value: 'x' }), 'unknownField'],
    ['a column that is no field', one({ field: 'name_core', operator: '=', value: 'x' }), 'unknownField'],
    ['SQL for a field', one({ field: '1=1; drop table customer', operator: '=', value: 'x' }), 'unknownField'],
    ['a number for a text', one({ field: 'name', operator: '=', value: 5 }), 'valueDoesNotFit'],
    ['nothing to contain', one({ field: 'name', operator: 'contains', value: '' }), 'valueMissing'],
    ['a list for a value', one({ field: 'name', operator: '<', value: ['a'] }), 'valueMissing'],
    ['less than null', one({ field: 'name', operator: '<', value: null }), 'valueMissing'],
    ['a value for a list', one({ field: 'name', operator: 'in', value: 'a' }), 'valueMissing'],
    ['a range of one end', one({ field: 'name', operator: 'between', value: ['a'] }), 'valueMissing'],
    ['a tag less than another', one({ field: 'tags', operator: '<', value: 'a' }), 'operatorDoesNotFit'],
  ])('%s is the caller’s mistake', (_what, asked, reason) => {
    expect(ask(asked)).toThrow(expect.objectContaining({ name: 'BadInput', reason }))
  })

  it('too deep is refused', () => {
    let deep: Filter = one({ field: 'name', operator: '=', value: 'x' })
    for (let n = 0; n < 13; n++) deep = { combinator: 'or', rules: [deep] }
    expect(ask(deep)).toThrow(expect.objectContaining({ reason: 'filterTooDeep' }))
  })

  it.each(['hidden', 'masked'] as const)('a %s field may not be asked by, however deep it stands', (right) => {
    const actor: Actor = { ...everybody, fieldRights: { 'customer.phone': right } }
    const asked = one({ field: 'phone', operator: 'notNull' })
    expect(ask({ combinator: 'or', not: true, rules: [asked] }, actor)).toThrow(
      expect.objectContaining({ name: 'Forbidden', fields: ['phone'] }),
    )
  })

  it('a boolean takes true, 1 and "true"', async () => {
    for (const value of [true, 1, 'true']) {
      const asked = filterSql(everybody, contactEntity, one({ field: 'isPrimary', operator: '=', value }), 't')
      expect((await sql`select t.id from contact t where ${asked}`.execute(db)).rows).toEqual([])
    }
  })
})
