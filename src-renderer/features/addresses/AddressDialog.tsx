import { useMutation } from '@tanstack/react-query'
import { Button, Form, type FormInstance, Input, Modal } from 'antd'
import type { Address, NewAddress } from '../../../src-shared/features/addresses/model.ts'
import type { CustomerId } from '../../../src-shared/features/customers/model.ts'
import { TypedPhone } from '../../components/PhoneNote.tsx'
import { useAskBeforeClose } from '../../components/useAskBeforeClose.ts'
import { useApi, useClient } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { formatPhone } from '../../kernel/format.ts'
import { fieldWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { useCreate } from '../../kernel/useCreate.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { text } from './text.ts'

const LINES = ['recipient', 'phone', 'province', 'city', 'district', 'detail'] as const
type Values = { label: string } & Partial<Record<(typeof LINES)[number], string>>

type AddressDialogProps = { customerId: CustomerId; address: Address | null; onClose: () => void }

/** A further address of a customer: new, or changed. What is pasted into the first line is split by today's divisions. */
export function AddressDialog({ customerId, address, onClose }: AddressDialogProps) {
  const t = useText(text)
  const [form] = Form.useForm<Values>()
  const { save, split, error, isPending } = useSaving({ customerId, address, onClose }, form)
  const close = useAskBeforeClose(() => form.isFieldsTouched(), onClose)
  return (
    <Modal open title={t(address ? 'change' : 'add')} footer={null} onCancel={close} width={460} destroyOnHidden>
      <Form<Values> form={form} layout="vertical" onFinish={save} initialValues={address ? initialOf(address) : {}}>
        <Form.Item
          name="label"
          label={fieldWord('addresses', 'label')}
          rules={[{ required: true, whitespace: true, message: t('required') }]}
        >
          <Input autoFocus maxLength={100} placeholder={t('labelHint')} />
        </Form.Item>
        <Form.Item>
          <Input.TextArea
            rows={1}
            aria-label={t('paste')}
            placeholder={t('paste')}
            onChange={(event) => event.target.value.length > 5 && split.mutate(event.target.value)}
          />
        </Form.Item>
        {LINES.map((key) => (
          <Form.Item
            key={key}
            name={key}
            label={fieldWord('addresses', key)}
            {...(key === 'phone' && { extra: <TypedPhone name={key} /> })}
          >
            <Input inputMode={key === 'phone' ? 'tel' : 'text'} />
          </Form.Item>
        ))}
        {error && <div className="field-error gap-below">{failureText(error, 'addresses')}</div>}
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

function useSaving({ customerId, address, onClose }: AddressDialogProps, form: FormInstance<Values>) {
  const t = useText(text)
  const api = useApi()
  const client = useClient()
  const undo = useUndo()
  const done = (saved: Address) => {
    undo.say(t('added', { name: saved.label }), { recordId: saved.id })
    onClose()
  }
  const creating = useCreate((context) =>
    api.addresses.create.mutationOptions({ context, meta: { shown: true }, onSuccess: done }),
  )
  const edit = useMutation(api.addresses.edit.mutationOptions({ meta: { shown: true }, onSuccess: onClose }))
  const split = useMutation({
    mutationKey: [['addresses', 'read']],
    mutationFn: (pasted: string) => client.addresses.read({ text: pasted }),
    onSuccess: ({ province, city, district, detail, name, phones: [phone] }) =>
      form.setFieldsValue({
        province: province ?? '',
        city: city ?? '',
        district: district ?? '',
        detail,
        ...(name && { recipient: name }),
        ...(phone && { phone: formatPhone(phone) }),
      }),
  })
  const error = creating.error ?? edit.error
  const save = (values: Values) => {
    const clean = cleaned(values)
    if (address) edit.mutate({ id: address.id, version: address.version, values: clean })
    else void creating.create({ ...clean, customerId })
  }
  return { save, split, error, isPending: creating.isPending || edit.isPending }
}

/** An emptied line is null; the label stays text. */
function cleaned({ label, ...lines }: Values): Omit<NewAddress, 'customerId'> {
  const entries = Object.entries(lines).map(([key, value]) => [key, value?.trim() || null])
  return { label: label.trim(), ...Object.fromEntries(entries) } as Omit<NewAddress, 'customerId'>
}

function initialOf(address: Address): Values {
  const lines = LINES.map((key) => [key, key === 'phone' && address.phone ? formatPhone(address.phone) : (address[key] ?? '')])
  return { label: address.label, ...Object.fromEntries(lines) } as Values
}
