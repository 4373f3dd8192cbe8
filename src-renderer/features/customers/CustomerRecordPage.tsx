import { EditOutlined, PhoneOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import type { Contact } from '../../../src-shared/features/contacts/model.ts'
import { isOpenTo } from '../../../src-shared/features/customers/may.ts'
import type { Customer, CustomerId } from '../../../src-shared/features/customers/model.ts'
import { ListCrumb, RecordFrame } from '../../components/RecordFrame.tsx'
import { RecordLayout, type RecordTab } from '../../components/RecordLayout.tsx'
import { LevelChip } from '../../components/marks.tsx'
import { InstantText } from '../../components/values.tsx'
import { useAction } from '../../kernel/actions.ts'
import { fieldRightOf, useApi, useCan, useMe } from '../../kernel/context.tsx'
import { useShortcut } from '../../kernel/keyboard.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { toast } from '../../kernel/toast.tsx'
import { Addresses, addressText } from '../addresses/public.ts'
import { Star } from '../favourites/public.ts'
import { Contacts } from './Contacts.tsx'
import { CustomerActions } from './CustomerActions.tsx'
import { CustomerFields } from './CustomerFields.tsx'
import { CustomerBanner } from './CustomerBanner.tsx'
import { TagChips } from '../tags/public.ts'
import { MergedBanner } from '../merges/public.ts'
import { PoolChip } from '../pools/public.ts'
import { WhoIsHere } from '../presence/public.ts'
import { Files } from '../files/public.ts'
import { CustomerOpportunities, useOpportunityCount } from '../opportunities/public.ts'
import { CustomerOrders, useMoneyFigures, useOrderCount } from '../orders/public.ts'
import { CustomerInvoices, useInvoiceCount } from '../invoices/public.ts'
import { CustomerPayments, usePaymentCount } from '../payments/public.ts'
import { CustomerQuotes, useQuoteCount } from '../quotes/public.ts'
import { Activity } from './FollowUps.tsx'
import { AddTag, CustomerPath, NextPlan, Owner, PoolCountdown, TeamCount } from './HeadParts.tsx'
import { History } from './History.tsx'
import { recordText as text } from './recordText.ts'
import { Team } from './Team.tsx'
import { useFigures } from './useFigures.ts'
import { WRITE_ACTION } from './words.tsx'
import { useNeighbours } from './useNeighbours.ts'

/** A customer in full. */
export function CustomerRecordPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const customer = useQuery(useApi().customers.get.queryOptions({ input: { id: id as CustomerId }, meta: { shown: true } }))
  useRedirect(id, customer.data)
  return (
    <RecordFrame id={id} found={customer} feature="customers" to="/customers" words={useText(text)} title={({ name }) => name}>
      {(row) => (
        <>
          {row.deletedAt && <CustomerBanner customer={row} />}
          <MergedBanner customer={row} />
          <Record key={row.id} customer={row} />
        </>
      )}
    </RecordFrame>
  )
}

/** An old link of a customer who was merged leads to the one that stands now. */
function useRedirect(id: string, customer: Customer | undefined): void {
  const t = useText(text)
  const navigate = useNavigate()
  const now = customer?.id
  useEffect(() => {
    if (now === undefined || now === id) return
    void navigate({ to: `/customers/${now}`, replace: true })
    toast(t('mergedHere'), { tone: 'info' })
  }, [id, now, navigate, t])
}

function Record({ customer }: { customer: Customer }) {
  const t = useText(text)
  const [tab, setTab] = useState(useFirstTab())
  const composer = useRef<HTMLTextAreaElement>(null)
  const neighbours = useNeighbours(customer.id)
  const { figures, contacts } = useFigures(customer)
  // Once he has bought something, his money comes first and what says least falls out.
  const money = useMoneyFigures(customer.id)
  const tabs = useTabs(customer, { composer, contacts: contacts?.length })
  useSteps(neighbours)
  const isPhone = useIsPhone()
  const place = (
    <>
      <PoolCountdown customer={customer} />
      <PoolChip customer={customer} />
    </>
  )
  const write = () => {
    setTab('activity')
    setTimeout(() => composer.current?.focus())
  }
  const mayWrite = useCan('followUps.write') && isOpenTo(customer, 'say')
  useAction(mayWrite ? { id: WRITE_ACTION, label: t('writeFollowUp'), pinyin: 'xie gen jin', run: write } : null)
  return (
    <RecordLayout
      kind="customer"
      crumb={<ListCrumb to="/customers">{t('crumb')}</ListCrumb>}
      crumbEnd={<WhoIsHere customerId={customer.id} />}
      position={neighbours.position}
      onPrevious={neighbours.previous}
      onNext={neighbours.next}
      name={customer.name}
      firm={customer.kind !== 'person'}
      star={<Star entity="customer" id={customer.id} />}
      marks={
        <>
          {customer.level && <LevelChip level={customer.level} />}
          <TagChips names={customer.tags} end={<AddTag customer={customer} />} />
          {isPhone && place}
        </>
      }
      line={
        <>
          <CustomerPath customer={customer} />
          {!isPhone && place}
        </>
      }
      actions={<CustomerActions customer={customer} onWrite={write} />}
      actionsNote={
        <>
          <Owner customer={customer} />
          <TeamCount customer={customer} onOpen={() => setTab('team')} />
        </>
      }
      figures={[...money, ...figures].slice(0, SHOWN_FIGURES)}
      fields={<CustomerFields customer={customer} />}
      tab={tab}
      onTab={setTab}
      tabs={tabs}
      side={<SideCards customer={customer} onTab={setTab} />}
      phoneBar={<PhoneBar customer={customer} contact={contacts?.find(({ phone }) => phone)} onWrite={write} />}
    />
  )
}

