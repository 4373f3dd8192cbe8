import './stock.css'
import { useQuery } from '@tanstack/react-query'
import type { OrderId } from '../../../src-shared/features/orders/model.ts'
import type { OrderStock as Standing } from '../../../src-shared/features/stock/model.ts'
import { useApi } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

/** How an order stands with stock, product by product; nothing where it asks for none. */
export function OrderStock({ orderId }: { orderId: OrderId }) {
  const t = useText(text)
  const found = useQuery(useApi().stock.ofOrder.queryOptions({ input: { orderId }, meta: { shown: true } })).data
  if (!found || found.length === 0) return null
  return (
    <section className="order-stock" aria-label={t('orderStock')}>
      <div className="b t2">{t('orderStock')}</div>
      {found.map((one) => (
        <div key={`${one.productId} ${one.warehouseName}`} className="stock-line">
          <span className="grow el">
            {one.name} <span className="t3 s12">{one.warehouseName}</span>
          </span>
          <Told one={one} />
        </div>
      ))}
    </section>
  )
}

function Told({ one: { wanted, kept, short, sent, unit } }: { one: Standing }) {
  const t = useText(text)
  const n = (value: string) => ({ n: [value, unit].filter(Boolean).join(' ') })
  const back = sent.startsWith('-')
  return (
    <span className="row g8 num">
      {wanted !== '0' && kept !== '0' && <span>{t('stockKept', n(kept))}</span>}
      {short !== '0' && <span className="twarn">{t('stockShort', n(short))}</span>}
      {sent !== '0' && <span>{t(back ? 'stockSentBack' : 'stockSent', n(back ? sent.slice(1) : sent))}</span>}
    </span>
  )
}
