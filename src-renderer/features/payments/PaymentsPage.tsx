import './payments.css'
import { useState } from 'react'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { paymentEntity } from '../../../src-shared/features/payments/entity.ts'
import type { Payment } from '../../../src-shared/features/payments/model.ts'
import { Money } from '../../components/values.tsx'
import { useApi, useCan, useClient } from '../../kernel/context.tsx'
import { later } from '../../kernel/later.ts'
import { useText } from '../../kernel/text.ts'
import { ImportButton } from '../imports/public.ts'
import { ListPage, useBulkWork, useRecordList } from '../lists/public.ts'
import { KindText, signed, usePaymentColumns } from './columns.tsx'
import { usePaymentViews } from './systemViews.ts'
import { text } from './text.ts'

const PaymentPanel = later(() => import('./PaymentPanel.tsx').then((module) => module.PaymentPanel))
const PaymentDrawer = later(() => import('./PaymentDrawer.tsx').then((module) => module.PaymentDrawer))

const RELATED = [customerEntity]
/** Why a payment is not deleted. */
const STAYS = { hasRefunds: 'keptRows', refundPending: 'askedRows' } as const

/** 回款: money that came and went in one list with views, and what it is for at its side. */
export function PaymentsPage() {
  const t = useText(text)
  const records = useRecordList<Payment>({
    entity: paymentEntity,
    related: RELATED,
    to: '/payments',
    system: usePaymentViews(),
    columns: usePaymentColumns(),
    calls: useApi().payments,
    exports: ['customers.export'],
  })
  const [creating, setCreating] = useState(false)
  const mayWrite = useCan('payments.write')
  const { payments } = useClient()
  const { exporting, removing } = useBulkWork(records, { words: t, calls: payments, mayRemove: mayWrite, stays: STAYS })
  const create = () => setCreating(true)
  const making = { id: 'payments.add', label: t('add'), pinyin: 'deng ji hui kuan', group: t('payments'), run: create }
  return (
    <ListPage
      records={records}
      names={{ one: t('payment'), many: t('payments') }}
      words={t}
      making={mayWrite ? making : undefined}
      imports={<ImportButton kind="payment" />}
      bulk={[...exporting, ...removing]}
      describe={describe}
      panel={(at) => <PaymentPanel {...at} />}
    >
      {creating && <PaymentDrawer onClose={() => setCreating(false)} />}
    </ListPage>
  )
}

const describe = (row: Payment) => ({
  title: row.customerName ?? row.number,
  facts: [<KindText key="kind" row={row} />, row.receivedOn, row.number].filter(Boolean),
  state: <Money fen={signed(row)} short />,
})
