// What a company asks of fields: required, required when, unique, shown when, begun with; the same in every channel. Formulas in lists.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CustomField } from '../../src-shared/features/fields/model.ts'
import { buildActor } from '../../src-main/features/session/public.ts'
import { entityIn, envOf } from '../../src-main/kernel/livingEntities.ts'
import { meets } from '../../src-shared/kernel/custom/rules.ts'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import type { Filter, Rule } from '../../src-shared/kernel/list.ts'
import type { Client } from '../support/backend.ts'
import { actorOf, addPerson, bySystem, type Office, openOffice } from '../support/factories.ts'
import { bring, csvFile } from './importFixtures.ts'

let office: Office
let admin: Client
let sales: Client
beforeAll(async () => {
  office = await openOffice()
  await office.running.start()
  admin = office.as(office.admin)
  sales = office.as(office.sales)
})
afterAll(() => office.close())

const reasonOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'allowed',
    (error: { code: string; data?: { reason?: string } }) => error.data?.reason ?? error.code,
  )
const detailOf = (call: Promise<unknown>): Promise<Record<string, unknown>> =>
  call.then(
    () => ({}),
    (error: { data?: { detail?: Record<string, unknown> } }) => error.data?.detail ?? {},
  )
const asked = async (field: string) =>
  (await admin.fields.settings({})).find((one) => one.entity === 'customer' && one.field === field)?.version ?? 0
const configure = async (field: string, values: Parameters<Client['fields']['configure']>[0]['values']) =>
  admin.fields.configure({ entity: 'customer', field, version: await asked(field), values })
const when = (field: string, operator: Rule['operator'], value?: Rule['value']): Filter => ({
  combinator: 'and',
  rules: [{ field, operator, ...(value !== undefined && { value }) }],
})
const lastSeq = async () => (await admin.history.recent({ mine: true, limit: 1 })).entries[0]?.seq ?? 0
let n = 0
const fresh = (word: string): string => `${word}${++n}`

describe('a required field', () => {
  let text: CustomField
  beforeEach(async () => {
    text = await admin.fields.create({ entity: 'customer', label: fresh('必填'), type: 'text' })
  })

  it('is asked for by form, edit, bulk edit and import, and no longer once it is not required', async () => {
    const { key } = text
    const before = await admin.customers.create({ name: fresh('早就有的') })
    await configure(key, { required: true })
    expect(await reasonOf(admin.customers.create({ name: '缺' }))).toBe('requiredMissing')
    expect(await detailOf(admin.customers.create({ name: '缺' }))).toMatchObject({ field: key, label: text.label })
    const made = await admin.customers.create({ name: fresh('有'), custom: { [key]: '有' } })
    expect(
      await reasonOf(admin.customers.edit({ id: made.id, version: made.version, values: { custom: { [key]: null } } })),
    ).toBe('requiredMissing')
    // What was missing before stops nobody who is at something else.
    expect(
      await reasonOf(admin.customers.edit({ id: before.id, version: before.version, values: { phone: '13812345678' } })),
    ).toBe('allowed')
    expect(
      await admin.customers
        .editMany({ selection: { ids: [made.id] }, values: { custom: { [key]: null } } })
        .then(({ changed, refused }) => [changed, refused]),
    ).toEqual([0, 1])
    const result = await bring(
      office.running,
      office.admin,
      csvFile([
        ['客户名称', text.label],
        [fresh('行有'), '有'],
        [fresh('行缺'), ''],
      ]),
    )
    expect(result).toMatchObject({ created: 1, failed: 1 })
    await configure(key, { required: false })
    expect(await reasonOf(admin.customers.create({ name: fresh('不缺') }))).toBe('allowed')
  })

  it('by a rule is asked for where the rule holds and it is shown, also of the program itself', async () => {
    const { key } = text
    await configure(key, { requiredWhen: when('level', '=', 'A'), visibleWhen: when('status', '!=', 'lost') })
    expect(await reasonOf(admin.customers.create({ name: fresh('乙级'), level: 'B' }))).toBe('allowed')
    expect(await reasonOf(admin.customers.create({ name: '甲级', level: 'A' }))).toBe('requiredMissing')
    expect(await reasonOf(admin.customers.create({ name: fresh('流失'), level: 'A', status: 'lost' }))).toBe('allowed')
    const made = await admin.customers.create({ name: fresh('升级'), level: 'B' })
    const up = { id: made.id, version: made.version, values: { level: 'A' as const } }
    expect(await reasonOf(admin.customers.edit(up))).toBe('requiredMissing')
    await configure('source', { required: true })
    expect(await detailOf(admin.customers.create({ name: '没来源' }))).toMatchObject({ field: 'source', feature: 'customers' })
    await configure('source', { required: false })
    await configure(key, { requiredWhen: null, visibleWhen: null })
  })

  it('is not asked for of who may not write it, nor by a rule whose field was put away', async () => {
    const other = await admin.fields.create({ entity: 'customer', label: fresh('条件'), type: 'text' })
    await configure(text.key, { requiredWhen: when(other.key, 'null') })
    expect(await reasonOf(admin.customers.create({ name: '缺' }))).toBe('requiredMissing')
    await admin.fields.archive({ id: other.id })
    expect(await reasonOf(admin.customers.create({ name: fresh('照旧') }))).toBe('allowed')
    expect(await reasonOf(configure(text.key, { requiredWhen: when(other.key, 'null') }))).toBe('ruleNotUsable')
    expect(await reasonOf(configure(text.key, { visibleWhen: when(text.key, 'null') }))).toBe('ruleNotUsable')
    await configure(text.key, { requiredWhen: null })
  })

  it('is set by who manages fields alone, and setting it is taken back like everything', async () => {
    expect(
      await reasonOf(sales.fields.configure({ entity: 'customer', field: text.key, version: 0, values: { required: true } })),
    ).toBe('FORBIDDEN')
    await configure(text.key, { required: true })
    await admin.history.undo({ seq: await lastSeq() })
    expect(await reasonOf(admin.customers.create({ name: fresh('撤了') }))).toBe('allowed')
  })
})

