import { DatePicker, Input, InputNumber, TimePicker } from 'antd'
import dayjs from 'dayjs'
import { Picker } from '../../components/Picker.tsx'
import type { FieldDescriptor } from '../../../src-shared/kernel/entity.ts'
import { useText } from '../../kernel/text.ts'
import { CustomerPicker } from './CustomerPicker.tsx'
import { text } from './text.ts'
import { customOptions } from './values.tsx'

type CustomInputProps = { field: FieldDescriptor; id?: string; value?: unknown; onChange?: (value: unknown) => void }

/** The control of a company's field in a form, by its type; what it gives is what is stored. */
export function CustomInput({ field, id, value, onChange }: CustomInputProps) {
  const t = useText(text)
  const shared = { ...(id !== undefined && { id }), className: 'block-select' }
  switch (field.type) {
    case 'money':
      return (
        <InputNumber
          {...shared}
          controls={false}
          precision={2}
          prefix="¥"
          value={typeof value === 'number' ? value / 100 : null}
          onChange={(next) => onChange?.(typeof next === 'number' ? Math.round(next * 100) : null)}
        />
      )
    case 'number':
      return (
        <InputNumber
          {...shared}
          controls={false}
          {...(field.precision !== undefined && { precision: field.precision })}
          {...(field.unit && { suffix: field.unit })}
          value={typeof value === 'number' ? value : null}
          onChange={(next) => onChange?.(typeof next === 'number' ? next : null)}
        />
      )
    case 'date':
      return (
        <DatePicker
          {...shared}
          format="YYYY-MM-DD"
          value={typeof value === 'string' ? dayjs(value) : null}
          onChange={(next) => onChange?.(next ? next.format('YYYY-MM-DD') : null)}
        />
      )
    case 'select':
    case 'boolean':
      return (
        <Picker
          {...shared}
          allowClear
          value={value === undefined || value === null ? null : String(value)}
          options={customOptions(field, t).map((option) => ({ ...option }))}
          onChange={(next: string | null | undefined) =>
            onChange?.(next === undefined || next === null ? null : field.type === 'boolean' ? next === 'true' : next)
          }
        />
      )
    case 'multiSelect':
      return (
        <Picker
          {...shared}
          mode="multiple"
          allowClear
          value={Array.isArray(value) ? value.map(String) : []}
          options={customOptions(field, t).map((option) => ({ ...option }))}
          onChange={(next: string[]) => onChange?.(next)}
        />
      )
    case 'time':
      return (
        <TimePicker
          {...shared}
          format="HH:mm"
          needConfirm={false}
          value={typeof value === 'string' ? dayjs(`2000-01-01T${value}`) : null}
          onChange={(next) => onChange?.(next ? next.format('HH:mm') : null)}
        />
      )
    case 'reference':
      return <CustomerPicker {...shared} value={value} {...(onChange && { onChange })} />
    default:
      return <WordsInput field={field} value={value} onChange={onChange} shared={shared} />
  }
}

type WordsProps = Pick<CustomInputProps, 'field'> & {
  value: unknown
  onChange: CustomInputProps['onChange']
  shared: { id?: string; className: string }
}
function WordsInput({ field, value, onChange, shared }: WordsProps) {
  const words = { ...shared, maxLength: field.maxLength ?? 2000, value: typeof value === 'string' ? value : '' }
  if (field.type === 'longText')
    return <Input.TextArea {...words} rows={2} onChange={(event) => onChange?.(event.target.value)} />
  return (
    <Input
      {...words}
      inputMode={field.type === 'phone' ? 'tel' : field.type === 'email' ? 'email' : 'text'}
      onChange={(event) => onChange?.(event.target.value)}
    />
  )
}
