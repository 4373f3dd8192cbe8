import type { FieldDescriptor, FieldType } from '../../../src-shared/kernel/entity.ts'
import type { EditorKind, FieldOption, FieldValue } from '../../components/FieldEditor.tsx'
import { Chip, type Tone } from '../../components/marks.tsx'
import { Dash, Money, PhoneText } from '../../components/values.tsx'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

export const CUSTOM_EDITOR: Partial<Record<FieldType, EditorKind>> = {
  text: 'text',
  longText: 'longText',
  number: 'number',
  money: 'money',
  date: 'date',
  select: 'select',
  boolean: 'select',
  phone: 'phone',
  email: 'email',
  link: 'text',
}

type Words = (key: 'yes' | 'no') => string

/** What may be chosen in such a field; one that holds an option put aside shows it, and may keep it. */
export function customOptions(field: FieldDescriptor, t: Words): readonly FieldOption[] {
  if (field.type === 'boolean')
    return [
      { value: 'true', label: t('yes') },
      { value: 'false', label: t('no') },
    ]
  return (field.choices ?? []).filter(({ archived }) => !archived).map(({ value, label }) => ({ value, label }))
}

/** Editors know texts and numbers: yes and no are a choice of two. */
export const toEditor = (value: unknown): FieldValue =>
  typeof value === 'boolean' ? String(value) : ((value ?? null) as FieldValue)
export function fromEditor(field: FieldDescriptor | undefined, value: FieldValue): string | number | boolean | null {
  if (field?.type === 'boolean' && value !== null) return value === 'true'
  return Array.isArray(value) ? null : (value as string | number | null)
}

/** A value of a company's field as a list or a record reads it. */
export function CustomShown({ field, value }: { field: FieldDescriptor; value: unknown }) {
  const t = useText(text)
  if (value === null || value === undefined || value === '') return <Dash />
  switch (field.type) {
    case 'money':
      return <Money fen={Number(value)} />
    case 'number':
      return (
        <span className="num">
          {Number(value).toLocaleString('en-US', { maximumFractionDigits: 6 })}
          {field.unit && <span className="t3"> {field.unit}</span>}
        </span>
      )
    case 'boolean':
      return value === true ? t('yes') : t('no')
    case 'select': {
      const choice = field.choices?.find((one) => one.value === value)
      return choice ? <Chip tone={choice.tone as Tone}>{choice.label}</Chip> : <span className="t3">{String(value)}</span>
    }
    case 'phone':
      return <PhoneText phone={String(value)} />
    case 'link':
      return <WebLink address={String(value)} />
    case 'date':
      return <span className="num">{String(value)}</span>
    default:
      return <span className="lit">{String(value)}</span>
  }
}

/** Only http and https open. */
function WebLink({ address }: { address: string }) {
  const href = /^https?:\/\//i.test(address) ? address : `https://${address}`
  return URL.canParse(href) ? (
    <a href={href} target="_blank" rel="noreferrer noopener">
      {address}
    </a>
  ) : (
    address
  )
}
