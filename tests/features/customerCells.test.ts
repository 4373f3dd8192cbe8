// Blocks of cells: what is pasted, filled or emptied in the list, read like an import, written under one batch id.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tableDigests, wholeDigest } from '../../src-main/kernel/digest.ts'
import type { CellGiven } from '../../src-shared/kernel/cells/model.ts'
import type { Client } from '../support/backend.ts'
import { actorOf, addPerson, bySystem, failureOf, type Office, openOffice } from '../support/factories.ts'

let office: Office
let admin: Client
let sales: Client
beforeAll(async () => {
  office = await openOffice()
  admin = office.as(office.admin)
  sales = office.as(office.sales)
})
afterAll(async () => {
  expect(office.running.faults).toEqual([])
  await office.close()
})

type Seen = { id: string; version: number }
const digest = () => wholeDigest(tableDigests(office.running.backend.database.raw))
let made = 0
const firms = async (client: Client, n: number): Promise<Seen[]> => {
  const rows: Seen[] = []
  for (let i = 0; i < n; i++) rows.push(await client.customers.create({ name: `甬江阀门${++made}厂` }))
  return rows.map(({ id, version }) => ({ id, version }))
}
const block = (fields: string[], rows: Seen[], cells: CellGiven[][], news: CellGiven[][] = []) => ({
  fields,
  rows: rows.map(({ id, version }, at) => ({ id, version, cells: cells[at] ?? [] })),
  news,
})
const named = (report: { problems: readonly { row: number | null; field: string | null; code: string }[] }) =>
  report.problems.map(({ row, field, code }) => [row, field, code])
const get = (id: string) => admin.customers.get({ id })

