import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Role } from '../../src-shared/features/people/model.ts'
import { PERMISSIONS } from '../../src-shared/kernel/permissions.ts'
import { ADMIN, type Client, startBackend, type TestBackend } from '../support/backend.ts'
import { type Guest, guest, why } from '../support/guest.ts'

let running: TestBackend
let admin: Client
const DAY = 86_400_000
const PASSWORD = 'seven cranes over water'
const NOBODY = '01JJJJJJJJJJJJJJJJJJJJJJJJ' as never
const raw = () => running.backend.database.raw

beforeEach(async () => {
  running = await startBackend()
  const g = guest(running)
  await g.client.session.login({ login: ADMIN.login, password: ADMIN.password })
  admin = g.client
})
afterEach(() => running.dispose())

const roleId = async (builtin: string) => {
  const role = (await admin.people.roles({})).find((one) => one.builtin === builtin)
  if (!role) throw new Error(`no role ${builtin}`)
  return role.id
}
const root = async () => {
  const department = (await admin.people.departments({})).find((one) => one.parentId === null)
  if (!department) throw new Error('no root')
  return department
}
const department = async (name: string, parentId?: string) =>
  admin.people.createDepartment({ name, parentId: (parentId ?? (await root()).id) as never })
const employee = async (name: string, departmentId: string | null = null, more: Record<string, unknown> = {}) =>
  admin.people.createEmployee({ name, departmentId: departmentId as never, ...more })

/** An employee with an account who is signed in. */
async function person(
  login: string,
  options: { roles: string[]; departmentId?: string; name?: string },
): Promise<Guest & { employeeId: string; userId: string }> {
  const made = await employee(options.name ?? `员工${login}`, options.departmentId ?? null)
  const roleIds = await Promise.all(options.roles.map((role) => (role.length === 26 ? role : roleId(role))))
  const user = await admin.people.createUser({ employeeId: made.id, login, password: PASSWORD, roleIds: roleIds as never })
  const g = guest(running)
  await g.client.session.login({ login, password: PASSWORD })
  return { ...g, employeeId: made.id, userId: user.id }
}
const customerOf = (ownerId: string | null, name: string) => admin.customers.create({ name, ownerId })
const namesSeen = async (client: Client) => (await client.customers.list({ limit: 200 })).rows.map((row) => row.name).toSorted()
const digestOf = (...tables: string[]) =>
  JSON.stringify(
    tables.map((table) =>
      (raw().prepare(`select * from ${table} order by id`).all() as Record<string, unknown>[]).map(
        ({ version: _, updated_at: __, ...row }) => row,
      ),
    ),
  )
const lastSeq = () => raw().prepare('select max(seq) from command').pluck().get() as number

describe('departments', () => {
  it('form a tree with people counted', async () => {
    const sales = await department('销售部')
    const east = await department('华东组', sales.id)
    await employee('周子昂', east.id)
    await employee('何佳怡', east.id, { hiredOn: '2024-01-01', leftOn: '2025-01-01' })
    expect(
      (await admin.people.departments({})).map(({ name, employeeCount, position }) => [name, employeeCount, position]),
    ).toEqual([
      ['华东组', 1, 0],
      [ADMIN.company, 1, 0],
      ['销售部', 0, 0],
    ])
  })

  it('refuse what would break the tree', async () => {
    const sales = await department('销售部')
    const east = await department('华东组', sales.id)
    expect(await why(department(' 销售部 '))).toBe('REFUSED:nameTaken')
    expect(await why(department('新部门', NOBODY))).toBe('REFUSED:parentUnknown')
    const move = (parentId: string) =>
      admin.people.editDepartment({ id: sales.id, version: sales.version, parentId: parentId as never })
    expect(await why(move(east.id))).toBe('REFUSED:underItself')
    expect(await why(move(sales.id))).toBe('REFUSED:underItself')
    expect(await why(admin.people.editDepartment({ id: sales.id, version: sales.version, managerId: NOBODY }))).toBe(
      'REFUSED:managerUnknown',
    )
    expect(await why(admin.people.removeDepartment({ id: sales.id }))).toBe('REFUSED:notEmpty')
    expect(await why(admin.people.removeDepartment({ id: (await root()).id }))).toBe('REFUSED:notEmpty')
    await admin.people.removeDepartment({ id: east.id })
    await admin.people.removeDepartment({ id: sales.id })
    expect(await why(admin.people.editDepartment({ id: sales.id, version: 1, name: 'x' }))).toBe('NOT_FOUND')
  })

  it('an edit on an old version is stale, an edit to the same is no history', async () => {
    const sales = await department('销售部')
    const renamed = await admin.people.editDepartment({ id: sales.id, version: sales.version, name: '营销部' })
    expect(renamed).toMatchObject({ name: '营销部', version: 2 })
    expect(await why(admin.people.editDepartment({ id: sales.id, version: sales.version, name: '市场部' }))).toBe('STALE')
    const before = lastSeq()
    await admin.people.editDepartment({ id: sales.id, version: 2, name: '营销部' })
    expect(lastSeq()).toBe(before)
  })
})

