import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { leadEntity } from '../../../src-shared/features/leads/entity.ts'
import type { Lead } from '../../../src-shared/features/leads/model.ts'
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

type Opened = { readonly row: Lead; readonly index: number; readonly result: string }
/** The record beside the list, and the steps from it to its neighbours. */
export function useOpenedLead(list: LeadList) {
  const { resultKey, total } = list
  const navigate = useNavigate()
  const [opened, setOpened] = useState<Opened | null>(null)
  const [step, setStep] = useState<{ index: number; by: number } | null>(null)
  const isPlaced = opened?.result === resultKey
  return {
    opened,
    step,
    position: opened && isPlaced ? { index: opened.index, total } : null,
    open: (row: Lead, index: number) => setOpened({ row, index, result: resultKey }),
    placed: (index: number) =>
      setOpened((old) => (old && (old.index !== index || old.result !== resultKey) ? { ...old, index, result: resultKey } : old)),
    close: () => setOpened(null),
    closeIf: (row: Lead) => setOpened((old) => (old?.row.id === row.id ? null : old)),
    stepBy: (by: number) => {
      if (opened && isPlaced) setStep({ index: opened.index, by })
    },
    openPage: (row: Lead) => {
      rememberAddress(list.address)
      void navigate({ to: `/leads/${row.id}` })
    },
  }
}
