import { useNavigate } from '@tanstack/react-router'
import { leadEntity } from '../../../src-shared/features/leads/entity.ts'
import type { Lead } from '../../../src-shared/features/leads/model.ts'
import { useOpenedRow } from '../../components/table/useOpenedRow.ts'
import { useFilterFields } from '../../components/filter/useFilterFields.ts'
import type { LayoutColumn } from '../../components/table/layout.ts'
import { useViewedList } from '../../components/views/useViewedList.ts'
import { useApi, useMe } from '../../kernel/context.tsx'
import { useEntity } from '../fields/public.ts'
import { maySortBy } from './columns.tsx'
import { rememberAddress } from './listMemory.ts'
import { useLeadViews } from './systemViews.ts'

const NONE: never[] = []
/** The list of leads as its address says. */
export function useLeadList(columns: readonly LayoutColumn[]) {
  const me = useMe()
  const api = useApi()
  const entity = useEntity(leadEntity)
  return useViewedList<Lead>(
    {
      entity: 'lead',
      to: '/leads',
      system: useLeadViews(),
      columns,
      fields: useFilterFields(entity, NONE),
      sortable: (key) => entity.fields.some((field) => field.key === key && maySortBy(me, field)),
    },
    {
      count: (input) => api.leads.count.queryOptions({ input }),
      list: (input) => api.leads.list.queryOptions({ input }),
      sums: (input) => api.leads.sums.queryOptions({ input }),
    },
  )
}
export type LeadList = ReturnType<typeof useLeadList>

/** The record beside the list, and the steps from it to its neighbours. */
export function useOpenedLead(list: LeadList) {
  const navigate = useNavigate()
  return {
    ...useOpenedRow<Lead>(list),
    openPage: (row: Lead) => {
      rememberAddress(list.address)
      void navigate({ to: `/leads/${row.id}` })
    },
  }
}
