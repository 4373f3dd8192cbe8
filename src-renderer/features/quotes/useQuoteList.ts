import { useNavigate } from '@tanstack/react-router'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { quoteEntity } from '../../../src-shared/features/quotes/entity.ts'
import type { Quote } from '../../../src-shared/features/quotes/model.ts'
import { useOpenedRow } from '../../components/table/useOpenedRow.ts'
import { useFilterFields } from '../../components/filter/useFilterFields.ts'
import type { LayoutColumn } from '../../components/table/layout.ts'
import { useViewedList } from '../../components/views/useViewedList.ts'
import { useApi, useMe } from '../../kernel/context.tsx'
import { useEntity } from '../fields/public.ts'
import { maySortBy } from './columns.tsx'
import { rememberAddress } from './listMemory.ts'
import { useQuoteViews } from './systemViews.ts'

/** The list of quotes as its address says. */
export function useQuoteList(columns: readonly LayoutColumn[]) {
  const me = useMe()
  const api = useApi()
  const entity = useEntity(quoteEntity)
  const customers = useEntity(customerEntity)
  return useViewedList<Quote>(
    {
      entity: 'quote',
      to: '/quotes',
      system: useQuoteViews(),
      columns,
      fields: useFilterFields(entity, [customers]),
      sortable: (key) => entity.fields.some((field) => field.key === key && maySortBy(me, field)),
    },
    {
      count: (input) => api.quotes.count.queryOptions({ input }),
      list: (input) => api.quotes.list.queryOptions({ input }),
      sums: (input) => api.quotes.sums.queryOptions({ input }),
    },
  )
}
export type QuoteList = ReturnType<typeof useQuoteList>

/** The record beside the list, and the steps from it to its neighbours. */
export function useOpenedQuote(list: QuoteList) {
  const navigate = useNavigate()
  return {
    ...useOpenedRow<Quote>(list),
    openPage: (row: Quote) => {
      rememberAddress(list.address)
      void navigate({ to: `/quotes/${row.id}` })
    },
  }
}
