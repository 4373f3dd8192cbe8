import './purchases.css'
import { EditOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { Suspense, useState } from 'react'
import type { Purchase, PurchaseLine } from '../../../src-shared/features/purchases/model.ts'
import { type SimpleColumn, SimpleTable } from '../../components/SimpleTable.tsx'
import { Nothing } from '../../components/states.tsx'
import { Dash, Money } from '../../components/values.tsx'
import { fieldRightOf, useCan, useMe } from '../../kernel/context.tsx'
import { later } from '../../kernel/later.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

type Column = SimpleColumn<PurchaseLine>
const LinesEditor = later(() => import('./LinesEditor.tsx').then((module) => module.LinesEditor))

/** 明细: what is to be bought and what of it has arrived; written while it is a draft. */
export function Lines({ row, lines }: { row: Purchase; lines: readonly PurchaseLine[] }) {
  const t = useText(text)
  const mayWrite = useCan('purchases.write') && row.state === 'draft'
  const [isEditing, setEditing] = useState(false)
  if (mayWrite && (isEditing || lines.length === 0))
    return (
      <Suspense>
        <LinesEditor row={row} lines={lines} onClose={() => setEditing(false)} />
      </Suspense>
    )
  return (
    <div>
      {mayWrite && (
        <div className="row g8 gap-below">
          <span className="grow" />
          <Button size="small" icon={<EditOutlined />} onClick={() => setEditing(true)}>
            {t('editLines')}
          </Button>
        </div>
      )}
      {lines.length === 0 ? <Nothing>{t('noLines')}</Nothing> : <Shown row={row} lines={lines} />}
    </div>
  )
}

const OrderLink = ({ line: { orderId, orderName } }: { line: PurchaseLine }) =>
  orderId === null ? null : (
    <Link to="/orders/$id" params={{ id: orderId }} className="num s12">
      {orderName}
    </Link>
  )

const told = (quantity: string, unit: string | null) => [quantity, unit].filter(Boolean).join(' ')
const orDash = (quantity: string) => (quantity === '0' ? <Dash /> : <span className="num">{quantity}</span>)

function Shown({ row, lines }: { row: Purchase; lines: readonly PurchaseLine[] }) {
  const t = useText(text)
  const me = useMe()
  const isPhone = useIsPhone()
  const seesPrices = fieldRightOf(me, 'purchase', 'amountFen') !== 'hidden'
  return (
    <>
      {isPhone ? <OnPhone lines={lines} seesPrices={seesPrices} /> : <OnDesk lines={lines} seesPrices={seesPrices} />}
      {seesPrices && (
        <div className="purchase-sum num">
          <span className="t3">{t('total')}</span> <Money fen={row.amountFen} />
        </div>
      )}
    </>
  )
}

type ShownProps = { lines: readonly PurchaseLine[]; seesPrices: boolean }
function OnPhone({ lines, seesPrices }: ShownProps) {
  const t = useText(text)
  return lines.map((line) => (
    <div key={line.id} className="purchase-line">
      <span className="grow">
        <span className="b">{line.name}</span> <OrderLink line={line} />
        <br />
        <span className="t3 s12 num">
          {t('quantity')} {told(line.quantity, line.unit)} · {t('received')} {line.received}
        </span>
      </span>
      {seesPrices && <Money fen={line.amountFen} />}
    </div>
  ))
}

function OnDesk({ lines, seesPrices }: ShownProps) {
  const t = useText(text)
  const column = (
    key: 'quantity' | 'received' | 'open' | 'price' | 'amount',
    width: number,
    render: Column['render'],
  ): Column => ({
    key,
    title: t(key),
    width,
    align: 'right',
    render,
  })
  const name = ({ name: called, spec, note }: PurchaseLine) => (
    <>
      <span className="b">{called}</span> <span className="t3 s12">{[spec, note].filter(Boolean).join(' · ')}</span>
    </>
  )
  const prices = [
    column('price', 110, ({ priceFen }) => <Money fen={priceFen} />),
    column('amount', 120, ({ amountFen }) => <Money fen={amountFen} />),
  ]
  return (
    <SimpleTable
      rows={lines}
      rowKey={({ id }) => id}
      columns={[
        { key: 'name', title: t('product'), render: name },
        { key: 'order', title: t('forOrder'), width: 150, render: (line) => <OrderLink line={line} /> },
        column('quantity', 96, ({ quantity, unit }) => <span className="num">{told(quantity, unit)}</span>),
        column('received', 80, ({ received }) => orDash(received)),
        column('open', 80, ({ open }) => orDash(open)),
        ...(seesPrices ? prices : []),
      ]}
    />
  )
}
