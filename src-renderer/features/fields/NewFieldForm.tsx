import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { type CustomField, type CustomizableEntity, hasChoices } from '../../../src-shared/features/fields/model.ts'
import { CUSTOM_TYPES, type CustomType } from '../../../src-shared/kernel/custom/model.ts'
import { useApi } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { sliceWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { useCreate } from '../../kernel/useCreate.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { text } from './text.ts'

/** The kinds of fields in the order they are offered. */
export const TYPES = CUSTOM_TYPES.filter((type) => type !== 'formula')
export type TypeName = CustomType
export const typeWord = (type: string): string => sliceWord('fields', `types.${type}`) ?? type

export type FieldDraft = {
  entity: CustomizableEntity
  label: string
  type: TypeName
  unit?: string | null | undefined
  choices?: readonly string[] | undefined
}
type NewFieldFormProps = {
  draft: FieldDraft
  entities?: readonly { value: CustomizableEntity; label: string }[] | undefined
  onMade: (field: CustomField) => void
  onCancel: () => void
}

/** Label, type and options of a new field. Made, it can be taken back like everything. */
export function NewFieldForm({ draft, entities, onMade, onCancel }: NewFieldFormProps) {
  const t = useText(text)
  const undo = useUndo()
  const [{ entity, label, type, unit, choices }, setDraft] = useState(draft)
  const change = (next: Partial<FieldDraft>) => setDraft((before) => ({ ...before, ...next }))
  const api = useApi()
  const { create, error, isPending } = useCreate((context) =>
    api.fields.create.mutationOptions({
      context,
      meta: { shown: true },
      onSuccess: (field) => {
        undo.say(t('made', { label: field.label }), { recordId: field.id })
        onMade(field)
      },
    }),
  )
  const save = () => {
    if (!label.trim()) return
    void create({
      entity,
      label,
      type,
      ...(type === 'number' && unit ? { unit } : {}),
      ...(hasChoices(type) && choices ? { choices: choices.map((word) => ({ label: word })) } : {}),
    })
  }
  return (
    <form
      className="col g8 fields-new"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      {entities && (
        <label className="col g4">
          <span className="t3 s12">{t('entity')}</span>
          <Select value={entity} options={[...entities]} onChange={(next) => change({ entity: next })} />
        </label>
      )}
      <label className="col g4">
        <span className="t3 s12">{t('label')}</span>
        <Input
          autoFocus
          maxLength={40}
          value={label}
          aria-label={t('label')}
          onChange={(event) => change({ label: event.target.value })}
        />
      </label>
      <label className="col g4">
        <span className="t3 s12">{t('type')}</span>
        <Select<TypeName>
          value={type}
          aria-label={t('type')}
          options={TYPES.map((value) => ({ value, label: typeWord(value) }))}
          onChange={(next) => change({ type: next })}
        />
      </label>
      <OfType type={type} unit={unit} choices={choices} onChange={change} />
      {error && (
        <span className="field-error" role="alert">
          {failureText(error, 'fields')}
        </span>
      )}
      <div className="row g8">
        <span className="grow" />
        <Button onClick={onCancel}>{t('cancel')}</Button>
        <Button type="primary" htmlType="submit" disabled={!label.trim()} loading={isPending}>
          {t('make')}
        </Button>
      </div>
    </form>
  )
}

type OfTypeProps = Pick<FieldDraft, 'type' | 'unit' | 'choices'> & { onChange: (next: Partial<FieldDraft>) => void }

/** What only some kinds of fields have. */
function OfType({ type, unit, choices, onChange }: OfTypeProps) {
  const t = useText(text)
  return (
    <>
      {type === 'number' && (
        <label className="col g4">
          <span className="t3 s12">{t('unit')}</span>
          <Input maxLength={20} value={unit ?? ''} onChange={(event) => onChange({ unit: event.target.value })} />
        </label>
      )}
      {hasChoices(type) && (
        <label className="col g4">
          <span className="t3 s12">{t('choices')}</span>
          <Select
            mode="tags"
            aria-label={t('choices')}
            placeholder={t('choicesHint')}
            value={[...(choices ?? [])]}
            onChange={(next: string[]) => onChange({ choices: next })}
          />
        </label>
      )}
    </>
  )
}
