import { Checkbox, Input } from 'antd'
import type { FieldDescriptor } from '../../../src-shared/kernel/entity.ts'
import { isCustomKey } from '../../../src-shared/kernel/entity.ts'
import { BirthdayInput } from '../../components/BirthdayEditor.tsx'
import { useText } from '../../kernel/text.ts'
import { CustomInput } from '../fields/forms.ts'
import { text } from './text.ts'

type ContactInputProps = {
  field: FieldDescriptor
  takesFocus: boolean
  id?: string
  value?: unknown
  onChange?: (value: unknown) => void
}

/** The control of a field of a contact in a form, by its type. */
export function ContactInput({ field, takesFocus, value, onChange, ...rest }: ContactInputProps) {
  const t = useText(text)
  const write = (next: unknown) => onChange?.(next)
  if (isCustomKey(field.key)) return <CustomInput field={field} {...rest} value={value} onChange={write} />
  if (field.type === 'birthday') return <BirthdayInput {...rest} value={value} onChange={write} />
  if (field.type === 'boolean')
    return (
      <Checkbox {...rest} checked={value === true} onChange={(event) => write(event.target.checked)}>
        {t('makePrimary')}
      </Checkbox>
    )
  const shared = {
    ...rest,
    value: typeof value === 'string' ? value : '',
    autoFocus: takesFocus,
    maxLength: field.maxLength ?? 5000,
  }
  if (field.type === 'longText') return <Input.TextArea {...shared} rows={1} onChange={(event) => write(event.target.value)} />
  return (
    <Input
      {...shared}
      inputMode={field.type === 'phone' ? 'tel' : field.type === 'email' ? 'email' : 'text'}
      onChange={(event) => write(event.target.value)}
    />
  )
}
