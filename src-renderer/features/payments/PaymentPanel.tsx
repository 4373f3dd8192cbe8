import './payments.css'
import { RollbackOutlined, SwapOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { Suspense, useState } from 'react'
import { paymentEntity } from '../../../src-shared/features/payments/entity.ts'
import type { Payment, PaymentEdit, PaymentParts } from '../../../src-shared/features/payments/model.ts'
import type { FieldValue } from '../../components/FieldEditor.tsx'
import { Chip } from '../../components/marks.tsx'
import { Figures } from '../../components/RecordLayout.tsx'
import { SidePanel } from '../../components/SidePanel.tsx'
import { Nothing } from '../../components/states.tsx'
import { Money } from '../../components/values.tsx'
import { fieldRightOf, useApi, useCan, useMe } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { later } from '../../kernel/later.ts'
import { fieldWord, optionWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { ApprovalsOf } from '../approvals/public.ts'
import { useEntity } from '../fields/public.ts'
import { LaidFields } from '../layouts/public.ts'
import { KindText, PaymentValue, signed } from './columns.tsx'
import { text } from './text.ts'

const RefundDialog = later(() => import('./RefundDialog.tsx').then((module) => module.RefundDialog))
const AllocateDialog = later(() => import('./AllocateDialog.tsx').then((module) => module.AllocateDialog))

type PaymentPanelProps = {
  row: Payment
  position: { index: number; total: number | undefined } | null
  onStep: (by: number) => void
  onClose: () => void
}

/** A payment beside the list: what it is for, what went back of it, its fields. */
export function PaymentPanel({ row: listed, position, onStep, onClose }: PaymentPanelProps) {
  const t = useText(text)
  const api = useApi()
  const me = useMe()
  const row = useQuery(api.payments.get.queryOptions({ input: { id: listed.id }, meta: { shown: true } })).data ?? listed
  const parts = useQuery(api.payments.parts.queryOptions({ input: { id: listed.id }, meta: { shown: true } })).data
  const sees = (key: string) => fieldRightOf(me, 'payment', key) !== 'hidden'
  const figures = [
    { key: 'amountFen', label: fieldWord('payments', 'amountFen'), value: <Money fen={signed(row)} short /> },
    { key: 'allocatedFen', label: fieldWord('payments', 'allocatedFen'), value: <Money fen={row.allocatedFen} short /> },
    { key: 'restFen', label: fieldWord('payments', 'restFen'), value: <Money fen={row.restFen} short /> },
  ]
  return (
    <SidePanel position={position} onPrevious={() => onStep(-1)} onNext={() => onStep(1)} onClose={onClose}>
      <div className="panel-name">
        <div className="b panel-title el num">{row.number}</div>
        <div className="row g8 panel-marks">
          <KindText row={row} />
          {row.issue !== null && <Chip tone="warn">{optionWord('payments', 'issue', row.issue)}</Chip>}
          {row.customerId && (
            <Link to="/customers/$id" params={{ id: row.customerId }} className="el">
              {row.customerName}
            </Link>
          )}
        </div>
        {parts && row.deletedAt === null && row.kind === 'payment' && <Acts row={row} parts={parts} />}
      </div>
      <Figures figures={figures.filter(({ key }) => sees(key))} className="panel-figures" />
      <div className="payment-body">{parts && <PartsOf parts={parts} />}</div>
      {parts && parts.requests.length > 0 && (
        <div className="payment-body">
          <div className="b t2 gap-below">{t('requestsOf')}</div>
          {parts.requests.map(({ id }) => (
            <ApprovalsOf key={id} subject="refund" id={id} />
          ))}
        </div>
      )}
      <Fields row={row} />
      {parts && parts.refunds.length > 0 && (
        <div className="payment-body">
          <div className="b t2 gap-below">{t('refundsOf')}</div>
          {parts.refunds.map((refund) => (
            <div key={refund.id} className="payment-line">
              <span className="grow num">{refund.number}</span>
              <span className="t3 s12 num">{refund.receivedOn}</span>
              <Money fen={signed(refund)} />
            </div>
          ))}
        </div>
      )}
    </SidePanel>
  )
}

function Acts({ row, parts }: { row: Payment; parts: PaymentParts }) {
  const t = useText(text)
  const mayWrite = useCan('payments.write')
  const [asking, setAsking] = useState<'refund' | 'allocate' | null>(null)
  if (!mayWrite) return null
  const close = () => setAsking(null)
  return (
    <div className="row g8 gap-above">
      <Button icon={<SwapOutlined />} onClick={() => setAsking('allocate')}>
        {t('allocate')}
      </Button>
      <Button icon={<RollbackOutlined />} onClick={() => setAsking('refund')}>
        {t('refund')}
      </Button>
      <Suspense>
        {asking === 'refund' && <RefundDialog payment={row} allocations={parts.allocations} onClose={close} />}
        {asking === 'allocate' && <AllocateDialog payment={row} allocations={parts.allocations} onClose={close} />}
      </Suspense>
    </div>
  )
}

function PartsOf({ parts }: { parts: PaymentParts }) {
  const t = useText(text)
  return (
    <section className="gap-below">
      <div className="b t2">{t('allocations')}</div>
      {parts.allocations.length === 0 && <Nothing>{t('noAllocations')}</Nothing>}
      {parts.allocations.map(({ id, orderId, orderName, dueOn, amountFen }) => (
        <div key={id} className="payment-line">
          <span className="grow el">
            {orderName === null ? (
              <span className="t3">{t('unseenOrder')}</span>
            ) : (
              <Link to="/orders/$id" params={{ id: orderId }}>
                {orderName}
              </Link>
            )}
            {dueOn && <span className="t3 s12 num"> {t('planOf', { day: dueOn })}</span>}
          </span>
          <Money fen={amountFen} />
        </div>
      ))}
    </section>
  )
}

function Fields({ row }: { row: Payment }) {
  const t = useText(text)
  const undo = useUndo()
  const entity = useEntity(paymentEntity)
  const mayWrite = useCan('payments.write') && row.deletedAt === null
  const { mutateAsync: send } = useMutation(useApi().payments.edit.mutationOptions({ meta: { shown: true } }))
  const save = async (key: string, value: FieldValue): Promise<string | null> => {
    try {
      const saved = await send({ id: row.id, version: row.version, values: { [key]: value } as PaymentEdit })
      undo.remember(t('edited', { number: saved.number, field: fieldWord('payments', key) }), { recordId: row.id })
      return null
    } catch (error) {
      return failureText(error, 'payments')
    }
  }
  return (
    <LaidFields
      entity={entity}
      row={row}
      mayWrite={() => mayWrite}
      onSave={save}
      value={(field) => <PaymentValue field={field} row={row} />}
    />
  )
}
