import type { ReactNode } from 'react'
import type { EntityDescriptor, FieldDescriptor } from '../../../src-shared/kernel/entity.ts'
import type { FieldValue } from '../../components/FieldEditor.tsx'
import { FieldGroup, type FieldLine, InlineField } from '../../components/InlineField.tsx'
import { fieldRightOf, useMe } from '../../kernel/context.tsx'
import { fieldWord, optionWord } from '../../kernel/slices.ts'
import { toEditor } from '../fields/public.ts'
import { groupWord, useLaid } from './useLayout.ts'

const EDITORS = { date: 'date', select: 'select', text: 'text', longText: 'longText' } as const

type LaidFieldsProps<Row> = {
  entity: EntityDescriptor
  row: Row
  /** Fields that may be written where they stand; the roles' own limits come beside. */
  mayWrite: (field: FieldDescriptor) => boolean
  /** @returns why it was not saved, or null */
  onSave: (key: string, value: FieldValue) => Promise<string | null>
  value: (field: FieldDescriptor) => ReactNode
}

/** The fields of a small record in their groups, each edited where it stands. */
export function LaidFields<Row extends object>({ entity, row, mayWrite, onSave, value: shown }: LaidFieldsProps<Row>) {
  const me = useMe()
  const laid = useLaid(entity, 'page')
  const { feature, name } = entity
  const lineOf = (field: FieldDescriptor): FieldLine => {
    const { key, type, options = [] } = field
    const value = toEditor((row as Record<string, unknown>)[key])
    const label = fieldWord(feature, key)
    const kind = EDITORS[type as keyof typeof EDITORS] as (typeof EDITORS)[keyof typeof EDITORS] | undefined
    const isOpen = mayWrite(field) && !field.readOnly && kind !== undefined && fieldRightOf(me, name, key) === 'write'
    return {
      key,
      label,
      isEmpty: value === null || value === '',
      field: (
        <InlineField
          label={label}
          kind={kind ?? 'text'}
          value={value}
          options={options.map((one) => ({ value: one, label: optionWord(feature, key, one) }))}
          {...(isOpen && { onSave: (next: FieldValue) => onSave(key, next) })}
        >
          {shown(field)}
        </InlineField>
      ),
    }
  }
  return laid.map(({ group, fields }) => {
    const lines = fields.filter(({ key }) => fieldRightOf(me, name, key) !== 'hidden').map(lineOf)
    return (
      lines.length > 0 && (
        <FieldGroup
          key={group.id}
          name={`${name}.${group.id}`}
          title={groupWord(group)}
          lines={lines}
          startsFolded={group.isFolded}
        />
      )
    )
  })
}
