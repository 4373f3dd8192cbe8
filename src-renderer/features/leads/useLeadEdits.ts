import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Lead, LeadEdit } from '../../../src-shared/features/leads/model.ts'
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
  return (key: string, value: FieldValue): Partial<Lead> => ({
    [key]: value,
    ...(key === 'ownerId' && { ownerName: owners.find((one) => one.value === value)?.label ?? null }),
  })
}

/** One field of one lead, from a line of its record; answers with the sentence when it is not taken. */
export function useEditField() {
  const edit = useSend()
  return async (row: Lead, key: string, value: FieldValue): Promise<string | null> => {
    try {
      await edit(row, key, value)
      return null
    } catch (error) {
      return failureText(error, 'leads')
    }
  }
}

function useSend() {
  const t = useText(text)
  const api = useApi()
  const cache = useQueryClient()
  const undo = useUndo()
  const { mutateAsync: send } = useMutation(api.leads.edit.mutationOptions({ meta: { shown: true } }))
  return async (row: Lead, key: string, value: FieldValue): Promise<void> => {
    const saved = await send({ id: row.id, version: row.version, values: { [key]: value } as LeadEdit })
    cache.setQueryData(api.leads.get.queryKey({ input: { id: row.id } }), (old) => old && { ...old, ...saved })
    undo.remember(t('edited', { name: saved.name, field: fieldWord('leads', key) }), { recordId: row.id })
  }
}

/** Edits in the list: shown at once, put back when they are not taken, taken back by Ctrl+Z. */
export function useLeadEdits() {
  const api = useApi()
  const client = useClient()
  const cache = useQueryClient()
  const shownEdit = useShownEdit()
  const send = useSend()
  const mayCreate = useCan('leads.create')
  const { mutateAsync: write } = useMutation(api.leads.editCells.mutationOptions({ meta: { shown: true } }))
  const change = (id: Lead['id'], changed: (row: Lead) => Lead) =>
    cache.setQueriesData<PageOf<Lead>>(
      { queryKey: api.leads.list.key() },
      (page) => page && { ...page, rows: page.rows.map((row) => (row.id === id ? changed(row) : row)) },
    )
  const cells = useCellBlocks<Lead>({
    check: (block) => client.leads.checkCells(block),
    write,
    newBy: mayCreate ? 'name' : null,
    required: ['name'],
    card: ({ name }) => name,
  })
  const onEdit = async (row: Lead, key: string, value: FieldValue): Promise<string | null> => {
    try {
      await editShown(cache, {
        keys: [api.leads.list.key()],
        show: () => change(row.id, (now) => ({ ...now, ...shownEdit(key, value) })),
        send: () => send(row, key, value),
        putBack: () => change(row.id, () => row),
      })
    } catch (error) {
      return cellRefusal(error, 'leads')
    }
    return null
  }
  return { cells, ...(useCan('leads.edit') && { onEdit }) }
}
