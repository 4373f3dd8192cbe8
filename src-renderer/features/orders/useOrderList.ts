import { useNavigate } from '@tanstack/react-router'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { orderEntity } from '../../../src-shared/features/orders/entity.ts'
import type { Order } from '../../../src-shared/features/orders/model.ts'
import { useFilterFields } from '../../components/filter/useFilterFields.ts'
import type { LayoutColumn } from '../../components/table/layout.ts'
import { useOpenedRow } from '../../components/table/useOpenedRow.ts'
import { useViewedList } from '../../components/views/useViewedList.ts'
import { useApi, useMe } from '../../kernel/context.tsx'
import { useEntity } from '../fields/public.ts'
import { maySortBy } from './columns.tsx'
import { rememberAddress } from './listMemory.ts'
import { useOrderViews } from './systemViews.ts'

/** The list of orders as its address says. */
export function useOrderList(columns: readonly LayoutColumn[]) {
  const me = useMe()
  const api = useApi()
  const entity = useEntity(orderEntity)
  const customers = useEntity(customerEntity)
  return useViewedList<Order>(
    {
      entity: 'order',
      to: '/orders',
      system: useOrderViews(),
      columns,
      fields: useFilterFields(entity, [customers]),
      sortable: (key) => entity.fields.some((field) => field.key === key && maySortBy(me, field)),
    },
    {
      count: (input) => api.orders.count.queryOptions({ input }),
      list: (input) => api.orders.list.queryOptions({ input }),
      sums: (input) => api.orders.sums.queryOptions({ input }),
    },
  )
}
export type OrderList = ReturnType<typeof useOrderList>

/** The record beside the list, and the way to its page. */
export function useOpenedOrder(list: OrderList) {
  const navigate = useNavigate()
  return {
    ...useOpenedRow<Order>(list),
    openPage: (row: Order) => {
      rememberAddress(list.address)
      void navigate({ to: `/orders/${row.id}` })
    },
  }
}
