import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import { rememberPlace } from './listMemory.ts'
import type { CustomerList } from './useCustomerList.ts'

/** `result`: what the list was asked by when the record stood at this index; another filter has other indexes. */
type Opened = { readonly row: Customer; readonly index: number; readonly result: string }

/** The record beside the list, and the steps from it to its neighbours. */
export function useOpened(list: CustomerList) {
  const navigate = useNavigate()
  const { resultKey } = list
  const [opened, setOpened] = useState<Opened | null>(null)
  const [step, setStep] = useState<{ index: number; by: number } | null>(null)
  const remember = (row: Customer, index: number) =>
    rememberPlace({ which: list.which, sort: list.sort, index, total: list.total, address: list.address, id: row.id })
  const isPlaced = opened?.result === resultKey
  return {
    opened,
    step,
    /** Unknown after another filter, until the record is seen among its rows. */
    position: opened && isPlaced ? { index: opened.index, total: list.total } : null,
    open: (row: Customer, index: number) => {
      remember(row, index)
      setOpened({ row, index, result: resultKey })
    },
    /** The list shows the record at this index now. */
    placed: (index: number) =>
      setOpened((old) => (old && (old.index !== index || old.result !== resultKey) ? { ...old, index, result: resultKey } : old)),
    close: () => setOpened(null),
    closeIf: (row: Customer) => setOpened((old) => (old?.row.id === row.id ? null : old)),
    stepBy: (by: number) => {
      if (opened && isPlaced) setStep({ index: opened.index, by })
    },
    openPage: (row: Customer, index: number) => {
      remember(row, index)
      void navigate({ to: `/customers/${row.id}` })
    },
  }
}
