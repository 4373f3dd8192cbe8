// decisions.md "Calls": every commit reaches who sees or saw it, over every wire; a guest that was cut off catches up.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LiveChange } from '../../src-shared/kernel/live.ts'
import type { Client } from '../support/backend.ts'
import { type Office, openOffice } from '../support/factories.ts'
import { connectOver, wires } from '../support/wires.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(async () => {
  expect(office.running.faults).toEqual([])
  await office.close()
})
const lastSeq = (): number => office.running.backend.database.raw.prepare('select max(seq) from command').pluck().get() as number

/** Listens from now on; `until` reads messages up to a number and gives back what was told, entity by entity. */
async function listen(client: Client, since?: number) {
  const stop = new AbortController()
  const stream = await client.live.changes(since === undefined ? {} : { since }, { signal: stop.signal })
  const first = (await stream.next()).value as LiveChange
  return {
    first,
    stop: () => stop.abort(),
    async until(seq: number): Promise<Record<string, string[] | null>> {
      const told: Record<string, string[] | null> = {}
      for (let at = first.seq; at < seq; ) {
        const { value } = (await stream.next()) as { value: LiveChange }
        at = value.seq
        for (const { entity, ids } of value.changes) {
          const known = told[entity]
          told[entity] = ids === null || known === null ? null : [...new Set([...(known ?? []), ...ids])]
        }
      }
      return told
    },
  }
}

describe.each(wires)('live over %s', (name) => {
  const connect = connectOver(name, () => office)

  it('a change in one client is told to another who sees it, not to one who does not', async () => {
    const [sales, manager, colleague] = [
      await connect(office.sales),
      await connect(office.manager),
      await connect(office.colleague),
    ]
    const [seeing, blind] = [await listen(manager), await listen(colleague)]
    expect(seeing.first).toEqual({ seq: lastSeq(), changes: [] })
    const row = await sales.customers.create({ name: '大家都看' })
    const contact = await sales.contacts.create({ customerId: row.id, name: '联系人' })
    expect(await seeing.until(lastSeq())).toEqual({ customer: [row.id], contact: [contact.id] })
    expect(await blind.until(lastSeq())).toEqual({})
    seeing.stop()
    blind.stop()
  })

  it('who loses a customer is told of the change that took him away; later ones he does not hear', async () => {
    const [admin, sales] = [await connect(office.admin), await connect(office.sales)]
    const row = await sales.customers.create({ name: '转给别人' })
    const ears = await listen(sales)
    await admin.customers.edit({ id: row.id, version: 1, values: { ownerId: office.colleague.employeeId } })
    expect(await ears.until(lastSeq())).toEqual({ customer: [row.id] })
    ears.stop()
    const after = await listen(sales)
    await admin.customers.edit({ id: row.id, version: 2, values: { level: 'A' } })
    expect(await after.until(lastSeq())).toEqual({})
    after.stop()
  })

  it('who owned a purged customer is told that he is gone', async () => {
    const [admin, sales] = [await connect(office.admin), await connect(office.sales)]
    const row = await sales.customers.create({ name: '清除' })
    await sales.customers.removeMany({ selection: { ids: [row.id] } })
    const ears = await listen(sales)
    await admin.customers.purgeMany({ selection: { ids: [row.id] }, confirmCount: 1 })
    expect(await ears.until(lastSeq())).toEqual({ customer: [row.id] })
    ears.stop()
  })

  it('finance hears of the customer but not of the conversation', async () => {
    const [sales, finance] = [await connect(office.sales), await connect(office.finance)]
    const row = await sales.customers.create({ name: '谈话' })
    const ears = await listen(finance)
    await sales.followUps.create({ customerId: row.id, text: '机密' })
    expect(await ears.until(lastSeq())).toEqual({ customer: [row.id] })
    ears.stop()
  })

  it('catches up from the last number seen, by today’s rights; too far back it says so', async () => {
    const [sales, colleague] = [await connect(office.sales), await connect(office.colleague)]
    const since = lastSeq()
    const row = await sales.customers.create({ name: '断线期间' })
    await sales.customers.edit({ id: row.id, version: 1, values: { level: 'A' } })
    const mine = await listen(sales, since)
    expect(mine.first).toEqual({ seq: lastSeq(), changes: [{ entity: 'customer', ids: [row.id] }] })
    const theirs = await listen(colleague, since)
    expect(theirs.first).toEqual({ seq: lastSeq(), changes: [] })
    const far = await listen(sales, -1)
    expect(far.first).toEqual({ seq: lastSeq(), changes: [], missed: true })
    for (const ears of [mine, theirs, far]) ears.stop()
  })

  it('who was given other rights between his first page and the stream is told to look again', async () => {
    const sales = await connect(office.sales)
    const { seq, userId } = await sales.session.me({})
    const admin = await connect(office.admin)
    const her = (await admin.people.users({})).find((user) => user.id === userId)
    if (!her) throw new Error('the office has no such user')
    const service = (await admin.people.roles({})).filter(({ builtin }) => builtin === 'service').map(({ id }) => id)
    const changed = await admin.people.editUser({ id: her.id, version: her.version, roleIds: service })
    const ears = await listen(sales, seq)
    expect(ears.first).toMatchObject({ seq: lastSeq(), session: 'changed' })
    ears.stop()
    await admin.people.editUser({ id: her.id, version: changed.version, roleIds: her.roleIds })
  })

  it('a large change is caught up with as it was told: the entity and no ids', async () => {
    const admin = await connect(office.admin)
    const { id } = await admin.customers.create({ name: '断线时子多' })
    for (let n = 0; n < 210; n++) await admin.contacts.create({ customerId: id, name: `人${n}` })
    const since = lastSeq()
    await admin.customers.removeMany({ selection: { ids: [id] } })
    const ears = await listen(admin, since)
    expect(ears.first).toEqual({
      seq: lastSeq(),
      changes: expect.arrayContaining([
        { entity: 'customer', ids: null },
        { entity: 'contact', ids: null },
      ]) as unknown,
    })
    ears.stop()
  })

  it('a large change names the entity and no ids', async () => {
    const admin = await connect(office.admin)
    const { id } = await admin.customers.create({ name: '子多' })
    for (let n = 0; n < 210; n++) await admin.contacts.create({ customerId: id, name: `人${n}` })
    const ears = await listen(admin)
    await admin.customers.removeMany({ selection: { ids: [id] } })
    expect(await ears.until(lastSeq())).toEqual({ customer: null, contact: null })
    ears.stop()
  })
})
