// What the company asks of fields is said at the check, row by row and in its cell, by the same judgement as the write.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImportDetail } from '../../src-shared/features/imports/model.ts'
import { problemText } from '../../src-shared/features/imports/text.ts'
import type { Client } from '../support/backend.ts'
import { type Office, openOffice } from '../support/factories.ts'
import { csvFile, settled } from './importFixtures.ts'

let office: Office
let admin: Client
let manager: Client
/** 合同号 stands once; 来源 is asked for; 资质 of customers of level A. */
let contract: string
let licence: string
beforeAll(async () => {
  office = await openOffice()
  await office.running.start()
  admin = office.as(office.admin)
  manager = office.as(office.manager)
  contract = (await admin.fields.create({ entity: 'customer', label: '合同号', type: 'text' })).key
  licence = (await admin.fields.create({ entity: 'customer', label: '资质', type: 'text' })).key
  await configure(contract, { unique: true })
  await configure('source', { required: true })
  await configure(licence, { requiredWhen: { combinator: 'and', rules: [{ field: 'level', operator: '=', value: 'A' }] } })
  await admin.customers.create({ name: '占了号的', source: '展会', custom: { [contract]: 'HT-1' } })
})
afterAll(async () => {
  expect(office.running.faults).toEqual([])
  await office.close()
})

async function configure(field: string, values: Parameters<Client['fields']['configure']>[0]['values']): Promise<void> {
  const known = (await admin.fields.settings({})).find((one) => one.entity === 'customer' && one.field === field)
  await admin.fields.configure({ entity: 'customer', field, version: known?.version ?? 0, values })
}

const HEAD = ['客户名称', '客户等级', '来源', '合同号', '资质']
let n = 0
const firm = (): string =>
  `预告${'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙洪荒日月盈昃宿列张寒来暑往'[n++]}厂有限公司`

async function ready(
  client: Client,
  rows: readonly (readonly string[])[],
  head: readonly string[] = HEAD,
): Promise<ImportDetail> {
  const file = new File([readFileSync(csvFile([head, ...rows]))], 'customers.csv')
  const { id } = await client.imports.upload({ entity: 'customer', file })
  await client.imports.prepare({ id })
  const detail = await settled(client, id)
  expect(detail.state).toBe('ready')
  return detail
}
const rowsOf = async (client: Client, id: string, filter: 'all' | 'fail' = 'fail') =>
  (await client.imports.check({ id, filter, offset: 0, limit: 50 })).rows
/** Row, column and sentence of everything that is wrong. */
const told = async (client: Client, id: string) =>
  (await rowsOf(client, id)).flatMap(({ row, reason, problems }) =>
    problems.map((one) => [row, one.column, reason, problemText('zh-CN', one, (feature, key) => `${feature} ${key}`)]),
  )
const outcomes = async (client: Client, id: string) =>
  (await rowsOf(client, id, 'all')).map(({ row, plan, outcome }) => [row, outcome ?? plan])

