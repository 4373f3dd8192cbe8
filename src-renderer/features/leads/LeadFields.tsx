import { leadEntity } from '../../../src-shared/features/leads/entity.ts'
import type { Lead } from '../../../src-shared/features/leads/model.ts'
import type { FieldDescriptor } from '../../../src-shared/kernel/entity.ts'
import type { FieldValue } from '../../components/FieldEditor.tsx'
import { FieldGroup, type FieldLine, InlineField } from '../../components/InlineField.tsx'
import { fieldRightOf, useCan, useMe } from '../../kernel/context.tsx'
import { fieldWord } from '../../kernel/slices.ts'
import { useOwnerOptions } from '../customers/public.ts'
import { toEditor, useEntity } from '../fields/public.ts'
import { groupWord, useLaid } from '../layouts/public.ts'
import { LeadValue } from './columns.tsx'
import { useEditField } from './useLeadEdits.ts'
import { EDITOR, useWordOptions } from './words.ts'

/** All fields of a lead in their groups, each edited where it stands. */
export function LeadFields({ row }: { row: Lead }) {
  const me = useMe()
  const entity = useEntity(leadEntity)
  const laid = useLaid(entity, 'page')
  const owners = useOwnerOptions()
  const sources = useWordOptions('source')
  const edit = useEditField()
  const mayEdit = useCan('leads.edit') && row.may?.edit !== false && row.deletedAt === null && row.status !== 'converted'
  const lineOf = (field: FieldDescriptor): FieldLine => {
    const { key } = field
    const value = toEditor(row[key as keyof Lead])
    const label = fieldWord('leads', key)
    const isOpen =
      mayEdit && !field.readOnly && fieldRightOf(me, 'lead', key) === 'write' && (key !== 'ownerId' || row.may?.transfer === true)
    return {
      key,
      label,
      isEmpty: key !== 'ownerId' && key !== 'responseSeconds' && (value === null || value === ''),
      field: (
        <InlineField
          label={label}
          kind={EDITOR[field.type] ?? 'text'}
          value={value}
          options={key === 'ownerId' ? owners : key === 'sourceId' ? sources : []}
          {...(isOpen && { onSave: (next: FieldValue) => edit(row, key, next) })}
        >
          <LeadValue field={field} row={row} />
        </InlineField>
      ),
    }
  }
  return laid.map(({ group, fields }) => {
    const lines = fields.filter(({ key }) => fieldRightOf(me, 'lead', key) !== 'hidden').map(lineOf)
    return lines.length > 0 ? (
      <FieldGroup key={group.id} name={`lead.${group.id}`} title={groupWord(group)} lines={lines} startsFolded={group.isFolded} />
    ) : null
  })
}