describe('a pasted block', () => {
  it('is read like an import, checked before it is written, and written as it was checked', async () => {
    const rows = await firms(sales, 3)
    const given = block(['name', 'level', 'status', 'phone', 'email', 'nextFollowUpAt', 'tags', 'industry'], rows, [
      ['=cmd|"/c calc"!A0', 'a级', '跟进中', '138-0512-6621', 'Info@Firm.cn', '2026年12月3日 10:00', '重点、展会', '阀门 '],
      ['', 'Z', '成交', '0571-8888 1111/2222', '不是邮箱', '明天吧', '重点', '<b>泵</b>'],
      ['', null, null, '95588', null, null, '', 'العربية 𠮷'],
    ])
    const before = digest()
    const checked = await sales.customers.checkCells(given)
    expect(digest()).toEqual(before)
    expect(named(checked)).toEqual([
      [1, 'level', 'option'],
      [1, 'phone', 'severalPhones'],
      [1, 'email', 'email'],
      [1, 'nextFollowUpAt', 'date'],
      [1, 'name', 'required'],
      [2, 'name', 'required'],
    ])
    const done = await sales.customers.editCells(given)
    expect({ ...done, batchId: null }).toEqual(checked)
    expect(done).toMatchObject({ changed: 3, unchanged: 0, refused: 0, cells: 13, left: 6 })
    expect(await get(rows[0]?.id ?? '')).toMatchObject({
      name: '=cmd|"/c calc"!A0',
      level: 'A',
      status: 'active',
      phone: '+8613805126621',
      email: 'info@firm.cn',
      nextFollowUpAt: '2026-12-03T02:00:00.000Z',
      tags: ['展会', '重点'],
      industry: '阀门',
    })
    expect(await get(rows[1]?.id ?? '')).toMatchObject({ status: 'won', phone: null, industry: '<b>泵</b>', tags: ['重点'] })
    expect(await get(rows[2]?.id ?? '')).toMatchObject({ phone: '95588', industry: 'العربية 𠮷', tags: [] })
    await sales.history.undoBatch({ batchId: done.batchId ?? '' })
    expect(await get(rows[0]?.id ?? '')).toMatchObject({ level: null, phone: null, tags: [], nextFollowUpAt: null })
  })

  it('of which something is to be said first is only looked at when that was asked for; a clean one is written at once', async () => {
    const rows = await firms(sales, 2)
    const before = digest()
    const wrong = {
      ...block(['level', 'city'], rows, [
        ['Z', '杭州'],
        ['A', '宁波'],
      ]),
      ifClean: true,
    }
    const seen = await sales.customers.editCells(wrong)
    expect(seen).toMatchObject({ checked: true, changed: 2, left: 1, batchId: null })
    expect(named(seen)).toEqual([[0, 'level', 'option']])
    expect(digest()).toEqual(before)
    const clean = {
      ...block(['level', 'city'], rows, [
        ['B', '杭州'],
        ['A', '宁波'],
      ]),
      ifClean: true,
    }
    const done = await sales.customers.editCells(clean)
    expect(done).toMatchObject({ changed: 2, cells: 4, left: 0 })
    expect(done.checked).toBeUndefined()
    expect(await get(rows[1]?.id ?? '')).toMatchObject({ level: 'A', city: '宁波' })
  })

  it('of fifty rows is found by its new words at once, and its old ones find nothing', async () => {
    const rows = await firms(admin, 50)
    const names = rows.map((_, i) => [`钱塘${String.fromCodePoint(0x4e00 + i)}阀门`])
    const { batchId } = await admin.customers.editCells(block(['name'], rows, names))
    const found = async (search: string) => (await admin.customers.list({ search, limit: 200 })).rows.length
    expect(await found('钱塘')).toBe(50)
    expect(await found('qtyifm')).toBe(1)
    await admin.history.undoBatch({ batchId: batchId ?? '' })
    expect(await found('钱塘')).toBe(0)
  })

  it('over many rows goes in parts, and one undo takes all of them back', async () => {
    const rows = await firms(admin, 130)
    const before = digest()
    const done = await admin.customers.editCells(
      block(
        ['industry', 'city'],
        rows,
        rows.map((_, i) => [`行业${i}`, '杭州']),
      ),
    )
    expect(done).toMatchObject({ changed: 130, cells: 260, left: 0 })
    const { commands } = await admin.history.batch({ batchId: done.batchId ?? '' })
    expect(commands).toBeGreaterThan(2)
    expect(await get(rows[129]?.id ?? '')).toMatchObject({ industry: '行业129', city: '杭州' })
    let remaining = 1
    for (let before: number | undefined; remaining > 0; ) {
      const part = await admin.history.undoBatch({ batchId: done.batchId ?? '', ...(before !== undefined && { before }) })
      remaining = part.remaining
      before = part.before ?? undefined
    }
    expect(digest()).toEqual(before)
  })

  it('names rows without right, rows that are gone, and columns that nobody fills', async () => {
    const [mine] = await firms(sales, 1)
    const [theirs] = await firms(office.as(office.colleague), 1)
    const [gone] = await firms(sales, 1)
    await sales.customers.removeMany({ selection: { ids: [gone?.id ?? ''] } })
    const reads = await addPerson(office.running, {
      name: '都看得见',
      roles: [{ permissions: { 'customers.read': 'all', 'customers.edit': 'own' }, fieldRights: { 'customer.note': 'read' } }],
    })
    const reader = office.as(actorOf(office.running, reads.userId))
    const [own] = await firms(admin, 1)
    await bySystem(office.running, async ({ tx }) => {
      await tx
        .updateTable('customer')
        .set({ ownerId: reads.employeeId })
        .where('id', '=', own?.id ?? '')
        .execute()
    })
    const rows = [own, mine, theirs, gone].flatMap((row) => row ?? [])
    const cells = rows.map((): CellGiven[] => ['杭州', '2020-01-01', '藏', 'x'])
    const report = await reader.customers.editCells(block(['city', 'createdAt', 'note', 'nothing'], rows, cells))
    expect(report).toMatchObject({ changed: 1, refused: 3, cells: 1 })
    expect(named(report)).toEqual([
      [null, 'createdAt', 'readOnly'],
      [null, 'note', 'noRight'],
      [null, 'nothing', 'readOnly'],
      [1, null, 'noRow'],
      [2, null, 'noRow'],
      [3, null, 'gone'],
    ])
    expect(await get(own?.id ?? '')).toMatchObject({ city: '杭州', note: null })
  })

  it('leaves a cell to the colleague who changed it meanwhile, and writes the others of the row', async () => {
    const [row] = await firms(sales, 1)
    const id = row?.id ?? ''
    await admin.customers.edit({ id, version: row?.version ?? 0, values: { city: '宁波' } })
    const report = await sales.customers.editCells(block(['city', 'industry'], row ? [row] : [], [['杭州', '阀门']]))
    expect(report).toMatchObject({ changed: 1, cells: 1, stale: 1, left: 1 })
    expect(named(report)).toEqual([[0, 'city', 'stale']])
    expect(await get(id)).toMatchObject({ city: '宁波', industry: '阀门' })
  })

  it('makes customers of the rows below the end, those that have a name, for who may create', async () => {
    const before = digest()
    const given = block(
      ['name', 'level', 'tags'],
      [],
      [],
      [
        ['𠮷野家餐饮', 'B', '新店'],
        ['', 'A', ''],
      ],
    )
    const done = await sales.customers.editCells(given)
    expect(done).toMatchObject({ created: 1, notCreated: 1, changed: 0 })
    expect(named(done)).toEqual([[1, 'name', 'required']])
    const { rows } = await sales.customers.list({ search: '𠮷野家餐饮' })
    expect(rows).toMatchObject([{ name: '𠮷野家餐饮', level: 'B', tags: ['新店'], ownerId: office.sales.employeeId }])
    await sales.history.undoBatch({ batchId: done.batchId ?? '' })
    expect(digest()).toEqual(before)
    const edits = await addPerson(office.running, {
      name: '只改不建',
      roles: [{ permissions: { 'customers.read': 'all', 'customers.edit': 'all' } }],
    })
    const report = await office.as(actorOf(office.running, edits.userId)).customers.checkCells(given)
    expect(report).toMatchObject({ created: 0, notCreated: 2 })
    expect(named(report).slice(0, 1)).toEqual([[0, null, 'noCreate']])
  })

  it('gives owners by name only to who may transfer, and only who is here', async () => {
    const rows = await firms(sales, 3)
    await addPerson(office.running, { name: '同名', roles: ['sales'] })
    await addPerson(office.running, { name: '同名', roles: ['sales'] })
    const cells: CellGiven[][] = [['李婷'], ['查无此人'], ['同名']]
    const report = await admin.customers.editCells(block(['ownerId'], rows, cells))
    expect(report).toMatchObject({ changed: 1, left: 2 })
    expect(named(report)).toEqual([
      [1, 'ownerId', 'ownerUnknown'],
      [2, 'ownerId', 'severalPeople'],
    ])
    expect(await get(rows[0]?.id ?? '')).toMatchObject({ ownerName: '李婷' })
    const raw = await admin.customers.checkCells(block(['ownerId'], rows, [[{ value: 'nobody' }], [{ value: null }]]))
    expect(named(raw)).toEqual([[0, 'ownerId', 'ownerUnknown']])
  })

  it('answers a repeated call as the first time', async () => {
    const rows = await firms(admin, 2)
    const given = block(['city'], rows, [['温州'], ['温州']])
    const once = office.as(office.admin)
    const first = await once.customers.editCells(given)
    const again = await once.customers.editCells(given)
    // Another key, and nothing left to do.
    expect([first.changed, again.changed, again.unchanged]).toEqual([2, 0, 2])
  })

  it('holds a name of 5,000 characters and refuses a longer one', async () => {
    const rows = await firms(admin, 2)
    const report = await admin.customers.editCells(block(['name'], rows, [['长'.repeat(5000)], ['长'.repeat(5001)]]))
    expect(report).toMatchObject({ changed: 1, left: 1 })
    expect(named(report)).toEqual([[1, 'name', 'textTooLong']])
  })

  it('reads the fields of the company, and gives nobody an option that was taken away', async () => {
    const field = await admin.fields.create({
      entity: 'customer',
      label: '客户性质',
      type: 'select',
      choices: [{ label: '直营' }, { label: '加盟' }],
    })
    const money = await admin.fields.create({ entity: 'customer', label: '年采购额', type: 'money' })
    const rows = await firms(admin, 3)
    const first = await admin.customers.editCells(
      block([field.key, money.key], rows, [
        ['直营', '3.5万'],
        ['加盟', '不少'],
        ['别的', ''],
      ]),
    )
    expect(named(first)).toEqual([
      [1, money.key, 'amount'],
      [2, field.key, 'option'],
    ])
    const [a, b] = [rows[0]?.id ?? '', rows[1]?.id ?? '']
    const kept = field.choices.filter(({ label }) => label === '直营').map(({ value, label, tone }) => ({ value, label, tone }))
    await admin.fields.edit({ id: field.id, version: field.version, choices: kept })
    // The text of a removed option lands only where it already stands.
    const seen = await Promise.all([a, b].map((id) => get(id)))
    const second = await admin.customers.editCells(
      block(
        [field.key],
        seen.map(({ id, version }) => ({ id, version })),
        [['加盟'], ['加盟']],
      ),
    )
    expect(second).toMatchObject({ changed: 0, unchanged: 2, left: 1 })
    expect(named(second)).toEqual([[0, field.key, 'optionGone']])
    expect((await get(a)).custom).toMatchObject({ [money.key]: 3_500_000 })
  })

  it('is refused to who may not edit', async () => {
    const rows = await firms(admin, 1)
    const refusal = await failureOf(office.as(office.viewer).customers.editCells(block(['city'], rows, [['温州']])))
    expect(refusal.code).toBe('FORBIDDEN')
  })
})

