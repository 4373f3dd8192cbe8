// Conditions of a list that move with time, with who asks, and with what hangs on a record; through the contract.
import { beforeEach, describe, expect, it } from 'vitest'
import type { Filter, Operator, Rule, Sum } from '../../src-shared/kernel/list.ts'
import { type Client, clientAs } from '../support/backend.ts'
import { admin as signedIn, department, person, running } from '../support/company.ts'
import { actorOf, administrator, failureOf } from '../support/factories.ts'

let admin: Client
beforeEach(() => {
  admin = signedIn
})
/** Another day: the session of the day before would have ended. */
const goTo = (instant: string) => {
  running.clock.set(instant)
  admin = clientAs(running.backend, administrator(running))
}
const all = (...rules: (Rule | Filter)[]): Filter => ({ combinator: 'and', rules })
const found = async (client: Client, ...rules: (Rule | Filter)[]) =>
  (await client.customers.list({ filter: all(...rules), limit: 200, sort: [{ field: 'name', direction: 'asc' }] })).rows.map(
    ({ name }) => name,
  )
const foundMany = async (client: Client, ...rules: (Rule | Filter)[]) => {
  const names = await found(client, ...rules)
  expect((await client.customers.count({ filter: all(...rules) })).count).toBe(names.length)
  return names
}

describe('time', () => {
  // Sunday noon in Shanghai: the business day began at 16:00 UTC the day before.
  beforeEach(async () => {
    goTo('2026-11-22T04:00:00.000Z')
    const at = {
      a0: '2026-11-21T15:59:59.999Z',
      a1: '2026-11-21T16:00:00.000Z',
      a2: '2026-11-22T15:59:59.999Z',
      a3: '2026-11-22T16:00:00.000Z',
      a4: '2026-11-14T15:59:59.999Z',
    }
    for (const [name, nextFollowUpAt] of Object.entries(at)) await admin.customers.create({ name, nextFollowUpAt })
    await admin.customers.create({ name: 'none' })
  })
  const next = (operator: Operator, value?: Rule['value']) =>
    foundMany(admin, { field: 'nextFollowUpAt', operator, ...(value !== undefined && { value }) })

  it('goes by the days of the workspace', async () => {
    expect(await next('within', 'today')).toEqual(['a1', 'a2'])
    expect(await next('within', 'yesterday')).toEqual(['a0'])
    expect(await next('within', 'nextWeek')).toEqual(['a3'])
    expect(await next('within', 'thisWeek')).toEqual(['a0', 'a1', 'a2'])
    expect(await next('within', 'last:7')).toEqual(['a0', 'a1', 'a2'])
    expect(await next('notWithin', 'last:7')).toEqual(['a3', 'a4', 'none'])
    expect(await next('<', '@today-7')).toEqual(['a4'])
    expect(await next('<=', '@today')).toEqual(['a0', 'a1', 'a2', 'a4'])
    expect(await next('>', '@today')).toEqual(['a3'])
    expect(await next('>=', '@today')).toEqual(['a1', 'a2', 'a3'])
    expect(await next('between', ['@today-1', '@today'])).toEqual(['a0', 'a1', 'a2'])
    expect(await next('=', '2026-11-22')).toEqual(['a1', 'a2'])
    expect(await next('!=', '2026-11-22')).toEqual(['a0', 'a3', 'a4', 'none'])
    expect(await next('between', ['2026-11-15', '2026-11-21'])).toEqual(['a0'])
  })

  it('takes no day that the calendar does not have, and says where it stood', async () => {
    const noDay = { code: 'BAD_REQUEST', data: { issues: [{ message: 'notADate' }] } }
    for (const value of ['2026-02-30', ['2026-02-01', '2026-02-30']])
      expect(
        await failureOf(
          admin.customers.list({
            filter: all({ field: 'nextFollowUpAt', operator: Array.isArray(value) ? 'between' : '=', value }),
          }),
        ),
      ).toMatchObject(noDay)
    const order = { name: '合同', customerId: (await admin.customers.create({ name: '甲' })).id }
    const { data } = await failureOf(admin.orders.create({ ...order, signedOn: '2026-02-30' }))
    expect(data['issues']).toMatchObject([{ path: ['signedOn'], message: 'notADate' }])
  })

  it('moves with the clock, and is one moment for a whole bulk action and an export', async () => {
    goTo('2026-11-23T04:00:00.000Z')
    expect(await next('within', 'today')).toEqual(['a3'])
    const which = { filter: all({ field: 'nextFollowUpAt', operator: 'within', value: 'today' }) }
    expect(await admin.customers.editMany({ selection: { which, except: [] }, values: { level: 'A' } })).toMatchObject({
      changed: 1,
    })
    expect(await found(admin, { field: 'level', operator: '=', value: 'A' })).toEqual(['a3'])
    const done = await admin.exports.start({
      entity: 'customer',
      format: 'csv',
      language: 'zh-CN',
      selection: { which, except: [] },
    })
    expect(done.rows).toBe(1)
  })

  it('a period of another kind of field is the caller’s mistake', async () => {
    for (const rule of [
      { field: 'name', operator: 'within', value: 'today' },
      { field: 'nextFollowUpAt', operator: 'within', value: 'someday' },
      { field: 'nextFollowUpAt', operator: 'under', value: 'x' },
    ] as Rule[])
      expect((await failureOf(admin.customers.list({ filter: all(rule) }))).code).toBe('BAD_REQUEST')
  })
})

