import { Button, Drawer, Form } from 'antd'
import { orderEntity } from '../../../src-shared/features/orders/entity.ts'
import type { NewOrder, Order } from '../../../src-shared/features/orders/model.ts'
import { KEEPS_FOCUS } from '../../components/drawer.ts'
import { useAskBeforeClose } from '../../components/useAskBeforeClose.ts'
import { useApi, useMe } from '../../kernel/context.tsx'
import { useShortcut } from '../../kernel/keyboard.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { useCreate } from '../../kernel/useCreate.ts'
import { useEntity } from '../fields/public.ts'
import { RecordForm } from '../layouts/forms.ts'
import { FieldInput } from './FieldInput.tsx'
import { text } from './text.ts'

type OrderDrawerProps = {
  /** It is for this customer: not asked again. */
  customerId?: Order['customerId']
  onClose: () => void
  /** Where its lines are written. */
  onCreated: (row: Order) => void
}

/** What a new order does not have yet: lines to take something off, and a delivery. */
const LATER: ReadonlySet<string> = new Set(['discountFen', 'deliveredOn'])

/** The head of a new order; its lines are written in its record. */
export function OrderDrawer({ customerId, onClose, onCreated }: OrderDrawerProps) {
  const t = useText(text)
  const me = useMe()
  const api = useApi()
  const undo = useUndo()
  const isPhone = useIsPhone()
  const entity = useEntity(orderEntity)
  const [form] = Form.useForm<Record<string, unknown>>()
  const { create, error, isPending } = useCreate((context) =>
    api.orders.create.mutationOptions({
      context,
      meta: { shown: true },
      onSuccess: (row) => {
        undo.say(t('created', { name: row.name }), { recordId: row.id })
        onClose()
        onCreated(row)
      },
    }),
  )
  const close = useAskBeforeClose(() => form.isFieldsTouched(), onClose)
  const save = (values: Record<string, unknown>) => {
    const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== '')
    return create({ ...(Object.fromEntries(given) as NewOrder), ...(customerId && { customerId }) })
  }
  useShortcut('Ctrl+Enter', { label: t('save'), group: t('newOrder') }, () => form.submit(), { inDialog: true })
  return (
    <Drawer
      open
      {...KEEPS_FOCUS}
      size={isPhone ? '100%' : 460}
      title={t('newOrder')}
      onClose={close}
      footer={
        <div className="row g8">
          <span className="grow" />
          <Button onClick={close}>{t('cancel')}</Button>
          <Button type="primary" loading={isPending} onClick={() => form.submit()}>
            {t('save')}
          </Button>
        </div>
      }
    >
      <RecordForm
        entity={entity}
        form={form}
        place="form"
        begun={{ ownerId: me.employeeId, ...(customerId && { customerId }) }}
        error={error}
        leavesOut={({ key }) => LATER.has(key) || (key === 'customerId' && customerId !== undefined)}
        input={({ key }, takesFocus) => (
          <FieldInput field={key} {...(takesFocus && { autoFocus: true })} {...(customerId && { customerId })} />
        )}
        onSave={(values) => void save(values)}
      />
    </Drawer>
  )
}
