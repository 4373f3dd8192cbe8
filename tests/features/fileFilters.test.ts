// Conditions of a list of customers on the files that hang on them: whether, how many, which name and kind, when and by whom.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { serveHttp } from '../../src-main/transports/http.ts'
import type { CustomerId } from '../../src-shared/features/customers/model.ts'
import type { FileHost } from '../../src-shared/features/files/entity.ts'
import type { Rule } from '../../src-shared/kernel/list.ts'
import { png, sent } from '../support/bytes.ts'
import { actorOf, addPerson, failureOf, type Office, openOffice } from '../support/factories.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(async () => {
  expect(office.running.faults).toEqual([])
  await office.close()
})

const bytes = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text))
async function hang(entity: FileHost, recordId: string, name: string, content: Uint8Array<ArrayBuffer>): Promise<void> {
  const server = await serveHttp({ backend: office.running.backend, actorOf: () => office.sales }, { port: 0 })
  const upload = await sent(server.url, name, content)
  await server.close()
  await office.as(office.sales).files.add({ entity, recordId, uploads: [upload.id] })
}
const about = (...rules: Omit<Rule, 'of'>[]): Rule => ({
  field: 'related.file',
  operator: 'notNull',
  of: { combinator: 'and', rules },
})

it('finds customers by their files, and by none that the asker does not see', async () => {
  const sales = office.as(office.sales)
  const make = async (name: string): Promise<CustomerId> => (await sales.customers.create({ name })).id
  const [pictured, spoken] = [await make('有图片的'), await make('跟进里有合同的')]
  await make('没有附件的')
  await hang('customer', pictured, '门头.png', new Uint8Array(png()))
  const { id } = await sales.followUps.create({ customerId: spoken, kind: 'call', text: '发了合同', contactId: null })
  await hang('followUp', id, '合同.pdf', bytes('%PDF-1.7 contract'))
  const names = async (client: typeof sales, rule: Rule) =>
    (await client.customers.list({ filter: { combinator: 'and', rules: [rule] } })).rows.map(({ name }) => name).toSorted()

  expect(await names(sales, { field: 'related.file', operator: 'notNull' })).toEqual(['有图片的', '跟进里有合同的'])
  expect(await names(sales, { field: 'related.file', operator: 'null' })).toEqual(['没有附件的'])
  expect(await names(sales, { field: 'related.file', operator: '>=', value: 2 })).toEqual([])
  expect(await names(sales, about({ field: 'kind', operator: 'in', value: ['image'] }))).toEqual(['有图片的'])
  expect(await names(sales, about({ field: 'kind', operator: 'in', value: ['pdf'] }))).toEqual(['跟进里有合同的'])
  expect(await names(sales, about({ field: 'name', operator: 'contains', value: '门头' }))).toEqual(['有图片的'])
  expect(await names(sales, about({ field: 'createdAt', operator: 'within', value: 'today' }))).toHaveLength(2)
  expect(await names(sales, about({ field: 'createdAt', operator: '<', value: '@today' }))).toEqual([])
  expect(await names(sales, about({ field: 'authorId', operator: 'in', value: ['@me'] }))).toHaveLength(2)
  expect((await sales.customers.count({ filter: { combinator: 'and', rules: [about()] } })).count).toBe(2)

  // Who sees no conversation is not told what was sent in one; who sees no files may not ask by them.
  const seeing = async (...permissions: string[]) => {
    const rights = Object.fromEntries(['customers.read', ...permissions].map((one) => [one, 'all' as const]))
    const { userId } = await addPerson(office.running, { name: '看客', roles: [{ permissions: rights }] })
    return office.as(actorOf(office.running, userId))
  }
  const quiet = await seeing('files.read')
  expect(await names(quiet, { field: 'related.file', operator: 'notNull' })).toEqual(['有图片的'])
  const blind = await seeing()
  expect((await failureOf(names(blind, { field: 'related.file', operator: 'notNull' }))).code).toBe('FORBIDDEN')
})
