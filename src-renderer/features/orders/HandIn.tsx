import { useMutation, useQuery } from '@tanstack/react-query'
import type { Order } from '../../../src-shared/features/orders/model.ts'
import { useApi, useCan } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { AskApproval, AskDialog, NeedLine } from '../approvals/public.ts'
import { ApprovalText } from './columns.tsx'
import { text } from './text.ts'

/** Why a draft has to be approved before it takes effect; undefined while that is not known. */
export function useNeed(row: Order) {
  return useQuery(
    useApi().orders.parts.queryOptions({ input: { id: row.id }, enabled: row.status === 'draft', meta: { shown: true } }),
  ).data?.need
}

/** Hands an order in. */
export function useHandIn(row: Order) {
  const t = useText(text)
  const undo = useUndo()
  const submit = useMutation(
    useApi().orders.submit.mutationOptions({
      onSuccess: ({ id, name }) => undo.say(t('submitted', { name }), { recordId: id }),
    }),
  )
  return {
    isPending: submit.isPending,
    ask: (note: string | null) => submit.mutate({ id: row.id, version: row.version, note }),
  }
}

const useMayEdit = (row: Order): boolean =>
  useCan('orders.edit') && row.may?.edit === true && row.deletedAt === null && row.status === 'draft'

/** The step before the first one, where a flow asks for it. */
export function HandIn({ row }: { row: Order }) {
  const need = useNeed(row)
  const { isPending, ask } = useHandIn(row)
  const mayEdit = useMayEdit(row)
  return mayEdit && need ? <AskApproval need={need} busy={isPending} onAsk={ask} /> : null
}

/** Instead of a refusal, for who wanted to confirm what is to be approved first. */
export function HandInDialog({ row, onClose }: { row: Order; onClose: () => void }) {
  const need = useNeed(row)
  const { ask } = useHandIn(row)
  if (!need) return null
  const yes = (note: string | null) => {
    onClose()
    ask(note)
  }
  return <AskDialog need={need} onYes={yes} onClose={onClose} />
}

/** Where its approval stands, or why it needs one. */
export function ApprovalMark({ row }: { row: Order }) {
  const need = useNeed(row)
  if (row.approval !== null && row.status === 'draft') return <ApprovalText approval={row.approval} />
  return row.status === 'draft' && need ? <NeedLine need={need} /> : null
}
