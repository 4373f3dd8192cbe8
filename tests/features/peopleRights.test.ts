import { describe, expect, it } from 'vitest'
import type { Role } from '../../src-shared/features/people/model.ts'
import { type Permission, PERMISSIONS } from '../../src-shared/kernel/permissions.ts'
import {
  NOBODY,
  PASSWORD,
  admin,
  customerOf,
  department,
  digestOf,
  employee,
  lastSeq,
  namesSeen,
  person,
  raw,
  roleId,
  root,
} from '../support/company.ts'
import { why } from '../support/guest.ts'

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

  it('nobody sees more of a field by a role that he makes, edits, gives, or by an account that he opens', async () => {
    const entry = (field: string, right: 'masked' | 'hidden') => ({ entity: 'customer', field, right })
    const permissions = (['people.read', 'people.manage', 'roles.manage', 'customers.read'] as const).map((permission) => ({
      permission,
      scope: 'all' as const,
    }))
    const masking = [entry('phone', 'masked'), entry('email', 'hidden')]
    const role = await admin.people.createRole({ name: '人事', description: null, permissions, fieldRights: masking })
    const plain = await admin.people.createRole({ name: '看全', description: null, permissions, fieldRights: [] })
    const clerk = await person('clerk', { roles: [role.id] })
    const other = await person('other', { roles: [plain.id] })
    const twin = await person('twin', { roles: [role.id] })
    const c = clerk.client.people
    const make = (name: string, fieldRights: ReturnType<typeof entry>[]) =>
      why(c.createRole({ name, description: null, permissions: [], fieldRights }))
    expect(await make('没写', [])).toBe('REFUSED:beyondYours')
    expect(await make('少一个', [entry('phone', 'masked')])).toBe('REFUSED:beyondYours')
    expect(await make('一样', masking)).toBe('allowed')
    expect(await make('更少', [...masking, entry('note', 'hidden')])).toBe('allowed')
    const edit = (id: string, version: number, fieldRights: ReturnType<typeof entry>[]) =>
      why(c.editRole({ id: id as never, version, fieldRights }))
    expect(await edit(role.id, role.version, [])).toBe('REFUSED:beyondYours')
    expect(await edit(plain.id, plain.version, masking)).toBe('REFUSED:beyondYours')
    const [own, theirs] = await Promise.all(
      [clerk, other].map(async ({ userId }) => (await admin.people.users({})).find(({ id }) => id === userId)),
    )
    if (!own || !theirs) throw new Error('no accounts')
    expect(await why(c.editUser({ id: own.id, version: own.version, roleIds: [role.id, plain.id] }))).toBe('REFUSED:beyondYours')
    expect(await why(c.editUser({ id: theirs.id, version: theirs.version, roleIds: [role.id] }))).toBe('REFUSED:beyondYours')
    expect(await why(c.resetPassword({ id: theirs.id, password: 'nine geese going south' }))).toBe('REFUSED:beyondYours')
    const made = await c.createEmployee({ name: '新人' })
    const open = (roleIds: string[]) =>
      why(c.createUser({ employeeId: made.id, login: 'newcomer', password: PASSWORD, roleIds: roleIds as never }))
    expect(await open([plain.id])).toBe('REFUSED:beyondYours')
    expect(await open([role.id])).toBe('allowed')
    expect(await why(c.resetPassword({ id: twin.userId as never, password: 'nine geese going south' }))).toBe('allowed')
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

  it('gives nobody more than he has, neither by taking back nor by redoing', async () => {
    const entries = (...names: Permission[]) => names.map((permission) => ({ permission, scope: 'all' as const }))
    const HR = entries('people.read', 'people.manage', 'roles.manage', 'history.readAll', 'customers.read')
    const role = await admin.people.createRole({
      name: '人事',
      description: null,
      permissions: [...HR, ...entries('customers.purge')],
      fieldRights: [],
    })
    const small = await admin.people.createRole({ name: '小', description: null, permissions: [], fieldRights: [] })
    const clerk = await person('clerk', { roles: [role.id] })
    const big = await person('big', { roles: ['admin'] })
    const undo = (seq: number) => why(clerk.client.history.undo({ seq }))
    // His own grant, of something he had when he gave it.
    await clerk.client.people.editRole({ id: small.id, version: small.version, permissions: entries('customers.purge') })
    await clerk.client.history.undo({ seq: lastSeq() })
    const given = lastSeq()
    // The administrator takes it out of his role.
    await admin.people.editRole({ id: role.id, version: role.version, permissions: HR })
    const cut = lastSeq()
    await admin.people.editRole({
      id: role.id,
      version: role.version + 1,
      fieldRights: [{ entity: 'customer', field: 'phone', right: 'masked' }],
    })
    const masked = lastSeq()
    await admin.people.disableUser({ id: big.userId as never })
    const disabled = lastSeq()
    const account = (await admin.people.users({})).find(({ id }) => id === clerk.userId)
    await admin.people.editUser({ id: clerk.userId as never, version: account?.version ?? 0, roleIds: [role.id, small.id] })
    await admin.people.editUser({ id: clerk.userId as never, version: (account?.version ?? 0) + 1, roleIds: [role.id] })
    const before = digestOf('role_permission', 'role_field_right', 'user_role', 'user_account')
    for (const [what, seq] of Object.entries({ given, cut, masked, disabled }))
      expect(await undo(seq), what).toBe('REFUSED:beyondYours')
    expect(digestOf('role_permission', 'role_field_right', 'user_role', 'user_account')).toBe(before)
    expect((await clerk.client.session.me({})).permissions['customers.purge']).toBeUndefined()
    await admin.history.undo({ seq: disabled })
    expect(await undo(lastSeq())).toBe('REFUSED:beyondYours')
    // What is within his own rights he still takes back.
    const own = await clerk.client.people.createRole({
      name: '更小',
      description: null,
      permissions: entries('people.read'),
      fieldRights: [{ entity: 'customer', field: 'phone', right: 'masked' }],
    })
    expect(await undo(lastSeq())).toBe('allowed')
    expect((await admin.people.roles({})).some(({ id }) => id === own.id)).toBe(false)
  })
})