describe('employees', () => {
  it('have a history of employment by day', async () => {
    const [sales, service] = [await department('销售部'), await department('客服部')]
    const made = await employee('周子昂', sales.id, { hiredOn: '2026-01-05', phone: '138 0013 8000', rank: 'P5' })
    expect(made).toMatchObject({ departmentName: '销售部', phone: '+8613800138000', rank: 'P5', roleIds: [], login: null })
    const moved = await admin.people.editEmployee({
      id: made.id,
      version: made.version,
      values: { departmentId: service.id },
      from: '2026-11-01',
    })
    expect(moved).toMatchObject({ departmentName: '客服部', rank: 'P5' })
    expect(
      raw().prepare('select valid_from, valid_to from employment where employee_id = ? order by valid_from').all(made.id),
    ).toEqual([
      { valid_from: '2026-01-05', valid_to: '2026-11-01' },
      { valid_from: '2026-11-01', valid_to: null },
    ])
    const later = await admin.people.editEmployee({
      id: made.id,
      version: moved.version,
      values: { departmentId: sales.id },
      from: '2026-12-01',
    })
    expect(later.departmentName).toBe('客服部')
    expect(await why(admin.people.editEmployee({ id: made.id, version: later.version, values: { rank: 'P6' } }))).toBe(
      'REFUSED:beforeLastChange',
    )
    running.clock.move(13 * DAY)
    await admin.session.login({ login: ADMIN.login, password: ADMIN.password })
    expect((await admin.people.employees({ includeLeft: false })).find((one) => one.id === made.id)?.departmentName).toBe(
      '销售部',
    )
  })

  it.each([
    ['departmentUnknown', { departmentId: NOBODY }],
    ['managerUnknown', { managerId: NOBODY }],
    ['leftBeforeHired', { hiredOn: '2026-05-01', leftOn: '2026-04-30' }],
  ])('are refused: %s', async (reason, values) => {
    expect(await why(admin.people.createEmployee({ name: '周子昂', ...values }))).toBe(`REFUSED:${reason}`)
  })

  it('leave after handing their customers over, and are no longer offered', async () => {
    const made = await employee('周子昂')
    expect(await why(admin.people.editEmployee({ id: made.id, version: made.version, values: { managerId: made.id } }))).toBe(
      'REFUSED:managerOfHimself',
    )
    const customer = await customerOf(made.id, '苏州澄明光电有限公司')
    const leave = () => admin.people.editEmployee({ id: made.id, version: made.version, values: { leftOn: '2026-11-01' } })
    expect(await why(leave())).toBe('REFUSED:ownsCustomers')
    await admin.customers.edit({ id: customer.id, version: customer.version, values: { ownerId: null } })
    await leave()
    expect((await admin.people.employees({ includeLeft: false })).map((one) => one.name)).toEqual([ADMIN.name])
    expect((await admin.people.employees({ includeLeft: true })).map((one) => one.name)).toEqual([ADMIN.name, '周子昂'])
    expect((await admin.people.colleagues({})).map(({ name, left }) => [name, left])).toEqual([
      [ADMIN.name, false],
      ['周子昂', true],
    ])
  })

  it('somebody who leaves is signed out at once and cannot come back', async () => {
    const seller = await person('zhou', { roles: ['sales'] })
    const row = (await admin.people.employees({ includeLeft: false })).find((one) => one.id === seller.employeeId)
    await admin.people.editEmployee({
      id: seller.employeeId as never,
      version: row?.version ?? 0,
      values: { leftOn: '2026-11-19' },
    })
    expect(await why(seller.client.session.me({}))).toBe('UNAUTHORIZED:signedOut')
    expect(await why(seller.client.session.login({ login: 'zhou', password: PASSWORD }))).toBe('REFUSED:disabled')
  })

  it('a leaving date to come takes effect on its day', async () => {
    const seller = await person('zhou', { roles: ['sales'] })
    const row = (await admin.people.employees({ includeLeft: false })).find((one) => one.id === seller.employeeId)
    await admin.people.editEmployee({
      id: seller.employeeId as never,
      version: row?.version ?? 0,
      values: { leftOn: '2026-11-20' },
    })
    expect((await seller.client.session.me({})).login).toBe('zhou')
    running.clock.set('2026-11-19T15:59:00.000Z')
    await seller.client.session.login({ login: 'zhou', password: PASSWORD })
    expect((await seller.client.session.me({})).login).toBe('zhou')
    running.clock.set('2026-11-19T16:01:00.000Z')
    expect(await why(seller.client.session.me({}))).toBe('UNAUTHORIZED:signedOut')
  })
})

