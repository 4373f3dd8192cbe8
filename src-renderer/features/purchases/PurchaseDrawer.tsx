import { useQuery } from '@tanstack/react-query'
import { Button, Drawer, Form } from 'antd'
import { purchaseEntity } from '../../../src-shared/features/purchases/entity.ts'
import type { NewPurchase, Purchase } from '../../../src-shared/features/purchases/model.ts'
import { KEEPS_FOCUS } from '../../components/drawer.ts'
import { useAskBeforeClose } from '../../components/useAskBeforeClose.ts'
import { useApi } from '../../kernel/context.tsx'
import { useShortcut } from '../../kernel/keyboard.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { useCreate } from '../../kernel/useCreate.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { RecordInput } from '../fields/forms.ts'
import { useEntity } from '../fields/public.ts'
import { RecordForm } from '../layouts/forms.ts'
import { text } from './text.ts'

type PurchaseDrawerProps = {
  onClose: () => void
  onCreated: (row: Purchase) => void
  /** The new one is about to be taken back: nothing may go on showing it. */
  onTakeBack: (row: Purchase) => void
}

/** Warehouses that goods may come to, the default one first. */
export function useWarehouseOptions() {
  const found = useQuery(useApi().stock.warehouses.queryOptions({ input: {}, meta: { shown: true } })).data ?? []
  return found.filter(({ archived }) => !archived).map(({ id, name }) => ({ value: id as string, label: name }))
}

/** The head of a new purchase, saved once; its lines are written on its page. */
export function PurchaseDrawer({ onClose, onCreated, onTakeBack }: PurchaseDrawerProps) {
  const t = useText(text)
  const isPhone = useIsPhone()
  const undo = useUndo()
  const api = useApi()
  const entity = useEntity(purchaseEntity)
  const warehouses = useWarehouseOptions()
  const [form] = Form.useForm<Record<string, unknown>>()
  const { create, error, isPending } = useCreate((context) =>
    api.purchases.create.mutationOptions({
      context,
      meta: { shown: true },
      onSuccess: (row) => {
        undo.say(t('created', { number: row.number }), { recordId: row.id, before: () => onTakeBack(row) })
        onClose()
        onCreated(row)
      },
    }),
  )
  const save = (values: Record<string, unknown>) => {
    const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== '')
    return create(Object.fromEntries(given) as NewPurchase)
  }
  useShortcut('Ctrl+Enter', { label: t('save'), group: t('createTitle') }, () => form.submit(), { inDialog: true })
  const close = useAskBeforeClose(() => form.isFieldsTouched(), onClose)
  return (
    <Drawer
      open
      {...KEEPS_FOCUS}
      size={isPhone ? '100%' : 460}
      title={t('createTitle')}
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
        begun={{}}
        error={error}
        input={(field, takesFocus) => <RecordInput field={field} options={warehouses} {...(takesFocus && { autoFocus: true })} />}
        onSave={(values) => void save(values)}
      />
    </Drawer>
  )
}
