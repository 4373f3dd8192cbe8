import { useQuery } from '@tanstack/react-query'
import { DatePicker, Form, Input, InputNumber } from 'antd'
import dayjs from 'dayjs'
import type { CustomerId } from '../../../src-shared/features/customers/model.ts'
import type { FieldDescriptor } from '../../../src-shared/kernel/entity.ts'
import { Picker } from '../../components/Picker.tsx'
import { useApi, useCan, useClock } from '../../kernel/context.tsx'
import { instantOfWall, wallOf } from '../../kernel/format.ts'
import { CustomerPicker } from './CustomerPicker.tsx'

/** What a form gives the control of a field. */
export type FormControl = {
  id?: string
  value?: unknown
  onChange?: (value: unknown) => void
  autoFocus?: boolean
  'aria-label'?: string
}
type RecordInputProps = FormControl & {
  field: FieldDescriptor | undefined
  /** What a reference may name. */
  options?: readonly { readonly value: string; readonly label: string }[]
  /** Whose contacts are offered; absent: those of the customer that the form names. */
  customerId?: CustomerId | null | undefined
}

/** The control of a field of a record in a form, by its type; what it gives is what is stored. */
export function RecordInput({ field, options = [], customerId, value, onChange, ...rest }: RecordInputProps) {
  const words = typeof value === 'string' ? value : ''
  const give = (next: unknown) => onChange?.(next ?? null)
  const shared = { ...rest, className: 'block-select' }
  if (field?.key === 'customerId') return <CustomerPicker {...shared} value={value} onChange={give} />
  if (field?.key === 'contactId') return <ContactInput {...shared} customerId={customerId} value={value} onChange={give} />
  switch (field?.type) {
    case 'reference':
      return <Picker {...shared} allowClear value={words || null} onChange={give} options={options.map((one) => ({ ...one }))} />
    case 'money':
      return <MoneyInput {...shared} value={value} onChange={give} />
    case 'date':
    case 'instant':
      return <TimeInput {...shared} exact={field.type === 'instant'} value={words} onChange={give} />
    case 'longText':
      return <Input.TextArea {...rest} rows={2} value={words} onChange={(event) => give(event.target.value)} />
    default:
      return (
        <Input
          {...rest}
          value={words}
          maxLength={field?.maxLength ?? 200}
          {...(field?.type === 'phone' && { inputMode: 'tel' as const })}
          onChange={(event) => give(event.target.value)}
        />
      )
  }
}

type Typed = Omit<FormControl, 'onChange'> & { className: string; onChange: (value: unknown) => void }

/** Yuan are typed, fen are stored. */
function MoneyInput({ value, onChange, ...rest }: Typed) {
  return (
    <InputNumber
      {...rest}
      controls={false}
      precision={2}
      min={0}
      prefix="¥"
      value={typeof value === 'number' ? value / 100 : null}
      onChange={(next) => onChange(typeof next === 'number' ? Math.round(next * 100) : null)}
    />
  )
}

/** A day, or an instant on the clock of the company. */
function TimeInput({ value, onChange, exact, ...rest }: Typed & { value: string; exact: boolean }) {
  const { zone } = useClock()
  const shown = value ? dayjs(exact ? wallOf(value, zone) : value) : null
  const give = (next: dayjs.Dayjs | null) => {
    if (!next) onChange(null)
    else onChange(exact ? instantOfWall(next.format('YYYY-MM-DDTHH:mm'), zone) : next.format('YYYY-MM-DD'))
  }
  return (
    <DatePicker
      {...rest}
      {...(exact && { showTime: { format: 'HH:mm', minuteStep: 5 as const } })}
      format={exact ? 'YYYY-MM-DD HH:mm' : 'YYYY-MM-DD'}
      value={shown}
      onChange={give}
    />
  )
}

type ContactProps = FormControl & Pick<RecordInputProps, 'customerId'>
/** Only people of this customer are offered. */
function ContactInput({ customerId, value, onChange, ...rest }: ContactProps) {
  const form = Form.useFormInstance()
  const typed = Form.useWatch('customerId', form) as CustomerId | undefined
  const of = customerId ?? typed ?? null
  const mayRead = useCan('contacts.read')
  const contacts = useQuery(
    useApi().contacts.ofCustomer.queryOptions({
      input: { customerId: of as CustomerId },
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
