// Opportunities over all three wires: create, edit, move with what stages ask for, win, lose, reopen, bulk, bin, undo; who reaches them.
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
const raw = () => office.running.backend.database.raw
const TABLES = ['opportunity', 'opportunity_stage', 'stage', 'pipeline', 'lost_reason', 'customer']
const digest = () =>
  JSON.stringify(
    TABLES.map((table) =>
      (raw().prepare(`select * from ${table} order by id`).all() as Record<string, unknown>[]).map((row) =>
        Object.entries(row).filter(([column]) => column !== 'version' && column !== 'updated_at'),
      ),
    ),
  )

/** The reason of a refusal, or the code of any other failure. */
const noOf = (call: Promise<unknown>) => failureOf(call).then(({ code, data }) => (code === 'REFUSED' ? data['reason'] : code))

describe.each(wires)('opportunities over %s', (name) => {
  const connect = connectOver(name, () => office)
  let admin: Client
  let sales: Client
  let colleague: Client
  let viewer: Client
  beforeAll(async () => {
    admin = await connect(office.admin)
    sales = await connect(office.sales)
    colleague = await connect(office.colleague)
    viewer = await connect(office.viewer)
  })
  const stages = async () => {
    const [pipeline] = await sales.pipelines.list({})
    if (!pipeline) throw new Error('no pipeline')
    const named = (word: string) => {
      const stage = pipeline.stages.find((one) => one.name === word)
      if (!stage) throw new Error(`no stage ${word}`)
      return stage
    }
    return { pipeline, first: named('初步接洽'), quote: named('方案报价'), won: named('赢单'), lost: named('输单') }
  }
  const history = async (id: string) => (await sales.history.ofRecord({ entity: 'opportunity', id })).entries
  const undoLast = async (id: string) => sales.history.undo({ seq: (await history(id))[0]?.seq ?? 0 })

  it('begin in the first stage, with their customer, weighted by it, and one open time in their history', async () => {
    const customer = await sales.customers.create({ name: `商机的客户 ${name}` })
    const row = await sales.opportunities.create({ name: ' 二期 扩容 ', customerId: customer.id, amount: 12_345 })
    expect(row).toMatchObject({
      name: '二期 扩容',
      customerName: customer.name,
      stageName: '初步接洽',
      pipelineName: '销售流程',
      state: 'open',
      probability: 10,
      weighted: 1235,
      closedOn: null,
    })
    expect(row.ownerName).not.toBeNull()
    expect(await sales.opportunities.stages({ id: row.id })).toMatchObject([{ stageName: '初步接洽', leftAt: null }])
    expect((await sales.opportunities.ofCustomer({ customerId: customer.id })).map(({ id }) => id)).toEqual([row.id])
    expect((await sales.opportunities.get({ id: row.id })).may).toEqual({ edit: true, remove: true, transfer: false })
    expect((await sales.opportunities.list({ search: '二期' })).rows.map(({ id }) => id)).toContain(row.id)
    expect((await sales.opportunities.list({ search: 'erqikuorong' })).rows.map(({ id }) => id)).toContain(row.id)
  })

  it('move with a row of history, and an undo takes the whole move back', async () => {
    const { first, quote } = await stages()
    const row = await sales.opportunities.create({ name: `推进 ${name}` })
    const before = digest()
    const moved = await sales.opportunities.move({ id: row.id, version: 1, stageId: quote.id, values: { amount: 100 } })
    expect(moved).toMatchObject({ stageName: '方案报价', amount: 100, probability: 50, weighted: 50 })
    const times = await sales.opportunities.stages({ id: row.id })
    expect(times).toMatchObject([{ stageId: quote.id, leftAt: null }, { stageId: first.id }])
    expect(times[1]?.leftAt).toBe(times[0]?.enteredAt)
    expect((await history(row.id))[0]).toMatchObject({ action: 'moved' })
    expect((await history(row.id))[0]?.changes.map(({ field, afterLabel }) => [field, afterLabel])).toEqual(
      expect.arrayContaining([['stageId', '方案报价']]),
    )
    expect(await noOf(sales.opportunities.move({ id: row.id, version: moved.version, stageId: quote.id }))).toBe('sameStage')
    await undoLast(row.id)
    expect(digest()).toBe(before)
  })

  it('are asked what a stage asks for, and a loss for its reason; reopened they are open again', async () => {
    const { pipeline, quote, lost, won } = await stages()
    const saved = await admin.pipelines.edit({
      id: pipeline.id,
      version: pipeline.version,
      values: {
        name: pipeline.name,
        stages: pipeline.stages.map(({ id, name: word, probability, rotDays }) => ({
          id,
          name: word,
          probability,
          rotDays,
          required: id === quote.id ? ['amount', 'expectedOn'] : [],
        })),
      },
    })
    const row = await sales.opportunities.create({ name: `要填 ${name}`, amount: 5 })
    const asked = await noOf(sales.opportunities.move({ id: row.id, version: 1, stageId: quote.id }))
    expect(asked).toBe('fieldsMissing')
    const moved = await sales.opportunities.move({
      id: row.id,
      version: 1,
      stageId: quote.id,
      values: { expectedOn: '2027-01-31' },
    })
    expect(await noOf(sales.opportunities.move({ id: row.id, version: moved.version, stageId: lost.id }))).toBe('reasonMissing')
    const [reason] = await sales.pipelines.reasons({})
    const gone = await sales.opportunities.move({
      id: row.id,
      version: moved.version,
      stageId: lost.id,
      lost: { reasonId: reason?.id as never, note: '太贵' },
    })
    expect(gone).toMatchObject({ state: 'lost', lostReasonName: '价格', lostNote: '太贵', weighted: 0 })
    expect(gone.closedOn).toMatch(/^\d{4}-\d\d-\d\d$/)
    const back = await sales.opportunities.move({ id: row.id, version: gone.version, stageId: quote.id })
    expect(back).toMatchObject({ state: 'open', closedOn: null, closedAt: null, lostReasonId: null, lostNote: null })
    expect((await history(row.id))[0]).toMatchObject({ action: 'reopened' })
    expect(await sales.opportunities.move({ id: row.id, version: back.version, stageId: won.id })).toMatchObject({
      state: 'won',
      weighted: 5,
    })
    await admin.pipelines.edit({
      id: saved.id,
      version: saved.version,
      values: {
        name: saved.name,
        stages: saved.stages.map(({ id, name: word, probability, rotDays }) => ({
          id,
          name: word,
          probability,
          rotDays,
          required: [],
        })),
      },
    })
  })

  it('refuse strange contacts, strange owners, and a customer out of reach', async () => {
    const mine = await sales.customers.create({ name: `自己的 ${name}` })
    const theirs = await colleague.customers.create({ name: `别人的 ${name}` })
    const contact = await colleague.contacts.create({ customerId: theirs.id, name: '外人' })
    expect(await noOf(sales.opportunities.create({ name: 'x', customerId: theirs.id }))).toBe('NOT_FOUND')
    expect(await noOf(sales.opportunities.create({ name: 'x', customerId: mine.id, contactId: contact.id }))).toBe(
      'contactElsewhere',
    )
    expect(await noOf(sales.opportunities.create({ name: 'x', ownerId: '01JJJJJJJJJJJJJJJJJJJJJJJJ' }))).toBe('ownerUnknown')
    expect(await noOf(viewer.opportunities.create({ name: 'x' }))).toBe('FORBIDDEN')
    const row = await sales.opportunities.create({ name: `改版 ${name}`, customerId: mine.id })
    await sales.opportunities.edit({ id: row.id, version: 1, values: { amount: 7 } })
    expect(await noOf(sales.opportunities.edit({ id: row.id, version: 1, values: { amount: 8 } }))).toBe('STALE')
    const [seq] = [(await history(row.id)).length]
    await sales.opportunities.edit({ id: row.id, version: 2, values: { amount: 7 } })
    expect((await history(row.id)).length).toBe(seq)
  })

  it('are reached by their owner, by who has the customer, and by nobody else; the customer has no name for who does not see him', async () => {
    const customer = await sales.customers.create({ name: `合办 ${name}` })
    const row = await sales.opportunities.create({ name: `合办商机 ${name}`, customerId: customer.id })
    expect(await noOf(colleague.opportunities.get({ id: row.id }))).toBe('NOT_FOUND')
    await admin.opportunities.editMany({
      selection: { ids: [row.id] },
      values: { ownerId: office.colleague.employeeId },
    })
    expect(await colleague.opportunities.get({ id: row.id })).toMatchObject({ customerName: null, contactName: null })
    expect((await colleague.opportunities.list({ search: `合办商机 ${name}` })).rows).toMatchObject([{ customerName: null }])
    // Who has the customer still sees and edits what a colleague has under him.
    expect(await sales.opportunities.get({ id: row.id })).toMatchObject({ customerName: customer.name, may: { edit: true } })
    await sales.opportunities.edit({ id: row.id, version: 2, values: { nextStep: '约时间' } })
    // A condition on the customer must not tell of him either.
    const named = { field: 'name', operator: 'contains' as const, value: '合办' }
    const of = { combinator: 'and' as const, rules: [named] }
    const asked = { combinator: 'and' as const, rules: [{ field: 'related.customer', operator: 'notNull' as const, of }] }
    expect((await colleague.opportunities.list({ filter: asked })).rows).toEqual([])
    expect((await sales.opportunities.list({ filter: asked })).rows.map(({ id }) => id)).toContain(row.id)
  })

  it('reached through their customer come back by who gave them away or took them off him', async () => {
    const manager = await connect(office.manager)
    const customer = await sales.customers.create({ name: `经手 ${name}` })
    const row = await sales.opportunities.create({ name: `经手商机 ${name}`, customerId: customer.id })
    // Its owner is nobody's below her; that she may give it away comes from its customer alone.
    await admin.opportunities.editMany({ selection: { ids: [row.id] }, values: { ownerId: office.service.employeeId } })
    const before = digest()
    const given = await manager.opportunities.editMany({
      selection: { ids: [row.id] },
      values: { ownerId: office.admin.employeeId },
    })
    expect(given).toMatchObject({ changed: 1 })
    expect(await manager.history.undoBatch({ batchId: given.batchId ?? '' })).toMatchObject({ kept: 0 })
    expect(digest()).toBe(before)
    const { version } = await sales.opportunities.get({ id: row.id })
    await sales.opportunities.edit({ id: row.id, version, values: { customerId: null } })
    expect(await noOf(sales.opportunities.get({ id: row.id }))).toBe('NOT_FOUND')
    const seq = raw().prepare('select max(seq) from command').pluck().get() as number
    expect(await sales.history.undo({ seq })).toMatchObject({ kept: 0 })
    expect(digest()).toBe(before)
  })

  it('go into the recycle bin alone or with their customer, and come back; an undo too', async () => {
    const customer = await sales.customers.create({ name: `删掉 ${name}` })
    const one = await sales.opportunities.create({ name: `删一 ${name}`, customerId: customer.id })
    const two = await sales.opportunities.create({ name: `删二 ${name}` })
    const before = digest()
    const gone = await sales.opportunities.removeMany({ selection: { ids: [one.id, two.id] } })
    expect(gone).toMatchObject({ changed: 2, refused: 0 })
    const bin = await sales.recycleBin.list({ kind: 'opportunity' })
    expect(bin.rows.filter(({ id }) => id === one.id || id === two.id)).toHaveLength(2)
    expect(bin.rows.find(({ id }) => id === two.id)).toMatchObject({ customerId: null, mayRestore: true })
    await sales.recycleBin.restoreOpportunities({ selection: { ids: [one.id, two.id] } })
    expect(digest()).toBe(before)
    await sales.customers.removeMany({ selection: { ids: [customer.id] } })
    expect((await sales.opportunities.get({ id: one.id })).deletedAt).not.toBeNull()
    expect(await noOf(sales.opportunities.edit({ id: one.id, version: 9, values: { amount: 1 } }))).toBe('deleted')
    await sales.customers.restoreMany({ selection: { ids: [customer.id] } })
    expect(digest()).toBe(before)
  })

  it('many are moved and given away at once; what lacks something stays and is counted', async () => {
    const { quote, lost } = await stages()
    const rows = await Promise.all([1, 2, 3].map((n) => sales.opportunities.create({ name: `批量${n} ${name}` })))
    const selection = { ids: rows.map(({ id }) => id) }
    const before = digest()
    const moved = await sales.opportunities.moveMany({ selection, stageId: quote.id })
    expect(moved).toMatchObject({ changed: 3, refused: 0, unchanged: 0 })
    expect(await sales.opportunities.moveMany({ selection, stageId: quote.id })).toMatchObject({ changed: 0, unchanged: 3 })
    expect(await noOf(sales.opportunities.moveMany({ selection, stageId: lost.id }))).toBe('reasonMissing')
    await sales.history.undoBatch({ batchId: moved.batchId ?? '' })
    expect(digest()).toBe(before)
    const given = { selection, values: { ownerId: office.colleague.employeeId } }
    expect(await sales.opportunities.previewMany({ act: 'edit', ...given })).toMatchObject({ changed: 0, refused: 3 })
    expect(await sales.opportunities.editMany(given)).toMatchObject({ changed: 0, refused: 3 })
  })

  it('cells are pasted and made below the end of the list', async () => {
    const row = await sales.opportunities.create({ name: `格子 ${name}` })
    const report = await sales.opportunities.editCells({
      fields: ['amount', 'expectedOn', 'stageId'],
      rows: [{ id: row.id, version: 1, cells: ['1,234.50', '2027-02-03', '赢单'] }],
    })
    expect(report).toMatchObject({ changed: 1 })
    expect(report.problems).toMatchObject([{ field: 'stageId', code: 'readOnly' }])
    expect(await sales.opportunities.get({ id: row.id })).toMatchObject({
      amount: 123_450,
      expectedOn: '2027-02-03',
      state: 'open',
    })
  })

  it('follow their customer when he is merged, and come apart again with him', async () => {
    const [keep, drop] = await Promise.all([1, 2].map((n) => sales.customers.create({ name: `合并${n} ${name}` })))
    if (!keep || !drop) throw new Error('no customers')
    const row = await sales.opportunities.create({ name: `跟着走 ${name}`, customerId: drop.id })
    await sales.merges.merge({
      survivorId: keep.id,
      customers: [keep, drop].map(({ id, version }) => ({ id, version })),
      choices: [],
      joins: [],
    })
    expect((await sales.opportunities.get({ id: row.id })).customerId).toBe(keep.id)
    const [past] = await sales.merges.ofCustomer({ id: keep.id })
    await sales.merges.unmerge({ seq: past?.seq ?? 0 })
    expect((await sales.opportunities.get({ id: row.id })).customerId).toBe(drop.id)
  })
})

