import { useNavigate } from '@tanstack/react-router'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import { useOpenedRow } from '../../components/table/useOpenedRow.ts'
import { rememberPlace } from './listMemory.ts'
import type { CustomerList } from './useCustomerList.ts'

/** The record beside the list, and the steps from it to its neighbours. */
export function useOpened(list: CustomerList) {
  const navigate = useNavigate()
  const beside = useOpenedRow<Customer>(list)
  const remember = (row: Customer, index: number) =>
    rememberPlace({ which: list.which, sort: list.sort, index, total: list.total, address: list.address, id: row.id })
  return {
    ...beside,
    open: (row: Customer, index: number) => {
      remember(row, index)
      beside.open(row, index)
    },
    openPage: (row: Customer, index: number) => {
      remember(row, index)
      void navigate({ to: `/customers/${row.id}` })
    },
  }
}
