import { useQuery } from '@tanstack/react-query'
import { Button, Checkbox, DatePicker, Drawer, Form, Input, InputNumber } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import type { Order } from '../../../src-shared/features/orders/model.ts'
import { PAYMENT_METHODS } from '../../../src-shared/features/payments/entity.ts'
import type { Payment, PaymentMethod } from '../../../src-shared/features/payments/model.ts'
import { KEEPS_FOCUS } from '../../components/drawer.ts'
import { Picker } from '../../components/Picker.tsx'
import { useAskBeforeClose } from '../../components/useAskBeforeClose.ts'
import { nowMs } from '../../kernel/clock.ts'
import { useApi, useClock } from '../../kernel/context.tsx'
import { failureOf, failureText } from '../../kernel/errors.ts'
import { businessDateOf } from '../../kernel/format.ts'
import { useShortcut } from '../../kernel/keyboard.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { fieldWord, optionWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { useCreate } from '../../kernel/useCreate.ts'
import { CustomerPicker } from '../fields/forms.ts'
import { Allocations, laidOver, type OpenOrder, type Parts, partsToSend, sumOf } from './Allocations.tsx'
import { text } from './text.ts'

type CustomerId = NonNullable<Order['customerId']>
type Typed = {
  customerId?: CustomerId
  amount?: number
  receivedOn: Dayjs
  method: PaymentMethod
  reference?: string
  note?: string
  keepRest?: boolean
  sameReference?: boolean
}
type PaymentDrawerProps = {
  /** It came from this customer: not asked again. */
  customerId?: CustomerId
  /** It is for this order first. */
  orderId?: Order['id']
  onClose: () => void
}

/** Orders of a customer that money is still to come for, the asked one first, then the oldest. */
export function useOpenOrders(customerId: CustomerId | undefined, first?: Order['id']): readonly OpenOrder[] | undefined {
  const orders = useQuery(
    useApi().orders.ofCustomer.queryOptions({
      input: { customerId: customerId as CustomerId },
      enabled: customerId !== undefined,
      meta: { shown: true },
    }),
  ).data
  return orders
    ?.filter(({ dueFen, status }) => (dueFen ?? 0) > 0 && status !== 'cancelled')
    .map(({ id, name, number, dueFen }) => ({ id, name, number, openFen: dueFen ?? 0 }))
    .toReversed()
    .toSorted((a, b) => Number(b.id === first) - Number(a.id === first))
}

/** Money that came in: from whom, how much, and what it is for. */
export function PaymentDrawer({ customerId, orderId, onClose }: PaymentDrawerProps) {
  const t = useText(text)
  const { zone } = useClock()
  const isPhone = useIsPhone()
  const [form] = Form.useForm<Typed>()
  const { save, failure, error, isPending } = useSaving(onClose)
  const typed = Form.useWatch([], form) as Partial<Typed> | undefined
  const of = customerId ?? typed?.customerId
  const orders = useOpenOrders(of, orderId) ?? []
  const amountFen = Math.round((typed?.amount ?? 0) * 100)
  // As long as nobody has said otherwise it follows the amount.
  const [own, setOwn] = useState<Parts | null>(null)
  const parts = own ?? laidOver(amountFen, orderId === undefined ? orders : orders.slice(0, 1))
  const hasRest = amountFen > sumOf(parts)
  const close = useAskBeforeClose(() => form.isFieldsTouched(), onClose)
  useShortcut('Ctrl+Enter', { label: t('save'), group: t('addTitle') }, () => form.submit(), { inDialog: true })
  const send = (values: Typed) => {
    if (of === undefined) return
    save({
      customerId: of,
      amountFen,
      receivedOn: values.receivedOn.format('YYYY-MM-DD'),
      method: values.method,
      reference: values.reference?.trim() || null,
      note: values.note?.trim() || null,
      allocations: partsToSend(parts),
      keepRest: hasRest && values.keepRest === true,
      sameReference: values.sameReference === true,
    })
  }
  const needed = [{ required: true, message: t('required') }]
  return (
    <Drawer
      open
      {...KEEPS_FOCUS}
      size={isPhone ? '100%' : 480}
      title={t('addTitle')}
      onClose={close}
      footer={<Foot isPending={isPending} onSave={() => form.submit()} onClose={close} />}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ receivedOn: dayjs(businessDateOf(nowMs(), zone)), method: 'transfer' }}
        onFinish={send}
      >
        {customerId === undefined && (
          <Form.Item name="customerId" label={t('customer')} rules={needed}>
            <CustomerPicker />
          </Form.Item>
        )}
        <Form.Item name="amount" label={fieldWord('payments', 'amountFen')} rules={needed}>
          <InputNumber
            className="block-select num"
            autoFocus={customerId !== undefined}
            controls={false}
            min={0}
            precision={2}
            prefix="¥"
          />
        </Form.Item>
        {of !== undefined && <Allocations orders={orders} parts={parts} onChange={setOwn} amountFen={amountFen} />}
        {hasRest && of !== undefined && (
          <Form.Item name="keepRest" valuePropName="checked">
            <Checkbox>{t('keepRest')}</Checkbox>
          </Form.Item>
        )}
        <HowItCame isKnown={failure === 'referenceKnown'} />
        {error && (
          <div className="field-error gap-below" role="alert">
            {failureText(error, 'payments')}
          </div>
        )}
      </Form>
    </Drawer>
  )
}

type FootProps = { isPending: boolean; onSave: () => void; onClose: () => void }
function Foot({ isPending, onSave, onClose }: FootProps) {
  const t = useText(text)
  return (
    <div className="row g8">
      <span className="grow" />
      <Button onClick={onClose}>{t('cancel')}</Button>
      <Button type="primary" loading={isPending} onClick={onSave}>
        {t('save')}
      </Button>
    </div>
  )
}

/** When, in which way and under which reference; `isKnown`: there is a payment of this reference. */
function HowItCame({ isKnown }: { isKnown: boolean }) {
  const t = useText(text)
  return (
    <>
      <Form.Item
        name="receivedOn"
        label={fieldWord('payments', 'receivedOn')}
        rules={[{ required: true, message: t('required') }]}
      >
        <DatePicker className="block-select" format="YYYY-MM-DD" allowClear={false} />
      </Form.Item>
      <MethodField />
      <Form.Item name="reference" label={fieldWord('payments', 'reference')}>
        <Input maxLength={100} />
      </Form.Item>
      {isKnown && (
        <Form.Item name="sameReference" valuePropName="checked">
          <Checkbox>{t('sameReference')}</Checkbox>
        </Form.Item>
      )}
      <Form.Item name="note" label={fieldWord('payments', 'note')}>
        <Input.TextArea rows={2} maxLength={2000} />
      </Form.Item>
    </>
  )
}

export const MethodField = () => (
  <Form.Item name="method" label={fieldWord('payments', 'method')}>
    <Picker options={PAYMENT_METHODS.map((value) => ({ value, label: optionWord('payments', 'method', value) }))} />
  </Form.Item>
)

function useSaving(onClose: () => void) {
  const t = useText(text)
  const api = useApi()
  const undo = useUndo()
  const { create, error, isPending } = useCreate((context) =>
    api.payments.add.mutationOptions({
      context,
      meta: { shown: true },
      onSuccess: (row: Payment) => {
        undo.say(t('added', { number: row.number }), { recordId: row.id })
        onClose()
      },
    }),
  )
  const told = failureOf(error)
  return {
    save: (input: Parameters<typeof create>[0]) => void create(input),
    failure: (told?.data as { reason?: string } | undefined)?.reason,
    error,
    isPending,
  }
}
