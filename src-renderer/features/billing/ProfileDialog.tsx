import './billing.css'
import { useMutation } from '@tanstack/react-query'
import { Button, Checkbox, Form, Input, Modal, Segmented } from 'antd'
import { BUYER_KINDS } from '../../../src-shared/features/billing/entity.ts'
import type { BillingProfile, BuyerKind, NewBillingProfile } from '../../../src-shared/features/billing/model.ts'
import { soundTaxNumber } from '../../../src-shared/features/billing/rules.ts'
import type { CustomerId } from '../../../src-shared/features/customers/model.ts'
import { attempt, Refusal } from '../../../src-shared/kernel/refusal.ts'
import { TypedPhone } from '../../components/PhoneNote.tsx'
import { useAskBeforeClose } from '../../components/useAskBeforeClose.ts'
import { useApi } from '../../kernel/context.tsx'
import { failureText, refusalText } from '../../kernel/errors.ts'
import { formatPhone } from '../../kernel/format.ts'
import { fieldWord, optionWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { useCreate } from '../../kernel/useCreate.ts'
import { text } from './text.ts'

const LINES = ['address', 'phone', 'bank', 'account', 'email', 'mailAddress'] as const
const WIDE: ReadonlySet<string> = new Set(['address', 'mailAddress'])
type Values = { title: string; kind: BuyerKind; taxNumber?: string; isDefault?: boolean } & Partial<
  Record<(typeof LINES)[number], string>
>

type ProfileDialogProps = {
  customerId: CustomerId
  profile: BillingProfile | null
  /** What the customer is called, for a first one. */
  proposed?: string | undefined
  onClose: () => void
  onSaved?: (saved: BillingProfile) => void
}

/** Whom invoices are made out to: new, or changed. The tax number is checked as it is typed. */
export function ProfileDialog(props: ProfileDialogProps) {
  const { profile, proposed, onClose } = props
  const t = useText(text)
  const [form] = Form.useForm<Values>()
  const { save, error, isPending } = useSaving(props)
  const close = useAskBeforeClose(() => form.isFieldsTouched(), onClose)
  const kind = (Form.useWatch('kind', form) as BuyerKind | undefined) ?? profile?.kind ?? 'enterprise'
  const first = profile ? initialOf(profile) : { kind: 'enterprise' as const, ...(proposed && { title: proposed }) }
  return (
    <Modal open title={t(profile ? 'change' : 'add')} footer={null} onCancel={close} width={560} destroyOnHidden>
      <Form<Values> form={form} layout="vertical" onFinish={save} initialValues={first}>
        <Form.Item name="kind">
          <Segmented options={BUYER_KINDS.map((value) => ({ value, label: optionWord('billing', 'kind', value) }))} />
        </Form.Item>
        <Form.Item
          name="title"
          label={fieldWord('billing', 'title')}
          rules={[{ required: true, whitespace: true, message: t('required') }]}
        >
          <Input autoFocus maxLength={200} placeholder={t('titleHint')} />
        </Form.Item>
        {kind === 'enterprise' && <TaxNumber />}
        <div className="bill-lines">
          {LINES.filter((key) => kind === 'enterprise' || key === 'email' || key === 'mailAddress').map((key) => (
            <Form.Item
              key={key}
              name={key}
              label={fieldWord('billing', key)}
              {...(WIDE.has(key) && { className: 'bill-wide' })}
              {...(key === 'phone' && { extra: <TypedPhone name={key} /> })}
            >
              <Input inputMode={key === 'phone' ? 'tel' : key === 'email' ? 'email' : 'text'} />
            </Form.Item>
          ))}
        </div>
        <Form.Item name="isDefault" valuePropName="checked">
          <Checkbox>{fieldWord('billing', 'isDefault')}</Checkbox>
        </Form.Item>
        {error && (
          <div className="field-error gap-below" role="alert">
            {failureText(error, 'billing')}
          </div>
        )}
        <div className="row g8">
          <span className="grow" />
          <Button onClick={close}>{t('cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={isPending}>
            {t('save')}
          </Button>
        </div>
      </Form>
    </Modal>
  )
}

const TaxNumber = () => (
  <Form.Item
    name="taxNumber"
    label={fieldWord('billing', 'taxNumber')}
    validateTrigger="onBlur"
    rules={[
      {
        validator: (_, value: string | undefined) => {
          const read = attempt(() => soundTaxNumber(value ?? null))
          return read instanceof Refusal ? Promise.reject(new Error(refusalText('billing', read.reason))) : Promise.resolve()
        },
      },
    ]}
  >
    <Input className="num" maxLength={40} />
  </Form.Item>
)

function useSaving({ customerId, profile, onClose, onSaved }: ProfileDialogProps) {
  const t = useText(text)
  const api = useApi()
  const undo = useUndo()
  const done = (word: 'added' | 'edited') => (saved: BillingProfile) => {
    undo.say(t(word, { name: saved.title }), { recordId: saved.id })
    onSaved?.(saved)
    onClose()
  }
  const creating = useCreate((context) =>
    api.billing.create.mutationOptions({ context, meta: { shown: true }, onSuccess: done('added') }),
  )
  const edit = useMutation(api.billing.edit.mutationOptions({ meta: { shown: true }, onSuccess: done('edited') }))
  const save = (values: Values) => {
    const clean = cleaned(values)
    if (profile) edit.mutate({ id: profile.id, version: profile.version, values: clean })
    else void creating.create({ ...clean, customerId })
  }
  return { save, error: creating.error ?? edit.error, isPending: creating.isPending || edit.isPending }
}

/** An emptied line is null; what a person has no use for stays as it was. */
function cleaned({ title, kind, isDefault, ...lines }: Values): Omit<NewBillingProfile, 'customerId'> & { kind: BuyerKind } {
  const entries = Object.entries(lines).map(([key, value]) => [key, value?.trim() || null])
  return { title: title.trim(), kind, isDefault: isDefault === true, ...Object.fromEntries(entries) }
}

function initialOf(profile: BillingProfile): Partial<Values> {
  const lines = LINES.map((key) => [key, key === 'phone' && profile.phone ? formatPhone(profile.phone) : (profile[key] ?? '')])
  const { title, kind, taxNumber, isDefault } = profile
  return {
    title,
    kind: kind ?? 'enterprise',
    taxNumber: taxNumber ?? '',
    isDefault: isDefault === true,
    ...Object.fromEntries(lines),
  }
}