describe('accounts', () => {
  it('are opened with a first password that its owner is asked to change', async () => {
    const seller = await person('Zhou.Ziang', { roles: ['sales'] })
    expect(await seller.client.session.me({})).toMatchObject({ login: 'Zhou.Ziang', mustChangePassword: true, roles: ['销售'] })
    await seller.client.session.changePassword({ current: PASSWORD, next: 'eight herons in the reed' })
    expect((await seller.client.session.me({})).mustChangePassword).toBe(false)
    const stored = JSON.stringify(
      ['idempotency', 'command', 'journal'].map((table) => raw().prepare(`select * from ${table}`).all()),
    )
    expect(stored).not.toContain(PASSWORD)
    expect((await admin.people.users({})).map((user) => [user.login, user.employeeName])).toEqual([
      ['admin', ADMIN.name],
      ['Zhou.Ziang', '员工Zhou.Ziang'],
    ])
  })

  it('are refused, and nothing is written', async () => {
    const made = await employee('周子昂')
    const gone = await employee('何佳怡', null, { hiredOn: '2024-01-01', leftOn: '2025-01-01' })
    const sales = await roleId('sales')
    const open = (change: Record<string, unknown>) =>
      why(admin.people.createUser({ employeeId: made.id, login: 'zhou', password: PASSWORD, roleIds: [sales], ...change }))
    expect(await open({ employeeId: NOBODY })).toBe('REFUSED:employeeUnknown')
    expect(await open({ employeeId: gone.id })).toBe('REFUSED:employeeLeft')
    expect(await open({ login: 'ＡＤＭＩＮ' })).toBe('REFUSED:loginTaken')
    expect(await open({ roleIds: [NOBODY] })).toBe('REFUSED:roleUnknown')
    expect(await open({ password: 'short' })).toBe('REFUSED:tooShort')
    expect(await open({ password: '春江潮水连海平'.repeat(60) })).toBe('REFUSED:tooLong')
    expect(await open({ password: 'letmein-letmein' })).toBe('REFUSED:tooCommon')
    expect(await open({ login: 'zhouziang', password: 'zhouziang-2026' })).toBe('REFUSED:sameAsName')
    expect(await open({})).toBe('allowed')
    expect(await open({ login: 'zhou2' })).toBe('REFUSED:employeeHasUser')
    expect(raw().prepare('select count(*) from user_account').pluck().get()).toBe(2)
  })

  it('disabled, die at once with all their sessions, and come back without them', async () => {
    const seller = await person('zhou', { roles: ['sales'] })
    const second = guest(running)
    await second.client.session.login({ login: 'zhou', password: PASSWORD })
    const actor = running.actorOf(seller.token(), 'http')
    if (!actor) throw new Error('not signed in')
    await admin.people.disableUser({ id: seller.userId as never })
    expect(running.sessions.stateOf(seller.token(), actor)).toBe('ended')
    for (const one of [seller, second]) expect(await why(one.client.session.me({}))).toBe('UNAUTHORIZED:signedOut')
    expect(await why(seller.client.session.login({ login: 'zhou', password: 'wrong password' }))).toBe('REFUSED:wrongPassword')
    expect(await why(seller.client.session.login({ login: 'zhou', password: PASSWORD }))).toBe('REFUSED:disabled')
    await admin.people.enableUser({ id: seller.userId as never })
    expect(await why(second.client.session.me({}))).toBe('UNAUTHORIZED:signedOut')
    await seller.client.session.login({ login: 'zhou', password: PASSWORD })
  })

  it('a reset ends the sessions, opens a locked account and asks for an own password', async () => {
    const seller = await person('zhou', { roles: ['sales'] })
    const g = guest(running, { address: '10.9.9.9' })
    for (let tries = 0; tries < 10; tries++) {
      await why(g.client.session.login({ login: 'zhou', password: 'wrong password' }))
      running.clock.move(31_000)
    }
    expect(await why(g.client.session.login({ login: 'zhou', password: PASSWORD }))).toBe('REFUSED:locked')
    await admin.people.resetPassword({ id: seller.userId as never, password: 'nine geese going south' })
    expect(await why(seller.client.session.me({}))).toBe('UNAUTHORIZED:signedOut')
    await g.client.session.login({ login: 'zhou', password: 'nine geese going south' })
    expect((await g.client.session.me({})).mustChangePassword).toBe(true)
    expect(await why(admin.people.resetPassword({ id: seller.userId as never, password: '123456789012' }))).toBe(
      'REFUSED:tooCommon',
    )
    expect(await why(admin.people.resetPassword({ id: NOBODY, password: PASSWORD }))).toBe('NOT_FOUND')
  })

  it('the last administrator stays: not disabled, not demoted, not gone, not undone', async () => {
    const me = await admin.session.me({})
    const mine = (await admin.people.users({}))[0]
    const row = (await admin.people.employees({ includeLeft: false }))[0]
    if (!mine || !row) throw new Error('no admin')
    const sales = await roleId('sales')
    expect(await why(admin.people.disableUser({ id: mine.id }))).toBe('REFUSED:lastAdmin')
    expect(await why(admin.people.editUser({ id: mine.id, version: mine.version, roleIds: [sales] }))).toBe('REFUSED:lastAdmin')
    expect(await why(admin.people.editEmployee({ id: row.id, version: row.version, values: { leftOn: '2027-01-01' } }))).toBe(
      'REFUSED:lastAdmin',
    )

    const other = await person('second', { roles: ['sales'] })
    const account = (await admin.people.users({})).find((user) => user.id === other.userId)
    await admin.people.editUser({ id: other.userId as never, version: account?.version ?? 0, roleIds: [await roleId('admin')] })
    const promotion = lastSeq()
    await admin.people.editUser({ id: mine.id, version: mine.version, roleIds: [sales] })
    expect(await why(other.client.history.undo({ seq: promotion }))).toBe('REFUSED:lastAdmin')
    expect((await other.client.session.me({})).permissions['roles.manage']).toBe('all')
    expect(me.permissions['roles.manage']).toBe('all')
  })

  it('a change of rights works on the next call, without signing in again', async () => {
    const seller = await person('zhou', { roles: ['sales'] })
    expect(await why(seller.client.people.users({}))).toBe('FORBIDDEN')
    const account = (await admin.people.users({})).find((user) => user.id === seller.userId)
    const actor = running.actorOf(seller.token(), 'http')
    if (!actor) throw new Error('not signed in')
    const edited = await admin.people.editUser({
      id: seller.userId as never,
      version: account?.version ?? 0,
      roleIds: [await roleId('salesManager')],
    })
    expect(running.sessions.stateOf(seller.token(), actor)).toBe('changed')
    expect((await seller.client.people.users({})).length).toBe(2)
    await admin.history.undo({ seq: lastSeq() })
    expect(await why(seller.client.people.users({}))).toBe('FORBIDDEN')
    expect(edited.roleIds).toHaveLength(1)
  })
})

