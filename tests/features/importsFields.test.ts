// Columns of a sheet that go into fields of the company: proposed, made, matched, cleaned, written in every mode, taken back.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CustomField } from '../../src-shared/features/fields/model.ts'
import type { ImportDetail } from '../../src-shared/features/imports/model.ts'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { type Client, clientAs, startBackend, type TestBackend } from '../support/backend.ts'
import { administrator } from '../support/factories.ts'
import { bring, csvFile, digestOf, settled } from './importFixtures.ts'

let backend: TestBackend
let actor: Actor
let admin: Client
beforeAll(async () => {
  backend = await startBackend()
  await backend.start()
  actor = administrator(backend)
  admin = clientAs(backend.backend, actor)
})
afterAll(() => backend.dispose())

const upload = (rows: readonly (readonly string[])[]) =>
  admin.imports.upload({ entity: 'customer', file: new File([readFileSync(csvFile(rows))], 'customers.csv') })
const columnOf = (detail: ImportDetail, header: string) => {
  const found = detail.columns.find((column) => column.header === header)
  if (!found) throw new Error(`no column ${header}`)
  return found
}
const field = async (label: string) => (await admin.fields.list({})).find((one) => one.label === label) as CustomField
const customer = async (name: string) =>
  (await admin.customers.list({ filter: { combinator: 'and', rules: [{ field: 'name', operator: '=', value: name }] } })).rows[0]
const value = async (name: string, label: string) => (await customer(name))?.custom?.[(await field(label)).key]
async function carry(detail: ImportDetail) {
  await admin.imports.prepare({ id: detail.id })
  const ready = await settled(admin, detail.id)
  expect(ready.state).toBe('ready')
  await admin.imports.run({ id: detail.id })
  return settled(admin, detail.id)
}

const HEAD = ['客户名称', '采购额（万元）', '签约日期', '经营模式', '是否开票', '员工数（人）', '备注事项']
const SHEET = [
  HEAD,
  ['绍兴越纺印染有限公司', '12.5', '2026年3月5日', '直营', '是', '50人', '甲'],
  ['苏州博远精密机械有限公司', '￥8,000元', '2026/4/1', '加盟', '否', '1,200', '乙'],
  ['宁波海川自动化有限公司', '面议', '', '直营', '', '', ''],
  ['杭州西溪软件有限公司', '', '昨天', '加盟', '是', '十几', ''],
]

