import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Quote, QuoteEdit } from '../../../src-shared/features/quotes/model.ts'
import type { FieldValue } from '../../components/FieldEditor.tsx'
import { useApi } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { fieldWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { text } from './text.ts'

/** One field of one quote, from a line of its record; answers with the sentence when it is not taken. */
export function useEditField() {
  const t = useText(text)
  const api = useApi()
  const cache = useQueryClient()
  const undo = useUndo()
  const { mutateAsync: send } = useMutation(api.quotes.edit.mutationOptions({ meta: { shown: true } }))
  return async (row: Quote, key: string, value: FieldValue): Promise<string | null> => {
    try {
      const saved = await send({ id: row.id, version: row.version, values: { [key]: value } as QuoteEdit })
      cache.setQueryData(api.quotes.get.queryKey({ input: { id: row.id } }), (old) => old && { ...old, ...saved })
      undo.remember(t('edited', { name: saved.name, field: fieldWord('quotes', key) }), { recordId: row.id })
      return null
    } catch (error) {
      return failureText(error, 'quotes')
    }
  }
}
