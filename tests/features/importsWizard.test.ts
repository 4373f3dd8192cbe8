import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { type Client, clientAs, startBackend, type TestBackend } from '../support/backend.ts'
import { actorOf, addPerson } from '../support/factories.ts'
import { bring, csvFile, digestOf, rowsOf, settled, sum, xlsxFile } from './importFixtures.ts'

let backend: TestBackend
let admin: Actor
let client: Client
beforeAll(async () => {
  backend = await startBackend()
  await backend.start()
  const user = backend.backend.database.raw.prepare('select id from user_account').get() as { id: string }
  admin = { ...backend.sessions.localAdmin('http'), userId: user.id, origin: 'http' }
  client = clientAs(backend.backend, admin)
})
afterAll(() => backend.dispose())

const fileOf = (path: string): File => new File([readFileSync(path)], basename(path))
const upload = async (path: string) => client.imports.upload({ entity: 'customer', file: fileOf(path) })
const HEADER = ['公司', '联系人', '电话', '级别', '地址']
const many = (n: number, from = 0) =>
  Array.from({ length: n }, (_, i) => [
    `测试${'甲乙丙丁戊己庚辛壬癸'[(i + from) % 10]}${(i + from).toString(36)}机械有限公司`,
    '王经理',
    `139${String(10_000_000 + i + from)}`,
    'A',
    '江苏省苏州市工业园区星湖街1号',
  ])
const countCustomers = (): number => (rowsOf(backend, 'select count(*) as n from customer')[0]?.['n'] as number) ?? 0