/** Ctrl+← and Ctrl+→ through the list one came from. */
function useSteps({ previous, next }: ReturnType<typeof useNeighbours>): void {
  const t = useText(text)
  const group = t('crumb')
  useShortcut('Ctrl+ArrowLeft', previous ? { label: t('previous'), group } : null, () => void previous?.())
  useShortcut('Ctrl+ArrowRight', next ? { label: t('next'), group } : null, () => void next?.())
}

const SHOWN_FIGURES = 6

type InTabs = { composer: RefObject<HTMLTextAreaElement | null>; contacts: number | undefined }

/** What the middle of the page can show; only what one may see. */
function useTabs(customer: Customer, { composer, contacts }: InTabs): RecordTab[] {
  const t = useText(text)
  const ta = useText(addressText)
  const api = useApi()
  const seesProfiles = useCan('billing.read')
  const mayRead = {
    contacts: useCan('contacts.read'),
    addresses: useCan('addresses.read'),
    files: useCan('files.read'),
    chances: useCan('opportunities.read'),
    orders: useCan('orders.read'),
    payments: useCan('payments.read'),
    invoices: useCan('invoices.read') || seesProfiles,
    quotes: useCan('quotes.read'),
  }
  const input = { customerId: customer.id }
  const shown = { shown: true }
  const files = useQuery(api.files.ofCustomer.queryOptions({ input, enabled: mayRead.files, meta: shown }))
  const addresses = useQuery(api.addresses.ofCustomer.queryOptions({ input, enabled: mayRead.addresses, meta: shown }))
  const chances = useOpportunityCount(customer.id)
  const orders = useOrderCount(customer.id)
  const payments = usePaymentCount(customer.id)
  const invoices = useInvoiceCount(customer.id)
  const quotes = useQuoteCount(customer.id)
  const team = useQuery(api.members.list.queryOptions({ input, meta: shown }))
  const tab = (key: string, label: string, content: ReactNode, count?: number): RecordTab => ({ key, label, content, count })
  return [
    tab('activity', t('activity'), <Activity customer={customer} input={composer} />),
    ...(mayRead.contacts ? [tab('contacts', t('contacts'), <Contacts customer={customer} />, contacts)] : []),
    ...(mayRead.chances
      ? [
          tab(
            'opportunities',
            t('opportunities'),
            <CustomerOpportunities customerId={customer.id} mayAdd={isOpenTo(customer, 'edit')} />,
            chances,
          ),
        ]
      : []),
    ...(mayRead.quotes
      ? [tab('quotes', t('quotes'), <CustomerQuotes customerId={customer.id} mayAdd={isOpenTo(customer, 'edit')} />, quotes)]
      : []),
    ...(mayRead.orders
      ? [tab('orders', t('orders'), <CustomerOrders customerId={customer.id} mayAdd={isOpenTo(customer, 'edit')} />, orders)]
      : []),
    ...(mayRead.payments ? [tab('payments', t('payments'), <CustomerPayments customerId={customer.id} />, payments)] : []),
    ...(mayRead.invoices
      ? [tab('invoices', t('invoices'), <CustomerInvoices customer={customer} isOpen={isOpenTo(customer, 'say')} />, invoices)]
      : []),
    ...(mayRead.addresses ? [tab('addresses', ta('addresses'), <Addresses customer={customer} />, addresses.data?.length)] : []),
    ...(mayRead.files ? [tab('files', t('files'), <Files customer={customer} />, files.data?.count)] : []),
    tab('team', t('team'), <Team of={{ ...customer, kind: 'customer' }} />, team.data?.rows.length),
    tab('history', t('history'), <History id={customer.id} />),
  ]
}

function SideCards({ customer, onTab }: { customer: Customer; onTab: (key: string) => void }) {
  const t = useText(text)
  const mayReadContacts = useCan('contacts.read')
  const mayReadFiles = useCan('files.read')
  const seesNext = fieldRightOf(useMe(), 'customer', 'nextFollowUpAt') !== 'hidden'
  const { nextFollowUpAt: at } = customer
  return (
    <>
      {seesNext && (
        <section className="card">
          <div className="ch side-title">{t('nextCard')}</div>
          <div className="side-body col g8">
            {at ? <InstantText at={at} late /> : <span className="t3">{t('noPlan')}</span>}
            <NextPlan customer={customer} label={t('plan')} />
          </div>
        </section>
      )}
      {mayReadContacts && (
        <section className="card">
          <div className="ch side-title">{t('contacts')}</div>
          <Contacts customer={customer} compact />
        </section>
      )}
      {mayReadFiles && (
        <section className="card">
          <div className="ch side-title row">
            <span className="grow">{t('files')}</span>
            <button type="button" className="bare s12 tbrand" onClick={() => onTab('files')}>
              {t('allFiles')}
            </button>
          </div>
          <div className="side-body">
            <Files customer={customer} compact />
          </div>
        </section>
      )}
    </>
  )
}

type PhoneBarProps = { customer: Customer; contact: Contact | undefined; onWrite: () => void }

/** Under the thumb: write, call, and when to come back. */
function PhoneBar({ customer, contact, onWrite }: PhoneBarProps) {
  const t = useText(text)
  const mayWrite = useCan('followUps.write') && isOpenTo(customer, 'say')
  const number = [customer.phone, customer.phone2, contact?.phone].find((phone) => phone && !phone.includes('*'))
  return (
    <>
      {mayWrite && (
        <Button type="primary" icon={<EditOutlined />} onClick={onWrite}>
          {t('writeFollowUp')}
        </Button>
      )}
      {number && (
        <Button icon={<PhoneOutlined />} href={`tel:${number}`}>
          {t('call')}
        </Button>
      )}
      <NextPlan customer={customer} short />
    </>
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
