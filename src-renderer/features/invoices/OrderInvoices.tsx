import './invoices.css'
import { FileTextOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { Suspense, useState } from 'react'
import type { Order } from '../../../src-shared/features/orders/model.ts'
import { LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { Money } from '../../components/values.tsx'
import { fieldRightOf, useApi, useCan, useMe } from '../../kernel/context.tsx'
import { later } from '../../kernel/later.ts'
import { useText } from '../../kernel/text.ts'
import { Papers } from './Papers.tsx'
import { text } from './text.ts'

const InvoiceDrawer = later(() => import('./InvoiceDrawer.tsx').then((module) => module.InvoiceDrawer))

/** 发票 of an order: what may still be invoiced, and the invoices that stand on it. */
export function OrderInvoices({ order }: { order: Order }) {
  const t = useText(text)
  const me = useMe()
  const [adding, setAdding] = useState(false)
  const isOpen = order.deletedAt === null && order.customerName !== null && (order.uninvoicedFen ?? 0) > 0
  const mayAsk = useCan('invoices.create') && isOpen
  const found = useQuery(useApi().invoices.ofOrder.queryOptions({ input: { orderId: order.id }, meta: { shown: true } }))
  const seesSums = fieldRightOf(me, 'order', 'totalFen') !== 'hidden'
  return (
    <div>
      <div className="row g8 gap-below">
        <span className="grow inv-sums">
          {seesSums && (
            <>
              <span>
                <span className="t3 s12">{t('openLabel')} </span>
                <span className="b" data-sum="uninvoiced">
                  <Money fen={order.uninvoicedFen} />
                </span>
              </span>
              <span className="t3 s12">
                {t('invoicedLabel')} <Money fen={order.invoicedFen} />
              </span>
            </>
          )}
        </span>
        {mayAsk && (
          <Button size="small" icon={<FileTextOutlined />} onClick={() => setAdding(true)}>
            {t('add')}
          </Button>
        )}
      </div>
      {found.data ? (
        <Papers papers={found.data} />
      ) : found.error ? (
        <LoadFailed error={found.error} feature="invoices" onRetry={() => void found.refetch()} />
      ) : (
        <SkeletonRows rows={3} height={44} />
      )}
      <Suspense>
        {adding && order.customerId && (
          <InvoiceDrawer customerId={order.customerId} orderId={order.id} onClose={() => setAdding(false)} />
        )}
      </Suspense>
    </div>
  )
}
