import { useMutation } from '@tanstack/react-query'
import type { Invoice, InvoiceKind, InvoiceLineInput } from '../../../src-shared/features/invoices/model.ts'
import type { BillingProfile } from '../../../src-shared/features/billing/model.ts'
import { useApi } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { useCreate } from '../../kernel/useCreate.ts'
import { text } from './text.ts'

type Wanted = {
  customerId: NonNullable<Invoice['customerId']>
  kind: InvoiceKind
  lines: InvoiceLineInput[]
  note: string | null
  profileId?: BillingProfile['id']
}

/** Asks for a new invoice, or changes what was asked for. */
export function useSavedInvoice(changed: Invoice | undefined, onClose: () => void) {
  const t = useText(text)
  const api = useApi()
  const undo = useUndo()
  const done = (word: 'requested' | 'changed') => (row: Invoice) => {
    undo.say(t(word, { number: row.number }), { recordId: row.id })
    onClose()
  }
  const making = useCreate((context) =>
    api.invoices.request.mutationOptions({ context, meta: { shown: true }, onSuccess: done('requested') }),
  )
  const editing = useMutation(api.invoices.edit.mutationOptions({ meta: { shown: true }, onSuccess: done('changed') }))
  const save = ({ customerId, profileId, ...wanted }: Wanted) => {
    if (changed)
      editing.mutate({
        id: changed.id,
        version: changed.version,
        values: { ...wanted, ...(profileId !== undefined && { profileId }) },
      })
    else if (profileId !== undefined) void making.create({ ...wanted, customerId, profileId })
  }
  return { save, error: making.error ?? editing.error, isPending: making.isPending || editing.isPending }
}
