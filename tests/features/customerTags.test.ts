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
