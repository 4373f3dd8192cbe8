import { describe, expect, it } from 'vitest'
import { ADMIN } from '../support/backend.ts'
import {
  NOBODY,
  PASSWORD,
  admin,
  customerOf,
  department,
  employee,
  lastSeq,
  person,
  raw,
  roleId,
  root,
  running,
} from '../support/company.ts'
import { calls } from '../support/calls.ts'
import { guest, why } from '../support/guest.ts'
import { transports } from '../support/transports.ts'

const DAY = 86_400_000

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

  it('names who can grant a right to whoever asks, and nobody who cannot sign in', async () => {
    const seller = await person('asker', { roles: ['sales'] })
    expect(await seller.client.people.granters({})).toEqual([ADMIN.name])
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
    const made = await employee('员工Zhou.Ziang')
    const roleIds = [await roleId('sales')] as never
    await admin.people.createUser({ employeeId: made.id, login: 'Zhou.Ziang', password: PASSWORD, roleIds })
    const seller = guest(running)
    await seller.client.session.login({ login: 'Zhou.Ziang', password: PASSWORD })
    expect(await seller.client.session.me({})).toMatchObject({
      login: 'Zhou.Ziang',
      mustChangePassword: true,
      roles: [{ name: '销售', builtin: 'sales' }],
    })
    await seller.client.session.changePassword({ current: PASSWORD, next: 'eight herons in the reed' })
    expect((await seller.client.session.me({})).mustChangePassword).toBe(false)
    await seller.client.customers.list({})
    const stored = JSON.stringify(
      ['idempotency', 'command', 'journal'].map((table) => raw().prepare(`select * from ${table}`).all()),
    )
    expect(stored).not.toContain(PASSWORD)
    expect((await admin.people.users({})).map((user) => [user.login, user.employeeName])).toEqual([
      ['admin', ADMIN.name],
      ['Zhou.Ziang', '员工Zhou.Ziang'],
    ])
  })

  it('with a given password nothing works but choosing an own one, on every road', async () => {
    const seller = await person('zhou', { roles: ['admin'] })
    await admin.people.resetPassword({ id: seller.userId as never, password: 'nine geese going south' })
    await seller.client.session.login({ login: 'zhou', password: 'nine geese going south' })
    const actor = running.actorOf(seller.token(), 'http')
    for (const { path, meta } of calls) {
      const [feature = '', name = ''] = path.split('.')
      const call = (seller.client as unknown as Record<string, Record<string, { (input: unknown): Promise<unknown> }>>)[
        feature
      ]?.[name]
      if (!call || meta.needs === 'anyone' || meta.givenPassword) continue
      // Bad input is said first, so that only what the caller may know is checked; nothing is answered either way.
      expect(await why(call({})), path).toMatch(/^(FORBIDDEN:mustChangePassword|BAD_REQUEST)/)
    }
    expect(calls.filter(({ meta }) => meta.givenPassword).map(({ path }) => path)).toEqual([
      'session.me',
      'session.logout',
      'session.changePassword',
    ])
    for (const connect of Object.values(transports)) {
      const { client, close } = await connect(running, actor)
      expect(await why(client.customers.list({}))).toBe('FORBIDDEN:mustChangePassword')
      expect(await why(client.customers.create({ name: '偷偷建的' }))).toBe('FORBIDDEN:mustChangePassword')
      const changes = client.live.changes({}).then(async (stream) => stream.next())
      expect(await why(changes)).toBe('FORBIDDEN:mustChangePassword')
      await close()
    }
    await seller.client.session.changePassword({ current: 'nine geese going south', next: PASSWORD })
    expect((await seller.client.customers.list({})).rows).toEqual([])
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
