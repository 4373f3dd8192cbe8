import './invoices.css'
import { useQuery } from '@tanstack/react-query'
import { Button, Drawer, Form, Input } from 'antd'
import { useState } from 'react'
import { INVOICE_KINDS } from '../../../src-shared/features/invoices/entity.ts'
import type { Invoice, InvoiceKind, InvoiceLine } from '../../../src-shared/features/invoices/model.ts'
import type { Order } from '../../../src-shared/features/orders/model.ts'
import { KEEPS_FOCUS } from '../../components/drawer.ts'
import { Picker } from '../../components/Picker.tsx'
import { useAskBeforeClose } from '../../components/useAskBeforeClose.ts'
import { useApi } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { useShortcut } from '../../kernel/keyboard.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { fieldWord, optionWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { CustomerPicker } from '../fields/forms.ts'
import { InvoiceLines, linesToSend, type OpenOrder, overIn, type Parts } from './InvoiceLines.tsx'
import { ProfileChoice, useChosenProfile } from './ProfileChoice.tsx'
import { text } from './text.ts'
import { useSavedInvoice } from './useSavedInvoice.ts'

type CustomerId = NonNullable<Order['customerId']>
type Typed = { customerId?: CustomerId; kind: InvoiceKind; note?: string }
type InvoiceDrawerProps = {
  /** It goes to this customer: not asked again. */
  customerId?: CustomerId
  /** All that is open of this order is proposed. */
  orderId?: Order['id']
  /** One that was asked for, with what it is for: changed, not made. */
  changed?: { invoice: Invoice; lines: readonly InvoiceLine[] }
  onClose: () => void
}

/** Orders of a customer that may be invoiced, the asked one first; what an invoice has of them already is its own to have again. */
function useOpenOrders(
  customerId: CustomerId | undefined,
  { first, own }: { first: Order['id'] | undefined; own: readonly InvoiceLine[] },
): readonly OpenOrder[] | undefined {
  const orders = useQuery(
    useApi().orders.ofCustomer.queryOptions({
      input: { customerId: customerId as CustomerId },
      enabled: customerId !== undefined,
      meta: { shown: true },
    }),
  ).data
  return orders
    ?.map(({ id, name, number, uninvoicedFen }) => ({
      id,
      name,
      number,
      openFen: (uninvoicedFen ?? 0) + (own.find(({ orderId }) => orderId === id)?.amountFen ?? 0),
    }))
    .filter(({ openFen }) => openFen > 0)
    .toSorted((a, b) => Number(b.id === first) - Number(a.id === first))
}

/** What is proposed: the asked order whole, or the only one there is. */
function proposed(orders: readonly OpenOrder[], first: Order['id'] | undefined, own: readonly InvoiceLine[]): Parts {
  if (own.length > 0) return Object.fromEntries(own.map(({ orderId, amountFen }) => [orderId, amountFen]))
  const one = first === undefined ? (orders.length === 1 ? orders[0] : undefined) : orders.find(({ id }) => id === first)
  return one ? { [one.id]: one.openFen } : {}
}

/** What an invoice will be for, and to whom: proposed, until somebody says otherwise. */
function useWanted(
  { customerId, orderId, changed }: Omit<InvoiceDrawerProps, 'onClose'>,
  chosenCustomer: CustomerId | undefined,
) {
  const of = customerId ?? changed?.invoice.customerId ?? chosenCustomer
  const own = changed?.lines ?? []
  const orders = useOpenOrders(of, { first: orderId, own }) ?? []
  const [chosen, setChosen] = useState<Parts | null>(null)
  const profile = useChosenProfile(of, changed?.invoice)
  const parts = chosen ?? proposed(orders, orderId, own)
  const lines = linesToSend(parts)
  return {
    of,
    orders,
    parts,
    lines,
    profile,
    choose: setChosen,
    isTouched: chosen !== null || profile.isTouched,
    isWhole: lines.length > 0 && !overIn(parts, orders) && (changed !== undefined || profile.at !== undefined),
  }
}
type Wanted = ReturnType<typeof useWanted>

/** 申请开票: made out to whom, of which kind, for which orders. */
export function InvoiceDrawer(props: InvoiceDrawerProps) {
  const { customerId, changed, onClose } = props
  const t = useText(text)
  const isPhone = useIsPhone()
  const [form] = Form.useForm<Typed>()
  const { save, error, isPending } = useSavedInvoice(changed?.invoice, onClose)
  const typed = Form.useWatch([], form) as Partial<Typed> | undefined
  const wanted = useWanted(props, typed?.customerId)
  const [isAsked, setAsked] = useState(false)
  const close = useAskBeforeClose(() => form.isFieldsTouched() || wanted.isTouched, onClose)
  useShortcut('Ctrl+Enter', { label: t('save'), group: t('addTitle') }, () => form.submit(), { inDialog: true })
  const send = ({ kind, note }: Typed) => {
    const { of, lines, profile, isWhole } = wanted
    setAsked(true)
    if (of !== undefined && isWhole)
      save({ customerId: of, kind, lines, note: note?.trim() || null, ...(profile.at && { profileId: profile.at.id }) })
  }
  return (
    <Drawer
      open
      {...KEEPS_FOCUS}
      size={isPhone ? '100%' : 500}
      title={changed ? t('editTitle', { number: changed.invoice.number }) : t('addTitle')}
      onClose={close}
      footer={
        <div className="row g8">
          <span className="grow" />
          <Button onClick={close}>{t('cancel')}</Button>
          <Button type="primary" loading={isPending} onClick={() => form.submit()}>
            {t(changed ? 'save' : 'send')}
          </Button>
        </div>
      }
    >
      <Form<Typed>
        form={form}
        layout="vertical"
        initialValues={{ kind: changed?.invoice.kind ?? 'eGeneral', note: changed?.invoice.note ?? '' }}
        onFinish={send}
      >
        {customerId === undefined && !changed && (
          <Form.Item name="customerId" label={t('customer')} rules={[{ required: true, message: t('required') }]}>
            <CustomerPicker />
          </Form.Item>
        )}
        <Asked wanted={wanted} isAsked={isAsked} isNew={!changed} />
        {error && (
          <div className="field-error gap-below" role="alert">
            {failureText(error, 'invoices')}
          </div>
        )}
      </Form>
    </Drawer>
  )
}

/** Whom, which kind, for which orders. */
function Asked({ wanted, isAsked, isNew }: { wanted: Wanted; isAsked: boolean; isNew: boolean }) {
  const t = useText(text)
  const { of, orders, parts, lines, profile, choose } = wanted
  return (
    <>
      <ProfileChoice customerId={of} choice={profile} isMissing={isAsked && isNew && !profile.at} />
      <Form.Item name="kind" label={fieldWord('invoices', 'kind')}>
        <Picker options={INVOICE_KINDS.map((value) => ({ value, label: optionWord('invoices', 'kind', value) }))} />
      </Form.Item>
      {of !== undefined && <InvoiceLines orders={orders} parts={parts} onChange={choose} />}
      {isAsked && lines.length === 0 && orders.length > 0 && (
        <div className="field-error gap-below" role="alert">
          {t('needsAmount')}
        </div>
      )}
      <Form.Item name="note" className="inv-note" label={fieldWord('invoices', 'note')}>
        <Input.TextArea rows={2} maxLength={2000} />
      </Form.Item>
    </>
  )
}
