import './orders.css'
import { ArrowLeftOutlined, DeleteOutlined, PrinterOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import { orderEntity } from '../../../src-shared/features/orders/entity.ts'
import type { Order, OrderId, OrderParts } from '../../../src-shared/features/orders/model.ts'
import { Person } from '../../components/Avatar.tsx'
import { confirm } from '../../components/confirm.ts'
import { RecordLayout, type RecordTab } from '../../components/RecordLayout.tsx'
import { EmptyState, LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { failureOf } from '../../kernel/errors.ts'
import { rememberOpened } from '../../kernel/recent.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { Star } from '../favourites/public.ts'
import { useEntity } from '../fields/public.ts'
import { RecordHistory } from '../history/public.ts'
import { OrderInvoices } from '../invoices/public.ts'
import { OrderReceipts } from '../payments/public.ts'
import { OrderPurchases } from '../purchases/public.ts'
import { OrderStock } from '../stock/public.ts'
import { CustomerText, IssueChip } from './columns.tsx'
import { useFigures } from './figures.tsx'
import { Lines } from './Lines.tsx'
import { lastAddress } from './listMemory.ts'
import { OrderFields } from './OrderFields.tsx'
import { OrderPath } from './OrderPath.tsx'
import { People } from './People.tsx'
import { Plans } from './Plans.tsx'
import { Revisions } from './Revisions.tsx'
import { text } from './text.ts'

/** An order in full. */
export function OrderRecordPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const found = useQuery(useApi().orders.get.queryOptions({ input: { id: id as OrderId }, meta: { shown: true } }))
  if (found.data)
    return (
      <main className="page">
        {found.data.deletedAt && <DeletedBanner row={found.data} />}
        <Record key={found.data.id} row={found.data} />
      </main>
    )
  const { code } = failureOf(found.error) ?? {}
  if (code === 'NOT_FOUND' || code === 'BAD_REQUEST') return <Gone />
  if (found.error) return <LoadFailed error={found.error} feature="orders" onRetry={() => void found.refetch()} />
  return <SkeletonRows rows={18} height={40} />
}

function Record({ row }: { row: Order }) {
  const t = useText(text)
  const [tab, setTab] = useState('lines')
  const figures = useFigures(row)
  const tabs = useTabs(row)
  useEffect(() => rememberOpened({ to: `/orders/${row.id}`, title: row.name }), [row.id, row.name])
  return (
    <RecordLayout
      kind="order"
      crumb={
        <Link to="/orders" search={lastAddress()} className="t3">
          <ArrowLeftOutlined /> {t('crumb')}
        </Link>
      }
      name={row.name}
      firm={false}
      star={<Star entity="order" id={row.id} />}
      marks={
        <>
          <span className="t3 num">{row.number}</span>
          <CustomerText row={row} />
          <IssueChip row={row} />
        </>
      }
      line={<OrderPath row={row} />}
      actions={
        <>
          <Link to="/orders/$id/contract" params={{ id: row.id }}>
            <Button icon={<PrinterOutlined />}>{t('printContract')}</Button>
          </Link>
          <Actions row={row} />
        </>
      }
      actionsNote={row.ownerName && <Person name={row.ownerName} />}
      figures={figures}
      fields={<OrderFields row={row} />}
      tabs={tabs}
      tab={tab}
      onTab={setTab}
    />
  )
}

function useTabs(row: Order): RecordTab[] {
  const t = useText(text)
  const entity = useEntity(orderEntity)
  const parts = useQuery(useApi().orders.parts.queryOptions({ input: { id: row.id }, meta: { shown: true } }))
  const seesPayments = useCan('payments.read')
  const seesInvoices = useCan('invoices.read')
  const mayEdit = useCan('orders.edit') && row.may?.edit === true && row.deletedAt === null && row.status !== 'cancelled'
  const whole = (content: (found: OrderParts) => ReactNode): ReactNode =>
    parts.data ? (
      content(parts.data)
    ) : parts.error ? (
      <LoadFailed error={parts.error} feature="orders" onRetry={() => void parts.refetch()} />
    ) : (
      <SkeletonRows rows={4} height={36} />
    )
  const { lines, plans, people } = parts.data ?? {}
  return [
    {
      key: 'lines',
      label: t('lines'),
      count: lines?.length,
      content: whole((found) => (
        <>
          <Lines row={row} lines={found.lines} mayEdit={mayEdit} />
          <OrderStock orderId={row.id} />
          <OrderPurchases orderId={row.id} />
        </>
      )),
    },
    {
      key: 'plans',
      label: t('plans'),
      count: plans?.length,
      content: whole((found) => <Plans row={row} plans={found.plans} mayEdit={mayEdit} />),
    },
    ...(seesPayments
      ? [{ key: 'receipts', label: t('receipts'), content: <OrderReceipts order={row} empty={t('noReceipts')} /> }]
      : []),
    ...(seesInvoices ? [{ key: 'invoices', label: t('invoices'), content: <OrderInvoices order={row} /> }] : []),
    {
      key: 'people',
      label: t('people'),
      count: people?.length,
      content: whole((found) => <People row={row} people={found.people} mayEdit={mayEdit} />),
    },
    { key: 'revisions', label: t('revisions'), content: whole((found) => <Revisions revisions={found.revisions} />) },
    {
      key: 'history',
      label: t('history'),
      content: <RecordHistory entity={entity} id={row.id} good={['created', 'delivered']} />,
    },
  ]
}

/** Why it stays, the first reason of several. */
const stayWord = (because: Readonly<Record<string, number>>): 'outRows' | 'invoicedRows' | 'paidRows' => {
  if (because['goodsOut']) return 'outRows'
  return because['invoiceLiving'] ? 'invoicedRows' : 'paidRows'
}

function Actions({ row }: { row: Order }) {
  const t = useText(text)
  const undo = useUndo()
  const navigate = useNavigate()
  const mayRemove = useCan('orders.delete') && row.may?.remove === true && row.deletedAt === null
  const remove = useMutation(
    useApi().orders.removeMany.mutationOptions({
      onSuccess: ({ changed, because, batchId }) => {
        if (changed === 0)
          return undo.say(t('removed', { n: 0 }) + (because ? t(stayWord(because), { n: 1 }) : ''), { batchId: null })
        undo.say(t('removed', { n: changed }), { batchId })
        void navigate({ to: '/orders', search: lastAddress() })
      },
    }),
  )
  if (!mayRemove) return null
  const ask = async () => {
    const n = { n: 1 }
    const sure = await confirm({
      title: t('removeTitle', n),
      body: t('removeBody'),
      yes: t('removeYes', n),
      danger: true,
      undoable: true,
    })
    if (sure) remove.mutate({ selection: { ids: [row.id] } })
  }
  return (
    <Button icon={<DeleteOutlined />} loading={remove.isPending} onClick={() => void ask()}>
      {t('remove')}
    </Button>
  )
}

function DeletedBanner({ row }: { row: Order }) {
  const t = useText(text)
  const undo = useUndo()
  const mayRestore = useCan('orders.delete') && row.may?.remove === true
  const restore = useMutation(
    useApi().recycleBin.restoreOrders.mutationOptions({
      onSuccess: ({ batchId }) => undo.say(t('restored'), { batchId }),
    }),
  )
  return (
    <div className="banner lamp">
      {t('deletedBanner')}
      {mayRestore && (
        <Button size="small" loading={restore.isPending} onClick={() => restore.mutate({ selection: { ids: [row.id] } })}>
          {t('restore')}
        </Button>
      )}
    </div>
  )
}

/** Not there, or not for these eyes: the two look alike on purpose. */
function Gone() {
  const t = useText(text)
  return (
    <main className="page">
      <EmptyState title={t('goneTitle')} hint={t('goneHint')} links={<Link to="/orders">{t('crumb')}</Link>} />
    </main>
  )
}
