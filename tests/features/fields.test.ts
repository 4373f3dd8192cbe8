// Custom fields: what a company adds behaves in every channel like what the program brought along.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildActor } from '../../src-main/features/session/public.ts'
import { tableDigests, wholeDigest } from '../../src-main/kernel/digest.ts'
import { sumRows } from '../../src-main/kernel/records/sums.ts'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import type { CustomField } from '../../src-shared/features/fields/model.ts'
import type { Filter, Rule } from '../../src-shared/kernel/list.ts'
import type { Client } from '../support/backend.ts'
import { bySystem, type Office, openOffice } from '../support/factories.ts'
import { why } from '../support/guest.ts'

const failureOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'allowed',
    (error: unknown) => error,
  )
let office: Office
let admin: Client
const F: Record<string, CustomField> = {}
const key = (name: string): string => F[name]?.key ?? 'cf_missing'
beforeAll(async () => {
  office = await openOffice()
  admin = office.as(office.admin)
  const add = async (name: string, type: CustomField['type'], more: Partial<Parameters<Client['fields']['create']>[0]> = {}) => {
    F[name] = await admin.fields.create({ entity: 'customer', label: name, type, ...more })
  }
  await add('采购额', 'money')
  await add('员工数', 'number', { precision: 1, unit: '人' })
  await add('签约日', 'date')
  await add('客户性质', 'select', { choices: [{ label: '直营' }, { label: '加盟' }, { label: '代理' }] })
  await add('开过票', 'boolean')
  await add('传真', 'phone')
  await add('主页', 'link')
  await add('财务邮箱', 'email')
  await add('简称', 'text')
})
afterAll(() => office.close())

const choice = (label: string): string => F['客户性质']?.choices.find((one) => one.label === label)?.value ?? ''
const custom = (values: Record<string, string | number | boolean | null>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [key(name), value]))
const digest = () => wholeDigest(tableDigests(office.running.backend.database.raw))
const lastSeq = () => office.running.backend.database.raw.prepare('select max(seq) from command').pluck().get() as number
const names = async (rule: Omit<Rule, 'field'> & { field: string }, client = admin) => {
  const filter: Filter = { combinator: 'and', rules: [{ ...rule, field: key(rule.field) } as Rule] }
  const { rows } = await client.customers.list({ filter, limit: 200 })
  const { count } = await client.customers.count({ filter })
  expect(count).toBe(rows.length)
  return rows.map((row) => row.name).toSorted()
}
const asRole = async (right: 'hidden' | 'masked' | 'read', field: string): Promise<Client> => {
  await bySystem(office.running, async ({ tx, newId }) => {
    const role = await tx.selectFrom('role').select('id').where('builtin', '=', 'sales').executeTakeFirstOrThrow()
    await tx.deleteFrom('roleFieldRight').where('roleId', '=', role.id).where('field', '=', key(field)).execute()
    await tx
      .insertInto('roleFieldRight')
      .values({ id: newId(), roleId: role.id, entity: 'customer', field: key(field), fieldRight: right })
      .execute()
  })
  return office.as(
    buildActor(office.running.backend.database.raw, office.sales.userId, { origin: 'http', today: '2026-11-19' }) as Actor,
  )
}

