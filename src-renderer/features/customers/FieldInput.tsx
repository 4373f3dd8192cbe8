import { AutoComplete, DatePicker, Input, Select } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { Picker } from '../../components/Picker.tsx'
import { useClock } from '../../kernel/context.tsx'
import { formatNumber, instantOfWall, wallOf } from '../../kernel/format.ts'
import { useTyped } from '../../kernel/typed.ts'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'
import { isSuggested, type Suggested, useSuggestions } from './useSuggestions.ts'
import { useOwnerOptions, useTagOptions } from './useOptions.ts'
import { CustomInput } from '../fields/forms.ts'
import { isCustom, optionsOf, useCustomerFields } from './words.tsx'

type FieldInputProps = {
  field: string
  value?: unknown
  onChange?: (value: unknown) => void
  autoFocus?: boolean
  placeholder?: string
  id?: string
}

/** The control of a field of a customer in a form, by its type. */
export function FieldInput({ field: key, ...rest }: FieldInputProps) {
  const t = useText(text)
  const owners = useOwnerOptions()
  const tags = useTagOptions()
  const field = useCustomerFields().find((one) => one.key === key)
  const value = typeof rest.value === 'string' ? rest.value : null
  if (field && isCustom(field))
    return (
      <CustomInput
        field={field}
        {...(rest.id !== undefined && { id: rest.id })}
        value={rest.value}
        onChange={(next) => rest.onChange?.(next)}
      />
    )
  switch (field?.type) {
    case 'select':
      return (
        <Select
          {...rest}
          value={value}
          onChange={(next) => rest.onChange?.(next ?? null)}
          allowClear={key === 'level'}
          options={optionsOf(t, key).map((option) => ({ ...option }))}
        />
      )
    case 'reference':
      return (
        <Picker
          {...rest}
          value={value}
          onChange={(next) => rest.onChange?.(next ?? null)}
          allowClear
          options={owners.map((option) => ({ ...option }))}
        />
      )
    case 'tags':
      return (
        <Picker
          {...rest}
          mode="tags"
          value={Array.isArray(rest.value) ? (rest.value as string[]) : []}
          onChange={(next: string[]) => rest.onChange?.(next)}
          options={tags.map((option) => ({ ...option }))}
        />
      )
    case 'instant':
      return <InstantInput value={value} onChange={(next) => rest.onChange?.(next)} />
    case 'longText':
      return <Input.TextArea {...rest} value={value ?? ''} onChange={(event) => rest.onChange?.(event.target.value)} rows={2} />
    default:
      return <WordsInput field={key} {...rest} value={value ?? ''} />
  }
}

function WordsInput({ field: key, value, onChange, ...rest }: Omit<FieldInputProps, 'value'> & { value: string }) {
  const field = useCustomerFields().find((one) => one.key === key)
  const maxLength = field?.maxLength ?? 5000
  const write = (next: unknown) => onChange?.(next)
  if (isSuggested(key)) return <SuggestedInput field={key} {...rest} value={value} onChange={write} maxLength={maxLength} />
  return (
    <Input
      {...rest}
      value={value}
      onChange={(event) => write(event.target.value)}
      inputMode={field?.type === 'phone' ? 'tel' : field?.type === 'email' ? 'email' : 'text'}
      maxLength={maxLength}
    />
  )
}

type SuggestedProps = Omit<FieldInputProps, 'field' | 'value'> & { field: Suggested; value: string; maxLength: number }

/** Free words, with those of the company to choose from and what is written elsewhere, the most frequent first: 来源 filters only well when it is spelled one way. */
function SuggestedInput({ field, value, maxLength, onChange, ...rest }: SuggestedProps) {
  const suggestions = useSuggestions(field)
  const { load, matches } = useTyped()
  // Words that come when one has gone on already must not open over what one is at now.
  const [isIn, setIn] = useState(false)
  // What was chosen narrows nothing down: whoever comes back wants another.
  const isOffered = suggestions.values.some((one) => one.value === value)
  return (
    <AutoComplete
      {...rest}
      value={value}
      onChange={(next: string) => onChange?.(next.slice(0, maxLength))}
      showSearch={{ filterOption: false }}
      onFocus={() => {
        load()
        suggestions.look()
        setIn(true)
      }}
      onBlur={() => setIn(false)}
      options={(isIn ? suggestions.values : [])
        .filter((one) => one.value !== value && matches(one.value, isOffered ? '' : value))
        .map((one) => ({
          value: one.value,
          label: (
            <span className="row g8">
              <span className="grow el">{one.value}</span>
              {one.count !== undefined && <span className="t3 num s12">{formatNumber(one.count)}</span>}
            </span>
          ),
        }))}
    />
  )
}

function InstantInput({ value, onChange }: { value: string | null; onChange: (value: string | null) => void }) {
  const { zone } = useClock()
  return (
    <DatePicker
      showTime={{ format: 'HH:mm', minuteStep: 5 }}
      format="YYYY-MM-DD HH:mm"
      value={value ? dayjs(wallOf(value, zone)) : null}
      onChange={(next) => onChange(next ? instantOfWall(next.format('YYYY-MM-DDTHH:mm'), zone) : null)}
      className="block-select"
    />
  )
}
