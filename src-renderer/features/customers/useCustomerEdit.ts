import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Customer, CustomerEdit } from '../../../src-shared/features/customers/model.ts'
import { type FieldDescriptor, isCustomKey } from '../../../src-shared/kernel/entity.ts'
import { tagKey } from '../../../src-shared/features/tags/key.ts'
import type { FieldOption, FieldValue } from '../../components/FieldEditor.tsx'
import type { PageOf } from '../../components/table/columns.ts'
import { cellRefusal } from '../../kernel/cellRefusal.ts'
import { useApi } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { editShown } from '../../kernel/shownEdit.ts'
import { listed, useText } from '../../kernel/text.ts'
import { toast } from '../../kernel/toast.tsx'
import { useUndo } from '../../kernel/undoCommand.ts'
import { text } from './text.ts'
import { fromEditor } from '../fields/public.ts'
import { useOwnerOptions } from './useOptions.ts'
import { fieldWord, useCustomerFields } from './words.tsx'

const find = (fields: readonly FieldDescriptor[], key: string) => fields.find((field) => field.key === key)
const withCustom = (row: Customer, custom: NonNullable<Customer['custom']>): Customer => ({
  ...row,
  custom: { ...row.custom, ...custom },
})

/** The fields that an edit wrote. */
export const fieldsOfEdit = ({ custom, ...values }: CustomerEdit): string[] => [
  ...new Set([
    ...Object.keys(values).map((key) => (key === 'addTags' || key === 'removeTags' ? 'tags' : key)),
    ...Object.keys(custom ?? {}),
  ]),
]

/** Of tags only what was added and taken away since `row` was seen: a colleague's new tag stays. */
function valuesOf(fields: readonly FieldDescriptor[], row: Customer, key: string, value: FieldValue): CustomerEdit {
  if (isCustomKey(key)) return { custom: { [key]: fromEditor(find(fields, key), value) } }
  if (key !== 'tags') return { [key]: value }
  return tagChange(row, Array.isArray(value) ? value.map(String) : [])
}

export function tagChange(row: Customer, wanted: readonly string[]): Pick<CustomerEdit, 'addTags' | 'removeTags'> {
  const without = (names: readonly string[], others: readonly string[]): string[] => {
    const known = new Set(others.map(tagKey))
    return names.filter((name) => tagKey(name) !== '' && !known.has(tagKey(name)))
  }
  return { addTags: without(wanted, row.tags), removeTags: without(row.tags, wanted) }
}

/** Edits of one customer in place: shown at once, put back when refused, taken back by Ctrl+Z; `say` words what a toast says of it. */
export function useCustomerEdit(say?: (saved: Customer) => string) {
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
  const owners = useOwnerOptions()
  const fields = useCustomerFields()
  // Whoever began the edit says what came of it: under the field, or beside the cell.
  const edit = useMutation(
    api.customers.edit.mutationOptions({
      meta: { shown: true },
      onSuccess: (customer, { values }) => {
        change(customer.id, () => customer)
        const done = { recordId: customer.id }
        if (say) return undo.say(say(customer), done)
        undo.remember(`${customer.name} ${listed(fieldsOfEdit(values).map((key) => fieldWord(t, key)))}`, done)
      },
    }),
  )
  const send = async (row: Customer, values: CustomerEdit): Promise<string | null> => {
    try {
      await edit.mutateAsync({ id: row.id, version: row.version, values })
      return null
    } catch (error) {
      return failureText(error, 'customers')
    }
  }
  return {
    /** From a grid cell: shown at once, put back when it is not taken; answers with the sentence for the cell. */
    editCell: async (row: Customer, key: string, value: FieldValue): Promise<string | null> => {
      const values = valuesOf(fields, row, key, value)
      // Only this field: `row` is what was seen when the typing began, and the rest may have changed since.
      const shown = {
        [key]: key === 'tags' ? (value ?? []) : value,
        ...(key === 'ownerId' && { ownerName: nameOf(owners, value) }),
      }
      const { custom } = values
      const stood = Object.fromEntries(Object.keys(custom ?? {}).map((field) => [field, row.custom?.[field] ?? null]))
      const before = Object.fromEntries(Object.keys(shown).map((field) => [field, row[field as keyof Customer]]))
      try {
        await editShown(cache, {
          keys: [api.customers.list.key(), api.customers.get.queryKey({ input: { id: row.id } })],
          show: () => change(row.id, (now) => (custom ? withCustom(now, custom) : ({ ...now, ...shown } as Customer))),
          send: () => edit.mutateAsync({ id: row.id, version: row.version, values }),
          putBack: () => change(row.id, (now) => (custom ? withCustom(now, stood) : { ...now, ...before })),
        })
      } catch (error) {
        return cellRefusal(error, 'customers')
      }
      void sayDoubt(find(fields, key), value)
      return null
    },
    /** From a line of a record: answers with the sentence for under the field. */
    editField: (row: Customer, key: string, value: FieldValue): Promise<string | null> =>
      send(row, valuesOf(fields, row, key, value)),
  }
}

/** A cell has no room for what is likely wrong with a phone: it is taken as written, and said. */
async function sayDoubt(field: FieldDescriptor | undefined, value: FieldValue): Promise<void> {
  if (field?.type !== 'phone') return
  const { phoneNote } = await import('../../components/PhoneNote.tsx')
  const note = phoneNote(value)
  if (note !== null) toast(note, { tone: 'info' })
}

const nameOf = (options: readonly FieldOption[], value: FieldValue): string | null =>
  options.find((option) => option.value === value)?.label ?? null
