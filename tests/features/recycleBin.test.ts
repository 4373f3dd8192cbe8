// decisions.md "Recycle bin": what was deleted by itself, who deleted it, how long it is kept, one way back and one way out.
import { describe, expect, it } from 'vitest'
import { admin, customerOf, person, running } from '../support/company.ts'
import { administrator, failureOf } from '../support/factories.ts'
import { type Client, clientAs } from '../support/backend.ts'

const DAY = 86_400_000
const hang = async (client: Client, name: string) => {
  const customer = await client.customers.create({ name })
  const contact = await client.contacts.create({ customerId: customer.id, name: `${name}的人`, title: '采购' })
  const followUp = await client.followUps.create({ customerId: customer.id, text: `和${name}谈过`, kind: 'visit' })
  return { customer, contact, followUp }
}
const titles = async (client: Client, kind: 'customer' | 'contact' | 'followUp' | 'file', search?: string) =>
  (await client.recycleBin.list({ kind, ...(search && { search }) })).rows.map(({ title }) => title)

describe('what lies in the recycle bin', () => {
  it('is told by kind with who deleted it and when; what went with its customer is not counted beside him', async () => {
    const wang = await person('wang', { roles: ['sales'], name: '王海峰' })
    const { customer, contact, followUp } = await hang(wang.client, '海宁纺织')
    const other = await hang(wang.client, '绍兴印染')
    await wang.client.contacts.remove({ id: contact.id })
    await wang.client.followUps.remove({ id: followUp.id })
    await admin.customers.removeMany({ selection: { ids: [other.customer.id] } })
    expect(await wang.client.recycleBin.counts({})).toEqual({
      customer: 1,
      contact: 1,
      opportunity: 0,
      order: 0,
      payment: 0,
      invoice: 0,
      quote: 0,
      lead: 0,
      product: 0,
      followUp: 1,
      file: 0,
      keepDays: null,
    })
    const [person1] = (await wang.client.recycleBin.list({ kind: 'contact' })).rows
    expect(person1).toMatchObject({
      title: '海宁纺织的人',
      note: '采购',
      customerId: customer.id,
      customerName: '海宁纺织',
      ownerName: '王海峰',
      deletedBy: '王海峰',
      bar: null,
      daysLeft: null,
      mayRestore: true,
      mayPurge: false,
    })
    expect((await wang.client.recycleBin.list({ kind: 'customer' })).rows).toMatchObject([
      { title: '绍兴印染', deletedBy: '顾建国', mayRestore: true, mayPurge: false },
    ])
    expect((await admin.recycleBin.list({ kind: 'followUp' })).rows).toMatchObject([
      { title: '和海宁纺织谈过', note: 'visit', deletedBy: '王海峰', mayPurge: true },
    ])
  })

  it('is found by its own words and by its customer, page by page, the newest first', async () => {
    const { customer } = await hang(admin, '海宁纺织')
    for (const name of ['甲', '乙', '丙']) {
      const { id } = await admin.contacts.create({ customerId: customer.id, name })
      running.clock.move(1000)
      await admin.contacts.remove({ id })
    }
    expect(await titles(admin, 'contact')).toEqual(['丙', '乙', '甲'])
    expect(await titles(admin, 'contact', '乙')).toEqual(['乙'])
    expect(await titles(admin, 'contact', '海宁')).toEqual(['丙', '乙', '甲'])
    expect(await titles(admin, 'contact', '100%')).toEqual([])
    const page = await admin.recycleBin.list({ kind: 'contact', offset: 1, limit: 1 })
    expect([page.rows.map(({ title }) => title), page.hasMore, page.count]).toEqual([['乙'], true, 3])
  })

  it('says how many days are left once the purge by time is switched on', async () => {
    const { customer } = await hang(admin, '海宁纺织')
    await admin.customers.removeMany({ selection: { ids: [customer.id] } })
    // Not by a session, which would end meanwhile.
    const client = clientAs(running.backend, administrator(running))
    const left = async () => (await client.recycleBin.list({ kind: 'customer' })).rows[0]?.daysLeft
    expect(await left()).toBeNull()
    await running.start()
    await admin.jobs.setSchedule({ kind: 'customers.purge', enabled: true })
    expect(await left()).toBe(30)
    running.clock.move(12 * DAY)
    expect(await left()).toBe(18)
    running.clock.move(40 * DAY)
    expect(await left()).toBe(0)
    expect((await client.recycleBin.counts({})).keepDays).toBe(30)
  })

  it('shows a kind to nobody without its right, and other people’s customers to nobody', async () => {
    const { contact } = await hang(admin, '海宁纺织')
    await admin.contacts.remove({ id: contact.id })
    const li = await person('li', { roles: ['sales'] })
    const qian = await person('qian', { roles: ['finance'] })
    expect(await li.client.recycleBin.counts({})).toMatchObject({ customer: 0, contact: 0, followUp: 0, file: 0 })
    expect(await qian.client.recycleBin.counts({})).toMatchObject({ contact: 1, followUp: null })
    expect(await titles(qian.client, 'followUp')).toEqual([])
    expect(await failureOf(qian.client.recycleBin.restoreContacts({ selection: { ids: [contact.id] } }))).toMatchObject({
      code: 'FORBIDDEN',
    })
    expect(await li.client.recycleBin.restoreContacts({ selection: { ids: [contact.id] } })).toMatchObject({
      changed: 0,
      refused: 1,
      batchId: null,
    })
  })
})

