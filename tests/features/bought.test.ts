// Whoever buys is won: by an opportunity that is won or an order that takes effect, in the same command, so that an undo takes both back.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Client } from '../support/backend.ts'
import { bySystem, failureOf, type Office, openOffice } from '../support/factories.ts'

let office: Office
let sales: Client
beforeAll(async () => {
  office = await openOffice()
  sales = office.as(office.sales)
})
afterAll(() => office.close())
const lastSeq = (): number => office.running.backend.database.raw.prepare('select max(seq) from command').pluck().get() as number
const standing = async (id: string) => {
  const { status, wonAt } = await sales.customers.get({ id: id as never })
  return [status, wonAt !== null]
}

it('by an opportunity that is won, and no more when that is taken back', async () => {
  const customer = await sales.customers.create({ name: '芜湖禾丰冷链' })
  const deal = await sales.opportunities.create({ name: '设备更新', customerId: customer.id, amount: 100 })
  const [pipeline] = await sales.pipelines.list({})
  const won = pipeline?.stages.find(({ kind }) => kind === 'won')
  await sales.opportunities.move({ id: deal.id, version: deal.version, stageId: won?.id ?? ('' as never) })
  expect(await standing(customer.id)).toEqual(['won', true])
  await sales.history.undo({ seq: lastSeq() })
  expect(await standing(customer.id)).toEqual(['potential', false])
})

it('by an order that takes effect; since when he was won before stays', async () => {
  const customer = await sales.customers.create({ name: '芜湖禾丰冷链二部' })
  const lines = [{ name: '服务', quantity: '1', priceFen: 100 }]
  const draft = await sales.orders.create({ name: '首单', customerId: customer.id, lines } as never)
  expect(await standing(customer.id)).toEqual(['potential', false])
  await sales.orders.confirm({ id: draft.id, version: draft.version })
  expect(await standing(customer.id)).toEqual(['won', true])
  const { wonAt } = await sales.customers.get({ id: customer.id })
  const again = await sales.orders.create({ name: '次单', customerId: customer.id, lines } as never)
  await sales.orders.confirm({ id: again.id, version: again.version })
  expect((await sales.customers.get({ id: customer.id })).wonAt).toBe(wonAt)
})

it('nobody waits for the answer of an owner who cannot sign in', async () => {
  const admin = office.as(office.admin)
  const id = await bySystem(office.running, async ({ tx, newId, now }) => {
    const made = { id: newId(), name: '没有账号', nameSort: 'meiyouzhanghao', createdAt: now(), updatedAt: now() }
    await tx.insertInto('employee').values(made).execute()
    return made.id
  })
  await admin.customers.create({ name: '绍兴越纺印染', phone: '13805126621', ownerId: id as never })
  const [found] = await sales.customers.lookalikes({ phones: ['13805126621'] })
  const asked = failureOf(sales.customers.askOwner({ phones: ['13805126621'], ref: found?.ref ?? '' }))
  expect((await asked).data['reason']).toBe('ownerCannotRead')
})
