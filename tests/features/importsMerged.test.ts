// An imported row like a customer who gave up his place to another goes into the one who took it, and the form finds that one, too.
import { describe, expect, it } from 'vitest'
import { admin, person, running } from '../support/company.ts'
import { administrator, actorOf } from '../support/factories.ts'
import { bring, csvFile, rowsOf } from './importFixtures.ts'

const HEADER = ['客户名称', '手机', '行业']
const merge = async (survivor: { id: string; version: number }, absorbed: { id: string; version: number }) => {
  const seen = async (id: string) => ({ id, version: (await admin.customers.get({ id: id as never })).version })
  return admin.merges.merge({
    survivorId: survivor.id as never,
    customers: [await seen(survivor.id), await seen(absorbed.id)] as never,
    choices: [],
    joins: [],
  } as never)
}
const living = () => rowsOf(running, 'select name from customer where deleted_at is null order by id').map(({ name }) => name)

async function chain() {
  const first = await admin.customers.create({ name: '苏州博远机械有限公司', phone: '13805126621' })
  const second = await admin.customers.create({ name: '昆山恒泰建材有限公司', phone: '13912345678' })
  const third = await admin.customers.create({ name: '常熟卓越物流有限公司', phone: '13700001111' })
  await merge(second, first)
  await merge(third, second)
  return { first, second, third }
}

describe('a row equal to a merged customer', () => {
  it('goes into the one who stands in his place, through a chain of merges', async () => {
    const { third } = await chain()
    const file = csvFile([
      HEADER,
      ['苏州博远机械有限公司', '13805126621', '机械'],
      ['昆山恒泰建材有限公司', '13912345678', '建材'],
    ])
    const done = await bring(running, administrator(running), file, { onDuplicate: 'fill' })
    expect(done).toMatchObject({ created: 0, updated: 1, failed: 0 })
    expect(living()).toEqual(['常熟卓越物流有限公司'])
    expect((await admin.customers.get({ id: third.id })).industry).toBe('机械')
  })

  it('becomes new again once the merge is taken back', async () => {
    const { first } = await chain()
    for (;;) {
      const [merged] = await admin.merges.ofCustomer({ id: (await admin.customers.get({ id: first.id })).id })
      if (!merged) break
      await admin.merges.unmerge({ seq: merged.seq })
    }
    const file = csvFile([HEADER, ['苏州博远机械有限公司', '13805126621', '机械']])
    await bring(running, administrator(running), file)
    expect((await admin.customers.get({ id: first.id })).industry).toBe('机械')
    expect(living()).toHaveLength(3)
  })

  it('of somebody out of reach stays with him and is told without a name', async () => {
    await chain()
    const sales = await person('sales', { roles: ['salesManager'] })
    const found = await sales.client.customers.lookalikes({ name: '苏州博远机械有限公司', phones: ['13805126621'] })
    expect(found).toMatchObject([{ id: null, name: '常***', sure: true, visible: false, deleted: false }])
    const file = csvFile([HEADER, ['苏州博远机械有限公司', '13805126621', '机械']])
    const done = await bring(running, actorOf(running, sales.userId), file)
    expect(done).toMatchObject({ created: 0, updated: 0 })
    expect(living()).toEqual(['常熟卓越物流有限公司'])
  })

  it('is the survivor in the form as well, once', async () => {
    const { third } = await chain()
    const found = await admin.customers.lookalikes({ name: '苏州博远机械有限公司', phones: ['13912345678'] })
    expect(found.map(({ id, name }) => [id, name])).toEqual([[third.id, '常熟卓越物流有限公司']])
  })

  it('carries contacts of a sheet to the survivor', async () => {
    const { third } = await chain()
    const file = csvFile([
      ['客户名称', '姓名', '手机'],
      ['苏州博远机械有限公司', '单晓红', '13600001111'],
    ])
    const done = await bring(running, administrator(running), file, { entity: 'contact' })
    expect(done).toMatchObject({ created: 1 })
    expect((await admin.contacts.ofCustomer({ customerId: third.id })).map(({ name }) => name)).toEqual(['单晓红'])
  })
})
