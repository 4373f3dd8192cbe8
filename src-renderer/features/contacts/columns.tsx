import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { contactEntity } from '../../../src-shared/features/contacts/entity.ts'
import type { Contact } from '../../../src-shared/features/contacts/model.ts'
import { type FieldDescriptor, type FieldType, isCustomKey, valueIn } from '../../../src-shared/kernel/entity.ts'
import { maySortBy } from '../../components/filter/askBy.ts'
import type { EditorKind } from '../../components/FieldEditor.tsx'
import { BirthdayText } from '../../components/BirthdayText.tsx'
import { Chip, CopyButton } from '../../components/marks.tsx'
import { type CellWords, plainValue, useCellWords } from '../../components/table/cellText.ts'
import type { Column } from '../../components/table/columns.ts'
import { Dash, PhoneText, RelativeTime } from '../../components/values.tsx'
import { fieldRightOf, useCan, useMe } from '../../kernel/context.tsx'
import { fieldWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { alikeHint, isAlikeField } from '../customers/public.ts'
import { CUSTOM_EDITOR, customOptions, CustomShown, fieldText, toEditor, useEntity } from '../fields/public.ts'
import { Star } from '../favourites/public.ts'
import { text } from './text.ts'

const EDITOR: Partial<Record<FieldType, EditorKind>> = {
  text: 'text',
  longText: 'longText',
  phone: 'phone',
  email: 'email',
  boolean: 'select',
  birthday: 'birthday',
}
const RIGHT: readonly FieldType[] = ['instant', 'number', 'money', 'date']

export const useContactFields = (): readonly FieldDescriptor[] => useEntity(contactEntity).fields

/** How a field of a contact reads, in the list and beside it. */
export function ContactValue({ field, row }: { field: FieldDescriptor; row: Contact }) {
  const t = useText(text)
  if (isCustomKey(field.key)) return <CustomShown field={field} value={valueIn(row, field.key)} />
  const value = row[field.key as keyof Contact]
  if (field.key === 'customerId')
    return (
      <Link to="/customers/$id" params={{ id: row.customerId }} className="el">
        {row.customerName}
      </Link>
    )
  if (value === null || value === undefined || value === '') return <Dash />
  if (field.type === 'phone') return <PhoneText phone={String(value)} />
  if (field.type === 'instant') return <RelativeTime at={String(value)} />
  if (field.type === 'birthday') return <BirthdayText value={String(value)} />
  if (field.type === 'boolean') return value === true ? <Chip tone="brand">{t('primary')}</Chip> : <Dash />
  return <span>{String(value)}</span>
}

const NameCell = ({ row }: { row: Contact }) => (
  <span className="copyable name-cell">
    <span className="name-link el">{row.name}</span>
    <CopyButton value={row.name} />
    <Star entity="contact" id={row.id} inRow />
  </span>
)

const textOf = (field: FieldDescriptor, row: Contact, words: CellWords): string =>
  field.key === 'customerId' ? row.customerName : plainValue('contacts', field, valueIn(row, field.key), words)

/** The columns one may see, editable where the right says so. */
export function useContactColumns(): readonly Column<Contact>[] {
  const me = useMe()
  const mayWrite = useCan('contacts.write')
  const fields = useContactFields()
  const own = useText(fieldText)
  const words = useCellWords()
  return useMemo(
    () =>
      fields
        .filter((field) => fieldRightOf(me, 'contact', field.key) !== 'hidden')
        .map((field): Column<Contact> => {
          const custom = isCustomKey(field.key)
          const right = fieldRightOf(me, 'contact', field.key)
          const kind = field.readOnly || field.formula ? undefined : (custom ? CUSTOM_EDITOR : EDITOR)[field.type]
          return {
            key: field.key,
            title: fieldWord('contacts', field.key),
            width: field.width ?? (field.type === 'boolean' ? 84 : 120),
            hidden: (field.width === undefined && field.key !== 'isPrimary') || custom,
            sortable: maySortBy(me, contactEntity, field),
            ...(field.key === 'name' && { sticky: true }),
            ...(RIGHT.includes(field.type) && { align: 'right' as const }),
            render: (row) => (field.key === 'name' ? <NameCell row={row} /> : <ContactValue field={field} row={row} />),
            ...(mayWrite &&
              right === 'write' &&
              kind !== undefined && {
                edit: {
                  kind,
                  options: custom || field.type === 'boolean' ? customOptions(field, own) : [],
                  value: (row: Contact) => toEditor(valueIn(row, field.key)),
                  ...(field.key === 'name' && { byKeyOnly: true }),
                  ...(isAlikeField(field.key) && {
                    hint: (row: Contact, draft: string) => alikeHint(field.key, row.customerId)(draft),
                  }),
                },
              }),
            text: (row) => textOf(field, row, words),
          }
        }),
    [me, mayWrite, fields, own, words],
  )
}