describe('bringing back', () => {
  it('takes many at once and goes back in one step', async () => {
    const { customer } = await hang(admin, '海宁纺织')
    const ids: string[] = []
    for (const name of ['甲', '乙', '丙']) {
      const { id } = await admin.contacts.create({ customerId: customer.id, name })
      await admin.contacts.remove({ id })
      ids.push(id)
    }
    const [first = ''] = ids
    const done = await admin.recycleBin.restoreContacts({ selection: { search: '', except: [first] } })
    expect(done).toMatchObject({ changed: 2, refused: 0, unchanged: 0 })
    expect(await titles(admin, 'contact')).toEqual(['甲'])
    await admin.history.undoBatch({ batchId: done.batchId ?? '' })
    expect((await titles(admin, 'contact')).toSorted()).toEqual(['丙', '乙', '甲'].toSorted())
  })

  it('of a part whose customer was deleted, too, says so and brings both when asked', async () => {
    const { customer, contact, followUp } = await hang(admin, '海宁纺织')
    await admin.contacts.remove({ id: contact.id })
    await admin.customers.removeMany({ selection: { ids: [customer.id] } })
    expect((await admin.recycleBin.list({ kind: 'contact' })).rows).toMatchObject([{ bar: 'customerDeleted' }])
    const selection = { ids: [contact.id] }
    expect(await failureOf(admin.recycleBin.restoreContacts({ selection }))).toEqual({
      code: 'REFUSED',
      data: { reason: 'customerDeleted' },
    })
    const done = await admin.recycleBin.restoreContacts({ selection, withCustomers: true })
    expect(done.changed).toBe(1)
    expect((await admin.contacts.get({ id: contact.id })).deletedAt).toBeNull()
    expect((await admin.customers.get({ id: customer.id })).deletedAt).toBeNull()
    expect((await admin.followUps.ofCustomer({ customerId: customer.id })).rows.map(({ id }) => id)).toEqual([followUp.id])
    await admin.history.undoBatch({ batchId: done.batchId ?? '' })
    expect((await admin.customers.get({ id: customer.id })).deletedAt).not.toBeNull()
    expect((await admin.contacts.get({ id: contact.id })).deletedAt).not.toBeNull()
  })

  it('names who has what may stand once, alone and among many; the others come back', async () => {
    await admin.fields.configure({ entity: 'contact', field: 'phone', version: 0, values: { unique: true } })
    const { customer } = await hang(admin, '海宁纺织')
    const gone = await admin.contacts.create({ customerId: customer.id, name: '老王', phone: '13957511128' })
    await admin.contacts.remove({ id: gone.id })
    const free = await admin.contacts.create({ customerId: customer.id, name: '小李' })
    await admin.contacts.remove({ id: free.id })
    await admin.contacts.create({ customerId: customer.id, name: '新王', phone: '13957511128' })
    for (const call of [
      () => admin.recycleBin.restoreContacts({ selection: { ids: [gone.id] } }),
      () => admin.contacts.restore({ id: gone.id }),
    ])
      expect(await failureOf(call())).toMatchObject({
        code: 'REFUSED',
        data: { reason: 'uniqueTaken', detail: { field: 'phone', name: '新王' } },
      })
    expect(await admin.recycleBin.restoreContacts({ selection: { ids: [gone.id, free.id] } })).toMatchObject({
      changed: 1,
      refused: 1,
      because: { uniqueTaken: 1 },
    })
  })

  it('leaves one main contact', async () => {
    const { customer } = await hang(admin, '海宁纺织')
    const old = await admin.contacts.create({ customerId: customer.id, name: '老王', isPrimary: true })
    await admin.contacts.remove({ id: old.id })
    const next = await admin.contacts.create({ customerId: customer.id, name: '新王', isPrimary: true })
    await admin.recycleBin.restoreContacts({ selection: { ids: [old.id] } })
    const main = (await admin.contacts.ofCustomer({ customerId: customer.id })).filter(({ isPrimary }) => isPrimary)
    expect(main.map(({ id }) => id)).toEqual([next.id])
  })

  it('taken back, a main contact lies there as he lay', async () => {
    const { customer } = await hang(admin, '海宁纺织')
    const other = await admin.customers.create({ name: '海宁纺织二厂' })
    const old = await admin.contacts.create({ customerId: customer.id, name: '老王', isPrimary: true })
    await admin.contacts.remove({ id: old.id })
    await admin.contacts.create({ customerId: other.id, name: '新王', isPrimary: true })
    // The other brings his own: of the two main ones one lies in the bin.
    const customers = await Promise.all([customer.id, other.id].map((id) => admin.customers.get({ id: id as never })))
    await admin.merges.merge({
      survivorId: customer.id as never,
      customers: customers.map(({ id, version }) => ({ id, version })),
    })
    await admin.recycleBin.restoreContacts({ selection: { ids: [old.id] } })
    const { raw } = running.backend.database
    const seq = raw.prepare('select max(seq) from command').pluck().get() as number
    expect(await admin.history.undo({ seq })).toMatchObject({ kept: 0 })
    expect(raw.prepare('select is_primary from contact where id = ?').pluck().get(old.id)).toBe(1)
  })

  it('of a conversation is its author’s, brings its answers, and an answer waits for it', async () => {
    const wang = await person('wang', { roles: ['sales'] })
    const { id: customerId } = await customerOf(wang.employeeId, '海宁纺织')
    const said = await admin.followUps.create({ customerId, text: '第一句' })
    const answer = await admin.followUps.create({ customerId, text: '回一句', replyTo: said.id })
    await admin.followUps.remove({ id: answer.id })
    await admin.followUps.remove({ id: said.id })
    expect((await admin.recycleBin.list({ kind: 'followUp', search: '回一句' })).rows).toMatchObject([{ bar: 'hostDeleted' }])
    expect(await failureOf(admin.recycleBin.restoreFollowUps({ selection: { ids: [answer.id] } }))).toMatchObject({
      data: { reason: 'hostDeleted' },
    })
    expect((await wang.client.recycleBin.list({ kind: 'followUp' })).rows.map(({ mayRestore }) => mayRestore)).toEqual([
      false,
      false,
    ])
    expect(await failureOf(wang.client.recycleBin.restoreFollowUps({ selection: { ids: [said.id] } }))).toMatchObject({
      data: { reason: 'notYours' },
    })
    expect(await admin.recycleBin.restoreFollowUps({ selection: { ids: [said.id] } })).toMatchObject({ changed: 1 })
    expect(await admin.recycleBin.restoreFollowUps({ selection: { ids: [answer.id] } })).toMatchObject({ changed: 1 })
  })
})

