import { describe, expect, it } from 'vitest'
import { PERMISSIONS } from '../../../src-shared/kernel/permissions.ts'
import { changesBetween, defaultOf, draftOf, rightsOf, withField, withPermission } from './draft.ts'
import { OBJECTS, TOOLS } from './matrix.ts'

const role = {
  builtin: null,
  permissions: [{ permission: 'customers.read' as const, scope: 'own' as const }],
  fieldRights: [{ entity: 'customer', field: 'phone', right: 'masked' as const }],
}

describe('the matrix of rights', () => {
  it('shows every permission exactly once', () => {
    const shown = [
      ...OBJECTS.flatMap((row) => row.cells.flatMap((cell) => cell.permission ?? [])),
      ...TOOLS.flatMap((group) => group.permissions),
    ]
    expect([...shown].sort()).toEqual([...PERMISSIONS].sort())
  })
  it('has as many columns in every row', () => {
    expect(OBJECTS.map((row) => row.cells.reduce((sum, cell) => sum + cell.span, 0))).toEqual(OBJECTS.map(() => 6))
  })
})

describe('the draft of a role', () => {
  it('goes to the editor and back unchanged', () => {
    expect(rightsOf(draftOf(role))).toEqual({ permissions: role.permissions, fieldRights: role.fieldRights })
  })
  it('counts each place that was changed, once', () => {
    const before = draftOf(role)
    const after = withField(
      withPermission(withPermission(before, 'customers.read', 'all'), 'imports.run', 'all'),
      'customer.phone',
      'write',
    )
    expect(changesBetween(before, after)).toBe(3)
    expect(changesBetween(before, withPermission(after, 'imports.run', null))).toBe(2)
  })
  it('counts nothing when a change is taken back', () => {
    const before = draftOf(role)
    const back = withField(withField(before, 'customer.phone', 'hidden'), 'customer.phone', 'masked')
    expect(changesBetween(before, back)).toBe(0)
  })
  it('compares a seeded role with what it began with, any other with what is saved', () => {
    expect(defaultOf({ ...role, builtin: 'sales' }).permissions['customers.edit']).toBe('own')
    expect(changesBetween(defaultOf(role), draftOf(role))).toBe(0)
  })
})
