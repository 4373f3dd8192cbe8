import type { Customer } from '../../../src-shared/features/customers/model.ts'
import { type FieldDescriptor, isCustomKey, valueIn } from '../../../src-shared/kernel/entity.ts'
import type { FieldOption, FieldValue } from '../../components/FieldEditor.tsx'
import { FieldGroup, type FieldLine, InlineField } from '../../components/InlineField.tsx'
import { fieldRightOf, useCan, useMe } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { CUSTOM_EDITOR, customOptions, fieldText, toEditor } from '../fields/public.ts'
import { EDITOR, showField } from './columns.tsx'
import { text } from './text.ts'
import { useCustomerEdit } from './useCustomerEdit.ts'
import { useOwnerOptions, useTagOptions } from './useOptions.ts'
import { fieldWord, isCustom, optionsOf, useCustomerFields } from './words.tsx'

const GROUPS = [
  {
    word: 'basics',
    keys: ['name', 'kind', 'level', 'status', 'phone', 'phone2', 'email', 'website', 'industry', 'source', 'creditCode'],
  },
  { word: 'place', keys: ['province', 'city', 'district', 'address'] },
  { word: 'other', keys: ['note', 'tags'] },
  { word: 'belongs', keys: ['ownerId', 'nextFollowUpAt', 'createdAt', 'updatedAt'] },
] as const

/** All fields of a customer, each edited where it stands. */
export function CustomerFields({ customer }: { customer: Customer }) {
  const t = useText(text)
  const lines = useLines(customer)
  const added = useCustomerFields()
    .filter(isCustom)
    .flatMap(({ key }) => lines.get(key) ?? [])
  return (
    <>
      {GROUPS.map((group) => {
        const shown = group.keys.flatMap((key) => lines.get(key) ?? [])
        return shown.length > 0 ? <FieldGroup key={group.word} title={t(group.word)} lines={shown} /> : null
      })}
      {added.length > 0 && <FieldGroup title={t('ownFields')} lines={added} />}
    </>
  )
}

function useLines(customer: Customer): Map<string, FieldLine> {
  const t = useText(text)
  const me = useMe()
  const own = useText(fieldText)
  const fields = useCustomerFields()
  const mayEdit = useCan('customers.edit') && customer.deletedAt === null
  const owners = useOwnerOptions()
  const tags = useTagOptions()
  const { editField } = useCustomerEdit()
  const options: Record<string, readonly FieldOption[]> = { ownerId: owners, tags }
  const lineOf = (field: FieldDescriptor): FieldLine => {
    const custom = isCustomKey(field.key)
    const value = toEditor(valueIn(customer, field.key))
    const canEdit = mayEdit && !field.readOnly && fieldRightOf(me, 'customer', field.key) === 'write'
    const label = fieldWord(t, field.key)
    return {
      key: field.key,
      label,
      isEmpty: value === null || value === '' || (Array.isArray(value) && value.length === 0),
      field: (
        <InlineField
          label={label}
          kind={(custom ? CUSTOM_EDITOR : EDITOR)[field.type] ?? 'text'}
          value={value}
          options={custom ? customOptions(field, own) : (options[field.key] ?? optionsOf(t, field.key))}
          {...(canEdit && { onSave: (next: FieldValue) => editField(customer, field.key, next) })}
        >
          {showField(t, field, customer)}
        </InlineField>
      ),
    }
  }
  return new Map(
    fields.filter((field) => fieldRightOf(me, 'customer', field.key) !== 'hidden').map((field) => [field.key, lineOf(field)]),
  )
}

/** What a complete record of a customer has; the ring counts these. */
const EXPECTED = ['phone', 'level', 'industry', 'source', 'city', 'address', 'ownerId', 'nextFollowUpAt'] as const
export function completeness(customer: Customer, sees: (field: string) => boolean): { share: number; missing: number } {
  const expected = EXPECTED.filter(sees)
  const missing = expected.filter((key) => !customer[key]).length
  return { share: expected.length === 0 ? 1 : (expected.length - missing) / expected.length, missing }
}
