import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { quoteEntity } from '../../../src-shared/features/quotes/entity.ts'
import type { Quote } from '../../../src-shared/features/quotes/model.ts'
import { useFilterFields } from '../../components/filter/useFilterFields.ts'
import type { LayoutColumn } from '../../components/table/layout.ts'
import { useViewedList } from '../../components/views/useViewedList.ts'
import { useApi, useMe } from '../../kernel/context.tsx'
import { useEntity } from '../fields/public.ts'
import { maySortBy } from './columns.tsx'
import { rememberPlace } from './listMemory.ts'
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

type Opened = { readonly row: Quote; readonly index: number; readonly result: string }
/** The record beside the list, and the steps from it to its neighbours. */
export function useOpenedQuote(list: QuoteList) {
  const { resultKey, total } = list
  const navigate = useNavigate()
  const [opened, setOpened] = useState<Opened | null>(null)
  const [step, setStep] = useState<{ index: number; by: number } | null>(null)
  const isPlaced = opened?.result === resultKey
  const remember = () => rememberPlace({ which: list.which, sort: list.sort, address: list.address })
  return {
    opened,
    step,
    position: opened && isPlaced ? { index: opened.index, total } : null,
    open: (row: Quote, index: number) => setOpened({ row, index, result: resultKey }),
    placed: (index: number) =>
      setOpened((old) => (old && (old.index !== index || old.result !== resultKey) ? { ...old, index, result: resultKey } : old)),
    close: () => setOpened(null),
    closeIf: (row: Quote) => setOpened((old) => (old?.row.id === row.id ? null : old)),
    stepBy: (by: number) => {
      if (opened && isPlaced) setStep({ index: opened.index, by })
    },
    openPage: (row: Quote) => {
      remember()
      void navigate({ to: `/quotes/${row.id}` })
    },
  }
}