describe('definitions', () => {
  it('have labels that are unique among those in use, and stable keys', async () => {
    expect(await failureOf(admin.fields.create({ entity: 'customer', label: ' 采购额 ', type: 'text' }))).toMatchObject({
      data: { reason: 'labelTaken' },
    })
    expect((await admin.fields.create({ entity: 'contact', label: '采购额', type: 'text' })).key).not.toBe(key('采购额'))
    expect(key('采购额')).toMatch(/^cf_[0-9a-z]{10}$/)
  })

  it('are for who may manage them; everybody reads their labels', async () => {
    const sales = office.as(office.sales)
    expect(await why(sales.fields.create({ entity: 'customer', label: '私有', type: 'text' }))).toBe('FORBIDDEN')
    expect((await sales.fields.list({})).map(({ label }) => label)).toContain('签约日')
  })

  it('are renamed, ordered, put aside and brought back, each taken back by one undo', async () => {
    const field = await admin.fields.create({ entity: 'customer', label: '临时', type: 'text' })
    const living = async () =>
      (await admin.fields.list({})).filter((one) => one.entity === 'customer' && !one.archived).map(({ id }) => id)
    const order = await living()
    const steps: [() => Promise<unknown>, string][] = [
      [() => admin.fields.edit({ id: field.id, version: field.version, label: '改了名' }), 'edited'],
      [
        () => admin.fields.reorder({ entity: 'customer', ids: [field.id, ...order.filter((id) => id !== field.id)] }),
        'reordered',
      ],
      [() => admin.fields.archive({ id: field.id }), 'archived'],
    ]
    for (const [step, action] of steps) {
      const before = digest()
      await step()
      expect(digest()).not.toBe(before)
      const { entries } = await admin.history.recent({ mine: true, limit: 1 })
      expect(entries[0]).toMatchObject({ action, entity: 'customField', undoable: true })
      await admin.history.undo({ seq: lastSeq() })
      expect(digest()).toBe(before)
    }
    expect(await living()).toEqual(order)
    await admin.fields.archive({ id: field.id })
    await admin.fields.create({ entity: 'customer', label: '临时', type: 'number' })
    expect(await failureOf(admin.fields.restore({ id: field.id }))).toMatchObject({ data: { reason: 'labelTaken' } })
  })

  it('stay when their making is undone while a record holds a value', async () => {
    const field = await admin.fields.create({ entity: 'customer', label: '有人填', type: 'text' })
    const made = lastSeq()
    const customer = await admin.customers.create({ name: '填了的客户', custom: { [field.key]: '有' } })
    expect(await admin.history.undo({ seq: made })).toMatchObject({ reversed: 0, kept: 1, details: [{ why: 'referenced' }] })
    await admin.customers.edit({ id: customer.id, version: customer.version, values: { custom: { [field.key]: null } } })
    expect(await admin.history.undo({ seq: made })).toMatchObject({ reversed: 1, kept: 0 })
    expect((await admin.fields.list({})).some(({ id }) => id === field.id)).toBe(false)
  })
})

