// A bulk edit is foretold as it comes out: whoever would lack what must be filled in stays, and that is no matter of rights.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Client } from '../support/backend.ts'
import { type Office, openOffice } from '../support/factories.ts'

let office: Office
let admin: Client
beforeAll(async () => {
  office = await openOffice()
  admin = office.as(office.admin)
})
afterAll(async () => {
  expect(office.running.faults).toEqual([])
  await office.close()
})

it('of a field that is emptied, and of one that the edit makes necessary', async () => {
  const { key } = await admin.fields.create({ entity: 'customer', label: '批量必填', type: 'text' })
  let version = 0
  const configure = async (values: Parameters<Client['fields']['configure']>[0]['values']) =>
    void (await admin.fields.configure({ entity: 'customer', field: key, version: version++, values }))
  const filled = await admin.customers.create({ name: '填了的', custom: { [key]: '有' } })
  const empty = await admin.customers.create({ name: '空着的', level: 'C' })
  const both = { selection: { ids: [filled.id, empty.id] } }
  const foretoldAndDone = async (values: Parameters<Client['customers']['editMany']>[0]['values']) => {
    const foretold = await admin.customers.previewMany({ act: 'edit', ...both, values })
    const { batchId: _batch, ...done } = await admin.customers.editMany({ ...both, values })
    expect(foretold).toEqual(done)
    return done
  }
  await configure({ required: true })
  const emptied = { changed: 0, refused: 1, unchanged: 1, because: { requiredMissing: 1 } }
  expect(await foretoldAndDone({ custom: { [key]: null } })).toEqual(emptied)
  // What was missing before stops nobody.
  expect(await foretoldAndDone({ level: 'B' })).toEqual({ changed: 2, refused: 0, unchanged: 0 })
  const ofTheBest = { combinator: 'and' as const, rules: [{ field: 'level', operator: '=' as const, value: 'A' }] }
  await configure({ required: false, requiredWhen: ofTheBest })
  const raised = { changed: 1, refused: 1, unchanged: 0, because: { requiredMissing: 1 } }
  expect(await foretoldAndDone({ level: 'A' })).toEqual(raised)
})
