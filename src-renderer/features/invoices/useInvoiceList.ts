import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { invoiceEntity } from '../../../src-shared/features/invoices/entity.ts'
import type { Invoice } from '../../../src-shared/features/invoices/model.ts'
import { useFilterFields } from '../../components/filter/useFilterFields.ts'
import type { LayoutColumn } from '../../components/table/layout.ts'
import { useViewedList } from '../../components/views/useViewedList.ts'
import { useApi, useMe } from '../../kernel/context.tsx'
import { useEntity } from '../fields/public.ts'
import { maySortBy } from './columns.tsx'
import { useInvoiceViews } from './systemViews.ts'

/** The list of invoices as its address says. */
export function useInvoiceList(columns: readonly LayoutColumn[]) {
  const me = useMe()
  const api = useApi()
  const entity = useEntity(invoiceEntity)
  const customers = useEntity(customerEntity)
  return useViewedList<Invoice>(
    {
      entity: 'invoice',
      to: '/invoices',
      system: useInvoiceViews(),
      columns,
      fields: useFilterFields(entity, [customers]),
      sortable: (key) => entity.fields.some((field) => field.key === key && maySortBy(me, field)),
    },
    {
      count: (input) => api.invoices.count.queryOptions({ input }),
      list: (input) => api.invoices.list.queryOptions({ input }),
      sums: (input) => api.invoices.sums.queryOptions({ input }),
    },
  )
}
export type InvoiceList = ReturnType<typeof useInvoiceList>