describe('a unique field', () => {
  it('stands once among living records, whoever writes and however', async () => {
    const { key, label } = await admin.fields.create({ entity: 'customer', label: fresh('合同号'), type: 'text' })
    await configure(key, { unique: true })
    const first = await admin.customers.create({ name: '占了号的', custom: { [key]: 'HT-1' } })
    expect(await reasonOf(admin.customers.create({ name: '再来', custom: { [key]: 'HT-1' } }))).toBe('uniqueTaken')
    expect(await detailOf(admin.customers.create({ name: '再来', custom: { [key]: ' HT-1 ' } }))).toMatchObject({
      field: key,
      name: '占了号的',
      id: first.id,
    })
    // Who does not see the other record learns that it is there, and no more.
    const hidden = await detailOf(sales.customers.create({ name: '销售来', custom: { [key]: 'HT-1' } }))
    expect(hidden).toMatchObject({ name: '占***' })
    expect(hidden).not.toHaveProperty('id')
    const other = await admin.customers.create({ name: '另一个', custom: { [key]: 'HT-2' } })
    const taken = { id: other.id, version: other.version, values: { custom: { [key]: 'HT-1' } } }
    expect(await reasonOf(admin.customers.edit(taken))).toBe('uniqueTaken')
    const result = await bring(
      office.running,
      office.admin,
      csvFile([
        ['客户名称', label],
        [fresh('占用'), 'HT-1'],
        [fresh('新号'), 'HT-3'],
        [fresh('同号'), 'HT-3'],
      ]),
    )
    expect(result).toMatchObject({ created: 1, failed: 2 })
    await admin.customers.removeMany({ selection: { ids: [first.id] } })
    await admin.customers.create({ name: '接手号', custom: { [key]: 'HT-1' } })
    expect(await reasonOf(admin.customers.restoreMany({ selection: { ids: [first.id] } }))).toBe('uniqueTaken')
    // The last one of many is counted, not refused: those before it are back already.
    const others: string[] = []
    for (let i = 0; i < 100; i++) others.push((await admin.customers.create({ name: fresh('同去') })).id)
    await admin.customers.removeMany({ selection: { ids: others } })
    expect(await admin.customers.restoreMany({ selection: { ids: [...others, first.id] } })).toMatchObject({
      changed: 100,
      refused: 1,
      because: { uniqueTaken: 1 },
    })
  })

  it('is refused while values stand several times, with their count; undone, it is kept no longer', async () => {
    const { key } = await admin.fields.create({ entity: 'customer', label: fresh('车牌'), type: 'text' })
    const [one] = [await admin.customers.create({ name: '一', custom: { [key]: '浙D' } })]
    await admin.customers.create({ name: '二', custom: { [key]: '浙D' } })
    expect(await reasonOf(configure(key, { unique: true }))).toBe('duplicatesThere')
    expect(await detailOf(configure(key, { unique: true }))).toMatchObject({ count: 2, values: ['浙D'] })
    await admin.customers.edit({ id: one.id, version: one.version, values: { custom: { [key]: '浙E' } } })
    await configure(key, { unique: true })
    const seq = await lastSeq()
    expect(await reasonOf(admin.customers.create({ name: '三', custom: { [key]: '浙D' } }))).toBe('uniqueTaken')
    await admin.history.undo({ seq })
    expect(await reasonOf(admin.customers.create({ name: '三', custom: { [key]: '浙D' } }))).toBe('allowed')
  })

  it('may be one of the program; two who write at once cannot both have it', async () => {
    await configure('creditCode', { unique: true })
    const both = await Promise.all(
      ['甲', '乙'].map((name) => reasonOf(admin.customers.create({ name: fresh(name), creditCode: '91330600MA2D1234X1' }))),
    )
    expect(both.toSorted()).toEqual(['allowed', 'uniqueTaken'])
    await configure('creditCode', { unique: false })
    expect(await reasonOf(configure('note', { unique: true }))).toBe('notUniquable')
  })
})

