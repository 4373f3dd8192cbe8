import { useQuery } from '@tanstack/react-query'
import { DatePicker, Form, Input } from 'antd'
import dayjs from 'dayjs'
import type { Quote } from '../../../src-shared/features/quotes/model.ts'
import { Picker } from '../../components/Picker.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { useOwnerOptions } from '../customers/public.ts'
import { CustomerPicker } from '../fields/forms.ts'
import { FIELDS } from './words.ts'

type FieldInputProps = {
  field: string
  id?: string
  value?: unknown
  onChange?: (value: unknown) => void
  autoFocus?: boolean
  /** Whose contacts are offered; absent: those of the customer that the form names. */
  customerId?: Quote['customerId']
}

/** The control of a field of a quote in a form, by its type; what it gives is what is stored. */
export function FieldInput({ field: key, customerId, value, onChange, ...rest }: FieldInputProps) {
  const owners = useOwnerOptions()
  const field = FIELDS.find((one) => one.key === key)
  const words = typeof value === 'string' ? value : ''
  const give = (next: unknown) => onChange?.(next ?? null)
  const shared = { ...rest, className: 'block-select' }
  if (key === 'customerId') return <CustomerPicker {...shared} value={value} onChange={give} />
  if (key === 'contactId') return <ContactInput {...shared} {...(customerId && { customerId })} value={value} onChange={give} />
  if (field?.type === 'reference')
    return <Picker {...shared} allowClear value={words || null} onChange={give} options={owners.map((one) => ({ ...one }))} />
  if (field?.type === 'date')
    return (
      <DatePicker
        {...shared}
        format="YYYY-MM-DD"
        value={words ? dayjs(words) : null}
        onChange={(next) => give(next ? next.format('YYYY-MM-DD') : null)}
      />
    )
  if (field?.type === 'longText')
    return <Input.TextArea {...rest} rows={2} value={words} onChange={(event) => give(event.target.value)} />
  return <Input {...rest} value={words} maxLength={field?.maxLength ?? 200} onChange={(event) => give(event.target.value)} />
}

/** Only people of this customer are offered. */
function ContactInput({ customerId, value, onChange, ...rest }: Omit<FieldInputProps, 'field'>) {
  const form = Form.useFormInstance()
  const typed = Form.useWatch('customerId', form) as Quote['customerId'] | undefined
  const of = customerId ?? typed ?? null
  const mayRead = useCan('contacts.read')
  const contacts = useQuery(
    useApi().contacts.ofCustomer.queryOptions({
      input: { customerId: of as NonNullable<typeof of> },
      enabled: mayRead && of !== null,
      meta: { shown: true },
    }),
  ).data
  return (
    <Picker
      {...rest}
      className="block-select"
      allowClear
      disabled={of === null}
      value={typeof value === 'string' ? value : null}
      onChange={(next) => onChange?.(next ?? null)}
      options={(contacts ?? []).map((one) => ({ value: one.id as string, label: one.name }))}
    />
  )
}
