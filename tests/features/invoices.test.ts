// Billing profiles and invoices over all three wires: what an order still allows, states, bin, undo; who asks, issues and sees them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NewBillingProfile } from '../../src-shared/features/billing/model.ts'
import type { Invoice, NewInvoice } from '../../src-shared/features/invoices/model.ts'
import type { Order } from '../../src-shared/features/orders/model.ts'
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
const TABLES = ['billing_profile', 'invoice', 'invoice_line', 'sales_order', 'order_line', 'customer']
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
const TAX = '91350100M000100Y43'

describe.each(wires)('invoices over %s', (name) => {
  const connect = connectOver(name, () => office)
  let sales: Client
  let colleague: Client
  let finance: Client
  let viewer: Client
  let admin: Client
  beforeAll(async () => {
    sales = await connect(office.sales)
    colleague = await connect(office.colleague)
    finance = await connect(office.finance)
    viewer = await connect(office.viewer)
    admin = await connect(office.admin)
  })
  let made = 0
  const customer = () => sales.customers.create({ name: `开票客户${++made} ${name}` })
  const profile = (customerId: Order['customerId'], more: Partial<NewBillingProfile> = {}) =>
    sales.billing.create({ customerId: customerId as never, title: `抬头${made}`, taxNumber: TAX, ...more })
  /** A confirmed order of so many fen for a customer with a profile. */
  const sold = async (totalFen: number, of?: Order['customerId']) => {
    const customerId = of ?? (await customer()).id
    const lines = [{ name: '设备', quantity: '1', priceFen: totalFen }]
    const draft = await sales.orders.create({ name: `订单${++made} ${name}`, customerId, lines })
    return sales.orders.confirm({ id: draft.id, version: draft.version })
  }
  const asked = (order: Order, profileId: string, amountFen: number, more: Partial<NewInvoice> = {}) =>
    sales.invoices.request({
      customerId: order.customerId as never,
      kind: 'eGeneral',
      profileId: profileId as never,
      lines: [{ orderId: order.id, amountFen }],
      ...more,
    })
  const now = ({ id }: { id: Invoice['id'] }) => sales.invoices.get({ id })
  const openOf = async ({ id }: Order) => (await sales.orders.get({ id })).uninvoicedFen
  const undoLast = async (client: Client, entity: 'invoice' | 'billingProfile', id: string) => {
    const { entries } = await client.history.ofRecord({ entity, id })
    return client.history.undo({ seq: entries[0]?.seq ?? 0 })
  }

  it('are made out to profiles of the customer: the first is proposed, a mistyped tax number is not taken', async () => {
    const { id: customerId } = await customer()
    const first = await profile(customerId, { title: ' 杭州  云栖 ', taxNumber: ' 91350100m000100y4３', account: ' 1202 ' })
    expect(first).toMatchObject({ title: '杭州 云栖', taxNumber: TAX, account: '1202', isDefault: true, kind: 'enterprise' })
    const second = await profile(customerId, { title: '个人', kind: 'person', taxNumber: null })
    expect(second.isDefault).toBe(false)
    expect(await noOf(profile(customerId, { taxNumber: '91350100M000100Y44' }))).toBe('taxNumberCheck')
    expect(await noOf(profile(customerId, { taxNumber: '123' }))).toBe('taxNumberShape')
    const before = digest()
    await sales.billing.edit({ id: second.id, version: second.version, values: { isDefault: true } })
    const titles = async () =>
      (await finance.billing.ofCustomer({ customerId })).map(({ title, isDefault }) => [title, isDefault])
    expect(await titles()).toEqual([
      ['个人', true],
      ['杭州 云栖', false],
    ])
    await undoLast(sales, 'billingProfile', second.id)
    expect(digest()).toBe(before)
    await sales.billing.remove({ id: first.id })
    expect(await titles()).toEqual([['个人', false]])
    expect(await sales.billing.restore({ id: first.id })).toMatchObject({ isDefault: true, deletedAt: null })
    // Finance writes them though it may not edit customers; who only reads does not, and whose customer it is not sees none.
    await finance.billing.edit({ id: first.id, version: 3, values: { bank: '工商银行' } })
    expect(await noOf(viewer.billing.remove({ id: first.id }))).toBe('FORBIDDEN')
    expect(await noOf(colleague.billing.remove({ id: first.id }))).toBe('NOT_FOUND')
    expect(await colleague.billing.ofCustomer({ customerId })).toEqual([])
  })

  it('take from an order what is open of it and say how much that is; what they say stays when the profile changes', async () => {
    const order = await sold(1000_00)
    const { id: profileId, version } = await profile(order.customerId, { bank: '建设银行', account: '6217' })
    const invoice = await asked(order, profileId, 600_00, { note: ' 月底前 ' })
    expect(invoice).toMatchObject({
      status: 'requested',
      amountFen: 600_00,
      taxNumber: TAX,
      bank: '建设银行',
      requesterName: '王海峰',
      note: '月底前',
    })
    expect(invoice.number).toMatch(/^FP-\d{6}-\d{4}$/)
    await sales.billing.edit({ id: profileId, version, values: { title: '改了名', bank: null } })
    expect(await now(invoice)).toMatchObject({ buyer: invoice.buyer, bank: '建设银行' })
    expect(await openOf(order)).toBe(400_00)
    const over = await failureOf(asked(order, profileId, 400_01))
    expect(over.data).toMatchObject({ reason: 'aboveOpen', detail: { openFen: 400_00, open: '400.00', name: order.name } })
    expect(await sales.invoices.ofOrder({ orderId: order.id })).toMatchObject([{ invoice: { id: invoice.id }, partFen: 600_00 }])

    const draft = await sales.orders.create({ name: '草稿', customerId: order.customerId as never, lines: [] })
    expect(await noOf(asked(draft, profileId, 1))).toBe('orderDraft')
    expect(await noOf(asked(await sold(5), profileId, 1))).toBe('profileMissing')
    const other = await sold(5)
    const elsewhere = { lines: [{ orderId: other.id, amountFen: 1 }] }
    expect(await noOf(asked(order, profileId, 1, elsewhere))).toBe('otherCustomer')
    const twice = { lines: [1, 2].map((amountFen) => ({ orderId: order.id, amountFen })) }
    expect(await noOf(asked(order, profileId, 1, twice))).toBe('orderTwice')
    const nobody = await profile(order.customerId, { title: '张三', kind: 'person', taxNumber: null })
    expect(await noOf(asked(order, nobody.id, 1, { kind: 'eSpecial' }))).toBe('specialForEnterprise')
    const bare = await profile(order.customerId, { title: '无税号', taxNumber: null })
    expect(await noOf(asked(order, bare.id, 1))).toBe('taxNumberMissing')
  })

  it('go from asked for to issued and handed over, and void frees what they were for; each step is taken back', async () => {
    const order = await sold(800_00)
    const second = await sold(200_00, order.customerId)
    const { id: profileId } = await profile(order.customerId)
    const lines = [
      { orderId: order.id, amountFen: 800_00 },
      { orderId: second.id, amountFen: 50_00 },
    ]
    const invoice = await asked(order, profileId, 0, { lines })
    expect(invoice.amountFen).toBe(850_00)
    // As long as it is only asked for it may be changed; what it has of its orders is its own to have again.
    const less = [{ orderId: order.id, amountFen: 800_00 }]
    const seen = { id: invoice.id, version: invoice.version }
    const changed = await sales.invoices.edit({ ...seen, values: { kind: 'eSpecial', lines: less } })
    expect(changed).toMatchObject({ kind: 'eSpecial', amountFen: 800_00 })
    expect(await noOf(sales.invoices.edit({ ...seen, values: { note: 'x' } }))).toBe('STALE')
    expect(await noOf(sales.invoices.issue({ id: invoice.id, version: changed.version, officialNumber: '1' }))).toBe('FORBIDDEN')
    const official = `2611${name}${made}`
    const before = digest()
    const issued = await finance.invoices.issue({ id: invoice.id, version: changed.version, officialNumber: ` ${official} ` })
    expect(issued).toMatchObject({ status: 'issued', officialNumber: official })
    await undoLast(finance, 'invoice', invoice.id)
    expect(digest()).toBe(before)
    const again = await finance.invoices.issue({
      id: invoice.id,
      version: (await now(invoice)).version,
      officialNumber: official,
      issuedOn: '2026-11-20',
    })
    expect(await noOf(finance.invoices.edit({ id: invoice.id, version: again.version, values: { lines } }))).toBe('notRequested')
    const twin = await asked(second, profileId, 10_00)
    expect(await noOf(finance.invoices.issue({ id: twin.id, version: twin.version, officialNumber: official }))).toBe(
      'officialNumberKnown',
    )
    const posted = await finance.invoices.post({ id: invoice.id, version: again.version, expressNo: ' SF1 ' })
    expect(posted).toMatchObject({ status: 'posted', expressNo: 'SF1', issuedOn: '2026-11-20' })
    expect(await openOf(order)).toBe(0)
    const standing = digest()
    const gone = await finance.invoices.void({ id: invoice.id, version: posted.version, reason: ' 税号错 ' })
    expect(gone).toMatchObject({ status: 'void', voidReason: '税号错' })
    expect(await openOf(order)).toBe(800_00)
    expect(await noOf(finance.invoices.void({ id: gone.id, version: gone.version, reason: 'x' }))).toBe('statusNotNext')
    // Taken back only as long as nobody else has what it frees.
    const next = await asked(order, profileId, 100_00)
    expect(await noOf(undoLast(finance, 'invoice', invoice.id))).toBe('moneyUnsound')
    await undoLast(sales, 'invoice', next.id)
    await undoLast(finance, 'invoice', invoice.id)
    expect(digest()).toBe(standing)
  })

  it('hold an order as it is: not cancelled, deleted, given to another customer or made less than they say', async () => {
    const order = await sold(300_00)
    const { id: profileId } = await profile(order.customerId)
    const invoice = await asked(order, profileId, 250_00)
    const { version } = await sales.orders.get({ id: order.id })
    const cancel = await failureOf(sales.orders.cancel({ id: order.id, version }))
    expect(cancel.data).toMatchObject({ reason: 'invoiceLiving', detail: { number: invoice.number } })
    const lines = [{ name: '设备', quantity: '1', priceFen: 249_99 }]
    expect(await noOf(sales.orders.setLines({ id: order.id, version, lines: lines as never }))).toBe('totalBelowInvoiced')
    const other = await customer()
    expect(await noOf(sales.orders.edit({ id: order.id, version, values: { customerId: other.id } }))).toBe('customerHasInvoices')
    const removed = await sales.orders.removeMany({ selection: { ids: [order.id] } })
    expect(removed).toMatchObject({ changed: 0, because: { invoiceLiving: 1 } })
    // The request taken back by its maker, the order may go.
    const { batchId } = await sales.invoices.removeMany({ selection: { ids: [invoice.id] } })
    expect(batchId).not.toBeNull()
    expect(await openOf(order)).toBe(300_00)
    await sales.orders.cancel({ id: order.id, version })
    expect(await noOf(sales.recycleBin.restoreInvoices({ selection: { ids: [invoice.id] } }))).toBe('orderCancelled')
  })

  it('stay in the books once they were issued, go into the recycle bin otherwise and come back as far as their orders allow', async () => {
    const order = await sold(100_00)
    const { id: profileId } = await profile(order.customerId)
    const issued = await asked(order, profileId, 40_00)
    await finance.invoices.issue({ id: issued.id, version: issued.version, officialNumber: `9${name}${made}` })
    expect(await noOf(sales.invoices.removeMany({ selection: { ids: [issued.id] } }))).toBe('issuedStays')
    const invoice = await asked(order, profileId, 60_00)
    await sales.invoices.removeMany({ selection: { ids: [invoice.id] } })
    expect((await sales.recycleBin.list({ kind: 'invoice', search: invoice.number })).rows).toMatchObject([
      { title: invoice.number, mayRestore: true },
    ])
    const other = await asked(order, profileId, 1)
    expect(await noOf(sales.recycleBin.restoreInvoices({ selection: { ids: [invoice.id] } }))).toBe('aboveOpen')
    await sales.invoices.removeMany({ selection: { ids: [other.id] } })
    await sales.recycleBin.restoreInvoices({ selection: { ids: [invoice.id] } })
    expect(await openOf(order)).toBe(0)
    // One that was made out keeps its customer; others go with him and come back, with what stands on them.
    expect(await noOf(sales.customers.removeMany({ selection: { ids: [order.customerId as never] } }))).toBe('moneyHangs')
    const next = await sold(50_00)
    const waiting = await asked(next, (await profile(next.customerId)).id, 50_00)
    const before = digest()
    await sales.customers.removeMany({ selection: { ids: [next.customerId as never] } })
    expect((await now(waiting)).deletedAt).not.toBeNull()
    await sales.customers.restoreMany({ selection: { ids: [next.customerId as never] } })
    expect(digest()).toBe(before)
  })

  it('are told to who issues them and to who asked, are reached through their customer and counted for finance', async () => {
    const order = await sold(70_00)
    const { id: profileId } = await profile(order.customerId)
    const invoice = await asked(order, profileId, 70_00)
    const told = async (client: Client) =>
      (await client.notifications.list({})).rows
        .filter(({ recordId }) => recordId === invoice.id)
        .map(({ kind, title }) => [kind, title])
    expect(await told(finance)).toEqual([['invoiceRequested', invoice.customerName]])
    expect(await told(admin)).toEqual([])
    await finance.invoices.issue({ id: invoice.id, version: invoice.version, officialNumber: `7${name}${made}` })
    expect(await told(sales)).toEqual([['invoiceIssued', invoice.customerName]])
    const { version: issued } = await now(invoice)
    await finance.invoices.void({ id: invoice.id, version: issued, reason: '开错' })
    const all = [
      ['invoiceVoided', invoice.customerName],
      ['invoiceIssued', invoice.customerName],
    ]
    expect(await told(sales)).toEqual(all)
    // Taking back tells nobody, and what was taken back is told no longer.
    await undoLast(finance, 'invoice', invoice.id)
    expect(await told(sales)).toEqual(all.slice(1))
    expect(await noOf(colleague.invoices.get({ id: invoice.id }))).toBe('NOT_FOUND')
    expect(await noOf(viewer.invoices.request({ ...base(order), profileId }))).toBe('FORBIDDEN')
    const found = await finance.invoices.list({ search: invoice.number })
    expect(found.rows.map(({ id }) => id)).toEqual([invoice.id])
    const ofCustomer = await sales.invoices.ofCustomer({ customerId: order.customerId as never })
    expect(ofCustomer.map(({ id }) => id)).toEqual([invoice.id])
    const sums = await finance.invoices.sums({
      selection: { ids: [invoice.id] },
      sums: [{ field: 'amountFen', sum: 'sum' }],
    })
    expect(sums[0]?.value).toBe(70_00)
    const bySearch = await finance.orders.list({
      filter: { combinator: 'and', rules: [{ field: 'uninvoicedFen', operator: '>', value: 0 }] },
    })
    expect(bySearch.rows.some(({ id }) => id === order.id)).toBe(false)
  })
  const base = (order: Order) => ({
    customerId: order.customerId as never,
    kind: 'eGeneral' as const,
    lines: [{ orderId: order.id, amountFen: 1 }],
  })

  it('go to the survivor of a merge with their orders and back with them; their purge leaves nothing', async () => {
    const order = await sold(90_00)
    const { id: profileId } = await profile(order.customerId)
    const invoice = await asked(order, profileId, 90_00)
    const { id: survivorId, version } = await customer()
    const before = digest()
    const { version: own } = await sales.customers.get({ id: order.customerId as never })
    await sales.merges.merge({
      survivorId,
      customers: [
        { id: survivorId, version },
        { id: order.customerId as never, version: own },
      ],
      choices: [],
      joins: [],
    })
    expect((await now(invoice)).customerId).toBe(survivorId)
    expect((await sales.billing.ofCustomer({ customerId: survivorId })).map(({ id }) => id)).toEqual([profileId])
    const { entries } = await sales.history.ofRecord({ entity: 'customer', id: survivorId })
    await sales.history.undo({ seq: entries[0]?.seq ?? 0 })
    expect(digest()).toBe(before)
    await admin.customers.removeMany({ selection: { ids: [order.customerId as never] } })
    await admin.customers.purgeMany({ selection: { ids: [order.customerId as never] }, confirmCount: 1 })
    for (const table of ['invoice', 'billing_profile'])
      expect(raw().prepare(`select count(*) from ${table} where customer_id = ?`).pluck().get(order.customerId)).toBe(0)
    expect(raw().prepare('select count(*) from invoice_line where order_id = ?').pluck().get(order.id)).toBe(0)
  })
})
