import { describe, expect, it } from 'vitest'
import type { Department } from '../../../src-shared/features/people/model.ts'
import { branchOf, flatTree, treeOf } from './tree.ts'

const department = (id: string, parentId: string | null, position: number, employeeCount: number) =>
  ({ id, name: id, parentId, managerId: null, position, employeeCount, version: 1 }) as Department
const all = [
  department('south', 'sales', 1, 2),
  department('sales', null, 1, 1),
  department('north', 'sales', 0, 3),
  department('desk', null, 0, 4),
]

describe('the tree of departments', () => {
  it('stands in its order and counts whoever is below', () => {
    expect(treeOf(all).map((node) => [node.department.id, node.people])).toEqual([
      ['desk', 4],
      ['sales', 6],
    ])
  })
  it('is flat for pickers, with depths', () => {
    expect(flatTree(treeOf(all)).map((one) => `${one.depth}${one.department.id}`)).toEqual([
      '0desk',
      '0sales',
      '1north',
      '1south',
    ])
  })
  it('knows what lies below a department', () => {
    expect([...branchOf(all, 'sales')].sort()).toEqual(['north', 'sales', 'south'])
    expect([...branchOf(all, 'desk')]).toEqual(['desk'])
  })
})
