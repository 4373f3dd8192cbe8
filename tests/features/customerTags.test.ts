// Tags on customers: what two people do at once, and what a tag is known by.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Client } from '../support/backend.ts'
import { failureOf, type Office, openOffice } from '../support/factories.ts'

let office: Office
let sales: Client
beforeAll(async () => {
  office = await openOffice()
  sales = office.as(office.sales)
})
afterAll(async () => {
  expect(office.running.faults).toEqual([])
  await office.close()
})

/** What the history of a customer tells of tags: taken off and put on, newest first. */
async function told(id: string) {
  const { entries } = await office.as(office.admin).history.ofRecord({ entity: 'customer', id })
  return entries.flatMap(({ changes }) =>
    changes.flatMap(({ field, before, after }) => (field === 'tags' ? [[before, after]] : [])),
  )
}

describe('history tells of tags that came and went', () => {
  it('by a bulk change, also when nothing of it is left', async () => {
    const { id } = await sales.customers.create({ name: '来去自如' })
    const selection = { ids: [id] }
    await sales.customers.editMany({ selection, values: { addTags: ['重点来去'] } })
    expect(await told(id)).toEqual([[null, '重点来去']])
    const gone = await sales.customers.editMany({ selection, values: { removeTags: ['重点来去'] } })
    const both = [
      ['重点来去', null],
      [null, '重点来去'],
    ]
    expect(await told(id)).toEqual(both)
    await sales.history.undoBatch({ batchId: String(gone.batchId) })
    expect(await told(id)).toEqual([[null, '重点来去'], ...both])
  })

  it('by tags that were merged or removed for all', async () => {
    const admin = office.as(office.admin)
    const { id } = await sales.customers.create({ name: '标签没了' })
    await sales.customers.editMany({ selection: { ids: [id] }, values: { addTags: ['将并入', '将删除'] } })
    const tags = await admin.tags.list({})
    const idOf = (name: string) => tags.find((tag) => tag.name === name)?.id ?? ''
    const into = await admin.tags.create({ name: '并入此处' })
    await admin.tags.merge({ from: [idOf('将并入')], into: into.id })
    await admin.tags.remove({ id: idOf('将删除') })
    expect(await told(id)).toEqual([
      ['将删除', null],
      ['将并入', '并入此处'],
      [null, '将并入 · 将删除'],
    ])
  })
})

describe('tags of a customer', () => {
  it('two who saw the same tags and each add one leave both', async () => {
    const row = await sales.customers.create({ name: '两人同改', tags: ['原有'] })
    await sales.customers.edit({ id: row.id, version: row.version, values: { addTags: ['甲加'] } })
    await sales.customers.edit({ id: row.id, version: row.version, values: { addTags: ['乙加'], removeTags: ['原有'] } })
    expect((await sales.customers.get({ id: row.id })).tags.sort()).toEqual(['乙加', '甲加'].sort())
    // Rows of tags went back, and that was one customer.
    const [latest] = (await sales.history.ofRecord({ entity: 'customer', id: row.id })).entries
    const undone = await sales.history.undo({ seq: latest?.seq ?? 0 })
    expect(undone).toMatchObject({ records: { entity: 'customer', reversed: 1, kept: 0 } })
    expect((await sales.customers.get({ id: row.id })).tags.sort()).toEqual(['原有', '甲加'].sort())
    expect(await failureOf(sales.customers.edit({ id: row.id, version: 1, values: { tags: [] } as never }))).toMatchObject({
      code: 'BAD_REQUEST',
    })
  })

  it('a tag is known by its letters, whatever their case and the blanks around them', async () => {
    const row = await sales.customers.create({ name: '大小写', tags: ['key account'] })
    const again = { id: row.id, version: row.version, values: { addTags: [' KEY　Account '] } }
    await sales.customers.edit(again)
    expect((await sales.customers.get({ id: row.id })).tags).toEqual(['key account'])
    expect(
      (
        await sales.customers.list({
          filter: { combinator: 'and', rules: [{ field: 'tags', operator: 'in', value: ['KEY  ACCOUNT'] }] },
          offset: 0,
          limit: 50,
        })
      ).rows.map(({ id }) => id),
    ).toContain(row.id)
    await sales.customers.edit({ ...again, values: { removeTags: ['Key Account'] } })
    expect((await sales.customers.get({ id: row.id })).tags).toEqual([])
    for (const name of [' ', '\u3000\u200b'])
      expect(await failureOf(sales.customers.edit({ ...again, values: { addTags: [name] } }))).toMatchObject({
        code: 'BAD_REQUEST',
      })
  })
})
