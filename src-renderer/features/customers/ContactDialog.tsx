import { useMutation } from '@tanstack/react-query'
import { Button, Checkbox, Form, Input, Modal } from 'antd'
import { contactEntity } from '../../../src-shared/features/contacts/entity.ts'
import type { Contact, NewContact } from '../../../src-shared/features/contacts/model.ts'
import { isCustomKey } from '../../../src-shared/kernel/entity.ts'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import { TypedPhone } from '../../components/PhoneNote.tsx'
import { useAskBeforeClose } from '../../components/useAskBeforeClose.ts'
import { fieldRightOf, useApi, useMe } from '../../kernel/context.tsx'
import { fieldIssues, failureText } from '../../kernel/errors.ts'
import { formatPhone } from '../../kernel/format.ts'
import { fieldWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { useCreate } from '../../kernel/useCreate.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { CustomInput } from '../fields/forms.ts'
import { useEntity } from '../fields/public.ts'
import { text } from './text.ts'

type Values = {
  name: string
  title?: string
  phone?: string
  phone2?: string
  wechat?: string
  email?: string
  note?: string
  isPrimary?: boolean
  custom?: NonNullable<NewContact['custom']>
}
const LINES = ['title', 'phone', 'phone2', 'wechat', 'email'] as const

type ContactDialogProps = { customer: Customer; contact: Contact | null; onClose: () => void }

/** A person of a customer: new, or changed. */
export function ContactDialog({ customer, contact, onClose }: ContactDialogProps) {
  const t = useText(text)
  const [form] = Form.useForm<Values>()
  const close = useAskBeforeClose(() => form.isFieldsTouched(), onClose)
  const { save, error, isPending } = useSaving({ customer, contact, onClose })
  const issues = fieldIssues(error)
  const me = useMe()
  const added = useEntity(contactEntity).fields.filter(
    ({ key }) => isCustomKey(key) && fieldRightOf(me, 'contact', key) === 'write',
  )
  return (
    <Modal open title={t(contact ? 'editContact' : 'addContact')} footer={null} onCancel={close} width={420} destroyOnHidden>
      <Form<Values> form={form} layout="vertical" onFinish={save} initialValues={contact ? initialOf(contact) : {}}>
        <Form.Item
          name="name"
          label={fieldWord('contacts', 'name')}
          rules={[{ required: true, whitespace: true, message: t('required') }]}
          {...problem(issues['name'])}
        >
          <Input autoFocus maxLength={200} />
        </Form.Item>
        {LINES.map((key) => (
          <Form.Item
            key={key}
            name={key}
            label={fieldWord('contacts', key)}
            {...(key.startsWith('phone') && { extra: <TypedPhone name={key} /> })}
            {...problem(issues[key])}
          >
            <Input inputMode={key.startsWith('phone') ? 'tel' : 'text'} />
          </Form.Item>
        ))}
        <Form.Item name="note" label={fieldWord('contacts', 'note')}>
          <Input.TextArea rows={1} maxLength={20_000} />
        </Form.Item>
        {added.map((field) => (
          <Form.Item key={field.key} name={['custom', field.key]} label={fieldWord('contacts', field.key)}>
            <CustomInput field={field} />
          </Form.Item>
        ))}
        <Form.Item name="isPrimary" valuePropName="checked">
          <Checkbox>{t('makePrimary')}</Checkbox>
        </Form.Item>
        {error && Object.keys(issues).length === 0 && (
          <div className="field-error gap-below">{failureText(error, 'contacts')}</div>
        )}
        <div className="row g8">
          <span className="grow" />
          <Button onClick={close}>{t('cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={isPending}>
            {t('save')}
          </Button>
        </div>
      </Form>
    </Modal>
  )
}

/** "林晓 手机、微信": whose, and which fields. */
const contactChange = ({ name }: Contact, fields: readonly string[]): string =>
  `${name} ${fields.map((field) => fieldWord('contacts', field)).join('、')}`

function useSaving({ customer, contact, onClose }: ContactDialogProps) {
  const t = useText(text)
  const api = useApi()
  const undo = useUndo()
  const added = (saved: Contact) => {
    undo.say(t('contactAdded', { name: saved.name }), { recordId: saved.id })
    onClose()
  }
  const changed = (saved: Contact, fields: readonly string[]) => {
    undo.remember(contactChange(saved, fields), { recordId: saved.id })
    onClose()
  }
  const creating = useCreate((context) =>
    api.contacts.create.mutationOptions({ context, meta: { shown: true }, onSuccess: added }),
  )
  const edit = useMutation(
    api.contacts.edit.mutationOptions({
      meta: { shown: true },
      onSuccess: (saved, { values }) => changed(saved, Object.keys(values)),
    }),
  )
  const error = creating.error ?? edit.error
  const save = (values: Values) => {
    const clean = cleaned(values)
    if (!contact) return void creating.create({ ...clean, customerId: customer.id })
    const before: Record<string, unknown> = initialOf(contact)
    const different: Record<string, unknown> = Object.fromEntries(
      Object.entries(clean).filter(
        ([key]) => JSON.stringify((values as Record<string, unknown>)[key]) !== JSON.stringify(before[key]),
      ),
    )
    const custom = changedCustom(values, contact)
    delete different['custom']
    if (custom) different['custom'] = custom
    if (Object.keys(different).length === 0) return onClose()
    edit.mutate({ id: contact.id, version: contact.version, values: different })
  }
  return { save, error, isPending: creating.isPending || edit.isPending }
}

/** Only fields that were changed are sent: a colleague may be at the others. */
function changedCustom({ custom = {} }: Values, contact: Contact): NonNullable<NewContact['custom']> | null {
  const changed = Object.entries(custom).filter(([key, value]) => (value ?? null) !== (contact.custom?.[key] ?? null))
  return changed.length > 0 ? Object.fromEntries(changed.map(([key, value]) => [key, value ?? null])) : null
}

/** What was left empty on purpose is null; what was never touched is not sent. */
function cleaned(values: Values): Omit<NewContact, 'customerId'> {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined)
  const clean = entries.map(([key, value]) => [key, typeof value === 'string' ? value.trim() || null : value])
  const { custom, ...own } = Object.fromEntries(clean) as Omit<NewContact, 'customerId'>
  const given = Object.entries(custom ?? {}).filter(([, value]) => value !== undefined && value !== null && value !== '')
  return given.length > 0 ? { ...own, custom: Object.fromEntries(given) } : own
}

/** What the form begins with; phones as they read. */
function initialOf(contact: Contact): Values {
  const { name, title, phone, phone2, wechat, email, note, isPrimary, custom } = contact
  const kept = Object.entries({
    title,
    phone: phone && formatPhone(phone),
    phone2: phone2 && formatPhone(phone2),
    wechat,
    email,
    note,
  }).filter(([, value]) => value !== null)
  return { name, isPrimary, ...(custom && { custom }), ...Object.fromEntries(kept) }
}

const problem = (message: string | undefined) => (message ? { validateStatus: 'error' as const, help: message } : {})
