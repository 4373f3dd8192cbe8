// Views of a list: whose they are, who sees them, and what stays when their owner goes.
import { describe, expect, it } from 'vitest'
import { type Audience, PRIVATE, type ViewDefinition } from '../../src-shared/features/views/plain.ts'
import type { Client } from '../support/backend.ts'
import { admin, department, digestOf, lastSeq, person, raw, roleId, running } from '../support/company.ts'
import { failureOf } from '../support/factories.ts'

const definition: ViewDefinition = {
  filter: { combinator: 'and', rules: [{ field: 'level', operator: 'in', value: ['A', 'B'] }] },
  sorts: [
    { field: 'city', direction: 'asc' },
    { field: 'name', direction: 'desc' },
  ],
  layout: { order: ['name', 'city'], hidden: ['phone'], widths: { name: 300 } },
  density: 'normal',
  sums: [{ field: 'lastFollowUpAt', sum: 'avg' }],
}
const EVERYONE: Audience = { ...PRIVATE, everyone: true }
const make = (client: Client, name: string, audience: Audience = PRIVATE, more: Partial<ViewDefinition> = {}) =>
  client.views.create({ entity: 'customer', name, definition: { ...definition, ...more }, audience })
const names = async (client: Client) => (await client.views.list({ entity: 'customer' })).views.map(({ name }) => name)

describe('a view of one’s own', () => {
  it('keeps columns, order, sorts, density, sums and filter; is renamed, changed, deleted; every step is undone', async () => {
    const sales = await person('anna', { roles: ['sales'] })
    const view = await make(sales.client, ' A 级和 B 级 ')
    expect(view).toMatchObject({
      name: 'A 级和 B 级',
      definition,
      isMine: true,
      mayEdit: true,
      isForMe: true,
      isOrphan: false,
      version: 1,
    })
    expect((await sales.client.views.list({ entity: 'customer' })).views).toEqual([view])
    expect(await names(admin)).toEqual([])
    const before = digestOf('list_view')
    const edited = await sales.client.views.edit({
      id: view.id,
      version: 1,
      name: '重点',
      definition: { ...definition, density: 'compact' },
    })
    expect(edited).toMatchObject({ name: '重点', version: 2, definition: { density: 'compact' } })
    await sales.client.history.undo({ seq: lastSeq() })
    expect(digestOf('list_view')).toBe(before)
    await sales.client.views.remove({ id: view.id })
    expect(await names(sales.client)).toEqual([])
    await sales.client.history.undo({ seq: lastSeq() })
    expect(await names(sales.client)).toEqual(['A 级和 B 级'])
    expect(digestOf('list_view')).toBe(before)
    const entries = (await sales.client.history.recent({ mine: true, limit: 3 })).entries.map(({ action }) => action)
    expect(entries).toEqual(['undone', 'deleted', 'undone'])
  })

  it('asks by the new word when a tag or a source is called otherwise, and by the old one when that is undone', async () => {
    const tag = await admin.tags.create({ name: '重点户', tone: 'ink' })
    const rules = [
      { field: 'tags', operator: '=' as const, value: '重点户' },
      { combinator: 'or' as const, rules: [{ field: 'source', operator: 'in' as const, value: ['展会', '转介绍'] }] },
    ]
    const view = await make(admin, '重点来源', PRIVATE, { filter: { combinator: 'and', rules } })
    const onContacts = await admin.views.create({
      entity: 'contact',
      name: '重点户的联系人',
      audience: PRIVATE,
      definition: {
        ...definition,
        sorts: [],
        sums: [],
        layout: null,
        filter: {
          combinator: 'and',
          rules: [{ field: 'related.customer', operator: 'notNull', of: { combinator: 'and', rules: [rules[0]] } }],
        } as never,
      },
    })
    const asked = async () => {
      const all = [
        ...(await admin.views.list({ entity: 'customer' })).views,
        ...(await admin.views.list({ entity: 'contact' })).views,
      ]
      return [view.id, onContacts.id].map((id) => JSON.stringify(all.find((one) => one.id === id)?.definition.filter))
    }
    await admin.tags.edit({ id: tag.id, version: 1, name: '大户' })
    expect(await asked()).toEqual([
      expect.stringMatching(/"value":"大户".*"value":\["展会","转介绍"\]/),
      expect.stringContaining('"value":"大户"'),
    ])
    const words = [
      { value: '展会', label: '展销会' },
      { value: '转介绍', label: '转介绍' },
    ]
    await admin.fields.setWords({ field: 'source', version: 0, words })
    expect((await asked())[0]).toContain('["展销会","转介绍"]')
    await admin.history.undo({ seq: lastSeq() })
    expect((await asked())[0]).toContain('["展会","转介绍"]')
    await admin.views.remove({ id: view.id })
    await admin.views.remove({ id: onContacts.id })
  })

  it('an edit that changes nothing leaves no trace; an older version is stale', async () => {
    const view = await make(admin, 'x')
    const seq = lastSeq()
    expect(await admin.views.edit({ id: view.id, version: 1, name: 'x', definition })).toMatchObject({ version: 1 })
    expect(lastSeq()).toBe(seq)
    await admin.views.edit({ id: view.id, version: 1, name: 'y' })
    expect((await failureOf(admin.views.edit({ id: view.id, version: 1, name: 'z' }))).code).toBe('STALE')
  })

  it('is nobody else’s to change, see or take back', async () => {
    const [anna, bert] = [await person('anna', { roles: ['sales'] }), await person('bert', { roles: ['sales'] })]
    const view = await make(anna.client, '私有')
    expect(await failureOf(bert.client.views.edit({ id: view.id, version: 1, name: 'x' }))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await failureOf(bert.client.views.remove({ id: view.id }))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await failureOf(admin.views.takeOver({ id: view.id }))).toMatchObject({ data: { reason: 'notShared' } })
    await anna.client.views.edit({ id: view.id, version: 1, audience: EVERYONE })
    expect(await failureOf(bert.client.views.edit({ id: view.id, version: 2, name: 'x' }))).toMatchObject({
      data: { reason: 'notYours' },
    })
  })
})

