import { EditOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { Suspense, useState } from 'react'
import type { Line, Order } from '../../../src-shared/features/orders/model.ts'
import { workedLine } from '../../components/lines/worked.ts'
import { SimpleTable } from '../../components/SimpleTable.tsx'
import { Nothing } from '../../components/states.tsx'
import { Dash, Money } from '../../components/values.tsx'
import { fieldRightOf, useMe } from '../../kernel/context.tsx'
import { formatMoney } from '../../kernel/format.ts'
import { later } from '../../kernel/later.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { Sum } from './Sum.tsx'
import { text } from './text.ts'

const LinesEditor = later(() => import('./LinesEditor.tsx').then((module) => module.LinesEditor))

/** 明细: what was sold, and what it comes to; edited as a whole. */
export function Lines({ row, lines, mayEdit }: { row: Order; lines: readonly Line[]; mayEdit: boolean }) {
  const t = useText(text)
  const [isEditing, setEditing] = useState(false)
  if (isEditing)
    return (
      <Suspense>
        <LinesEditor row={row} lines={lines} onClose={() => setEditing(false)} />
      </Suspense>
    )
  return (
    <div>
      {mayEdit && (
        <div className="row g8 gap-below">
          <span className="grow" />
          <Button size="small" icon={<EditOutlined />} onClick={() => setEditing(true)}>
            {t('editLines')}
          </Button>
        </div>
      )}
      {lines.length === 0 ? <Nothing>{t('noLines')}</Nothing> : <Shown lines={lines} />}
      <Sums row={row} />
    </div>
  )
}

function Shown({ lines }: { lines: readonly Line[] }) {
  const t = useText(text)
  const isPhone = useIsPhone()
  if (isPhone)
    return lines.map((line) => (
      <div key={line.id} className="order-line">
        <span className="grow">
          <span className="b">{line.name}</span>
          <span className="t3 s12 num order-worked">{workedLine(line)}</span>
        </span>
        <Money fen={line.amountFen} />
      </div>
    ))
  return (
    <SimpleTable
      rows={lines}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'name',
          title: t('product'),
          render: ({ name, note }) => (
            <>
              <span className="b">{name}</span>
              {note && <span className="t3 s12"> {note}</span>}
            </>
          ),
        },
        {
          key: 'quantity',
          title: t('quantity'),
          width: 96,
          align: 'right',
          render: ({ quantity, unit }) => <span className="num">{`${quantity} ${unit ?? ''}`}</span>,
        },
        { key: 'price', title: t('price'), width: 110, align: 'right', render: ({ priceFen }) => <Money fen={priceFen} /> },
        {
          key: 'discount',
          title: t('discount'),
          width: 76,
          align: 'right',
          render: ({ discount }) => (discount === '0' ? <Dash /> : <span className="num">{discount}</span>),
        },
        {
          key: 'tax',
          title: t('taxRate'),
          width: 76,
          align: 'right',
          render: ({ taxRate }) => (taxRate === null ? <Dash /> : <span className="num">{taxRate}</span>),
        },
        { key: 'amount', title: t('amount'), width: 120, align: 'right', render: ({ amountFen }) => <Money fen={amountFen} /> },
      ]}
    />
  )
}

function Sums({ row }: { row: Order }) {
  const t = useText(text)
  const me = useMe()
  const sees = (key: string) => fieldRightOf(me, 'order', key) !== 'hidden'
  const { linesFen, discountFen, totalFen, taxFen, costFen } = row
  const profit = totalFen === null || costFen === null ? null : totalFen - (taxFen ?? 0) - costFen - (row.expenseFen ?? 0)
  return (
    <div className="order-sums num">
      {sees('linesFen') && discountFen ? (
        <>
          <Sum label={t('linesFen')} fen={linesFen} />
          <Sum label={t('wholeDiscount')} fen={-discountFen} />
        </>
      ) : null}
      {sees('totalFen') && <Sum label={t('total')} fen={totalFen} strong />}
      {sees('taxFen') && taxFen ? <span className="t3 s12">{t('tax', { sum: formatMoney(taxFen) })}</span> : null}
      {sees('costFen') && costFen !== null && (
        <>
          <Sum label={t('cost')} fen={costFen} />
          <Sum label={t('profit')} fen={profit} />
        </>
      )}
    </div>
  )
}