describe('the wizard', () => {
  it('keeps both of two choices that are made at once', async () => {
    const { id } = await upload(csvFile([HEADER, ...many(20, 9000)]))
    const put = (index: number, field: string | null) =>
      client.imports.setMapping({ id, columns: [{ index, target: field ? { entity: 'customer', field } : null }] })
    const [, , last] = await Promise.all([
      put(1, null),
      put(4, 'note'),
      client.imports.setOptions({ id, options: { onDuplicate: 'update', values: { 'customer.level': { A: 'B' } } } }),
    ])
    expect(last.columns.map(({ target }) => target?.field ?? null)).toEqual(['name', null, 'phone', 'level', 'note'])
    expect(last.options).toMatchObject({ onDuplicate: 'update', values: { 'customer.level': { A: 'B' } } })
    await client.imports.discard({ id })
  })

  it('goes from a file to customers and back, each step answered by the backend', async () => {
    const before = digestOf(backend)
    const laid = await upload(
      await xlsxFile([
        ['客户资料'],
        HEADER,
        ['绍兴越纺印染有限公司', '王海峰', '13957511128', '重点', '绍兴市柯桥区轻纺城1号'],
        ['绍兴越纺印染', '李秀兰', '139-5751-1128', '特级', ''],
        ['镇江丹徒管业有限公司', '尹超', '1381 577 04', 'B', ''],
        ['合计', '', '3', '', ''],
      ]),
    )
    expect(laid).toMatchObject({ state: 'uploaded', headerRow: 2, dataRows: 4 })
    expect(laid.columns.map(({ target }) => target && `${target.entity}.${target.field}`)).toEqual([
      'customer.name',
      'contact.name',
      'customer.phone',
      'customer.level',
      'customer.address',
    ])
    expect(laid.columns[3]?.note).toMatchObject({ code: 'values', unknown: ['特级'] })
    const { id } = laid
    await client.imports.setOptions({ id, options: { values: { 'customer.level': { 特级: 'A' } } } })
    await client.imports.prepare({ id })
    const ready = await settled(client, id)
    expect(ready.state).toBe('ready')
    expect(ready.plan).toMatchObject({ rows: 5, create: 1, update: 1, skip: 2, fail: 1, duplicates: 1 })
    expect(ready.rules?.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['phone', 'address', 'value']))
    const page = await client.imports.check({ id, filter: 'fail', offset: 0, limit: 50 })
    expect(page.rows.map(({ row, problems }) => [row, problems[0]?.code])).toEqual([[5, 'phone.invalid']])
    // A row with an error can be dismissed, and comes back as the error that it was.
    expect(await client.imports.decide({ id, rows: [5], decision: 'skip' })).toMatchObject({ skip: 3, fail: 0 })
    expect((await client.imports.check({ id, filter: 'skip', offset: 0, limit: 50 })).rows.map(({ row }) => row)).toContain(5)
    expect(await client.imports.decide({ id, rows: [5], decision: null })).toMatchObject({ skip: 2, fail: 1 })
    const beside = await client.imports.duplicate({ id, at: 0 })
    expect(beside).toMatchObject({ total: 1, row: { row: 4, match: { row: 3, sure: true } } })
    expect(beside.fields.find(({ field }) => field === 'name')).toMatchObject({
      file: '绍兴越纺印染',
      there: '绍兴越纺印染有限公司',
    })
    const mended = await client.imports.editCell({ id, row: 5, column: 2, text: '13815770400' })
    expect(mended.row).toMatchObject({ plan: 'create', problems: [] })
    expect(await client.imports.decide({ id, rows: [4], decision: 'create' })).toMatchObject({ create: 3, update: 0 })
    expect(await client.imports.decide({ id, rows: [4], decision: null })).toMatchObject({
      create: 2,
      update: 1,
      skip: 2,
      fail: 0,
    })
    await client.imports.run({ id })
    const done = await settled(client, id)
    expect(done).toMatchObject({ state: 'done', counts: { rowsRead: 5, created: 2, updated: 1, skipped: 2, failed: 0 } })
    expect(rowsOf(backend, "select level from customer where name like '绍兴%'")).toEqual([{ level: 'A' }])
    await expect(client.imports.setMapping({ id, columns: [] })).rejects.toMatchObject({ data: { reason: 'alreadyRun' } })
    await client.imports.undo({ id })
    expect(await settled(client, id)).toMatchObject({ state: 'undone', undo: { kept: 0, failed: 0 } })
    expect(digestOf(backend)).toBe(before)
    expect((await client.imports.list({})).imports[0]).toMatchObject({ id, state: 'undone', mine: true })
  })

  it('remembers the mapping of a header, another sheet order of it included', async () => {
    const rows = [
      ['甲方', '备注二', '打电话找谁'],
      ['宣城泾县宣纸厂', '老客户', '曹伟'],
      ['舟山普陀水产有限公司', '', '乐海波'],
    ]
    const first = await upload(csvFile(rows))
    const columns = first.columns.map(({ index, header }) => ({
      index,
      target:
        header === '打电话找谁'
          ? { entity: 'contact', field: 'name' }
          : header === '备注二'
            ? { entity: 'customer', field: 'note' }
            : { entity: 'customer', field: 'name' },
    }))
    await client.imports.setMapping({ id: first.id, columns })
    await client.imports.prepare({ id: first.id })
    await settled(client, first.id)
    const reversed = csvFile(rows.map((row) => [...row].reverse()))
    // Looked at and left: nothing of it is known to the next file.
    expect((await upload(reversed)).remembered).toBe(false)
    await client.imports.run({ id: first.id })
    await settled(client, first.id)
    const again = await upload(reversed)
    expect(again.remembered).toBe(true)
    expect(again.columns.map(({ target }) => target?.field)).toEqual(['name', 'note', 'name'])
  })

  it('refuses a field twice, a step too early, and a file that is none', async () => {
    const { id } = await upload(csvFile([HEADER, ...many(2)]))
    await expect(
      client.imports.setMapping({ id, columns: [{ index: 1, target: { entity: 'customer', field: 'name' } }] }),
    ).rejects.toMatchObject({ data: { reason: 'fieldTwice' } })
    await expect(client.imports.run({ id })).rejects.toMatchObject({ data: { reason: 'notPrepared' } })
    await expect(client.imports.undo({ id })).rejects.toMatchObject({ data: { reason: 'notRun' } })
    await expect(
      client.imports.upload({ entity: 'customer', file: new File([Buffer.from('%PDF-1.7 not a table')], 'a.xlsx') }),
    ).rejects.toMatchObject({ data: { reason: 'notAWorkbook' } })
  })
})

describe('a run', () => {
  const start = async (rows: string[][]): Promise<string> => {
    const { id } = await upload(csvFile([HEADER, ...rows]))
    await client.imports.prepare({ id })
    expect((await settled(client, id)).state).toBe('ready')
    await client.imports.run({ id })
    return id
  }

  it('is paused, goes on where it was, and adds up', async () => {
    const before = countCustomers()
    const id = await start(many(8_000, 10_000))
    while (((await client.imports.get({ id })).counts.created ?? 0) === 0) await new Promise((resolve) => setTimeout(resolve, 2))
    await client.imports.pause({ id })
    const paused = await settled(client, id)
    expect(paused.state).toBe('paused')
    const middle = countCustomers() - before
    expect(middle).toBe(paused.counts.created)
    expect(middle).toBeLessThan(8_000)
    await client.imports.resume({ id })
    const done = await settled(client, id)
    expect(done).toMatchObject({ state: 'done', counts: { rowsRead: 8_000, created: 8_000, updated: 0, skipped: 0, failed: 0 } })
    expect(countCustomers() - before).toBe(8_000)
  }, 120_000)

  it('is cancelled and leaves nothing behind', async () => {
    const before = digestOf(backend)
    const id = await start(many(6_000, 20_000))
    while (((await client.imports.get({ id })).counts.created ?? 0) === 0) await new Promise((resolve) => setTimeout(resolve, 2))
    await client.imports.cancel({ id })
    const over = await settled(client, id)
    expect(over.state).toBe('cancelled')
    expect(digestOf(backend)).toBe(before)
  }, 120_000)
})

