// Every command of tags over all three wires.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Client } from '../support/backend.ts'
import { bySystem, failureOf, type Office, openOffice } from '../support/factories.ts'
import { connectOver, wires } from '../support/wires.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(async () => {
  expect(office.running.faults).toEqual([])
  await office.close()
})

describe.each(wires)('tags over %s', (name) => {
  const connect = connectOver(name, () => office)
  let sales: Client
  let colleague: Client
  beforeAll(async () => {
    sales = await connect(office.sales)
    colleague = await connect(office.colleague)
  })
  const lastSeq = async () => (await sales.history.recent({ limit: 1 })).entries[0]?.seq ?? 0

  it('create and edit; a name once, whatever its case', async () => {
    const tag = await sales.tags.create({ name: ` Vip ${name} `, tone: 'lamp' })
    expect(tag).toMatchObject({ name: `Vip ${name}`, tone: 'lamp', used: 0, version: 1 })
    expect(await failureOf(sales.tags.create({ name: `VIP ${name}` }))).toEqual({
      code: 'REFUSED',
      data: { reason: 'nameTaken' },
    })
    const other = await sales.tags.create({ name: `其他 ${name}` })
    expect(await failureOf(sales.tags.edit({ id: other.id, version: 1, name: `vip ${name}` }))).toMatchObject({
      data: { reason: 'nameTaken' },
    })
    expect(await sales.tags.edit({ id: tag.id, version: 1, name: `VIP ${name}`, tone: 'ok' })).toMatchObject({
      name: `VIP ${name}`,
      tone: 'ok',
      version: 2,
    })
    expect(await failureOf(sales.tags.edit({ id: tag.id, version: 1, tone: 'bad' }))).toEqual({
      code: 'STALE',
      data: { entity: 'tag', id: tag.id },
    })
    expect((await sales.history.ofRecord({ entity: 'tag', id: tag.id })).entries.map(({ action }) => action)).toEqual([
      'edited',
      'created',
    ])
  })

  it('an edit that changes nothing leaves no trace', async () => {
    const tag = await sales.tags.create({ name: `不变 ${name}` })
    const before = await lastSeq()
    expect(await sales.tags.edit({ id: tag.id, version: 1, name: `不变 ${name}` })).toMatchObject({ version: 1 })
    expect(await lastSeq()).toBe(before)
  })

  it('used counts what the caller sees; removing takes it off everybody’s and one undo brings all back', async () => {
    const label = `共同 ${name}`
    const mine = await sales.customers.create({ name: '我的', tags: [label] })
    const theirs = await colleague.customers.create({ name: '他的', tags: [label] })
    const find = async (client: Client) => (await client.tags.list({ counted: true })).find((tag) => tag.name === label)
    expect((await find(sales))?.used).toBe(1)
    expect((await find(await connect(office.admin)))?.used).toBe(2)
    const tag = await find(sales)
    expect(await sales.tags.remove({ id: tag?.id as never })).toMatchObject({ id: tag?.id, takenOff: 2 })
    expect((await colleague.customers.get({ id: theirs.id })).tags).toEqual([])
    expect(await sales.history.undo({ seq: await lastSeq() })).toMatchObject({ reversed: 3, kept: 0 })
    expect((await colleague.customers.get({ id: theirs.id })).tags).toEqual([label])
    expect((await sales.customers.get({ id: mine.id })).tags).toEqual([label])
  })

  it('a tag on many records goes chunk by chunk, and the batch brings it back', async () => {
    const label = `很多 ${name}`
    const admin = await connect(office.admin)
    await sales.customers.create({ name: '第一个', tags: [label] })
    const tag = (await sales.tags.list({})).find((one) => one.name === label) ?? expect.fail('no tag')
    expect(tag.used).toBeNull()
    await bySystem(office.running, async ({ tx, newId, now }) => {
      for (let n = 0; n < 520; n++) {
        const [id, at] = [newId(), now()]
        await tx
          .insertInto('customer')
          .values({ id, name: `标签多${n}`, createdAt: at, updatedAt: at })
          .execute()
        await tx
          .insertInto('recordTag')
          .values({ id: newId(), tagId: tag.id, entity: 'customer', recordId: id, createdAt: at })
          .execute()
      }
    })
    const { batchId, takenOff } = await admin.tags.remove({ id: tag.id })
    expect(takenOff).toBe(521)
    const raw = office.running.backend.database.raw
    const most = raw.prepare('select max(row_count) from command where batch_id = ?').pluck().get(batchId) as number
    expect(most).toBeLessThanOrEqual(250)
    const undone = await admin.history.undoBatch({ batchId })
    expect(undone).toMatchObject({ reversed: 522, kept: 0, failed: 0, remaining: 0 })
    expect((await admin.tags.list({ counted: true })).find((one) => one.name === label)?.used).toBe(521)
  })

  it('a tag that is not there, a caller without the right', async () => {
    const id = '01ARZ3NDEKTSV4RRFFQ69G5FAV' as never
    expect(await failureOf(sales.tags.remove({ id }))).toEqual({ code: 'NOT_FOUND', data: { entity: 'tag', id } })
    expect(await failureOf(sales.tags.edit({ id, version: 1, tone: 'ok' }))).toMatchObject({ code: 'NOT_FOUND' })
    const viewer = await connect(office.viewer)
    for (const call of [viewer.tags.create({ name: 'x' }), viewer.tags.remove({ id }), viewer.tags.edit({ id, version: 1 })])
      expect(await failureOf(call as Promise<unknown>)).toEqual({ code: 'FORBIDDEN', data: { needs: 'tags.manage' } })
  })
})

describe('tags that are merged', () => {
  it('leave their customers with the other one, each once; one undo of the batch brings all back, and one put aside is no longer offered', async () => {
    const admin = office.as(office.admin)
    const [one, two, into] = await Promise.all(
      ['合并甲', '合并乙', '合并到'].map((name) => admin.tags.create({ name, tone: 'ink' })),
    )
    if (!one || !two || !into) throw new Error('no tags')
    const a = await admin.customers.create({ name: '甲客', tags: ['合并甲'] })
    const b = await admin.customers.create({ name: '乙客', tags: ['合并甲', '合并乙', '合并到'] })
    const tagsOf = async (id: string) => (await admin.customers.get({ id: id as never })).tags
    const { moved, batchId } = await admin.tags.merge({ from: [one.id, two.id], into: into.id })
    expect(moved).toBe(3)
    expect([await tagsOf(a.id), await tagsOf(b.id)]).toEqual([['合并到'], ['合并到']])
    expect((await admin.tags.list({})).map(({ name }) => name)).not.toContain('合并甲')
    await admin.history.undoBatch({ batchId })
    expect(await tagsOf(a.id)).toEqual(['合并甲'])
    expect((await tagsOf(b.id)).toSorted()).toEqual(['合并到', '合并乙', '合并甲'].toSorted())
    await expect(admin.tags.merge({ from: [into.id], into: into.id })).rejects.toMatchObject({ data: { reason: 'sameTag' } })
    const now = (await admin.tags.list({})).find(({ id }) => id === one.id)
    await admin.tags.edit({ id: one.id, version: now?.version ?? 0, archived: true })
    expect((await admin.tags.list({})).find(({ id }) => id === one.id)).toMatchObject({ archived: true })
    expect(await tagsOf(a.id)).toEqual(['合并甲'])
  })
})
