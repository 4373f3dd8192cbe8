// What a name or a label may be, asked of whatever is made with one.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Client } from '../support/backend.ts'
import { failureOf, type Office, openOffice } from '../support/factories.ts'
import { connectOver, wires } from '../support/wires.ts'

let office: Office
let admin: Client
let customerId: string
beforeAll(async () => {
  office = await openOffice()
  admin = await connectOver(wires[0] ?? '', () => office)(office.admin)
  customerId = (await admin.customers.create({ name: '苏州达科机械有限公司' })).id
})
afterAll(async () => {
  expect(office.running.faults).toEqual([])
  await office.close()
})

const POOL = { note: null, hidden: [], dailyClaims: null, dailyViews: null, coolingDays: 0, members: [] }
// A customer says it as a rule of its own, since its cells are filled by the block, too.
const isSaid = (failure: { code: string; data?: unknown }) =>
  failure.code === 'BAD_REQUEST' || JSON.stringify(failure.data) === '{"reason":"nameMissing"}'
const VIEW = { filter: null, sorts: [], layout: null, density: null, sums: [] }
const NOBODY = { everyone: false, departments: [], roles: [], people: [] }
const makers: Record<string, (name: string) => Promise<{ name: string }>> = {
  customer: (name) => admin.customers.create({ name }),
  contact: (name) => admin.contacts.create({ customerId: customerId as never, name }),
  address: async (name) => ({ name: (await admin.addresses.create({ customerId: customerId as never, label: name })).label }),
  employee: (name) => admin.people.createEmployee({ name }),
  department: (name) => admin.people.createDepartment({ name, parentId: null }),
  role: (name) => admin.people.createRole({ name, description: null, permissions: [], fieldRights: [] }),
  pool: (name) => admin.pools.create({ ...POOL, name }),
  tag: (name) => admin.tags.create({ name }),
}

describe.each(Object.keys(makers))('the name of a %s', (what) => {
  const make = (name: string) => makers[what]?.(name) ?? Promise.reject(new Error(what))

  it('is refused when no ink is in it', async () => {
    for (const blank of ['', '   ', '\u200b\u200d', '\u0000', '\ufeff\u3000'])
      expect(await failureOf(make(blank)), JSON.stringify(blank)).toSatisfy(isSaid)
  })
  it('is one line without signs that nobody sees', async () => {
    expect((await make('\ufeff华\u0000东\u202e 一\u200b部\n甲\t乙\u0007')).name.replaceAll(' ', '')).toBe('华东一部甲乙')
  })
  it('keeps signs beyond the first plane and families whole', async () => {
    expect((await make('𠮷野家👨‍👩‍👧👍🏽')).name).toBe('𠮷野家👨‍👩‍👧👍🏽')
  })
})

it('what is said keeps its lines and loses only what no screen shows', async () => {
  const say = (text: string) => admin.followUps.create({ customerId: customerId as never, kind: 'note', text })
  expect((await say('  一\u0000\n\n  二\u0007 👨‍👩‍👧 ')).text).toBe('一\n\n  二 👨‍👩‍👧')
  expect(await failureOf(say('\u200b\u200b'))).toMatchObject({ code: 'BAD_REQUEST' })
})

it('a view is named as anything else', async () => {
  const make = (name: string) => admin.views.create({ entity: 'customer', name, definition: VIEW, audience: NOBODY })
  expect(await failureOf(make('\u200b'))).toMatchObject({ code: 'BAD_REQUEST' })
})