describe('new rows', () => {
  it('that miss what is required or repeat what stands once say so in their cells, and the run does as was said', async () => {
    const detail = await ready(admin, [
      [firm(), 'B', '展会', 'HT-2', ''],
      [firm(), 'B', '', 'HT-3', ''],
      [firm(), 'A', '展会', 'HT-3', ''],
      [firm(), 'A', '展会', 'HT-1', '甲级'],
      [firm(), 'C', '展会', 'HT-2', ''],
      [firm(), 'C', '展会', 'HT-3', ''],
      [firm(), 'C', '展会', '', ''],
    ])
    expect(detail.plan).toMatchObject({ rows: 7, create: 3, fail: 4 })
    expect(await told(admin, detail.id)).toEqual([
      [3, 2, 'requiredMissing', '「customers source」必填'],
      [4, 4, 'requiredMissing', '「资质」必填'],
      [5, 3, 'uniqueTaken', '「合同号」不可重复，已有记录在用'],
      [6, 3, 'uniqueTaken', '「合同号」不可重复，和第 2 行一样'],
    ])
    await admin.imports.run({ id: detail.id })
    const done = await settled(admin, detail.id)
    expect(done.counts).toMatchObject({ created: 3, failed: 4 })
    expect(await outcomes(admin, detail.id)).toEqual([
      [2, 'created'],
      [3, 'failed'],
      [4, 'failed'],
      [5, 'failed'],
      [6, 'failed'],
      [7, 'created'],
      [8, 'created'],
    ])
  })

  it('are judged anew with every cell that is edited and every row that is left out, with the rows that share a value', async () => {
    const detail = await ready(admin, [
      [firm(), 'B', '展会', 'HT-11', ''],
      [firm(), 'B', '展会', 'HT-11', ''],
      [firm(), 'B', '展会', 'HT-12', ''],
      [firm(), 'B', '', 'HT-13', ''],
    ])
    const { id } = detail
    const failing = async () => (await rowsOf(admin, id)).map(({ row }) => row)
    expect(await failing()).toEqual([3, 5])
    await admin.imports.editCell({ id, row: 2, column: 3, text: 'HT-12' })
    expect(await failing()).toEqual([4, 5])
    await admin.imports.editCell({ id, row: 5, column: 2, text: '展会' })
    expect(await failing()).toEqual([4])
    expect(await admin.imports.decide({ id, rows: [2], decision: 'skip' })).toMatchObject({ create: 3, skip: 1, fail: 0 })
    expect((await rowsOf(admin, id, 'all')).flatMap(({ problems }) => problems)).toEqual([])
    await admin.imports.decide({ id, rows: [2], decision: null })
    expect(await told(admin, id)).toEqual([[4, 3, 'uniqueTaken', '「合同号」不可重复，和第 2 行一样']])
    await admin.imports.run({ id })
    expect((await settled(admin, id)).counts).toMatchObject({ created: 3, failed: 1 })
  })

  it('without a column for what is required say so with the row as a whole', async () => {
    const detail = await ready(admin, [[firm(), 'A']], ['客户名称', '客户等级'])
    expect((await told(admin, detail.id)).toSorted()).toEqual(
      [
        [2, null, 'requiredMissing', '「customers source」必填'],
        [2, null, 'requiredMissing', '「资质」必填'],
      ].toSorted(),
    )
    await admin.imports.setOptions({ id: detail.id, options: { defaults: { source: '导入' } } })
    await admin.imports.prepare({ id: detail.id })
    await settled(admin, detail.id)
    expect(await told(admin, detail.id)).toEqual([[2, null, 'requiredMissing', '「资质」必填']])
  })

  it('are written after all when the value was given up in between: the write judges anew', async () => {
    const held = await admin.customers.create({ name: firm(), source: '展会', custom: { [contract]: 'HT-31' } })
    const detail = await ready(admin, [
      [firm(), 'B', '展会', 'HT-31', ''],
      [firm(), 'B', '展会', 'HT-32', ''],
    ])
    expect(detail.plan).toMatchObject({ create: 1, fail: 1 })
    await admin.customers.edit({ id: held.id, version: held.version, values: { custom: { [contract]: null } } })
    await admin.imports.run({ id: detail.id })
    expect((await settled(admin, detail.id)).counts).toMatchObject({ created: 2, failed: 0 })
  })

  it('are judged by the rights of whoever imports: a value out of his sight is taken, too, and nothing else is told', async () => {
    expect((await manager.customers.list({ search: '占了号的' })).rows).toEqual([])
    const detail = await ready(manager, [
      [firm(), 'B', '展会', 'HT-1', ''],
      [firm(), 'B', '展会', 'HT-41', ''],
    ])
    const [bad] = await rowsOf(manager, detail.id)
    expect(await told(manager, detail.id)).toEqual([[2, 3, 'uniqueTaken', '「合同号」不可重复，已有记录在用']])
    expect(JSON.stringify(bad)).not.toContain('占了')
    await manager.imports.run({ id: detail.id })
    expect((await settled(manager, detail.id)).counts).toMatchObject({ created: 1, failed: 1 })
  })
})

describe('rows over customers that are there', () => {
  it('name the field, too, and meet values of customers that the file does not touch', async () => {
    const [one, other] = [firm(), firm()]
    await admin.customers.create({ name: one, level: 'B', source: '展会', custom: { [contract]: 'HT-51' } })
    await admin.customers.create({ name: other, level: 'B', source: '展会', custom: { [contract]: 'HT-52' } })
    const detail = await ready(admin, [
      [one, 'A', '展会', 'HT-51', ''],
      [other, 'B', '展会', 'HT-1', ''],
      [firm(), 'B', '展会', 'HT-53', ''],
    ])
    await admin.imports.setOptions({ id: detail.id, options: { onDuplicate: 'update' } })
    await admin.imports.prepare({ id: detail.id })
    expect((await settled(admin, detail.id)).plan).toMatchObject({ create: 1, update: 0, fail: 2 })
    expect(await told(admin, detail.id)).toEqual([
      [2, 4, 'requiredMissing', '「资质」必填'],
      [3, 3, 'uniqueTaken', '「合同号」不可重复，已有记录在用'],
    ])
    await admin.imports.run({ id: detail.id })
    expect((await settled(admin, detail.id)).counts).toMatchObject({ created: 1, updated: 0, failed: 2 })
  })
})

