import { describe, expect, it } from 'vitest'
import { attempt, Refusal } from '../../kernel/refusal.ts'
import { customerEntity } from '../customers/entity.ts'
import { type FieldRight, type Permission, PERMISSIONS, type Scope } from '../../kernel/permissions.ts'
import {
  periodStep,
  requireAdminLeft,
  requireAdminUncut,
  requireCovered,
  requireEmptyDepartment,
  requireFreeDepartmentName,
  requireKnownFields,
  requireSoundEmployee,
  requireSoundParent,
} from './rules.ts'
import { SEEDED_ROLES } from './seededRoles.ts'
import { text } from './text.ts'
import { DEPARTMENT_REFUSALS, EMPLOYEE_REFUSALS, ROLE_REFUSALS, USER_REFUSALS } from './contract.ts'

const reason = (decide: () => unknown): string | null => {
  const answer = attempt(decide)
  return answer instanceof Refusal ? answer.reason : null
}
const tree = [
  { id: 'root', name: '公司', parentId: null },
  { id: 'sales', name: '销售部', parentId: 'root' },
  { id: 'east', name: '华东组', parentId: 'sales' },
]

describe('departments', () => {
  it('are never under themselves, however deep', () => {
    expect(reason(() => requireSoundParent(tree, 'sales', 'sales'))).toBe('underItself')
    expect(reason(() => requireSoundParent(tree, 'sales', 'east'))).toBe('underItself')
    expect(reason(() => requireSoundParent(tree, 'root', 'east'))).toBe('underItself')
    expect(reason(() => requireSoundParent(tree, 'east', 'root'))).toBeNull()
    expect(reason(() => requireSoundParent(tree, null, 'east'))).toBeNull()
    expect(reason(() => requireSoundParent(tree, 'east', 'gone'))).toBe('parentUnknown')
  })

  it('a circle that is there already ends the walk', () => {
    const circle = [
      { id: 'a', name: 'a', parentId: 'b' },
      { id: 'b', name: 'b', parentId: 'a' },
    ]
    expect(reason(() => requireSoundParent(circle, 'c', 'a'))).toBe('underItself')
  })

  it('names differ within one parent', () => {
    expect(reason(() => requireFreeDepartmentName(tree, { id: null, name: ' 销售部', parentId: 'root' }))).toBe('nameTaken')
    expect(reason(() => requireFreeDepartmentName(tree, { id: 'sales', name: '销售部', parentId: 'root' }))).toBeNull()
    expect(reason(() => requireFreeDepartmentName(tree, { id: null, name: '销售部', parentId: 'sales' }))).toBeNull()
  })

  it('go only when nothing is or was in them', () => {
    expect(reason(() => requireEmptyDepartment({ departments: 0, employees: 0, former: 0 }))).toBeNull()
    for (const held of [
      { departments: 1, employees: 0, former: 0 },
      { departments: 0, employees: 1, former: 0 },
      { departments: 0, employees: 0, former: 1 },
    ])
      expect(reason(() => requireEmptyDepartment(held))).toBe('notEmpty')
  })
})

describe('employees', () => {
  const sound = { departmentKnown: true, managerKnown: true, leaving: false, ownedCustomers: 0 }
  const person = { id: 'e', hiredOn: '2026-01-01', leftOn: null, managerId: null }
  it.each([
    ['departmentUnknown', person, { ...sound, departmentKnown: false }],
    ['managerUnknown', person, { ...sound, managerKnown: false }],
    ['managerOfHimself', { ...person, managerId: 'e' }, sound],
    ['leftBeforeHired', { ...person, leftOn: '2025-12-31' }, sound],
    ['ownsCustomers', { ...person, leftOn: '2026-05-01' }, { ...sound, leaving: true, ownedCustomers: 3 }],
    [null, { ...person, leftOn: '2026-05-01' }, { ...sound, ownedCustomers: 3 }],
    [null, person, sound],
  ])('%s', (expected, change, facts) => expect(reason(() => requireSoundEmployee(change, facts))).toBe(expected))

  const period = { departmentId: 'sales', managerId: null, rank: null, team: null }
  const last = { ...period, id: 'p', validFrom: '2026-03-01' }
  it('history of employment is written forward only', () => {
    expect(periodStep(null, period, '2026-03-01')).toEqual({ kind: 'next', closes: null })
    expect(periodStep(last, period, '2026-04-01')).toEqual({ kind: 'none' })
    expect(periodStep(last, { ...period, team: '二组' }, '2026-03-01')).toEqual({ kind: 'rewrite', id: 'p' })
    expect(periodStep(last, { ...period, team: '二组' }, '2026-04-01')).toEqual({ kind: 'next', closes: 'p' })
    expect(reason(() => periodStep(last, { ...period, team: '二组' }, '2026-02-28'))).toBe('beforeLastChange')
  })
})