describe('a bulk action', () => {
  it('says beforehand exactly what it does: by right, and where nothing would change', async () => {
    const mine = await firms(sales, 4)
    const [theirs] = await firms(office.as(office.colleague), 1)
    await sales.customers.editMany({ selection: { ids: mine.slice(0, 2).map(({ id }) => id) }, values: { level: 'A' } })
    const selection = { ids: [...mine.map(({ id }) => id), theirs?.id ?? ''] }
    const preview = await sales.customers.previewMany({ act: 'edit', selection, values: { level: 'A' } })
    expect(preview).toEqual({ changed: 2, unchanged: 2, refused: 1 })
    const { batchId: _batch, ...done } = await sales.customers.editMany({ selection, values: { level: 'A' } })
    expect(done).toEqual(preview)
    const tags = { addTags: ['重点'], removeTags: ['没有的'] }
    const tagged = await sales.customers.previewMany({ act: 'edit', selection, values: tags })
    const { batchId: _tags, ...doneTags } = await sales.customers.editMany({ selection, values: tags })
    expect(doneTags).toEqual(tagged)
    const removing = await sales.customers.previewMany({ act: 'remove', selection })
    const { batchId: _removed, ...removed } = await sales.customers.removeMany({ selection })
    expect(removed).toEqual(removing)
    const again = await sales.customers.previewMany({ act: 'edit', selection, values: { level: 'B' } })
    expect(again).toEqual({ changed: 0, unchanged: 4, refused: 1 })
  })

  it('over a filter counts what the filter finds but the exceptions', async () => {
    const rows = await firms(admin, 3)
    await admin.customers.editMany({ selection: { ids: rows.map(({ id }) => id) }, values: { city: '衢州' } })
    const which = { filter: { combinator: 'and' as const, rules: [{ field: 'city', operator: '=' as const, value: '衢州' }] } }
    const selection = { which, except: [rows[0]?.id ?? ''] }
    expect(await admin.customers.previewMany({ act: 'edit', selection, values: { note: '看过' } })).toEqual({
      changed: 2,
      unchanged: 0,
      refused: 0,
    })
    expect(await admin.customers.editMany({ selection, values: { note: '看过' } })).toMatchObject({ changed: 2 })
  })
})

