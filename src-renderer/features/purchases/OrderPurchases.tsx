import './purchases.css'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { OrderId } from '../../../src-shared/features/orders/model.ts'
import { useApi, useCan } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { StateText } from './columns.tsx'
import { text } from './text.ts'

/** What is bought for an order; nothing where nothing is. */
export function OrderPurchases({ orderId }: { orderId: OrderId }) {
  const t = useText(text)
  const maySee = useCan('purchases.read')
  const found = useQuery(
    useApi().purchases.ofOrder.queryOptions({ input: { orderId }, enabled: maySee, meta: { shown: true } }),
  ).data
  if (!found || found.length === 0) return null
  return (
    <section className="order-purchases" aria-label={t('purchases')}>
      <div className="b t2">{t('purchases')}</div>
      {found.map((row) => (
        <Link key={row.id} to="/purchases/$id" params={{ id: row.id }} className="purchase-line t1">
          <span className="num">{row.number}</span>
          <span className="grow el t3 s12">{row.goods}</span>
          <StateText row={row} />
        </Link>
      ))}
    </section>
  )
}
