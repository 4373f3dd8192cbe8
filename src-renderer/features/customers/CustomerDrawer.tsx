import { Button, Drawer, Form, type FormInstance } from 'antd'
import { Fragment, type ReactNode, useRef } from 'react'
import type { Customer, NewCustomer } from '../../../src-shared/features/customers/model.ts'
import { isCustomKey } from '../../../src-shared/kernel/entity.ts'
import { TypedPhone } from '../../components/PhoneNote.tsx'
import { useAskBeforeClose } from '../../components/useAskBeforeClose.ts'
import { fieldRightOf, useApi, useMe } from '../../kernel/context.tsx'
import { failureText, fieldIssues } from '../../kernel/errors.ts'
import { useShortcut } from '../../kernel/keyboard.ts'
import { useText } from '../../kernel/text.ts'
import { useCreate } from '../../kernel/useCreate.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { AddressPreview } from './AddressPreview.tsx'
import { FieldInput } from './FieldInput.tsx'
import { Lookalikes, useLookalikeGuard } from './Lookalikes.tsx'
import { text } from './text.ts'
import { fieldWord, isCustom, useCustomerFields } from './words.tsx'

const FIELDS = ['name', 'phone', 'level', 'status', 'ownerId', 'industry', 'source', 'email', 'address', 'tags', 'note'] as const

type CustomerDrawerProps = {
  onClose: () => void
  onCreated: (customer: Customer) => void
  /** The new customer is about to be taken back: nothing may go on showing it. */
  onTakeBack: (customer: Customer) => void
}

/** A new customer is saved once, as a whole; whether it is already there is said while the name is typed. */
export function CustomerDrawer(props: CustomerDrawerProps) {
  const t = useText(text)
  const me = useMe()
  const [form] = Form.useForm<NewCustomer>()
  const { save, submit, error, isPending, onSeen } = useSaving(props, form)
  const issues = fieldIssues(error)
  const added = useCustomerFields()
    .filter(isCustom)
    .map(({ key }) => key)
  const close = useAskBeforeClose(() => form.isFieldsTouched(), props.onClose)
  const hints: Partial<Record<string, ReactNode>> = {
    phone: <TypedPhone name="phone" />,
    address: <Written of="address">{(value) => <AddressPreview value={value} />}</Written>,
  }
  return (
    <Drawer
      open
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
      <Form<NewCustomer>
        form={form}
        layout="vertical"
        initialValues={{ ownerId: me.employeeId, status: 'potential' }}
        onFinish={(values) => void save(filled(values))}
      >
        {[...FIELDS, ...added]
          .filter((key) => fieldRightOf(me, 'customer', key) === 'write')
          .map((key) => (
            <Fragment key={key}>
              <Form.Item
                name={key}
                label={fieldWord(t, key)}
                {...(key === 'name' && { rules: [{ required: true, whitespace: true, message: t('required') }] })}
                {...(hints[key] && { extra: hints[key] })}
                {...(issues[key] && { validateStatus: 'error' as const, help: issues[key] })}
              >
                <FieldInput field={key} {...(key === 'name' && { autoFocus: true, placeholder: t('nameHint') })} />
              </Form.Item>
              {(key === 'name' || key === 'phone') && <AlreadyThere by={key} onSeen={onSeen} />}
            </Fragment>
          ))}
        {error && Object.keys(issues).length === 0 && <div className="field-error">{failureText(error, 'customers')}</div>}
      </Form>
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
    if (wanted) await create(values)
  }
  useShortcut('Ctrl+Enter', { label: t('save'), group: t('createTitle') }, () => submit(false), { inDialog: true })
  useShortcut('Ctrl+Alt+Enter', { label: t('saveAndNew'), group: t('createTitle') }, () => submit(true), { inDialog: true })
  return { save, submit, error, isPending, onSeen }
}

/** Draws what depends on one field, as it is typed. */
const Written = ({ of, children }: { of: keyof NewCustomer; children: (value: unknown) => ReactNode }) => (
  <Form.Item noStyle shouldUpdate={(a: Partial<NewCustomer>, b: Partial<NewCustomer>) => a[of] !== b[of]}>
    {({ getFieldValue }) => children(getFieldValue(of))}
  </Form.Item>
)

/** Each right below what it is found by. */
const AlreadyThere = ({ by, onSeen }: { by: 'name' | 'phone'; onSeen: (key: string) => void }) => (
  <Written of={by}>{(value) => <Lookalikes {...{ [by]: value }} onSeen={onSeen} />}</Written>
)

/** Only what was filled in is sent; the backend knows what the rest begins with. */
function filled(values: NewCustomer): NewCustomer {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== '')
  const added = given.filter(([key]) => isCustomKey(key))
  const own = Object.fromEntries(given.filter(([key]) => !isCustomKey(key))) as NewCustomer
  return added.length > 0 ? { ...own, custom: Object.fromEntries(added) as NonNullable<NewCustomer['custom']> } : own
}
