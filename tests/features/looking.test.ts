// Looking at the program as somebody else: her rows, her masks, her menus, and not one write; and who sees a customer, and why.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Sight } from '../../src-shared/features/looking/contract.ts'
import { ADMIN } from '../support/backend.ts'
import { actorOf, addPerson, bySystem, failureOf, type Office, openOffice } from '../support/factories.ts'
import { type Guest, guest } from '../support/guest.ts'

let office: Office
let sitter: Guest
beforeEach(async () => {
  office = await openOffice()
  sitter = guest(office.running)
  await sitter.client.session.login({ login: ADMIN.login, password: ADMIN.password })
})
afterEach(() => office.close())

const id = (value: string | null): never => value as never
const last = () =>
  office.running.backend.database.raw
    .prepare('select action, actor_name as name, record_id as recordId from command order by seq desc limit 1')
    .get()

describe('looking as a user', () => {
  it('shows what she sees, refuses every command, is written down, and ends', async () => {
    const hers = await office.as(office.sales).customers.create({ name: '她的客户' })
    const others = await office.as(office.colleague).customers.create({ name: '别人的客户' })
    await sitter.client.looking.as({ userId: id(office.sales.userId) })
    expect(last()).toEqual({ action: 'lookedAs', name: ADMIN.name, recordId: office.sales.userId })
    const me = await sitter.client.session.me({})
    expect(me).toMatchObject({ name: '王海峰', lookedBy: ADMIN.name, userId: office.sales.userId })
    expect(me.permissions['people.manage']).toBeUndefined()
    expect((await sitter.client.customers.list({})).rows.map(({ id: one }) => one)).toEqual([hers.id])
    expect((await failureOf(sitter.client.customers.get({ id: others.id }))).code).toBe('NOT_FOUND')
    const before = office.running.backend.database.lastCommand().seq
    for (const call of [
      () => sitter.client.customers.create({ name: 'x' }),
      () => sitter.client.customers.edit({ id: hers.id, version: hers.version, values: { level: 'A' } }),
      () => sitter.client.customers.removeMany({ selection: { ids: [hers.id] } }),
      () => sitter.client.followUps.create({ customerId: hers.id, kind: 'call', text: 'x' }),
      () => sitter.client.history.undo({ seq: 1 }),
      () => sitter.client.looking.as({ userId: id(office.colleague.userId) }),
      () => sitter.client.session.changePassword({ current: ADMIN.password, next: 'tram olive ninety four' }),
    ])
      expect(await failureOf(call())).toMatchObject({ code: 'FORBIDDEN', data: { reason: 'lookingAs' } })
    expect(office.running.backend.database.lastCommand().seq).toBe(before)
    // She is not there because somebody looks as her.
    expect(await sitter.client.presence.here({ customerId: hers.id, doing: 'viewing' })).toEqual([])
    expect(await office.as(office.manager).presence.here({ customerId: hers.id, doing: 'viewing' })).toEqual([])
    await sitter.client.looking.leave({})
    expect(last()).toEqual({ action: 'stoppedLooking', name: ADMIN.name, recordId: office.sales.userId })
    expect(await sitter.client.session.me({})).toMatchObject({ name: ADMIN.name, lookedBy: null })
    expect((await sitter.client.customers.create({ name: 'x' })).name).toBe('x')
  })

  it('is open to who manages people, as nobody who may do more, who is closed, or who is oneself', async () => {
    const reason = async (userId: string) => (await failureOf(sitter.client.looking.as({ userId: id(userId) }))).data['reason']
    expect(await reason(office.admin.userId)).toBe('yourself')
    expect(await reason('01AAAAAAAAAAAAAAAAAAAAAAAA')).toBe('userUnknown')
    await sitter.client.people.disableUser({ id: id(office.viewer.userId) })
    expect(await reason(office.viewer.userId)).toBe('userDisabled')
    expect(await failureOf(office.as(office.manager).looking.as({ userId: id(office.sales.userId) }))).toMatchObject({
      code: 'FORBIDDEN',
    })
    const clerk = await addPerson(office.running, {
      name: '人事',
      roles: [{ permissions: { 'people.manage': 'all', 'people.read': 'all' } }],
    })
    const beyond = office.as(actorOf(office.running, clerk.userId)).looking.as({ userId: id(office.sales.userId) })
    expect((await failureOf(beyond)).data['reason']).toBe('beyondYours')
    expect((await failureOf(office.as(office.admin).looking.as({ userId: id(office.sales.userId) }))).data['reason']).toBe(
      'noSession',
    )
  })

  it('ends by itself when she is closed, and with the right to manage people', async () => {
    await sitter.client.looking.as({ userId: id(office.sales.userId) })
    await office.as(office.admin).people.disableUser({ id: id(office.sales.userId) })
    expect(await sitter.client.session.me({})).toMatchObject({ name: ADMIN.name, lookedBy: null })
  })

  it('another window of the same person stays as it was, and signing out works', async () => {
    const second = guest(office.running)
    await second.client.session.login({ login: ADMIN.login, password: ADMIN.password })
    await sitter.client.looking.as({ userId: id(office.sales.userId) })
    expect(await second.client.session.me({})).toMatchObject({ name: ADMIN.name })
    await sitter.client.session.logout({})
    expect(sitter.token()).toBeNull()
    expect(last()).toMatchObject({ action: 'signedOut', name: ADMIN.name })
  })
})

