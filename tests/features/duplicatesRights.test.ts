// Who may settle which duplicates, and what of them a verdict tells.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { NewCustomer } from '../../src-shared/features/customers/model.ts'
import type { DuplicateGroup } from '../../src-shared/features/duplicates/model.ts'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import type { Client } from '../support/backend.ts'
import { failureOf, type Office, openOffice } from '../support/factories.ts'

let office: Office
let admin: Client
beforeEach(async () => {
  office = await openOffice()
  admin = office.as(office.admin)
  await office.running.start()
})
afterEach(() => office.close())

const add = async (values: NewCustomer): Promise<string> => (await admin.customers.create(values)).id

async function search(): Promise<string> {
  const { id } = await admin.duplicates.find({})
  expect(await office.running.backend.services.jobs.settled(id)).toMatchObject({ state: 'done', error: null })
  return id
}
const groups = async (client: Client, runId: string): Promise<DuplicateGroup[]> =>
  (await client.duplicates.groups({ runId: runId as never, filter: 'all' })).rows
const idsOf = (found: readonly DuplicateGroup[]): (string | null)[][] =>
  found.map(({ members }) => members.map(({ id }) => id).sort())

describe('a decision', () => {
  it('is written only of pairs with somebody in reach for editing', async () => {
    const name = '苏州博远精密机械有限公司'
    const mine = await add({ name, phone: '13805126621', ownerId: office.sales.employeeId })
    const theirs = [await add({ name, phone: '13805126621' }), await add({ name: '苏州博远精密机械', phone: '13805126621' })]
    const searching = (actor: Actor, ...more: string[]): Client => {
      const { 'customers.edit': _edit, ...kept } = actor.permissions
      const permissions = { ...kept, 'duplicates.find': 'all', ...Object.fromEntries(more.map((one) => one.split(' '))) } as const
      return office.as({ ...actor, permissions })
    }
    const pairs = (): unknown[] =>
      office.running.backend.database.raw.prepare('select first_id, second_id from not_duplicate').raw().all()
    const seller = searching(office.sales, 'customers.edit own')
    const runId = (await search()) as never
    const [group] = await groups(seller, runId)
    expect(group?.members).toHaveLength(3)
    const n = group?.n ?? 0
    // Of two strangers he says nothing, whichever way he asks.
    const stranger = group?.members.find(({ visible }) => !visible)?.at ?? -1
    expect(await seller.duplicates.notDuplicates({ runId, n, at: stranger })).toMatchObject({ pairs: 1, left: 1 })
    expect(await seller.duplicates.notDuplicates({ runId, n, at: null })).toMatchObject({ pairs: 1, left: 1 })
    expect(pairs()).toHaveLength(2)
    for (const pair of pairs() as string[][]) expect(pair).toContain(mine)
    // What is left of the group is no affair of his, and open to those whose it is.
    expect(await groups(seller, runId)).toEqual([])
    expect(idsOf(await groups(admin, runId))).toEqual([theirs.toSorted()])
    const [decided] = (await seller.history.recent({ limit: 1, mine: true })).entries
    expect(decided?.recordId).toBe(mine)
    // Who sees but may not edit decides nothing.
    const looking = await failureOf(
      searching(office.colleague, 'customers.read all').duplicates.notDuplicates({ runId, n, at: null }),
    )
    expect(looking.data).toMatchObject({ reason: 'notInReach' })
    expect(pairs()).toHaveLength(2)
  })

  it('is taken back by whoever may edit either of the two', async () => {
    const name = '苏州博远精密机械有限公司'
    const owners = [office.sales.employeeId, office.colleague.employeeId]
    for (const ownerId of owners) await add({ name, phone: '13805126621', ownerId })
    const runId = await search()
    await admin.duplicates.notDuplicates({ runId: runId as never, n: 0, at: null })
    const left = (): number =>
      office.running.backend.database.raw.prepare('select count(*) from not_duplicate').pluck().get() as number
    for (const actor of [office.sales, office.colleague]) {
      const permissions = {
        ...actor.permissions,
        'duplicates.find': 'all',
        'history.readAll': 'all',
        'customers.read': 'all',
      } as const
      const [decided] = (await admin.history.recent({ limit: 1 })).entries
      const rest = { ...permissions, 'customers.edit': undefined } as unknown as Actor['permissions']
      const seq = decided?.seq ?? 0
      expect(await office.as({ ...actor, permissions: rest }).history.undo({ seq })).toMatchObject({ reversed: 0, kept: 1 })
      expect(left()).toBe(1)
      expect(await office.as({ ...actor, permissions }).history.undo({ seq })).toMatchObject({ reversed: 1 })
      expect(left()).toBe(0)
      await admin.duplicates.notDuplicates({ runId: runId as never, n: 0, at: null })
    }
  })
})

describe('a field that the one who looks does not see', () => {
  const limited = (fieldRights: Actor['fieldRights']): Client => office.as({ ...office.admin, fieldRights })

  it('neither puts customers together for him nor is told as the reason', async () => {
    const alike = [
      await add({ name: '绍兴越纺印染有限公司', phone: '13957511128', city: '绍兴市' }),
      await add({ name: '绍兴越纺印染', phone: '13957511128', city: '绍兴市' }),
    ]
    const byPhone = [await add({ name: '宁波粤达有限公司' }), await add({ name: '宁波市悦达公司', phone: '13700007777' })]
    await admin.contacts.create({ customerId: byPhone[0] as never, name: '吕七', phone: '13700007777' })
    const runId = await search()
    const all = await groups(admin, runId)
    expect(all).toHaveLength(2)
    expect(JSON.stringify(all)).toContain('mobileSame')
    const n = all.find(({ members }) => members.some(({ id }) => id === byPhone[0]))?.n ?? -1
    for (const right of ['hidden', 'masked'] as const) {
      const client = limited({ 'customer.phone': right, 'contact.phone': right })
      const found = await groups(client, runId)
      expect(JSON.stringify(found)).not.toMatch(/mobile|phone/i)
      expect(idsOf(found)).toContainEqual(alike.toSorted())
      const shown = found.find((one) => one.n === n)
      const detail = await client.duplicates.group({ runId: runId as never, n })
      expect(detail === null).toBe(shown === undefined)
      expect(JSON.stringify(detail)).not.toContain('mobileSame')
      const other = await client.duplicates.group({ runId: runId as never, n: all.find((one) => one.n !== n)?.n ?? -1 })
      expect(other?.columns[1]?.alike?.because).toContain('coreSame')
      expect(JSON.stringify(other?.columns)).not.toContain('mobileSame')
      const counted = await client.duplicates.counts({ runId: runId as never })
      expect(counted.sure + counted.maybe).toBe(found.length)
    }
  })
})
