import { purchaseEntity } from '../../../src-shared/features/purchases/entity.ts'
import type { Purchase } from '../../../src-shared/features/purchases/model.ts'
import { useFilterFields } from '../../components/filter/useFilterFields.ts'
import type { LayoutColumn } from '../../components/table/layout.ts'
import { useViewedList } from '../../components/views/useViewedList.ts'
import { useApi, useMe } from '../../kernel/context.tsx'
import { useEntity } from '../fields/public.ts'
import { maySortBy } from './columns.tsx'
import { usePurchaseViews } from './systemViews.ts'

/** The list of purchases as its address says. */
export function usePurchaseList(columns: readonly LayoutColumn[]) {
  const me = useMe()
  const api = useApi()
  const entity = useEntity(purchaseEntity)
  return useViewedList<Purchase>(
    {
      entity: 'purchase',
      to: '/purchases',
      system: usePurchaseViews(),
      columns,
      fields: useFilterFields(entity, []),
      sortable: (key) => entity.fields.some((field) => field.key === key && maySortBy(me, field)),
    },
    {
      count: (input) => api.purchases.count.queryOptions({ input }),
      list: (input) => api.purchases.list.queryOptions({ input }),
      sums: (input) => api.purchases.sums.queryOptions({ input }),
    },
  )
}
export type PurchaseList = ReturnType<typeof usePurchaseList>
