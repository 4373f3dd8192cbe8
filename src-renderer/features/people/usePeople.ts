import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useApi } from '../../kernel/context.tsx'
import { useGone } from '../../kernel/gone.ts'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'
import { flatTree, treeOf } from './tree.ts'
import { roleName } from './words.ts'

export type Option = { value: string; label: string; depth?: number }

export const useDepartments = () => useQuery(useApi().people.departments.queryOptions({ input: {}, meta: { shown: true } }))
export const useEmployees = () =>
  useQuery(useApi().people.employees.queryOptions({ input: { includeLeft: true }, meta: { shown: true } }))
export const useUsers = () => useQuery(useApi().people.users.queryOptions({ input: {}, meta: { shown: true } }))
export const useRoles = () => useQuery(useApi().people.roles.queryOptions({ input: {}, meta: { shown: true } }))

/** In the order of the tree; the list indents them by `depth`. */
export function useDepartmentOptions(except?: ReadonlySet<string>): Option[] {
  const departments = useDepartments().data
  return useMemo(
    () =>
      flatTree(treeOf(departments ?? []))
        .filter(({ department }) => !except?.has(department.id))
        .map(({ department, depth }) => ({ value: department.id, label: department.name, depth })),
    [departments, except],
  )
}

/** Those who are here, and whoever holds the place now. */
export function useColleagueOptions(kept?: string | null): Option[] {
  const t = useText(text)
  const employees = useEmployees().data ?? []
  const { gone } = useGone()
  return employees
    .filter((one) => !gone(one) || one.id === kept)
    .map((one) => ({ value: one.id, label: gone(one) ? `${one.name}（${t('left')}）` : one.name }))
}

export const useRoleOptions = (): Option[] => (useRoles().data ?? []).map((role) => ({ value: role.id, label: roleName(role) }))
