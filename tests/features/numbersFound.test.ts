// A record is found by its number as it is said: whole, from one of its parts on, with or without its signs; where a number is hidden, not.
import { beforeEach, describe, expect, it } from 'vitest'

import { admin, customerOf, person, running } from '../support/company.ts'
import { actorOf, addPerson } from '../support/factories.ts'
import { type Client, clientAs } from '../support/backend.ts'
import { doctor } from '../../src-main/kernel/doctor.ts'

const numbered = async (client: Client, text: string) => (await client.search.records({ text })).hits.map(({ title }) => title)
const listed = async (client: Client, search: string) =>
  (await client.customers.list({ search })).rows.map(({ name }) => name).toSorted()

beforeEach(async () => {
  await admin.numbers.save({
    entity: 'customer',
    version: 0,
    pattern: 'KH-{YYYY}{MM}-{0000}',
    reset: 'monthly',
    start: 41,
    enabled: true,
  })
})

describe('a number that is typed', () => {
  it('finds its record first, in the palette and in lists', async () => {
    const wang = await person('wang', { roles: ['sales'] })
    const first = await customerOf(wang.employeeId, '海宁纺织')
    const second = await customerOf(null, '绍兴印染')
    await customerOf(null, '电话里有 0041 的')
    expect([first.number, second.number]).toEqual(['KH-202611-0041', 'KH-202611-0042'])
    for (const typed of ['KH-202611-0042', 'kh-202611-0042', 'kh2026110042', 'KH202611-0042'])
      expect(await numbered(admin, typed), typed).toEqual(['绍兴印染'])
    expect((await numbered(admin, '0041')).toSorted()).toEqual(['海宁纺织', '电话里有 0041 的'].toSorted())
    expect(await listed(admin, '202611-004')).toEqual(['海宁纺织', '电话里有 0041 的', '绍兴印染'].toSorted())
    const [hit] = (await admin.search.records({ text: 'kh-202611-0042' })).hits
    expect(hit?.subtitle).toContain('KH-202611-0042')
    // Its own people only.
    expect(await numbered(wang.client, 'KH-202611-0041')).toEqual(['海宁纺织'])
    expect(await numbered(wang.client, 'KH-202611-0042')).toEqual([])
    // The letters every number begins with are a word like any other.
    expect(await numbered(admin, 'kh')).toEqual([])
  })

  it('finds a number with Chinese in it, whole and by its end', async () => {
    await admin.numbers.save({ entity: 'customer', version: 1, pattern: '客户-{0000}', reset: 'never', start: 7, enabled: true })
    await customerOf(null, '海宁纺织')
    for (const typed of ['客户-0007', '客户0007', '0007']) expect(await numbered(admin, typed), typed).toEqual(['海宁纺织'])
    expect(await listed(admin, '客户-0007')).toEqual(['海宁纺织'])
    expect(await numbered(admin, '客户-0008')).toEqual([])
  })

  it('follows a number that is given later and one that is taken away again', async () => {
    await admin.numbers.save({ entity: 'customer', version: 1, pattern: 'KH-{0000}', reset: 'never', start: 1, enabled: false })
    await customerOf(null, '老客户')
    expect(await numbered(admin, 'KH-0001')).toEqual([])
    await admin.numbers.save({ entity: 'customer', version: 2, pattern: 'KH-{0000}', reset: 'never', start: 1, enabled: true })
    const { batchId } = await admin.numbers.giveMissing({ entity: 'customer' })
    expect(await numbered(admin, 'KH-0001')).toEqual(['老客户'])
    await admin.history.undoBatch({ batchId: batchId ?? '' })
    expect(await numbered(admin, 'KH-0001')).toEqual([])
    const diagnosis = doctor(running.folder, {
      version: 'test',
      newestSchema: running.backend.database.raw.pragma('user_version', { simple: true }) as number,
    })
    expect(diagnosis.searchIndexConsistent).toBe(true)
  })

  it('finds nothing for a role that does not see numbers', async () => {
    await customerOf(null, '海宁纺织')
    const { userId } = await addPerson(running, {
      name: '看不到编号',
      roles: [{ permissions: { 'customers.read': 'all' }, fieldRights: { 'customer.number': 'hidden' } }],
    })
    const blind = clientAs(running.backend, actorOf(running, userId))
    expect(await numbered(blind, 'KH-202611-0041')).toEqual([])
    expect(await listed(blind, '0041')).toEqual([])
    expect(await blind.numbers.customers({ number: 'KH' })).toEqual([])
    expect(await numbered(blind, '海宁')).toEqual(['海宁纺织'])
  })
})
