import './orders.css'
import { PrinterOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { orderEntity } from '../../../src-shared/features/orders/entity.ts'
import type { Order, OrderId, OrderParts } from '../../../src-shared/features/orders/model.ts'
import { Person } from '../../components/Avatar.tsx'
import { RecordLayout, type RecordTab } from '../../components/RecordLayout.tsx'
import { LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { ListCrumb, RecordFrame } from '../../components/RecordFrame.tsx'
import { fieldRightOf, useApi, useCan, useClient, useMe } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { ApprovalsOf } from '../approvals/public.ts'
import { Star } from '../favourites/public.ts'
import { useEntity } from '../fields/public.ts'
import { RecordHistory } from '../history/public.ts'
import { OrderInvoices } from '../invoices/public.ts'
import { OrderReceipts } from '../payments/public.ts'
import { OrderPurchases } from '../purchases/public.ts'
import { OrderStock } from '../stock/public.ts'
import { DeletedBanner, RemoveButton, useNeighbours } from '../lists/public.ts'
import { ApprovalMark, HandIn } from './HandIn.tsx'
import { CustomerText, IssueChip } from './columns.tsx'
import { useFigures } from './figures.tsx'
import { Lines } from './Lines.tsx'
import { OrderFields } from './OrderFields.tsx'
import { OrderPath } from './OrderPath.tsx'
import { People } from './People.tsx'
import { Plans } from './Plans.tsx'
import { Revisions } from './Revisions.tsx'
import { text } from './text.ts'
import { STAYS } from './words.ts'

/** An order in full. */
export function OrderRecordPage() {
  const t = useText(text)
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const found = useQuery(useApi().orders.get.queryOptions({ input: { id: id as OrderId }, meta: { shown: true } }))
  const { restoreOrders } = useClient().recycleBin
  const mayRestore = useCan('orders.delete')
  return (
    <RecordFrame id={id} found={found} feature="orders" to="/orders" words={t} title={({ name }) => name}>
      {(row) => (
        <>
          {row.deletedAt && (
            <DeletedBanner id={row.id} words={t} mayRestore={mayRestore && row.may?.remove === true} call={restoreOrders} />
          )}
          <Record key={row.id} row={row} />
        </>
      )}
    </RecordFrame>
  )
}

function Record({ row }: { row: Order }) {
  const t = useText(text)
  const [tab, setTab] = useState('lines')
  const figures = useFigures(row)
  const { list } = useApi().orders
  const neighbours = useNeighbours<Order>(row.id, {
    to: '/orders',
    group: t('crumb'),
    page: (input) => list.queryOptions({ input }),
  })
  const tabs = useTabs(row)
  return (
    <RecordLayout
      kind="order"
      crumb={<ListCrumb to="/orders">{t('crumb')}</ListCrumb>}
      {...neighbours}
      name={row.name}
      firm={false}
      star={<Star entity="order" id={row.id} />}
      marks={
        <>
          <span className="t3 num">{row.number}</span>
          <CustomerText row={row} />
          <IssueChip row={row} />
          <ApprovalMark row={row} />
        </>
      }
      line={<OrderPath row={row} />}
      actions={
        <>
          <Link to="/orders/$id/contract" params={{ id: row.id }}>
            <Button icon={<PrinterOutlined />}>{t('printContract')}</Button>
          </Link>
          <HandIn row={row} />
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
  // What somebody is asked about stands still.
  const isOpen = row.approval !== 'pending'
  const me = useMe()
  const writes = (key: string): boolean => mayEdit && fieldRightOf(me, 'order', key) === 'write'
  const sees = (key: string): boolean => ['read', 'write'].includes(fieldRightOf(me, 'order', key))
  const whole = (content: (found: OrderParts) => ReactNode): ReactNode =>
    parts.data ? (
      content(parts.data)
    ) : parts.error ? (
      <LoadFailed error={parts.error} feature="orders" onRetry={() => void parts.refetch()} />
    ) : (
      <SkeletonRows rows={4} height={36} />
    )
  const approvals = useQuery(
    useApi().approvals.ofRecord.queryOptions({ input: { subject: 'order', id: row.id }, meta: { shown: true } }),
  ).data
  const { lines, plans, people } = parts.data ?? {}
  return [
    {
      key: 'lines',
      label: t('lines'),
      count: lines?.length,
      content: whole((found) => (
        <>
          <Lines row={row} lines={found.lines} mayEdit={writes('linesFen') && isOpen} />
          <OrderStock orderId={row.id} />
          <OrderPurchases orderId={row.id} />
        </>
      )),
    },
    {
      key: 'plans',
      label: t('plans'),
      count: plans?.length,
      content: whole((found) => (
        <Plans row={row} plans={found.plans} mayEdit={isOpen && writes('dueFen') && sees('totalFen') && sees('receivedFen')} />
      )),
    },
    ...(seesPayments
      ? [{ key: 'receipts', label: t('receipts'), content: <OrderReceipts order={row} empty={t('noReceipts')} /> }]
      : []),
    ...(seesInvoices ? [{ key: 'invoices', label: t('invoices'), content: <OrderInvoices order={row} /> }] : []),
    {
      key: 'people',
      label: t('people'),
      count: people?.length,
      content: whole((found) => <People row={row} people={found.people} mayEdit={writes('ownerId')} />),
    },
    ...(approvals?.length
      ? [
          {
            key: 'approvals',
            label: t('approvals'),
            content: <ApprovalsOf subject="order" id={row.id} />,
            count: approvals.length,
          },
        ]
      : []),
    { key: 'revisions', label: t('revisions'), content: whole((found) => <Revisions revisions={found.revisions} />) },
    {
      key: 'history',
      label: t('history'),
      content: <RecordHistory entity={entity} id={row.id} good={['created', 'delivered']} />,
    },
  ]
}

function Actions({ row }: { row: Order }) {
  const t = useText(text)
  const { removeMany } = useClient().orders
  const mayRemove = useCan('orders.delete') && row.may?.remove === true && row.deletedAt === null && row.approval !== 'pending'
  return mayRemove && <RemoveButton id={row.id} to="/orders" words={t} call={removeMany} stays={STAYS} />
}
