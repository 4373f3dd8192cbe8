import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { opportunityEntity } from '../../../src-shared/features/opportunities/entity.ts'
import type { Opportunity } from '../../../src-shared/features/opportunities/model.ts'
import type { ViewKind } from '../../../src-shared/features/views/plain.ts'
import { mayAskBy } from '../../components/filter/askBy.ts'
import { useFilterFields } from '../../components/filter/useFilterFields.ts'
import type { LayoutColumn } from '../../components/table/layout.ts'
import { useViewedList } from '../../components/views/useViewedList.ts'
import { useApi, useMe } from '../../kernel/context.tsx'
import { useEntity } from '../fields/public.ts'
import { maySortBy } from './columns.tsx'
import { rememberPlace } from './listMemory.ts'
import { useOpportunityViews } from './systemViews.ts'

/** The list of opportunities as its address says. */
export function useOpportunityList(columns: readonly LayoutColumn[]) {
  const me = useMe()
  const api = useApi()
  const entity = useEntity(opportunityEntity)
  const customers = useEntity(customerEntity)
  return useViewedList<Opportunity>(
    {
      entity: 'opportunity',
      to: '/opportunities',
      kinds: useKinds(),
      system: useOpportunityViews(),
      columns,
      fields: useFilterFields(entity, [customers]),
      sortable: (key) => entity.fields.some((field) => field.key === key && maySortBy(me, field)),
    },
    {
      count: (input) => api.opportunities.count.queryOptions({ input }),
      list: (input) => api.opportunities.list.queryOptions({ input }),
      sums: (input) => api.opportunities.sums.queryOptions({ input }),
    },
  )
}
/** A calendar and a forecast go by days that one must be allowed to ask by. */
function useKinds(): readonly ViewKind[] {
  const me = useMe()
  const asks = (field: string) => mayAskBy(me, 'opportunity', field)
  return [
    'table',
    'board',
    ...(asks('nextAt') || asks('expectedOn') ? (['calendar'] as const) : []),
    ...(asks('expectedOn') ? (['forecast'] as const) : []),
  ]
}
export type OpportunityList = ReturnType<typeof useOpportunityList>

type Opened = { readonly row: Opportunity; readonly index: number; readonly result: string }
/** The record beside the list, and the steps from it to its neighbours. */
export function useOpenedOpportunity(list: OpportunityList) {
  const { resultKey, total } = list
  const navigate = useNavigate()
  const [opened, setOpened] = useState<Opened | null>(null)
  const [step, setStep] = useState<{ index: number; by: number } | null>(null)
  const isPlaced = opened?.result === resultKey
  const remember = (row: Opportunity, index: number) =>
    rememberPlace({ which: list.which, sort: list.sort, index, total, address: list.address, id: row.id })
  return {
    opened,
    step,
    position: opened && isPlaced ? { index: opened.index, total } : null,
    open: (row: Opportunity, index: number) => setOpened({ row, index, result: resultKey }),
    placed: (index: number) =>
      setOpened((old) => (old && (old.index !== index || old.result !== resultKey) ? { ...old, index, result: resultKey } : old)),
    close: () => setOpened(null),
    closeIf: (row: Opportunity) => setOpened((old) => (old?.row.id === row.id ? null : old)),
    stepBy: (by: number) => {
      if (opened && isPlaced) setStep({ index: opened.index, by })
    },
    openPage: (row: Opportunity, index: number) => {
      remember(row, index)
      void navigate({ to: `/opportunities/${row.id}` })
    },
  }
}
