import { Progress } from 'antd'
import { useRef, useState } from 'react'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { isOpenTo } from '../../../src-shared/features/customers/may.ts'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import { type FieldDescriptor, isCustomKey, valueIn } from '../../../src-shared/kernel/entity.ts'
import type { FieldOption, FieldValue } from '../../components/FieldEditor.tsx'
import { FieldGroup, type FieldLine, InlineField } from '../../components/InlineField.tsx'
import { fieldRightOf, useCan, useMe } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { CUSTOM_EDITOR, customOptions, fieldText, toEditor, useEntity, useFieldRules } from '../fields/public.ts'
import { groupWord, useLaid } from '../layouts/public.ts'
import { alikeHint, isAlikeField } from './alikeOf.tsx'
import { EDITOR, showField } from './columns.tsx'
import { recordText as text } from './recordText.ts'
import { useCustomerEdit } from './useCustomerEdit.ts'
import { useOwnerOptions, useTagOptions } from './useOptions.ts'
import { fieldWord, offeredOf, useCustomerFields } from './words.tsx'

/** All fields of a customer, each edited where it stands, under how complete they are. */
export function CustomerFields({ customer, place = 'page' }: { customer: Customer; place?: 'page' | 'panel' }) {
  const t = useText(text)
  const me = useMe()
  const lines = useLines(customer)
  const entity = useEntity(customerEntity)
  const { shown } = useFieldRules(entity, { ...customer, ...customer.custom })
  const laid = useLaid(entity, place)
  const [isFilling, setFilling] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const sees = (field: string) => fieldRightOf(me, 'customer', field) !== 'hidden'
  const { share, missing } = completeness(customer, sees)
  const mayEdit = useCan('customers.edit') && isOpenTo(customer, 'edit')
  const fill = () => {
    setFilling(true)
    const [first] = missing
    // Drawn first, then opened: the field may have been folded away.
    setTimeout(() => {
      const field = box.current?.querySelector(`[data-field="${first}"]`)
      field?.scrollIntoView({ block: 'nearest' })
      field?.querySelector<HTMLElement>('.inline-press')?.click()
    })
  }
  return (
    <div ref={box}>
      <div className="record-complete">
        <Progress
          type="circle"
          size={26}
          strokeWidth={12}
          showInfo={false}
          percent={Math.round(share * 100)}
          aria-label={t('completeShare', { share: `${Math.round(share * 100)}%` })}
        />
        <span className="t2 num">{t('completeShare', { share: `${Math.round(share * 100)}%` })}</span>
        <span className="grow" />
        {mayEdit && missing.length > 0 && (
          <button type="button" className="bare tbrand" onClick={fill}>
            {t('fill', { n: missing.length })}
          </button>
        )}
      </div>
      {laid.map(({ group, fields }) => {
        const those = fields.filter(shown).flatMap(({ key }) => lines.get(key) ?? [])
        return those.length > 0 ? (
          <FieldGroup
            key={group.id}
            name={`customer.${group.id}`}
            title={groupWord(group)}
            lines={those}
            keepEmpty={isFilling}
            startsFolded={group.isFolded}
            isWide={group.columns === 2 && place === 'page'}
          />
        ) : null
      })}
    </div>
  )
}

function useLines(customer: Customer): Map<string, FieldLine> {
  const t = useText(text)
  const me = useMe()
  const own = useText(fieldText)
  const fields = useCustomerFields()
  const mayEdit = useCan('customers.edit') && isOpenTo(customer, 'edit')
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
          options={custom ? customOptions(field, own) : (options[field.key] ?? offeredOf(t, field))}
          {...(isAlikeField(field.key) && { hint: alikeHint(field.key, customer.id) })}
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
export function completeness(
  customer: Customer,
  sees: (field: string) => boolean,
): { share: number; missing: readonly string[] } {
  const expected = EXPECTED.filter(sees)
  const missing = expected.filter((key) => !customer[key])
  return { share: expected.length === 0 ? 1 : (expected.length - missing.length) / expected.length, missing }
}