describe('a shared view', () => {
  it('is seen by everybody, a department with those below, a role, people by name; and by nobody else', async () => {
    const east = await department('华东')
    const group = await department('杭州组', east.id)
    const manager = await person('boss', { roles: ['salesManager'], departmentId: east.id })
    const inside = await person('inside', { roles: ['sales'], departmentId: group.id })
    const outside = await person('outside', { roles: ['service'] })
    const shared: [string, Audience][] = [
      ['人人', EVERYONE],
      ['华东', { ...PRIVATE, departments: [east.id] }],
      ['客服', { ...PRIVATE, roles: [await roleId('service')] }],
      ['点名', { ...PRIVATE, people: [inside.employeeId] }],
    ]
    for (const [name, audience] of shared) await make(manager.client, name, audience)
    expect(await names(inside.client)).toEqual(['人人', '华东', '点名'])
    expect(await names(outside.client)).toEqual(['人人', '客服'])
    const [first] = (await inside.client.views.list({ entity: 'customer' })).views
    expect(first).toMatchObject({ isMine: false, mayEdit: false, isForMe: true, ownerName: '员工boss' })
    const named = (await inside.client.views.list({ entity: 'customer' })).views.find(({ name }) => name === '点名')
    expect(named?.audience.people).toEqual([])
    // Who manages views sees all that are shared, and knows which are not meant for him.
    const seen = (await admin.views.list({ entity: 'customer' })).views
    expect(seen.map(({ name, isForMe, mayEdit }) => [name, isForMe, mayEdit])).toEqual([
      ['人人', true, true],
      ['华东', false, true],
      ['客服', false, true],
      ['点名', false, true],
    ])
  })

  it('needs the right to share and people who are there', async () => {
    const viewer = await person('viewer', { roles: ['viewer'] })
    await make(viewer.client, '自己的')
    expect(await failureOf(make(viewer.client, 'x', EVERYONE))).toEqual({ code: 'FORBIDDEN', data: { needs: 'views.share' } })
    expect(await failureOf(make(admin, 'x', { ...PRIVATE, departments: ['01JJJJJJJJJJJJJJJJJJJJJJJJ'] }))).toMatchObject({
      data: { reason: 'audienceUnknown' },
    })
  })

  it('of somebody who left stays for the others, and who manages views takes it over', async () => {
    const [anna, bert] = [await person('anna', { roles: ['sales'] }), await person('bert', { roles: ['sales'] })]
    const view = await make(anna.client, '留下的', EVERYONE)
    await admin.people.disableUser({ id: anna.userId as never })
    const [left] = (await bert.client.views.list({ entity: 'customer' })).views
    expect(left).toMatchObject({ id: view.id, isOrphan: true, mayEdit: false, definition })
    expect((await failureOf(bert.client.views.takeOver({ id: view.id }))).code).toBe('FORBIDDEN')
    expect(await admin.views.takeOver({ id: view.id })).toMatchObject({ isMine: true, isOrphan: false, ownerName: '顾建国' })
    expect(await names(bert.client)).toEqual(['留下的'])
    await admin.history.undo({ seq: lastSeq() })
    expect((await bert.client.views.list({ entity: 'customer' })).views[0]).toMatchObject({ isOrphan: true })
  })

  it('is made private again by who manages views: it is its owner’s alone then, and the change can be taken back', async () => {
    const anna = await person('anna', { roles: ['sales'] })
    const view = await make(anna.client, '大家的', EVERYONE)
    const before = await names(admin)
    const edited = await admin.views.edit({ id: view.id, version: view.version, audience: PRIVATE })
    expect(edited).toMatchObject({ id: view.id, isMine: false, isForMe: false, mayEdit: false, audience: PRIVATE })
    expect(await names(admin)).toEqual(before.filter((name) => name !== '大家的'))
    expect(await names(anna.client)).toContain('大家的')
    await admin.history.undo({ seq: lastSeq() })
    expect(await names(admin)).toEqual(before)
  })

  it('that names what its reader may not ask by is refused, never wider; nobody stores what he may not ask', async () => {
    const viewer = await person('viewer', { roles: ['viewer'] })
    const phone = { filter: { combinator: 'and' as const, rules: [{ field: 'phone', operator: 'notNull' as const }] } }
    const view = await make(admin, '有电话', EVERYONE, phone)
    const [seen] = (await viewer.client.views.list({ entity: 'customer' })).views
    expect(seen?.definition.filter).toEqual(view.definition.filter)
    expect(await failureOf(viewer.client.customers.list({ filter: seen?.definition.filter ?? undefined }))).toMatchObject({
      code: 'FORBIDDEN',
      data: { fields: ['phone'] },
    })
    expect(await failureOf(make(viewer.client, 'x', PRIVATE, phone))).toMatchObject({
      code: 'FORBIDDEN',
      data: { fields: ['phone'] },
    })
    expect(await failureOf(make(viewer.client, 'x', PRIVATE, { sorts: [{ field: 'phone', direction: 'asc' }] }))).toMatchObject({
      code: 'FORBIDDEN',
    })
    expect((await failureOf(make(admin, 'x', PRIVATE, { sums: [{ field: 'nothing', sum: 'avg' }] }))).code).toBe('BAD_REQUEST')
  })
})

describe('the tabs', () => {
  it('keep their order, what is out of the line and the one to begin with, for each person', async () => {
    const sales = await person('anna', { roles: ['sales'] })
    const arrangement = { order: ['mine', 'all'], unpinned: ['quiet7'], standard: 'mine' }
    const seq = lastSeq()
    await sales.client.views.arrange({ entity: 'customer', arrangement })
    expect((await sales.client.views.list({ entity: 'customer' })).arrangement).toEqual(arrangement)
    expect((await admin.views.list({ entity: 'customer' })).arrangement.order).toEqual([])
    expect((await sales.client.views.list({ entity: 'contact' })).arrangement.order).toEqual([])
    expect(lastSeq()).toBe(seq)
    expect(raw().prepare('select count(*) from user_setting').pluck().get()).toBe(1)
    expect(running.faults).toEqual([])
  })
})