describe('roles', () => {
  const HR = ['people.read', 'people.manage', 'roles.manage', 'customers.read'] as const
  const hr = () =>
    admin.people.createRole({
      name: '人事',
      description: null,
      permissions: HR.map((permission) => ({ permission, scope: 'own' as const })),
      fieldRights: [],
    })

  it('hold what they were given; what has no scope is given for everything', async () => {
    const role = await hr()
    expect(role.permissions.find((one) => one.permission === 'people.manage')?.scope).toBe('all')
    expect(role.permissions.find((one) => one.permission === 'customers.read')?.scope).toBe('own')
    const edited = await admin.people.editRole({
      id: role.id,
      version: role.version,
      permissions: [{ permission: 'customers.read', scope: 'all' }],
      fieldRights: [{ entity: 'customer', field: 'phone', right: 'masked' }],
    })
    expect(edited).toMatchObject({
      permissions: [{ permission: 'customers.read', scope: 'all' }],
      fieldRights: [{ entity: 'customer', field: 'phone', right: 'masked' }],
    })
    const before = digestOf('role', 'role_permission', 'role_field_right')
    await admin.people.removeRole({ id: role.id })
    await admin.history.undo({ seq: lastSeq() })
    expect(digestOf('role', 'role_permission', 'role_field_right')).toBe(before)
  })

  it('are refused', async () => {
    const role = await hr()
    const [adminRole, sales] = [(await admin.people.roles({}))[0] as Role, await roleId('sales')]
    const field = (name: string) => [{ entity: 'customer', field: name, right: 'hidden' as const }]
    expect(await why(hr())).toBe('REFUSED:nameTaken')
    expect(await why(admin.people.editRole({ id: role.id, version: role.version, name: '销售' }))).toBe('REFUSED:nameTaken')
    expect(await why(admin.people.editRole({ id: role.id, version: role.version, fieldRights: field('nothing') }))).toBe(
      'REFUSED:fieldUnknown',
    )
    expect(await why(admin.people.editRole({ id: role.id, version: role.version, fieldRights: field('name') }))).toBe(
      'REFUSED:fieldUnknown',
    )
    expect(await why(admin.people.editRole({ id: role.id, version: 99, name: 'x' }))).toBe('STALE')
    expect(await why(admin.people.editRole({ id: adminRole.id, version: adminRole.version, permissions: [] }))).toBe(
      'REFUSED:wouldLockOut',
    )
    expect(await why(admin.people.editRole({ id: adminRole.id, version: adminRole.version, fieldRights: field('phone') }))).toBe(
      'REFUSED:wouldLockOut',
    )
    expect(await why(admin.people.editRole({ id: adminRole.id, version: adminRole.version, name: '超级管理员' }))).toBe('allowed')
    expect(await why(admin.people.removeRole({ id: sales }))).toBe('REFUSED:builtin')
    const seller = await person('zhou', { roles: [role.id] })
    expect(await why(admin.people.removeRole({ id: role.id }))).toBe('REFUSED:inUse')
    expect(await why(seller.client.people.removeRole({ id: NOBODY }))).toBe('NOT_FOUND')
  })

  it('nobody gives away, or touches, more than he has', async () => {
    const role = await hr()
    const clerk = await person('clerk', { roles: [role.id] })
    const seller = await person('zhou', { roles: ['sales'] })
    const me = (await admin.people.users({})).find((user) => user.login === 'admin')
    const own = (await admin.people.users({})).find((user) => user.id === clerk.userId)
    if (!me || !own) throw new Error('no accounts')
    const adminRole = await roleId('admin')
    const c = clerk.client.people
    expect(await why(c.editUser({ id: own.id, version: own.version, roleIds: [adminRole] }))).toBe('REFUSED:beyondYours')
    expect(
      await why(
        c.editRole({ id: role.id, version: role.version, permissions: [{ permission: 'backups.manage', scope: 'all' }] }),
      ),
    ).toBe('REFUSED:beyondYours')
    expect(
      await why(
        c.editRole({ id: role.id, version: role.version, permissions: [{ permission: 'customers.read', scope: 'all' }] }),
      ),
    ).toBe('REFUSED:beyondYours')
    expect(
      await why(
        c.createRole({
          name: '更大',
          description: null,
          permissions: [{ permission: 'customers.purge', scope: 'all' }],
          fieldRights: [],
        }),
      ),
    ).toBe('REFUSED:beyondYours')
    expect(await why(c.resetPassword({ id: me.id, password: PASSWORD }))).toBe('REFUSED:beyondYours')
    expect(await why(c.disableUser({ id: me.id }))).toBe('REFUSED:beyondYours')
    expect(await why(c.disableUser({ id: seller.userId as never }))).toBe('REFUSED:beyondYours')
    const adminRow = (await c.employees({ includeLeft: false })).find((one) => one.login === 'admin')
    expect(
      await why(c.editEmployee({ id: adminRow?.id as never, version: adminRow?.version ?? 0, values: { leftOn: '2026-01-01' } })),
    ).toBe('REFUSED:beyondYours')
    const small = await c.createRole({
      name: '更小',
      description: null,
      permissions: [{ permission: 'people.read', scope: 'all' }],
      fieldRights: [],
    })
    const made = await c.createEmployee({ name: '新人' })
    await c.createUser({ employeeId: made.id, login: 'newcomer', password: PASSWORD, roleIds: [small.id] })
  })

  it('unite: the widest scope, the larger field right', async () => {
    const masked = await admin.people.createRole({
      name: '打码',
      description: null,
      permissions: [{ permission: 'customers.read', scope: 'all' }],
      fieldRights: [
        { entity: 'customer', field: 'phone', right: 'masked' },
        { entity: 'customer', field: 'email', right: 'hidden' },
        { entity: 'customer', field: 'note', right: 'hidden' },
      ],
    })
    const reading = await admin.people.createRole({
      name: '读邮箱',
      description: null,
      permissions: [
        { permission: 'customers.read', scope: 'own' },
        { permission: 'contacts.read', scope: 'all' },
      ],
      fieldRights: [
        { entity: 'customer', field: 'phone', right: 'hidden' },
        { entity: 'customer', field: 'email', right: 'read' },
      ],
    })
    await customerOf(null, '苏州澄明光电有限公司')
    const both = await person('both', { roles: [masked.id, reading.id] })
    const me = await both.client.session.me({})
    expect(me.permissions).toEqual({ 'customers.read': 'all', 'contacts.read': 'all' })
    expect(me.fieldRights).toEqual({ 'customer.phone': 'masked', 'customer.email': 'read' })
    expect(await namesSeen(both.client)).toEqual(['苏州澄明光电有限公司'])
    const withSales = await person('three', { roles: [masked.id, 'sales'] })
    expect((await withSales.client.session.me({})).fieldRights).toEqual({})
  })

  it('the administrator may do everything, whatever its rows say', async () => {
    expect(Object.keys((await admin.session.me({})).permissions).toSorted()).toEqual([...PERMISSIONS].toSorted())
  })
})