describe('a row over a customer that is there and a new one that want the same', () => {
  const there = async (number: string | null = null): Promise<string> => {
    const name = firm()
    await admin.customers.create({ name, level: 'B', source: '展会', custom: { [contract]: number } })
    return name
  }
  const planned = async (rows: readonly (readonly string[])[], onDuplicate: 'update' | 'fill' = 'update') => {
    const { id } = await ready(admin, rows)
    await admin.imports.setOptions({ id, options: { onDuplicate } })
    await admin.imports.prepare({ id })
    return settled(admin, id)
  }
  const plans = async (id: string) => (await rowsOf(admin, id, 'all')).map(({ plan }) => plan)
  const run = async (id: string) => {
    await admin.imports.run({ id })
    await settled(admin, id)
    return (await outcomes(admin, id)).map(([, outcome]) => outcome)
  }
  const sameAs = (row: number) => `「合同号」不可重复，和第 ${row} 行一样`

  it('is told of the later one, whichever is new, and the run does as was said', async () => {
    const [one, two, three] = [await there(), await there(), await there()]
    const { id, plan } = await planned([
      [one, 'B', '展会', 'HT-61', ''],
      [firm(), 'B', '展会', 'HT-61', ''],
      [firm(), 'B', '展会', 'HT-62', ''],
      [two, 'B', '展会', 'HT-62', ''],
      [two, 'C', '', 'HT-63', ''],
      [three, 'B', '展会', 'HT-63', ''],
      [firm(), 'B', '展会', 'HT-64', ''],
    ])
    expect(plan).toMatchObject({ create: 2, update: 2, fail: 3 })
    expect(await told(admin, id)).toEqual([
      [3, 3, 'uniqueTaken', sameAs(2)],
      [5, 3, 'uniqueTaken', sameAs(4)],
      [7, 3, 'uniqueTaken', sameAs(6)],
    ])
    expect(await run(id)).toEqual(['updated', 'failed', 'created', 'failed', 'updated', 'failed', 'created'])
  })

  it('is settled by what is written, not by what the sheet says: who keeps his own leaves it to the next', async () => {
    const keeps = await there('HT-70')
    const { id, plan } = await planned(
      [
        [keeps, 'B', '展会', 'HT-71', ''],
        [firm(), 'B', '展会', 'HT-71', ''],
      ],
      'fill',
    )
    expect([plan?.create, plan?.fail]).toEqual([1, 0])
    expect((await run(id))[1]).toBe('created')
    // One that fails for another reason leaves it, too.
    const bare = await there()
    const other = await planned([
      [bare, 'A', '展会', 'HT-72', ''],
      [firm(), 'B', '展会', 'HT-72', ''],
    ])
    expect(await plans(other.id)).toEqual(['fail', 'create'])
    expect(await run(other.id)).toEqual(['failed', 'created'])
  })

  it('is judged anew with every cell and every decision', async () => {
    const one = await there()
    const { id } = await planned([
      [one, 'B', '展会', 'HT-81', ''],
      [firm(), 'B', '展会', 'HT-81', ''],
      [firm(), 'B', '展会', 'HT-82', ''],
    ])
    expect(await plans(id)).toEqual(['update', 'fail', 'create'])
    await admin.imports.editCell({ id, row: 2, column: 3, text: 'HT-82' })
    expect(await plans(id)).toEqual(['update', 'create', 'fail'])
    expect(await told(admin, id)).toEqual([[4, 3, 'uniqueTaken', sameAs(2)]])
    await admin.imports.decide({ id, rows: [2], decision: 'skip' })
    expect(await plans(id)).toEqual(['skip', 'create', 'create'])
    await admin.imports.decide({ id, rows: [2], decision: null })
    expect(await plans(id)).toEqual(['update', 'create', 'fail'])
    await admin.imports.editCell({ id, row: 4, column: 3, text: 'HT-83' })
    expect(await run(id)).toEqual(['updated', 'created', 'created'])
  })
})

it('rows of one new customer are tried under a rule of numbers, and give none of its numbers away', async () => {
  const { version, next } = (await admin.numbers.rules({}))[0] ?? { version: 0, next: null }
  await admin.numbers.save({ entity: 'customer', version, pattern: 'YG-{0000}', reset: 'never', start: 1, enabled: true })
  const name = firm()
  const { id, plan } = await ready(admin, [
    [name, 'B', '展会', 'HT-91', ''],
    [name, 'C', '展会', '', ''],
  ])
  expect(plan?.create).toBe(1)
  await admin.imports.run({ id })
  await settled(admin, id)
  const { rows } = await admin.customers.list({ search: name })
  expect([rows.map(({ number }) => number), next === 'YG-0001']).toEqual([['YG-0001'], false])
})

it('a customer named by a row over another one is found, as by a new row', async () => {
  const { key } = await admin.fields.create({ entity: 'customer', label: '上级客户', type: 'customer' })
  const [above, one] = [firm(), firm()]
  const { id: aboveId } = await admin.customers.create({ name: above, source: '展会' })
  await admin.customers.create({ name: one, level: 'B', source: '展会' })
  const { id } = await ready(
    admin,
    [
      [one, '展会', above],
      [firm(), '展会', above],
    ],
    ['客户名称', '来源', '上级客户'],
  )
  await admin.imports.setOptions({ id, options: { onDuplicate: 'update' } })
  await admin.imports.prepare({ id })
  expect((await settled(admin, id)).plan).toMatchObject({ create: 1, update: 1, fail: 0 })
  await admin.imports.run({ id })
  expect((await settled(admin, id)).counts).toMatchObject({ created: 1, updated: 1 })
  const { rows } = await admin.customers.list({ search: one })
  expect(rows[0]?.custom?.[key]).toBe(aboveId)
})