describe('values', () => {
  it('are written, cleaned by type, read in list and record, and undone by field', async () => {
    const customer = await admin.customers.create({
      name: '值得试',
      custom: custom({
        采购额: 12_500_000,
        员工数: 12.5,
        签约日: '2026-03-05',
        开过票: false,
        传真: '0575 8412 1300',
        简称: ' 值  得 ',
        客户性质: choice('直营'),
      }),
    })
    expect(customer.custom).toEqual(
      custom({
        采购额: 12_500_000,
        员工数: 12.5,
        签约日: '2026-03-05',
        开过票: false,
        传真: '+8657584121300',
        简称: '值 得',
        客户性质: choice('直营'),
      }),
    )
    const [listed] = (await admin.customers.list({ search: '值得试' })).rows
    expect(listed?.custom).toEqual(customer.custom)
    const before = digest()
    const edited = await admin.customers.edit({
      id: customer.id,
      version: customer.version,
      values: { custom: custom({ 采购额: 1 }) },
    })
    const first = lastSeq()
    // Somebody else, who still sees the old version, fills in another field: both stand.
    const second = await admin.customers.edit({
      id: customer.id,
      version: customer.version,
      values: { custom: custom({ 简称: '别的' }) },
    })
    expect(second.custom).toMatchObject(custom({ 采购额: 1, 简称: '别的' }))
    expect(
      await why(admin.customers.edit({ id: customer.id, version: customer.version, values: { custom: custom({ 采购额: 2 }) } })),
    ).toBe('STALE')
    expect(await admin.history.undo({ seq: first })).toMatchObject({ reversed: 1, kept: 0 })
    expect((await admin.customers.get({ id: customer.id })).custom).toMatchObject(custom({ 采购额: 12_500_000, 简称: '别的' }))
    await admin.history.undo({ seq: first + 1 })
    expect(digest()).toBe(before)
    expect(edited.version).toBeGreaterThan(customer.version)
    const same = await admin.customers.get({ id: customer.id })
    const seq = lastSeq()
    await admin.customers.edit({
      id: same.id,
      version: same.version,
      values: { custom: custom({ 开过票: false, 员工数: 12.5 }) },
    })
    expect(lastSeq()).toBe(seq)
  })

  it.each([
    ['采购额', 1.5, 'notAnAmount'],
    ['采购额', '12万', 'notAnAmount'],
    ['员工数', '12', 'notANumber'],
    ['员工数', 1.25, 'tooManyDigits'],
    ['员工数', 1234567890123456, 'tooManyDigits'],
    ['签约日', '2026-02-30', 'notADay'],
    ['签约日', 20260305, 'notADay'],
    ['客户性质', '直营', 'notAChoice'],
    ['开过票', 'yes', 'notYesOrNo'],
    ['主页', 'javascript:alert(1)', 'notALink'],
    ['财务邮箱', '没有', 'notAnEmail'],
    ['简称', 5, 'notText'],
    ['简称', 'x'.repeat(2001), 'textTooLong'],
  ])('%s refuses %j and names the field', async (name, value, reason) => {
    expect(await failureOf(admin.customers.create({ name: '不成', custom: custom({ [name]: value }) }))).toMatchObject({
      code: 'REFUSED',
      data: { reason, detail: { label: name } },
    })
  })

  it('of fields that do not exist or are put aside are refused; what stands there is kept and comes back', async () => {
    const field = await admin.fields.create({ entity: 'customer', label: '搁置', type: 'text' })
    const made = await admin.customers.create({ name: '搁置的客户', custom: { [field.key]: '旧值' } })
    await admin.fields.archive({ id: field.id })
    const at = await admin.customers.get({ id: made.id })
    expect(at.custom).toEqual({})
    const write = (k: string) =>
      failureOf(admin.customers.edit({ id: at.id, version: at.version, values: { custom: { [k]: '新' } } }))
    expect(await write(field.key)).toMatchObject({ data: { reason: 'customArchived', detail: { label: '搁置' } } })
    expect(await write('cf_0000000000')).toMatchObject({ data: { reason: 'customUnknown' } })
    expect(await write('name')).toMatchObject({ data: { reason: 'customUnknown' } })
    expect(await why(admin.customers.list({ sort: [{ field: field.key, direction: 'asc' }] }))).toBe('BAD_REQUEST:unknownField')
    const edited = await admin.customers.edit({ id: at.id, version: at.version, values: { custom: custom({ 简称: '新' }) } })
    const { entries } = await admin.history.ofRecord({ entity: 'customer', id: at.id, limit: 10 })
    expect(entries[0]?.changes).toEqual([
      expect.objectContaining({ field: key('简称'), label: '简称', type: 'text', before: null, after: '新' }),
    ])
    await admin.fields.restore({ id: field.id })
    expect((await admin.customers.get({ id: edited.id })).custom?.[field.key]).toBe('旧值')
  })
})