describe('cells of contacts', () => {
  it('go the same way', async () => {
    const [firm] = await firms(sales, 1)
    const a = await sales.contacts.create({ customerId: firm?.id ?? '', name: '王总', isPrimary: true })
    const b = await sales.contacts.create({ customerId: firm?.id ?? '', name: '李工' })
    const report = await sales.contacts.editCells({
      fields: ['title', 'phone', 'isPrimary', 'customerId'],
      rows: [
        { id: a.id, version: a.version, cells: ['总经理', '138 0512 6621', null, null] },
        { id: b.id, version: b.version, cells: ['工程师', '138', '是', '别家'] },
      ],
      news: [['x', null, null, null]],
    })
    expect(report).toMatchObject({ changed: 2, created: 0, notCreated: 1 })
    expect(named(report)).toEqual([
      [null, 'customerId', 'readOnly'],
      [1, 'phone', 'phone'],
      [2, null, 'noCreate'],
    ])
    expect(await sales.contacts.get({ id: a.id })).toMatchObject({ title: '总经理', phone: '+8613805126621', isPrimary: false })
    expect(await sales.contacts.get({ id: b.id })).toMatchObject({ title: '工程师', phone: null, isPrimary: true })
  })

  it('a row that its rules refuse leaves nothing behind: who was main stays main', async () => {
    await admin.fields.configure({ entity: 'contact', field: 'phone', version: 0, values: { unique: true } })
    const [firm] = await firms(sales, 1)
    const customerId = firm?.id ?? ''
    await sales.contacts.create({ customerId, name: '占号', phone: '13805120001' })
    const main = await sales.contacts.create({ customerId, name: '甲', isPrimary: true })
    const other = await sales.contacts.create({ customerId, name: '乙' })
    const report = await sales.contacts.editCells({
      fields: ['title', 'phone', 'isPrimary'],
      rows: [
        { id: other.id, version: other.version, cells: ['工程师', '13805120001', '是'] },
        { id: main.id, version: main.version, cells: ['经理', null, null] },
      ],
      news: [],
    })
    expect(report.changed).toBe(1)
    expect(named(report)).toEqual([[0, 'phone', 'uniqueTaken']])
    expect(await sales.contacts.get({ id: main.id })).toMatchObject({ title: '经理', isPrimary: true })
    expect(await sales.contacts.get({ id: other.id })).toMatchObject({ title: null, phone: null, isPrimary: false })
  })
})

