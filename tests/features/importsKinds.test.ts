// A file says what it holds: another kind is proposed, one call lays it anew, and a template comes back with every column understood.
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportList } from '../../src-main/features/exports/public.ts'
import { IMPORTABLE, type ImportableEntity } from '../../src-shared/features/imports/model.ts'
import { explain } from '../../src-shared/kernel/matching/explain.ts'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { type Client, clientAs, startBackend, type TestBackend } from '../support/backend.ts'
import { actorOf, addPerson, administrator } from '../support/factories.ts'
import { bring, csvFile, outFile, rowsOf, settled } from './importFixtures.ts'

let backend: TestBackend
let admin: Actor
let client: Client
beforeAll(async () => {
  backend = await startBackend()
  await backend.start()
  admin = administrator(backend)
  client = clientAs(backend.backend, admin)
})
afterAll(() => backend.dispose())

const fileOf = (path: string): File => new File([readFileSync(path)], basename(path))
const lay = (rows: readonly (readonly string[])[], entity: ImportableEntity = 'customer') =>
  client.imports.upload({ entity, file: fileOf(csvFile(rows)) })
const targets = (columns: readonly { target: { entity: string; field: string } | null }[]) =>
  columns.map(({ target }) => target && `${target.entity}.${target.field}`)

const FOLLOW_UPS = [
  ['客户', '跟进内容', '时间'],
  ['绍兴越纺印染有限公司', '问了三色提花的报价', '2026-02-03 10:20'],
  ['绍兴越纺印染有限公司', '寄了样品', '2026-02-05 09:00'],
]

