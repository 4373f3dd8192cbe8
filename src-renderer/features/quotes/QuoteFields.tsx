import { quoteEntity } from '../../../src-shared/features/quotes/entity.ts'
import type { Quote } from '../../../src-shared/features/quotes/model.ts'
import type { FieldDescriptor } from '../../../src-shared/kernel/entity.ts'
import type { FieldValue } from '../../components/FieldEditor.tsx'
import { FieldGroup, type FieldLine, InlineField } from '../../components/InlineField.tsx'
import { fieldRightOf, useCan, useMe } from '../../kernel/context.tsx'
import { fieldWord } from '../../kernel/slices.ts'
import { useOwnerOptions } from '../customers/public.ts'
import { toEditor, useEntity } from '../fields/public.ts'
import { groupWord, useLaid } from '../layouts/public.ts'
import { QuoteValue } from './columns.tsx'
import { useEditField } from './useQuoteEdits.ts'
import { CONTENT, EDITED_ELSEWHERE, EDITOR } from './words.ts'

/** Said by the page itself. */
const ELSEWHERE: ReadonlySet<string> = new Set(['superseded'])

/** All fields of a quote in their groups, each edited where it stands; what the customer reads only in a draft. */
export function QuoteFields({ row }: { row: Quote }) {
  const me = useMe()
  const entity = useEntity(quoteEntity)
  const laid = useLaid(entity, 'page')
  const owners = useOwnerOptions()
  const edit = useEditField()
  const mayEdit = useCan('quotes.edit') && row.may?.edit !== false && row.deletedAt === null && row.superseded !== true
  const lineOf = (field: FieldDescriptor): FieldLine => {
    const { key } = field
    const value = toEditor(row[key as keyof Quote])
    const label = fieldWord('quotes', key)
    const isOpen =
      mayEdit &&
      !field.readOnly &&
      !EDITED_ELSEWHERE.has(key) &&
      (row.status === 'draft' || !CONTENT.has(key)) &&
      fieldRightOf(me, 'quote', key) === 'write' &&
      (key !== 'ownerId' || row.may?.transfer === true)
    return {
      key,
      label,
      isEmpty: value === null || value === '' || value === 0,
      field: (
        <InlineField
          label={label}
          kind={EDITOR[field.type] ?? 'text'}
          value={value}
          options={key === 'ownerId' ? owners : []}
          {...(isOpen && { onSave: (next: FieldValue) => edit(row, key, next) })}
        >
          <QuoteValue field={field} row={row} />
        </InlineField>
      ),
    }
  }
  return laid.map(({ group, fields }) => {
    const lines = fields.filter(({ key }) => !ELSEWHERE.has(key) && fieldRightOf(me, 'quote', key) !== 'hidden').map(lineOf)
    return lines.length > 0 ? (
      <FieldGroup
        key={group.id}
        name={`quote.${group.id}`}
        title={groupWord(group)}
        lines={lines}
        startsFolded={group.isFolded}
      />
    ) : null
  })
}
