import { InputNumber } from 'antd'
import type { Order } from '../../../src-shared/features/orders/model.ts'
import type { AllocationInput } from '../../../src-shared/features/payments/model.ts'
import { formatMoney } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

export type Parts = Readonly<Record<string, number>>
/** An order that money may be for, and how much more of it. */
export type OpenOrder = Pick<Order, 'id' | 'name' | 'number'> & { readonly openFen: number }

export const partsToSend = (parts: Parts): AllocationInput[] =>
  Object.entries(parts).flatMap(([orderId, amountFen]) =>
    amountFen > 0 ? [{ orderId: orderId as Order['id'], planId: null, amountFen }] : [],
  )
export const sumOf = (parts: Parts): number => Object.values(parts).reduce((sum, part) => sum + part, 0)

/** An amount laid over open orders, the first ones first. */
export function laidOver(amountFen: number, orders: readonly OpenOrder[]): Parts {
  const parts: Record<string, number> = {}
  let left = amountFen
  for (const { id, openFen } of orders) {
    const part = Math.min(left, openFen)
    if (part > 0) parts[id] = part
    left -= Math.max(0, part)
  }
  return parts
}

type AllocationsProps = { orders: readonly OpenOrder[]; parts: Parts; onChange: (parts: Parts) => void; amountFen: number }
/** What of a payment is for which order; what is over is said. */
export function Allocations({ orders, parts, onChange, amountFen }: AllocationsProps) {
  const t = useText(text)
  const rest = amountFen - sumOf(parts)
  return (
    <section>
      <h3 className="form-group t2 s12 b">{t('allocations')}</h3>
      {orders.length === 0 && <p className="t3 s12">{t('noOpenOrders')}</p>}
      {orders.map(({ id, name, number, openFen }) => (
        <div key={id} className="payment-part">
          <span className="el">
            <span className="b">{name}</span>
            <span className="t3 s12 num"> {number}</span>
            <div className="t3 s12 num">{t('open', { sum: formatMoney(openFen) })}</div>
          </span>
          <InputNumber
            className="num"
            controls={false}
            min={0}
            precision={2}
            prefix="¥"
            aria-label={name}
            value={parts[id] === undefined ? null : parts[id] / 100}
            onChange={(next) => {
              const { [id]: _old, ...others } = parts
              onChange(typeof next === 'number' && next > 0 ? { ...others, [id]: Math.round(next * 100) } : others)
            }}
          />
        </div>
      ))}
      {rest !== 0 && amountFen > 0 && (
        <p className={rest < 0 ? 'tbad s12 num' : 't3 s12 num'} role="status">
          {rest < 0 ? t('overBy', { sum: formatMoney(-rest) }) : t('restStays', { sum: formatMoney(rest) })}
        </p>
      )}
    </section>
  )
}
