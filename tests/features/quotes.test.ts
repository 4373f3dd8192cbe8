// Quotes over all three wires: lines and totals, versions, approval before sending, answers, bin, undo, who sees costs.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Client } from '../support/backend.ts'
import { actorOf, addPerson, failureOf, type Office, openOffice } from '../support/factories.ts'
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
const TABLES = ['quote', 'quote_line', 'approval', 'approval_decision', 'approval_flow', 'approval_step', 'document_template']
const digest = () =>
  JSON.stringify(
    TABLES.map((table) =>
      (raw().prepare(`select * from ${table} order by id`).all() as Record<string, unknown>[]).map((row) =>
        Object.entries(row).filter(([column]) => column !== 'version' && column !== 'updated_at'),
      ),
    ),
  )
const noOf = (call: Promise<unknown>) => failureOf(call).then(({ code, data }) => (code === 'REFUSED' ? data['reason'] : code))
const lastSeq = () => raw().prepare('select max(seq) from command').pluck().get() as number
const line = (more: Record<string, unknown> = {}) =>
  ({
    productId: null,
    name: '安装服务',
    spec: null,
    unit: '次',
    quantity: '1',
    priceFen: 100_00,
    discount: '0',
    taxRate: null,
    note: null,
    ...more,
  }) as never

