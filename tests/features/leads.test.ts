// Leads over all three wires: given by rules, claimed, answered, made invalid, converted and taken back; who reaches them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Client } from '../support/backend.ts'
import { actorOf, failureOf, type Office, openOffice } from '../support/factories.ts'
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
const TABLES = [
  'lead',
  'lead_follow_up',
  'lead_move',
  'lead_pool',
  'lead_pool_member',
  'lead_rule',
  'lead_source',
  'lead_invalid_reason',
  'customer',
  'contact',
  'follow_up',
  'opportunity',
  'opportunity_stage',
]
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
const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id)

describe.each(wires)('leads over %s', (name) => {
  const connect = connectOver(name, () => office)
  let admin: Client
  let sales: Client
  let colleague: Client
  let viewer: Client
  let me: { sales: string; colleague: string }
  beforeAll(async () => {
    admin = await connect(office.admin)
    sales = await connect(office.sales)
    colleague = await connect(office.colleague)
    viewer = await connect(office.viewer)
    const of = async (client: Client) => (await client.session.me({})).employeeId ?? ''
    me = { sales: await of(sales), colleague: await of(colleague) }
  })
  const sourceOf = async (word: string) => {
    const found = (await admin.leadSettings.words({ list: 'source' })).find((one) => one.name === word)
    if (!found) throw new Error(`no source ${word}`)
    return found.id as never
  }
  const reason = async () => (await admin.leadSettings.words({ list: 'reason' }))[0]?.id as never
  const history = async (client: Client, id: string) => (await client.history.ofRecord({ entity: 'lead', id })).entries
  const undoLast = async (client: Client, id: string) => client.history.undo({ seq: (await history(client, id))[0]?.seq ?? 0 })
  /** Whoever joins a pool sees it from his next call on; the wires of a test keep the actor they were opened with. */
  const joined = async () => {
    sales = await connect(actorOf(office.running, office.sales.userId))
  }
  const dropRules = async () => {
    for (const { id } of await admin.leadSettings.rules({})) await admin.leadSettings.removeRule({ id })
  }

  it('of a salesman are his own; answered, the time from their arrival to the first follow-up stands', async () => {
    const arrivedAt = new Date(Date.parse(office.running.backend.now()) - 3_600_000).toISOString()
    const row = await sales.leads.create({ name: ` 王 强 ${name}`, company: '越纺', phone: '138 0512 6621', arrivedAt })
    expect(row).toMatchObject({
      name: `王 强 ${name}`,
      phone: '+8613805126621',
      status: 'new',
      ownerId: me.sales,
      responseSeconds: null,
    })
    const before = digest()
    const happenedAt = new Date(Date.parse(arrivedAt) + 1_500_000).toISOString()
    const said = await sales.leads.followUp({ leadId: row.id, kind: 'call', text: '要样品', happenedAt })
    expect(said).toMatchObject({ status: 'contacted', firstFollowUpAt: happenedAt, responseSeconds: 1500 })
    expect(await sales.leads.followUps({ id: row.id })).toMatchObject([{ text: '要样品', authorId: me.sales }])
    await undoLast(sales, row.id)
    expect(digest()).toBe(before)
    expect(await noOf(colleague.leads.get({ id: row.id }))).toBe('NOT_FOUND')
    expect(await noOf(colleague.leads.followUp({ leadId: row.id, text: '抢' }))).toBe('NOT_FOUND')
    expect((await sales.leads.list({ search: 'wangqiang' })).rows.map(({ id }) => id)).toContain(row.id)
    expect((await sales.search.records({ text: '05126621' })).hits.map(({ id }) => id)).toContain(row.id)
    expect((await colleague.search.records({ text: '05126621' })).hits.map(({ id }) => id)).not.toContain(row.id)
    const seen = await admin.leads.get({ id: row.id })
    expect(seen.may).toEqual({ edit: true, remove: true, transfer: true, claim: false, assign: false })
    expect((await viewer.leads.list({ limit: 200 })).rows.filter(({ phone }) => phone?.includes('0512'))).toEqual([])
  })

  it('that nobody owns are given by the first rule that is for them, in turn, and say by which', async () => {
    await dropRules()
    const members = [me.sales, me.colleague].map((employeeId) => ({ employeeId, regions: [] }))
    const rule = await admin.leadSettings.createRule({
      name: `展会轮流 ${name}`,
      enabled: true,
      sources: [await sourceOf('展会')],
      places: [],
      method: 'roundRobin',
      members,
      hours: null,
      poolId: null,
    })
    const entered = async () => admin.leads.create({ name: `展会来的 ${name}`, sourceId: await sourceOf('展会') })
    const first = await entered()
    const second = await entered()
    const third = await entered()
    expect([first, second, third].map(({ ownerId }) => ownerId)).toEqual([me.sales, me.colleague, me.sales])
    expect(await admin.leads.moves({ id: first.id })).toMatchObject([{ kind: 'rule', ruleName: rule.name }])
    const elsewhere = await admin.leads.create({ name: `别处来的 ${name}` })
    expect(elsewhere).toMatchObject({ ownerId: null, poolId: null })
    expect(await noOf(sales.leads.get({ id: elsewhere.id }))).toBe('NOT_FOUND')
    // Taken back, a turn has never been.
    await undoLast(admin, third.id)
    expect((await entered()).ownerId).toBe(me.sales)
    expect((await admin.leadSettings.rules({}))[0]).toMatchObject({ given: 3 })
    await dropRules()
  })

  it('wait for the hours of their rule, and are given by the run that comes after', async () => {
    await dropRules()
    const hours = { weekdays: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '00:01' }
    const rule = await admin.leadSettings.createRule({
      name: `夜里不分 ${name}`,
      enabled: true,
      sources: [],
      places: ['浙江'],
      method: 'byLoad',
      members: [{ employeeId: me.colleague, regions: [] }],
      hours,
      poolId: null,
    })
    const waiting = await admin.leads.create({ name: `夜里来的 ${name}`, province: '浙江省' })
    expect(waiting.ownerId).toBeNull()
    expect(await admin.leads.moves({ id: waiting.id })).toMatchObject([{ kind: 'wait', ruleName: rule.name }])
    expect(await admin.leads.giveNow({})).toMatchObject({ given: 0 })
    const { id, version } = rule
    await admin.leadSettings.editRule({
      id,
      version,
      values: {
        name: rule.name,
        enabled: true,
        sources: [],
        places: ['浙江'],
        method: 'byLoad',
        members: [{ employeeId: me.colleague, regions: [] }],
        hours: null,
        poolId: null,
      },
    })
    const before = digest()
    const { given, batchId } = await admin.leads.giveNow({})
    expect(given).toBeGreaterThan(0)
    expect((await colleague.leads.get({ id: waiting.id })).ownerId).toBe(me.colleague)
    await admin.history.undoBatch({ batchId: batchId ?? '' })
    expect(digest()).toBe(before)
    await dropRules()
  })

  it('of a pool are seen and claimed by its members alone, up to its cap, and go back to it', async () => {
    const pool = await admin.leadSettings.createPool({ name: `华东池 ${name}`, cap: null, recycleDays: 3, memberIds: [me.sales] })
    await joined()
    const row = await admin.leads.create({ name: `池里的 ${name}`, poolId: pool.id })
    expect(idsOf((await sales.leads.list({ limit: 200 })).rows)).toContain(row.id)
    expect(idsOf((await colleague.leads.list({ limit: 200 })).rows)).not.toContain(row.id)
    expect(await noOf(sales.leads.followUp({ leadId: row.id, text: '先打电话' }))).toBe('FORBIDDEN')
    expect((await sales.leads.get({ id: row.id })).may).toMatchObject({ claim: true, edit: false })
    const before = digest()
    expect(await noOf(colleague.leads.claim({ ids: [row.id] }))).toBe('notFree')
    expect(await sales.leads.claim({ ids: [row.id] })).toEqual({ claimed: 1, refused: 0 })
    expect((await sales.leads.get({ id: row.id })).ownerId).toBe(me.sales)
    await undoLast(sales, row.id)
    expect(digest()).toBe(before)
    const full = await admin.leadSettings.editPool({
      id: pool.id,
      version: pool.version,
      values: { name: pool.name, cap: 1, recycleDays: 3, memberIds: [me.sales] },
    })
    expect(full.cap).toBe(1)
    expect(await noOf(sales.leads.claim({ ids: [row.id] }))).toBe('poolCap')
    const assigned = await admin.leads.assign({ selection: { ids: [row.id] }, ownerId: me.colleague })
    expect(assigned).toMatchObject({ changed: 1, refused: 0 })
    const released = await colleague.leads.release({ selection: { ids: [row.id] }, poolId: pool.id })
    expect(released.changed).toBe(1)
    expect((await admin.leads.moves({ id: row.id })).map(({ kind }) => kind)).toEqual(['release', 'assign'])
    await colleague.history.undoBatch({ batchId: released.batchId ?? '' })
    expect((await colleague.leads.get({ id: row.id })).ownerId).toBe(me.colleague)
    expect(await noOf(admin.leadSettings.archivePool({ id: pool.id, archived: false }))).toBe('notArchived')
  })

  it('that their owner is silent about go back to their pool, as one batch that can be taken back', async () => {
    const pool = await admin.leadSettings.createPool({ name: `回收池 ${name}`, cap: null, recycleDays: 3, memberIds: [me.sales] })
    await joined()
    const row = await admin.leads.create({ name: `没人理的 ${name}`, poolId: pool.id })
    const kept = await admin.leads.create({ name: `有人理的 ${name}`, poolId: pool.id })
    await sales.leads.claim({ ids: [row.id, kept.id] })
    office.running.clock.move(2 * 86_400_000)
    await sales.leads.followUp({ leadId: kept.id, text: '约了下周' })
    office.running.clock.move(2 * 86_400_000)
    const before = digest()
    const { recycled, batchId } = await admin.leads.recycle({})
    expect(recycled).toBeGreaterThan(0)
    expect(await admin.leads.get({ id: row.id })).toMatchObject({ ownerId: null, poolId: pool.id })
    expect((await admin.leads.get({ id: kept.id })).ownerId).toBe(me.sales)
    await admin.history.undoBatch({ batchId: batchId ?? '' })
    expect(digest()).toBe(before)
  })

  it('are told of while one writes: customers and leads, masked to whom they are not shown', async () => {
    const phone = `139${String(10_000_000 + name.length * 7919).slice(0, 8)}`
    await colleague.customers.create({ name: `嘉兴织造厂 ${name}`, phone })
    await colleague.leads.create({ name: `嘉兴来电 ${name}`, phone })
    const found = await sales.leads.lookalikes({ name: '新来的', phone })
    expect(found.map(({ kind, visible, id }) => [kind, visible, id])).toEqual([
      ['customer', false, null],
      ['lead', false, null],
    ])
    expect(found.every(({ name: shown }) => shown.endsWith('***'))).toBe(true)
    const open = await admin.leads.lookalikes({ name: '新来的', phone })
    expect(open.map(({ kind, name: shown }) => [kind, shown])).toEqual([
      ['customer', `嘉兴织造厂 ${name}`],
      ['lead', `嘉兴来电 ${name}`],
    ])
  })

  it('become a customer with a contact and a chance in one step, with all that was said, and one undo takes it back', async () => {
    const row = await sales.leads.create({
      name: '李工',
      company: `绍兴印染 ${name}`,
      phone: '13700001234',
      wechat: 'ligong',
      sourceId: await sourceOf('展会'),
    })
    const said = await sales.leads.followUp({ leadId: row.id, kind: 'wechat', text: '发了样本' })
    const before = digest()
    const converted = await sales.leads.convert({
      id: row.id,
      version: said.version,
      customer: {
        name: `绍兴印染 ${name}`,
        phone: row.phone,
        email: null,
        industry: null,
        source: null,
        province: null,
        city: null,
        district: null,
        address: null,
        note: null,
      },
      contact: { name: '李工', title: null, phone: row.phone, wechat: 'ligong', email: null },
      opportunity: { name: '首单', amount: 500_000, expectedOn: null },
    })
    expect(converted).toMatchObject({ status: 'converted', became: { contact: { name: '李工' }, opportunity: { name: '首单' } } })
    const customerId = converted.became?.customer?.id as never
    expect(await sales.customers.get({ id: customerId })).toMatchObject({ name: `绍兴印染 ${name}`, status: 'active' })
    const chance = await sales.opportunities.get({ id: converted.became?.opportunity?.id as never })
    expect(chance).toMatchObject({ source: '展会' })
    const { rows } = await sales.followUps.ofCustomer({ customerId })
    expect(rows).toMatchObject([{ text: '发了样本', kind: 'wechat', happenedAt: said.firstFollowUpAt, authorId: me.sales }])
    expect(await noOf(sales.leads.edit({ id: row.id, version: converted.version, values: { note: '再改' } }))).toBe('converted')
    const undone = await undoLast(sales, row.id)
    expect(undone).toMatchObject({ kept: 0, failed: 0, details: [] })
    expect(digest()).toBe(before)
    // And once more, to the customer who is there by now.
    const there = await sales.customers.create({ name: `绍兴印染总厂 ${name}` })
    const { version } = await sales.leads.get({ id: row.id })
    const again = await sales.leads.convert({ id: row.id, version, customer: { id: there.id }, contact: null, opportunity: null })
    expect(again.became).toMatchObject({ customer: { id: there.id }, contact: null, opportunity: null })
    expect((await colleague.leads.list({ limit: 200 })).rows.map(({ id }) => id)).not.toContain(row.id)
  })

  it('are invalid for a reason, and valid again; gone into the bin they come back', async () => {
    const row = await sales.leads.create({ name: `空号 ${name}` })
    const before = digest()
    const invalid = await sales.leads.invalidate({ id: row.id, version: row.version, reasonId: await reason(), note: '打不通' })
    expect(invalid).toMatchObject({ status: 'invalid', invalidReasonName: '空号或错号', invalidNote: '打不通' })
    expect((await history(sales, row.id))[0]).toMatchObject({ action: 'invalidated' })
    expect(await noOf(sales.leads.invalidate({ id: row.id, version: invalid.version, reasonId: await reason() }))).toBe(
      'alreadyInvalid',
    )
    await sales.leads.setStatus({ id: row.id, version: invalid.version, status: 'new' })
    expect(digest()).toBe(before)
    const { batchId } = await sales.leads.removeMany({ selection: { ids: [row.id] } })
    expect((await sales.recycleBin.list({ kind: 'lead' })).rows.map(({ id }) => id)).toContain(row.id)
    await sales.recycleBin.restoreLeads({ selection: { ids: [row.id] } })
    expect(digest()).toBe(before)
    expect(batchId).not.toBeNull()
    expect((await sales.leads.removeMany({ selection: { ids: [row.id] } })).changed).toBe(1)
    const purged = await admin.recycleBin.purge({ kind: 'lead', selection: { ids: [row.id] }, confirmCount: 1 })
    expect(purged.changed).toBe(1)
    expect(raw().prepare('select count(*) from lead where id = ?').pluck().get(row.id)).toBe(0)
  })

  it('change in bulk and in cells, each row by right', async () => {
    const mine = await sales.leads.create({ name: `我的一条 ${name}` })
    const his = await colleague.leads.create({ name: `别人的一条 ${name}` })
    const ids = [mine.id, his.id]
    const edited = await sales.leads.editMany({ selection: { ids }, values: { campaign: '双十一' } })
    expect(edited).toMatchObject({ changed: 1, refused: 1 })
    expect(await admin.leads.editMany({ selection: { ids }, values: { ownerId: me.colleague } })).toMatchObject({
      changed: 1,
      unchanged: 1,
    })
    const { version } = await colleague.leads.get({ id: mine.id })
    const cells = await colleague.leads.editCells({
      fields: ['company', 'phone'],
      rows: [{ id: mine.id, version, cells: ['海宁经编', '0573 8888 1234'] }],
      news: [['新来的公司', '13912345678']],
    })
    expect(cells).toMatchObject({ changed: 1, notCreated: 1 })
    expect(await colleague.leads.get({ id: mine.id })).toMatchObject({ company: '海宁经编', campaign: '双十一' })
    expect(await noOf(viewer.leads.create({ name: '不许' }))).toBe('FORBIDDEN')
    expect(await noOf(sales.leads.assign({ selection: { ids }, ownerId: me.sales }))).toBe('FORBIDDEN')
  })
})
