import { CopyOutlined, EditOutlined, FormOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Tabs } from 'antd'
import { startTransition, useEffect, useRef, useState } from 'react'
import { isOpenTo } from '../../../src-shared/features/customers/may.ts'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import { Avatar } from '../../components/Avatar.tsx'
import { Figures } from '../../components/RecordLayout.tsx'
import { copyText, LevelChip } from '../../components/marks.tsx'
import { SidePanel } from '../../components/SidePanel.tsx'
import { LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { useApi, useCan, useMe } from '../../kernel/context.tsx'
import { formatPhone } from '../../kernel/format.ts'
import { useShortcut } from '../../kernel/keyboard.ts'
import { rememberOpened } from '../../kernel/recent.ts'
import { useText } from '../../kernel/text.ts'
import { toast } from '../../kernel/toast.tsx'
import { Contacts } from './Contacts.tsx'
import { CustomerFields } from './CustomerFields.tsx'
import { CustomerBanner } from './CustomerBanner.tsx'
import { StatusChip } from './CustomerMarks.tsx'
import { Star } from '../favourites/public.ts'
import { TagChips } from '../tags/public.ts'
import { WhoIsHere } from '../presence/public.ts'
import { Files } from '../files/public.ts'
import { AddTag, PoolCountdown } from './HeadParts.tsx'
import { useEditCustomer } from './EditCustomer.tsx'
import { panelFigures } from './figures.tsx'
import { Activity } from './FollowUps.tsx'
import { recordText as text } from './recordText.ts'
import { seesFigure } from './useSight.ts'

type CustomerPanelProps = {
  /** As the list has it: shown at once, until the whole record is there. */
  row: Customer
  position: { index: number; total: number | undefined } | null
  onStep: (by: number) => void
  onOpen: (row: Customer) => void
  onClose: () => void
}

/** A customer beside the list. */
export function CustomerPanel({ row, position, onStep, onOpen, onClose }: CustomerPanelProps) {
  const customer = useQuery(
    useApi().customers.get.queryOptions({ input: { id: row.id }, placeholderData: row, meta: { shown: true } }),
  )
  return (
    <SidePanel
      position={position}
      onPrevious={() => onStep(-1)}
      onNext={() => onStep(1)}
      onClose={onClose}
      {...(customer.data && { onOpen: () => onOpen(customer.data) })}
    >
      {customer.data ? (
        <PanelBody key={customer.data.id} customer={customer.data} />
      ) : customer.error ? (
        <LoadFailed error={customer.error} feature="customers" onRetry={() => void customer.refetch()} />
      ) : (
        <SkeletonRows rows={8} height={40} />
      )}
    </SidePanel>
  )
}

/** Whoever is stepped past was not looked at. */
const GLANCE_MS = 1500
function useLookedAt({ id, name }: Customer): void {
  useEffect(() => {
    const timer = setTimeout(() => rememberOpened({ to: `/customers/${id}`, title: name }), GLANCE_MS)
    return () => clearTimeout(timer)
  }, [id, name])
}

function PanelBody({ customer }: { customer: Customer }) {
  const isDrawn = useIsDrawn()
  useLookedAt(customer)
  const t = useText(text)
  const me = useMe()
  const composer = useRef<HTMLTextAreaElement>(null)
  // Who may not see what was said begins with what he may see.
  const [tab, setTab] = useState(useCan('followUps.read') ? 'activity' : 'data')
  const mayReadContacts = useCan('contacts.read')
  const mayReadFiles = useCan('files.read')
  const mayWrite = useCan('followUps.write') && isOpenTo(customer, 'say')
  const contacts = useQuery(
    useApi().contacts.ofCustomer.queryOptions({
      input: { customerId: customer.id },
      enabled: mayReadContacts,
      meta: { shown: true },
    }),
  )
  const { phone } = customer
  const copyPhone = useCopy(customer)
  const editing = useEditCustomer(customer)
  const tabs = [
    { key: 'activity', label: t('activity'), children: <Activity customer={customer} input={composer} /> },
    { key: 'data', label: t('data'), children: <CustomerFields customer={customer} place="panel" /> },
    ...(mayReadContacts
      ? [
          {
            key: 'contacts',
            label: contacts.data?.length ? `${t('contacts')} ${contacts.data.length}` : t('contacts'),
            children: <Contacts customer={customer} />,
          },
        ]
      : []),
    ...(mayReadFiles ? [{ key: 'files', label: t('files'), children: <Files customer={customer} /> }] : []),
  ]
  return (
    <>
      {customer.deletedAt !== null && <CustomerBanner customer={customer} />}
      <div className="panel-name">
        <PanelName customer={customer} />
        <div className="row g8 gap-above">
          {mayWrite && (
            <Button
              type="primary"
              icon={<EditOutlined />}
              onClick={() => {
                setTab('activity')
                setTimeout(() => composer.current?.focus())
              }}
            >
              {t('writeFollowUp')}
            </Button>
          )}
          {phone && !phone.includes('*') && (
            <Button icon={<CopyOutlined />} onClick={copyPhone} className="num">
              {formatPhone(phone)}
            </Button>
          )}
          {editing.mayEdit && (
            <Button icon={<FormOutlined />} onClick={editing.open}>
              {t('editCustomer')}
            </Button>
          )}
          {editing.dialog}
        </div>
      </div>
      <WhoIsHere customerId={customer.id} />
      <Figures
        className="panel-figures"
        figures={panelFigures(t, customer, contacts.data).filter((figure) => seesFigure(me, figure.key))}
      />
      <Tabs className="panel-tabs" activeKey={tab} onChange={setTab} items={tabs.map(({ children: _, ...item }) => item)} />
      <div className={tab === 'activity' ? 'panel-tab' : 'panel-tab wide'}>
        {isDrawn ? tabs.find((one) => one.key === tab)?.children : <SkeletonRows rows={5} height={40} />}
      </div>
    </>
  )
}

/** Who it is stands there at once; the box to write in and what happened follow when that has been painted. */
function useIsDrawn(): boolean {
  const [isDrawn, setDrawn] = useState(false)
  useEffect(() => {
    const frame = requestAnimationFrame(() => startTransition(() => setDrawn(true)))
    return () => cancelAnimationFrame(frame)
  }, [])
  return isDrawn
}

/** Who it is, with what marks him. */
function PanelName({ customer }: { customer: Customer }) {
  return (
    <div className="row g12">
      <Avatar firm={customer.kind !== 'person'} name={customer.name} size={40} />
      <div className="grow panel-who">
        <div className="row g6">
          <bdi className="b panel-title" title={customer.name}>
            {customer.name}
          </bdi>
          <Star entity="customer" id={customer.id} />
        </div>
        <div className="row g6 wrap panel-marks">
          {customer.level && <LevelChip level={customer.level} />}
          <StatusChip status={customer.status} />
          <TagChips names={customer.tags} end={<AddTag customer={customer} />} />
          <PoolCountdown customer={customer} />
        </div>
      </div>
    </div>
  )
}

/** The button copies what it shows; the key takes the name along. */
function useCopy({ name, phone }: Customer): () => void {
  const t = useText(text)
  const copy = async (value: string, word: 'phoneCopied' | 'nameCopied' | 'namePhoneCopied') => {
    await copyText(value)
    toast(t(word), { tone: 'info' })
  }
  useShortcut(
    'Ctrl+Shift+C',
    { label: t('copyNamePhone'), group: t('all') },
    () => void (phone ? copy(`${name} ${formatPhone(phone)}`, 'namePhoneCopied') : copy(name, 'nameCopied')),
  )
  return () => void copy(formatPhone(phone ?? ''), 'phoneCopied')
}