describe.each(wires)('quotes over %s', (name) => {
  const connect = connectOver(name, () => office)
  let admin: Client
  let manager: Client
  let sales: Client
  let colleague: Client
  let viewer: Client
  beforeAll(async () => {
    admin = await connect(office.admin)
    manager = await connect(office.manager)
    sales = await connect(office.sales)
    colleague = await connect(office.colleague)
    viewer = await connect(office.viewer)
    await admin.people.editEmployee(await under(office.sales.employeeId ?? '', office.manager.employeeId ?? ''))
  })
  const under = async (employeeId: string, managerId: string) => {
    const row = (await admin.people.employees({ includeLeft: true })).find(({ id }) => id === employeeId)
    return { id: employeeId as never, version: row?.version ?? 0, values: { managerId: managerId as never } }
  }
  let made = 0
  const aProduct = async (priceFen: number, costFen: number) => {
    const product = await admin.products.create({ name: `泵 ${name} ${++made}`, unit: '台', priceFen, taxRate: '13' })
    await admin.products.addCost({ productId: product.id, costFen, validFrom: '2026-01-01' })
    return product
  }
  const aQuote = async (...lines: never[]) => {
    const customer = await sales.customers.create({ name: `报价的客户 ${name} ${++made}` })
    return sales.quotes.create({ customerId: customer.id, lines })
  }
  const of = (product: { id: string; name: string }, more: Record<string, unknown> = {}) =>
    line({ productId: product.id, name: product.name, unit: '台', quantity: '2', priceFen: 1000_00, taxRate: '13', ...more })

  it('come from a customer or an opportunity, numbered, valid for thirty days, with exact totals', async () => {
    const product = await aProduct(1000_00, 600_00)
    const customer = await sales.customers.create({ name: `总额的客户 ${name}` })
    const deal = await sales.opportunities.create({ name: `年度供货 ${name}`, customerId: customer.id })
    const row = await sales.quotes.create({
      opportunityId: deal.id,
      lines: [of(product), line({ discount: '10' })],
      discountFen: 90_00,
    })
    expect(row).toMatchObject({
      name: deal.name,
      customerName: customer.name,
      opportunityId: deal.id,
      status: 'draft',
      versionNo: 1,
      superseded: false,
      linesFen: 2090_00,
      discountFen: 90_00,
      totalFen: 2000_00,
      listFen: 2100_00,
    })
    expect(row.number).toMatch(/^BJ-\d{6}-\d{4}$/)
    expect(row.ownerName).not.toBeNull()
    expect(Date.parse(row.validUntil ?? '') - Date.parse(row.quotedOn ?? '')).toBe(30 * 86_400_000)
    const content = await sales.quotes.content({ id: row.id })
    expect(content.lines.map(({ amountFen, listPriceFen }) => [amountFen, listPriceFen])).toEqual([
      [2000_00, 1000_00],
      [90_00, null],
    ])
    expect((await sales.quotes.ofOpportunity({ opportunityId: deal.id })).map(({ id }) => id)).toEqual([row.id])
    expect((await sales.quotes.ofCustomer({ customerId: customer.id })).map(({ id }) => id)).toEqual([row.id])
    expect((await sales.quotes.get({ id: row.id })).may).toEqual({ edit: true, remove: true, transfer: false })
    expect((await sales.quotes.list({ search: deal.name })).rows.map(({ id }) => id)).toEqual([row.id])
  })

  it('show what things cost only to who may see it', async () => {
    const product = await aProduct(1000_00, 600_00)
    const row = await aQuote(of(product))
    const seen = await sales.quotes.content({ id: row.id })
    expect([seen.mayCost, seen.costFen, seen.lines[0]?.costFen]).toEqual([false, null, null])
    const known = await admin.quotes.content({ id: row.id })
    expect([known.mayCost, known.costFen, known.lines[0]?.costFen]).toEqual([true, 1200_00, 600_00])
  })

  it('take the price of the list for the customer and say why', async () => {
    const product = await aProduct(1000_00, 600_00)
    const list = await admin.products.createPriceList({
      name: `A 级价 ${name}`,
      level: 'A',
      validFrom: '2026-01-01',
      validTo: null,
      enabled: true,
    })
    await admin.products.setPrices({ id: list.id, prices: [{ productId: product.id, priceFen: 880_00 }] })
    const customer = await sales.customers.create({ name: `A 级客户 ${name}`, level: 'A' })
    const [offer] = await sales.quotes.offers({ search: product.name, customerId: customer.id, on: '2026-11-23' })
    expect(offer).toMatchObject({
      productId: product.id,
      priceFen: 880_00,
      taxRate: '13',
      because: { key: 'levelList', list: `A 级价 ${name}` },
    })
    const row = await sales.quotes.create({ customerId: customer.id, lines: [of(product, { priceFen: 880_00 })] })
    expect(row).toMatchObject({ listFen: 1760_00, discountRate: 0 })
    const { userId } = await addPerson(office.running, {
      name: '不看价',
      roles: [{ permissions: { 'products.read': 'all' }, fieldRights: { 'product.priceFen': 'hidden' } }],
    })
    const blind = office.as(actorOf(office.running, userId))
    const [bare] = await blind.quotes.offers({ search: product.name, customerId: null, on: '2026-11-23' })
    expect(bare).toMatchObject({ productId: product.id, priceFen: null })
  })

  it('have all their lines set at once, and an undo brings the old ones back', async () => {
    const product = await aProduct(1000_00, 600_00)
    const row = await aQuote(of(product), line())
    const before = digest()
    const set = await sales.quotes.setLines({
      id: row.id,
      version: row.version,
      lines: [line({ quantity: '2.5' }), of(product), line()],
      discountFen: 50_00,
    })
    expect(set).toMatchObject({ linesFen: 2350_00, totalFen: 2300_00 })
    const same = await sales.quotes.setLines({
      id: row.id,
      version: set.version,
      lines: [line({ quantity: '2.5' }), of(product), line()],
    })
    expect(same.version).toBe(set.version)
    expect(await noOf(sales.quotes.setLines({ id: row.id, version: row.version, lines: [] }))).toBe('STALE')
    const [entry] = (await sales.history.ofRecord({ entity: 'quote', id: row.id })).entries
    expect(entry).toMatchObject({ action: 'linesSet' })
    await sales.history.undo({ seq: entry?.seq ?? 0 })
    expect(digest()).toBe(before)
    const gone = of({ id: '01JJJJJJJJJJJJJJJJJJJJJJJJ', name: '没有的' })
    const { version } = await sales.quotes.get({ id: row.id })
    expect(await noOf(sales.quotes.setLines({ id: row.id, version, lines: [gone] }))).toBe('productGone')
    expect(await noOf(sales.quotes.setLines({ id: row.id, version, lines: [line()], discountFen: 100_01 }))).toBe(
      'discountAboveLines',
    )
    expect(await noOf(sales.quotes.setLines({ id: row.id, version, lines: [line({ quantity: '0' })] }))).toBe('BAD_REQUEST')
    expect(digest()).toBe(before)
  })

  it('are sent without asking at list price, and change no more; another offer is another version', async () => {
    const product = await aProduct(1000_00, 600_00)
    const row = await aQuote(of(product))
    expect((await sales.quotes.content({ id: row.id })).need).toBeNull()
    expect(await noOf(sales.quotes.submit({ id: row.id, version: row.version }))).toBe('approvalNotNeeded')
    const sent = await sales.quotes.send({ id: row.id, version: row.version })
    expect(sent.status).toBe('sent')
    expect(await noOf(sales.quotes.setLines({ id: row.id, version: sent.version, lines: [] }))).toBe('notDraft')
    expect(await noOf(sales.quotes.edit({ id: row.id, version: sent.version, values: { validUntil: null } }))).toBe('notDraft')
    const noted = await sales.quotes.edit({ id: row.id, version: sent.version, values: { note: '客户在比价' } })
    const before = digest()
    const next = await sales.quotes.newVersion({ id: row.id, version: noted.version })
    expect(next).toMatchObject({
      status: 'draft',
      versionNo: 2,
      number: `${row.number}-V2`,
      totalFen: row.totalFen,
      note: '客户在比价',
    })
    expect((await sales.quotes.versions({ id: row.id })).map(({ versionNo, superseded }) => [versionNo, superseded])).toEqual([
      [2, false],
      [1, true],
    ])
    const old = await sales.quotes.get({ id: row.id })
    expect(await noOf(sales.quotes.accept({ id: row.id, version: old.version }))).toBe('superseded')
    expect((await sales.quotes.ofCustomer({ customerId: row.customerId as never })).map(({ id }) => id)).toEqual([next.id])
    await sales.history.undo({ seq: lastSeq() })
    expect(digest()).toBe(before)
    const accepted = await sales.quotes.accept({ id: row.id, version: (await sales.quotes.get({ id: row.id })).version })
    expect(accepted.status).toBe('accepted')
    expect(await noOf(sales.quotes.newVersion({ id: row.id, version: accepted.version }))).toBe('alreadyAccepted')
  })

  it('past their last day are expired: neither sent nor accepted, but declined', async () => {
    const row = await aQuote(line())
    const over = await sales.quotes.edit({
      id: row.id,
      version: row.version,
      values: { quotedOn: '2026-01-01', validUntil: '2026-01-31' },
    })
    expect(await noOf(sales.quotes.send({ id: row.id, version: over.version }))).toBe('expired')
    expect(await noOf(sales.quotes.edit({ id: row.id, version: over.version, values: { validUntil: '2025-12-31' } }))).toBe(
      'endsBeforeItBegins',
    )
    const again = await sales.quotes.edit({ id: row.id, version: over.version, values: { validUntil: '2099-01-01' } })
    const sent = await sales.quotes.send({ id: row.id, version: again.version })
    const declined = await sales.quotes.reject({ id: row.id, version: sent.version, reason: '太贵' })
    expect(declined).toMatchObject({ status: 'rejected', reason: '太贵' })
  })

  it('below the bound need approval: asked by the manager, sent when he agrees, every step taken back to the digest', async () => {
    const product = await aProduct(1000_00, 600_00)
    const row = await aQuote(of(product, { discount: '15' }))
    const { need } = await sales.quotes.content({ id: row.id })
    expect(need).toEqual({ flowName: '报价折扣审批', conditions: [{ kind: 'discountAtLeast', percent: '10' }] })
    expect(await noOf(sales.quotes.send({ id: row.id, version: row.version }))).toBe('approvalNeeded')
    const digests = [digest()]
    const pending = await sales.quotes.submit({ id: row.id, version: row.version, note: '老客户' })
    expect(pending.status).toBe('pending')
    expect(await noOf(sales.quotes.setLines({ id: row.id, version: pending.version, lines: [] }))).toBe('pendingApproval')
    const [asked] = (await manager.approvals.list({ which: 'mine' })).rows.filter(({ subjectId }) => subjectId === row.id)
    expect(asked).toMatchObject({
      status: 'pending',
      opens: true,
      note: '老客户',
      summary: { discountBp: 1500, belowCost: false },
    })
    digests.push(digest())
    const done = await manager.approvals.approve({ id: asked?.id as never, version: asked?.version ?? 0, note: '同意' })
    expect(done).toMatchObject({ status: 'approved', history: [{ decision: 'approved', approverName: '孙悦', note: '同意' }] })
    digests.push(digest())
    const approved = await sales.quotes.get({ id: row.id })
    expect(approved.status).toBe('approved')
    await sales.quotes.send({ id: row.id, version: approved.version })
    // What was agreed to is not changed behind it by taking back what came before.
    const [, , submitted] = (await sales.history.ofRecord({ entity: 'quote', id: row.id })).entries
    expect(submitted?.action).toBe('submitted')
    expect(await noOf(sales.history.undo({ seq: submitted?.seq ?? 0 }))).toBe('decidedSince')
    await sales.history.undo({ seq: lastSeq() })
    expect(digest()).toBe(digests[2])
    const decided = raw().prepare("select max(seq) from command where procedure = 'approvals.approve'").pluck().get() as number
    expect(await noOf(sales.history.undo({ seq: decided }))).toBe('notYours')
    await manager.history.undo({ seq: decided })
    expect(digest()).toBe(digests[1])
    await sales.history.undo({ seq: submitted?.seq ?? 0 })
    expect(digest()).toBe(digests[0])
  })

  it('below cost need approval whatever the discount; a rejection makes them drafts again', async () => {
    const product = await aProduct(1000_00, 980_00)
    const row = await aQuote(of(product, { discount: '5' }))
    expect((await sales.quotes.content({ id: row.id })).need?.conditions).toEqual([{ kind: 'belowCost' }])
    await sales.quotes.submit({ id: row.id, version: row.version })
    const [asked] = (await manager.approvals.list({ which: 'mine' })).rows.filter(({ subjectId }) => subjectId === row.id)
    const which = { id: asked?.id as never, version: asked?.version ?? 0 }
    expect(await noOf(manager.approvals.reject({ ...which, note: ' ' }))).toBe('noteMissing')
    await manager.approvals.reject({ ...which, note: '不能亏本' })
    expect(await sales.quotes.get({ id: row.id })).toMatchObject({ status: 'draft' })
    const [told] = await sales.approvals.ofRecord({ subject: 'quote', id: row.id })
    expect(told).toMatchObject({ status: 'rejected', history: [{ note: '不能亏本' }] })
  })

  it('an edit is not taken back under what was approved since', async () => {
    const product = await aProduct(1000_00, 600_00)
    const row = await aQuote(of(product))
    const cheaper = await sales.quotes.setLines({ id: row.id, version: row.version, lines: [of(product, { discount: '20' })] })
    const edit = lastSeq()
    const pending = await sales.quotes.submit({ id: row.id, version: cheaper.version })
    expect(pending.status).toBe('pending')
    const before = digest()
    expect(await noOf(sales.history.undo({ seq: edit }))).toBe('quoteSettled')
    expect(digest()).toBe(before)
  })

  it('are reached by their owner, through the customer, and by nobody else', async () => {
    const row = await aQuote(line())
    expect(await noOf(colleague.quotes.get({ id: row.id }))).toBe('NOT_FOUND')
    expect((await viewer.quotes.get({ id: row.id })).may).toEqual({ edit: false, remove: false, transfer: false })
    expect(await noOf(viewer.quotes.create({ name: '不行' }))).toBe('FORBIDDEN')
    expect(await noOf(colleague.quotes.send({ id: row.id, version: row.version }))).toBe('NOT_FOUND')
    expect(
      await noOf(sales.quotes.transferMany({ selection: { ids: [row.id] }, ownerId: office.colleague.employeeId ?? '' })),
    ).toBe('FORBIDDEN')
    const moved = await manager.quotes.transferMany({ selection: { ids: [row.id] }, ownerId: office.colleague.employeeId ?? '' })
    expect(moved).toMatchObject({ changed: 1, refused: 0 })
    const theirs = await colleague.quotes.get({ id: row.id })
    expect(theirs).toMatchObject({ ownerName: '李婷', customerName: null })
    await manager.history.undo({ seq: lastSeq() })
    expect(await noOf(colleague.quotes.get({ id: row.id }))).toBe('NOT_FOUND')
  })

  it('lie in the recycle bin with all their versions, come back with them, and go for good', async () => {
    const row = await aQuote(line())
    const sent = await sales.quotes.send({ id: row.id, version: row.version })
    const next = await sales.quotes.newVersion({ id: row.id, version: sent.version })
    const before = digest()
    expect(await sales.quotes.removeMany({ selection: { ids: [next.id] } })).toMatchObject({ changed: 1 })
    expect(await noOf(sales.quotes.edit({ id: row.id, version: 99, values: { note: 'x' } }))).toBe('deleted')
    const lying = (await sales.recycleBin.list({ kind: 'quote' })).rows.map(({ id }) => id)
    expect(lying).toContain(next.id)
    expect(lying).not.toContain(row.id)
    await sales.recycleBin.restoreQuotes({ selection: { ids: [next.id] } })
    expect(digest()).toBe(before)
    await sales.quotes.removeMany({ selection: { ids: [next.id] } })
    await sales.history.undo({ seq: lastSeq() })
    expect(digest()).toBe(before)
    await sales.quotes.removeMany({ selection: { ids: [next.id] } })
    await admin.recycleBin.purge({ kind: 'quote', selection: { ids: [next.id] }, confirmCount: 1 })
    expect(raw().prepare('select count(*) from quote where root_id = ?').pluck().get(row.id)).toBe(0)
    expect(raw().prepare('select count(*) from quote_line where quote_id in (?, ?)').pluck().get(row.id, next.id)).toBe(0)
  })

  it('go with their customer and come back with him; waiting ones are not deleted alone', async () => {
    const product = await aProduct(1000_00, 600_00)
    const row = await aQuote(of(product, { discount: '30' }))
    await sales.quotes.submit({ id: row.id, version: row.version })
    expect(await sales.quotes.removeMany({ selection: { ids: [row.id] } })).toMatchObject({
      changed: 0,
      refused: 1,
      because: { pendingApproval: 1 },
    })
    const customer = { selection: { ids: [row.customerId as never] } }
    expect(await noOf(sales.customers.removeMany(customer))).toBe('moneyHangs')
    const [asked] = (await sales.approvals.list({ which: 'started' })).rows.filter(({ subjectId }) => subjectId === row.id)
    await sales.approvals.withdraw({ id: asked?.id as never, version: asked?.version ?? 0 })
    const before = digest()
    await sales.customers.removeMany(customer)
    await sales.customers.restoreMany(customer)
    expect(digest()).toBe(before)
    await sales.customers.removeMany(customer)
    await admin.customers.purgeMany({ ...customer, confirmCount: 1 })
    expect(raw().prepare('select count(*) from approval where subject_id = ?').pluck().get(row.id)).toBe(0)
  })

  it('have a template whose words an administrator sets', async () => {
    const [template] = await sales.documents.templates({})
    expect(template).toMatchObject({ kind: 'quote', title: '报价单' })
    const { title, head, intro, terms, signature } = template as NonNullable<typeof template>
    const values = { title, head, intro, terms, signature }
    const edit = { id: template?.id as never, version: template?.version ?? 0, values: { ...values, head: '电话 0512-1234567' } }
    expect(await noOf(sales.documents.editTemplate(edit))).toBe('FORBIDDEN')
    const before = digest()
    expect(await admin.documents.editTemplate(edit)).toMatchObject({ head: '电话 0512-1234567' })
    await admin.history.undo({ seq: lastSeq() })
    expect(digest()).toBe(before)
  })
})