describe('who sees a customer', () => {
  const told = (sights: readonly Sight[]) =>
    Object.fromEntries(
      sights.map(({ name, sees, edits, reasons }) => [name, [sees, edits, reasons.map(({ code }) => code).join()]]),
    )

  it('says of everybody whether and why, as the policy has it', async () => {
    const { id: customerId } = await office.as(office.sales).customers.create({ name: '她的客户' })
    await office.as(office.admin).members.add({ customerId, employeeIds: [id(office.colleague.employeeId)], access: 'edit' })
    const nobody = await addPerson(office.running, { name: '门卫', roles: [{ permissions: { 'people.read': 'all' } }] })
    const sights = await office.as(office.manager).looking.whoSees({ customerId })
    expect(told(sights)).toEqual({
      [ADMIN.name]: [true, true, 'all'],
      王海峰: [true, true, 'owner'],
      李婷: [true, true, 'team'],
      孙悦: [true, true, 'below'],
      周敏: [true, false, 'all'],
      钱进: [true, false, 'all'],
      何看: [true, false, 'department'],
      门卫: [false, false, 'noRight'],
    })
    expect(sights.find(({ name }) => name === '何看')).toMatchObject({
      masked: ['phone', 'phone2', 'email'],
      roles: [{ name: '只读', builtin: 'viewer' }],
    })
    expect(sights.find(({ userId }) => userId === nobody.userId)?.roles).toHaveLength(1)
    for (const { userId, sees } of sights) {
      const client = office.as(actorOf(office.running, userId))
      const answer = await client.customers.get({ id: customerId }).then(
        () => true,
        () => false,
      )
      expect(answer, userId).toBe(sees)
    }
  })

  it('in a pool: its members, and who sees all', async () => {
    const { id: customerId } = await office.as(office.sales).customers.create({ name: '回公海' })
    await bySystem(office.running, async ({ tx, newId, now }) => {
      const [pool, at] = [newId(), now()]
      await tx
        .insertInto('pool')
        .values({ id: pool, name: '华东公海', nameKey: '华东公海', createdAt: at, updatedAt: at })
        .execute()
      await tx
        .insertInto('poolMember')
        .values({ id: newId(), poolId: pool, employeeId: office.colleague.employeeId, createdAt: at })
        .execute()
      await tx
        .updateTable('customer')
        .set({ ownerId: null, poolId: pool, poolEnteredAt: at })
        .where('id', '=', customerId)
        .execute()
    })
    const sights = told(await office.as(office.admin).looking.whoSees({ customerId }))
    expect(sights['李婷']).toEqual([true, false, 'pool'])
    expect(sights['王海峰']).toEqual([false, false, 'inPool'])
    expect(sights['周敏']).toEqual([true, false, 'all'])
  })

  it('in a pool that counts looks and hides fields: in its list, not yet opened, and without what it hides', async () => {
    const admin = office.as(office.admin)
    const { id: customerId } = await office.as(office.sales).customers.create({ name: '要数着看', phone: '13805126621' })
    const members = [{ employeeId: String(office.colleague.employeeId), departmentId: null, manages: false }]
    const bounds = { dailyClaims: null, dailyViews: 1, coolingDays: 0, note: null }
    const pool = await admin.pools.create({ ...bounds, name: '数着看公海', hidden: ['customer.phone'], members })
    await admin.pools.release({ selection: { ids: [customerId] }, poolId: pool.id, reason: null })
    const ofColleague = async () => {
      const sights = await admin.looking.whoSees({ customerId })
      expect(told(sights)['王海峰']).toEqual([false, false, 'inPool'])
      expect(sights.find(({ name }) => name === '周敏')?.hidden).toEqual([])
      return sights.find(({ name }) => name === '李婷')
    }
    const member = office.as(actorOf(office.running, office.colleague.userId))
    const found = { sees: true, edits: false, hidden: ['phone'] }
    expect((await member.customers.list({ pool: pool.id })).rows).toHaveLength(1)
    expect(await ofColleague()).toMatchObject({
      ...found,
      reasons: [{ code: 'pool' }, { code: 'dailyViews', name: '数着看公海' }],
    })
    await member.pools.open({ id: customerId })
    expect(await ofColleague()).toMatchObject({ ...found, reasons: [{ code: 'pool' }] })
  })

  it('is told only of customers one sees, to who may see colleagues', async () => {
    const { id: customerId } = await office.as(office.colleague).customers.create({ name: '别人的客户' })
    expect((await failureOf(office.as(office.sales).looking.whoSees({ customerId }))).code).toBe('FORBIDDEN')
    const clerk = await addPerson(office.running, {
      name: '人事',
      roles: [{ permissions: { 'people.read': 'all', 'customers.read': 'own' } }],
    })
    expect((await failureOf(office.as(actorOf(office.running, clerk.userId)).looking.whoSees({ customerId }))).code).toBe(
      'NOT_FOUND',
    )
  })
})

