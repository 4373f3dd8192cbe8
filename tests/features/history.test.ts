// History of records and of people over all three wires, by today's visibility and masked like the record.
import { runCommand } from '../../src-main/kernel/commands.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Client } from '../support/backend.ts'
import { failureOf, type Office, openOffice } from '../support/factories.ts'
import { connectOver, wires } from '../support/wires.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(async () => {
  expect(office.running.faults).toEqual([])
  await office.close()
})

describe.each(wires)('history over %s', (name) => {
  const connect = connectOver(name, () => office)
  let sales: Client
  let admin: Client
  beforeAll(async () => {
    sales = await connect(office.sales)
    admin = await connect(office.admin)
  })

  it('tells who did what, when, from where, newest first, page by page', async () => {
    const row = await sales.customers.create({ name: '有故事', level: 'C' })
    for (const [index, level] of (['A', 'B', 'C'] as const).entries())
      await sales.customers.edit({ id: row.id, version: index + 1, values: { level } })
    const first = await sales.history.ofRecord({ entity: 'customer', id: row.id, limit: 2 })
    expect(first.hasMore).toBe(true)
    expect(first.entries.map(({ changes }) => changes.map(({ before, after }) => [before, after]))).toEqual([
      [['B', 'C']],
      [['A', 'B']],
    ])
    const rest = await sales.history.ofRecord({ entity: 'customer', id: row.id, before: first.entries.at(-1)?.seq })
    expect(rest.entries.map(({ action, actorName, origin, entity }) => ({ action, actorName, origin, entity }))).toEqual(
      ['edited', 'created'].map((action) => ({ action, actorName: '王海峰', origin: 'http', entity: 'customer' })),
    )
    expect([rest.hasMore, ...rest.entries.map(({ at }) => at)].slice(1)).toEqual(
      rest.entries
        .map(({ at }) => at)
        .sort()
        .reverse(),
    )
  })

  it('tells who sees no follow-ups of none: only what they changed on the customer', async () => {
    const row = await sales.customers.create({ name: '有人跟进' })
    const written = await sales.followUps.create({ customerId: row.id, kind: 'call', text: '报价太高' })
    await sales.history.undo({ seq: (await sales.history.ofRecord({ entity: 'customer', id: row.id })).entries[0]?.seq ?? 0 })
    const { 'followUps.read': _, ...permissions } = office.admin.permissions
    const finance = await connect({ ...office.admin, permissions })
    const { entries } = await finance.history.ofRecord({ entity: 'customer', id: row.id })
    expect(entries).toHaveLength(3)
    expect(JSON.stringify(entries)).not.toMatch(/followUp|报价/i)
    expect(JSON.stringify(entries)).not.toContain(written.id)
    const [undo, change] = entries
    expect([change?.action, change?.entity, undo?.about?.action]).toEqual(['edited', 'customer', 'edited'])
    const seen = await admin.history.ofRecord({ entity: 'customer', id: row.id })
    expect(seen.entries[1]?.entity).toBe('followUp')
  })

  it('shows that a tag came and went', async () => {
    const row = await sales.customers.create({ name: '贴标签' })
    await sales.customers.edit({ id: row.id, version: 1, values: { addTags: ['历史标签'] } })
    await sales.customers.edit({ id: row.id, version: 1, values: { removeTags: ['历史标签'] } })
    const changes = async () =>
      (await sales.history.ofRecord({ entity: 'customer', id: row.id })).entries.map((entry) =>
        entry.changes.map(({ field, before, after }) => [field, before, after]),
      )
    expect(await changes()).toEqual([[['tags', '历史标签', null]], [['tags', null, '历史标签']], []])
    await sales.customers.edit({ id: row.id, version: 1, values: { level: 'A', addTags: ['重点', '常来'] } })
    await sales.customers.edit({ id: row.id, version: 2, values: { addTags: ['老客户'], removeTags: ['重点'] } })
    expect((await changes()).slice(0, 2)).toEqual([
      [['tags', '重点', '老客户']],
      [
        ['level', null, 'A'],
        ['tags', null, '重点 · 常来'],
      ],
    ])
  })

  it('undo and what was undone point at each other', async () => {
    const row = await sales.customers.create({ name: '指来指去' })
    await sales.customers.edit({ id: row.id, version: 1, values: { level: 'A' } })
    const [edit] = (await sales.history.ofRecord({ entity: 'customer', id: row.id })).entries
    const { seq } = await sales.history.undo({ seq: edit?.seq ?? 0 })
    const entries = (await sales.history.ofRecord({ entity: 'customer', id: row.id })).entries
    expect(entries[0]).toMatchObject({ seq, action: 'undone', undoesSeq: edit?.seq, undoable: true })
    expect(entries[1]).toMatchObject({ seq: edit?.seq, undoneBySeq: seq, undoable: false })
    const redo = await sales.history.undo({ seq: seq ?? 0 })
    const after = (await sales.history.ofRecord({ entity: 'customer', id: row.id })).entries
    expect(after[0]).toMatchObject({ seq: redo.seq, action: 'redone', undoesSeq: seq, undoable: true })
    // It stands again; what takes it back from here is the last turn.
    expect(after[2]).toMatchObject({ undoneBySeq: null, undoable: false })
  })

  it('taken back and done again, however often, every turn says what it is, and each step stands or does not', async () => {
    const row = await sales.customers.create({ name: '来来回回' })
    await sales.customers.edit({ id: row.id, version: 1, values: { level: 'A' } })
    const told = async () => (await sales.history.ofRecord({ entity: 'customer', id: row.id })).entries.toReversed().slice(1)
    const level = async () => (await sales.customers.get({ id: row.id })).level
    const edit = (await told())[0]?.seq ?? 0
    let turn: number | null = edit
    for (let n = 1; n <= 5; n++) {
      ;({ seq: turn } = await sales.history.undo({ seq: turn ?? 0 }))
      expect(await level()).toBe(n % 2 === 1 ? null : 'A')
      const entries = await told()
      expect(entries.map(({ action }) => action)).toEqual(
        ['edited', 'undone', 'redone', 'undone', 'redone', 'undone'].slice(0, n + 1),
      )
      // What has the same effect as the last turn stands; what the last turn reversed does not.
      expect(entries.map(({ undoneBySeq }) => undoneBySeq === null)).toEqual(entries.map((_, at) => (n - at) % 2 === 0))
      // And only from the last turn it goes on: the older ones have no way back of their own.
      expect(entries.map(({ undoable }) => undoable)).toEqual(entries.map((_, at) => at === n))
    }
    expect(await failureOf(sales.history.undo({ seq: edit }))).toMatchObject({ data: { reason: 'alreadyUndone' } })
    // By any of the turns that stand: the first undo is done again by the newest.
    await sales.history.undo({ seq: (await told())[1]?.seq ?? 0 })
    expect(await level()).toBe('A')
    await sales.history.undo({ seq: edit })
    expect(await level()).toBe(null)
    expect((await told()).map(({ undoable }) => undoable)).toEqual([...Array.from({ length: 7 }, () => false), true])
  })

  it('a batch is summed as a whole, whatever stands between its steps, and only for who may take it back', async () => {
    const ids = [(await sales.customers.create({ name: '成批甲' })).id, (await sales.customers.create({ name: '成批乙' })).id]
    const { batchId } = await sales.customers.editMany({ selection: { ids }, values: { level: 'A' } })
    await admin.customers.create({ name: '夹在中间' })
    const call = {
      procedure: 'customers.editMany',
      actor: office.sales,
      key: null,
      input: null,
      options: { batchId: batchId ?? '' },
    }
    await runCommand(office.running.backend, call, async ({ tx, record }) => {
      await tx.updateTable('customer').set({ level: 'B' }).where('id', 'in', ids).execute()
      record({ entity: 'customer', id: '', action: 'editedMany' })
    })
    const lines = (await sales.history.recent({ limit: 10 })).entries.filter((entry) => entry.batchId === batchId)
    const raw = office.running.backend.database.raw
    const rows = raw.prepare('select sum(row_count) from command where batch_id = ?').pluck().get(batchId) as number
    expect(lines).toMatchObject([{ steps: 2, rows }])
    expect(await sales.history.batch({ batchId: batchId ?? '' })).toEqual({ commands: 2, rows, records: 2 })
    expect(await admin.history.batch({ batchId: batchId ?? '' })).toEqual({ commands: 2, rows, records: 2 })
    const colleague = await connect(office.colleague)
    expect(await colleague.history.batch({ batchId: batchId ?? '' })).toEqual({ commands: 0, rows: 0, records: null })
    await sales.history.undoBatch({ batchId: batchId ?? '' })
    expect(await sales.history.batch({ batchId: batchId ?? '' })).toEqual({ commands: 0, rows: 0, records: null })
  })

  it('of several records the first by their names, as far as they are seen', async () => {
    const made: string[] = []
    for (const name of ['名一', '名二', '名三', '名四']) made.push((await sales.customers.create({ name })).id)
    await sales.customers.removeMany({ selection: { ids: made } })
    const [line] = (await sales.history.recent({ limit: 1 })).entries
    expect(line).toMatchObject({ action: 'deleted', recordId: null, firstNames: ['名一', '名二', '名三'] })
    expect(line?.facts.records).toBe(4)
    expect((await sales.history.recent({ limit: 2 })).entries[1]).toMatchObject({ recordName: '名四', firstNames: [] })
  })

  it('one’s own latest commands; everybody’s only with the right', async () => {
    const row = await sales.customers.create({ name: '最近的' })
    expect((await sales.history.recent({ limit: 1 })).entries[0]).toMatchObject({ recordId: row.id, recordName: '最近的' })
    expect((await admin.history.recent({ limit: 1 })).entries[0]?.recordId).not.toBe(row.id)
    expect((await admin.history.recent({ mine: false, limit: 1 })).entries[0]).toMatchObject({
      recordId: row.id,
      actorName: '王海峰',
    })
    expect(await failureOf(sales.history.recent({ mine: false }))).toEqual({
      code: 'FORBIDDEN',
      data: { needs: 'history.readAll' },
    })
  })

  it('of a record out of reach is not there; of a kind out of reach neither', async () => {
    const row = await sales.customers.create({ name: '看不到的历史' })
    const note = await sales.followUps.create({ customerId: row.id, text: '谈话' })
    const colleague = await connect(office.colleague)
    const finance = await connect(office.finance)
    expect(await failureOf(colleague.history.ofRecord({ entity: 'customer', id: row.id }))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await failureOf(finance.history.ofRecord({ entity: 'followUp', id: note.id }))).toMatchObject({ code: 'NOT_FOUND' })
    for (const entity of ['user', 'role', 'session', 'job', 'workspace', 'command'] as const)
      expect(await failureOf(sales.history.ofRecord({ entity, id: 'x' })), entity).toMatchObject({ code: 'FORBIDDEN' })
  })

  it('a masked field is masked in both values, one without a mask and a hidden one are not told', async () => {
    const row = await admin.customers.create({ name: '蒙上', phone: '13800001111', level: 'A', note: '旧' })
    await admin.customers.edit({
      id: row.id,
      version: 1,
      values: { phone: '13900002222', level: 'B', note: '新', ownerId: office.sales.employeeId },
    })
    const limited = await connect({
      ...office.admin,
      userId: `limited ${name}`,
      fieldRights: {
        'customer.phone': 'masked',
        'customer.level': 'masked',
        'customer.note': 'hidden',
        'customer.ownerId': 'masked',
      },
    })
    const [entry] = (await limited.history.ofRecord({ entity: 'customer', id: row.id })).entries
    expect(entry?.changes).toEqual([
      { field: 'phone', before: '138****1111', after: '139****2222', beforeLabel: null, afterLabel: null },
    ])
  })
})

it('an undo says of what stayed why, in records, and counts what failed by itself', async () => {
  const [sales, admin] = [office.as(office.sales), office.as(office.admin)]
  const { id, version } = await sales.customers.create({ name: '改了又给走' })
  const edited = await sales.customers.editMany({ selection: { ids: [id] }, values: { level: 'A' } })
  await admin.customers.edit({ id, version: version + 1, values: { ownerId: office.colleague.employeeId } })
  expect(await sales.history.undoBatch({ batchId: String(edited.batchId) })).toMatchObject({
    records: { entity: 'customer', reversed: 0, kept: 1, failed: 0, because: { noRight: 1 } },
  })
  const tag = await admin.tags.create({ name: '名字让人占了' })
  const { batchId } = await admin.tags.remove({ id: tag.id })
  await admin.tags.create({ name: '名字让人占了' })
  const back = await admin.history.undoBatch({ batchId: String(batchId) })
  expect(back).toMatchObject({ kept: 0, failed: 1, because: {} })
  expect(back.records).toEqual({ entity: 'tag', reversed: 0, kept: 0, failed: 1, because: {} })
})
