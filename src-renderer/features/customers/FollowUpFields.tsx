import { useState } from 'react'
import { followUpEntity } from '../../../src-shared/features/follow-ups/entity.ts'
import { type FieldDescriptor, isCustomKey } from '../../../src-shared/kernel/entity.ts'
import { fieldRightOf, useMe } from '../../kernel/context.tsx'
import { fieldWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { CustomInput } from '../fields/forms.ts'
import { useEntity, useFieldRules } from '../fields/public.ts'
import { useLaid } from '../layouts/public.ts'
import { recordText as text } from './recordText.ts'

/** So many stand there at once; further ones come when they are asked for. */
const AT_ONCE = 2

type FollowUpFieldsProps = {
  /** What rules look at beside the company's own fields. */
  record: Readonly<Record<string, unknown>>
  values: Readonly<Record<string, unknown>>
  onChange: (key: string, value: unknown) => void
}

/** The company's own fields of a follow-up, while it is written: what must be filled in first, what is many behind 更多. */
export function FollowUpFields({ record, values, onChange }: FollowUpFieldsProps) {
  const t = useText(text)
  const me = useMe()
  const [all, setAll] = useState(false)
  const entity = useEntity(followUpEntity)
  const { shown, required } = useFieldRules(entity, { ...record, ...values })
  const asked = useLaid(entity, 'form')
    .flatMap(({ fields }) => fields)
    .filter((field) => isCustomKey(field.key) && !field.readOnly && !field.formula && shown(field))
    .filter((field) => fieldRightOf(me, 'followUp', field.key) === 'write')
  if (asked.length === 0) return null
  const must = asked.filter(required)
  const others = asked.filter((field) => !required(field))
  const first = [...must, ...others.slice(0, Math.max(0, AT_ONCE - must.length))]
  const there = all || asked.length <= AT_ONCE + 1 ? [...must, ...others] : first
  const line = (field: FieldDescriptor) => (
    <div key={field.key} className="composer-field">
      <label className="t2 s12" htmlFor={`follow-up-${field.key}`} title={field.setting?.help ?? undefined}>
        {required(field) && <span className="tbad">* </span>}
        {fieldWord('followUps', field.key)}
      </label>
      <CustomInput
        id={`follow-up-${field.key}`}
        field={field}
        value={values[field.key]}
        onChange={(value) => onChange(field.key, value)}
      />
    </div>
  )
  return (
    <div className="composer-fields">
      {there.map(line)}
      {asked.length > there.length && (
        <button type="button" className="bare s12 tbrand" onClick={() => setAll(true)}>
          {t('moreFields', { n: asked.length - there.length })}
        </button>
      )}
    </div>
  )
}
