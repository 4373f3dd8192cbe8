import { DeleteOutlined, EditOutlined, PhoneOutlined, PlusOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import type { Contact } from '../../../src-shared/features/contacts/model.ts'
import { isOpenTo } from '../../../src-shared/features/customers/may.ts'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import { Avatar } from '../../components/Avatar.tsx'
import { BirthdayText } from '../../components/BirthdayText.tsx'
import { Chip } from '../../components/marks.tsx'
import { IconButton } from '../../components/page.tsx'
import { LoadFailed, Nothing, SkeletonRows } from '../../components/states.tsx'
import { PhoneText } from '../../components/values.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { Star } from '../favourites/public.ts'
import { ContactDialog } from './ContactDialog.tsx'
import { recordText as text } from './recordText.ts'

/** The people of one customer, the main one first. */
export function Contacts({ customer, compact = false }: { customer: Customer; compact?: boolean }) {
  const t = useText(text)
  const mayWrite = useCan('contacts.write') && isOpenTo(customer, 'edit')
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
        <ContactLine
          key={contact.id}
          contact={contact}
          compact={compact}
          mayWrite={mayWrite}
          onEdit={() => setEditing(contact)}
        />
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

type LineProps = { contact: Contact; compact: boolean; mayWrite: boolean; onEdit: () => void }

function ContactLine({ contact, compact, mayWrite, onEdit }: LineProps) {
  const t = useText(text)
  const undo = useUndo()
  const remove = useMutation(
    useApi().contacts.remove.mutationOptions({
      onSuccess: () => undo.say(t('contactRemoved', { name: contact.name }), { recordId: contact.id }),
    }),
  )
  const isPhone = useIsPhone()
  // Beside the feed there is room for one.
  const numbers = [contact.phone, contact.phone2].filter((phone) => phone !== null && phone !== '').slice(0, compact ? 1 : 2)
  const callable = numbers.find((phone) => !phone?.includes('*'))
  return (
    <div className="row g8 contact always-copy">
      <Avatar name={contact.name} size={26} />
      <div className="grow">
        <div className="row g6">
          <bdi className="el">{contact.name}</bdi>
          {contact.isPrimary && <Chip>{t('primary')}</Chip>}
          {!compact && <Star entity="contact" id={contact.id} />}
        </div>
        <div className="t3 s12 el" dir="auto">
          {[contact.title, contact.wechat, contact.email].filter(Boolean).join(' · ')}
          {contact.birthday && !compact && (
            <span className="contact-born">
              {t('born')} <BirthdayText value={contact.birthday} />
            </span>
          )}
        </div>
      </div>
      <span className="t2 s12 contact-phones">
        {numbers.length === 0 && <PhoneText phone={null} />}
        {numbers.map((phone) => (
          <PhoneText key={phone} phone={phone} />
        ))}
      </span>
      {isPhone && callable && (
        <Button icon={<PhoneOutlined />} href={`tel:${callable}`} aria-label={`${t('call')} ${contact.name}`} />
      )}
      {mayWrite && (
        <span className="row contact-actions">
          <IconButton small icon={<EditOutlined />} title={t('editContact')} onClick={onEdit} />
          <IconButton small icon={<DeleteOutlined />} title={t('remove')} onClick={() => remove.mutate({ id: contact.id })} />
        </span>
      )}
    </div>
  )
}
