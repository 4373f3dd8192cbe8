// A customer with money, papers, goods out or a pending approval is not deleted past their guards; nothing made out is ever erased.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Client } from '../support/backend.ts'
import { failureOf, type Office, openOffice } from '../support/factories.ts'

let office: Office
let admin: Client
let sales: Client
let finance: Client
beforeAll(async () => {
  office = await openOffice()
  admin = office.as(office.admin)
  sales = office.as(office.sales)
  finance = office.as(office.finance)
})
afterAll(async () => {
  expect(office.running.faults).toEqual([])
  await office.close()
})
const raw = () => office.running.backend.database.raw
const refusalOf = async (call: Promise<unknown>) => {
  const { data } = await failureOf(call)
  return [data['reason'], data['detail']]
}
const removing = (client: Client, ...ids: string[]) => client.customers.removeMany({ selection: { ids } })
let made = 0
const customer = () => sales.customers.create({ name: `有账的客户${++made}` })
const ordered = async (customerId: string) => {
  const lines = [{ name: '设备', quantity: '1', priceFen: 1000_00 }]
  const draft = await sales.orders.create({ name: `订单${++made}`, customerId: customerId as never, lines })
  return sales.orders.confirm({ id: draft.id, version: draft.version })
}
const paid = async (customerId: string, orderId: string) =>
  finance.payments.add({
    customerId: customerId as never,
    amountFen: 400_00,
    receivedOn: '2026-07-21',
    method: 'transfer',
    allocations: [{ orderId: orderId as never, amountFen: 400_00 }],
  })
const invoiced = async (customerId: string, orderId: string) => {
  const profile = await sales.billing.create({ customerId: customerId as never, title: '抬头', taxNumber: '91350100M000100Y43' })
  return sales.invoices.request({
    customerId: customerId as never,
    kind: 'eGeneral',
    profileId: profile.id,
    lines: [{ orderId: orderId as never, amountFen: 300_00 }],
  })
}
/** As rows lay there before they were guarded. */
const before = (statement: string) => {
  raw().exec('update current_command set seq = 1')
  raw().exec(statement)
  raw().exec('update current_command set seq = null')
}
const living = (id: string) => raw().prepare('select deleted_at is null from customer where id = ?').pluck().get(id) === 1

it('stays with what was paid and made out, and it is said how much of which kind keeps it', async () => {
  const { id } = await customer()
  const order = await ordered(id)
  const invoice = await invoiced(id, order.id)
  // What is only asked for goes with the customer and comes back with it.
  expect(await removing(sales, id)).toMatchObject({ changed: 1, refused: 0 })
  expect(await sales.customers.restoreMany({ selection: { ids: [id] } })).toMatchObject({ changed: 1 })
  await paid(id, order.id)
  const asked = await finance.invoices.get({ id: invoice.id })
  await finance.invoices.issue({ id: invoice.id, version: asked.version, officialNumber: '26332000001234567890' } as never)
  const last = raw().prepare('select max(seq) from command').pluck().get()
  expect(await refusalOf(removing(sales, id))).toEqual(['moneyHangs', { counts: { payment: 1, invoice: 1, order: 1 } }])
  expect(await refusalOf(removing(admin, id))).toEqual(['moneyHangs', { counts: { payment: 1, invoice: 1, order: 1 } }])
  expect([living(id), raw().prepare('select max(seq) from command').pluck().get()]).toEqual([true, last])
  const [free, other] = [await customer(), await customer()]
  await ordered(other.id)
  const selection = { ids: [id, free.id, other.id] }
  const told = { changed: 2, refused: 1, unchanged: 0, because: { moneyHangs: 1 } }
  expect(await sales.customers.previewMany({ act: 'remove', selection })).toEqual(told)
  expect(await sales.customers.removeMany({ selection })).toMatchObject(told)
  expect([living(id), living(free.id), living(other.id)]).toEqual([true, false, false])
})

it('is kept by an approval that waits and by goods that left; who sees none of it learns no count', async () => {
  for (const { id, version, ...flow } of await admin.approvals.flows({}))
    if (flow.subject === 'quote')
      await admin.approvals.editFlow({
        id,
        version,
        values: {
          subject: 'quote',
          name: flow.name,
          conditions: flow.conditions,
          enabled: true,
          steps: [{ kind: 'employee', employeeId: office.manager.employeeId ?? '', mode: 'any' }],
        },
      })
  const { id } = await customer()
  const line = {
    productId: null,
    name: '服务',
    spec: null,
    unit: null,
    quantity: '1',
    priceFen: 100_00,
    discount: '30',
    taxRate: null,
    note: null,
  }
  const quote = await sales.quotes.create({ customerId: id, lines: [line] })
  await sales.quotes.submit({ id: quote.id, version: quote.version })
  expect(await refusalOf(removing(sales, id))).toEqual(['moneyHangs', { counts: { quote: 1 } }])
  const blind = { ...office.sales, permissions: { ...office.sales.permissions } } as typeof office.sales
  delete (blind.permissions as Record<string, unknown>)['quotes.read']
  expect(await refusalOf(removing(office.as(blind), id))).toEqual(['moneyHangsUnseen', undefined])

  // To say no, nothing need stand there.
  before(`update quote set deleted_at = '2026-01-01T00:00:00.000Z' where id = '${quote.id}'`)
  const manager = office.as(office.manager)
  const [waiting] = (await manager.approvals.list({ which: 'mine' })).rows
  const of = { id: waiting?.id ?? ('' as never), version: waiting?.version ?? 0 }
  expect(await refusalOf(manager.approvals.approve(of))).toEqual(['subjectGone', undefined])
  expect(await manager.approvals.reject({ ...of, note: '不要了' })).toMatchObject({ status: 'rejected' })
  expect(await removing(sales, id)).toMatchObject({ changed: 1 })
})

it('is not put away again by a redo after money came, and goes for good never with an invoice that was made out', async () => {
  const { id } = await customer()
  const order = await ordered(id)
  const { batchId } = await removing(sales, id)
  const undone = await sales.history.undoBatch({ batchId: batchId ?? '' })
  await paid(id, order.id)
  expect(await refusalOf(sales.history.undoBatch({ batchId: undone.batchId ?? '' }))).toEqual(['customerHolds', undefined])
  expect(living(id)).toBe(true)

  const [held, bare] = [await customer(), await customer()]
  const invoice = await invoiced(held.id, (await ordered(held.id)).id)
  await removing(sales, held.id, bare.id)
  before(`update invoice set status = 'issued', issued_on = '2026-01-01' where id = '${invoice.id}'`)
  const selection = { ids: [held.id, bare.id] }
  expect(await admin.customers.purgeMany({ selection, confirmCount: 2 })).toMatchObject({
    changed: 1,
    refused: 1,
    because: { issuedStays: 1 },
  })
  expect(raw().prepare('select count(*) from invoice where id = ?').pluck().get(invoice.id)).toBe(1)
})