describe('scopes', () => {
  it('follow the department tree of today', async () => {
    const sales = await department('销售部')
    const east = await department('华东组', sales.id)
    const service = await department('客服部')
    const [manager, seller, other] = [
      await person('manager', { roles: ['salesManager'], departmentId: sales.id }),
      await person('seller', { roles: ['sales'], departmentId: east.id }),
      await person('other', { roles: ['sales'], departmentId: service.id }),
    ]
    const reader = await person('reader', { roles: ['viewer'], departmentId: east.id })
    const desk = await person('desk', { roles: ['service'], departmentId: service.id })
    await customerOf(manager.employeeId, '甲')
    await customerOf(seller.employeeId, '乙')
    await customerOf(other.employeeId, '丙')
    await customerOf(null, '丁')
    expect(await namesSeen(manager.client)).toEqual(['乙', '甲'].toSorted())
    expect(await namesSeen(seller.client)).toEqual(['乙'])
    expect(await namesSeen(other.client)).toEqual(['丙'])
    expect(await namesSeen(reader.client)).toEqual(['乙'])
    expect(await namesSeen(desk.client)).toEqual(['丁', '丙', '乙', '甲'].toSorted())

    const managed = (await admin.people.departments({})).find((one) => one.id === service.id)
    await admin.people.editDepartment({ id: service.id, version: managed?.version ?? 0, managerId: manager.employeeId as never })
    expect(await namesSeen(manager.client)).toEqual(['丙', '乙', '甲'].toSorted())

    const row = (await admin.people.employees({ includeLeft: false })).find((one) => one.id === seller.employeeId)
    await admin.people.editEmployee({
      id: seller.employeeId as never,
      version: row?.version ?? 0,
      values: { departmentId: (await root()).id },
    })
    expect(await namesSeen(manager.client)).toEqual(['丙', '甲'].toSorted())
    expect(await namesSeen(reader.client)).toEqual([])
    await admin.history.undo({ seq: lastSeq() })
    expect(await namesSeen(reader.client)).toEqual(['乙'])
  })

  it('finance sees no follow-ups, service writes them but edits nothing, a viewer sees masked phones', async () => {
    const top = (await root()).id
    const seller = await person('seller', { roles: ['sales'], departmentId: top })
    const customer = await admin.customers.create({
      name: '苏州澄明光电有限公司',
      ownerId: seller.employeeId,
      phone: '13800138000',
    })
    await admin.followUps.create({ customerId: customer.id, text: '价格谈妥' })
    const finance = await person('finance', { roles: ['finance'], departmentId: top })
    expect(await why(finance.client.followUps.ofCustomer({ customerId: customer.id }))).toBe('FORBIDDEN')
    expect((await finance.client.customers.get({ id: customer.id })).lastFollowUpAt).toBeNull()
    const desk = await person('desk', { roles: ['service'], departmentId: top })
    expect((await desk.client.followUps.ofCustomer({ customerId: customer.id })).count).toBe(1)
    expect(await why(desk.client.customers.edit({ id: customer.id, version: 1, values: { note: 'x' } }))).toBe('FORBIDDEN')
    expect((await desk.client.customers.get({ id: customer.id })).phone).toBe('+8613800138000')
    const viewer = await person('viewer', { roles: ['viewer'], departmentId: top })
    expect((await viewer.client.customers.get({ id: customer.id })).phone).toBe('138****8000')
    for (const call of [
      viewer.client.people.createDepartment({ name: 'x', parentId: null }),
      viewer.client.people.roles({}),
      viewer.client.setup.addSampleData({}),
    ])
      expect(await why(call)).toBe('FORBIDDEN')
  })
})

