import { useNavigate } from '@tanstack/react-router'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { opportunityEntity } from '../../../src-shared/features/opportunities/entity.ts'
import type { Opportunity } from '../../../src-shared/features/opportunities/model.ts'
import type { ViewKind } from '../../../src-shared/features/views/plain.ts'
import { useOpenedRow } from '../../components/table/useOpenedRow.ts'
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

/** The record beside the list, and the steps from it to its neighbours. */
export function useOpenedOpportunity(list: OpportunityList) {
  const navigate = useNavigate()
  return {
    ...useOpenedRow<Opportunity>(list),
    openPage: (row: Opportunity, index: number) => {
      rememberPlace({ which: list.which, sort: list.sort, index, total: list.total, address: list.address, id: row.id })
      void navigate({ to: `/opportunities/${row.id}` })
    },
  }
}