describe('a default value', () => {
  it('is what new records begin with where nothing was said, and must fit', async () => {
    const day = await admin.fields.create({ entity: 'customer', label: fresh('建档日'), type: 'date' })
    const number = await admin.fields.create({ entity: 'customer', label: fresh('份数'), type: 'number' })
    await configure(day.key, { defaultValue: 'today' })
    await configure(number.key, { defaultValue: 3 })
    expect(await reasonOf(configure(number.key, { defaultValue: '三' }))).toBe('defaultDoesNotFit')
    const made = await admin.customers.create({ name: fresh('默认') })
    expect(made.custom).toMatchObject({ [number.key]: 3 })
    expect(made.custom?.[day.key]).toMatch(/^\d{4}-\d\d-\d\d$/)
    const said = await admin.customers.create({ name: fresh('自己填'), custom: { [number.key]: null, [day.key]: '2026-01-02' } })
    expect(said.custom).toEqual({ [day.key]: '2026-01-02' })
    for (const { key } of [day, number]) await configure(key, { defaultValue: null })
  })
})

describe('a formula', () => {
  it('sorts, filters and counts by what its cells show, and says when it cannot', async () => {
    const money = await admin.fields.create({ entity: 'customer', label: fresh('总额'), type: 'money' })
    const people = await admin.fields.create({ entity: 'customer', label: fresh('人头'), type: 'number' })
    const each = await admin.fields.create({
      entity: 'customer',
      label: fresh('人均'),
      type: 'formula',
      formula: `[${money.label}] / [${people.label}]`,
    })
    expect(each.formula).toBe(`{${money.key}} / {${people.key}}`)
    for (const [fen, heads] of [
      [100_00, 3],
      [50_00, 1],
      [70_00, 0],
      [null, 5],
    ] as const)
      await admin.customers.create({ name: fresh('人均'), custom: { [money.key]: fen, [people.key]: heads } })
    const list = async (filter?: Filter) =>
      (
        await admin.customers.list({ ...(filter && { filter }), search: '人均', sort: [{ field: each.key, direction: 'desc' }] })
      ).rows.map(({ custom }) => custom?.[each.key] ?? null)
    const [first, second, ...rest] = await list()
    expect([first, second]).toEqual([5000, 3333])
    expect(rest).toEqual(expect.arrayContaining([null, { error: 'divisionByZero' }]))
    expect(await list(when(each.key, '>', 4000))).toEqual([5000])
    expect(await list(when(each.key, '=', 3333))).toEqual([3333])
    expect(await admin.customers.count({ filter: when(each.key, 'notNull') })).toMatchObject({ count: 2 })
    expect(await reasonOf(admin.customers.create({ name: '写公式', custom: { [each.key]: 1 } }))).toBe('computed')
    // A change of the formula shows everywhere at once: nothing is stored.
    await admin.fields.edit({ id: each.id, version: each.version, formula: `[${money.label}] * 2` })
    expect(await list(when(each.key, '=', 10_000))).toEqual([10_000])
    // What it rests on is put away: its cells say so, and lists go on.
    await admin.fields.archive({ id: money.id })
    expect((await list()).every((one) => JSON.stringify(one) === '{"error":"broken"}')).toBe(true)
  })

  it('is refused with its place where it is wrong, and may not go in circles', async () => {
    const make = (formula: string, label = fresh('算')) =>
      admin.fields.create({ entity: 'customer', label, type: 'formula', formula })
    expect(await detailOf(make('1 +'))).toMatchObject({ code: 'unexpected', at: 3 })
    expect(await detailOf(make('[没有这个字段]'))).toMatchObject({ code: 'unknownField', detail: '没有这个字段' })
    const a = await make('1 + 1')
    const b = await make(`{${a.key}} * 2`)
    expect(await detailOf(admin.fields.edit({ id: a.id, version: a.version, formula: `{${b.key}}` }))).toMatchObject({
      code: 'cycle',
    })
    const tried = await admin.fields.tryFormula({ entity: 'customer', source: 'join("-", {name}, {level})' })
    expect(tried).toMatchObject({ type: 'text', problem: null })
    expect(tried.rows.length).toBeGreaterThan(0)
    expect(await admin.fields.tryFormula({ entity: 'customer', source: '{level} + 1' })).toMatchObject({
      problem: { code: 'types' },
    })
  })

  it('tells nobody what he may not see', async () => {
    const secret = await admin.fields.create({ entity: 'customer', label: fresh('底价'), type: 'money' })
    const twice = await admin.fields.create({
      entity: 'customer',
      label: fresh('倍价'),
      type: 'formula',
      formula: `{${secret.key}} * 2`,
    })
    const made = await sales.customers.create({ name: fresh('底价'), custom: { [secret.key]: 100 } })
    expect(made.custom).toMatchObject({ [twice.key]: 200 })
    await bySystem(office.running, async ({ tx, newId }) => {
      const role = await tx.selectFrom('role').select('id').where('builtin', '=', 'sales').executeTakeFirstOrThrow()
      await tx
        .insertInto('roleFieldRight')
        .values({ id: newId(), roleId: role.id, entity: 'customer', field: secret.key, fieldRight: 'hidden' })
        .execute()
    })
    const blind = office.as(
      buildActor(office.running.backend.database.raw, office.sales.userId, { origin: 'http', today: '2026-11-19' }) as Actor,
    )
    expect((await blind.customers.get({ id: made.id })).custom).not.toHaveProperty(twice.key)
    expect(await reasonOf(blind.customers.list({ sort: [{ field: twice.key, direction: 'asc' }] }))).toBe('FORBIDDEN')
    expect(await reasonOf(blind.customers.list({ filter: when(twice.key, '>', 1) }))).toBe('FORBIDDEN')
  })
})

