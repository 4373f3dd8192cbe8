// Matching keys are stored as numbers. Should two keys ever have one, nobody may take two records for one on that account: each who
// finds records by keys is given a record that stands under a key it does not have.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Walked, walkBase } from '../../src-main/features/duplicates/walkTask.ts'
import type { TaskContext } from '../../src-main/kernel/tasks.ts'
import { keyNumber } from '../../src-shared/kernel/matching/keyNumber.ts'
import type { Client } from '../support/backend.ts'
import { type Office, openOffice } from '../support/factories.ts'
import { bring, csvFile } from './importFixtures.ts'

let office: Office
let admin: Client
beforeEach(async () => {
  office = await openOffice()
  admin = office.as(office.admin)
})
afterEach(async () => {
  await office.close()
})

const raw = () => office.running.backend.database.raw
/** Lets a record stand under a number as if one of its own keys had it. */
function standUnder(id: string, kind: string, key: string): void {
  const doc = raw().prepare('select id from search_doc where record_id = ?').pluck().get(id) as number
  raw()
    .prepare('insert into match_key (key, doc) values (?, ?)')
    .run(BigInt(keyNumber({ kind, key })), BigInt(doc))
}

it('the form names nobody who has neither the number nor the mail nor the code', async () => {
  const { id } = await admin.customers.create({ name: '无关五金店', phone: '13900001111' })
  const contact = await admin.contacts.create({ customerId: id, name: '丁一', phone: '13900002222' })
  standUnder(id, 'phone', '8613805126621')
  standUnder(contact.id, 'phone', '8613805126621')
  standUnder(id, 'email', 'a@b.cn')
  standUnder(id, 'code', '91320500MA1X2Y3Z4A')
  standUnder(id, 'core', '达科')
  const wanted = { name: '达科公司', phones: ['13805126621'], email: 'a@b.cn', creditCode: '91320500MA1X2Y3Z4A' }
  expect(await admin.customers.lookalikes(wanted)).toEqual([])
  const own = await admin.customers.create({ name: '达科物流', phone: '13805126621' })
  expect((await admin.customers.lookalikes(wanted)).map((one) => one.id)).toEqual([own.id])
})

it('an import takes no row for such a record', async () => {
  const { id } = await admin.customers.create({ name: '无关五金店', phone: '13900001111' })
  standUnder(id, 'phone', '8613805126621')
  const rows = [
    ['客户名称', '手机'],
    ['达科物流有限公司', '13805126621'],
  ]
  expect(await bring(office.running, office.admin, csvFile(rows), { onDuplicate: 'fill' })).toMatchObject({
    created: 1,
    updated: 0,
    skipped: 0,
  })
})

it('the search of the whole base finds no pair, and the one that is there', async () => {
  const first = await admin.customers.create({ name: '苏州博远精密机械有限公司', phone: '13805126621' })
  const second = await admin.customers.create({ name: '苏州博远精密机械', phone: '13805126621' })
  const other = await admin.customers.create({ name: '无关五金店', phone: '13900001111' })
  standUnder(other.id, 'phone', '8613805126621')
  const found: Walked[] = []
  const context = { raw: raw(), signal: new AbortController().signal, report: (step: Walked) => found.push(step) }
  await walkBase(context as unknown as TaskContext, { after: null, done: 0 })
  const pairs = new Set(found.flatMap(({ pairs: some }) => some.map((pair) => `${pair.first} ${pair.second}`)))
  expect([...pairs]).toEqual([[first.id, second.id].sort().join(' ')])
})