describe('lists', () => {
  beforeAll(async () => {
    const make = (name: string, values: Record<string, string | number | boolean | null>) =>
      admin.customers.create({ name, custom: custom(values), ownerId: office.sales.employeeId })
    await make('甲', {
      采购额: 100,
      员工数: 0.1,
      签约日: '2026-01-01',
      客户性质: choice('加盟'),
      开过票: true,
      简称: 'Alpha',
      传真: '13957511128',
    })
    await make('乙', { 采购额: 900, 员工数: 0.2, 签约日: '2026-06-01', 客户性质: choice('直营'), 开过票: false, 简称: 'beta' })
    await make('丙', { 采购额: 1000, 员工数: 12, 签约日: '2025-12-31', 客户性质: choice('代理') })
  })
  const only = (list: readonly string[]) => list.filter((name) => ['甲', '乙', '丙'].includes(name))

  it.each([
    ['采购额', '>=', 900, ['丙', '乙']],
    ['采购额', 'between', [100, 900], ['乙', '甲']],
    ['员工数', '=', 0.1, ['甲']],
    ['员工数', 'in', [0.2, 12], ['丙', '乙']],
    ['签约日', '<', '2026-01-01', ['丙']],
    ['签约日', 'between', ['2026-01-01', '2026-12-31'], ['乙', '甲']],
    ['开过票', '=', true, ['甲']],
    ['开过票', '=', false, ['乙']],
    ['开过票', 'null', undefined, ['丙']],
    ['简称', 'contains', 'ALPH', ['甲']],
    ['简称', 'null', undefined, ['丙']],
    ['简称', 'notNull', undefined, ['乙', '甲']],
    ['简称', '!=', 'Alpha', ['丙', '乙']],
  ] as const)('filter by %s %s %j', async (field, operator, value, wanted) => {
    expect(only(await names({ field, operator, ...(value !== undefined && { value: value as never }) }))).toEqual(
      [...wanted].toSorted(),
    )
  })

  it('filter by option, count by option and go in the order of options', async () => {
    expect(only(await names({ field: '客户性质', operator: 'in', value: [choice('直营'), choice('代理')] }))).toEqual([
      '丙',
      '乙',
    ])
    const counts = await admin.customers.countBy({ which: {}, field: key('客户性质') })
    expect(counts.find(({ value }) => value === choice('加盟'))?.count).toBe(1)
    for (const [field, wanted] of [
      ['客户性质', ['乙', '甲', '丙']],
      ['采购额', ['甲', '乙', '丙']],
      ['签约日', ['丙', '甲', '乙']],
    ] as const) {
      const sorted = async (direction: 'asc' | 'desc') =>
        only((await admin.customers.list({ sort: [{ field: key(field), direction }], limit: 200 })).rows.map(({ name }) => name))
      expect(await sorted('asc'), field).toEqual(wanted)
      expect(await sorted('desc'), field).toEqual([...wanted].toReversed())
    }
    expect(
      await why(
        admin.customers.list({ filter: { combinator: 'and', rules: [{ field: key('采购额'), operator: '=', value: '900' }] } }),
      ),
    ).toBe('BAD_REQUEST:valueDoesNotFit')
  })

  it('sum exactly', async () => {
    const { database, entities } = office.running.backend
    const entity = entities.get('customer')
    const filter = { combinator: 'and' as const, rules: [{ field: 'name', operator: 'in' as const, value: ['甲', '乙', '丙'] }] }
    const sum = (name: string) => sumRows(database.read, office.admin, entity as never, { filter }, key(name))
    expect(await sum('员工数')).toMatchObject({ sum: 12.3, count: 3 })
    expect(await sum('采购额')).toMatchObject({ sum: 2000, count: 3 })
  })

  it('are exported under their labels, and as many rows are changed at once', async () => {
    const filter: Filter = { combinator: 'and', rules: [{ field: 'name', operator: 'in', value: ['甲', '乙'] }] }
    const file = async (client: Client) => {
      const { id } = await client.exports.start({
        entity: 'customer',
        selection: { which: { filter }, except: [] },
        sort: [{ field: 'name', direction: 'asc' }],
        columns: ['name', key('采购额'), key('签约日'), key('客户性质'), key('开过票'), key('传真')],
        format: 'csv',
      })
      return (await (await client.exports.download({ id })).text())
        .replace('\ufeff', '')
        .split('\r\n')
        .map((line) => line.split(',').slice(0, 6))
    }
    const lines = await file(admin)
    expect(lines[0]).toEqual(['客户名称', '采购额', '签约日', '客户性质', '开过票', '传真'])
    expect(lines.slice(1, 3).toSorted()).toEqual(
      [
        ['甲', '1.00', '2026-01-01', '加盟', '是', '13957511128'],
        ['乙', '9.00', '2026-06-01', '直营', '否', ''],
      ].toSorted(),
    )
    const done = await admin.customers.editMany({
      selection: { which: { filter }, except: [] },
      values: { custom: custom({ 签约日: '2027-01-01' }) },
    })
    expect(done).toMatchObject({ changed: 2, refused: 0 })
    expect(only(await names({ field: '签约日', operator: '=', value: '2027-01-01' }))).toEqual(['乙', '甲'])
    await admin.history.undoBatch({ batchId: done.batchId ?? '' })
    expect(only(await names({ field: '签约日', operator: '=', value: '2027-01-01' }))).toEqual([])
  })

  it('history tells label, old and new, an option by its word', async () => {
    const { rows } = await admin.customers.list({
      filter: { combinator: 'and', rules: [{ field: 'name', operator: '=', value: '甲' }] },
    })
    const [row] = rows
    if (!row) throw new Error('no row')
    await admin.customers.edit({
      id: row.id,
      version: row.version,
      values: { custom: custom({ 客户性质: choice('代理'), 采购额: null }) },
    })
    const { entries } = await admin.history.ofRecord({ entity: 'customer', id: row.id, limit: 1 })
    expect(entries[0]?.changes).toEqual([
      expect.objectContaining({ label: '采购额', type: 'money', before: 100, after: null }),
      expect.objectContaining({ label: '客户性质', beforeLabel: '加盟', afterLabel: '代理' }),
    ])
    await admin.history.undo({ seq: lastSeq() })
  })

  it('hide, mask and protect a field by its right in every channel', async () => {
    const hidden = await asRole('hidden', '采购额')
    const row = async (client: Client) => (await client.customers.list({ limit: 200 })).rows.find(({ name }) => name === '甲')
    const seen = await row(hidden)
    expect(seen?.custom).toBeDefined()
    expect(JSON.stringify(seen?.custom)).not.toContain(key('采购额'))
    expect((await hidden.customers.get({ id: seen?.id as never })).custom).toEqual(seen?.custom)
    expect(await why(names({ field: '采购额', operator: '>', value: 5 }, hidden))).toBe('FORBIDDEN')
    expect(await why(hidden.customers.list({ sort: [{ field: key('采购额'), direction: 'asc' }] }))).toBe('FORBIDDEN')
    expect(await why(hidden.customers.countBy({ which: {}, field: key('采购额') }))).toBe('FORBIDDEN')
    const { entries } = await hidden.history.ofRecord({ entity: 'customer', id: seen?.id as never, limit: 50 })
    expect(JSON.stringify(entries)).not.toContain('采购额')
    expect(
      await why(
        hidden.customers.edit({
          id: seen?.id as never,
          version: seen?.version ?? 0,
          values: { custom: custom({ 采购额: 100 }) },
        }),
      ),
    ).toBe('FORBIDDEN')
    const masked = await asRole('masked', '传真')
    expect((await row(masked))?.custom?.[key('传真')]).toBe('139****1128')
    expect(await why(names({ field: '传真', operator: 'contains', value: '5751' }, masked))).toBe('FORBIDDEN')
    const read = await asRole('read', '简称')
    const one = await row(read)
    expect(one?.custom?.[key('简称')]).toBe('Alpha')
    expect(
      await why(
        read.customers.edit({ id: one?.id as never, version: one?.version ?? 0, values: { custom: custom({ 简称: '改' }) } }),
      ),
    ).toBe('FORBIDDEN')
    expect(await why(read.customers.create({ name: '建不成', custom: custom({ 简称: '改' }) }))).toBe('FORBIDDEN')
  })
})

describe('contacts', () => {
  it('have fields of their own', async () => {
    const field = await admin.fields.create({ entity: 'contact', label: '生日', type: 'date' })
    const customer = await admin.customers.create({ name: '有联系人的客户' })
    const contact = await admin.contacts.create({ customerId: customer.id, name: '林晓', custom: { [field.key]: '1990-05-01' } })
    expect(contact.custom).toEqual({ [field.key]: '1990-05-01' })
    expect((await admin.contacts.ofCustomer({ customerId: customer.id }))[0]?.custom).toEqual(contact.custom)
    expect(
      await why(
        admin.customers.edit({ id: customer.id, version: customer.version, values: { custom: { [field.key]: '1990-05-01' } } }),
      ),
    ).toBe('REFUSED:customUnknown')
    const done = await admin.contacts.edit({
      id: contact.id,
      version: contact.version,
      values: { custom: { [field.key]: null } },
    })
    expect(done.custom).toEqual({})
  })
})
