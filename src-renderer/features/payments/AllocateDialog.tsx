import { useMutation } from '@tanstack/react-query'
import { Button, Modal } from 'antd'
import { useState } from 'react'
import type { Allocation, Payment } from '../../../src-shared/features/payments/model.ts'
import { SkeletonRows } from '../../components/states.tsx'
import { useApi } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { Allocations, type OpenOrder, type Parts, partsToSend, sumOf } from './Allocations.tsx'
import { useOpenOrders } from './PaymentDrawer.tsx'
import { text } from './text.ts'

type AllocateDialogProps = { payment: Payment; allocations: readonly Allocation[]; onClose: () => void }

/** What a payment is for, said anew as a whole. */
export function AllocateDialog({ payment, allocations, onClose }: AllocateDialogProps) {
  const t = useText(text)
  const undo = useUndo()
  const open = useOpenOrders(payment.customerId ?? undefined)
  const there = sumsByOrder(allocations)
  const [own, setOwn] = useState<Parts | null>(null)
  const parts = own ?? there
  const save = useMutation(
    useApi().payments.allocate.mutationOptions({
      meta: { shown: true },
      onSuccess: (row) => {
        undo.say(t('allocated', { number: row.number }), { recordId: row.id })
        onClose()
      },
    }),
  )
  const amountFen = payment.amountFen ?? 0
  return (
    <Modal
      open
      title={t('allocateTitle', { number: payment.number })}
      onCancel={onClose}
      closable={false}
      width={480}
      footer={
        <div className="row g8">
          <span className="grow" />
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button
            type="primary"
            loading={save.isPending}
            disabled={own === null || sumOf(parts) > amountFen}
            onClick={() => save.mutate({ id: payment.id, version: payment.version, allocations: partsToSend(parts) })}
          >
            {t('save')}
          </Button>
        </div>
      }
    >
      {open ? (
        <Allocations orders={withThere(open, allocations, there)} parts={parts} onChange={setOwn} amountFen={amountFen} />
      ) : (
        <SkeletonRows rows={3} height={40} />
      )}
      {save.error && (
        <div className="field-error" role="alert">
          {failureText(save.error, 'payments')}
        </div>
      )}
    </Modal>
  )
}

function sumsByOrder(allocations: readonly Allocation[]): Parts {
  const sums: Record<string, number> = {}
  for (const { orderId, amountFen } of allocations) sums[orderId] = (sums[orderId] ?? 0) + amountFen
  return sums
}

/** What the payment has for an order already may be for it again. */
function withThere(open: readonly OpenOrder[], allocations: readonly Allocation[], there: Parts): OpenOrder[] {
  const others = [...new Map(allocations.map((one) => [one.orderId, one])).values()]
    .filter(({ orderId }) => !open.some(({ id }) => id === orderId))
    .map(({ orderId, orderName, orderNumber }) => ({ id: orderId, name: orderName ?? '', number: orderNumber, openFen: 0 }))
  return [...open, ...others].map((order) => ({ ...order, openFen: order.openFen + (there[order.id] ?? 0) }))
}
