import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Alert, Button, Drawer, Form } from 'antd'
import { Fragment, useDeferredValue, useRef } from 'react'
import type { Customer, NewCustomer } from '../../../src-shared/features/customers/model.ts'
import { fieldRightOf, useApi, useMe } from '../../kernel/context.tsx'
import { failureText, fieldIssues } from '../../kernel/errors.ts'
import { useShortcut } from '../../kernel/keyboard.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { FieldInput } from './FieldInput.tsx'
import { text } from './text.ts'
import { fieldWord } from './words.tsx'

const FIELDS = ['name', 'phone', 'level', 'status', 'ownerId', 'industry', 'source', 'email', 'address', 'tags', 'note'] as const

type CustomerDrawerProps = {
  onClose: () => void
  onCreated: (customer: Customer) => void
  /** The new customer is about to be taken back: nothing may go on showing it. */
  onTakeBack: (customer: Customer) => void
}

/** A new customer is saved once, as a whole; whether it is already there is said while the name is typed. */
export function CustomerDrawer({ onClose, onCreated, onTakeBack }: CustomerDrawerProps) {
  const t = useText(text)
  const me = useMe()
  const undo = useUndo()
  const api = useApi()
  const [form] = Form.useForm<NewCustomer>()
  const again = useRef(false)
  const create = useMutation(
    api.customers.create.mutationOptions({
      meta: { shown: true },
      onSuccess: (customer) => {
        void undo.say(t('created', { name: customer.name }), { recordId: customer.id, before: () => onTakeBack(customer) })
        if (again.current) return form.resetFields()
        onCreated(customer)
        onClose()
      },
    }),
  )
  const issues = fieldIssues(create.error)
  const submit = (more: boolean) => {
    again.current = more
    form.submit()
  }
  useShortcut('Ctrl+Enter', { label: t('save'), group: t('createTitle') }, () => submit(false), { inDialog: true })
  useShortcut('Ctrl+Alt+Enter', { label: t('saveAndNew'), group: t('createTitle') }, () => submit(true), { inDialog: true })
  return (
    <Drawer
      open
      size={460}
      title={t('createTitle')}
      onClose={onClose}
      footer={
        <div className="row g8">
          <Button onClick={() => submit(true)}>{t('saveAndNew')}</Button>
          <span className="grow" />
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="primary" loading={create.isPending} onClick={() => submit(false)}>
            {t('save')}
          </Button>
        </div>
      }
    >
      <Form<NewCustomer>
        form={form}
        layout="vertical"
        initialValues={{ ownerId: me.employeeId, status: 'potential' }}
        onFinish={(values) => create.mutate(filled(values))}
      >
        {FIELDS.filter((key) => fieldRightOf(me, 'customer', key) === 'write').map((key) => (
          <Fragment key={key}>
            <Form.Item
              name={key}
              label={fieldWord(t, key)}
              {...(key === 'name' && { rules: [{ required: true, whitespace: true, message: t('required') }] })}
              {...(key === 'address' && { extra: t('addressHint') })}
              {...(issues[key] && { validateStatus: 'error' as const, help: issues[key] })}
            >
              <FieldInput field={key} {...(key === 'name' && { autoFocus: true, placeholder: t('nameHint') })} />
            </Form.Item>
            {key === 'phone' && <AlreadyThere />}
          </Fragment>
        ))}
        {create.error && Object.keys(issues).length === 0 && (
          <div className="field-error">{failureText(create.error, 'customers')}</div>
        )}
      </Form>
    </Drawer>
  )
}

/** Said right below what is being typed. */
const AlreadyThere = () => (
  <Form.Item
    noStyle
    shouldUpdate={(a: Partial<NewCustomer>, b: Partial<NewCustomer>) => a.name !== b.name || a.phone !== b.phone}
  >
    {({ getFieldValue }) => (
      <Lookalikes name={String(getFieldValue('name') ?? '')} phone={String(getFieldValue('phone') ?? '')} />
    )}
  </Form.Item>
)

/** Only what was filled in is sent; the backend knows what the rest begins with. */
function filled(values: NewCustomer): NewCustomer {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  ) as NewCustomer
}

function Lookalikes({ name, phone }: { name: string; phone: string }) {
  const t = useText(text)
  const wanted = useDeferredValue({ name: name.trim(), phone: phone.trim() })
  const enough = wanted.name.length >= 4 || wanted.phone.replaceAll(/\D/g, '').length >= 7
  const found = useQuery(
    useApi().customers.lookalikes.queryOptions({
      input: { ...(wanted.name.length >= 4 && { name: wanted.name }), ...(wanted.phone && { phones: [wanted.phone] }) },
      enabled: enough,
      staleTime: 10_000,
      meta: { shown: true },
    }),
  )
  if (!enough) return null
  return (found.data ?? []).slice(0, 3).map((one) => {
    const values = { name: one.name, owner: one.ownerName ?? t('nobody') }
    const word = one.deleted ? 'lookalikeDeleted' : one.because.includes('phone') ? 'lookalikePhone' : 'lookalike'
    return (
      <Alert
        key={`${one.id}${one.name}`}
        type="warning"
        className="gap-below"
        title={t(word, values)}
        action={one.id && one.visible && !one.deleted ? <Link to={`/customers/${one.id}`}>{t('openIt')}</Link> : undefined}
      />
    )
  })
}
