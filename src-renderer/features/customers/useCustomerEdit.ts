import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Customer, CustomerEdit } from '../../../src-shared/features/customers/model.ts'
import { tagKey } from '../../../src-shared/features/tags/model.ts'
import type { FieldValue } from '../../components/FieldEditor.tsx'
import type { PageOf } from '../../components/table/columns.ts'
import { useApi } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { text } from './text.ts'
import { fieldWord } from './words.tsx'

const fieldOfEdit = (key: string): string => (key === 'addTags' || key === 'removeTags' ? 'tags' : key)

/** Of tags only what was added and taken away since `row` was seen: a colleague's new tag stays. */
function valuesOf(row: Customer, key: string, value: FieldValue): CustomerEdit {
  if (key !== 'tags') return { [key]: value }
  const wanted = Array.isArray(value) ? value.map(String) : []
  const without = (names: readonly string[], others: readonly string[]): string[] => {
    const known = new Set(others.map(tagKey))
    return names.filter((name) => tagKey(name) !== '' && !known.has(tagKey(name)))
  }
  return { addTags: without(wanted, row.tags), removeTags: without(row.tags, wanted) }
}

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
          `${customer.name} ${[...new Set(Object.keys(values).map(fieldOfEdit))].map((key) => fieldWord(t, key)).join('、')}`,
          { recordId: customer.id },
        )
      },
    }),
  )
  return {
    /** From a grid cell: the toast says when it was not taken. */
    editCell: (row: Customer, key: string, value: FieldValue) => {
      const values = valuesOf(row, key, value)
      // Only this field: `row` is what was seen when the typing began, and the rest may have changed since.
      change(row.id, (now) => ({ ...now, [key]: key === 'tags' ? (value ?? []) : value }) as Customer)
      const putBack = () => change(row.id, (now) => ({ ...now, [key]: row[key as keyof Customer] }))
      edit.mutate({ id: row.id, version: row.version, values }, { onError: putBack })
    },
    /** From a line of a record: answers with the sentence for under the field. */
    editField: async (row: Customer, key: string, value: FieldValue): Promise<string | null> => {
      try {
        await edit.mutateAsync({ id: row.id, version: row.version, values: valuesOf(row, key, value) })
        return null
      } catch (error) {
        return failureText(error, 'customers')
      }
    },
  }
}