describe('people', () => {
  it('“me”, my department, those below, and departments by name', async () => {
    const east = await department('华东')
    const group = await department('杭州组', east.id)
    const boss = await person('boss', { roles: ['salesManager'], departmentId: east.id })
    const anna = await person('anna', { roles: ['sales'], departmentId: group.id })
    const other = await person('other', { roles: ['sales'] })
    for (const [name, ownerId] of [
      ['b', boss.employeeId],
      ['a', anna.employeeId],
      ['o', other.employeeId],
      ['free', null],
    ] as const)
      await admin.customers.create({ name, ownerId })
    const owner = (client: Client, operator: Operator, value: Rule['value']) =>
      foundMany(client, { field: 'ownerId', operator, value })
    expect(await owner(anna.client, '=', '@me')).toEqual(['a'])
    expect(await owner(boss.client, '=', '@me')).toEqual(['b'])
    expect(await owner(boss.client, 'in', ['@below'])).toEqual(['a', 'b'])
    expect(await owner(admin, 'in', ['@me', anna.employeeId])).toEqual(['a'])
    expect(await owner(admin, '!=', '@me')).toEqual(['a', 'b', 'free', 'o'])
    const place = (operator: Operator, value?: Rule['value']) =>
      foundMany(admin, { field: 'ownerDepartment', operator, ...(value !== undefined && { value }) })
    expect(await place('in', [east.id])).toEqual(['b'])
    expect(await place('under', [east.id])).toEqual(['a', 'b'])
    expect(await place('notIn', [group.id])).toEqual(['b', 'free', 'o'])
    expect(await place('null')).toEqual(['free'])
    expect(await foundMany(boss.client, { field: 'ownerDepartment', operator: 'in', value: ['@department'] })).toEqual(['b'])
    await anna.client.customers.create({ name: 'mine' })
    expect(await foundMany(anna.client, { field: 'createdBy', operator: '=', value: '@me' })).toEqual(['mine'])
    expect(await foundMany(anna.client, { field: 'createdBy', operator: '=', value: anna.employeeId })).toEqual(['mine'])
  })
})

