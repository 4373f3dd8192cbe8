// experience.md 8 "以该角色预览": by the rights on the page, in somebody's place, never more than who looks may see.
import { expect, it } from 'vitest'
import { entities } from '../../src-shared/entities.ts'
import { SEEDED_ROLES } from '../../src-shared/features/people/seededRoles.ts'
import type { Permission, Scope } from '../../src-shared/kernel/permissions.ts'
import { admin, customerOf, department, person, root } from '../support/company.ts'
import { why } from '../support/guest.ts'

const rights = (permissions: Partial<Record<Permission, Scope>>, fields: Record<string, 'hidden' | 'masked'> = {}) => ({
  permissions: Object.entries(permissions).map(([permission, scope]) => ({ permission: permission as Permission, scope })),
  fieldRights: Object.entries(fields).map(([field, right]) => ({ entity: 'customer', field, right })),
})

it('counts and masks as the rights say, in the place of the one chosen, and changes nothing', async () => {
  const team = await department('一组', (await root()).id)
  const wang = await person('wang', { roles: ['sales'], departmentId: team.id, name: '王' })
  const li = await person('li', { roles: ['sales'], departmentId: team.id, name: '李' })
  const his = await admin.customers.create({ name: '王的客户', ownerId: wang.employeeId, phone: '13800001111' })
  await customerOf(li.employeeId, '李的客户')
  await customerOf(null, '没人的')
  await admin.contacts.create({ customerId: his.id, name: '孙经理' })
  const see = (given: ReturnType<typeof rights>) => admin.people.previewRole({ ...given, userId: wang.userId as never })
  const own = await see(rights({ 'customers.read': 'own', 'contacts.read': 'all' }, { phone: 'masked', ownerId: 'hidden' }))
  expect(own).toMatchObject({ customers: 1, contacts: 1, followUps: null })
  expect(own.rows).toMatchObject([{ name: '王的客户', phone: '138****1111', ownerName: null }])
  expect((await see(rights({ 'customers.read': 'department' }))).customers).toBe(2)
  expect((await see(rights({ 'customers.read': 'all' }))).customers).toBe(3)
  const nothing = await see(rights({}))
  expect(nothing).toMatchObject({ customers: null, contacts: null, followUps: null, rows: [] })
  const seen = ({ kinds }: typeof nothing) => kinds.flatMap(({ entity, count }) => (count === null ? [] : [entity]))
  expect(seen(nothing)).toEqual([])
  // Every kind that the program has is told of, each by its own right.
  expect(nothing.kinds.map(({ entity }) => entity)).toEqual(entities.map(({ name }) => name))
  expect(seen(await see(rights({ 'products.read': 'all', 'leads.read': 'own' })))).toEqual(['product', 'lead'])
  expect((await wang.client.customers.list({})).rows).toHaveLength(1)
})

it('shows nobody more than he may see himself, and nothing to who may not manage roles', async () => {
  const team = await department('一组', (await root()).id)
  const manager = SEEDED_ROLES.find(({ builtin }) => builtin === 'salesManager')?.permissions ?? {}
  const role = await admin.people.createRole({
    name: '组长',
    description: null,
    ...rights({ ...manager, 'people.read': 'all', 'roles.manage': 'all' }),
  })
  const lead = await person('lead', { roles: [role.id], departmentId: team.id })
  const wang = await person('wang', { roles: ['sales'], departmentId: team.id })
  await customerOf(wang.employeeId, '组里的')
  await customerOf(null, '没人的')
  const all = { ...rights({ 'customers.read': 'all' }), userId: wang.userId as never }
  const seen = await lead.client.people.previewRole(all)
  expect([seen.customers, seen.rows.map(({ name }) => name)]).toEqual([1, ['组里的']])
  expect(await why(wang.client.people.previewRole(all))).toBe('FORBIDDEN')
})
