import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import type { Which } from '../../../src-shared/kernel/list.ts'
import { NOTHING, type RowSelection } from '../../components/table/selection.ts'
import { rememberPlace } from './listMemory.ts'
import type { useCustomerList } from './useCustomerList.ts'
import { writeState } from './views.ts'

/** The record beside the list, and the steps from it to its neighbours. */
export function useOpened(list: ReturnType<typeof useCustomerList>) {
  const navigate = useNavigate()
  const [opened, setOpened] = useState<{ row: Customer; index: number } | null>(null)
  const [step, setStep] = useState<{ index: number; by: number } | null>(null)
  const remember = (row: Customer, index: number) =>
    rememberPlace({ which: list.which, sort: list.sort, index, total: list.total, address: writeState(list.state), id: row.id })
  return {
    opened,
    step,
    open: (row: Customer, index: number) => {
      remember(row, index)
      setOpened({ row, index })
    },
    close: () => setOpened(null),
    closeIf: (row: Customer) => setOpened((old) => (old?.row.id === row.id ? null : old)),
    stepBy: (by: number) => {
      if (opened) setStep({ index: opened.index, by })
    },
    openPage: (row: Customer, index: number) => {
      remember(row, index)
      void navigate({ to: `/customers/${row.id}` })
    },
  }
}

/** Chosen rows belong to what the list was looking for: another filter means other rows, and nothing is chosen. */
export function useSelection(which: Which): [RowSelection, (selection: RowSelection) => void] {
  const key = JSON.stringify(which)
  const [chosen, setChosen] = useState<{ key: string; selection: RowSelection }>({ key, selection: NOTHING })
  return [chosen.key === key ? chosen.selection : NOTHING, (selection) => setChosen({ key, selection })]
}