describe('what hangs on a record', () => {
  const related = (kind: string, operator: Operator, more: Partial<Rule> = {}): Rule => ({
    field: `related.${kind}`,
    operator,
    ...more,
  })
  let ids = new Map<string, never>()
  beforeEach(async () => {
    ids = new Map<string, never>()
    for (const name of ['none', 'one', 'two']) ids.set(name, (await admin.customers.create({ name })).id as never)
    const add = async (name: string, contact: string, title: string) =>
      admin.contacts.create({ customerId: ids.get(name) as never, name: contact, title })
    await add('one', '张三', '采购')
    await add('two', '李四', '采购')
    await add('two', '王五', '老板')
    const gone = await add('none', '赵六', '采购')
    await admin.contacts.remove({ id: gone.id })
  })

  it('has it, has it not, has so many, has some that meet conditions', async () => {
    expect(await foundMany(admin, related('contact', 'notNull'))).toEqual(['one', 'two'])
    expect(await foundMany(admin, related('contact', 'null'))).toEqual(['none'])
    expect(await foundMany(admin, related('contact', '>=', { value: 2 }))).toEqual(['two'])
    expect(await foundMany(admin, related('contact', '<', { value: 2 }))).toEqual(['none', 'one'])
    expect(await foundMany(admin, related('contact', '=', { value: 1 }))).toEqual(['one'])
    const boss = { combinator: 'and' as const, rules: [{ field: 'title', operator: '=' as const, value: '老板' }] }
    expect(await foundMany(admin, related('contact', 'notNull', { of: boss }))).toEqual(['two'])
    expect(await foundMany(admin, related('contact', 'null', { of: boss }))).toEqual(['none', 'one'])
    const made = { combinator: 'and' as const, rules: [{ field: 'createdAt', operator: 'within' as const, value: 'today' }] }
    expect(await foundMany(admin, related('contact', '>=', { value: 2, of: made }))).toEqual(['two'])
    await admin.opportunities.create({ name: '二期', customerId: ids.get('one') as never, amount: 900 })
    await admin.opportunities.create({ name: '没有客户', amount: 900 })
    expect(await foundMany(admin, related('opportunity', 'notNull'))).toEqual(['one'])
    const large = { combinator: 'and' as const, rules: [{ field: 'amount', operator: '>' as const, value: 900 }] }
    expect(await foundMany(admin, related('opportunity', 'null', { of: large }))).toEqual(['none', 'one', 'two'])
    expect(await foundMany(admin, related('order', 'null'))).toEqual(['none', 'one', 'two'])
    const contacts = (
      await admin.contacts.list({
        filter: all(related('customer', 'notNull', { of: all({ field: 'name', operator: '=', value: 'two' }) as never })),
        limit: 50,
      })
    ).rows
    expect(contacts.map(({ name }) => name).sort()).toEqual(['李四', '王五'])
  })

  it('only of kinds and fields that the caller may ask by', async () => {
    const role = await admin.people.createRole({
      name: '不看联系人',
      description: null,
      permissions: [{ permission: 'customers.read', scope: 'all' }],
      fieldRights: [],
    })
    const blind = await person('blind', { roles: [role.id] })
    expect(await failureOf(blind.client.customers.list({ filter: all(related('contact', 'notNull')) }))).toMatchObject({
      code: 'FORBIDDEN',
      data: { needs: 'contacts.read' },
    })
    expect((await failureOf(blind.client.customers.count({ filter: all(related('contact', 'notNull')) }))).code).toBe('FORBIDDEN')
    const viewer = await person('viewer', { roles: ['viewer'] })
    const phone = { combinator: 'and' as const, rules: [{ field: 'phone', operator: 'beginsWith' as const, value: '+86138' }] }
    expect(
      await failureOf(viewer.client.customers.list({ filter: all(related('contact', 'notNull', { of: phone })) })),
    ).toMatchObject({ code: 'FORBIDDEN', data: { fields: ['phone'] } })
    for (const rule of [
      related('nothing', 'notNull', { of: phone }),
      related('nothing', 'notNull'),
      related('contact', 'contains', { value: 'x' }),
      related('contact', '>=', { value: -1 }),
    ])
      expect((await failureOf(admin.customers.list({ filter: all(rule) }))).code).toBe('BAD_REQUEST')
  })
})