it('a phone is one wherever it is written: what a paste refuses, form and cell refuse as well, and say where; what stood there stays', async () => {
  const refusal = async (call: Promise<unknown>) => (await failureOf(call)).data
  const [seen] = await firms(sales, 1)
  const { id } = seen ?? { id: '' }
  const where = (kind: string, field = 'phone') => ({ reason: 'notAPhone', detail: { field, kind } })
  expect(named(await sales.customers.editCells(block(['phone'], [seen as Seen], [['abc']])))).toEqual([[0, 'phone', 'phone']])
  expect(await refusal(sales.customers.create({ name: '电话是字母', phone: 'abc' }))).toMatchObject(where('phone'))
  expect(await refusal(sales.customers.edit({ id, version: 1, values: { phone2: '138****8000' } }))).toMatchObject(
    where('maskedPhone', 'phone2'),
  )
  expect(
    await refusal(sales.contacts.create({ customerId: id as never, name: '两个号', phone: '13805126621 13805126622' })),
  ).toMatchObject(where('severalPhones'))
  expect(await refusal(sales.leads.create({ name: '线索电话', phone: 'abc' }))).toMatchObject(where('phone'))
  await bySystem(office.running, ({ tx }) => tx.updateTable('customer').set({ phone: '没有电话' }).where('id', '=', id).execute())
  const { version, phone } = await get(id)
  expect((await sales.customers.edit({ id: id as never, version, values: { phone, phone2: '95588', level: 'B' } })).phone2).toBe(
    '95588',
  )
})