describe('pipelines', () => {
  const admin = () => connectOver('in process' as never, () => office)(office.admin)
  it('are changed as a whole; a stage with opportunities in it goes only when they go somewhere', async () => {
    const client = await admin()
    const line = (name: string) => ({ name, probability: 20, rotDays: null, required: [] })
    const made = await client.pipelines.create({ name: '渠道', stages: ['甲', '乙', '成', '败'].map(line) })
    expect(made.stages.map(({ name, kind, probability }) => [name, kind, probability])).toEqual([
      ['甲', 'open', 20],
      ['乙', 'open', 20],
      ['成', 'won', 100],
      ['败', 'lost', 0],
    ])
    expect(await noOf(client.pipelines.create({ name: '渠道', stages: made.stages.map(({ name }) => line(name)) }))).toBe(
      'nameTaken',
    )
    const [first, second, ...ends] = made.stages
    const row = await client.opportunities.create({ name: '渠道单', stageId: second?.id as never })
    const lines = [first, ...ends].flatMap((stage) => (stage ? [{ id: stage.id, ...line(stage.name) }] : []))
    const values = { name: '渠道', stages: lines }
    expect(await noOf(client.pipelines.edit({ id: made.id, version: made.version, values }))).toBe('stageUsed')
    const before = digest()
    const moveTo = [{ from: second?.id as never, to: first?.id as never }]
    await client.pipelines.edit({ id: made.id, version: made.version, values, moveTo })
    expect(await client.opportunities.get({ id: row.id })).toMatchObject({ stageName: '甲', state: 'open' })
    expect(await client.opportunities.stages({ id: row.id })).toHaveLength(2)
    expect(await noOf(client.pipelines.archive({ id: made.id, archived: true }))).toBe('pipelineUsed')
    const [entry] = (await client.history.recent({ limit: 1 })).entries
    await client.history.undo({ seq: entry?.seq ?? 0 })
    expect(digest()).toBe(before)
  })

  it('reasons that are put aside stay readable and come back under their name', async () => {
    const client = await admin()
    const reasons = await client.pipelines.reasons({})
    const rest = reasons.slice(1).map(({ id, name }) => ({ id, name }))
    const saved = await client.pipelines.saveReasons({ reasons: rest })
    expect(saved.at(-1)).toMatchObject({ name: '价格', archived: true })
    const again = await client.pipelines.saveReasons({ reasons: [{ name: '价格' }, ...rest] })
    expect(again[0]).toMatchObject({ id: reasons[0]?.id, archived: false })
  })
})