it('a rule and a list of the same filter agree on every record', async () => {
  const number = await admin.fields.create({ entity: 'customer', label: fresh('数'), type: 'number' })
  const several = await admin.fields.create({
    entity: 'customer',
    label: fresh('多'),
    type: 'multiSelect',
    choices: [{ label: '甲' }, { label: '乙' }],
  })
  const [a, b] = several.choices.map(({ value }) => value) as [string, string]
  const made = []
  for (const [level, count, marks, phone] of [
    ['A', 1, [a], '13800000001'],
    ['B', null, [a, b], null],
    [null, 2.5, null, '13800000002'],
    ['C', 0, [b], null],
  ] as const)
    made.push(
      await admin.customers.create({
        name: fresh('规则Abc'),
        level,
        phone,
        custom: { [number.key]: count, [several.key]: marks === null ? null : [...marks] },
      }),
    )
  const rules: Rule[] = [
    { field: 'level', operator: '=', value: 'A' },
    { field: 'level', operator: '!=', value: 'A' },
    { field: 'level', operator: 'in', value: ['A', null] },
    { field: 'level', operator: 'notIn', value: ['B'] },
    { field: 'phone', operator: 'null' },
    { field: 'phone', operator: 'notNull' },
    { field: 'name', operator: 'contains', value: 'aBC' },
    { field: 'name', operator: 'doesNotContain', value: 'abc1' },
    { field: 'phone', operator: 'beginsWith', value: '+861380' },
    ...(['<', '<=', '>', '>=', '=', '!='] as const).map((operator): Rule => ({ field: number.key, operator, value: 1 })),
    { field: number.key, operator: 'between', value: [0, 1] },
    ...(['=', '!=', 'contains', 'doesNotContain'] as const).map((operator): Rule => ({ field: several.key, operator, value: a })),
    { field: several.key, operator: 'in', value: [a, b] },
    { field: several.key, operator: 'notIn', value: [b] },
    { field: several.key, operator: 'null' },
  ]
  const entity = entityIn(office.running.backend, 'customer')
  const ids = new Set<string>(made.map(({ id }) => id))
  for (const rule of rules)
    for (const not of [false, true]) {
      const filter: Filter = { combinator: 'and', rules: [rule], ...(not && { not }) }
      const { rows } = await admin.customers.list({ filter, limit: 200 })
      const listed = rows.map(({ id }) => id).filter((id) => ids.has(id))
      const met = made.filter(({ custom = {}, ...row }) => meets(entity, filter, { ...row, ...custom }, envOf(entity)))
      expect(met.map(({ id }) => id).toSorted(), JSON.stringify(filter)).toEqual(listed.toSorted())
    }
})