describe('an unmatched column', () => {
  it('says what field it could become; made, it is a target at once and its column is taken in', async () => {
    let detail = await upload(SHEET)
    const proposals = Object.fromEntries(detail.columns.map(({ header, proposal }) => [header, proposal]))
    expect(proposals[HEAD[0] as string]).toBeUndefined()
    expect(proposals['采购额（万元）']).toEqual({ label: '采购额', type: 'money', unit: null, choices: [] })
    expect(proposals['签约日期']).toMatchObject({ type: 'date' })
    expect(proposals['经营模式']).toMatchObject({ type: 'select', choices: ['直营', '加盟'] })
    expect(proposals['是否开票']).toMatchObject({ type: 'boolean' })
    for (const header of ['采购额（万元）', '签约日期', '是否开票', '员工数（人）']) {
      const { proposal, index } = columnOf(detail, header)
      if (!proposal) throw new Error('no proposal')
      const made = await admin.fields.create({
        entity: 'customer',
        label: proposal.label,
        type: proposal.type,
        unit: proposal.unit,
      })
      detail = await admin.imports.setMapping({
        id: detail.id,
        columns: [{ index, target: { entity: 'customer', field: made.key } }],
      })
      expect(detail.targets.find((target) => target.field === made.key)).toMatchObject({
        label: made.label,
        feature: 'customers',
      })
      expect(columnOf(detail, header)).toMatchObject({ because: 'chosen' })
    }
    const mode = await admin.fields.create({
      entity: 'customer',
      label: '经营模式',
      type: 'select',
      choices: [{ label: '直营' }],
    })
    detail = await admin.imports.setMapping({
      id: detail.id,
      columns: [{ index: 3, target: { entity: 'customer', field: mode.key } }],
    })
    expect(columnOf(detail, '经营模式').note).toMatchObject({ code: 'values', unknown: ['加盟'] })
    await admin.fields.addChoices({ id: mode.id, labels: columnOf(detail, '经营模式').note?.unknown ?? [] })
    detail = await admin.imports.setMapping({ id: detail.id, columns: [] })
    expect(columnOf(detail, '经营模式').note?.unknown).toEqual([])
    const before = digestOf(backend)
    const done = await carry(detail)
    expect(done.counts).toMatchObject({ created: 4, failed: 0 })
    const [yue, bo] = [SHEET[1]?.[0] as string, SHEET[2]?.[0] as string]
    expect(await value(yue, '采购额')).toBe(12_500_000)
    expect(await value(bo, '采购额')).toBe(800_000)
    expect([await value(yue, '签约日期'), await value(bo, '签约日期')]).toEqual(['2026-03-05', '2026-04-01'])
    const label = async (name: string) => {
      const held = await value(name, '经营模式')
      return (await field('经营模式')).choices.find((one) => one.value === held)?.label
    }
    expect([await label(yue), await label(bo)]).toEqual(['直营', '加盟'])
    expect([await value(yue, '是否开票'), await value(bo, '是否开票')]).toEqual([true, false])
    expect([await value(yue, '员工数'), await value(bo, '员工数')]).toEqual([50, 1200])
    expect((await customer(SHEET[3]?.[0] as string))?.custom).toEqual({ [mode.key]: (await field('经营模式')).choices[0]?.value })
    await admin.imports.undo({ id: detail.id })
    expect((await settled(admin, detail.id)).state).toBe('undone')
    expect(digestOf(backend)).toBe(before)
    // The fields are commands of their own: taking the rows back leaves them.
    expect((await field('采购额')).archived).toBe(false)
  })

  it('is matched by its name, and by memory, the next time', async () => {
    const detail = await upload(SHEET.map((row) => row.slice(0, 4)))
    const money = await field('采购额')
    expect(columnOf(detail, '采购额（万元）')).toMatchObject({
      target: { entity: 'customer', field: money.key },
      because: 'synonym',
    })
    await admin.fields.archive({ id: money.id })
    const again = await admin.imports.setMapping({ id: detail.id, columns: [] })
    expect(columnOf(again, '采购额（万元）')).toMatchObject({ target: null, proposal: { label: '采购额' } })
    await admin.fields.restore({ id: money.id })
  })

  it('that cannot be read says so and leaves the field empty', async () => {
    const detail = await upload(SHEET.map((row) => [row[0] ?? '', row[1] ?? '', row[5] ?? '', row[2] ?? '']))
    await admin.imports.prepare({ id: detail.id })
    await settled(admin, detail.id)
    const { rows } = await admin.imports.check({ id: detail.id, filter: 'warning', offset: 0, limit: 50 })
    expect(rows.flatMap(({ problems }) => problems.map(({ code }) => code)).toSorted()).toEqual([
      'amount.unread',
      'date.unread',
      'number.unread',
    ])
  })
})

