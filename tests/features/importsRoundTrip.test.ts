// Export, edit in a spreadsheet, import back: exactly the edited cells differ.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { clientAs, startBackend, type TestBackend } from '../support/backend.ts'
import {
  asExcelSavesCsv,
  bringBack,
  differences,
  editSome,
  expected,
  exported,
  FIELD_HEADERS,
  type Format,
  gridOf,
  type Kind,
  makeBase,
  saved,
  standing,
} from '../support/editedExport.ts'
import { actorOf, addPerson, administrator, bySystem, randomFrom } from '../support/factories.ts'
import { digestOf, settled } from './importFixtures.ts'

let running: TestBackend
let admin: Actor
beforeAll(async () => {
  running = await startBackend()
  await running.start()
  admin = administrator(running)
  for (const name of ['陈思远', '王敏', '王敏', '老李']) await addPerson(running, { name, roles: ['sales'] })
  await bySystem(running, ({ tx }) =>
    tx.updateTable('employee').set({ leftOn: '2026-03-01' }).where('name', '=', '老李').execute(),
  )
  await makeBase(running, randomFrom(7), 25)
})
afterAll(() => running.dispose())

describe.each<[Kind, Format]>([
  ['customer', 'xlsx'],
  ['customer', 'csv'],
  ['contact', 'xlsx'],
  ['contact', 'csv'],
  ['followUp', 'xlsx'],
  ['followUp', 'csv'],
])('an exported file of %s as %s', (kind, format) => {
  it('that nobody has edited changes nothing, saved by Excel or not', async () => {
    const before = digestOf(running)
    const file = await exported(running, admin, kind, format)
    const untouched = await bringBack(running, admin, kind, file)
    expect(untouched).toMatchObject({ created: 0, updated: 0, failed: 0, skipped: untouched.rowsRead })
    const grid = await gridOf(file)
    const resaved = grid.map((row) =>
      row.map((cell) => {
        if (format === 'csv') return asExcelSavesCsv(String(cell))
        return typeof cell === 'string' && /^1\d{10}$/.test(cell) ? Number(cell) : cell
      }),
    )
    const back = await bringBack(running, admin, kind, await saved(running, resaved, format))
    expect(back).toMatchObject({ created: 0, updated: 0, failed: 0, skipped: back.rowsRead })
    expect(digestOf(running)).toBe(before)
  })

  it('changes exactly the edited cells', async () => {
    const random = randomFrom(kind.length * 31 + format.length)
    const file = await exported(running, admin, kind, format)
    const grid = await gridOf(file)
    const before = standing(running, kind)
    const wanted = editSome(running, kind, grid, { random, headers: FIELD_HEADERS[kind], format, share: 12 })
    const done = await bringBack(running, admin, kind, await saved(running, grid, format))
    expect(done.failed).toBe(0)
    expect(expected(before, wanted).length).toBeGreaterThan(5)
    expect(differences(before, standing(running, kind))).toEqual(expected(before, wanted))
  })
})