describe('roles', () => {
  it('nobody gives more than he has', () => {
    const own = { permissions: { 'customers.read': 'below', 'people.manage': 'all' }, fieldRights: {} } as const
    const given = (...permissions: { permission: Permission; scope: Scope }[]) => ({ permissions, fieldRights: {} })
    const enough = given({ permission: 'customers.read', scope: 'below' }, { permission: 'people.manage', scope: 'all' })
    expect(reason(() => requireCovered(own, enough))).toBeNull()
    expect(reason(() => requireCovered(own, given({ permission: 'customers.read', scope: 'all' })))).toBe('beyondYours')
    expect(reason(() => requireCovered(own, given({ permission: 'customers.edit', scope: 'own' })))).toBe('beyondYours')
  })

  it('nobody gives a larger right to a field than he has; a role that does not name it lets it be written', () => {
    const own = { permissions: {}, fieldRights: { 'customer.phone': 'masked', 'customer.email': 'read' } } as const
    const given = (fieldRights: Record<string, FieldRight>) => reason(() => requireCovered(own, { permissions: [], fieldRights }))
    expect(given({ 'customer.phone': 'masked', 'customer.email': 'read' })).toBeNull()
    expect(given({ 'customer.phone': 'hidden', 'customer.email': 'masked', 'customer.note': 'hidden' })).toBeNull()
    expect(given({ 'customer.phone': 'masked' })).toBe('beyondYours')
    expect(given({ 'customer.phone': 'read', 'customer.email': 'read' })).toBe('beyondYours')
    expect(given({})).toBe('beyondYours')
  })

  it('an administrator remains', () => {
    expect(reason(() => requireAdminLeft(0))).toBe('lastAdmin')
    expect(reason(() => requireAdminLeft(1))).toBeNull()
  })

  it('the administrator keeps every right', () => {
    const all = PERMISSIONS.map((permission) => ({ permission, scope: 'all' as const }))
    expect(reason(() => requireAdminUncut('admin', { permissions: all }))).toBeNull()
    expect(reason(() => requireAdminUncut('admin', { permissions: all.slice(1) }))).toBe('wouldLockOut')
    expect(
      reason(() =>
        requireAdminUncut('admin', { permissions: [{ permission: 'customers.read', scope: 'own' }, ...all.slice(1)] }),
      ),
    ).toBe('wouldLockOut')
    expect(
      reason(() => requireAdminUncut('admin', { fieldRights: [{ entity: 'customer', field: 'phone', right: 'hidden' }] })),
    ).toBe('wouldLockOut')
    expect(reason(() => requireAdminUncut('admin', {}))).toBeNull()
    expect(reason(() => requireAdminUncut('sales', { permissions: [] }))).toBeNull()
  })

  it('name fields that exist and may be hidden', () => {
    const check = (field: string, right: 'hidden' | 'read') =>
      reason(() => requireKnownFields([customerEntity], [{ entity: 'customer', field, right }]))
    expect(check('phone', 'hidden')).toBeNull()
    expect(check('phon', 'hidden')).toBe('fieldUnknown')
    expect(check('name', 'hidden')).toBe('fieldUnknown')
    expect(check('name', 'read')).toBeNull()
    expect(reason(() => requireKnownFields([customerEntity], [{ entity: 'nothing', field: 'name', right: 'read' }]))).toBe(
      'fieldUnknown',
    )
  })

  it('seeded ones keep conversations from finance and name existing fields', () => {
    const byName = Object.fromEntries(SEEDED_ROLES.map((role) => [role.builtin, role]))
    expect(Object.keys(byName['finance']?.permissions ?? {}).filter((name) => name.startsWith('followUps'))).toEqual([])
    expect(Object.keys(byName['admin']?.permissions ?? {}).toSorted()).toEqual([...PERMISSIONS].toSorted())
    expect(byName['service']?.permissions['customers.edit']).toBeUndefined()
  })
})

describe('words', () => {
  it('exist in both languages for every refusal and permission', () => {
    const keys = [...DEPARTMENT_REFUSALS, ...EMPLOYEE_REFUSALS, ...USER_REFUSALS, ...ROLE_REFUSALS]
      .map((name) => `refusals.${name}`)
      .concat(PERMISSIONS.map((name) => `permissions.${name}`))
    for (const language of ['zh-CN', 'en-US'] as const) expect(keys.filter((key) => !(key in text[language]))).toEqual([])
    expect(Object.keys(text['en-US'])).toEqual(Object.keys(text['zh-CN']))
  })
})
