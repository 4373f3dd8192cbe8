// Every command of customers over all three wires: success, each refusal, forbidden, not found, stale, history.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyChain } from '../../src-main/kernel/journal.ts'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import type { Client } from '../support/backend.ts'
import { addPerson, bySystem, failureOf, type Office, openOffice } from '../support/factories.ts'
import { type Connection, transports } from '../support/transports.ts'

let office: Office
let goneEmployee: string
beforeAll(async () => {
  office = await openOffice()
  goneEmployee = (await addPerson(office.running, { name: '已离职', roles: ['sales'] })).employeeId
  await bySystem(office.running, async ({ tx }) => {
    await tx.updateTable('employee').set({ leftOn: '2026-01-02' }).where('id', '=', goneEmployee).execute()
  })
})
afterAll(async () => {
  expect(verifyChain(raw()).faults).toEqual([])
  expect(office.running.faults).toEqual([])
  await office.close()
})
const raw = () => office.running.backend.database.raw

describe.each(Object.keys(transports))('customers over %s', (name) => {
  const open: Connection[] = []
  const connect = async (actor: Actor): Promise<Client> => {
    const connection = await transports[name]?.(office.running, actor)
    if (!connection) throw new Error(name)
    open.push(connection)
    return connection.client
  }
  let admin: Client
  let sales: Client
  let viewer: Client
  beforeAll(async () => {
    admin = await connect(office.admin)
    sales = await connect(office.sales)
    viewer = await connect(office.viewer)
  })
  afterAll(async () => {
    for (const connection of open) await connection.close()
  })
  const lastEntry = async (client: Client, id: string) => (await client.history.ofRecord({ entity: 'customer', id })).entries[0]

  describe('create', () => {
    it('cleans what was typed, gives the customer to who creates him, says so in history', async () => {
      const row = await sales.customers.create({
        name: ' 苏州博远　精密有限公司 ',
        phone: '138 0512 6621',
        phone2: '8888 1111',
        email: ' info@firm.cn ',
        tags: ['重点', '新'],
      })
      expect(row).toMatchObject({
        name: '苏州博远精密有限公司',
        phone: '+8613805126621',
        phone2: '8888 1111',
        email: 'info@firm.cn',
        kind: 'company',
        status: 'potential',
        ownerId: office.sales.employeeId,
        ownerName: '王海峰',
        tags: ['新', '重点'],
        createdBy: office.sales.userId,
        version: 1,
        deletedAt: null,
      })
      expect(await sales.customers.get({ id: row.id })).toEqual({
        ...row,
        may: { edit: true, remove: true, transfer: false, release: true, say: true },
      })
      expect(await lastEntry(sales, row.id)).toMatchObject({
        action: 'created',
        actorName: '王海峰',
        procedure: 'customers.create',
        recordId: row.id,
        recordName: row.name,
        undoable: true,
      })
    })

    it('refuses a name of nothing, an unknown owner and one who has left', async () => {
      const before = raw().prepare('select count(*) from customer').pluck().get()
      expect(await failureOf(admin.customers.create({ name: '\u200b\u200b' }))).toEqual({
        code: 'REFUSED',
        data: { reason: 'nameMissing' },
      })
      expect(await failureOf(admin.customers.create({ name: '甲', ownerId: 'nobody' }))).toEqual({
        code: 'REFUSED',
        data: { reason: 'ownerUnknown' },
      })
      expect(await failureOf(admin.customers.create({ name: '甲', ownerId: goneEmployee }))).toEqual({
        code: 'REFUSED',
        data: { reason: 'ownerLeft' },
      })
      expect(raw().prepare('select count(*) from customer').pluck().get()).toBe(before)
    })

    it('is forbidden without the right, and for fields one may not write', async () => {
      expect(await failureOf(viewer.customers.create({ name: '甲' }))).toEqual({
        code: 'FORBIDDEN',
        data: { needs: 'customers.create' },
      })
      const limited = await connect({
        ...office.admin,
        userId: 'limited',
        fieldRights: { 'customer.level': 'read', 'customer.note': 'hidden' },
      })
      expect(await failureOf(limited.customers.create({ name: '甲', level: 'A', note: '乙' }))).toEqual({
        code: 'FORBIDDEN',
        data: { needs: 'customers.fields', fields: ['level', 'note'] },
      })
    })
  })

  it('the contact of a row shows no number that is hidden elsewhere', async () => {
    const { id } = await sales.customers.create({ name: '只有第二个号码' })
    await sales.contacts.create({ customerId: id, name: '单晓红', phone2: '13600001111' })
    const shown = async (client: typeof sales) => {
      const filter = { combinator: 'and' as const, rules: [{ field: 'name', operator: '=' as const, value: '只有第二个号码' }] }
      const { rows } = await client.customers.list({ filter })
      return rows.find((row) => row.id === id)?.contactPhone
    }
    expect(await shown(sales)).toBe('+8613600001111')
    const limited = (right: 'hidden' | 'masked') => ({
      ...office.admin,
      userId: right,
      fieldRights: { 'contact.phone2': right },
    })
    expect(await shown(await connect(limited('hidden')))).toBeNull()
    expect(await shown(await connect(limited('masked')))).toMatch(/\*/)
  })

  describe('edit', () => {
    it('writes what changed, keeps the rest, names the fields in history', async () => {
      const row = await sales.customers.create({ name: '改一改', level: 'B', city: '杭州市' })
      const edited = await sales.customers.edit({ id: row.id, version: 1, values: { level: 'A', phone: '0571 8765 4321' } })
      expect(edited).toMatchObject({ level: 'A', city: '杭州市', phone: '+8657187654321', version: 2 })
      const entry = await lastEntry(sales, row.id)
      expect(entry).toMatchObject({ action: 'edited', rows: 1 })
      expect(entry?.changes.map(({ field, before, after }) => [field, before, after]).sort()).toEqual([
        ['level', 'B', 'A'],
        ['phone', null, '+8657187654321'],
      ])
    })

    it('renaming moves the order and the duplicate core along', async () => {
      const row = await admin.customers.create({ name: '啊第一' })
      await admin.customers.edit({ id: row.id, version: 1, values: { name: '中最后' } })
      expect(raw().prepare('select name_sort from customer where id = ?').pluck().get(row.id)).toMatch(/^zhong/)
    })

    it('giving a customer away is a transfer: its own right, its own word', async () => {
      const row = await sales.customers.create({ name: '要转的' })
      const give = { id: row.id, version: 1, values: { ownerId: office.colleague.employeeId } }
      expect(await failureOf(sales.customers.edit(give))).toEqual({ code: 'FORBIDDEN', data: { needs: 'customers.transfer' } })
      await admin.customers.edit(give)
      expect(await lastEntry(admin, row.id)).toMatchObject({
        action: 'transferred',
        changes: [{ field: 'ownerId', beforeLabel: '王海峰', afterLabel: '李婷' }],
      })
      expect(await failureOf(sales.customers.edit({ id: row.id, version: 2, values: { level: 'A' } }))).toMatchObject({
        code: 'NOT_FOUND',
      })
    })

    it('refuses nothing for a name, unknown and former owners, a recycled customer', async () => {
      const row = await admin.customers.create({ name: '拒绝' })
      const edit = (values: object) => failureOf(admin.customers.edit({ id: row.id, version: 1, values }))
      expect(await edit({ name: '\u200b' })).toMatchObject({ code: 'REFUSED', data: { reason: 'nameMissing' } })
      expect(await edit({ ownerId: 'nobody' })).toMatchObject({ data: { reason: 'ownerUnknown' } })
      expect(await edit({ ownerId: goneEmployee })).toMatchObject({ data: { reason: 'ownerLeft' } })
      await admin.customers.removeMany({ selection: { ids: [row.id] } })
      expect(await edit({ level: 'A' })).toMatchObject({ code: 'REFUSED', data: { reason: 'deleted' } })
    })

    it('a field that may not be seen cannot be guessed by writing the same', async () => {
      const row = await admin.customers.create({ name: '猜一猜', level: 'A' })
      const limited = await connect({
        ...office.admin,
        userId: 'guess',
        fieldRights: { 'customer.level': 'hidden', 'customer.city': 'read' },
      })
      for (const level of ['A', 'B'] as const)
        expect(await failureOf(limited.customers.edit({ id: row.id, version: 1, values: { level } }))).toMatchObject({
          code: 'FORBIDDEN',
        })
      // A form sends what it read back: unchanged it is no offence.
      expect(await limited.customers.edit({ id: row.id, version: 1, values: { city: null, note: '可以' } })).toMatchObject({
        note: '可以',
      })
      expect(await failureOf(limited.customers.edit({ id: row.id, version: 2, values: { city: '上海市' } }))).toMatchObject({
        code: 'FORBIDDEN',
      })
    })

    it('seen but not within the edit scope is FORBIDDEN', async () => {
      const row = await admin.customers.create({ name: '只能看' })
      const reader = await connect({ ...office.sales, permissions: { ...office.sales.permissions, 'customers.read': 'all' } })
      expect(await failureOf(reader.customers.edit({ id: row.id, version: 1, values: { level: 'A' } }))).toEqual({
        code: 'FORBIDDEN',
        data: { needs: 'customers.edit' },
      })
    })
  })

  describe('many at once', () => {
    const three = async (client: Client) => {
      const rows = [
        await client.customers.create({ name: '批一' }),
        await client.customers.create({ name: '批二' }),
        await client.customers.create({ name: '批三' }),
      ]
      return rows.map(({ id }) => id)
    }
    const foreign = async () => (await admin.customers.create({ name: '别人的', ownerId: office.colleague.employeeId })).id

    it('edit counts changed, refused and unchanged, which add up', async () => {
      const ids = await three(sales)
      await sales.customers.edit({ id: ids[0] as never, version: 1, values: { level: 'A' } })
      const selection = { ids: [...ids, ids[0] ?? '', await foreign(), 'nobody'] }
      const result = await sales.customers.editMany({ selection, values: { level: 'A', addTags: [] } })
      expect(result).toMatchObject({ changed: 2, refused: 2, unchanged: 1 })
      expect(await sales.history.undoBatch({ batchId: result.batchId ?? '' })).toMatchObject({
        reversed: 2,
        kept: 0,
        failed: 0,
        remaining: 0,
      })
    })

    it('tags are added and taken, also when nothing else changes', async () => {
      const ids = await three(sales)
      const label = `批量标签 ${name}`
      const added = await sales.customers.editMany({ selection: { ids }, values: { addTags: [label] } })
      expect(added).toMatchObject({ changed: 3, unchanged: 0 })
      expect((await sales.customers.get({ id: ids[1] as never })).tags).toEqual([label])
      expect((await sales.tags.list({ counted: true })).find((tag) => tag.name === label)?.used).toBe(3)
      const taken = await sales.customers.editMany({ selection: { ids }, values: { removeTags: [label] } })
      expect(taken).toMatchObject({ changed: 3 })
      expect((await sales.customers.get({ id: ids[1] as never })).tags).toEqual([])
    })

    it('a filter with exceptions takes what it finds now', async () => {
      const source = `来源 ${name}`
      const ids = await three(admin)
      await admin.customers.editMany({ selection: { ids }, values: { source } })
      const which = {
        filter: { combinator: 'and' as const, rules: [{ field: 'source', operator: '=' as const, value: source }] },
      }
      const result = await admin.customers.editMany({ selection: { which, except: [ids[2] ?? ''] }, values: { status: 'won' } })
      expect(result).toMatchObject({ changed: 2, refused: 0, unchanged: 0 })
      expect((await admin.customers.countBy({ which, field: 'status' })).sort((a, b) => b.count - a.count)).toMatchObject([
        { value: 'won', count: 2 },
        { value: 'potential', count: 1 },
      ])
    })

    it('refuses an empty selection, owners who cannot own, and needs both rights to transfer', async () => {
      const ids = await three(sales)
      const nothing = { which: { search: '绝对没有这个名字' }, except: [] }
      expect(await failureOf(admin.customers.editMany({ selection: nothing, values: { level: 'A' } }))).toEqual({
        code: 'REFUSED',
        data: { reason: 'nothingSelected' },
      })
      expect(await failureOf(admin.customers.removeMany({ selection: nothing }))).toMatchObject({
        data: { reason: 'nothingSelected' },
      })
      expect(await failureOf(admin.customers.restoreMany({ selection: nothing }))).toMatchObject({
        data: { reason: 'nothingSelected' },
      })
      const to = (ownerId: string) => ({ selection: { ids }, values: { ownerId } })
      expect(await failureOf(admin.customers.editMany(to('nobody')))).toMatchObject({ data: { reason: 'ownerUnknown' } })
      expect(await failureOf(admin.customers.editMany(to(goneEmployee)))).toMatchObject({ data: { reason: 'ownerLeft' } })
      expect(await sales.customers.editMany(to(office.colleague.employeeId ?? ''))).toEqual({
        changed: 0,
        refused: 3,
        unchanged: 0,
        batchId: null,
      })
      const transferOnly = await connect({
        ...office.admin,
        userId: `transfer ${name}`,
        permissions: { 'customers.read': 'all', 'customers.transfer': 'all', 'customers.edit': 'own' },
      })
      expect(
        await transferOnly.customers.editMany({
          selection: { ids },
          values: { ownerId: office.colleague.employeeId, level: 'A' },
        }),
      ).toMatchObject({ refused: 3 })
      expect(await admin.customers.editMany(to(office.colleague.employeeId ?? ''))).toMatchObject({ changed: 3 })
      expect((await admin.history.recent({ limit: 1 })).entries[0]).toMatchObject({ action: 'transferredMany', rows: 3 })
      expect(await failureOf(viewer.customers.editMany({ selection: { ids }, values: { level: 'A' } }))).toMatchObject({
        code: 'FORBIDDEN',
      })
    })
  })

  describe('recycle bin', () => {
    const withChildren = async (client: Client) => {
      const row = await client.customers.create({ name: '有家当', tags: ['回收标签'] })
      const contact = await client.contacts.create({ customerId: row.id, name: '随行' })
      const early = await client.contacts.create({ customerId: row.id, name: '先走' })
      await client.contacts.remove({ id: early.id })
      await client.addresses.create({ customerId: row.id, label: '仓库' })
      await client.followUps.create({ customerId: row.id, text: '谈过' })
      return { id: row.id, contact, early }
    }

    it('takes along what hangs on the customer, and restores exactly that', async () => {
      const { id, contact, early } = await withChildren(sales)
      const result = await sales.customers.removeMany({
        selection: { ids: [id, id, await admin.customers.create({ name: '别' }).then((r) => r.id)] },
      })
      expect(result).toMatchObject({ changed: 1, refused: 1, unchanged: 0 })
      expect((await sales.customers.list({ search: '有家当' })).rows.filter((row) => row.id === id)).toEqual([])
      expect((await sales.customers.list({ deleted: true, limit: 200 })).rows.map((row) => row.id)).toContain(id)
      expect(await sales.contacts.ofCustomer({ customerId: id })).toEqual([])
      expect((await sales.followUps.ofCustomer({ customerId: id })).rows).toEqual([])
      expect((await sales.customers.get({ id })).deletedAt).not.toBeNull()
      expect(await sales.customers.removeMany({ selection: { ids: [id] } })).toEqual({
        changed: 0,
        refused: 0,
        unchanged: 1,
        batchId: null,
      })

      expect(await sales.customers.restoreMany({ selection: { ids: [id] } })).toMatchObject({ changed: 1 })
      expect((await sales.contacts.ofCustomer({ customerId: id })).map((row) => row.id)).toEqual([contact.id])
      expect((await sales.contacts.get({ id: early.id })).deletedAt).not.toBeNull()
      expect(await sales.addresses.ofCustomer({ customerId: id })).toHaveLength(1)
      expect((await sales.followUps.ofCustomer({ customerId: id })).rows).toHaveLength(1)
      expect((await sales.customers.get({ id })).tags).toEqual(['回收标签'])
      expect(await lastEntry(sales, id)).toMatchObject({ action: 'restored' })
      expect(await sales.customers.restoreMany({ selection: { ids: [id] } })).toMatchObject({ changed: 0, unchanged: 1 })
    })

    it('deleting needs its own right and scope', async () => {
      const { id } = await withChildren(sales)
      expect(await failureOf(viewer.customers.removeMany({ selection: { ids: [id] } }))).toEqual({
        code: 'FORBIDDEN',
        data: { needs: 'customers.delete' },
      })
      expect(await failureOf(viewer.customers.restoreMany({ selection: { ids: [id] } }))).toMatchObject({ code: 'FORBIDDEN' })
      const colleague = await connect(office.colleague)
      expect(await colleague.customers.removeMany({ selection: { ids: [id] } })).toEqual({
        changed: 0,
        refused: 1,
        unchanged: 0,
        batchId: null,
      })
    })

    it('purging asks for the number, takes only recycled rows, and everything that hangs on them', async () => {
      const { id } = await withChildren(admin)
      const living = (await admin.customers.create({ name: '还活着' })).id
      await admin.customers.removeMany({ selection: { ids: [id] } })
      const purge = (ids: string[], confirmCount: number) => admin.customers.purgeMany({ selection: { ids }, confirmCount })
      expect(await failureOf(purge([id], 12))).toEqual({
        code: 'REFUSED',
        data: { reason: 'selectionChanged', detail: { expected: 12, found: 1 } },
      })
      const which = {
        deleted: true,
        search: '有家当',
        filter: { combinator: 'and' as const, rules: [{ field: 'name', operator: '=' as const, value: '没有' }] },
      }
      expect(await failureOf(admin.customers.purgeMany({ selection: { which, except: [] }, confirmCount: 0 }))).toMatchObject({
        data: { reason: 'nothingSelected' },
      })
      expect(await failureOf(sales.customers.purgeMany({ selection: { ids: [id] }, confirmCount: 1 }))).toMatchObject({
        code: 'FORBIDDEN',
      })
      expect(await purge([id, living], 2)).toMatchObject({ changed: 1, unchanged: 1, refused: 0 })
      expect(await failureOf(admin.customers.get({ id }))).toMatchObject({ code: 'NOT_FOUND' })
      for (const table of ['contact', 'address', 'follow_up'])
        expect(raw().prepare(`select count(*) from ${table} where customer_id = ?`).pluck().get(id)).toBe(0)
      expect(raw().prepare('select count(*) from record_tag where record_id = ?').pluck().get(id)).toBe(0)
      expect((await admin.customers.get({ id: living })).deletedAt).toBeNull()
      expect((await admin.history.recent({ limit: 1 })).entries[0]).toMatchObject({ action: 'purged', undoable: false })
    })
  })

  it('no call takes a batch id: a change cannot pass for part of somebody’s import', async () => {
    const { id } = await admin.customers.create({ name: '自己选批次' })
    const selection = { ids: [id] }
    for (const call of [
      admin.customers.editMany({ selection, values: { level: 'A' }, batchId: '01JJJJJJJJJJJJJJJJJJJJJJJJ' } as never),
      admin.customers.removeMany({ selection, batchId: '01JJJJJJJJJJJJJJJJJJJJJJJJ' } as never),
      admin.customers.restoreMany({ selection, batchId: '01JJJJJJJJJJJJJJJJJJJJJJJJ' } as never),
    ])
      expect(await failureOf(call)).toMatchObject({ code: 'BAD_REQUEST' })
    expect(await admin.customers.get({ id })).toMatchObject({ level: null, deletedAt: null })
  })
})