describe('what a file holds', () => {
  it.each<[string, readonly (readonly string[])[], ImportableEntity | null]>([
    ['conversations', FOLLOW_UPS, 'followUp'],
    [
      'conversations with much about each',
      [
        ['公司名称', '联系人', '沟通方式', '沟通记录', '拜访日期', '跟进人', '下次联系'],
        ['绍兴越纺印染有限公司', '钱丽华', '电话', '问了价', '2026-02-03', '', ''],
      ],
      'followUp',
    ],
    [
      'several people of each customer',
      [
        ['公司', '姓名', '职务', '手机'],
        ...['钱丽华', '王海峰', '李秀兰', '尹超'].map((name, at) => ['绍兴越纺印染有限公司', name, '经理', `1390001000${at}`]),
      ],
      'contact',
    ],
    [
      'people under the words for whose they are',
      [
        ['姓名', '手机', '所属客户'],
        ['钱丽华', '13900010001', '越纺'],
      ],
      'contact',
    ],
    [
      'colleagues',
      [
        ['姓名', '部门', '职级', '入职日期'],
        ['陈思远', '销售部', 'P5', '2024-03-01'],
      ],
      'employee',
    ],
    [
      'invoices',
      [
        ['客户', '订单编号', '金额', '发票号码', '开票日期'],
        ['绍兴越纺印染有限公司', 'DD-1', '100', '24330001', '2024-03-01'],
      ],
      'invoice',
    ],
    [
      'plans of payment',
      [
        ['客户', '订单编号', '期次', '计划回款日期', '金额'],
        ['绍兴越纺印染有限公司', 'DD-1', '1', '2024-03-01', '100'],
      ],
      'paymentPlan',
    ],
    [
      'shares of orders',
      [
        ['订单编号', '业务员', '角色', '分成比例'],
        ['DD-1', '陈思远', '销售', '60%'],
      ],
      'orderPerson',
    ],
    [
      'stock',
      [
        ['产品编号', '产品名称', '仓库', '期初数量'],
        ['P-1', '示例法兰', '默认仓库', '100'],
      ],
      'stockMove',
    ],
    [
      'tags',
      [
        ['标签名称', '颜色'],
        ['老客户', '红'],
      ],
      'tag',
    ],
    [
      'customers with what was said last',
      [
        ['客户名称', '联系人', '电话', '地址', '级别', '跟进记录', '跟进时间'],
        ['绍兴越纺印染有限公司', '钱丽华', '13900010001', '绍兴市柯桥区轻纺城1号', 'A', '问了价', '2026-02-03'],
      ],
      null,
    ],
    [
      'customers with a contact each',
      [
        ['公司', '联系人', '手机'],
        ['绍兴越纺印染有限公司', '钱丽华', '13900010001'],
      ],
      null,
    ],
    [
      'texts of any kind',
      [
        ['text', 'code', 'name', 'mobile', 'detail'],
        ['x1', '330000', '钱丽华', '13900010001', '柯桥区1号'],
      ],
      null,
    ],
  ])('is told by its headers and cells: %s', async (_, rows, kind) => {
    expect((await lay(rows)).looksLike).toBe(kind)
  })

  it('is told of customers that were brought in as something else', async () => {
    const rows = [
      ['公司', '级别', '地址', '税号', '标签'],
      ['绍兴越纺印染有限公司', 'A', '绍兴市柯桥区轻纺城1号', '', '老客户'],
    ]
    expect((await lay(rows, 'contact')).looksLike).toBe('customer')
    expect((await lay(rows, 'tag')).looksLike).toBe('customer')
  })

  it('proposes nothing that its user may not import', async () => {
    const { userId } = await addPerson(backend, { name: '小销', roles: ['sales', { permissions: { 'imports.run': 'all' } }] })
    const theirs = clientAs(backend.backend, actorOf(backend, userId))
    expect(await theirs.imports.kinds({})).toEqual([
      'customer',
      'contact',
      'followUp',
      'tag',
      'lead',
      'opportunity',
      'quote',
      'order',
      'paymentPlan',
      'orderPerson',
      'invoice',
    ])
    const rows = [
      ['姓名', '部门', '职级', '入职日期'],
      ['陈思远', '销售部', 'P5', '2024-03-01'],
    ]
    const laid = await theirs.imports.upload({ entity: 'customer', file: fileOf(csvFile(rows)) })
    expect(laid.looksLike).not.toBe('employee')
    await expect(theirs.imports.setKind({ id: laid.id, entity: 'employee' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(theirs.imports.template({ entity: 'employee' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(await client.imports.kinds({})).toEqual(IMPORTABLE)
  })

  it('is changed on the sheet that somebody chose', async () => {
    const book = new ExcelJS.Workbook()
    book.addWorksheet('客户').addRows([
      ['公司名称', '电话', '城市'],
      ['绍兴越纺印染有限公司', '0575-84121111', '绍兴市'],
    ])
    book.addWorksheet('同事').addRows([
      ['姓名', '手机', '部门'],
      ['王海峰', '13700010001', '华东区'],
      ['孙总监', '13700010002', '华东区'],
    ])
    const bytes = new Uint8Array(await book.xlsx.writeBuffer())
    const { id, sheet } = await client.imports.upload({ entity: 'customer', file: new File([bytes], '两张表.xlsx') })
    expect(sheet).toBe(0)
    await client.imports.setLayout({ id, sheet: 1 })
    const other = await client.imports.setKind({ id, entity: 'employee' })
    expect(other).toMatchObject({ sheet: 1, dataRows: 2 })
    expect(targets(other.columns)).toEqual(['employee.name', 'employee.phone', 'employee.departmentPath'])
  })

  it('is laid anew under the other kind, goes in as that, and then needs no proposal', async () => {
    await bring(backend, admin, csvFile([['公司'], ['绍兴越纺印染有限公司']]))
    const laid = await lay(FOLLOW_UPS)
    const { id } = laid
    await client.imports.setOptions({ id, options: { defaults: { level: 'A' }, onDuplicate: 'skip' } })
    await client.imports.prepare({ id })
    await settled(client, id)
    const other = await client.imports.setKind({ id, entity: 'followUp' })
    expect(other).toMatchObject({
      entity: 'followUp',
      state: 'uploaded',
      looksLike: null,
      plan: null,
      identified: ['followUp.text', 'followUp.id'],
      options: { defaults: {}, onDuplicate: 'skip' },
    })
    expect(targets(other.columns)).toEqual(['customer.name', 'followUp.text', 'followUp.happenedAt'])
    await client.imports.prepare({ id })
    expect((await settled(client, id)).plan).toMatchObject({ rows: 2, create: 2, fail: 0 })
    await client.imports.run({ id })
    expect((await settled(client, id)).counts).toMatchObject({ created: 2, failed: 0 })
    expect(rowsOf(backend, 'select text from follow_up order by happened_at')).toEqual([
      { text: '问了三色提花的报价' },
      { text: '寄了样品' },
    ])
    // A second time it stands beside what is there, in the same words and on the same clock.
    const again = await client.imports.upload({ entity: 'followUp', file: fileOf(csvFile(FOLLOW_UPS)) })
    await client.imports.prepare({ id: again.id })
    await settled(client, again.id)
    const { row, fields } = await client.imports.duplicate({ id: again.id, at: 0 })
    expect(explain(row?.match?.because ?? [], 'zh-CN')).toBe('内容相同')
    expect(fields.filter(({ file, there }) => file !== there)).toEqual([])
    await expect(client.imports.setKind({ id, entity: 'customer' })).rejects.toMatchObject({ data: { reason: 'alreadyRun' } })
  })

  it.each(['contact', 'followUp', 'customer'] as const)('of a list exported here is known again: %s', async (entity) => {
    const file = csvFile([
      ['公司', '联系人', '手机', '跟进记录', '跟进时间'],
      ['无锡云润食品有限公司', '尹超', '13900010009', '问了交期', '2026-02-03'],
    ])
    await bring(backend, admin, file)
    const out = outFile()
    await exportList(backend.backend, admin, { entity, out, format: 'xlsx' })
    const laid = (as: ImportableEntity) => client.imports.upload({ entity: as, file: fileOf(out) })
    expect((await laid(entity === 'customer' ? 'contact' : 'customer')).looksLike).toBe(entity)
    expect((await laid(entity)).looksLike).toBeNull()
  })

  it('of a file exported here is cleared where it was emptied, whatever it was brought in as first', async () => {
    const contactId = '01JZZZZZZZZZZZZZZZZZZZZZZZ'
    const laid = await lay([
      ['客户', '姓名', '职务', '手机', '首要联系人', '记录编号'],
      ['绍兴越纺印染有限公司', '钱丽华', '', '13900010001', '是', contactId],
    ])
    expect(laid.looksLike).toBe('contact')
    const other = await client.imports.setKind({ id: laid.id, entity: 'contact' })
    expect(other.options.empty).toBe('clear')
    expect(targets(other.columns)).toContain('contact.id')
  })
})

describe('a template', () => {
  const kinds = IMPORTABLE.flatMap((entity) => (['zh-CN', 'en-US'] as const).map((language) => [entity, language] as const))
  it.each(kinds)('for %s in %s comes back with every column understood', async (entity, language) => {
    const file = await client.imports.template({ entity, language })
    expect(file.name).toMatch(/\.xlsx$/)
    const laid = await client.imports.upload({ entity, file })
    expect(laid.columns.length).toBeGreaterThan(1)
    expect(laid.columns.filter(({ target }) => target === null).map(({ header }) => header)).toEqual([])
    expect(laid.columns.filter(({ confidence }) => confidence < 0.8).map(({ header }) => header)).toEqual([])
    expect(new Set(targets(laid.columns)).size).toBe(laid.columns.length)
    expect(laid.looksLike).toBeNull()
    expect(laid.columns.flatMap(({ note }) => note?.unknown ?? [])).toEqual([])
    const hangsOn: Partial<Record<ImportableEntity, string[]>> = {
      contact: ['customer'],
      followUp: ['customer', 'contact'],
      opportunity: ['customer', 'contact'],
      lead: [],
      quote: ['customer', 'opportunity', 'quoteLine'],
      order: ['customer', 'opportunity', 'orderLine'],
      payment: ['customer', 'allocation'],
      invoice: ['customer', 'invoiceLine'],
      paymentPlan: [],
      orderPerson: [],
      stockMove: [],
      purchase: ['purchaseLine'],
    }
    const own = [entity, ...(hangsOn[entity] ?? ['contact'])]
    expect(laid.columns.every(({ target }) => own.includes(target?.entity ?? ''))).toBe(true)
  })

  it('has the fields that the company added, and the sample row goes in', async () => {
    await client.fields.create({ entity: 'customer', label: '织机台数', type: 'number' } as never)
    const file = await client.imports.template({ entity: 'customer' })
    const laid = await client.imports.upload({ entity: 'customer', file })
    expect(laid.columns.at(-1)).toMatchObject({ header: '织机台数', target: { entity: 'customer' } })
    await client.imports.prepare({ id: laid.id })
    expect((await settled(client, laid.id)).plan).toMatchObject({ rows: 1, create: 1, fail: 0, warnings: 0 })
  })
})
