import { useMutation } from '@tanstack/react-query'
import { Button, Drawer, Form } from 'antd'
import { useState } from 'react'
import { contactEntity } from '../../../src-shared/features/contacts/entity.ts'
import type { Contact, ContactEdit, NewContact } from '../../../src-shared/features/contacts/model.ts'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import { dateIn } from '../../../src-shared/kernel/dateIn.ts'
import type { FieldDescriptor } from '../../../src-shared/kernel/entity.ts'
import { KEEPS_FOCUS } from '../../components/drawer.ts'
import { TypedPhone } from '../../components/PhoneNote.tsx'
import { SkeletonRows } from '../../components/states.tsx'
import { useAskBeforeClose } from '../../components/useAskBeforeClose.ts'
import { nowIso } from '../../kernel/clock.ts'
import { useApi, useClock } from '../../kernel/context.tsx'
import { useShortcut } from '../../kernel/keyboard.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { fieldWord } from '../../kernel/slices.ts'
import { listed, useText } from '../../kernel/text.ts'
import { useCreate } from '../../kernel/useCreate.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { defaultsOf, useEntity } from '../fields/public.ts'
import { begunWith, changedFrom, RecordForm, useBegun } from '../layouts/forms.ts'
import { ContactAlike } from './ContactAlike.tsx'
import { ContactInput } from './ContactInput.tsx'
import { text } from './text.ts'

type ContactDialogProps = { customer: Customer; contact: Contact | null; onClose: () => void }
type Begun = Readonly<Record<string, unknown>>
const NOTHING: Begun = {}

/** A person of a customer, new or changed: the fields as the company laid them out, and whether somebody like that is there already. */
export function ContactDialog({ customer, contact: now, onClose }: ContactDialogProps) {
  const t = useText(text)
  const { zone } = useClock()
  const isPhone = useIsPhone()
  const entity = useEntity(contactEntity)
  // What was seen when it was opened: a colleague's change since then must not be overwritten unseen.
  const [contact] = useState(now)
  const begun = useBegun(() => (contact ? begunWith(entity, contact) : defaultsOf(entity, dateIn(nowIso(), zone))))
  const [form] = Form.useForm()
  const { save, error, isPending } = useSaving({ customer, contact, onClose }, begun ?? NOTHING)
  const isDirty = () => begun !== null && changedFrom(begun, form.getFieldsValue(true) as Begun) !== null
  const close = useAskBeforeClose(isDirty, onClose)
  const submit = () => begun && form.submit()
  const title = t(contact ? 'editContact' : 'addContact')
  useShortcut('Ctrl+Enter', { label: t('save'), group: title }, submit, { inDialog: true })
  const note = ({ key, type }: FieldDescriptor) => (type === 'phone' ? <TypedPhone name={key} /> : null)
  const after = ({ key }: FieldDescriptor) =>
    key === 'name' || key === 'phone' ? (
      <ContactAlike by={key} customer={customer} contact={contact} begun={begun?.[key]} />
    ) : null
  return (
    <Drawer
      open
      {...KEEPS_FOCUS}
      size={isPhone ? '100%' : 460}
      title={title}
      onClose={close}
      footer={
        <div className="row g8">
          <span className="grow" />
          <Button onClick={close}>{t('cancel')}</Button>
          <Button type="primary" loading={isPending} disabled={begun === null} onClick={submit}>
            {t('save')}
          </Button>
        </div>
      }
    >
      {begun === null ? (
        <SkeletonRows rows={6} height={44} />
      ) : (
        <RecordForm
          entity={entity}
          form={form}
          place={contact ? 'edit' : 'form'}
          begun={begun}
          error={error}
          leavesOut={({ key }) => key === 'customerId'}
          input={(field, takesFocus) => <ContactInput field={field} takesFocus={takesFocus} />}
          note={note}
          after={after}
          onSave={save}
        />
      )}
    </Drawer>
  )
}

/** "林晓 手机、微信": whose, and which fields. */
const contactChange = ({ name }: Contact, { custom, ...own }: ContactEdit): string =>
  `${name} ${listed([...Object.keys(own), ...Object.keys(custom ?? {})].map((field) => fieldWord('contacts', field)))}`

function useSaving({ customer, contact, onClose }: ContactDialogProps, begun: Begun) {
  const t = useText(text)
  const api = useApi()
  const undo = useUndo()
  const creating = useCreate((context) =>
    api.contacts.create.mutationOptions({
      context,
      meta: { shown: true },
      onSuccess: (saved) => {
        undo.say(t('contactAdded', { name: saved.name }), { recordId: saved.id })
        onClose()
      },
    }),
  )
  const edit = useMutation(
    api.contacts.edit.mutationOptions({
      meta: { shown: true },
      onSuccess: (saved, { values }) => {
        undo.remember(contactChange(saved, values), { recordId: saved.id })
        onClose()
      },
    }),
  )
  const save = (values: Record<string, unknown>) => {
    // Of a new one everything that was filled in, also what it began with; of one that stands what was changed.
    const changed = changedFrom(contact ? begun : {}, values)
    if (!contact) return void creating.create({ ...(changed as Omit<NewContact, 'customerId'>), customerId: customer.id })
    if (changed === null) return onClose()
    if (!edit.isPending) edit.mutate({ id: contact.id, version: contact.version, values: changed as ContactEdit })
  }
  return { save, error: creating.error ?? edit.error, isPending: creating.isPending || edit.isPending }
}