describe('what one account may do and see', () => {
  it('names each right with the roles it comes from, and sees no more than who asks', async () => {
    const { client } = sitter
    const mine = await office.as(office.sales).customers.create({ name: '她的' })
    await office.as(office.colleague).customers.create({ name: '别人的' })
    const before = await client.looking.access({ userId: id(office.sales.userId) })
    expect(before).toMatchObject({ active: true, customers: 1, name: '王海峰' })
    const read = before.permissions.find(({ permission }) => permission === 'customers.read')
    expect(read?.scope).toBe('own')
    expect(read?.from).toEqual(before.roles.map((role) => role.id))
    expect(before.permissions.some(({ permission }) => permission === 'people.manage')).toBe(false)
    // A second role that reaches further is named instead of the first; one that hides a field hides nothing while the other shows it.
    const further = await client.people.createRole({
      name: '看全部',
      description: null,
      permissions: [{ permission: 'customers.read', scope: 'all' }],
      fieldRights: [{ entity: 'customer', field: 'phone', right: 'hidden' }],
    })
    const users = await client.people.users({})
    const account = users.find((one) => one.id === office.sales.userId)
    if (!account) throw new Error('no account')
    await client.people.editUser({ id: account.id, version: account.version, roleIds: [...account.roleIds, further.id] })
    const after = await client.looking.access({ userId: account.id })
    expect(after.permissions.find(({ permission }) => permission === 'customers.read')).toEqual({
      permission: 'customers.read',
      scope: 'all',
      from: [further.id],
    })
    expect(after.fields.filter(({ field }) => field === 'phone')).toEqual([])
    expect(after.customers).toBe((await client.customers.count({})).count)
    // Somebody who sees only his own counts only these of hers.
    const asked = await office.as(office.manager).looking.access({ userId: account.id })
    expect(asked.customers).toBe((await office.as(office.manager).customers.count({})).count)
    expect(mine.id).toBeTruthy()
  })

  it('says of a closed account that it sees nothing, and is shut to who may not see people', async () => {
    await sitter.client.people.disableUser({ id: id(office.viewer.userId) })
    expect(await sitter.client.looking.access({ userId: id(office.viewer.userId) })).toMatchObject({
      active: false,
      permissions: [],
      customers: null,
    })
    expect((await failureOf(sitter.client.looking.access({ userId: '01AAAAAAAAAAAAAAAAAAAAAAAA' as never }))).code).toBe(
      'NOT_FOUND',
    )
    expect((await failureOf(office.as(office.sales).looking.access({ userId: id(office.admin.userId) }))).code).toBe('FORBIDDEN')
  })
})
