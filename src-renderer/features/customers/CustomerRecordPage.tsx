import { ArrowLeftOutlined, CopyOutlined, EditOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Button, Dropdown } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { Customer, CustomerId } from '../../../src-shared/features/customers/model.ts'
import { Person } from '../../components/Avatar.tsx'
import { confirm } from '../../components/confirm.tsx'
import { RecordLayout } from '../../components/RecordLayout.tsx'
import { copyText, CopyButton, LevelChip } from '../../components/marks.tsx'
import { LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { failureOf } from '../../kernel/errors.ts'
import { formatPhone } from '../../kernel/format.ts'
import { useShortcut } from '../../kernel/keyboard.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { rememberOpened } from '../../kernel/recent.ts'
import { useText } from '../../kernel/text.ts'
import { toast } from '../../kernel/toast.tsx'
import { Addresses, addressText } from '../addresses/public.ts'
import { Contacts } from './Contacts.tsx'
import { CustomerFields } from './CustomerFields.tsx'
import { CustomerGone, DeletedBanner } from './CustomerGone.tsx'
import { StatusChip } from './CustomerMarks.tsx'
import { TagChips } from '../tags/public.ts'
import { Activity } from './FollowUps.tsx'
import { History } from './History.tsx'
import { lastAddress } from './listMemory.ts'
import { text } from './text.ts'
import { useBulkResult } from './useBulk.tsx'
import { useFigures } from './useFigures.ts'
import { useNeighbours } from './useNeighbours.ts'

/** A customer in full. */
export function CustomerRecordPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const customer = useQuery(useApi().customers.get.queryOptions({ input: { id: id as CustomerId }, meta: { shown: true } }))
  if (customer.data) {
    return (
      <main className="page">
        {customer.data.deletedAt && <DeletedBanner customer={customer.data} />}
        <Record key={customer.data.id} customer={customer.data} />
      </main>
    )
  }
  if (failureOf(customer.error)?.code === 'NOT_FOUND' || failureOf(customer.error)?.code === 'BAD_REQUEST')
    return <CustomerGone />
  if (customer.error) return <LoadFailed error={customer.error} feature="customers" onRetry={() => void customer.refetch()} />
  return <SkeletonRows rows={18} height={40} />
}

function Record({ customer }: { customer: Customer }) {
  const t = useText(text)
  const [tab, setTab] = useState(useFirstTab())
  const composer = useRef<HTMLTextAreaElement>(null)
  const neighbours = useNeighbours(customer.id)
  const ta = useText(addressText)
  const mayReadContacts = useCan('contacts.read')
  const mayReadAddresses = useCan('addresses.read')
  const { figures, contacts } = useFigures(customer)
  useEffect(() => rememberOpened({ to: `/customers/${customer.id}`, title: customer.name }), [customer.id, customer.name])
  useShortcut(
    'Ctrl+ArrowLeft',
    neighbours.previous ? { label: t('previous'), group: t('customersCrumb') } : null,
    () => void neighbours.previous?.(),
  )
  useShortcut(
    'Ctrl+ArrowRight',
    neighbours.next ? { label: t('next'), group: t('customersCrumb') } : null,
    () => void neighbours.next?.(),
  )
  const write = () => {
    setTab('activity')
    setTimeout(() => composer.current?.focus())
  }
  return (
    <RecordLayout
      crumb={
        <Link to="/customers" search={lastAddress()} className="t3">
          <ArrowLeftOutlined /> {t('customersCrumb')}
        </Link>
      }
      position={neighbours.position}
      onPrevious={neighbours.previous}
      onNext={neighbours.next}
      name={customer.name}
      firm={customer.kind !== 'person'}
      marks={
        <>
          {customer.level && <LevelChip level={customer.level} />}
          <StatusChip status={customer.status} />
          <TagChips names={customer.tags} />
          <CopyButton value={customer.name} />
        </>
      }
      actions={<Actions customer={customer} onWrite={write} />}
      actionsNote={
        <>
          {t('ownedBy')}{' '}
          {customer.ownerName ? <Person name={customer.ownerName} /> : <span className="t3">{t('unassigned')}</span>}
        </>
      }
      figures={figures}
      fields={<CustomerFields customer={customer} />}
      tab={tab}
      onTab={setTab}
      tabs={[
        { key: 'activity', label: t('activity'), content: <Activity customer={customer} input={composer} /> },
        ...(mayReadContacts
          ? [{ key: 'contacts', label: t('contacts'), count: contacts?.length, content: <Contacts customer={customer} /> }]
          : []),
        ...(mayReadAddresses ? [{ key: 'addresses', label: ta('addresses'), content: <Addresses customer={customer} /> }] : []),
        { key: 'history', label: t('history'), content: <History id={customer.id} /> },
      ]}
      side={
        mayReadContacts && (
          <section className="card">
            <div className="ch side-title">{t('contacts')}</div>
            <Contacts customer={customer} compact />
          </section>
        )
      }
    />
  )
}

/** Who may not see what was said begins with what he may see: the fields on a phone, people or addresses beside them elsewhere. */
function useFirstTab(): string {
  const mayRead = useCan('followUps.read')
  const mayReadContacts = useCan('contacts.read')
  const isPhone = useIsPhone()
  if (mayRead) return 'activity'
  return isPhone ? 'fields' : mayReadContacts ? 'contacts' : 'history'
}

function Actions({ customer, onWrite }: { customer: Customer; onWrite: () => void }) {
  const t = useText(text)
  const navigate = useNavigate()
  const mayWrite = useCan('followUps.write') && customer.deletedAt === null
  const mayDelete = useCan('customers.delete') && customer.deletedAt === null
  const say = useBulkResult(() => void navigate({ to: '/customers', search: lastAddress() }))
  const remove = useMutation(useApi().customers.removeMany.mutationOptions({ onSuccess: (result) => say('removed', result) }))
  const { phone } = customer
  const copy = async (value: string) => {
    await copyText(value)
    toast(t('phoneCopied'), { tone: 'info' })
  }
  const askRemove = async () => {
    if (
      await confirm({
        title: t('removeTitle', { n: 1 }),
        body: t('removeBody'),
        yes: t('removeYes', { n: 1 }),
        danger: true,
        undoable: true,
      })
    )
      remove.mutate({ selection: { ids: [customer.id] } })
  }
  return (
    <>
      {phone && !phone.includes('*') && (
        <Button icon={<CopyOutlined />} className="num" onClick={() => void copy(formatPhone(phone))}>
          {formatPhone(phone)}
        </Button>
      )}
      {mayWrite && (
        <Button type="primary" icon={<EditOutlined />} onClick={onWrite}>
          {t('writeFollowUp')}
        </Button>
      )}
      {mayDelete && (
        <Dropdown
          trigger={['click']}
          placement="bottomRight"
          menu={{ items: [{ key: 'remove', label: t('remove'), danger: true }], onClick: () => void askRemove() }}
        >
          <Button aria-label={t('more')}>…</Button>
        </Dropdown>
      )}
    </>
  )
}
