import './orders.css'
import { useState } from 'react'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { orderEntity } from '../../../src-shared/features/orders/entity.ts'
import type { Order } from '../../../src-shared/features/orders/model.ts'
import { Money } from '../../components/values.tsx'
import { fieldRightOf, useApi, useCan, useClient, useMe } from '../../kernel/context.tsx'
import { later } from '../../kernel/later.ts'
import { useText } from '../../kernel/text.ts'
import { useOwnerOptions } from '../customers/public.ts'
import { ImportButton } from '../imports/public.ts'
import { ListPage, type RecordList, useBulkWork, useRecordList, useTransfer } from '../lists/public.ts'
import { StatusText, useOrderColumns } from './columns.tsx'
import { useOrderViews } from './systemViews.ts'
import { text } from './text.ts'
import { STAYS } from './words.ts'

const OrderPanel = later(() => import('./OrderPanel.tsx').then((module) => module.OrderPanel))
const OrderDrawer = later(() => import('./OrderDrawer.tsx').then((module) => module.OrderDrawer))

const RELATED = [customerEntity]
/** What of orders comes in from files of its own. */
const PARTS = ['paymentPlan', 'orderPerson'] as const
const NOTHING = [] as const
/** By which field of an order its part is seen. */
const SEEN_BY = { paymentPlan: 'dueFen', orderPerson: 'ownerId' } as const
const pageOf = ({ id }: Order) => `/orders/${id}`

/** 订单: everything that was sold in one list with views, and the record at its side. */
export function OrdersPage() {
  const t = useText(text)
  const records = useRecordList<Order>({
    entity: orderEntity,
    related: RELATED,
    to: '/orders',
    system: useOrderViews(),
    columns: useOrderColumns(),
    calls: useApi().orders,
    exports: ['orders.export', 'customers.export'],
    pageOf,
  })
  const [creating, setCreating] = useState(false)
  const mayEdit = useCan('orders.edit')
  const me = useMe()
  const exported = PARTS.filter((part) => fieldRightOf(me, 'order', SEEN_BY[part]) !== 'hidden')
  const { bulk, dialog } = useBulk(records)
  const create = () => setCreating(true)
  const making = { id: 'orders.create', label: t('newOrder'), pinyin: 'xin jian ding dan', group: t('orders'), run: create }
  return (
    <ListPage
      records={records}
      names={{ one: t('order'), many: t('orders') }}
      words={t}
      making={useCan('orders.create') ? making : undefined}
      imports={<ImportButton kind="order" also={mayEdit ? PARTS : NOTHING} />}
      exportParts={exported}
      bulk={bulk}
      describe={describe}
      panel={(at) => <OrderPanel {...at} />}
    >
      {creating && <OrderDrawer onClose={() => setCreating(false)} onCreated={(row) => records.openPage(row, 0)} />}
      {dialog}
    </ListPage>
  )
}

/** What can be done with many orders at once; each ends in a toast with counts and a way back. */
function useBulk(records: RecordList<Order>) {
  const t = useText(text)
  const { orders } = useClient()
  const work = useBulkWork(records, { words: t, calls: orders, mayRemove: useCan('orders.delete'), stays: STAYS })
  const giving = useTransfer(records, work, {
    words: t,
    owners: useOwnerOptions(),
    may: useCan('orders.transfer'),
    call: (selection, ownerId, options) => orders.editMany({ selection, values: { ownerId } }, options),
  })
  return { bulk: [...giving.actions, ...work.exporting, ...work.removing], dialog: giving.dialog }
}

const describe = (row: Order) => ({
  title: row.name,
  facts: [<StatusText key="status" row={row} />, row.customerName, row.ownerName].filter(Boolean),
  state: <Money fen={row.totalFen} short />,
})