describe('large and deep', () => {
  const rule: Rule = { field: 'name', operator: 'contains', value: 'x' }
  it('200 conditions twelve groups deep are answered, one more is refused in words', async () => {
    const nest = (deep: number, each: number): Filter =>
      all(
        ...Array.from({ length: each }, () => rule),
        ...(deep === 0 ? [] : [{ ...nest(deep - 1, each), combinator: 'or' as const, not: deep % 2 === 0 }]),
      )
    const large = nest(11, 16)
    expect((await admin.customers.list({ filter: large })).rows).toEqual([])
    const more = all(...Array.from({ length: 9 }, () => rule), large)
    expect(await failureOf(admin.customers.list({ filter: more }))).toMatchObject({
      code: 'BAD_REQUEST',
      data: { reason: 'filterTooLarge' },
    })
    expect((await failureOf(admin.customers.list({ filter: nest(13, 1) }))).code).toBe('BAD_REQUEST')
    const wide = all(...Array.from({ length: 100 }, () => rule))
    expect((await admin.customers.count({ filter: wide })).count).toBe(0)
  })
})

describe('figures under a list', () => {
  it('of all, of the chosen ones and of all but some', async () => {
    const viewer = await person('viewer', { roles: ['viewer'] })
    goTo('2026-11-22T04:00:00.000Z')
    const ids: string[] = []
    for (const [name, nextFollowUpAt] of [
      ['a', '2026-11-01T00:00:00.000Z'],
      ['b', '2026-11-03T00:00:00.000Z'],
      ['c', null],
    ] as const)
      ids.push((await admin.customers.create({ name, nextFollowUpAt })).id)
    const ask = (selection: object, sum: Sum, field = 'nextFollowUpAt') =>
      admin.customers.sums({ selection: selection as never, sums: [{ field, sum }] }).then(([one]) => one?.value)
    const whole = { which: {}, except: [] }
    expect(await ask(whole, 'min')).toBe('2026-11-01T00:00:00.000Z')
    expect(await ask(whole, 'max')).toBe('2026-11-03T00:00:00.000Z')
    expect(await ask(whole, 'avg')).toBe('2026-11-02T00:00:00.000Z')
    expect(await ask(whole, 'filled')).toBe(2)
    expect(await ask(whole, 'empty')).toBe(1)
    expect(await ask({ ids: [ids[0]] }, 'avg')).toBe('2026-11-01T00:00:00.000Z')
    expect(await ask({ which: {}, except: [ids[0]] }, 'min')).toBe('2026-11-03T00:00:00.000Z')
    expect(await ask({ ids: [ids[2]] }, 'max')).toBeNull()
    expect(
      await ask({ which: { filter: all({ field: 'nextFollowUpAt', operator: '<', value: '@today-20' }) }, except: [] }, 'filled'),
    ).toBe(1)
    expect((await failureOf(admin.customers.sums({ selection: whole, sums: [{ field: 'name', sum: 'sum' }] }))).code).toBe(
      'BAD_REQUEST',
    )
    const seen = clientAs(running.backend, actorOf(running, viewer.userId))
    expect(await failureOf(seen.customers.sums({ selection: whole, sums: [{ field: 'phone', sum: 'filled' }] }))).toMatchObject({
      code: 'FORBIDDEN',
      data: { fields: ['phone'] },
    })
  })

  it('of numbers of the company, exact to the last digit', async () => {
    const { key } = await admin.fields.create({ entity: 'customer', label: '面积', type: 'number', precision: 2 })
    for (const [n, value] of [0.1, 0.2, 12.35].entries())
      await admin.customers.create({ name: `x${n}`, custom: { [key]: value } })
    const figures = await admin.customers.sums({
      selection: { which: {}, except: [] },
      sums: (['sum', 'avg', 'min', 'max', 'filled'] as const).map((sum) => ({ field: key, sum })),
    })
    expect(figures.map(({ value }) => value)).toEqual([12.65, 12.65 / 3, 0.1, 12.35, 3])
  })
})
