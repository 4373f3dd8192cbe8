import { useQuery } from '@tanstack/react-query'
import { DatePicker, Form, Input, InputNumber } from 'antd'
import dayjs from 'dayjs'
import type { Order } from '../../../src-shared/features/orders/model.ts'
import { Picker } from '../../components/Picker.tsx'
import { useApi, useCan, useClock } from '../../kernel/context.tsx'
import { instantOfWall, wallOf } from '../../kernel/format.ts'
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
  customerId?: Order['customerId']
}

/** The control of a field of an order in a form, by its type; what it gives is what is stored. */
export function FieldInput({ field: key, customerId, value, onChange, ...rest }: FieldInputProps) {
  const owners = useOwnerOptions()
  const { zone } = useClock()
  const field = FIELDS.find((one) => one.key === key)
  const words = typeof value === 'string' ? value : ''
  const give = (next: unknown) => onChange?.(next ?? null)
  const shared = { ...rest, className: 'block-select' }
  if (key === 'customerId') return <CustomerPicker {...shared} value={value} onChange={give} />
  if (key === 'contactId') return <ContactInput {...shared} {...(customerId && { customerId })} value={value} onChange={give} />
  switch (field?.type) {
    case 'reference':
      return <Picker {...shared} allowClear value={words || null} onChange={give} options={owners.map((one) => ({ ...one }))} />
    case 'money':
      return (
        <InputNumber
          {...shared}
          controls={false}
          precision={2}
          min={0}
          prefix="¥"
          value={typeof value === 'number' ? value / 100 : null}
          onChange={(next) => give(typeof next === 'number' ? Math.round(next * 100) : null)}
        />
      )
    case 'date':
      return (
        <DatePicker
          {...shared}
          format="YYYY-MM-DD"
          value={words ? dayjs(words) : null}
          onChange={(next) => give(next ? next.format('YYYY-MM-DD') : null)}
        />
      )
    case 'instant':
      return (
        <DatePicker
          {...shared}
          showTime={{ format: 'HH:mm', minuteStep: 5 }}
          format="YYYY-MM-DD HH:mm"
          value={words ? dayjs(wallOf(words, zone)) : null}
          onChange={(next) => give(next ? instantOfWall(next.format('YYYY-MM-DDTHH:mm'), zone) : null)}
        />
      )
    case 'longText':
      return <Input.TextArea {...rest} rows={2} value={words} onChange={(event) => give(event.target.value)} />
    default:
      return <Input {...rest} value={words} maxLength={field?.maxLength ?? 200} onChange={(event) => give(event.target.value)} />
  }
}

type ContactProps = Omit<FieldInputProps, 'field'>
/** Only people of this customer are offered. */
function ContactInput({ customerId, value, onChange, ...rest }: ContactProps) {
  const form = Form.useFormInstance()
  const typed = Form.useWatch('customerId', form) as Order['customerId'] | undefined
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
