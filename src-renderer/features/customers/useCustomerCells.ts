import { useMutation } from '@tanstack/react-query'
import { isOpenTo } from '../../../src-shared/features/customers/may.ts'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import { cardOf } from '../../components/table/cellText.ts'
import { useCellBlocks } from '../../components/table/useCellBlocks.ts'
import { useApi, useCan, useClient } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'
import { useCustomerEdit } from './useCustomerEdit.ts'

const REQUIRED = ['name', 'kind', 'status']

/** What can be changed in the list itself, by whom it may be. */
export function useListEdits() {
  const client = useClient()
  const { editCell } = useCustomerEdit()
  const { mutateAsync } = useMutation(useApi().customers.editCells.mutationOptions({ meta: { shown: true } }))
  const cells = useCellBlocks<Customer>({
    check: (block) => client.customers.checkCells(block),
    write: mutateAsync,
    newBy: useCan('customers.create') ? 'name' : null,
    required: REQUIRED,
    card: ({ name, phone, contactPhone }) => cardOf(name, phone ?? contactPhone ?? null),
  })
  const t = useText(text)
  const closed = (customer: Customer): string | null =>
    isOpenTo(customer, 'edit') ? null : t(customer.poolId === null ? 'onlyLook' : 'claimFirst')
  return { cells, ...(useCan('customers.edit') && { onEdit: editCell, closed }) }
}
