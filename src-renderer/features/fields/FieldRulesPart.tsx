import { useMutation } from '@tanstack/react-query'
import { Checkbox, Input, Switch } from 'antd'
import { useState } from 'react'
import type { CustomizableEntity } from '../../../src-shared/features/fields/model.ts'
import { mayBeUnique } from '../../../src-shared/kernel/custom/rules.ts'
import { type FieldSetting, NO_SETTING } from '../../../src-shared/kernel/custom/setting.ts'
import { type EntityDescriptor, type FieldDescriptor, isCustomKey } from '../../../src-shared/kernel/entity.ts'
import { useFilterFields } from '../../components/filter/useFilterFields.ts'
import { RuleSentence } from '../../components/rules/RuleSentence.tsx'
import { useApi } from '../../kernel/context.tsx'
import { failureOf, failureText } from '../../kernel/errors.ts'
import { fieldWord } from '../../kernel/slices.ts'
import { listed, useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { CustomInput } from './CustomInput.tsx'
import { fieldSentence } from './fieldSentence.ts'
import { useFieldSettings } from './Fields.tsx'
import { When } from './RuleEditor.tsx'
import { text } from './text.ts'
import { useFieldTrial } from './useFieldTrial.ts'

type Place = { entity: EntityDescriptor; kind: CustomizableEntity; fieldKey: string }
type FieldRulesPartProps = Place & { rules: FieldRules }
const NONE: readonly EntityDescriptor[] = []
const NEVER_REQUIRED: ReadonlySet<string> = new Set(['name', 'kind', 'status', 'ownerId', 'tags', 'text', 'customerId'])

/** What is asked of a field, as it is being changed; a command of its own, because it may have to look at every record. */
export function useFieldRules({ kind, fieldKey }: Pick<Place, 'kind' | 'fieldKey'>) {
  const t = useText(text)
  const undo = useUndo()
  const stored = useFieldSettings().find((one) => one.entity === kind && one.field === fieldKey)
  const [draft, setDraft] = useState<FieldSetting>(() => settingOf(stored))
  const { mutateAsync, error, isPending } = useMutation(
    useApi().fields.configure.mutationOptions({
      meta: { shown: true },
      onSuccess: (saved) => undo.say(t('rulesSaved'), { recordId: saved.id }),
    }),
  )
  return {
    draft,
    change: (next: Partial<FieldSetting>) => setDraft((before) => ({ ...before, ...next })),
    isDirty: JSON.stringify(draft) !== JSON.stringify(settingOf(stored)),
    /** @returns whether it was taken; `error` says why not. */
    save: () =>
      mutateAsync({ entity: kind, field: fieldKey, version: stored?.version ?? 0, values: draft }).then(
        () => true,
        () => false,
      ),
    error,
    isPending,
  }
}
export type FieldRules = ReturnType<typeof useFieldRules>

/** What is asked of a field. */
export function FieldRulesPart({ entity, kind, fieldKey, rules: { draft, change, error } }: FieldRulesPartProps) {
  const t = useText(text)
  const field = entity.fields.find(({ key }) => key === fieldKey)
  const label = fieldWord(entity.feature, fieldKey)
  const fields = useFilterFields(entity, NONE)
  const trial = useFieldTrial({ kind, fieldKey, label, setting: draft })
  if (!field) return null
  return (
    <section className="col g12 field-rules" aria-label={t('rules')}>
      <h3 className="b">{t('rules')}</h3>
      {!field.readOnly && !NEVER_REQUIRED.has(fieldKey) && (
        <When
          entity={entity}
          but={fieldKey}
          label={t('requiredLabel')}
          words={[t('requiredNever'), t('requiredAlways'), t('requiredWhen')]}
          always={draft.required}
          onAlways={(required) => change({ required })}
          filter={draft.requiredWhen}
          onFilter={(requiredWhen) => change({ requiredWhen })}
        />
      )}
      {fieldKey !== entity.title && (
        <When
          entity={entity}
          but={fieldKey}
          label={t('visibleLabel')}
          words={[t('visibleAlways'), null, t('visibleWhen')]}
          always={false}
          onAlways={() => undefined}
          filter={draft.visibleWhen}
          onFilter={(visibleWhen) => change({ visibleWhen })}
        />
      )}
      {mayBeUnique(field) && (
        <label className="row g8">
          <Switch size="small" checked={draft.unique} onChange={(unique) => change({ unique })} />
          <span>{t('uniqueLabel')}</span>
          <span className="t3 s12">{t('uniqueHint')}</span>
        </label>
      )}
      {isCustomKey(fieldKey) && !field.readOnly && <DefaultPart field={field} draft={draft} onChange={change} />}
      <label className="col g4">
        <span className="t3 s12">{t('help')}</span>
        <Input
          maxLength={300}
          placeholder={t('helpHint')}
          value={draft.help ?? ''}
          onChange={(event) => change({ help: event.target.value || null })}
        />
      </label>
      <RuleSentence sentence={fieldSentence(t, label, { field, setting: draft, fields })} {...(trial && { trial })} />
      {error && <Refused error={error} />}
    </section>
  )
}

function settingOf(stored: FieldSetting | undefined): FieldSetting {
  const { required, requiredWhen, visibleWhen, unique, defaultValue, help } = stored ?? NO_SETTING
  return { required, requiredWhen, visibleWhen, unique, defaultValue, help }
}

type DefaultProps = { field: FieldDescriptor; draft: FieldSetting; onChange: (next: Partial<FieldSetting>) => void }
function DefaultPart({ field, draft, onChange }: DefaultProps) {
  const t = useText(text)
  const isToday = field.type === 'date' && draft.defaultValue === 'today'
  const value =
    field.type === 'multiSelect' && typeof draft.defaultValue === 'string' ? draft.defaultValue.split(',') : draft.defaultValue
  return (
    <div className="col g4">
      <span className="t3 s12">{t('defaultLabel')}</span>
      {field.type === 'date' && (
        <Checkbox checked={isToday} onChange={({ target }) => onChange({ defaultValue: target.checked ? 'today' : null })}>
          {t('defaultToday')}
        </Checkbox>
      )}
      {!isToday && (
        <CustomInput
          field={field}
          value={value}
          onChange={(next) =>
            onChange({ defaultValue: next === '' || next === undefined ? null : (next as FieldSetting['defaultValue']) })
          }
        />
      )}
    </div>
  )
}

/** What stands in the way of a single value is named, with the way to it. */
function Refused({ error }: { error: unknown }) {
  const t = useText(text)
  const { reason, detail } = failureOf(error)?.data ?? {}
  const values = reason === 'duplicatesThere' && Array.isArray(detail?.['values']) ? (detail['values'] as string[]) : []
  return (
    <div className="field-error" role="alert">
      {failureText(error, 'fields')}
      {values.length > 0 && (
        <span className="lit">
          {' '}
          {listed(values.slice(0, 5))}
          {values.length > 5 && t('andMore')}
        </span>
      )}
    </div>
  )
}
