import { productEntity } from '../../../src-shared/features/products/entity.ts'
import type { Product } from '../../../src-shared/features/products/model.ts'
import type { Filter, Rule } from '../../../src-shared/kernel/list.ts'
import { useFilterFields } from '../../components/filter/useFilterFields.ts'
import type { LayoutColumn } from '../../components/table/layout.ts'
import { useViewedList } from '../../components/views/useViewedList.ts'
import { useApi, useMe } from '../../kernel/context.tsx'
import { useEntity } from '../fields/public.ts'
import { maySortBy } from './columns.tsx'
import { useProductViews } from './systemViews.ts'

/** The list of products as its address says. */
export function useProductList(columns: readonly LayoutColumn[]) {
  const me = useMe()
  const api = useApi()
  const entity = useEntity(productEntity)
  return useViewedList<Product>(
    {
      entity: 'product',
      to: '/products',
      system: useProductViews(),
      columns,
      fields: useFilterFields(entity, []),
      sortable: (key) => entity.fields.some((field) => field.key === key && maySortBy(me, field)),
    },
    {
      count: (input) => api.products.count.queryOptions({ input }),
      list: (input) => api.products.list.queryOptions({ input }),
      sums: (input) => api.products.sums.queryOptions({ input }),
    },
  )
}
export type ProductList = ReturnType<typeof useProductList>

const isOfCategory = (part: Rule | Filter): part is Rule =>
  !('rules' in part) && part.field === 'categoryId' && part.operator === 'under'

/** The categories a filter asks for, with what lies below them. */
export function categoriesIn(filter: Filter | null): readonly string[] {
  if (!filter || filter.combinator !== 'and' || filter.not) return []
  const value = filter.rules.find(isOfCategory)?.value
  return (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(String)
}

/** The same filter with other categories. */
export function withCategories(filter: Filter | null, ids: readonly string[]): Filter | null {
  const isPlain = filter !== null && filter.combinator === 'and' && !filter.not
  const others = isPlain ? filter.rules.filter((part) => !isOfCategory(part)) : filter ? [filter] : []
  const rules = ids.length === 0 ? others : [...others, { field: 'categoryId', operator: 'under' as const, value: [...ids] }]
  return rules.length === 0 ? null : { combinator: 'and', rules }
}
