import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { productEntity } from '../../../src-shared/features/products/entity.ts'
import type { Category } from '../../../src-shared/features/products/model.ts'
import type { FieldDescriptor } from '../../../src-shared/kernel/entity.ts'
import type { FieldOption } from '../../components/FieldEditor.tsx'
import { useApi } from '../../kernel/context.tsx'
import { useEntity } from '../fields/public.ts'

export const useProductFields = (): readonly FieldDescriptor[] => useEntity(productEntity).fields

const NONE: readonly Category[] = []
export const useCategories = (): readonly Category[] =>
  useQuery(useApi().products.categories.queryOptions({ input: {}, staleTime: 60_000 })).data ?? NONE

/** Categories to choose from, each by the way down to it. */
export function useCategoryOptions(): readonly FieldOption[] {
  const categories = useCategories()
  return useMemo(() => categories.map(({ id, path }) => ({ value: id, label: path })), [categories])
}
