import type { Department } from '../../../src-shared/features/people/model.ts'

export type DepartmentNode = {
  readonly department: Department
  readonly children: readonly DepartmentNode[]
  readonly people: number
}

/** Departments as they lie below each other, in their order; `people` counts those below too. */
export function treeOf(departments: readonly Department[], parentId: string | null = null): readonly DepartmentNode[] {
  return departments
    .filter((one) => one.parentId === parentId)
    .sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1))
    .map((department) => {
      const children = treeOf(departments, department.id)
      return { department, children, people: department.employeeCount + children.reduce((sum, child) => sum + child.people, 0) }
    })
}

/** A department and all below it. */
export function branchOf(departments: readonly Department[], id: string): ReadonlySet<string> {
  const found = new Set([id])
  for (let before = -1; before !== found.size; ) {
    before = found.size
    for (const one of departments) if (one.parentId !== null && found.has(one.parentId)) found.add(one.id)
  }
  return found
}

/** For pickers: every department with its depth, in the order of the tree. */
export function flatTree(nodes: readonly DepartmentNode[], depth = 0): readonly { department: Department; depth: number }[] {
  return nodes.flatMap((node) => [{ department: node.department, depth }, ...flatTree(node.children, depth + 1)])
}
