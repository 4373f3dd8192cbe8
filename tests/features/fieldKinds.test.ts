// Every kind of field goes through all seven channels: form (create), inline edit, list, filter, import, export and the HTTP API.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CustomField } from '../../src-shared/features/fields/model.ts'
import type { Customer } from '../../src-shared/features/customers/model.ts'
import type { Filter, Rule } from '../../src-shared/kernel/list.ts'
import type { CustomValue } from '../../src-shared/kernel/custom/model.ts'
import type { Client } from '../support/backend.ts'
import { type Office, openOffice } from '../support/factories.ts'
import { bring, csvFile } from './importFixtures.ts'

let office: Office
let admin: Client
let partner: Customer
const F = new Map<string, CustomField>()
const field = (label: string): CustomField => F.get(label) as CustomField
const option = (label: string, word: string): string =>
  field(label).choices.find((choice) => choice.label === word)?.value ?? 'missing'

type Kind = {
  label: string
  type: CustomField['type']
  more?: Partial<Parameters<Client['fields']['create']>[0]>
  first: () => CustomValue
  second: () => CustomValue
  /** As a sheet says the first value, and as an export writes it. */
  cell: string
  written?: string
}
const CHOICES = { choices: [{ label: '甲' }, { label: '乙' }, { label: '丙' }] }
const KINDS: readonly Kind[] = [
  { label: '简称', type: 'text', first: () => '越纺', second: () => '苏博', cell: ' 越纺 ', written: '越纺' },
  { label: '补充一栏', type: 'longText', first: () => '一行', second: () => '另一行', cell: '一行' },
  { label: '人数', type: 'number', more: { precision: 1 }, first: () => 12.5, second: () => 3, cell: '12.5' },
  { label: '金额', type: 'money', first: () => 1_234_567, second: () => 100, cell: '12,345.67', written: '12345.67' },
  {
    label: '签约',
    type: 'date',
    first: () => '2026-03-05',
    second: () => '2026-04-01',
    cell: '2026年3月5日',
    written: '2026-03-05',
  },
  { label: '时段', type: 'time', first: () => '09:30', second: () => '18:00', cell: '上午9点半', written: '09:30' },
  {
    label: '模式',
    type: 'select',
    more: CHOICES,
    first: () => option('模式', '乙'),
    second: () => option('模式', '丙'),
    cell: '乙',
  },
  {
    label: '标记',
    type: 'multiSelect',
    more: CHOICES,
    first: () => [option('标记', '甲'), option('标记', '丙')],
    second: () => [option('标记', '乙')],
    cell: '丙、甲',
    written: '甲、丙',
  },
  { label: '开票', type: 'boolean', first: () => true, second: () => false, cell: '是' },
  {
    label: '前台号码',
    type: 'phone',
    first: () => '+8657584121300',
    second: () => '+8613812345678',
    cell: '0575-84121300',
    written: '0575-8412 1300',
  },
  { label: '财务邮箱', type: 'email', first: () => 'a@firm.cn', second: () => 'b@firm.cn', cell: 'a@firm.cn' },
  { label: '线上门店', type: 'link', first: () => 'firm.cn', second: () => 'https://other.cn', cell: 'firm.cn' },
  { label: '上级客户', type: 'customer', first: () => partner.id, second: () => null, cell: '集团总部' },
]

beforeAll(async () => {
  office = await openOffice()
  await office.running.start()
  admin = office.as(office.admin)
  partner = await admin.customers.create({ name: '集团总部' })
  for (const { label, type, more } of KINDS) F.set(label, await admin.fields.create({ entity: 'customer', label, type, ...more }))
  F.set('含税', await admin.fields.create({ entity: 'customer', label: '含税', type: 'formula', formula: '[金额] * 1.06' }))
})
afterAll(() => office.close())

const all = (values: 'first' | 'second') => Object.fromEntries(KINDS.map((kind) => [field(kind.label).key, kind[values]()]))
const whole = (rule: Rule): Filter => ({ combinator: 'and', rules: [rule] })
const namesOf = async (rule: Rule): Promise<string[]> => {
  const { rows } = await admin.customers.list({ filter: whole(rule), limit: 200 })
  expect(await admin.customers.count({ filter: whole(rule) })).toMatchObject({ count: rows.length })
  return rows.map(({ name }) => name).toSorted()
}