describe('rights', () => {
  it('another’s import is not there without the right to see all, and nobody imports without the right', async () => {
    const { id } = await upload(csvFile([HEADER, ...many(1, 500)]))
    const { 'imports.readAll': _all, ...permissions } = admin.permissions
    const other = clientAs(backend.backend, { ...admin, userId: '01OTHER0000000000000000000', permissions })
    await expect(other.imports.get({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect((await other.imports.list({ all: true })).imports).toEqual([])
    const { 'imports.run': _run, ...none } = admin.permissions
    await expect(clientAs(backend.backend, { ...admin, permissions: none }).imports.get({ id })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
  })

  it('a duplicate beyond one’s reach is named, not shown, and not touched', async () => {
    await bring(
      backend,
      admin,
      csvFile([HEADER, ['越权测试纺织有限公司', '王海峰', '13700001111', 'B', '绍兴市柯桥区轻纺城1号']]),
    )
    const { userId } = await addPerson(backend, { name: '陈思远', roles: ['sales', { permissions: { 'imports.run': 'all' } }] })
    const own = actorOf(backend, userId)
    const mine = clientAs(backend.backend, own)
    const { id } = await mine.imports.upload({
      entity: 'customer',
      file: fileOf(csvFile([HEADER, ['越权测试纺织', '李四', '13700001111', 'A', '']])),
    })
    await mine.imports.prepare({ id })
    await settled(mine, id)
    const beside = await mine.imports.duplicate({ id, at: 0 })
    expect(beside.row?.match).toMatchObject({ visible: false, recordId: null, name: '越***' })
    expect(beside.fields.every(({ there }) => there === '')).toBe(true)
    const before = digestOf(backend)
    const result = await bring(backend, own, csvFile([HEADER, ['越权测试纺织', '李四', '13700001111', 'A', '']]), {
      onDuplicate: 'update',
    })
    expect(result).toMatchObject({ skipped: 1, created: 0, updated: 0 })
    expect(digestOf(backend)).toBe(before)
  })

  it('a field one may not write is not offered and not written', async () => {
    const limited: Actor = { ...admin, fieldRights: { 'customer.phone': 'masked' } }
    const { id, targets } = await clientAs(backend.backend, limited).imports.upload({
      entity: 'customer',
      file: fileOf(csvFile([HEADER, ...many(1, 900)])),
    })
    expect(targets.some(({ entity, field }) => entity === 'customer' && field === 'phone')).toBe(false)
    await expect(clientAs(backend.backend, limited).imports.prepare({ id })).rejects.toMatchObject({
      data: { reason: 'fieldsNotWritable' },
    })
  })
})

describe('counts', () => {
  it('of any sheet add up to its rows, and undo leaves the digest as it was', async () => {
    const name = fc.constantFrom(
      '',
      '苏州博远精密机械有限公司',
      '苏州博远精密机械',
      '绍兴越纺印染有限公司',
      '合计',
      '甲',
      '王小明',
      ' ',
      '#N/A',
      '无锡远联机械设备有限公司',
    )
    const phone = fc.constantFrom(
      '',
      '13805126621',
      '138 0512 6621',
      '1381577',
      '0512-66218800',
      '138****6621',
      '无',
      '13805126621/13805126622',
      '1.38E+10',
    )
    const row = fc.tuple(
      name,
      fc.constantFrom('', '沈立群', '王总'),
      phone,
      fc.constantFrom('A', 'VIP', '', '怪'),
      fc.constantFrom('', '苏州工业园区星湖街1号', '火星'),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 25 }),
        fc.constantFrom('skip', 'update', 'fill', 'create'),
        fc.constantFrom('keep', 'clear'),
        async (rows, onDuplicate, empty) => {
          const filled = rows.filter((cells) => cells.some((cell) => cell !== ''))
          fc.pre(filled.length > 0)
          const before = digestOf(backend)
          const result = await bring(backend, admin, csvFile([HEADER, ...filled]), { onDuplicate, empty })
          expect(sum(result)).toBe(result.rowsRead)
          expect(result.rowsRead).toBe(filled.filter((cells) => cells.some((cell) => cell.trim() !== '' || cell !== '')).length)
          const { undoImport } = await import('../../src-main/features/imports/public.ts')
          expect(await undoImport(backend.backend, admin, result.importId)).toMatchObject({ failed: 0 })
          expect(digestOf(backend)).toBe(before)
        },
      ),
      { numRuns: 25 },
    )
  }, 180_000)
})

describe('tidying', () => {
  it('forgets files nobody went on with and keeps the counts of imports that ran', async () => {
    const { id } = await upload(csvFile([HEADER, ...many(2, 70_000)]))
    const ran = await bring(backend, admin, csvFile([HEADER, ...many(2, 80_000)]))
    const ruled = await upload(csvFile([HEADER, ...many(2, 90_000)]))
    const rule = { id: 'a', column: 4, kind: 'suffix' as const, on: true, find: '号', by: '弄', values: [], recalled: false }
    await client.imports.setOptions({ id: ruled.id, options: { ownRules: [rule] } })
    await client.imports.prepare({ id: ruled.id })
    expect((await settled(client, ruled.id)).own).toMatchObject([
      { count: 2, samples: [{ after: '江苏省苏州市工业园区星湖街1弄' }] },
    ])
    await client.imports.run({ id: ruled.id })
    await settled(client, ruled.id)
    backend.clock.move(40 * 86_400_000)
    const { id: job } = await backend.backend.services.jobs.enqueue({ kind: 'imports.tidy', input: null, owner: null })
    expect((await backend.backend.services.jobs.settled(job)).state).toBe('done')
    await expect(client.imports.get({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect((await client.imports.get({ id: ran.importId })).counts).toMatchObject({ created: 2 })
    const [kept] = rowsOf(backend, `select mapping, summary, file_name from import_run where id = '${ran.importId}'`)
    expect(JSON.stringify(kept)).toContain('联系人')
    expect(JSON.stringify(kept)).not.toMatch(/王经理|星湖街|1398008|\+86139/)
    const [cells] = rowsOf(backend, `select mapping, summary from import_run where id = '${ruled.id}'`)
    expect(JSON.stringify(cells)).not.toMatch(/王经理|星湖街/)
    expect((await client.imports.get({ id: ruled.id })).own).toMatchObject([{ count: 2, samples: [] }])
    await expect(client.imports.failedRows({ id: ran.importId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(client.imports.undo({ id: ran.importId })).rejects.toMatchObject({ data: { reason: 'tooLate' } })
  })
})

it('a row with an error that was dismissed counts as skipped when the rest is written', async () => {
  const { id } = await upload(csvFile([HEADER, ...many(1, 700), ['镇江丹徒弯管有限公司', '尹超', '1381 577 04', 'B', '']]))
  await client.imports.prepare({ id })
  expect((await settled(client, id)).plan).toMatchObject({ create: 1, fail: 1 })
  expect(await client.imports.decide({ id, rows: [3], decision: 'skip' })).toMatchObject({ create: 1, skip: 1, fail: 0 })
  await client.imports.run({ id })
  expect((await settled(client, id)).counts).toMatchObject({ created: 1, skipped: 1, failed: 0 })
})

it('side by side shows the number of the firm that a contact of the file has', async () => {
  await client.customers.create({ name: '台州玉环水暖有限公司', phone: '13900017799' })
  const { id } = await upload(
    csvFile([
      ['公司', '联系人', '手机'],
      ['玉环水暖', '应建军', '13900017799'],
    ]),
  )
  await client.imports.prepare({ id })
  await settled(client, id)
  const { row, fields } = await client.imports.duplicate({ id, at: 0 })
  expect(row?.match?.because).toContain('mobileSame')
  const of = (entity: string) => fields.find((one) => one.entity === entity && one.field === 'phone')
  expect(of('contact')).toMatchObject({ file: '139 0001 7799', there: '' })
  expect(of('customer')).toMatchObject({ file: '', there: '139 0001 7799' })
})

it('side by side compares what is stored: an amount, a number and yes or no however the file writes them', async () => {
  const add = (label: string, type: 'money' | 'number' | 'boolean') => client.fields.create({ entity: 'customer', label, type })
  const fields = [await add('合同金额', 'money'), await add('座席数', 'number'), await add('开过票', 'boolean')]
  const [money, seats, billed] = fields.map(({ key }) => key)
  await client.customers.create({
    name: '舟山定海锚链有限公司',
    phone: '13900017788',
    custom: { [money ?? '']: 12_000_000, [seats ?? '']: 1200, [billed ?? '']: true },
  })
  const rows = [
    ['公司', '电话', '合同金额', '座席数', '开过票'],
    ['舟山定海锚链有限公司', '13900017788', '12万', '1,200', '是'],
  ]
  const { id } = await upload(csvFile(rows))
  await client.imports.prepare({ id })
  await settled(client, id)
  const beside = await client.imports.duplicate({ id, at: 0 })
  const of = (key: string | undefined) => beside.fields.find(({ field }) => field === key)
  expect(of(money)).toMatchObject({ type: 'money', file: '12000000', there: '12000000', said: '120,000.00' })
  expect(of(seats)).toMatchObject({ type: 'number', file: '1200', there: '1200' })
  expect(of(billed)).toMatchObject({ type: 'boolean', file: 'true', there: 'true' })
})
