import { DeleteOutlined, EditOutlined, PlusOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import type { Contact } from '../../../src-shared/features/contacts/model.ts'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import { Avatar } from '../../components/Avatar.tsx'
import { Chip } from '../../components/marks.tsx'
import { IconButton } from '../../components/page.tsx'
import { LoadFailed, Nothing, SkeletonRows } from '../../components/states.tsx'
import { PhoneText } from '../../components/values.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { ContactDialog } from './ContactDialog.tsx'
import { text } from './text.ts'

/** The people of one customer, the main one first. */
export function Contacts({ customer, compact = false }: { customer: Customer; compact?: boolean }) {
  const t = useText(text)
  const mayWrite = useCan('contacts.write') && customer.deletedAt === null
  const [editing, setEditing] = useState<Contact | 'new' | null>(null)
  const contacts = useQuery(
    useApi().contacts.ofCustomer.queryOptions({ input: { customerId: customer.id }, meta: { shown: true } }),
  )
  return (
    <div className={compact ? 'contacts compact' : 'contacts'}>
      {mayWrite && !compact && (
        <Button size="small" icon={<PlusOutlined />} className="gap-below" onClick={() => setEditing('new')}>
          {t('addContact')}
        </Button>
      )}
      {contacts.isPending && <SkeletonRows rows={3} height={44} />}
      {contacts.error && !contacts.data && (
        <LoadFailed error={contacts.error} feature="contacts" onRetry={() => void contacts.refetch()} />
      )}
      {contacts.data?.length === 0 && <Nothing>{t('noContacts')}</Nothing>}
      {contacts.data?.map((contact) => (
        <ContactLine key={contact.id} contact={contact} mayWrite={mayWrite} onEdit={() => setEditing(contact)} />
      ))}
      {mayWrite && compact && (
        <button type="button" className="bare s12 tbrand contact-add" onClick={() => setEditing('new')}>
          <PlusOutlined /> {t('addContact')}
        </button>
      )}
      {editing && (
        <ContactDialog customer={customer} contact={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
      )}
    </div>
  )
}

function ContactLine({ contact, mayWrite, onEdit }: { contact: Contact; mayWrite: boolean; onEdit: () => void }) {
  const t = useText(text)
  const undo = useUndo()
  const remove = useMutation(
    useApi().contacts.remove.mutationOptions({
      onSuccess: () => undo.say(t('contactRemoved', { name: contact.name }), { recordId: contact.id }),
    }),
  )
  return (
    <div className="row g8 contact always-copy">
      <Avatar name={contact.name} size={26} />
      <div className="grow">
        <div className="row g6">
          <span className="el">{contact.name}</span>
          {contact.isPrimary && <Chip>{t('primary')}</Chip>}
        </div>
        <div className="t3 s12 el">{[contact.title, contact.wechat, contact.email].filter(Boolean).join(' · ')}</div>
      </div>
      <span className="t2 s12">
        <PhoneText phone={contact.phone ?? contact.phone2} />
      </span>
      {mayWrite && (
        <span className="row contact-actions">
          <IconButton small icon={<EditOutlined />} title={t('editContact')} onClick={onEdit} />
          <IconButton small icon={<DeleteOutlined />} title={t('remove')} onClick={() => remove.mutate({ id: contact.id })} />
        </span>
      )}
    </div>
  )
}
