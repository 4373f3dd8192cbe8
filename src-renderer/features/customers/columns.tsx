import { useMemo } from 'react'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import { type FieldDescriptor, type FieldType, isCustomKey, valueIn } from '../../../src-shared/kernel/entity.ts'
import { Person } from '../../components/Avatar.tsx'
import type { EditorKind, FieldOption, FieldValue } from '../../components/FieldEditor.tsx'
import { CopyButton, LevelChip, StatusDot } from '../../components/marks.tsx'
import type { Column } from '../../components/table/columns.ts'
import { Dash, InstantText, PhoneText, RelativeTime } from '../../components/values.tsx'
import { fieldRightOf, useCan, useMe } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { CUSTOM_EDITOR, customOptions, CustomShown, fieldText, toEditor } from '../fields/public.ts'
import { TagChips } from '../tags/public.ts'
import { text } from './text.ts'
import { mayAskBy } from './useSight.ts'
import { useOwnerOptions, useTagOptions } from './useOptions.ts'
import { fieldWord, optionsOf, optionWord, STATUS_TONE, type T, useCustomerFields } from './words.tsx'

export const EDITOR: Partial<Record<FieldType, EditorKind>> = {
  text: 'text',
  longText: 'longText',
  phone: 'phone',
  email: 'email',
  link: 'text',
  select: 'select',
  reference: 'select',
  instant: 'instant',
  tags: 'tags',
}
const WIDTHS: Record<string, number> = {
  email: 180,
  website: 180,
  creditCode: 176,
  industry: 120,
  source: 110,
  address: 220,
  tags: 160,
  note: 220,
  phone2: 128,
  province: 84,
  district: 84,
  kind: 72,
  updatedAt: 96,
}
const RIGHT: readonly FieldType[] = ['instant', 'number', 'money', 'date']

/** How a field of a customer reads, in the list and on the record alike. */
export function showField(t: T, field: FieldDescriptor, row: Customer) {
  if (isCustomKey(field.key)) return <CustomShown field={field} value={valueIn(row, field.key)} />
  const value = row[field.key as keyof Customer] as FieldValue | undefined
  if (value === null || value === undefined || value === '') return <Dash />
  switch (field.key) {
    case 'level':
      return <LevelChip level={String(value)} />
    case 'status':
      return row.status && <StatusDot tone={STATUS_TONE[row.status]}>{optionWord(t, 'status', row.status)}</StatusDot>
    case 'kind':
      return optionWord(t, 'kind', String(value))
    case 'ownerId':
      return row.ownerName ? <Person name={row.ownerName} /> : <Dash />
    case 'tags':
      return row.tags.length === 0 ? <Dash /> : <TagChips names={row.tags} tinted={1} />
    case 'lastFollowUpAt':
    case 'createdAt':
    case 'updatedAt':
      return <RelativeTime at={String(value)} />
    case 'nextFollowUpAt':
      return <InstantText at={String(value)} late />
    case 'website':
      return <WebLink address={String(value)} />
    default:
      return field.type === 'phone' ? (
        <PhoneText phone={String(value)} />
      ) : (
        <span className={field.key === 'creditCode' ? 'lit num' : ''}>{String(value)}</span>
      )
  }
}

/** Only http and https open; anything else somebody typed stays text. */
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

const NameCell = ({ row }: { row: Customer }) => (
  <span className="copyable name-cell">
    <span className="name-link el">{row.name}</span>
    <CopyButton value={row.name} />
  </span>
)

/** The columns one may see, from the description of the entity; editable where the right says so. */
export function useCustomerColumns(): readonly Column<Customer>[] {
  const t = useText(text)
  const me = useMe()
  const mayEdit = useCan('customers.edit')
  const owners = useOwnerOptions()
  const tags = useTagOptions()
  const fields = useCustomerFields()
  const own = useText(fieldText)
  return useMemo(() => {
    const options: Record<string, readonly FieldOption[]> = { ownerId: owners, tags }
    return fields
      .filter((field) => fieldRightOf(me, 'customer', field.key) !== 'hidden' && field.key !== 'createdBy')
      .map((field) => {
        const custom = isCustomKey(field.key)
        const kind = (custom ? CUSTOM_EDITOR : EDITOR)[field.type]
        const canEdit =
          mayEdit &&
          !field.readOnly &&
          field.key !== 'name' &&
          kind !== undefined &&
          fieldRightOf(me, 'customer', field.key) === 'write'
        const column: Column<Customer> = {
          key: field.key,
          title: fieldWord(t, field.key),
          width: field.width ?? WIDTHS[field.key] ?? 110,
          hidden: field.width === undefined || custom,
          sortable: (custom || (field.indexed ?? false)) && mayAskBy(me, field.key),
          ...(field.key === 'name' && { sticky: true }),
          ...(field.key === 'level' ? { align: 'center' as const } : RIGHT.includes(field.type) && { align: 'right' as const }),
          render: (row) => (field.key === 'name' ? <NameCell row={row} /> : showField(t, field, row)),
          ...(canEdit && {
            edit: {
              kind,
              options: custom ? customOptions(field, own) : (options[field.key] ?? optionsOf(t, field.key)),
              value: (row) => toEditor(valueIn(row, field.key)),
            },
          }),
        }
        return column
      })
  }, [t, own, me, mayEdit, owners, tags, fields])
}
