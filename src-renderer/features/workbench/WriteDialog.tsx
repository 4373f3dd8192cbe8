import { Modal } from 'antd'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import { FOLLOW_UP_KINDS } from '../../../src-shared/features/follow-ups/entity.ts'
import { Composer } from '../../components/Composer.tsx'
import { useApi } from '../../kernel/context.tsx'
import { optionWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { useCreate } from '../../kernel/useCreate.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { KIND_ICON } from './kinds.tsx'
import { text } from './text.ts'

/** The composer of a record, over the page one is at. */
export function WriteDialog({ customer, onClose }: { customer: Pick<Customer, 'id' | 'name'>; onClose: () => void }) {
  const t = useText(text)
  const api = useApi()
  const undo = useUndo()
  const { create } = useCreate((context) =>
    api.followUps.create.mutationOptions({
      context,
      onSuccess: ({ id }) => {
        undo.say(t('written'), { recordId: id })
        onClose()
      },
    }),
  )
  return (
    <Modal open title={t('writeTitle', { name: customer.name })} footer={null} onCancel={onClose} width={560} destroyOnHidden>
      <Composer
        draftKey={customer.id}
        kinds={FOLLOW_UP_KINDS.map((value) => ({ value, label: optionWord('followUps', 'kind', value), icon: KIND_ICON[value] }))}
        onSend={({ kind, text: said, nextAt }) =>
          create({ customerId: customer.id, kind, text: said, ...(nextAt !== null && { nextAt }) })
        }
      />
    </Modal>
  )
}