describe('every kind of field', () => {
  it('is made with the record, and read in list and record alike', async () => {
    const made = await admin.customers.create({ name: '表单', custom: all('first') })
    const { rows } = await admin.customers.list({ search: '表单' })
    for (const seen of [made, rows[0], await admin.customers.get({ id: made.id })]) {
      expect(seen?.custom).toEqual({ ...all('first'), [field('含税').key]: 1_308_641 })
      expect(seen?.customNames).toEqual({ [field('上级客户').key]: '集团总部' })
    }
  })

  it('is edited one by one, and the edit is taken back', async () => {
    const made = await admin.customers.create({ name: '就地', custom: all('first') })
    for (const { label, second } of KINDS) {
      const { key } = field(label)
      const { version } = await admin.customers.get({ id: made.id })
      const saved = await admin.customers.edit({ id: made.id, version, values: { custom: { [key]: second() } } })
      expect(saved.custom?.[key] ?? null, label).toEqual(second())
      const { entries } = await admin.history.recent({ mine: true, limit: 1 })
      await admin.history.undo({ seq: entries[0]?.seq ?? 0 })
      expect((await admin.customers.get({ id: made.id })).custom?.[key], label).toEqual(made.custom?.[key])
    }
  })

  it('comes in from a sheet, filters, and goes out as it came', async () => {
    const header = ['客户名称', ...KINDS.map(({ label }) => label)]
    const rows = [header, ['来自表格', ...KINDS.map(({ cell }) => cell)], ['没有填', ...KINDS.map(() => '')]]
    const result = await bring(office.running, office.admin, csvFile(rows))
    expect(result).toMatchObject({ created: 2, failed: 0 })
    const [row] = (await admin.customers.list({ filter: whole({ field: 'name', operator: '=', value: '来自表格' }) })).rows
    expect(row?.custom).toEqual({ ...all('first'), [field('含税').key]: 1_308_641 })
    for (const { label, first } of KINDS) {
      const value = first()
      const asked = Array.isArray(value) ? (value[0] ?? '') : value
      expect(await namesOf({ field: field(label).key, operator: '=', value: asked }), label).toContain('来自表格')
      expect(await namesOf({ field: field(label).key, operator: 'notNull' }), label).not.toContain('没有填')
      expect(await namesOf({ field: field(label).key, operator: 'null' }), label).toContain('没有填')
      expect(await namesOf({ field: field(label).key, operator: '!=', value: asked }), label).not.toContain('来自表格')
    }
    const { id } = await admin.exports.start({
      entity: 'customer',
      format: 'csv',
      language: 'zh-CN',
      columns: ['name', ...KINDS.map(({ label }) => field(label).key), field('含税').key],
      selection: { ids: [row?.id ?? ''] },
    } as never)
    const text = await (await admin.exports.download({ id })).text()
    const [, line = ''] = text.trim().split('\n')
    for (const { label, cell, written } of KINDS) expect(line, label).toContain(written ?? cell)
    expect(line).toContain('13086.41')
  })
})

describe('several options', () => {
  it('are any of those asked for, and those that are put away stay where they are', async () => {
    const { key } = field('标记')
    const [a, b, c] = ['甲', '乙', '丙'].map((word) => option('标记', word)) as [string, string, string]
    await admin.customers.create({ name: '多选一', custom: { [key]: [c, a] } })
    await admin.customers.create({ name: '多选二', custom: { [key]: [b] } })
    const mine = async (rule: Omit<Rule, 'field'>) =>
      (await namesOf({ ...rule, field: key } as Rule)).filter((name) => name.startsWith('多选'))
    expect(await mine({ operator: 'in', value: [a, b] })).toEqual(['多选一', '多选二'])
    expect(await mine({ operator: 'notIn', value: [a] })).toEqual(['多选二'])
    expect(await mine({ operator: 'contains', value: c })).toEqual(['多选一'])
    await expect(admin.customers.create({ name: '错', custom: { [key]: ['o_none'] } })).rejects.toMatchObject({
      data: { reason: 'notAChoice' },
    })
  })

  it('that are in use are replaced everywhere, and one undo of the batch brings them back', async () => {
    const several = await admin.fields.create({ entity: 'customer', label: '可替换', type: 'multiSelect', ...CHOICES })
    const [a, b] = several.choices.map(({ value }) => value) as [string, string]
    const one = await admin.customers.create({ name: '替换一', custom: { [several.key]: [a, b] } })
    const two = await admin.customers.create({ name: '替换二', custom: { [several.key]: [a] } })
    expect(await admin.fields.choicesUsed({ entity: 'customer', field: several.key })).toEqual(
      expect.arrayContaining([
        { value: a, count: 2 },
        { value: b, count: 1 },
      ]),
    )
    const { changed, batchId } = await admin.fields.replaceChoice({ entity: 'customer', field: several.key, from: a, to: b })
    expect(changed).toBe(2)
    for (const { id } of [one, two]) expect((await admin.customers.get({ id })).custom?.[several.key]).toEqual([b])
    expect((await admin.fields.list({})).find(({ id }) => id === several.id)?.choices.map(({ value }) => value)).not.toContain(a)
    await admin.history.undoBatch({ batchId: batchId ?? '' })
    expect((await admin.customers.get({ id: one.id })).custom?.[several.key]).toEqual([a, b])
    expect((await admin.fields.list({})).find(({ id }) => id === several.id)?.choices).toHaveLength(3)
  })

  it('of numbers sum up to more than millionths would let an integer hold', async () => {
    const { key } = await admin.fields.create({ entity: 'customer', label: '注册资本', type: 'number' })
    const made = await Promise.all(
      ['大', '更大', '最大'].map((name) => admin.customers.create({ name, custom: { [key]: 5_000_000_000.5 } })),
    )
    const ids = made.map(({ id }) => id)
    const sums = (['sum', 'avg'] as const).map((sum) => ({ field: key, sum }))
    expect(await admin.customers.sums({ selection: { ids }, sums })).toMatchObject([
      { value: 15_000_000_001.5, count: 3 },
      { value: 5_000_000_000.5, count: 3 },
    ])
  })
})
