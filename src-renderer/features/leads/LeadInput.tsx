import { DatePicker, Input } from 'antd'
import dayjs from 'dayjs'
import { Picker } from '../../components/Picker.tsx'
import { useClock } from '../../kernel/context.tsx'
import { instantOfWall, wallOf } from '../../kernel/format.ts'
import { useOwnerOptions } from '../customers/public.ts'
import { FIELDS, useWordOptions } from './words.ts'

type LeadInputProps = {
  field: string
  id?: string
  value?: unknown
  onChange?: (value: unknown) => void
  autoFocus?: boolean
  'aria-label'?: string
}

/** The control of a field of a lead in a form, by its type; what it gives is what is stored. */
export function LeadInput({ field: key, value, onChange, ...rest }: LeadInputProps) {
  const owners = useOwnerOptions()
  const sources = useWordOptions('source')
  const { zone } = useClock()
  const field = FIELDS.find((one) => one.key === key)
  const words = typeof value === 'string' ? value : ''
  const give = (next: unknown) => onChange?.(next ?? null)
  const shared = { ...rest, className: 'block-select' }
  switch (field?.type) {
    case 'reference':
      return (
        <Picker
          {...shared}
          allowClear
          value={words || null}
          onChange={give}
          options={(key === 'sourceId' ? sources : owners).map((one) => ({ ...one }))}
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
