import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Opportunity, OpportunityEdit } from '../../../src-shared/features/opportunities/model.ts'
import type { FieldValue } from '../../components/FieldEditor.tsx'
import type { PageOf } from '../../components/table/columns.ts'
import { useCellBlocks } from '../../components/table/useCellBlocks.ts'
import { cellRefusal } from '../../kernel/cellRefusal.ts'
import { useApi, useCan, useClient } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { editShown } from '../../kernel/shownEdit.ts'
import { fieldWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { useOwnerOptions } from '../customers/public.ts'
import { text } from './text.ts'

/** What is shown at once of an edit; names follow what they name. */
function useShownEdit() {
  const owners = useOwnerOptions()
  return (key: string, value: FieldValue): Partial<Opportunity> => ({
    [key]: value,
    ...(key === 'ownerId' && { ownerName: owners.find((one) => one.value === value)?.label ?? null }),
  })
}

/** One field of one opportunity, from a line of its record; answers with the sentence when it is not taken. */
export function useEditField() {
  const edit = useSend()
  return async (row: Opportunity, key: string, value: FieldValue): Promise<string | null> => {
    try {
      await edit(row, key, value)
      return null
    } catch (error) {
      return failureText(error, 'opportunities')
    }
  }
}

function useSend() {
  const t = useText(text)
  const api = useApi()
  const cache = useQueryClient()
  const undo = useUndo()
  const { mutateAsync: send } = useMutation(api.opportunities.edit.mutationOptions({ meta: { shown: true } }))
  return async (row: Opportunity, key: string, value: FieldValue): Promise<void> => {
    const saved = await send({ id: row.id, version: row.version, values: { [key]: value } as OpportunityEdit })
    cache.setQueryData(api.opportunities.get.queryKey({ input: { id: row.id } }), (old) => old && { ...old, ...saved })
    undo.remember(t('edited', { name: saved.name, field: fieldWord('opportunities', key) }), { recordId: row.id })
  }
}

/** Edits in the list: shown at once, put back when they are not taken, taken back by Ctrl+Z. */
export function useOpportunityEdits() {
  const api = useApi()
  const client = useClient()
  const cache = useQueryClient()
  const shownEdit = useShownEdit()
  const send = useSend()
  const mayCreate = useCan('opportunities.create')
  const { mutateAsync: write } = useMutation(api.opportunities.editCells.mutationOptions({ meta: { shown: true } }))
  const change = (id: Opportunity['id'], changed: (row: Opportunity) => Opportunity) =>
    cache.setQueriesData<PageOf<Opportunity>>(
      { queryKey: api.opportunities.list.key() },
      (page) => page && { ...page, rows: page.rows.map((row) => (row.id === id ? changed(row) : row)) },
    )
  const cells = useCellBlocks<Opportunity>({
    check: (block) => client.opportunities.checkCells(block),
    write,
    newBy: mayCreate ? 'name' : null,
    required: ['name'],
    card: ({ name }) => name,
  })
  const onEdit = async (row: Opportunity, key: string, value: FieldValue): Promise<string | null> => {
    try {
      await editShown(cache, {
        keys: [api.opportunities.list.key()],
        show: () => change(row.id, (now) => ({ ...now, ...shownEdit(key, value) })),
        send: () => send(row, key, value),
        putBack: () => change(row.id, () => row),
      })
    } catch (error) {
      return cellRefusal(error, 'opportunities')
    }
    // Weighted amounts follow.
    void cache.invalidateQueries({ queryKey: api.opportunities.list.key() })
    return null
  }
  return { cells, ...(useCan('opportunities.edit') && { onEdit }) }
}