describe('a rule tried on the records there are', () => {
  it('says how many it would ask, how many lack the value, what it would hide and what repeats; in the reach of who asks', async () => {
    const field = await admin.fields.create({ entity: 'customer', label: fresh('试运行'), type: 'text' })
    const [level, mark] = ['A' as const, fresh('试')]
    const make = async (values: Record<string, unknown>) =>
      admin.customers.create({ name: fresh(mark), industry: mark, level, ...values })
    await make({})
    const lacking = await make({ custom: { [field.key]: '' } })
    await make({ custom: { [field.key]: '甲' } })
    await make({ custom: { [field.key]: '甲' } })
    await make({ level: 'B', custom: { [field.key]: '乙' } })
    const none = { required: false, requiredWhen: null, visibleWhen: null, unique: false }
    const mine: Rule = { field: 'industry', operator: '=', value: mark }
    const tried = (values: Partial<Parameters<Client['fields']['tryRule']>[0]['values']>, by = admin) =>
      by.fields.tryRule({ entity: 'customer', field: field.key, values: { ...none, ...values } })
    const levelA: Rule = { field: 'level', operator: 'in', value: ['A'] }
    const found = await tried({ requiredWhen: { combinator: 'and', rules: [mine, levelA] }, unique: true })
    expect(found).toMatchObject({ asked: 4, missing: 2, shown: null, kept: null })
    expect(found.repeated).toEqual({ count: 2, values: ['甲'] })
    expect(found.rows.map(({ id }) => id)).toContain(lacking.id)
    // Whoever sees none of them learns that something repeats, and not what.
    const { userId } = await addPerson(office.running, {
      name: '管字段的',
      roles: [{ permissions: { 'fields.manage': 'all', 'customers.read': 'own' } }],
    })
    const keeper = office.as(actorOf(office.running, userId))
    expect((await tried({ unique: true }, keeper)).repeated).toEqual({ count: 2, values: [] })
    const version = await asked(field.key)
    const single = keeper.fields.configure({ entity: 'customer', field: field.key, version, values: { unique: true } })
    expect(await detailOf(single)).toMatchObject({ count: 2, values: [] })
    const visible = await tried({ visibleWhen: { combinator: 'and', rules: [mine, levelA] } })
    expect(visible).toMatchObject({ asked: null, missing: null, shown: 4, kept: 1, repeated: null })
    expect(visible.rows).toHaveLength(1)
    // What does not show is not asked for.
    const only = await tried({ required: true, visibleWhen: { combinator: 'and', rules: [mine, { ...levelA, value: ['B'] }] } })
    expect(only).toMatchObject({ asked: 1, missing: 0 })
    expect(await tried({})).toMatchObject({ asked: null, missing: null, repeated: null, rows: [] })
    expect(await reasonOf(tried({ required: true }, sales))).toBe('FORBIDDEN')
    expect(await reasonOf(admin.fields.tryRule({ entity: 'customer', field: 'cf_none', values: none }))).toBe('unknownField')
  })
})
