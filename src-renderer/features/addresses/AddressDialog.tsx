import { useMutation } from '@tanstack/react-query'
import { Button, Form, Input, Modal } from 'antd'
import type { Address, NewAddress } from '../../../src-shared/features/addresses/model.ts'
import type { CustomerId } from '../../../src-shared/features/customers/model.ts'
import { useApi, useClient } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { formatPhone } from '../../kernel/format.ts'
import { fieldWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { text } from './text.ts'

const LINES = ['recipient', 'phone', 'province', 'city', 'district', 'detail'] as const
type Values = { label: string } & Partial<Record<(typeof LINES)[number], string>>

/** A further address of a customer: new, or changed. What is pasted into the first line is split by today's divisions. */
export function AddressDialog({
  customerId,
  address,
  onClose,
}: {
  customerId: CustomerId
  address: Address | null
  onClose: () => void
}) {
  const t = useText(text)
  const api = useApi()
  const client = useClient()
  const undo = useUndo()
  const [form] = Form.useForm<Values>()
  const done = (saved: Address) => {
    void undo.say(t('added', { name: saved.label }), { recordId: saved.id })
    onClose()
  }
  const create = useMutation(api.addresses.create.mutationOptions({ meta: { shown: true }, onSuccess: done }))
  const edit = useMutation(api.addresses.edit.mutationOptions({ meta: { shown: true }, onSuccess: onClose }))
  const split = useMutation({
    mutationKey: [['addresses', 'read']],
    mutationFn: (pasted: string) => client.addresses.read({ text: pasted }),
    onSuccess: ({ province, city, district, detail }) =>
      form.setFieldsValue({ province: province ?? '', city: city ?? '', district: district ?? '', detail }),
  })
  const error = create.error ?? edit.error
  const save = (values: Values) => {
    const clean = cleaned(values)
    if (address) edit.mutate({ id: address.id, version: address.version, values: clean })
    else create.mutate({ ...clean, customerId })
  }
  return (
    <Modal open title={t(address ? 'change' : 'add')} footer={null} onCancel={onClose} width={460} destroyOnHidden>
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
          <Form.Item key={key} name={key} label={fieldWord('addresses', key)}>
            <Input inputMode={key === 'phone' ? 'tel' : 'text'} />
          </Form.Item>
        ))}
        {error && <div className="field-error gap-below">{failureText(error, 'addresses')}</div>}
        <div className="row g8">
          <span className="grow" />
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={create.isPending || edit.isPending}>
            {t('save')}
          </Button>
        </div>
      </Form>
    </Modal>
  )
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