describe('a customer that changed here since the export', () => {
  const columns = (grid: Awaited<ReturnType<typeof gridOf>>) => (header: string) => (grid[0] ?? []).indexOf(header)
  async function prepared() {
    const as = clientAs(running.backend, { ...admin, origin: 'http' })
    const { id } = await as.customers.create({
      name: `三方合并有限公司${Math.round(performance.now())}`,
      industry: '纺织',
      source: '展会',
      tags: ['重点'],
    })
    const grid = await gridOf(await exported(running, admin, 'customer', 'xlsx'))
    const at = columns(grid)
    const row = grid.find((cells) => cells[at('记录编号')] === id) ?? []
    return { as, id, at, row, only: [grid[0] ?? [], row] }
  }
  const now = (id: string) => standing(running, 'customer').get(id)

  it('keeps what somebody else wrote where the file was not edited', async () => {
    const { as, id, at, row, only } = await prepared()
    const { version } = await as.customers.get({ id })
    await as.customers.edit({ id, version, values: { industry: '印染', addTags: ['后来加的'] } })
    row[at('来源')] = '转介绍'
    const done = await bringBack(running, admin, 'customer', await saved(running, only, 'xlsx'))
    expect(done).toMatchObject({ updated: 1, failed: 0 })
    expect(now(id)).toMatchObject({ industry: '印染', source: '转介绍', tags: ['重点', '后来加的'].sort().join('、') })
  })

  it('is not written over where both edited, until a person decides so', async () => {
    const { as, id, at, row, only } = await prepared()
    const { version } = await as.customers.get({ id })
    await as.customers.edit({ id, version, values: { industry: '印染' } })
    row[at('行业')] = '家纺'
    row[at('来源')] = '转介绍'
    const file = await saved(running, only, 'xlsx')
    await bringBack(running, admin, 'customer', file)
    expect(now(id)).toMatchObject({ industry: '印染', source: '转介绍' })
    const upload = new File([readFileSync(file)], 'back.xlsx')
    const detail = await as.imports.upload({ entity: 'customer', file: upload })
    expect(detail.options.empty).toBe('clear')
    await as.imports.prepare({ id: detail.id })
    // Until somebody decides, nothing of it would be written.
    expect((await settled(as, detail.id)).plan).toMatchObject({ update: 0, skip: 1, duplicates: 1, undecided: 1, warnings: 1 })
    const { row: asked, fields } = await as.imports.duplicate({ id: detail.id, at: 0 })
    expect(asked?.problems).toMatchObject([{ level: 'warning', code: 'changedSince', detail: '印染' }])
    expect(fields.find(({ field }) => field === 'industry')).toMatchObject({ file: '家纺', there: '印染' })
    expect(await as.imports.decide({ id: detail.id, rows: 'undecided', decision: 'update' })).toMatchObject({
      update: 1,
      skip: 0,
    })
    await as.imports.run({ id: detail.id })
    expect((await settled(as, detail.id)).counts).toMatchObject({ updated: 1 })
    expect(now(id)).toMatchObject({ industry: '家纺' })
  })

  it('also when it changes between the check and the run', async () => {
    const { as, id, at, row, only } = await prepared()
    row[at('行业')] = '家纺'
    row[at('来源')] = '转介绍'
    const upload = new File([readFileSync(await saved(running, only, 'xlsx'))], 'back.xlsx')
    const detail = await as.imports.upload({ entity: 'customer', file: upload })
    await as.imports.prepare({ id: detail.id })
    await settled(as, detail.id)
    const { version } = await as.customers.get({ id })
    await as.customers.edit({ id, version, values: { industry: '印染' } })
    await as.imports.run({ id: detail.id })
    await settled(as, detail.id)
    expect(now(id)).toMatchObject({ industry: '印染', source: '转介绍' })
  })

  it('empties what was emptied, unless empty cells are to keep', async () => {
    const { as, id, at, row, only } = await prepared()
    row[at('行业')] = ''
    const upload = new File([readFileSync(await saved(running, only, 'xlsx'))], 'back.xlsx')
    const detail = await as.imports.upload({ entity: 'customer', file: upload })
    await as.imports.prepare({ id: detail.id })
    expect((await settled(as, detail.id)).plan).toMatchObject({ update: 1, skip: 0 })
    const kept = await as.imports.setOptions({ id: detail.id, options: { empty: 'keep' } })
    expect(kept.plan).toMatchObject({ update: 0, skip: 1 })
    await expect(as.imports.run({ id: detail.id })).rejects.toMatchObject({ data: { reason: 'nothingToImport' } })
    expect(now(id)).toMatchObject({ industry: '纺织' })
    await bringBack(running, admin, 'customer', await saved(running, only, 'xlsx'))
    expect(now(id)).toMatchObject({ industry: null, source: '展会' })
  })
})

