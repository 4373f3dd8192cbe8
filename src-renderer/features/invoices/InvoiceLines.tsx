import { InputNumber } from 'antd'
import type { InvoiceLineInput } from '../../../src-shared/features/invoices/model.ts'
import type { Order } from '../../../src-shared/features/orders/model.ts'
import { formatMoney } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

/** Fen by order. */
export type Parts = Readonly<Record<string, number>>
/** An order that may be invoiced, and how much more of it. */
export type OpenOrder = Pick<Order, 'id' | 'name' | 'number'> & { readonly openFen: number }

export const linesToSend = (parts: Parts): InvoiceLineInput[] =>
  Object.entries(parts).flatMap(([orderId, amountFen]) => (amountFen > 0 ? [{ orderId: orderId as Order['id'], amountFen }] : []))
export const sumOf = (parts: Parts): number => Object.values(parts).reduce((sum, part) => sum + part, 0)
/** The first order of which more is asked than is open. */
export const overIn = (parts: Parts, orders: readonly OpenOrder[]): OpenOrder | undefined =>
  orders.find(({ id, openFen }) => (parts[id] ?? 0) > openFen)

type InvoiceLinesProps = { orders: readonly OpenOrder[]; parts: Parts; onChange: (parts: Parts) => void }
/** What of an invoice is for which order; what is more than open is said before it is sent. */
export function InvoiceLines({ orders, parts, onChange }: InvoiceLinesProps) {
  const t = useText(text)
  const over = overIn(parts, orders)
  return (
    <section>
      <h3 className="form-group t2 s12 b">{t('lines')}</h3>
      {orders.length === 0 && <p className="t3 s12">{t('noOpenOrders')}</p>}
      {orders.map(({ id, name, number, openFen }) => (
        <div key={id} className="inv-part">
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
      {orders.length > 0 && (
        <p className={over ? 'tbad s12 num' : 't2 s12 num'} role="status">
          {over
            ? t('overBy', { name: over.name, sum: formatMoney(over.openFen) })
            : t('total', { sum: formatMoney(sumOf(parts)) })}
        </p>
      )}
    </section>
  )
}
