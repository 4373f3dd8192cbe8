import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Contact, ContactEdit } from '../../../src-shared/features/contacts/model.ts'
import { isCustomKey } from '../../../src-shared/kernel/entity.ts'
import type { FieldValue } from '../../components/FieldEditor.tsx'
import type { PageOf } from '../../components/table/columns.ts'
import { cardOf } from '../../components/table/cellText.ts'
import { useCellBlocks } from '../../components/table/useCellBlocks.ts'
import { cellRefusal } from '../../kernel/cellRefusal.ts'
import { useApi, useCan, useClient } from '../../kernel/context.tsx'
import { editShown } from '../../kernel/shownEdit.ts'
import { fieldWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { fromEditor } from '../fields/public.ts'
import { useContactFields } from './columns.tsx'
import { text } from './text.ts'

const REQUIRED = ['name', 'isPrimary']

/** Edits in the list of contacts: shown at once, put back when they are not taken, taken back by Ctrl+Z. */
export function useContactEdits() {
  const t = useText(text)
  const api = useApi()
  const client = useClient()
  const cache = useQueryClient()
  const undo = useUndo()
  const fields = useContactFields()
  const { mutateAsync: send } = useMutation(api.contacts.edit.mutationOptions({ meta: { shown: true } }))
  const { mutateAsync: write } = useMutation(api.contacts.editCells.mutationOptions({ meta: { shown: true } }))
  const change = (id: Contact['id'], changed: (row: Contact) => Contact) =>
    cache.setQueriesData<PageOf<Contact>>(
      { queryKey: api.contacts.list.key() },
      (page) => page && { ...page, rows: page.rows.map((row) => (row.id === id ? changed(row) : row)) },
    )
  const cells = useCellBlocks<Contact>({
    check: (block) => client.contacts.checkCells(block),
    write,
    newBy: null,
    required: REQUIRED,
    card: ({ name, phone, phone2 }) => cardOf(name, phone ?? phone2),
  })
  const onEdit = async (row: Contact, key: string, given: FieldValue): Promise<string | null> => {
    const field = fields.find((one) => one.key === key)
    const value = field?.type === 'boolean' || isCustomKey(key) ? fromEditor(field, given) : given
    const own = { [key]: field?.type === 'boolean' && value === null ? false : value }
    const values = (isCustomKey(key) ? { custom: { [key]: value } } : own) as ContactEdit
    try {
      const contact = await editShown(cache, {
        keys: [api.contacts.list.key()],
        show: () =>
          change(row.id, (now) =>
            isCustomKey(key)
              ? { ...now, custom: { ...now.custom, [key]: value } as Contact['custom'] & object }
              : { ...now, ...own },
          ),
        send: () => send({ id: row.id, version: row.version, values }),
        putBack: () => change(row.id, () => row),
      })
      change(row.id, () => contact)
      undo.remember(t('edited', { name: contact.name, field: fieldWord('contacts', key) }), { recordId: row.id })
      return null
    } catch (error) {
      return cellRefusal(error, 'contacts')
    }
  }
  const closed = ({ mayEdit }: Contact): string | null => (mayEdit === false ? t('onlyLook') : null)
  return { cells, ...(useCan('contacts.write') && { onEdit, closed }) }
}