describe('undo', () => {
  it('takes back every undoable call about people', async () => {
    const sales = await department('销售部')
    const made = await employee('周子昂', sales.id, { hiredOn: '2026-01-01' })
    const role = await admin.people.createRole({
      name: '人事',
      description: null,
      permissions: [{ permission: 'people.read', scope: 'all' }],
      fieldRights: [],
    })
    const user = await admin.people.createUser({ employeeId: made.id, login: 'zhou', password: PASSWORD, roleIds: [role.id] })
    const TABLES = [
      'department',
      'employee',
      'employment',
      'role',
      'role_permission',
      'role_field_right',
      'user_account',
      'user_role',
    ]
    const now = async () => ({ user: (await admin.people.users({})).find((one) => one.id === user.id)?.version ?? 0 })
    const steps: (() => Promise<unknown>)[] = [
      () => department('客服部'),
      () => admin.people.editDepartment({ id: sales.id, version: sales.version, name: '营销部', managerId: made.id }),
      () => employee('何佳怡', sales.id),
      () =>
        admin.people.editEmployee({
          id: made.id,
          version: made.version,
          values: { name: '周昂', departmentId: null, rank: 'P7' },
        }),
      () =>
        admin.people.createRole({
          name: '其他',
          description: 'x',
          permissions: [],
          fieldRights: [{ entity: 'customer', field: 'phone', right: 'masked' }],
        }),
      async () =>
        admin.people.editRole({
          id: role.id,
          version: role.version,
          permissions: [{ permission: 'customers.read', scope: 'own' }],
        }),
      async () =>
        admin.people.editUser({
          id: user.id,
          version: (await now()).user,
          login: 'zhou.ang',
          roleIds: [role.id, await roleId('sales')],
        }),
      () => admin.people.disableUser({ id: user.id }),
    ]
    for (const step of steps) {
      const before = digestOf(...TABLES)
      await step()
      const seq = lastSeq()
      const after = digestOf(...TABLES)
      expect(after).not.toBe(before)
      const undone = await admin.history.undo({ seq })
      expect({ kept: undone.kept, failed: undone.failed }).toEqual({ kept: 0, failed: 0 })
      expect(digestOf(...TABLES)).toBe(before)
      await admin.history.undo({ seq: lastSeq() })
      expect(digestOf(...TABLES)).toBe(after)
      await admin.history.undo({ seq: lastSeq() })
    }
    expect(
      await why(
        admin.history.undo({
          seq: raw().prepare(`select max(seq) from command where procedure = 'people.createUser'`).pluck().get() as number,
        }),
      ),
    ).toBe('REFUSED:irreversible')
  })
})
