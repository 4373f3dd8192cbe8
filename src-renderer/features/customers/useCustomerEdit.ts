import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Customer, CustomerEdit } from '../../../src-shared/features/customers/model.ts'
import type { FieldValue } from '../../components/FieldEditor.tsx'
import type { PageOf } from '../../components/table/columns.ts'
import { useApi } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { text } from './text.ts'
import { fieldWord } from './words.tsx'

/** Edits of one customer in place: shown at once, put back when refused, taken back by Ctrl+Z. */
export function useCustomerEdit() {
  const api = useApi()
  const cache = useQueryClient()
  const undo = useUndo()
  const t = useText(text)
  const change = (id: Customer['id'], changed: (row: Customer) => Customer) => {
    cache.setQueriesData<PageOf<Customer>>(
      { queryKey: api.customers.list.key() },
      (page) => page && { ...page, rows: page.rows.map((row) => (row.id === id ? changed(row) : row)) },
    )
    cache.setQueryData(api.customers.get.queryKey({ input: { id } }), (row) => row && changed(row))
  }
  const edit = useMutation(
    api.customers.edit.mutationOptions({
      onSuccess: (customer, { values }) => {
        change(customer.id, () => customer)
        void undo.remember(
          `${customer.name} ${Object.keys(values)
            .map((key) => fieldWord(t, key))
            .join('、')}`,
          { recordId: customer.id },
        )
      },
    }),
  )
  const valuesOf = (key: string, value: FieldValue): CustomerEdit => ({ [key]: key === 'tags' ? (value ?? []) : value })
  return {
    /** From a grid cell: the toast says when it was not taken. */
    editCell: (row: Customer, key: string, value: FieldValue) => {
      const values = valuesOf(key, value)
      // Only this field: `row` is what was seen when the typing began, and the rest may have changed since.
      change(row.id, (now) => ({ ...now, ...values }) as Customer)
      const putBack = () => change(row.id, (now) => ({ ...now, [key]: row[key as keyof Customer] }))
      edit.mutate({ id: row.id, version: row.version, values }, { onError: putBack })
    },
    /** From a line of a record: answers with the sentence for under the field. */
    editField: async (row: Customer, key: string, value: FieldValue): Promise<string | null> => {
      try {
        await edit.mutateAsync({ id: row.id, version: row.version, values: valuesOf(key, value) })
        return null
      } catch (error) {
        return failureText(error, 'customers')
      }
    },
  }
}
