import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { paymentEntity } from '../../../src-shared/features/payments/entity.ts'
import type { Payment } from '../../../src-shared/features/payments/model.ts'
import { useFilterFields } from '../../components/filter/useFilterFields.ts'
import type { LayoutColumn } from '../../components/table/layout.ts'
import { useViewedList } from '../../components/views/useViewedList.ts'
import { useApi, useMe } from '../../kernel/context.tsx'
import { useEntity } from '../fields/public.ts'
import { maySortBy } from './columns.tsx'
import { usePaymentViews } from './systemViews.ts'

/** The list of payments as its address says. */
export function usePaymentList(columns: readonly LayoutColumn[]) {
  const me = useMe()
  const api = useApi()
  const entity = useEntity(paymentEntity)
  const customers = useEntity(customerEntity)
  return useViewedList<Payment>(
    {
      entity: 'payment',
      to: '/payments',
      system: usePaymentViews(),
      columns,
      fields: useFilterFields(entity, [customers]),
      sortable: (key) => entity.fields.some((field) => field.key === key && maySortBy(me, field)),
    },
    {
      count: (input) => api.payments.count.queryOptions({ input }),
      list: (input) => api.payments.list.queryOptions({ input }),
      sums: (input) => api.payments.sums.queryOptions({ input }),
    },
  )
}
export type PaymentList = ReturnType<typeof usePaymentList>
