import { type SelectProps } from 'antd'
import { Picker } from '../Picker.tsx'
import { useText } from '../../kernel/text.ts'
import type { DraftRule } from './draft.ts'
import { text } from './text.ts'
import type { FilterField } from './filterField.ts'

type FieldChoiceProps = {
  rule: DraftRule
  fields: readonly FilterField[]
  /** When it comes: it was just added. */
  takesFocus: boolean
  onChange: (field: FilterField) => void
}
const WORD = { own: 'groupOwn', custom: 'groupCustom', related: 'groupRelated' } as const

/** Which field a condition is about: those of the record, those of the company, and what is related. */
export function FieldChoice({ rule, fields, takesFocus, onChange }: FieldChoiceProps) {
  const t = useText(text)
  const groups = (['own', 'custom', 'related'] as const).flatMap((group) => {
    const options = fields.filter((field) => field.group === group).map(({ key, label }) => ({ value: key, label }))
    return options.length > 0 ? [{ label: t(WORD[group]), options }] : []
  })
  const options: NonNullable<SelectProps['options']> = groups.length === 1 ? (groups[0]?.options ?? []) : groups
  return (
    <Picker
      size="small"
      autoFocus={takesFocus}
      className="rule-field"
      aria-label={t('field')}
      popupMatchSelectWidth={false}
      value={rule.field}
      options={options}
      onChange={(key) => {
        const field = fields.find((one) => one.key === key)
        if (field) onChange(field)
      }}
    />
  )
}
