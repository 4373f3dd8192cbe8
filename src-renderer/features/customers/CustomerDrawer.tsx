import { Button, Drawer, Form, type FormInstance } from 'antd'
import { useRef } from 'react'
import type { Customer, NewCustomer } from '../../../src-shared/features/customers/model.ts'
import { isCustomKey } from '../../../src-shared/kernel/entity.ts'
import { KEEPS_FOCUS } from '../../components/drawer.ts'
import { useAskBeforeClose } from '../../components/useAskBeforeClose.ts'
import { useApi } from '../../kernel/context.tsx'
import { useShortcut } from '../../kernel/keyboard.ts'
import { useText } from '../../kernel/text.ts'
import { useCreate } from '../../kernel/useCreate.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { CustomerForm } from './CustomerForm.tsx'
import { useLookalikeGuard } from './Lookalikes.tsx'
import { text } from './text.ts'

type CustomerDrawerProps = {
  onClose: () => void
  onCreated: (customer: Customer) => void
  /** The new customer is about to be taken back: nothing may go on showing it. */
  onTakeBack: (customer: Customer) => void
}

/** A new customer is saved once, as a whole; whether it is already there is said while the name is typed. */
export function CustomerDrawer(props: CustomerDrawerProps) {
  const t = useText(text)
  const [form] = Form.useForm<NewCustomer>()
  const { save, submit, error, isPending, onSeen } = useSaving(props, form)
  const close = useAskBeforeClose(() => form.isFieldsTouched(), props.onClose)
  return (
    <Drawer
      open
      {...KEEPS_FOCUS}
      size={460}
      title={t('createTitle')}
      onClose={close}
      footer={
        <div className="row g8">
          <Button onClick={() => submit(true)}>{t('saveAndNew')}</Button>
          <span className="grow" />
          <Button onClick={close}>{t('cancel')}</Button>
          <Button type="primary" loading={isPending} onClick={() => submit(false)}>
            {t('save')}
          </Button>
        </div>
      }
    >
      <CustomerForm form={form} error={error} onSeen={onSeen} onSave={(values) => void save(filled(values))} />
    </Drawer>
  )
}

function useSaving({ onClose, onCreated, onTakeBack }: CustomerDrawerProps, form: FormInstance<NewCustomer>) {
  const t = useText(text)
  const undo = useUndo()
  const api = useApi()
  const again = useRef(false)
  const asking = useRef(false)
  const { maySave, onSeen, forget } = useLookalikeGuard()
  const { create, error, isPending } = useCreate((context) =>
    api.customers.create.mutationOptions({
      context,
      meta: { shown: true },
      onSuccess: (customer) => {
        undo.say(t('created', { name: customer.name }), { recordId: customer.id, before: () => onTakeBack(customer) })
        forget()
        if (again.current) return form.resetFields()
        onCreated(customer)
        onClose()
      },
    }),
  )
  const submit = (more: boolean) => {
    if (asking.current) return
    again.current = more
    form.submit()
  }
  const save = async (values: NewCustomer) => {
    if (asking.current) return
    asking.current = true
    const wanted = await maySave(values).finally(() => {
      asking.current = false
    })
    if (wanted) await create({ ...values, ...wanted })
  }
  useShortcut('Ctrl+Enter', { label: t('save'), group: t('createTitle') }, () => submit(false), { inDialog: true })
  useShortcut('Ctrl+Alt+Enter', { label: t('saveAndNew'), group: t('createTitle') }, () => submit(true), { inDialog: true })
  return { save, submit, error, isPending, onSeen }
}

/** Only what was filled in is sent; the backend knows what the rest begins with. */
function filled(values: NewCustomer): NewCustomer {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== '')
  const added = given.filter(([key]) => isCustomKey(key))
  const own = Object.fromEntries(given.filter(([key]) => !isCustomKey(key))) as NewCustomer
  return added.length > 0 ? { ...own, custom: Object.fromEntries(added) as NonNullable<NewCustomer['custom']> } : own
}
