import { opportunityEntity } from '../../../src-shared/features/opportunities/entity.ts'
import type { Opportunity } from '../../../src-shared/features/opportunities/model.ts'
import type { FieldDescriptor } from '../../../src-shared/kernel/entity.ts'
import type { FieldValue } from '../../components/FieldEditor.tsx'
import { FieldGroup, type FieldLine, InlineField } from '../../components/InlineField.tsx'
import { fieldRightOf, useCan, useMe } from '../../kernel/context.tsx'
import { fieldWord } from '../../kernel/slices.ts'
import { useOwnerOptions } from '../customers/public.ts'
import { toEditor, useEntity } from '../fields/public.ts'
import { groupWord, useLaid } from '../layouts/public.ts'
import { OpportunityValue } from './columns.tsx'
import { useEditField } from './useOpportunityEdits.ts'
import { EDITED_ELSEWHERE, EDITOR } from './words.ts'

/** All fields of an opportunity in their groups, each edited where it stands. */
export function OpportunityFields({ row }: { row: Opportunity }) {
  const me = useMe()
  const entity = useEntity(opportunityEntity)
  const laid = useLaid(entity, 'page')
  const owners = useOwnerOptions()
  const edit = useEditField()
  const mayEdit = useCan('opportunities.edit') && row.may?.edit !== false && row.deletedAt === null
  const lineOf = (field: FieldDescriptor): FieldLine => {
    const { key } = field
    const value = toEditor(row[key as keyof Opportunity])
    const label = fieldWord('opportunities', key)
    const isOpen =
      mayEdit &&
      !field.readOnly &&
      !EDITED_ELSEWHERE.has(key) &&
      fieldRightOf(me, 'opportunity', key) === 'write' &&
      (key !== 'ownerId' || row.may?.transfer === true)
    return {
      key,
      label,
      isEmpty: value === null || value === '',
      field: (
        <InlineField
          label={label}
          kind={EDITOR[field.type] ?? 'text'}
          value={value}
          options={key === 'ownerId' ? owners : []}
          {...(isOpen && { onSave: (next: FieldValue) => edit(row, key, next) })}
        >
          <OpportunityValue field={field} row={row} />
        </InlineField>
      ),
    }
  }
  return laid.map(({ group, fields }) => {
    const lines = fields.filter(({ key }) => fieldRightOf(me, 'opportunity', key) !== 'hidden').map(lineOf)
    return lines.length > 0 ? (
      <FieldGroup
        key={group.id}
        name={`opportunity.${group.id}`}
        title={groupWord(group)}
        lines={lines}
        startsFolded={group.isFolded}
      />
    ) : null
  })
}
