import './payments.css'
import { PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { Suspense, useState } from 'react'
import type { Order } from '../../../src-shared/features/orders/model.ts'
import { LoadFailed, Nothing, SkeletonRows } from '../../components/states.tsx'
import { Money } from '../../components/values.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { formatMoney } from '../../kernel/format.ts'
import { later } from '../../kernel/later.ts'
import { fieldWord, optionWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { KindText, signed } from './columns.tsx'
import { text } from './text.ts'

const PaymentDrawer = later(() => import('./PaymentDrawer.tsx').then((module) => module.PaymentDrawer))
type CustomerId = NonNullable<Order['customerId']>

const useOfCustomer = (customerId: CustomerId, enabled = true) =>
  useQuery(useApi().payments.ofCustomer.queryOptions({ input: { customerId }, enabled, meta: { shown: true } }))

/** How many came from a customer, for the head of a tab. */
export const usePaymentCount = (customerId: CustomerId): number | undefined =>
  useOfCustomer(customerId, useCan('payments.read')).data?.length

/** 回款 of a customer, the newest first. */
export function CustomerPayments({ customerId }: { customerId: CustomerId }) {
  const t = useText(text)
  const [adding, setAdding] = useState(false)
  const mayWrite = useCan('payments.write')
  const found = useOfCustomer(customerId)
  if (!found.data)
    return found.error ? (
      <LoadFailed error={found.error} feature="payments" onRetry={() => void found.refetch()} />
    ) : (
      <SkeletonRows rows={3} height={44} />
    )
  return (
    <div>
      {mayWrite && (
        <div className="row g8 gap-below">
          <span className="grow" />
          <Button size="small" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {t('add')}
          </Button>
        </div>
      )}
      {found.data.length === 0 && <Nothing>{t('noneHere')}</Nothing>}
      {found.data.map((row) => (
        <div key={row.id} className="payment-line">
          <span className="num t3 s12">{row.receivedOn}</span>
          <span className="grow el">
            <span className="num">{row.number}</span>
            <span className="t3 s12">
              {' '}
              {row.method && optionWord('payments', 'method', row.method)} {row.reference}
            </span>
          </span>
          {row.restFen !== null && row.restFen > 0 && (
            <span className="t3 s12 num">{`${fieldWord('payments', 'restFen')} ${formatMoney(row.restFen)}`}</span>
          )}
          <KindText row={row} />
          <Money fen={signed(row)} />
        </div>
      ))}
      <Suspense>{adding && <PaymentDrawer customerId={customerId} onClose={() => setAdding(false)} />}</Suspense>
    </div>
  )
}
