import { Button, DatePicker, Form, Input, InputNumber, Modal } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import type { Allocation, Payment, PaymentMethod } from '../../../src-shared/features/payments/model.ts'
import { Picker } from '../../components/Picker.tsx'
import { nowMs } from '../../kernel/clock.ts'
import { useApi, useClock } from '../../kernel/context.tsx'
import { failureOf, failureText } from '../../kernel/errors.ts'
import { businessDateOf, formatMoney } from '../../kernel/format.ts'
import { fieldWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { useCreate } from '../../kernel/useCreate.ts'
import { MethodField } from './PaymentDrawer.tsx'
import { text } from './text.ts'

type Typed = { amount: number; orderId?: string; receivedOn: Dayjs; method: PaymentMethod; reference?: string; note?: string }
/** The flow by which it has to be approved first; null where that is not the reason. */
function flowAsked(failure: unknown): string | null {
  const told = failureOf(failure)?.data as { reason?: string; detail?: { flow?: string } } | undefined
  return told?.reason === 'approvalNeeded' ? (told.detail?.flow ?? '') : null
}

type RefundDialogProps = {
  payment: Pick<Payment, 'id' | 'number' | 'method'>
  /** Orders it may be taken back from by name. */
  allocations: readonly Allocation[]
  onClose: () => void
}

/** Gives back, or asks for it where it has to be approved first: `flow` is by which. */
function useRefund(onClose: () => void) {
  const t = useText(text)
  const api = useApi()
  const undo = useUndo()
  const { create, error, isPending } = useCreate((context) =>
    api.payments.refund.mutationOptions({
      context,
      meta: { shown: true },
      onSuccess: (row) => {
        undo.say(t('refunded', { sum: formatMoney(row.amountFen ?? 0) }), { recordId: row.id })
        onClose()
      },
      // Who may not give back by himself asks for it with what he has typed.
      onError: (failure) => setFlow(flowAsked(failure)),
    }),
  )
  const [flow, setFlow] = useState<string | null>(null)
  const { create: ask, ...asking } = useCreate((context) =>
    api.payments.requestRefund.mutationOptions({
      context,
      meta: { shown: true },
      onSuccess: (row) => {
        undo.say(t('refundAsked', { number: row.number }), { recordId: row.id })
        onClose()
      },
    }),
  )
  return {
    flow,
    setFlow,
    give: flow === null ? create : ask,
    failed: flow === null ? error : asking.error,
    isPending: isPending || asking.isPending,
  }
}

/** Money that goes back to the customer. */
export function RefundDialog({ payment, allocations, onClose }: RefundDialogProps) {
  const t = useText(text)
  const { zone } = useClock()
  const [form] = Form.useForm<Typed>()
  const { flow, setFlow, give, failed, isPending } = useRefund(onClose)
  const orders = [...new Map(allocations.map((one) => [one.orderId as string, one.orderName ?? t('unseenOrder')]))]
  const needed = [{ required: true, message: t('required') }]
  const send = ({ amount, orderId, receivedOn, method, reference, note }: Typed) =>
    void give({
      paymentId: payment.id,
      amountFen: Math.round(amount * 100),
      receivedOn: receivedOn.format('YYYY-MM-DD'),
      method,
      reference: reference?.trim() || null,
      note: note?.trim() || null,
      orderId: (orderId ?? null) as Allocation['orderId'] | null,
    })
  return (
    <Modal
      open
      title={t('refundTitle', { number: payment.number })}
      onCancel={onClose}
      footer={null}
      closable={false}
      width={440}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ receivedOn: dayjs(businessDateOf(nowMs(), zone)), method: payment.method ?? 'transfer' }}
        onFinish={send}
        onValuesChange={() => setFlow(null)}
      >
        <Form.Item name="amount" label={fieldWord('payments', 'amountFen')} rules={needed}>
          <InputNumber className="block-select num" autoFocus controls={false} min={0} precision={2} prefix="¥" />
        </Form.Item>
        {orders.length > 1 && (
          <Form.Item name="orderId" label={t('refundOrder')}>
            <Picker allowClear placeholder={t('anyOrder')} options={orders.map(([value, label]) => ({ value, label }))} />
          </Form.Item>
        )}
        <Form.Item name="receivedOn" label={fieldWord('payments', 'receivedOn')} rules={needed}>
          <DatePicker className="block-select" format="YYYY-MM-DD" allowClear={false} />
        </Form.Item>
        <MethodField />
        <Form.Item name="note" label={fieldWord('payments', 'note')}>
          <Input.TextArea rows={2} maxLength={2000} />
        </Form.Item>
        {flow !== null && (
          <div className="banner lamp gap-below" role="status">
            {t('refundNeeds', { flow })}
          </div>
        )}
        {failed && (
          <div className="field-error gap-below" role="alert">
            {failureText(failed, 'payments')}
          </div>
        )}
        <div className="row g8 question-foot">
          <span className="grow" />
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="primary" danger={flow === null} htmlType="submit" loading={isPending}>
            {t(flow === null ? 'refundYes' : 'refundAsk')}
          </Button>
        </div>
      </Form>
    </Modal>
  )
}
