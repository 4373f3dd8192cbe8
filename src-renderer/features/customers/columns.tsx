import { useMemo } from 'react'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import { type FieldDescriptor, type FieldType, isCustomKey, valueIn } from '../../../src-shared/kernel/entity.ts'
import { Person } from '../../components/Avatar.tsx'
import type { EditorKind, FieldOption, FieldValue } from '../../components/FieldEditor.tsx'
import { CopyButton, LevelChip, StatusDot } from '../../components/marks.tsx'
import { type CellWords, dialled, plainValue, useCellWords } from '../../components/table/cellText.ts'
import type { Column } from '../../components/table/columns.ts'
import { Dash, InstantText, PhoneText, RelativeTime } from '../../components/values.tsx'
import { fieldRightOf, useCan, useMe } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { CUSTOM_EDITOR, customOptions, CustomShown, fieldText, toEditor } from '../fields/public.ts'
import { DueChip } from '../pools/public.ts'
import { TagChips } from '../tags/public.ts'
import { alikeHint, isAlikeField } from './alikeOf.tsx'
import { text } from './text.ts'
import { mayAskBy } from './useSight.ts'
import { useOwnerOptions, useTagOptions } from './useOptions.ts'
import { Star } from '../favourites/public.ts'
import { fieldWord, offeredOf, optionWord, STATUS_TONE, type T, useCustomerFields } from './words.tsx'

/** Not a field: nothing is exported or pasted under this name. */
export const CONTACT_COLUMN = 'contact'

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
/** Who created a record is an account; who lies in a pool is in no list of customers. */
const LEFT_OUT: ReadonlySet<string> = new Set(['createdBy', 'poolId', 'poolEnteredAt'])
const RIGHT: readonly FieldType[] = ['instant', 'number', 'money', 'date']

const AGO: ReadonlySet<string> = new Set(['lastFollowUpAt', 'ownerSince', 'wonAt', 'createdAt', 'updatedAt', 'poolEnteredAt'])

/** How a field of a customer reads, in the list and on the record alike. */
export function showField(t: T, field: FieldDescriptor, row: Customer) {
  if (isCustomKey(field.key)) return <CustomShown field={field} value={valueIn(row, field.key)} names={row.customNames} />
  const value = row[field.key as keyof Customer] as FieldValue | undefined
  if (value === null || value === undefined || value === '') return <Dash />
  if (AGO.has(field.key)) return <RelativeTime at={String(value)} />
  switch (field.key) {
    case 'level':
      return <LevelChip level={String(value)} />
    case 'status':
      return row.status && <StatusDot tone={STATUS_TONE[row.status]}>{optionWord(t, 'status', row.status)}</StatusDot>
    case 'kind':
      return optionWord(t, 'kind', String(value))
    case 'ownerId':
      return <Named name={row.ownerName} />
    case 'createdBy':
      return <Named name={row.createdByName} />
    case 'tags':
      return row.tags.length === 0 ? <Dash /> : <TagChips names={row.tags} tinted={1} />
    case 'poolDueOn':
      return <DueChip customer={row} always />
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

const Named = ({ name }: { name: string | null | undefined }) => (name ? <Person name={name} /> : <Dash />)

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
    <Star entity="customer" id={row.id} inRow />
  </span>
)

/** A cell of a customer; an owner goes by his name, and a firm without a number of its own by that of its main contact. */
function customerCellText(field: FieldDescriptor, row: Customer, words: CellWords): string {
  if (field.key === 'ownerId') return row.ownerName ?? ''
  if (field.key === 'phone') return dialled(row.phone ?? row.contactPhone ?? '')
  if (isCustomKey(field.key) && field.type === 'reference') return row.customNames?.[field.key] ?? ''
  return plainValue('customers', field, valueIn(row, field.key), words)
}

/** The main contact; it hangs on the customer, so the list does not sort by it, nor is it written here. */
const contactColumn = (t: T): Column<Customer> => ({
  key: CONTACT_COLUMN,
  title: t('contacts'),
  width: 90,
  render: (row) => row.contactName ?? <Dash />,
  text: (row) => row.contactName ?? '',
})

/** The number of the firm, or in grey that of its main contact. */
function PhoneCell({ row }: { row: Customer }) {
  if (row.phone || !row.contactPhone) return row.phone ? <PhoneText phone={row.phone} /> : <Dash />
  return (
    <span className="t3" title={row.contactName ?? undefined}>
      <PhoneText phone={row.contactPhone} />
    </span>
  )
}

/** The columns one may see, from the description of the entity; editable where the right says so. */
export function useCustomerColumns(): readonly Column<Customer>[] {
  const t = useText(text)
  const me = useMe()
  const mayEdit = useCan('customers.edit')
  const owners = useOwnerOptions()
  const tags = useTagOptions()
  const fields = useCustomerFields()
  const own = useText(fieldText)
  const words = useCellWords()
  const seesContacts = useCan('contacts.read')
  return useMemo(() => {
    const options: Record<string, readonly FieldOption[]> = { ownerId: owners, tags }
    const columns = fields
      .filter((field) => fieldRightOf(me, 'customer', field.key) !== 'hidden' && !LEFT_OUT.has(field.key))
      .map((field) => {
        const custom = isCustomKey(field.key)
        const kind = (custom ? CUSTOM_EDITOR : EDITOR)[field.type]
        const canEdit = mayEdit && !field.readOnly && kind !== undefined && fieldRightOf(me, 'customer', field.key) === 'write'
        const column: Column<Customer> = {
          key: field.key,
          title: fieldWord(t, field.key),
          width: field.width ?? WIDTHS[field.key] ?? 110,
          hidden: field.width === undefined || custom,
          sortable: field.type !== 'tags' && !(custom && field.type === 'reference') && mayAskBy(me, field.key),
          ...(field.key === 'name' && { sticky: true }),
          ...(field.key === 'level' ? { align: 'center' as const } : RIGHT.includes(field.type) && { align: 'right' as const }),
          render: (row) => {
            if (field.key === 'name') return <NameCell row={row} />
            return field.key === 'phone' ? <PhoneCell row={row} /> : showField(t, field, row)
          },
          ...(canEdit && {
            edit: {
              kind,
              options: custom ? customOptions(field, own) : (options[field.key] ?? offeredOf(t, field)),
              value: (row) => toEditor(valueIn(row, field.key)),
              // A click on the name opens the record at once.
              ...(field.key === 'name' && { byKeyOnly: true }),
              ...(isAlikeField(field.key) && { hint: (row, draft) => alikeHint(field.key, row.id)(draft) }),
            },
          }),
          text: (row) => customerCellText(field, row, words),
        }
        return column
      })
    const at = columns.findIndex(({ key }) => key === 'phone')
    return seesContacts ? columns.toSpliced(at < 0 ? columns.length : at, 0, contactColumn(t)) : columns
  }, [t, own, me, mayEdit, owners, tags, fields, words, seesContacts])
}
