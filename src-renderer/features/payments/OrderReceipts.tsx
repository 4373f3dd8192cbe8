import './payments.css'
import { PlusOutlined, RollbackOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { Suspense, useState } from 'react'
import type { Order } from '../../../src-shared/features/orders/model.ts'
import type { Receipt } from '../../../src-shared/features/payments/model.ts'
import { LoadFailed, Nothing, SkeletonRows } from '../../components/states.tsx'
import { Money } from '../../components/values.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { later } from '../../kernel/later.ts'
import { optionWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { KindText } from './columns.tsx'
import { text } from './text.ts'

const PaymentDrawer = later(() => import('./PaymentDrawer.tsx').then((module) => module.PaymentDrawer))
const RefundDialog = later(() => import('./RefundDialog.tsx').then((module) => module.RefundDialog))

/** 回款 of an order: what came and went, the newest first, and the way to more. */
export function OrderReceipts({ order, empty }: { order: Order; empty: string }) {
  const t = useText(text)
  const [adding, setAdding] = useState(false)
  const [refunding, setRefunding] = useState<Receipt | null>(null)
  const mayWrite = useCan('payments.write') && order.deletedAt === null && order.customerName !== null
  const found = useQuery(useApi().payments.ofOrder.queryOptions({ input: { orderId: order.id }, meta: { shown: true } }))
  if (!found.data)
    return found.error ? (
      <LoadFailed error={found.error} feature="payments" onRetry={() => void found.refetch()} />
    ) : (
      <SkeletonRows rows={3} height={44} />
    )
  const mayAdd = mayWrite && order.status !== 'cancelled' && order.customerId !== null
  return (
    <div>
      {mayAdd && (
        <div className="row g8 gap-below">
          <span className="grow" />
          <Button size="small" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {t('add')}
          </Button>
        </div>
      )}
      {found.data.length === 0 && <Nothing>{empty}</Nothing>}
      {found.data.map((one) => (
        <div key={`${one.paymentId} ${one.planDueOn ?? ''}`} className="payment-line">
          <span className="num t3 s12">{one.receivedOn}</span>
          <span className="grow el">
            <span className="num">{one.number}</span>
            <span className="t3 s12">
              {' '}
              {optionWord('payments', 'method', one.method)} {one.reference}{' '}
              {one.planDueOn && t('planOf', { day: one.planDueOn })}
            </span>
          </span>
          <KindText row={one} />
          <Money fen={one.amountFen} />
          {mayWrite && one.kind === 'payment' && (
            <Button size="small" icon={<RollbackOutlined />} onClick={() => setRefunding(one)}>
              {t('refund')}
            </Button>
          )}
        </div>
      ))}
      <Suspense>
        {adding && order.customerId && (
          <PaymentDrawer customerId={order.customerId} orderId={order.id} onClose={() => setAdding(false)} />
        )}
        {refunding && (
          <RefundDialog
            payment={{ id: refunding.paymentId, number: refunding.number, method: refunding.method }}
            allocations={[]}
            onClose={() => setRefunding(null)}
          />
        )}
      </Suspense>
    </div>
  )
}
