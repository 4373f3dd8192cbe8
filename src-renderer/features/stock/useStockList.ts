import { productEntity } from '../../../src-shared/features/products/entity.ts'
import { stockEntity } from '../../../src-shared/features/stock/entity.ts'
import type { Stock } from '../../../src-shared/features/stock/model.ts'
import { useFilterFields } from '../../components/filter/useFilterFields.ts'
import type { LayoutColumn } from '../../components/table/layout.ts'
import { useViewedList } from '../../components/views/useViewedList.ts'
import { useApi, useMe } from '../../kernel/context.tsx'
import { useEntity } from '../fields/public.ts'
import { maySortBy } from './columns.tsx'
import { useStockViews } from './systemViews.ts'

/** The list of stock as its address says. */
export function useStockList(columns: readonly LayoutColumn[]) {
  const me = useMe()
  const api = useApi()
  const entity = useEntity(stockEntity)
  const products = useEntity(productEntity)
  return useViewedList<Stock>(
    {
      entity: 'stock',
      to: '/stock',
      system: useStockViews(),
      columns,
      fields: useFilterFields(entity, [products]),
      sortable: (key) => entity.fields.some((field) => field.key === key && maySortBy(me, field)),
    },
    {
      count: (input) => api.stock.count.queryOptions({ input }),
      list: (input) => api.stock.list.queryOptions({ input }),
      sums: (input) => api.stock.sums.queryOptions({ input }),
    },
  )
}
export type StockList = ReturnType<typeof useStockList>
