import type { CellErrorCode } from '../../../src-shared/kernel/custom/formula/evaluate.ts'
import type { CustomCells, CustomValue, CustomValues } from '../../../src-shared/kernel/custom/model.ts'
import { chosenIn } from '../../../src-shared/kernel/custom/chosen.ts'
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
  time: 'text',
  select: 'select',
  multiSelect: 'tags',
  boolean: 'select',
  phone: 'phone',
  email: 'email',
  link: 'text',
  reference: 'customer',
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
  typeof value === 'boolean' ? String(value) : isCellError(value) ? null : ((value ?? null) as FieldValue)
export function fromEditor(field: FieldDescriptor | undefined, value: FieldValue): CustomValue {
  if (field?.type === 'boolean' && value !== null) return value === 'true'
  if (field?.type === 'multiSelect') return Array.isArray(value) ? value.map(String) : null
  return Array.isArray(value) ? null : (value as string | number | null)
}

const isCellError = (value: unknown): value is { error: CellErrorCode } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && 'error' in value

/** What a form may send back: results of formulas are nobody's to write. */
export const writableCells = (cells: CustomCells): CustomValues =>
  Object.fromEntries(Object.entries(cells).flatMap(([key, value]) => (isCellError(value) ? [] : [[key, value]])))

const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

type ShownProps = { field: FieldDescriptor; value: unknown; names?: Readonly<Record<string, string>> | undefined }

/** A value of a company's field as a list or a record reads it; `names`: what customers in it are called. */
export function CustomShown({ field, value, names }: ShownProps) {
  const t = useText(text)
  if (isNothing(value)) return <Dash />
  if (isCellError(value))
    return (
      <span className="tbad s12" title={t(`cellErrorHint_${value.error}`)}>
        {t(`cellError_${value.error}`)}
      </span>
    )
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
    case 'select':
      return <Chosen field={field} value={[value]} />
    case 'multiSelect':
      return <Chosen field={field} value={value} />
    case 'reference':
      return names?.[field.key] === undefined ? (
        <span className="t3">{t('customerUnseen')}</span>
      ) : (
        <a href={`/customers/${String(value)}`}>{names[field.key]}</a>
      )
    case 'phone':
      return <PhoneText phone={String(value)} />
    case 'link':
      return <WebLink address={String(value)} />
    case 'date':
    case 'time':
      return <span className="num">{String(value)}</span>
    default:
      return <span className="lit">{String(value)}</span>
  }
}

/** Options in their colours; one that is no longer known as it stands. */
const Chosen = ({ field, value }: { field: FieldDescriptor; value: unknown }) => (
  <span className="row g4 inline">
    {chosenIn(value).map((one) => {
      const choice = field.choices?.find((known) => known.value === one)
      return choice ? (
        <Chip key={one} tone={choice.tone as Tone}>
          {choice.label}
        </Chip>
      ) : (
        <span key={one} className="t3">
          {one}
        </span>
      )
    })}
  </span>
)

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
