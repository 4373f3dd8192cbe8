import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Order, OrderEdit } from '../../../src-shared/features/orders/model.ts'
import type { FieldValue } from '../../components/FieldEditor.tsx'
import { useApi } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { fieldWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { text } from './text.ts'

/** One field of one order, from a line of its record; answers with the sentence when it is not taken. */
export function useEditField() {
  const t = useText(text)
  const api = useApi()
  const cache = useQueryClient()
  const undo = useUndo()
  const { mutateAsync: send } = useMutation(api.orders.edit.mutationOptions({ meta: { shown: true } }))
  return async (row: Order, key: string, value: FieldValue): Promise<string | null> => {
    // What is taken off is a sum: emptied, it is none.
    const given = key === 'discountFen' && (value === null || value === '') ? 0 : value
    try {
      const saved = await send({ id: row.id, version: row.version, values: { [key]: given } as OrderEdit })
      cache.setQueryData(api.orders.get.queryKey({ input: { id: row.id } }), (old) => old && { ...old, ...saved })
      undo.remember(t('edited', { name: saved.name, field: fieldWord('orders', key) }), { recordId: row.id })
      return null
    } catch (error) {
      return failureText(error, 'orders')
    }
  }
}
