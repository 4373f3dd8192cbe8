import './orders.css'
import { PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { Suspense, useState } from 'react'
import type { Order } from '../../../src-shared/features/orders/model.ts'
import type { Figure } from '../../components/RecordLayout.tsx'
import { LoadFailed, Nothing, SkeletonRows } from '../../components/states.tsx'
import { Money } from '../../components/values.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { later } from '../../kernel/later.ts'
import { useText } from '../../kernel/text.ts'
import { StatusText } from './columns.tsx'
import { text } from './text.ts'

const OrderDrawer = later(() => import('./OrderDrawer.tsx').then((module) => module.OrderDrawer))
type CustomerId = NonNullable<Order['customerId']>

const useOfCustomer = (customerId: CustomerId, enabled = true) =>
  useQuery(useApi().orders.ofCustomer.queryOptions({ input: { customerId }, enabled, meta: { shown: true } }))

/** How many a customer has, for the head of a tab. */
export const useOrderCount = (customerId: CustomerId): number | undefined =>
  useOfCustomer(customerId, useCan('orders.read')).data?.length

/** What a customer has bought, paid, owes, and owes too long; nothing before his first order, or without the right. */
export function useMoneyFigures(customerId: CustomerId): Figure[] {
  const t = useText(text)
  const maySee = useCan('orders.read')
  const money = useQuery(
    useApi().orders.moneyOf.queryOptions({ input: { customerId }, enabled: maySee, meta: { shown: true } }),
  ).data
  if (!money || money.orders === 0) return []
  const { totalFen, receivedFen, dueFen, overdueFen } = money
  const figure = (key: string, label: string, fen: number | null, note?: string): Figure[] =>
    fen === null ? [] : [{ key, label, value: <Money fen={fen} short />, ...(note && { note }) }]
  return [
    ...figure('won', t('won'), totalFen, t('ordersN', { n: formatNumber(money.orders) })),
    ...figure('received', t('received'), receivedFen),
    ...figure('due', t('due'), dueFen),
    ...(overdueFen === null
      ? []
      : [
          {
            key: 'overdue',
            label: t('late'),
            value: (
              <span className={overdueFen > 0 ? 'tbad' : undefined}>
                <Money fen={overdueFen} short />
              </span>
            ),
          },
        ]),
  ]
}

/** 订单 of a customer, running ones first, and the way to a new one. */
export function CustomerOrders({ customerId, mayAdd }: { customerId: CustomerId; mayAdd: boolean }) {
  const t = useText(text)
  const navigate = useNavigate()
  const [creating, setCreating] = useState(false)
  const mayCreate = useCan('orders.create') && mayAdd
  const found = useOfCustomer(customerId)
  if (!found.data)
    return found.error ? (
      <LoadFailed error={found.error} feature="orders" onRetry={() => void found.refetch()} />
    ) : (
      <SkeletonRows rows={3} height={44} />
    )
  return (
    <div>
      {mayCreate && (
        <div className="row g8 gap-below">
          <span className="grow" />
          <Button size="small" icon={<PlusOutlined />} onClick={() => setCreating(true)}>
            {t('newOrder')}
          </Button>
        </div>
      )}
      {found.data.length === 0 && <Nothing>{t('noneHere')}</Nothing>}
      {found.data.map((row) => (
        <Link key={row.id} to="/orders/$id" params={{ id: row.id }} className="order-line">
          <span className="grow el t1">
            <span className="b">{row.name}</span>
            <span className="t3 s12 num"> {row.number}</span>
          </span>
          {row.signedOn && <span className="t3 s12 num">{row.signedOn}</span>}
          <StatusText row={row} />
          <Money fen={row.totalFen} short />
        </Link>
      ))}
      <Suspense>
        {creating && (
          <OrderDrawer
            customerId={customerId}
            onClose={() => setCreating(false)}
            onCreated={(row) => void navigate({ to: `/orders/${row.id}` })}
          />
        )}
      </Suspense>
    </div>
  )
}