describe('the number of a record', () => {
  it('of nobody, of somebody else, of the bin, or twice in a file is told, and nothing is written', async () => {
    const as = clientAs(running.backend, { ...admin, origin: 'http' })
    const bin = await as.customers.create({ name: '扔掉的有限公司' })
    const kept = await as.customers.create({ name: '抄了一行有限公司' })
    const grid = await gridOf(await exported(running, admin, 'customer', 'xlsx'))
    const idAt = (grid[0] ?? []).indexOf('记录编号')
    const nameAt = (grid[0] ?? []).indexOf('客户名称')
    const of = (id: string) => [...(grid.find((cells) => cells[idAt] === id) ?? [])]
    await as.customers.removeMany({ selection: { ids: [bin.id] } })
    const unknown = of(kept.id)
    unknown[idAt] = '01ZZZZZZZZZZZZZZZZZZZZZZZZ'
    const copied = of(kept.id)
    copied[nameAt] = '新抄的有限公司'
    const before = digestOf(running)
    const file = await saved(running, [grid[0] ?? [], of(bin.id), of(kept.id), copied, unknown], 'xlsx')
    const done = await bringBack(running, admin, 'customer', file)
    expect(done).toMatchObject({ rowsRead: 4, created: 0, updated: 0, skipped: 1, failed: 3 })
    expect(digestOf(running)).toBe(before)
    const { rows } = await as.imports.check({ id: done.importId, filter: 'fail', offset: 0, limit: 10 })
    expect(rows.map(({ problems }) => problems[0]?.code)).toEqual(['id.deleted', 'id.twice', 'id.unknown'])
    // For whom it is out of reach it is unknown.
    const { userId } = await addPerson(running, { name: '外人', roles: ['sales', { permissions: { 'imports.run': 'all' } }] })
    const theirs = await saved(running, [grid[0] ?? [], of(kept.id)], 'xlsx')
    const since = digestOf(running)
    expect(await bringBack(running, actorOf(running, userId), 'customer', theirs)).toMatchObject({
      failed: 1,
      updated: 0,
      created: 0,
    })
    expect(digestOf(running)).toBe(since)
  })

  it('twice in a file is told however the rows are edited afterwards', async () => {
    const as = clientAs(running.backend, { ...admin, origin: 'http' })
    const { id } = await as.customers.create({ name: '原来那行有限公司', industry: '纺织' })
    const other = await as.customers.create({ name: '另有一家有限公司' })
    const grid = await gridOf(await exported(running, admin, 'customer', 'xlsx'))
    const [head = []] = grid
    const [idAt, nameAt, industryAt] = [head.indexOf('记录编号'), head.indexOf('客户名称'), head.indexOf('行业')]
    const original = grid.find((cells) => cells[idAt] === id) ?? []
    const file = await saved(running, [head, original, original.with(nameAt, '新抄的有限公司')], 'xlsx')
    const upload = new File([readFileSync(file)], 'back.xlsx')
    const detail = await as.imports.upload({ entity: 'customer', file: upload })
    await as.imports.prepare({ id: detail.id })
    await settled(as, detail.id)
    const type = (row: number, column: number, text: string) => as.imports.editCell({ id: detail.id, row, column, text })
    const told = async () => {
      const { rows } = await as.imports.check({ id: detail.id, filter: 'all', offset: 0, limit: 10 })
      return rows.filter(({ kind }) => kind === 'data').map(({ row, plan, problems }) => [row, plan, problems[0]?.code ?? null])
    }
    const copied = [
      [2, 'skip', null],
      [3, 'fail', 'id.twice'],
    ]
    expect(await told()).toEqual(copied)
    const edited = await type(3, industryAt, '印染')
    expect(edited).toMatchObject({
      row: { plan: 'fail', problems: [{ code: 'id.twice', detail: '2' }] },
      plan: { update: 0, fail: 1 },
    })
    // Of the two the first is the record, whichever is typed in.
    await type(2, industryAt, '家纺')
    expect(await told()).toEqual([
      [2, 'update', null],
      [3, 'fail', 'id.twice'],
    ])
    // With another number in the first, the second alone is the record; and the other way round.
    await type(2, idAt, ` ${other.id.toLowerCase()}\u3000`)
    expect(await told()).toEqual([
      [2, 'update', null],
      [3, 'update', null],
    ])
    await type(3, idAt, other.id)
    expect(await told()).toEqual([
      [2, 'update', null],
      [3, 'fail', 'id.twice'],
    ])
    await type(2, idAt, id)
    await type(3, idAt, id)
    expect(await told()).toEqual([
      [2, 'update', null],
      [3, 'fail', 'id.twice'],
    ])
    await as.imports.run({ id: detail.id })
    expect((await settled(as, detail.id)).counts).toMatchObject({ updated: 1, created: 0, failed: 1 })
    expect(standing(running, 'customer').get(id)).toMatchObject({ name: '原来那行有限公司', industry: '家纺' })
    expect(standing(running, 'customer').get(other.id)).toMatchObject({ name: '另有一家有限公司' })
  })

  it('left out makes a new record of the row', async () => {
    const as = clientAs(running.backend, { ...admin, origin: 'http' })
    const { id } = await as.customers.create({ name: '要加一行有限公司' })
    const grid = await gridOf(await exported(running, admin, 'customer', 'csv'))
    const idAt = (grid[0] ?? []).indexOf('记录编号')
    const nameAt = (grid[0] ?? []).indexOf('客户名称')
    const added = (grid[0] ?? []).map((_, at) => (at === nameAt ? '新添的湖笔有限公司' : ''))
    const file = await saved(running, [grid[0] ?? [], grid.find((cells) => cells[idAt] === id) ?? [], added], 'csv')
    expect(await bringBack(running, admin, 'customer', file)).toMatchObject({ created: 1, updated: 0, skipped: 1 })
  })

  it('beside what its exporter saw masked loses nothing', async () => {
    const before = digestOf(running)
    const masked: Actor = {
      ...admin,
      fieldRights: { 'customer.phone': 'masked', 'customer.email': 'masked', 'customer.address': 'masked' },
    }
    const file = await exported(running, masked, 'customer', 'xlsx')
    expect(JSON.stringify(await gridOf(file))).toContain('138****6621')
    expect(await bringBack(running, admin, 'customer', file)).toMatchObject({ created: 0, updated: 0, failed: 0 })
    expect(digestOf(running)).toBe(before)
  })
})