describe('customers that are there', () => {
  const NAME = '温州百川阀门有限公司'
  const row = (amount: string, day: string) => [
    ['客户名称', '采购额', '签约日期'],
    [NAME, amount, day],
  ]
  it.each([
    ['update', 'keep', row('2万', ''), 2_000_000, '2026-01-01'],
    ['update', 'clear', row('3万', ''), 3_000_000, undefined],
    ['fill', 'keep', row('9万', '2026-02-02'), 1_000_000, '2026-01-01'],
    ['skip', 'keep', row('9万', '2026-02-02'), 1_000_000, '2026-01-01'],
  ] as const)('%s with empty cells %s', async (onDuplicate, empty, sheet, amount, day) => {
    const [money, date] = [await field('采购额'), await field('签约日期')]
    const start = { [money.key]: 1_000_000, [date.key]: '2026-01-01' }
    const known = (await customer(NAME)) ?? (await admin.customers.create({ name: NAME }))
    await admin.customers.edit({ id: known.id, version: known.version, values: { custom: start } })
    const before = digestOf(backend)
    const result = await bring(backend, actor, csvFile(sheet), { onDuplicate, empty })
    expect(result.failed).toBe(0)
    expect([await value(NAME, '采购额'), await value(NAME, '签约日期')]).toEqual([amount, day])
    if (onDuplicate === 'update') await admin.imports.undo({ id: result.importId })
    if (onDuplicate === 'update') await settled(admin, result.importId)
    expect(digestOf(backend)).toBe(before)
  })

  it('an undo keeps what somebody wrote into another field meanwhile', async () => {
    const [money, date] = [await field('采购额'), await field('签约日期')]
    const result = await bring(backend, actor, csvFile(row('7万', '')), { onDuplicate: 'update' })
    const now = await customer(NAME)
    await admin.customers.edit({
      id: now?.id as never,
      version: now?.version ?? 0,
      values: { custom: { [date.key]: '2030-01-01' } },
    })
    await admin.imports.undo({ id: result.importId })
    await settled(admin, result.importId)
    expect((await customer(NAME))?.custom).toEqual({ [money.key]: 1_000_000, [date.key]: '2030-01-01' })
  })

  it('a list of contacts fills fields of contacts', async () => {
    const birthday = await admin.fields.create({ entity: 'contact', label: '纪念日', type: 'date' })
    const sheet = [
      ['客户名称', '联系人', '手机', '纪念日'],
      ['台州永固标准件有限公司', '林晓', '13957511128', '1990年5月1日'],
    ]
    await bring(backend, actor, csvFile(sheet))
    const owner = await customer('台州永固标准件有限公司')
    const [contact] = await admin.contacts.ofCustomer({ customerId: owner?.id as never })
    expect(contact?.custom).toEqual({ [birthday.key]: '1990-05-01' })
    const more = [sheet[0] ?? [], ['台州永固标准件有限公司', '林晓', '13957511128', '1991-06-02']]
    await bring(backend, actor, csvFile(more), { onDuplicate: 'update' })
    const [changed] = await admin.contacts.ofCustomer({ customerId: owner?.id as never })
    expect(changed?.custom).toEqual({ [birthday.key]: '1991-06-02' })
  })
})

describe('numbers of identity cards', () => {
  it('whose check sign is wrong, are taken as written and told row by row, by header or by what they look like', async () => {
    const made = await admin.fields.create({ entity: 'customer', label: '法人身份证', type: 'text' })
    const other = await admin.fields.create({ entity: 'customer', label: '证照', type: 'text' })
    const detail = await upload([
      ['客户名称', '法人身份证号', '证照'],
      ['湖州证照一有限公司', '11010519491231002X', '110105194912310021'],
      ['湖州证照二有限公司', '110105194912310021', '11010519491231002x'],
      ['湖州证照三有限公司', '11010519491231002', '202603051234567890'],
      ['湖州证照四有限公司', '1101**********002X', '粤A12345'],
      ['湖州证照五有限公司', 'E12345678', '440301112345678901'],
    ])
    await admin.imports.setMapping({
      id: detail.id,
      columns: [made, other].map(({ key }, at) => ({ index: at + 1, target: { entity: 'customer', field: key } })),
    })
    const doubts = async () => {
      await admin.imports.prepare({ id: detail.id })
      expect((await settled(admin, detail.id)).plan).toMatchObject({ create: 5, fail: 0 })
      const { rows } = await admin.imports.check({ id: detail.id, filter: 'warning', offset: 0, limit: 10 })
      return rows.flatMap(({ row, problems }) => problems.map(({ column, code }) => [row, column, code]))
    }
    expect(await doubts()).toEqual([
      [2, 2, 'idNumber.checksum'],
      [3, 1, 'idNumber.checksum'],
      [4, 1, 'idNumber.shape'],
    ])
    await admin.imports.setOptions({ id: detail.id, options: { rulesOff: ['code'] } })
    expect(await doubts()).toEqual([])
    await admin.imports.run({ id: detail.id })
    await settled(admin, detail.id)
    expect(await value('湖州证照二有限公司', '法人身份证')).toBe('110105194912310021')
    expect(await value('湖州证照四有限公司', '法人身份证')).toBe('1101**********002X')
  })
})
