import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { contactEntity } from '../../../src-shared/features/contacts/entity.ts'
import type { Contact } from '../../../src-shared/features/contacts/model.ts'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { birthdayShown } from '../../../src-shared/kernel/birthday.ts'
import { Chip } from '../../components/marks.tsx'
import { PhoneText } from '../../components/values.tsx'
import { useApi } from '../../kernel/context.tsx'
import { later } from '../../kernel/later.ts'
import { type Translate, useText } from '../../kernel/text.ts'
import { ListEmpty, ListPage, useExportAction, useRecordList } from '../lists/public.ts'
import { useContactColumns } from './columns.tsx'
import { useContactViews } from './systemViews.ts'
import { text } from './text.ts'
import { useContactEdits } from './useContactEdits.ts'

const ContactPanel = later(() => import('./ContactPanel.tsx').then((module) => module.ContactPanel))

const RELATED = [customerEntity]
/** He is in full where the customer is. */
const pageOf = ({ customerId }: Contact) => `/customers/${customerId}`

/** 联系人: everybody at one's customers in one list with views; whom he belongs to opens from here. */
export function ContactsPage() {
  const t = useText(text)
  const navigate = useNavigate()
  const records = useRecordList<Contact>({
    entity: contactEntity,
    related: RELATED,
    to: '/contacts',
    system: useContactViews(),
    columns: useContactColumns(),
    calls: useApi().contacts,
    exports: ['customers.export'],
    pageOf,
  })
  const names = { one: t('contact'), many: t('contacts') }
  return (
    <ListPage
      records={records}
      names={names}
      words={t}
      bulk={useExportAction(records)}
      edits={useContactEdits()}
      describe={(row) => describe(t, row)}
      panel={(at) => <ContactPanel {...at} />}
      empty={
        <ListEmpty list={records.list} what={names.one} title={t('emptyTitle')} hint={t('emptyHint')}>
          <Button type="primary" onClick={() => void navigate({ to: '/customers' })}>
            {t('toCustomers')}
          </Button>
        </ListEmpty>
      }
    />
  )
}

const describe = (t: Translate<keyof (typeof text)['zh-CN']>, row: Contact) => ({
  title: row.name,
  ...(row.isPrimary && { level: <Chip tone="brand">{t('primary')}</Chip> }),
  facts: [row.customerName, row.birthday && t('bornOn', { day: birthdayShown(row.birthday) }), row.title].filter(
    (fact): fact is string => Boolean(fact),
  ),
  ...(row.phone && { state: <PhoneText phone={row.phone} /> }),
})