describe('words that are looked for', () => {
  it('do not find by a customer whom the asker does not reach', async () => {
    const wang = await person('wang', { roles: ['sales'] })
    const theirs = await admin.customers.create({ name: '绝密客户' })
    const { id } = await admin.opportunities.create({
      name: '产线改造',
      customerId: theirs.id,
      ownerId: wang.employeeId,
    } as never)
    await wang.client.opportunities.removeMany({ selection: { ids: [id] } })
    const found = async (client: Client, search: string) =>
      (await client.recycleBin.list({ kind: 'opportunity', search })).rows.map(({ title }) => title)
    expect(await found(wang.client, '产线')).toEqual(['产线改造'])
    expect(await found(wang.client, '绝密')).toEqual([])
    expect(await found(admin, '绝密')).toEqual(['产线改造'])
  })
})

describe('deleting for good', () => {
  it('takes the number that was confirmed and the right to it', async () => {
    const { customer, contact, followUp } = await hang(admin, '海宁纺织')
    await admin.contacts.remove({ id: contact.id })
    await admin.followUps.remove({ id: followUp.id })
    const wang = await person('wang', { roles: ['sales'] })
    const ask = { kind: 'contact' as const, selection: { search: '', except: [] } }
    expect(await failureOf(wang.client.recycleBin.purge({ ...ask, confirmCount: 1 }))).toMatchObject({ code: 'FORBIDDEN' })
    expect(await failureOf(admin.recycleBin.purge({ ...ask, confirmCount: 2 }))).toMatchObject({
      data: { reason: 'selectionChanged', detail: { expected: 2, found: 1 } },
    })
    expect(await admin.recycleBin.purge({ ...ask, confirmCount: 1 })).toMatchObject({ changed: 1, refused: 0 })
    expect(await admin.recycleBin.purge({ ...ask, kind: 'followUp', confirmCount: 1 })).toMatchObject({ changed: 1 })
    expect(await admin.recycleBin.counts({})).toMatchObject({ contact: 0, followUp: 0 })
    expect((await admin.customers.get({ id: customer.id })).deletedAt).toBeNull()
  })
})
